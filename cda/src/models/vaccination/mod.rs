//! Vaccinations: the note (VAC-NOTE 2023.01), one vaccination per document, and the history (VAC 2023.01).

mod boxed;
mod entry;
mod groups;
mod history;
mod note;

use segur_core::Timestamp;

use super::error::{ModelError, need, need_text};
use crate::body::Material;
use crate::datatypes::{Cd, En, Ii, St};

pub use boxed::{BoxError, BoxReading, ScannedBox, VaccineCatalogue, VaccineProduct, VaccineTable};
pub use groups::VaccineGroups;
pub use history::{RecordedVaccine, Vaccination, VaccinationHistory};
pub use note::VaccinationNote;

const CIS: &str = "1.2.250.1.213.2.3.1";
const CIP: &str = "1.2.250.1.213.2.3.2";
const ATC: &str = "2.16.840.1.113883.6.73";

/// Kind of vaccination (value set 2.16.840.1.113883.1.11.19709).
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case")
)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VaccinationKind {
    /// First series.
    First,
    /// Booster.
    Booster,
    /// Not told.
    Unspecified,
}

impl VaccinationKind {
    pub(super) const ALL: [Self; 3] = [Self::First, Self::Booster, Self::Unspecified];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::First => "INITIMMUNIZ",
            Self::Booster => "BOOSTER",
            Self::Unspecified => "IMMUNIZ",
        }
    }

    /// The French name.
    pub fn name(self) -> &'static str {
        match self {
            Self::First => "1ère série vaccinante",
            Self::Booster => "Rappel",
            Self::Unspecified => "Vaccination sans autre précision",
        }
    }
}

/// A vaccine. The codes come from the caller's drug database: nothing is deduced.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Vaccine {
    /// Code of the speciality (CIS), 8 digits.
    pub cis: String,
    /// Name of the speciality.
    pub name: String,
    /// ATC code.
    pub atc: String,
    /// Name of the ATC class.
    pub atc_name: String,
    /// Code and name of the presentation (CIP13).
    pub cip: Option<(String, String)>,
    /// Lot number.
    pub lot: String,
}

/// A reaction after a vaccination.
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(deny_unknown_fields)
)]
#[derive(Clone, Debug, PartialEq)]
pub struct Reaction {
    /// Identifier: a UUID of the caller.
    pub id: Ii,
    /// What happened, of CIM-10 (`2.16.840.1.113883.6.3`), with its name.
    pub code: Cd,
    /// Since when.
    pub since: Timestamp,
}

const BESIDE_A_REACTION: &str = "a rank or a comment: the published rules refuse a reaction alone";

/// The published rule `E_immunizations_fr` looks for the reaction in an `act`, where the model has an
/// `observation`: a vaccination whose only entryRelationship is a reaction is refused.
fn is_reaction_alone(reactions: &[Reaction], rank: Option<u32>, comment: Option<&str>) -> bool {
    !reactions.is_empty() && rank.is_none() && comment.is_none()
}

fn named(code: &Cd, field: &'static str) -> Result<(), ModelError> {
    need_text(code.code.as_deref().unwrap_or(""), field)?;
    need_text(code.code_system.as_deref().unwrap_or(""), field)?;
    need_text(code.display_name.as_deref().unwrap_or(""), field)
}

/// Whether an ATC code has its form: a letter, two digits, two letters, two digits, from left.
pub(in crate::models) fn is_atc(code: &str) -> bool {
    let form = [false, true, true, false, false, true, true];
    matches!(code.len(), 1 | 3 | 4 | 5 | 7)
        && code.bytes().zip(form).all(|(byte, digit)| {
            if digit {
                byte.is_ascii_digit()
            } else {
                byte.is_ascii_uppercase()
            }
        })
}

impl Vaccine {
    fn check(&self) -> Result<(), ModelError> {
        if self.cis.len() != 8 || !self.cis.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ModelError::Form {
                field: "vaccine.cis",
                expected: "8 digits",
            });
        }
        need_text(&self.name, "vaccine.name")?;
        if !is_atc(&self.atc) {
            return Err(ModelError::Form {
                field: "vaccine.atc",
                expected: "an ATC code, as J07CA09",
            });
        }
        need_text(&self.atc_name, "vaccine.atc_name")?;
        if let Some((code, name)) = &self.cip {
            if code.len() != 13 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(ModelError::Form {
                    field: "vaccine.cip",
                    expected: "13 digits",
                });
            }
            need_text(name, "vaccine.cip")?;
        }
        need_text(&self.lot, "vaccine.lot")
    }

    fn to_material(&self, anchor: &str) -> Material {
        let mut code = Cd::new(self.cis.clone(), CIS)
            .with_display(self.name.clone())
            .with_system_name("CIS")
            .with_text_reference(anchor)
            .with_translation(
                Cd::new(self.atc.clone(), ATC)
                    .with_display(self.atc_name.clone())
                    .with_system_name("ATC"),
            );
        if let Some((cip, name)) = &self.cip {
            code = code.with_translation(
                Cd::new(cip.clone(), CIP)
                    .with_display(name.clone())
                    .with_system_name("CIP"),
            );
        }
        Material {
            code: Some(code),
            name: Some(En::text(self.atc_name.clone())),
            lot: Some(St::new(self.lot.clone())),
            ..Material::default()
        }
    }

    fn from_material(material: &Material) -> Result<Self, ModelError> {
        let code = need(material.code.as_ref(), "vaccine.cis")?;
        let pair = |system: &str| {
            let found = code.in_system(system)?;
            Some((
                found.code.clone()?,
                found.display_name.clone().unwrap_or_default(),
            ))
        };
        let (cis, name) = need(pair(CIS), "vaccine.cis")?;
        let (atc, atc_name) = need(pair(ATC), "vaccine.atc")?;
        let lot = material.lot.as_ref().map(|l| l.text.trim().to_owned());
        let lot = need(lot.filter(|l| !l.is_empty()), "vaccine.lot")?;
        Ok(Self {
            cis,
            name,
            atc,
            atc_name,
            cip: pair(CIP),
            lot,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::is_atc;

    #[test]
    fn atc_codes_have_five_levels() {
        for code in ["J", "J07", "J07C", "J07CA", "J07CA09"] {
            assert!(is_atc(code), "{code}");
        }
        for code in ["", "J0", "07", "J07CA0", "j07", "J07CA091", "J07-"] {
            assert!(!is_atc(code), "{code}");
        }
    }
}
