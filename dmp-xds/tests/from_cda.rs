//! Metadata of the agency's examples, and of small documents of our own.
#![cfg(feature = "cda")]
#![allow(clippy::panic, clippy::print_stdout, clippy::unwrap_used)]

mod common;

use common::{set, shared, shared_file};
use proptest::prelude::*;
use segur_core::Coded;
use segur_dmp_xds::from_cda::{Drawn, FromCda, GapReason};
use segur_dmp_xds::metadata::{Cx, Fault, Submission, Xcn, Xon};
use segur_dmp_xds::update::Visibility;
use segur_dmp_xds::{FORMAT_WITHOUT_MODEL, Profile, SubmitObjectsRequest, Tables};

fn tables(test: &str) -> Option<Tables> {
    let classes = shared_file(test, "data/xds/typeCode_to_classCode.tsv")?;
    let formats = shared_file(test, "data/xds/A11_template_to_format.tsv")?;
    let mut tables = Tables::default();
    tables.read_classes(&classes).unwrap();
    tables.read_formats(&formats).unwrap();
    Some(tables)
}

fn draw(tables: &Tables, cda: &str) -> Drawn {
    FromCda::new(tables)
        .read("Document01", cda.as_bytes())
        .unwrap()
}

/// The values expected of the agency's medical summary, field by field.
#[test]
fn the_metadata_of_a_medical_summary() {
    let Some(tables) = tables("summary") else {
        return;
    };
    let Some(vsm) = shared_file("summary", "cda/examples/VSM_1.4_2022.01.xml") else {
        return;
    };
    let Drawn { entry, gaps } = draw(&tables, &vsm);
    assert_eq!(gaps, []);
    let code = |code: &Option<Coded>| {
        let code = code.as_ref().unwrap();
        format!("{} {}", code.code, code.system)
    };
    assert_eq!(entry.unique_id, "1.2.250.1.213.1.1.1.13.2022.1.1");
    assert_eq!(code(&entry.type_code), "SYNTH 1.2.250.1.213.1.1.4.12");
    assert_eq!(code(&entry.class_code), "11 1.2.250.1.213.1.1.4.1");
    assert_eq!(
        code(&entry.format_code),
        "urn:asip:ci-sis:vsm:2012 1.2.250.1.213.1.1.4.2.282"
    );
    assert_eq!(entry.confidentiality_codes.len(), 1);
    assert_eq!(entry.confidentiality_codes[0].code, "N");
    assert_eq!(entry.creation_time.unwrap().to_string(), "20200312101700");
    assert_eq!(
        entry.service_start_time.unwrap().to_string(),
        "20200312101700"
    );
    assert_eq!(entry.service_stop_time, None);
    assert_eq!(entry.language_code.as_deref(), Some("fr-FR"));
    assert_eq!(entry.title.as_deref(), Some("Synthèse Médicale"));
    let cx = |cx: &Option<Cx>| cx.as_ref().unwrap().to_text(Profile::Dmp);
    assert_eq!(
        cx(&entry.patient_id),
        "279035121518989^^^&1.2.250.1.213.1.4.10&ISO^NH"
    );
    assert_eq!(
        cx(&entry.source_patient_id),
        "1234567890121^^^&1.2.3.4.567.8.9.10&ISO^PI"
    );
    let lines = entry.source_patient_info.lines.iter();
    let lines: Vec<String> = lines.map(|line| line.to_text()).collect();
    assert_eq!(
        lines,
        [
            "PID-5|PAT-TROIS^DOMINIQUE^^^^^L",
            "PID-7|19790328",
            "PID-8|F"
        ]
    );
    let author = &entry.authors[0];
    let person = "801234567897^MEDIONI^Stéphane^^^^^^&1.2.250.1.71.4.2.1&ISO^D^^^IDNPS";
    assert_eq!(
        author.person.as_ref().map(Xcn::to_text).as_deref(),
        Some(person)
    );
    assert_eq!(
        author.institutions[0].to_text(Profile::Dmp),
        "Centre de soins le Belvédère^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^2801234567"
    );
    let specialty = &author.specialties[0];
    assert_eq!(specialty.code, "G15_10/SM26");
    assert_eq!(specialty.system, "1.2.250.1.213.1.1.4.5");
    assert_eq!(author.roles, ["Médecin traitant"]);
    assert_eq!(
        entry
            .legal_authenticator
            .as_ref()
            .map(Xcn::to_text)
            .as_deref(),
        Some(person)
    );
    assert_eq!(entry.event_codes.len(), 1);
    assert!(entry.event_codes[0].is("34117-2", "2.16.840.1.113883.6.1"));
    assert_eq!(
        code(&entry.practice_setting_code),
        "ETABLISSEMENT 1.2.250.1.213.1.1.4.9"
    );
    assert!(code(&entry.healthcare_facility_type_code).starts_with("SA04 "));
    assert_eq!(
        entry.hash.as_deref(),
        Some("80d9b50e6aeaa96db9c63a49cbff7bac726216cc")
    );
    assert_eq!(entry.size, Some(63_805));
    assert_eq!(entry.mime_type, "text/xml");

    let submission = Submission::new(segur_dmp_xds::SubmissionSet {
        patient_id: entry.patient_id.clone(),
        ..set()
    })
    .with_document(entry);
    let request = SubmitObjectsRequest::new(&submission, Profile::Dmp).unwrap();
    common::judge("summary", "lcm", &request.to_xml().unwrap());
}

