//! VIHF: written as the published messages have it, refused when a rule is broken, read back.
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod common;
#[path = "vihf_common/mod.rs"]
mod vihf_common;

use common::patient;
use proptest::prelude::*;
use segur_core::Coded;
use segur_dmp_xds::metadata::{Cx, Fault};
use segur_dmp_xds::transaction::Transaction;
use segur_dmp_xds::vihf::{
    Access, AccessMode, Authentication, AuthenticationMode, AuthnClass, ModeAttribute, ReadVihf,
    SPECIALTY_SYSTEM, Software, Structure, SystemNames, User, Vihf, VihfError, VihfSettings,
    VihfToleranceKind,
};
use segur_soap::saml::{Assertion, Attribute, AttributeValue, SamlTime};
use segur_xml::Document;
use vihf_common::{automate, direct, indirect, issue, reinforced};

fn read(markup: &str) -> ReadVihf {
    let doc = Document::parse(markup.as_bytes()).unwrap();
    Vihf::read_element(doc.root_element()).unwrap()
}

fn names(assertion: &Assertion) -> Vec<&str> {
    let names = assertion.attributes.iter();
    names.map(|attribute| attribute.name.as_str()).collect()
}

fn assertion(vihf: &Vihf, settings: &VihfSettings) -> Assertion {
    vihf.assertion(&issue(), settings).unwrap()
}

/// The text of an attribute; the markup of its values, put together, when it has no text.
fn value(assertion: &Assertion, name: &str) -> String {
    let values = &assertion.attribute(name).unwrap().values;
    let values = values.iter().map(|value| match value {
        AttributeValue::Text(text) | AttributeValue::Xml(text) => text.as_str(),
        _ => "",
    });
    values.collect()
}

#[test]
fn direct_authentication_is_written_in_the_order_of_the_samples() {
    let written = assertion(&direct(), &VihfSettings::default());
    assert_eq!(
        names(&written),
        [
            "Identifiant_Structure",
            "Secteur_Activite",
            "urn:oasis:names:tc:xacml:2.0:subject:role",
            "VIHF_Version",
            "Authentification_mode",
            "urn:oasis:names:tc:xacml:2.0:resource:resource-id",
            "Ressource_URN",
            "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse",
            "LPS_Nom",
            "LPS_Version",
            "LPS_ID_HOMOLOGATION_DMP",
        ]
    );
    let name = "urn:oasis:names:tc:xacml:2.0:subject:role";
    assert_eq!(
        written.attribute(name).unwrap().values.len(),
        2,
        "in one attribute"
    );
    assert_eq!(
        value(&written, name),
        r#"<Role xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="10" codeSystem="1.2.250.1.71.1.2.7" displayName="Médecin"/><Role xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="SM26" codeSystem="1.2.250.1.71.4.2.5" displayName="Qualifié en Médecine Générale (SM)"/>"#
    );
    assert_eq!(
        value(&written, "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse"),
        r#"<PurposeOfUse xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CE" code="normal" codeSystem="1.2.250.1.213.1.1.4.248" codeSystemName="mode acces VIHF 2.0" displayName="Accès normal"/>"#
    );
    for (name, expected) in [
        ("Identifiant_Structure", "499700000000001"),
        ("Secteur_Activite", "SA07^1.2.250.1.71.4.2.4"),
        ("VIHF_Version", "3.0"),
        ("Authentification_mode", "DIRECTE"),
        (
            "urn:oasis:names:tc:xacml:2.0:resource:resource-id",
            "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH",
        ),
        ("Ressource_URN", "urn:dmp"),
    ] {
        assert_eq!(value(&written, name), expected);
    }
    assert_eq!(written.subject.value, "899700000001");
    assert!(written.conditions.is_none(), "as in the samples");
    let authn = written.authn.unwrap();
    assert_eq!(authn.instant, written.issue_instant);
    assert_eq!(
        authn.class_ref.as_deref(),
        Some("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI")
    );
    assert_eq!(authn.declaration, None);
}

