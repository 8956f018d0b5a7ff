//! The metadata of a document that does not tell them itself.

use std::path::{Path, PathBuf};

use segur_core::Coded;
use segur_dmp_xds::metadata::{
    Author, Cx, DocumentEntry, PatientInfo, PatientName, Xcn, Xon, visibility,
};
use segur_dmp_xds::update::Visibility;
use segur_dmp_xds::{CLASS_SYSTEM, Tables};
use serde::Deserialize;

use crate::output::Failure;
use crate::xds::{given, names, new_oid, settings, toml_of};

/// A filled description.
const TEMPLATE: &str = include_str!("template.toml");

/// What a person writes. No `Debug`: it names the patient.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Description {
    file: PathBuf,
    mime_type: Option<String>,
    unique_id: String,
    title: Option<String>,
    r#type: String,
    class: Option<String>,
    format: Option<String>,
    confidentiality: Option<String>,
    facility: Option<String>,
    practice_setting: Option<String>,
    creation_time: Option<String>,
    act_start: Option<String>,
    act_end: Option<String>,
    language: Option<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    references: Vec<String>,
    patient: Patient,
    author: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patient {
    id: String,
    oid: String,
    local_id: Option<String>,
    local_oid: Option<String>,
    birth_name: Option<String>,
    given_name: Option<String>,
    birth_date: Option<String>,
    sex: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    person: Option<String>,
    structure: Option<String>,
    specialty: Option<String>,
    role: Option<String>,
    legal_authenticator: Option<String>,
}

/// The template with a new identifier.
pub(super) fn template() -> Result<String, Failure> {
    Ok(TEMPLATE.replacen("{oid}", &new_oid()?, 1))
}

/// The entry that a description tells, and where its file is. Hash and size are left to the caller.
pub(super) fn read(
    path: &Path,
    entry_id: &str,
    tables: &Tables,
    hidden: Visibility,
) -> Result<(DocumentEntry, PathBuf), Failure> {
    let told: Description = toml_of(path, &settings::read(path)?)?;
    let in_file = |failure: Failure| match failure {
        Failure::Refused { fr, en } => {
            let path = path.display();
            Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
        }
        other => other,
    };
    let code = |name: &str, text: &Option<String>| -> Result<Option<Coded>, Failure> {
        let code = text.as_deref().map(|text| given::code(name, text, None));
        code.transpose().map_err(in_file)
    };
    let time = |name: &str, text: &Option<String>| {
        let time = text.as_deref().map(|text| given::act_time(name, text));
        time.transpose().map_err(in_file)
    };
    let file = path.parent().unwrap_or(Path::new("")).join(&told.file);
    let mime_type = told
        .mime_type
        .clone()
        .or_else(|| names::media_type(&told.file).map(str::to_owned));
    let type_code = given::code("type", &told.r#type, None).map_err(in_file)?;
    let class = match &told.class {
        Some(text) => Some(given::code("class", text, Some(CLASS_SYSTEM)).map_err(in_file)?),
        None => tables.class_of(&type_code).cloned(),
    };
    let format = match &told.format {
        Some(_) => code("format", &told.format)?,
        None => mime_type.as_deref().and_then(Tables::format_of_medium),
    };
    let own = code("confidentiality", &told.confidentiality)?;
    let mut confidentiality_codes = vec![own.unwrap_or(visibility::NORMAL)];
    confidentiality_codes.extend(hidden.codes());
    let events = told
        .events
        .iter()
        .map(|text| given::code("events", text, None));
    let ins = Cx::new(told.patient.id.as_str(), told.patient.oid.as_str(), "NH");
    let local = match (&told.patient.local_id, &told.patient.local_oid) {
        (Some(id), Some(oid)) => Cx::local(id.as_str(), oid.as_str()),
        _ => ins.clone(),
    };
    let entry = DocumentEntry {
        mime_type: mime_type.unwrap_or_default(),
        title: told.title.clone(),
        class_code: class,
        type_code: Some(type_code),
        format_code: format,
        confidentiality_codes,
        healthcare_facility_type_code: code("facility", &told.facility)?,
        practice_setting_code: code("practice_setting", &told.practice_setting)?,
        event_codes: events.collect::<Result<_, _>>().map_err(in_file)?,
        creation_time: time("creation_time", &told.creation_time)?,
        service_start_time: time("act_start", &told.act_start)?,
        service_stop_time: time("act_end", &told.act_end)?,
        language_code: Some(told.language.clone().unwrap_or_else(|| "fr-FR".to_owned())),
        reference_ids: told.references.iter().map(|text| Cx::read(text)).collect(),
        patient_id: Some(ins),
        source_patient_id: Some(local),
        source_patient_info: told.patient.info(),
        authors: vec![Author {
            person: told.author.person.as_deref().map(Xcn::read),
            institutions: told
                .author
                .structure
                .as_deref()
                .map(Xon::read)
                .into_iter()
                .collect(),
            specialties: code("specialty", &told.author.specialty)?
                .into_iter()
                .collect(),
            roles: told.author.role.iter().cloned().collect(),
            ..Author::default()
        }],
        legal_authenticator: told.author.legal_authenticator.as_deref().map(Xcn::read),
        ..DocumentEntry::new(entry_id, told.unique_id)
    };
    Ok((entry, file))
}

impl Patient {
    fn info(&self) -> PatientInfo {
        let mut info = PatientInfo::default();
        if self.birth_name.is_some() || self.given_name.is_some() {
            info.add_name(&PatientName {
                family: self.birth_name.clone().unwrap_or_default(),
                given: self.given_name.clone().unwrap_or_default(),
                name_type: "L".to_owned(),
            });
        }
        for (field, value) in [(7, &self.birth_date), (8, &self.sex)] {
            if let Some(value) = value {
                info.set(field, value.clone());
            }
        }
        info
    }
}