/// Every example of the agency gives metadata that may be sent, but for what its gaps tell.
#[test]
fn every_example_may_be_sent_or_tells_why_not() {
    let Some(tables) = tables("examples") else {
        return;
    };
    let folder = shared().join("cda/examples");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("SKIPPED examples: no {}", folder.display());
        return;
    };
    let mut told = Vec::new();
    let mut read = 0;
    for file in files {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        read += 1;
        let drawn = draw(&tables, &text);
        let submission = Submission::new(segur_dmp_xds::SubmissionSet {
            patient_id: drawn.entry.patient_id.clone(),
            ..set()
        })
        .with_document(drawn.entry);
        let fields: Vec<&str> = drawn.gaps.iter().map(|gap| gap.field).collect();
        let mut unexplained = submission.validate(Profile::Dmp);
        unexplained.retain(|problem| {
            !(problem.fault == Fault::Missing && fields.contains(&problem.field))
        });
        assert_eq!(unexplained, [], "{name}");
        told.extend(drawn.gaps.iter().map(|gap| format!("{name}: {gap}")));
    }
    told.sort();
    println!("{}", told.join("\n"));
    assert_eq!(read, 37, "the corpus holds 37 examples");
    // The published table of formats has no line for rapid tests.
    let known = |line: &&String| line.starts_with("BIO-TROD") && line.contains("formatCode");
    assert_eq!((told.len(), told.iter().filter(known).count()), (4, 4));
}

/// An unstructured document (N1) is what its medium is.
#[test]
fn the_format_of_an_unstructured_document_is_that_of_its_medium() {
    let Some(tables) = tables("medium") else {
        return;
    };
    for name in [
        "DOC_NON_STRUCTURE_CDA-R2-N1",
        "IMG_CR_IMG_2024.01_CDA-R2-Niveau-1",
    ] {
        let Some(cda) = shared_file("medium", &format!("cda/examples/{name}.xml")) else {
            return;
        };
        let format = draw(&tables, &cda).entry.format_code.unwrap();
        assert!(
            format.is("urn:ihe:iti:xds-sd:pdf:2008", "1.3.6.1.4.1.19376.1.2.3"),
            "{name}"
        );
        let text = draw(
            &tables,
            &cda.replace("\"application/pdf\"", "\"text/plain\""),
        );
        assert_eq!(
            text.entry.format_code.unwrap().code,
            "urn:ihe:iti:xds-sd:text:2008"
        );
        let video = draw(
            &tables,
            &cda.replace("\"application/pdf\"", "\"video/mp4\""),
        );
        let gap = video
            .gaps
            .iter()
            .find(|gap| gap.field == "formatCode")
            .unwrap();
        assert_eq!(gap.reason, GapReason::NotInTable);
        assert!(gap.source.ends_with("nonXMLBody/text/@mediaType"));
    }
}

const NOTE: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:ps3-20="urn:dicom-org:ps3-20">
<templateId root="1.2.3.4"/><id root="1.2.250.1.999.1" extension="7"/>
<code code="11488-4" codeSystem="2.16.840.1.113883.6.1" displayName="CR"/>
<title>Compte
 rendu</title><effectiveTime value="20240315103000+0100"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25" displayName="Normal"/>
<languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>
<patient><name><family qualifier="BR">PATIENT</family><given>MARIE ANNE</given>
<given qualifier="BR">MARIE</given><family qualifier="CL">AUTRE</family><given qualifier="CL">ANNE</given></name>
<administrativeGenderCode code="UN"/><birthTime value="197903281230+0100"/></patient></patientRole></recordTarget>
<author><time value="20240315"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="899700000001"/>
<assignedPerson><name><family>TEST</family><given>ALICE</given></name></assignedPerson>
<representedOrganization><id root="1.2.250.1.71.4.2.2" extension="499700000000001"/><name>CABINET</name>
</representedOrganization></assignedAuthor></author>
<inFulfillmentOf><order><id root="1.2.250.1.999.2" extension="O1"/>
<ps3-20:accessionNumber root="1.2.250.1.999.3" extension="A1"/></order></inFulfillmentOf>
<documentationOf><serviceEvent><id root="1.2.250.1.999.4"/><code code="X" codeSystem="1.2"/>
<effectiveTime><low value="20230105"/><high value="20230106"/></effectiveTime></serviceEvent></documentationOf>
</ClinicalDocument>"#;

/// The act's date, not that of the document or of the sending; a date without time stays one.
#[test]
fn a_document_is_dated_at_the_act() {
    let entry = draw(&Tables::default(), NOTE).entry;
    assert_eq!(entry.service_start_time.unwrap().to_string(), "20230105");
    assert_eq!(entry.service_stop_time.unwrap().to_string(), "20230106");
    assert_eq!(entry.creation_time.unwrap().to_string(), "20240315093000");
    let local = NOTE.replace("\"20230105\"", "\"20230105101500\"");
    let drawn = draw(&Tables::default(), &local);
    let gap = drawn
        .gaps
        .iter()
        .find(|gap| gap.field == "serviceStartTime")
        .unwrap();
    assert_eq!(gap.reason, GapReason::NoOffset);
    assert_eq!(drawn.entry.service_start_time, None, "UTC is not guessed");
}

#[test]
fn small_things_of_the_header() {
    let entry = draw(&Tables::default(), NOTE).entry;
    assert_eq!(entry.unique_id, "1.2.250.1.999.1^7");
    assert_eq!(entry.title.as_deref(), Some("Compte rendu"));
    let lines = entry.source_patient_info.lines.iter();
    let lines: Vec<String> = lines.map(|line| line.to_text()).collect();
    assert_eq!(
        lines,
        [
            "PID-5|PATIENT^MARIE^^^^^L",
            "PID-5|AUTRE^ANNE^^^^^D",
            "PID-7|19790328",
            "PID-8|U"
        ]
    );
    // No local identifier: the matricule stands for it.
    assert_eq!(entry.source_patient_id, entry.patient_id);
    let gaps = draw(&Tables::default(), NOTE).gaps;
    let fields: Vec<&str> = gaps.iter().map(|gap| gap.field).collect();
    assert_eq!(
        fields,
        [
            "classCode",
            "formatCode",
            "legalAuthenticator",
            "practiceSettingCode",
            "healthcareFacilityTypeCode"
        ]
    );
    assert!(gaps[0].to_string().contains("none of the tables"));
}

#[test]
fn tables_and_choices_of_the_caller_count() {
    let mut tables = Tables::default();
    tables.set_format("1.2.3.4", FORMAT_WITHOUT_MODEL);
    let hidden = Visibility {
        invisible_to_patient: true,
        ..Visibility::default()
    };
    let draw = FromCda::new(&tables).visibility(hidden).imaging(true);
    let entry = draw.read("Document01", NOTE.as_bytes()).unwrap().entry;
    assert_eq!(entry.format_code, Some(FORMAT_WITHOUT_MODEL));
    let codes = entry.confidentiality_codes.iter();
    let codes: Vec<&str> = codes.map(|code| code.code.as_ref()).collect();
    assert_eq!(codes, ["N", "INVISIBLE_PATIENT"]);
    let references: Vec<String> = entry.reference_ids.iter().map(Cx::to_full_text).collect();
    assert_eq!(
        references,
        [
            "O1^^^&1.2.250.1.999.2&ISO^urn:ihe:iti:xds:2013:order",
            "A1^^^&1.2.250.1.999.3&ISO^urn:ihe:iti:xds:2013:accession",
            "1.2.250.1.999.4^^^^urn:ihe:iti:xds:2016:studyInstanceUID"
        ]
    );
    let plain = FromCda::new(&tables)
        .read("Document01", NOTE.as_bytes())
        .unwrap()
        .entry;
    assert_eq!(
        plain.reference_ids.len(),
        1,
        "accession numbers are references anywhere"
    );
}

