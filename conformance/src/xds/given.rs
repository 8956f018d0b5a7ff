//! Values as they are typed.

use std::path::Path;

use segur_core::{Coded, InsAuthority, Timestamp};
use segur_dmp_xds::metadata::{Cx, Dtm};
use segur_dmp_xds::{CLASS_SYSTEM, TableError, Tables};

use super::settings;
use crate::output::Failure;

/// Kind of document -> class. Written by `tools/xds_tables.py`.
const CLASSES: &str = include_str!("tables/classes.tsv");
/// Model of document -> format.
const FORMATS: &str = include_str!("tables/formats.tsv");

/// Code systems of kinds of documents: LOINC, and what the agency adds (TRE_A05).
const TYPE_SYSTEMS: [&str; 2] = ["2.16.840.1.113883.6.1", "1.2.250.1.213.1.1.4.12"];

/// The tables of this program, and those of a folder over them.
pub(super) fn tables(folder: Option<&Path>) -> Result<Tables, Failure> {
    let mut tables = Tables::default();
    let mut add = |name: String, classes: Option<&str>, formats: Option<&str>| {
        let read = match (classes, formats) {
            (Some(text), _) => tables.read_classes(text),
            (_, Some(text)) => tables.read_formats(text),
            _ => Ok(()),
        };
        read.map_err(|error: TableError| {
            Failure::refused(
                format!("{name} : table refusée : {error}"),
                format!("{name}: table refused: {error}"),
            )
        })
    };
    add("classes.tsv".to_owned(), Some(CLASSES), None)?;
    add("formats.tsv".to_owned(), None, Some(FORMATS))?;
    let Some(folder) = folder else {
        return Ok(tables);
    };
    let mut found = false;
    for (name, is_classes) in [("classes.tsv", true), ("formats.tsv", false)] {
        let path = folder.join(name);
        if !path.exists() {
            continue;
        }
        found = true;
        let bytes = settings::read(&path)?;
        let text = String::from_utf8_lossy(&bytes);
        let shown = path.display().to_string();
        match is_classes {
            true => add(shown, Some(&text), None)?,
            false => add(shown, None, Some(&text))?,
        }
    }
    if !found {
        let folder = folder.display();
        return Err(Failure::refused(
            format!("{folder} : ni classes.tsv ni formats.tsv"),
            format!("{folder}: neither classes.tsv nor formats.tsv"),
        ));
    }
    Ok(tables)
}

/// `CODE^LABEL^SYSTEM`; label and, where there is a default, system may be left out.
pub(super) fn code(option: &str, text: &str, default: Option<&str>) -> Result<Coded, Failure> {
    let mut parts = text.splitn(3, '^').map(str::trim);
    let mut next = || parts.next().filter(|part| !part.is_empty());
    let (code, label, system) = (next(), next(), next());
    match (code, system.or(default)) {
        (Some(code), Some(system)) => {
            let coded = Coded::new(code.to_owned(), system.to_owned());
            Ok(match label {
                Some(label) => coded.with_display(label.to_owned()),
                None => coded,
            })
        }
        _ => Err(Failure::refused(
            format!(
                "{option} : un code et son système attendus, CODE^^SYSTÈME ou CODE^LIBELLÉ^SYSTÈME"
            ),
            format!("{option}: a code and its system expected, CODE^^SYSTEM or CODE^LABEL^SYSTEM"),
        )),
    }
}

/// A typeCode: the tables know most systems.
pub(super) fn type_code(tables: &Tables, text: &str) -> Result<Coded, Failure> {
    if !text.contains('^') {
        for system in TYPE_SYSTEMS {
            let coded = Coded::new(text.to_owned(), system);
            if tables.class_of(&coded).is_some() {
                return Ok(coded);
            }
        }
    }
    code("--type", text, None)
}

/// A classCode.
pub(super) fn class(text: &str) -> Result<Coded, Failure> {
    code("--class", text, Some(CLASS_SYSTEM))
}

/// A time in UTC for a search: `20240315`, `2024-03-15`, `202403150930`.
pub(super) fn moment(option: &str, text: &str) -> Result<Dtm, Failure> {
    let plain = match text.len() {
        10 => text.replace('-', ""),
        _ => text.to_owned(),
    };
    Dtm::parse(&plain).map_err(|error| {
        Failure::refused(
            format!("{option} : AAAAMMJJ[hhmm[ss]] en UTC attendu"),
            format!("{option}: YYYYMMDD[hhmm[ss]] in UTC expected: {error}"),
        )
    })
}

/// A time of a document, with its offset from UTC.
pub(super) fn act_time(option: &str, text: &str) -> Result<Dtm, Failure> {
    let time: Result<Timestamp, _> = text.parse();
    time.and_then(|time| Dtm::from_timestamp(&time)).map_err(|error| {
        Failure::refused(
            format!("{option} : un jour AAAAMMJJ, ou une heure et son décalage AAAAMMJJhhmmss+0100, attendu"),
            format!("{option}: a day YYYYMMDD, or a time and its offset YYYYMMDDhhmmss+0100, expected: {error}"),
        )
    })
}

/// The identifier of a patient; errors do not quote it.
pub(super) fn patient(text: &str, oid: Option<&str>) -> Cx {
    match text.contains('^') {
        true => Cx::read(text),
        false => Cx::new(text.trim(), oid.unwrap_or(InsAuthority::Nir.oid()), "NH"),
    }
}

/// The identifier of the patient of a file.
pub(super) fn patient_of(path: &Path) -> Result<Cx, Failure> {
    let identity = crate::ins::read_ins(path)?;
    let (Some(matricule), Some(oid)) = identity else {
        let path = path.display();
        return Err(Failure::refused(
            format!("{path} : ni matricule INS ni OID"),
            format!("{path}: neither INS nor OID"),
        ));
    };
    Ok(Cx::new(matricule, oid, "NH"))
}
