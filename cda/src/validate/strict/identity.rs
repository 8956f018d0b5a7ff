//! The INS and its traits.

use segur_core::{CodeCommune, Found, InsAuthority, KeyStatus, MatriculeIns, Precision};
use segur_xml::Node;

use super::rules::{
    BIRTH_AFTER, BIRTH_TIME, BIRTHPLACE_CODE, FIRST_GIVEN, INS_FORM, INS_KEY, INS_LENGTH, INS_ROOT,
    INS_SEVERAL, INS_TEST, TRAIT_FORM,
};
use super::stamp::read;
use crate::validate::context::{Context, HL7, Sink};

/// Arc of the identifiers of patients.
const PATIENT_ARC: &str = "1.2.250.1.213.1.4.";
/// Other identifiers of that arc that a document may carry: INS-C, and the numbers used for billing.
const OTHER_PATIENT_ROOTS: [&str; 3] = [
    "1.2.250.1.213.1.4.2",
    "1.2.250.1.213.1.4.13",
    "1.2.250.1.213.1.4.14",
];

/// Checks the patient.
pub(super) fn check<'a>(context: &Context<'a>, sink: &mut Sink<'a>) {
    let roles = || {
        context
            .root
            .children_named(HL7, "recordTarget")
            .flat_map(|target| target.children_named(HL7, "patientRole"))
    };
    let mut ins: Option<Node<'a>> = None;
    for id in roles().flat_map(|role| role.children_named(HL7, "id")) {
        let Some(root) = id.attribute("root") else {
            continue;
        };
        match InsAuthority::from_oid(&root) {
            Some(authority) => {
                if ins.is_some() {
                    sink.emit(&INS_SEVERAL, id, |finding| {
                        finding.with_found(Found::Public(root.into_owned()))
                    });
                }
                ins = Some(id);
                number(id, sink);
                if !authority.is_production() {
                    sink.emit(&INS_TEST, id, |finding| {
                        finding.with_found(Found::Public(authority.oid().to_owned()))
                    });
                }
            }
            None if root.starts_with(PATIENT_ARC)
                && !OTHER_PATIENT_ROOTS.contains(&root.as_ref()) =>
            {
                sink.emit(&INS_ROOT, id, |finding| {
                    finding.with_found(Found::Public(root.into_owned()))
                });
            }
            None => {}
        }
    }
    for patient in roles().flat_map(|role| role.children_named(HL7, "patient")) {
        birth(context, patient, ins.is_some(), sink);
        if ins.is_some() {
            traits(patient, sink);
        }
    }
}

fn number<'a>(id: Node<'a>, sink: &mut Sink<'a>) {
    let Some(written) = id.attribute("extension") else {
        return;
    };
    let rule = if written.chars().count() != 15 {
        &INS_LENGTH
    } else {
        match MatriculeIns::read(&written) {
            Err(_) => &INS_FORM,
            Ok(matricule) if matricule.key() == KeyStatus::Wrong => &INS_KEY,
            Ok(_) => return,
        }
    };
    sink.emit(rule, id, |finding| {
        finding.with_found(Found::Personal(written.into_owned()))
    });
}

fn birth<'a>(context: &Context<'a>, patient: Node<'a>, with_ins: bool, sink: &mut Sink<'a>) {
    let Some(birth) = patient.child(HL7, "birthTime") else {
        return;
    };
    let Some(value) = birth.attribute("value") else {
        return;
    };
    let Ok(stamp) = read(&value) else { return };
    let precision = stamp.precision();
    if precision > Precision::Day || (with_ins && precision < Precision::Day) {
        let value = value.to_string();
        sink.emit(&BIRTH_TIME, birth, |finding| {
            finding
                .with_expected("AAAAMMJJ")
                .with_found(Found::Personal(value))
        });
    }
    let made = context
        .root
        .child(HL7, "effectiveTime")
        .and_then(|time| time.attribute("value"));
    let after = made
        .as_deref()
        .and_then(|made| read(made).ok())
        .is_some_and(|made| stamp.is_after(&made));
    if after {
        sink.emit(&BIRTH_AFTER, birth, |finding| finding);
    }
}

fn traits<'a>(patient: Node<'a>, sink: &mut Sink<'a>) {
    let mut first: Option<(Node<'a>, String)> = None;
    let mut list: Option<String> = None;
    for part in patient
        .children_named(HL7, "name")
        .flat_map(|name| name.elements())
    {
        let text = part.string_value();
        let qualifier = part.attribute("qualifier");
        let birth = match (part.local_name(), qualifier.as_deref()) {
            ("family", Some("BR")) => true,
            ("given", Some("BR")) => {
                first.get_or_insert((part, text.trim().to_owned()));
                true
            }
            ("given", None) => {
                list.get_or_insert(text.trim().to_owned());
                true
            }
            _ => false,
        };
        if birth
            && !text
                .trim()
                .chars()
                .all(|c| matches!(c, 'A'..='Z' | ' ' | '\'' | '-'))
        {
            sink.emit(&TRAIT_FORM, part, |finding| {
                finding.with_found(Found::Personal(text.into_owned()))
            });
        }
    }
    if let (Some((place, first)), Some(list)) = (first, list) {
        let mut words = words(&list);
        if !self::words(&first).all(|word| words.next() == Some(word)) {
            sink.emit(&FIRST_GIVEN, place, |finding| {
                finding.with_found(Found::Personal(first.clone()))
            });
        }
    }
    let county = ["birthplace", "place", "addr", "county"]
        .into_iter()
        .try_fold(patient, |node, name| node.child(HL7, name));
    if let Some(county) = county {
        let code = county.string_value();
        if CodeCommune::read(code.trim()).is_err() {
            sink.emit(&BIRTHPLACE_CODE, county, |finding| {
                finding.with_found(Found::Personal(code.into_owned()))
            });
        }
    }
}

/// Words of a given name, where hyphen and apostrophe count as spaces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '-', '\'']).filter(|word| !word.is_empty())
}