/// The professional is no longer in the register: the structure is the author.
// req: SC.DMP/HISTO.04
#[test]
fn an_author_may_be_a_structure_a_patient_or_a_device() {
    let person = r#"<id root="1.2.250.1.71.4.2.1" extension="899700000001"/>
<assignedPerson><name><family>TEST</family><given>ALICE</given></name></assignedPerson>"#;
    assert!(NOTE.contains(person));
    let with = |author: &str| {
        let tables = Tables::default();
        let draw = FromCda::new(&tables).device_names(true);
        let cda = NOTE.replace(person, author);
        draw.read("Document01", cda.as_bytes())
            .unwrap()
            .entry
            .authors
    };
    let structure = Xon::structure("CABINET", "499700000000001");
    let alone = &with("<id nullFlavor=\"NI\"/>")[0];
    assert_eq!(alone.person, None);
    assert_eq!(alone.institutions, [structure]);

    let patient = r#"<id root="1.2.250.1.213.1.4.10" extension="279035121518989"/>
<assignedPerson><name><family>PATIENT</family><given>MARIE</given></name></assignedPerson>"#;
    let patient = &with(patient)[0];
    let text = "279035121518989^PATIENT^MARIE^^^^^^&1.2.250.1.213.1.4.10&ISO^D^^^NH";
    assert_eq!(
        patient.person.as_ref().map(Xcn::to_text).as_deref(),
        Some(text)
    );
    assert_eq!(
        patient.institutions,
        [],
        "none for documents of the patient"
    );
    assert!(!format!("{patient:?}").contains("PATIENT"));

    let device = r#"<id root="1.2.250.1.71.4.2.1" extension="399700000001/42"/>
<assignedAuthoringDevice><manufacturerModelName>Modele</manufacturerModelName><softwareName>Logiciel</softwareName>
</assignedAuthoringDevice>"#;
    let device = &with(device)[0];
    let text = "399700000001/42^Modele^Logiciel^^^^^^&1.2.250.1.71.4.2.1&ISO^U^^^RI";
    assert_eq!(
        device.person.as_ref().map(Xcn::to_text).as_deref(),
        Some(text)
    );

    // The identifier of the structure is not known.
    let nameless = NOTE.replace(
        "<id root=\"1.2.250.1.71.4.2.2\" extension=\"499700000000001\"/>",
        "<id nullFlavor=\"NI\"/>",
    );
    let institutions = &draw(&Tables::default(), &nameless).entry.authors[0].institutions;
    assert_eq!(institutions[0].to_text(Profile::Dmp), "CABINET");
    let unnamed = NOTE.replace("<name>CABINET</name>", "<name nullFlavor=\"NI\"/>");
    let institutions = &draw(&Tables::default(), &unnamed).entry.authors[0].institutions;
    assert_eq!(
        institutions[0].to_text(Profile::Dmp),
        "^^^^^&1.2.250.1.71.4.2.2&ISO^IDNST^^^499700000000001"
    );
}

#[test]
fn a_document_that_shows_itself_is_named_so() {
    let wrapped = format!("<xsl xmlns=\"urn:x\">{NOTE}</xsl>");
    let entry = draw(&Tables::default(), &wrapped).entry;
    assert_eq!(entry.mime_type, "application/xslt+xml");
    assert_eq!(entry.unique_id, "1.2.250.1.999.1^7");
    assert!(FromCda::new(&Tables::default()).read("D", b"<a/>").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn no_document_makes_it_panic(from in 0usize..3000, len in 0usize..300, bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        let tables = Tables::default();
        let draw = FromCda::new(&tables).imaging(true).device_names(true);
        let _ = draw.read("Document01", &bytes);
        let note = NOTE.as_bytes();
        let from = from.min(note.len());
        let to = (from + len).min(note.len());
        let mutant = [&note[..from], &note[to..]].concat();
        if let Ok(drawn) = draw.read("Document01", &mutant) {
            let _ = Submission::new(set()).with_document(drawn.entry).validate(Profile::Dmp);
        }
    }
}