#[test]
fn each_other_mode_has_its_words() {
    let settings = VihfSettings::default();
    let written = assertion(&indirect(), &settings);
    assert_eq!(
        names(&written)[2],
        "urn:oasis:names:tc:xspa:1.0:subject:subject-id"
    );
    assert_eq!(value(&written, "Authentification_mode"), "INDIRECTE");
    assert!(written.attribute("LPS_ID").is_some());
    assert_eq!(
        names(&written)[9],
        "LPS_ID",
        "before the name of the software"
    );

    let written = assertion(&reinforced(), &settings);
    assert_eq!(
        value(&written, "Authentification_Mode"),
        "INDIRECTE_RENFORCEE"
    );
    let authn = written.authn.unwrap();
    assert!(authn.class_ref.unwrap().ends_with(":Password"));
    assert_eq!(authn.declaration.as_deref(), Some("APP_BROWSER_AUTH"));

    let written = assertion(&automate(), &settings);
    assert_eq!(written.subject.value, "3990000010/4711");
    assert!(
        value(&written, "urn:oasis:names:tc:xacml:2.0:subject:role").contains(
            r#"code="AUTOMATE" codeSystem="1.2.250.1.213.1.1.4.6" displayName="Automate""#
        )
    );
    assert!(
        written
            .authn
            .unwrap()
            .class_ref
            .unwrap()
            .ends_with(":unspecified")
    );

    let proxy = Authentication::pro_sante_connect_proxy();
    assert_eq!(proxy.mode, AuthenticationMode::Indirect);
    assert!(proxy.class.uri().ends_with(":MobileTwoFactorUnregistered"));
}

