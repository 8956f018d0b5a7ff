//! An identity as a file holds it: JSON, the text of a Datamatrix, or a CDA document.

use std::path::Path;

use segur_cda::datatypes::AddressPartKind;
use segur_cda::header::Header;
use segur_core::Lang;
use segur_ins::datamatrix::{DecodeError, Payload, Scan, Tolerance};
use segur_xml::{Document, Limits};
use serde::{Deserialize, Serialize};

use super::french;
use crate::files;
use crate::output::Failure;

/// The fields as written, not judged. No `Debug`: they are a person's.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Identity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) matricule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) oid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) birth_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) first_given_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) birth_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) birth_place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) used_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) used_given_name: Option<String>,
}

/// Where the fields come from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Typed: a wrong key is an error.
    Json,
    /// Received: a wrong key is a warning.
    Datamatrix,
    /// Received too.
    Cda,
}

/// What a file holds.
pub(super) struct Input {
    pub(super) identity: Identity,
    pub(super) source: Source,
    /// What reading a Datamatrix forgave.
    pub(super) tolerances: Vec<Tolerance>,
}

/// Reads any of the three.
pub(super) fn read(path: &Path) -> Result<Input, Failure> {
    let bytes = bytes(path)?;
    let start = bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&bytes)
        .trim_ascii_start();
    match start.first() {
        Some(b'{') => json(path, start),
        // The byte order mark of UTF-16 opens nothing but a document.
        Some(b'<' | 0xfe | 0xff) => cda(path, &bytes),
        _ => {
            let scan = scan(path, &bytes)?.map_err(|error| {
                let (fr, en) = french::decode(&error);
                refused(path, &fr, &en)
            })?;
            Ok(Input {
                identity: Identity::from(&scan.payload),
                source: Source::Datamatrix,
                tolerances: scan.tolerances,
            })
        }
    }
}

/// Reads what a scanner sent; the line end that closes a file is not part of it.
pub(super) fn scan(path: &Path, bytes: &[u8]) -> Result<Result<Scan, DecodeError>, Failure> {
    let text = str::from_utf8(bytes)
        .map_err(|_| refused(path, "ce texte n'est pas en UTF-8", "the text is not UTF-8"))?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    Ok(Payload::decode(text.strip_suffix('\r').unwrap_or(text)))
}

pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let input = files::collect(std::slice::from_ref(&path.to_owned()));
    let [input] = input.as_slice() else {
        return Err(refused(path, "indiquer un seul fichier", "name one file"));
    };
    files::read(input, Limits::default().max_bytes).map_err(|finding| {
        let found = finding.found.as_ref().map_or("", |f| f.reveal());
        let say = |lang| format!("{} {found}", finding.message.get(lang));
        refused(path, &say(Lang::Fr), &say(Lang::En))
    })
}

fn refused(path: &Path, fr: &str, en: &str) -> Failure {
    let path = path.display();
    Failure::refused(format!("{path} : {fr}"), format!("{path}: {en}"))
}

fn json(path: &Path, text: &[u8]) -> Result<Input, Failure> {
    // The error itself may quote a value: only its place is told.
    let identity: Identity = serde_json::from_slice(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        refused(
            path,
            &format!("ligne {line}, colonne {column} : ce n'est pas une identité en JSON (voir `segur ins --help`)"),
            &format!("line {line}, column {column}: this is no identity in JSON (see `segur ins --help`)"),
        )
    })?;
    Ok(Input {
        identity,
        source: Source::Json,
        tolerances: Vec::new(),
    })
}

fn cda(path: &Path, bytes: &[u8]) -> Result<Input, Failure> {
    let document = Document::parse_with(bytes, &Limits::default())
        .map_err(|error| refused(path, &error.message_fr(), &error.message_en()))?;
    let header = Header::read_document(&document)
        .map_err(|_| refused(path, "aucun ClinicalDocument", "no ClinicalDocument"))?
        .value;
    let role = header
        .patient_role()
        .ok_or_else(|| refused(path, "aucun patient", "no patient"))?;
    let mut identity = Identity::default();
    if let Some(id) = role.ins() {
        identity.matricule = id.extension.clone();
        identity.oid = id.root.clone();
    }
    if let Some(patient) = &role.patient {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        if let Some(name) = patient.names.first() {
            identity.birth_name = owned(name.birth_family());
            identity.first_given_name = owned(name.birth_given());
            identity.given_names = owned(name.birth_given_names());
            identity.used_name = owned(name.call_family());
            identity.used_given_name = owned(name.call_given());
        }
        identity.sex = patient.gender.as_ref().and_then(|sex| sex.code.clone());
        let birth = patient.birth_time.as_ref().and_then(|time| time.value);
        identity.birth_date = birth.map(|time| day(&time.to_string()));
        let place = patient.birthplace.as_ref().map(|born| &born.place);
        let address = place.and_then(|place| place.address.as_ref());
        identity.birth_place = owned(address.and_then(|a| a.part(&AddressPartKind::County)));
    }
    Ok(Input {
        identity,
        source: Source::Cda,
        tolerances: Vec::new(),
    })
}

/// `19770121…` as `1977-01-21`; what is shorter stays, for the check to refuse.
fn day(time: &str) -> String {
    match (time.get(..4), time.get(4..6), time.get(6..8)) {
        (Some(year), Some(month), Some(day)) => format!("{year}-{month}-{day}"),
        _ => time.to_owned(),
    }
}

impl From<&Payload> for Identity {
    fn from(payload: &Payload) -> Self {
        Self {
            matricule: Some(payload.matricule.clone()),
            oid: Some(payload.oid.clone()),
            birth_name: Some(payload.family_name.clone()),
            given_names: Some(payload.given_names.clone()),
            sex: Some(payload.sex.as_str().to_owned()),
            birth_date: Some(payload.birth_date.to_string()),
            birth_place: payload.birth_place.clone(),
            ..Self::default()
        }
    }
}
