//! From a description to a document.

use std::path::Path;

use segur_cda::ClinicalDocument;
use segur_cda::models::certificates::{Cs8, Cs9, Cs24};
use segur_cda::models::{
    ChildMeasures, Frame, ModelError, RapidTests, Vaccination, VaccinationHistory, VaccinationNote,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::cli::{DescriptionFormat, NewKind};
use crate::output::Failure;

/// What is wrong with a description.
#[derive(Debug)]
pub(super) enum Wrong {
    /// It does not read.
    Text {
        line: usize,
        column: usize,
        message: String,
    },
    /// It reads, and makes no document.
    Model(ModelError),
}

impl Wrong {
    pub(super) fn in_file(&self, path: &Path) -> Failure {
        let path = path.display();
        match self {
            Self::Text {
                line,
                column,
                message,
            } => Failure::refused(
                format!("{path}:{line}:{column} : {message}"),
                format!("{path}:{line}:{column}: {message}"),
            ),
            Self::Model(error) => Failure::refused(
                format!("{path} : cette description ne fait pas un document : {error}"),
                format!("{path}: this description makes no document: {error}"),
            ),
        }
    }
}

impl From<ModelError> for Wrong {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

/// A history as a professional writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct History {
    frame: Frame,
    vaccinations: Vec<Vaccination>,
}

pub(super) fn document(
    kind: NewKind,
    text: &str,
    form: DescriptionFormat,
) -> Result<ClinicalDocument, Wrong> {
    Ok(match kind {
        NewKind::CseMde => read::<ChildMeasures>(text, form)?.to_document()?,
        NewKind::CseCs8 => read::<Cs8>(text, form)?.to_document()?,
        NewKind::CseCs9 => read::<Cs9>(text, form)?.to_document()?,
        NewKind::CseCs24 => read::<Cs24>(text, form)?.to_document()?,
        NewKind::VacNote => read::<VaccinationNote>(text, form)?.to_document()?,
        NewKind::Vac => {
            let told = read::<History>(text, form)?;
            VaccinationHistory::new(&told.frame, told.vaccinations)?.to_document()?
        }
        NewKind::BioTrod => read::<RapidTests>(text, form)?.to_document()?,
    })
}

fn read<T: DeserializeOwned>(text: &str, form: DescriptionFormat) -> Result<T, Wrong> {
    match form {
        DescriptionFormat::Json => serde_json::from_str(text).map_err(|error| {
            let whole = error.to_string();
            // the place is told apart
            let message = whole.rsplit_once(" at line ").map_or(&*whole, |(m, _)| m);
            Wrong::Text {
                line: error.line(),
                column: error.column(),
                message: message.to_owned(),
            }
        }),
        DescriptionFormat::Toml => toml::from_str(text).map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let before = text.get(..at).unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            Wrong::Text {
                line,
                column,
                message: error.message().to_owned(),
            }
        }),
    }
}