#[test]
fn settings_change_the_spelling_where_sources_disagree() {
    let mut settings = VihfSettings::default();
    settings.version = "4.0".to_owned();
    settings.mode_attribute = ModeAttribute::Capital;
    settings.system_names = SystemNames::Words;
    let written = assertion(&direct(), &settings);
    assert_eq!(value(&written, "VIHF_Version"), "4.0");
    assert_eq!(value(&written, "Authentification_Mode"), "DIRECTE");
    let role = value(&written, "urn:oasis:names:tc:xacml:2.0:subject:role");
    assert!(role.contains(r#"codeSystemName="professions" displayName"#));
    assert!(role.contains(r#"codeSystemName="specialites RPPS" displayName"#));
    settings.system_names = SystemNames::Tables;
    settings.mode_attribute = ModeAttribute::Small;
    let written = assertion(&reinforced(), &settings);
    assert_eq!(
        value(&written, "Authentification_mode"),
        "INDIRECTE_RENFORCEE"
    );
    let role = value(&written, "urn:oasis:names:tc:xacml:2.0:subject:role");
    assert!(role.contains(r#"codeSystemName="G15""#) && role.contains(r#"codeSystemName="R01""#));
}

#[test]
fn the_reason_of_a_break_glass_stays_here_unless_asked() {
    let mut vihf = direct();
    vihf.access = Access::break_glass("patient inconscient");
    let settings = VihfSettings::default();
    let written = assertion(&vihf, &settings);
    assert!(written.attribute("Mode_Acces_Raison").is_none());
    let purpose = value(&written, "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse");
    assert!(purpose.contains(r#"code="bris_de_glace""#));
    let written = assertion(&vihf, &settings.sending_reason());
    assert_eq!(value(&written, "Mode_Acces_Raison"), "patient inconscient");
    vihf.access = Access::regulation();
    let written = assertion(&vihf, &VihfSettings::default());
    let purpose = value(&written, "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse");
    assert!(purpose.contains(
        r#"code="centre_15" codeSystem="1.2.250.1.213.1.1.4.248" codeSystemName="mode acces VIHF 2.0" displayName="Accès par un centre de régulation médicale""#
    ));
}

#[test]
fn a_secret_connection_names_the_legal_representatives() {
    let mut vihf = direct();
    let name = "urn:oasis:names:tc:xspa:1.0:resource:patient:hl7:confidentiality-code";
    assert!(
        assertion(&vihf, &VihfSettings::default())
            .attribute(name)
            .is_none()
    );
    vihf.secret = true;
    let written = assertion(&vihf, &VihfSettings::default());
    assert_eq!(
        value(&written, name),
        "INVISIBLE_REPRESENTANTS_LEGAUX^1.2.250.1.213.1.1.4.13"
    );
}

#[test]
fn conditions_end_when_asked() {
    let mut issue = issue();
    issue.until = Some(SamlTime::new("2026-11-28T10:20:00.000Z").unwrap());
    let written = direct()
        .assertion(&issue, &VihfSettings::default())
        .unwrap();
    let conditions = written.conditions.unwrap();
    assert_eq!(conditions.not_before, Some(issue.at));
    assert_eq!(conditions.not_on_or_after, issue.until);
    assert!(conditions.audiences.is_empty());
}

type Change = fn(&mut Vihf);
type Broken = (&'static str, fn() -> Vihf, Change, &'static str, Fault);

/// One change that breaks one rule, and what is told of it.
const BROKEN: [Broken; 33] = {
    const ROLE: &str = "urn:oasis:names:tc:xacml:2.0:subject:role";
    const SUBJECT: &str = "urn:oasis:names:tc:xspa:1.0:subject:subject-id";
    const PATIENT: &str = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
    [
        (
            "no user",
            direct,
            |v| v.user.id.clear(),
            "NameID",
            Fault::Missing,
        ),
        (
            "a name for an id",
            direct,
            |v| v.user.id = "ALICE".into(),
            "NameID",
            Fault::Form,
        ),
        (
            "an id of HL7",
            direct,
            |v| v.user.id = "3990000010/4^7".into(),
            "NameID",
            Fault::Form,
        ),
        (
            "no structure",
            direct,
            |v| v.structure.id.clear(),
            "Identifiant_Structure",
            Fault::Missing,
        ),
        (
            "no FINESS",
            direct,
            |v| v.structure.id = "1123".into(),
            "Identifiant_Structure",
            Fault::Form,
        ),
        (
            "spaces",
            direct,
            |v| v.structure.id = "136 788".into(),
            "Identifiant_Structure",
            Fault::Form,
        ),
        (
            "no sector",
            direct,
            |v| v.structure.sector.code = "".into(),
            "Secteur_Activite",
            Fault::Missing,
        ),
        (
            "other system",
            direct,
            |v| v.structure.sector.system = "1.2".into(),
            "Secteur_Activite",
            Fault::Form,
        ),
        (
            "a sector twice",
            direct,
            |v| v.structure.sector.code = "SA07^1".into(),
            "Secteur_Activite",
            Fault::Form,
        ),
        (
            "indirect, nobody",
            indirect,
            |v| v.user.name = None,
            SUBJECT,
            Fault::Missing,
        ),
        (
            "AIR, nobody",
            reinforced,
            |v| v.user.name = None,
            SUBJECT,
            Fault::Missing,
        ),
        (
            "a device without name",
            automate,
            |v| v.user.name = None,
            SUBJECT,
            Fault::Missing,
        ),
        (
            "blank name",
            indirect,
            |v| v.user.name = Some(" ".into()),
            SUBJECT,
            Fault::Missing,
        ),
        (
            "padded name",
            indirect,
            |v| v.user.name = Some(" A".into()),
            SUBJECT,
            Fault::Form,
        ),
        (
            "no label",
            direct,
            |v| v.user.role.display = None,
            ROLE,
            Fault::Missing,
        ),
        (
            "no code system",
            direct,
            |v| v.user.specialty = Some(Coded::fixed("SM26", "", "x")),
            ROLE,
            Fault::Missing,
        ),
        (
            "no OID",
            direct,
            |v| v.user.specialty = Some(Coded::fixed("SM26", "R01", "x")),
            ROLE,
            Fault::Form,
        ),
        (
            "physician without specialty",
            direct,
            |v| v.user.specialty = None,
            ROLE,
            Fault::Missing,
        ),
        (
            "pharmacist without specialty",
            direct,
            |v| v.user = User::professional("899700000001", "21"),
            ROLE,
            Fault::Missing,
        ),
        (
            "a device with specialty",
            automate,
            |v| v.user.specialty = direct().user.specialty,
            ROLE,
            Fault::Conflict,
        ),
        (
            "a device with a card",
            automate,
            |v| v.authentication = Authentication::direct(),
            "Authentification_mode",
            Fault::Conflict,
        ),
        (
            "a device by AIR",
            automate,
            |v| v.authentication = Authentication::reinforced(),
            "Authentification_mode",
            Fault::Conflict,
        ),
        (
            "a card and a password",
            direct,
            |v| v.authentication.class = AuthnClass::Password,
            "AuthnContextClassRef",
            Fault::Conflict,
        ),
        (
            "no class",
            indirect,
            |v| v.authentication.class = AuthnClass::Other(String::new()),
            "AuthnContextClassRef",
            Fault::Missing,
        ),
        (
            "no declaration",
            reinforced,
            |v| v.authentication.declaration = None,
            "AuthnContextDecl",
            Fault::Missing,
        ),
        (
            "declaration",
            indirect,
            |v| v.authentication.declaration = Some("x".into()),
            "AuthnContextDecl",
            Fault::Conflict,
        ),
        (
            "a local id",
            direct,
            |v| v.patient = Some(Cx::local("1234567", "1.2.250.1.999.1")),
            PATIENT,
            Fault::Form,
        ),
        (
            "no authority",
            direct,
            |v| {
                v.patient = Some(Cx {
                    authority: None,
                    ..patient()
                })
            },
            PATIENT,
            Fault::Form,
        ),
        (
            "break-glass without reason",
            direct,
            |v| v.access = Access::break_glass("\n"),
            "Mode_Acces_Raison",
            Fault::Missing,
        ),
        (
            "a reason for nothing",
            direct,
            |v| v.access.reason = Some("x".into()),
            "Mode_Acces_Raison",
            Fault::Conflict,
        ),
        (
            "no software",
            direct,
            |v| v.software.name.clear(),
            "LPS_Nom",
            Fault::Missing,
        ),
        (
            "no version",
            direct,
            |v| v.software.version.clear(),
            "LPS_Version",
            Fault::Missing,
        ),
        (
            "no homologation",
            direct,
            |v| v.software.homologation.clear(),
            "LPS_ID_HOMOLOGATION_DMP",
            Fault::Missing,
        ),
    ]
};

#[test]
fn each_broken_rule_is_told_alone() {
    let settings = VihfSettings::default();
    for (what, whole, change, field, fault) in BROKEN {
        let mut vihf = whole();
        assert!(vihf.check(&settings).is_empty(), "{what}");
        change(&mut vihf);
        let problems = vihf.check(&settings);
        assert_eq!(problems.len(), 1, "{what}: {problems:?}");
        assert_eq!(
            (problems[0].field, problems[0].fault),
            (field, fault),
            "{what}"
        );
        assert_eq!(problems[0].object, "VIHF");
        match vihf.write(&issue(), &settings).unwrap_err() {
            VihfError::Invalid(invalid) => assert_eq!(invalid.problems, problems),
            other => panic!("{what}: {other}"),
        }
    }
}

#[test]
fn all_broken_rules_are_told_at_once_without_a_value() {
    let vihf = Vihf {
        user: User {
            id: "ALICE".into(),
            specialty: Some(Coded::new("SM26", SPECIALTY_SYSTEM)),
            ..User::automate("", "")
        },
        structure: Structure::new("", ""),
        software: Software {
            id: Some(String::new()),
            ..Software::default()
        },
        patient: Some(Cx::local("SECRET", "1.2")),
        authentication: Authentication {
            declaration: Some(String::new()),
            ..Authentication::indirect(AuthnClass::Other(String::new()))
        },
        access: Access::break_glass(""),
        secret: false,
    };
    let mut settings = VihfSettings::default();
    settings.version.clear();
    let mut issue = issue();
    issue.issuer.clear();
    let error = vihf.assertion(&issue, &settings).unwrap_err();
    let VihfError::Invalid(invalid) = &error else {
        panic!("{error}");
    };
    assert_eq!(invalid.problems.len(), 15, "{error}");
    let text = error.to_string();
    assert!(
        !text.contains("ALICE") && !text.contains("SECRET"),
        "{text}"
    );
}

#[test]
fn transactions_ask_for_a_patient_and_air_submits_nothing() {
    let settings = VihfSettings::default();
    for transaction in Transaction::ALL {
        for vihf in [direct(), indirect(), automate()] {
            assert!(vihf.check_for(transaction, &settings).is_empty());
        }
        let air = reinforced().check_for(transaction, &settings);
        assert_eq!(air.len(), usize::from(transaction == Transaction::Submit));
        if let Some(problem) = air.first() {
            assert_eq!(problem.fault, Fault::Conflict);
            assert!(problem.to_string().contains("AIR may not submit"));
        }
        let mut vihf = direct();
        vihf.patient = None;
        assert!(
            vihf.check(&settings).is_empty(),
            "a list of records has no patient"
        );
        assert_eq!(vihf.check_for(transaction, &settings).len(), 1);
    }
    let mut vihf = direct();
    vihf.patient = None;
    for transaction in Transaction::PATIENT {
        let without = vihf.check_for(transaction, &settings).len();
        let expected = usize::from(transaction != Transaction::ListPatients);
        assert_eq!(without, expected, "{}", transaction.name());
    }
}

#[test]
fn what_xml_cannot_carry_is_an_error() {
    let mut vihf = indirect();
    vihf.user.name = Some("ALICE\u{1}TEST".into());
    let error = vihf.write(&issue(), &VihfSettings::default()).unwrap_err();
    assert!(matches!(error, VihfError::Assertion(_)), "{error}");
    assert!(!error.to_string().contains("ALICE"));
    vihf.user.name = Some("ALICE TEST".into());
    vihf.user.role.display = Some("\u{0}".into());
    let error = vihf.write(&issue(), &VihfSettings::default()).unwrap_err();
    assert!(matches!(error, VihfError::Xml(_)), "{error}");
}

#[test]
fn what_is_written_is_read_back() {
    let settings = VihfSettings::default().sending_reason();
    let mut glass = direct();
    glass.access = Access::break_glass("patient <inconscient> & seul");
    glass.secret = true;
    let mut earlier = indirect();
    earlier.authentication.at = Some(SamlTime::new("2026-11-28T08:00:00Z").unwrap());
    for vihf in [
        direct(),
        indirect(),
        reinforced(),
        automate(),
        glass,
        earlier,
    ] {
        let markup = vihf.write(&issue(), &settings).unwrap();
        let read = read(&markup);
        assert!(read.tolerances.is_empty(), "{:?}", read.tolerances);
        assert!(read.assertion_tolerances.is_empty());
        assert!(read.vihf == vihf, "{markup}");
        assert_eq!(read.issue, issue());
        assert_eq!(read.version, "3.0");
        assert!(!read.bears_signature);
    }
}

#[test]
fn departures_are_read_and_named() {
    use VihfToleranceKind as Kind;
    let whole = || assertion(&reinforced(), &VihfSettings::default());
    let role = "urn:oasis:names:tc:xacml:2.0:subject:role";
    let set = |assertion: &mut Assertion, name: &str, value: &str| {
        for attribute in &mut assertion.attributes {
            if attribute.name == name {
                *attribute = Attribute::text(name, value);
            }
        }
    };
    let told = |change: &dyn Fn(&mut Assertion), kind: Kind, name: &str| {
        let mut changed = whole();
        change(&mut changed);
        let read = Vihf::read(&changed).unwrap();
        let found = read
            .tolerances
            .iter()
            .any(|one| one.kind == kind && one.name == name);
        assert!(found, "{kind:?} {name}: {:?}", read.tolerances);
        read
    };
    let read = told(
        &|a| a.attributes.retain(|one| one.name != "LPS_Nom"),
        Kind::Missing,
        "LPS_Nom",
    );
    assert_eq!(read.vihf.software.name, "");
    assert_eq!(
        read.vihf.check(&VihfSettings::default()).len(),
        1,
        "and check tells it"
    );
    let twice = |a: &mut Assertion| a.attributes.push(Attribute::text("LPS_Nom", "AUTRE"));
    let read = told(&twice, Kind::Repeated, "LPS_Nom");
    assert_eq!(
        read.vihf.software.name, "LOGICIEL FICTIF",
        "the first one is kept"
    );
    let capitals = |a: &mut Assertion| a.attributes[0].name = "IDENTIFIANT_STRUCTURE".into();
    let read = told(&capitals, Kind::OtherCase, "IDENTIFIANT_STRUCTURE");
    assert!(read.vihf == reinforced());
    let kit = |a: &mut Assertion| a.attributes.push(Attribute::text("LPS_Type", "x"));
    told(&kit, Kind::KitOnly, "LPS_Type");
    let unknown = |a: &mut Assertion| a.attributes.push(Attribute::text("Autre", "x"));
    told(&unknown, Kind::Unknown, "Autre");
    let sector = |a: &mut Assertion| set(a, "Secteur_Activite", "SA07");
    let read = told(&sector, Kind::NoSystem, "Secteur_Activite");
    assert_eq!(read.vihf.structure.sector.code, "SA07");
    let read = told(
        &|a| set(a, role, "10^1.2.250.1.71.1.2.7"),
        Kind::NotCoded,
        role,
    );
    assert!(read.vihf.user.role.is("10", "1.2.250.1.71.1.2.7"));
    let other = |a: &mut Assertion| {
        a.attributes[3] = Attribute::xml(role, [r#"<Role code="10" codeSystem="1.2"/>"#.into()]);
    };
    let read = told(&other, Kind::Namespace, role);
    assert_eq!(read.vihf.user.role.code, "10");
    let structured = |a: &mut Assertion| {
        a.attributes[0] = Attribute::xml("Identifiant_Structure", ["<x/>".to_owned()]);
    };
    told(&structured, Kind::NotText, "Identifiant_Structure");
    told(&|a| a.issuer.format = None, Kind::IssuerFormat, "Issuer");
    told(
        &|a| set(a, "Ressource_URN", "urn:autre"),
        Kind::OtherWord,
        "Ressource_URN",
    );
    let id = "urn:oasis:names:tc:xacml:2.0:resource:resource-id";
    let dated = "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH^^20100907";
    let read = told(&|a| set(a, id, dated), Kind::PatientForm, id);
    assert!(read.vihf.patient.unwrap().same_id(&patient()));
    let roles = |a: &mut Assertion| {
        let more = a.attributes[3].values.clone();
        a.attributes[3].values.extend(more);
    };
    told(&roles, Kind::Repeated, role);
    let mut both = whole();
    both.attributes[3].values = vec![AttributeValue::Xml(value(&whole(), role))];
    assert!(
        Vihf::read(&both).unwrap().vihf == reinforced(),
        "two roles in one value"
    );
}

#[test]
fn without_its_modes_it_is_no_vihf() {
    for name in [
        "Authentification_Mode",
        "urn:oasis:names:tc:xspa:1.0:subject:purposeofuse",
    ] {
        let mut changed = assertion(&reinforced(), &VihfSettings::default());
        changed
            .attributes
            .retain(|attribute| attribute.name != name);
        let error = Vihf::read(&changed).unwrap_err();
        assert!(matches!(error, VihfError::NotAVihf { .. }));
        changed.attributes.push(Attribute::text(name, "DELEGUEE"));
        assert!(Vihf::read(&changed).is_err(), "another word is no mode");
    }
    let doc = Document::parse(b"<x/>").unwrap();
    let error = Vihf::read_element(doc.root_element()).unwrap_err();
    assert!(matches!(error, VihfError::Assertion(_)));
}

#[test]
fn debug_and_the_line_for_support_hide_persons() {
    let mut vihf = indirect();
    vihf.access = Access::break_glass("patient inconscient");
    let mut issue = issue();
    issue.issuer = "CN=899700000001,O=CABINET DR TEST,C=FR".into();
    let settings = VihfSettings::default().sending_reason();
    let read = read(&vihf.write(&issue, &settings).unwrap());
    let shown = format!("{read:?} {read} {vihf:?} {issue:?}");
    for hidden in [
        "899700",
        "4997",
        "Alice",
        "TEST",
        "inconscient",
        "279035121518989",
        "CABINET",
    ] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
    assert_eq!(
        read.to_string(),
        "VIHF 3.0 of 2026-11-28T10:15:00.000Z: INDIRECTE, bris_de_glace, LOGICIEL FICTIF 1.0"
    );
}

fn texts() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9éèÀœ'<>&\"^()-]([a-zA-Z0-9 éèÀœ'<>&\"^()-]{0,30}[a-zA-Z0-9éèÀœ'<>&\"^()-])?"
}

fn any_vihf() -> impl Strategy<Value = Vihf> {
    let user = (texts(), "[1-9][0-9]", texts(), texts());
    let modes = (0..3_usize, 0..3_usize, any::<bool>(), any::<bool>());
    (user, texts(), texts(), texts(), modes).prop_map(
        |((name, profession, label, specialty), software, version, reason, modes)| {
            let (authentication, access, secret, alone) = modes;
            let mut user = User::professional("899700000001", profession)
                .named(name)
                .with_specialty("SM26", specialty);
            user.role.display = Some(label.into());
            let mode = AccessMode::ALL[access];
            Vihf {
                user,
                structure: Structure::new("10B0127189", "SA01"),
                software: Software {
                    id: alone.then(|| version.clone()),
                    name: software,
                    version: version.clone(),
                    homologation: version,
                },
                patient: (!alone).then(patient),
                authentication: [
                    Authentication::direct(),
                    Authentication::indirect(AuthnClass::TlsClient),
                    Authentication::reinforced(),
                ][authentication]
                    .clone(),
                access: Access {
                    mode,
                    reason: (mode == AccessMode::BreakGlass).then_some(reason),
                },
                secret,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_vihf_is_read_back(vihf in any_vihf()) {
        let settings = VihfSettings::default().sending_reason();
        prop_assert!(vihf.check(&settings).is_empty());
        let read = read(&vihf.write(&issue(), &settings).unwrap());
        prop_assert!(read.tolerances.is_empty(), "{:?}", read.tolerances);
        prop_assert!(read.vihf == vihf);
    }

    #[test]
    fn any_attributes_are_read_or_refused(names in proptest::collection::vec("\\PC{0,12}", 0..6), text in "\\PC{0,40}") {
        let mut changed = assertion(&direct(), &VihfSettings::default());
        for (place, name) in names.into_iter().enumerate() {
            changed.attributes[place].values = vec![
                AttributeValue::Text(text.clone()),
                AttributeValue::Xml(text.clone()),
            ];
            changed.attributes.push(Attribute::text(name, text.clone()));
        }
        if let Ok(read) = Vihf::read(&changed) {
            let _ = read.vihf.check(&VihfSettings::default());
        }
    }
}
