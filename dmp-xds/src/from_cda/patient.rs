//! The patient: patientId, sourcePatientId, sourcePatientInfo.

use segur_cda::datatypes::{En, NamePartKind, NameQualifier};
use segur_cda::header::{Header, Patient};
use segur_core::{InsAuthority, Precision, known_oids};

use super::read::{Draw, GapReason, identifier, one_line};
use crate::metadata::{Cx, PatientInfo, PatientName};

const ID: &str = "recordTarget/patientRole/id";
const PATIENT: &str = "recordTarget/patientRole/patient";

pub(super) fn draw(header: &Header, draw: &mut Draw) {
    let Some(role) = header.patient_role() else {
        for field in ["patientId", "sourcePatientId", "sourcePatientInfo"] {
            draw.gap(field, "recordTarget", GapReason::Absent);
        }
        return;
    };
    let ids: Vec<(&str, &str)> = role.ids.iter().filter_map(identifier).collect();
    let is_ins = |root: &str| InsAuthority::from_oid(root).is_some();
    let ins = ids.iter().find(|(root, _)| is_ins(root));
    let ins = ins.map(|(root, matricule)| Cx::new(*matricule, *root, "NH"));
    // The former calculated INS is neither the INS nor an identifier of the source system.
    let local = ids
        .iter()
        .find(|(root, _)| !is_ins(root) && *root != known_oids::INS_C);
    let local = local.map(|(root, id)| Cx::local(*id, *root));
    draw.entry.source_patient_id = local.or_else(|| ins.clone());
    draw.entry.patient_id = draw.found("patientId", ID, ins);
    if draw.entry.source_patient_id.is_none() {
        draw.gap("sourcePatientId", ID, GapReason::Absent);
    }
    match &role.patient {
        Some(patient) => draw.entry.source_patient_info = info(patient),
        None => draw.gap("sourcePatientInfo", PATIENT, GapReason::Absent),
    }
}

/// PID-5, PID-7, PID-8. The name in use is a line of its own when it is another than that of the birth certificate.
fn info(patient: &Patient) -> PatientInfo {
    let mut info = PatientInfo::default();
    let mut seen: Vec<(String, String)> = Vec::new();
    for name in &patient.names {
        let birth = person(name, Some(&NameQualifier::Birth), "L");
        let call = person(name, Some(&NameQualifier::Call), "D");
        let plain = person(name, None, "U").filter(|_| birth.is_none() && call.is_none());
        for one in [birth, call, plain].into_iter().flatten() {
            let key = (one.family.clone(), one.given.clone());
            if !seen.contains(&key) {
                info.add_name(&one);
                seen.push(key);
            }
        }
    }
    let birth = patient.birth_time.as_ref().and_then(|time| time.value);
    if let Some(birth) = birth {
        // A date: the time of birth is no identity trait.
        info.set(7, birth.truncated_to(Precision::Day).to_string());
    }
    let sex = patient
        .gender
        .as_ref()
        .and_then(|gender| gender.code.as_deref());
    match sex {
        Some(sex @ ("F" | "M")) => info.set(8, sex),
        // HL7 v3 says UN, HL7 v2 says U.
        Some("UN" | "U") => info.set(8, "U"),
        _ => {}
    }
    info
}

/// The name made of the parts with a qualifier; nothing without its family part.
fn person(name: &En, qualifier: Option<&NameQualifier>, name_type: &str) -> Option<PatientName> {
    let part = |kind| {
        let text = name.part(&kind, qualifier).map(one_line);
        text.filter(|text| !text.is_empty())
    };
    let family = part(NamePartKind::Family)?;
    // Of the given names, the birth certificate's first one stands for all.
    Some(PatientName {
        family,
        given: part(NamePartKind::Given).unwrap_or_default(),
        name_type: name_type.to_owned(),
    })
}
