//! What INSi answers: `RESULTAT`.

use std::fmt;

use segur_core::{
    BirthDate, CodeCommune, FamilyName, GivenName, GivenNames, Ins, InsAuthority, KeyStatus,
    MatriculeIns, Sex, Traits,
};

use super::{InsiDate, Warning, Which};
use crate::identity::{InsAnswer, Trait};

/// An answer, kept as it came (RNIV EXI SI 06, EXI REC 08: what INSi returns is stored as it is).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// `CR/CodeCR`.
    pub code: ReturnCode,
    /// `CR/LibelleCR`.
    pub label: Option<String>,
    /// `INDIVIDU`.
    pub person: Option<Person>,
    /// What was tolerated.
    pub warnings: Vec<Warning>,
}

/// `CodeCR`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReturnCode {
    /// `00`: one identity.
    One,
    /// `01`: none.
    None,
    /// `02`: several.
    Several,
    /// Another one, as it stands; no meaning is known.
    Other(String),
}

impl ReturnCode {
    pub(super) fn read(text: &str) -> Self {
        match text {
            "00" => Self::One,
            "01" => Self::None,
            "02" => Self::Several,
            other => Self::Other(other.chars().take(20).collect()),
        }
    }

    /// The code: `00`, `01`, `02` or as it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::One => "00",
            Self::None => "01",
            Self::Several => "02",
            Self::Other(code) => code,
        }
    }
}

/// `INDIVIDU`: one person, texts as they came. `Debug` hides everything.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// `INSACTIF`.
    pub active: Matricule,
    /// `INSHISTO`, in the order of the answer.
    pub history: Vec<Matricule>,
    /// `TIQ/NomNaissance`.
    pub birth_name: Option<String>,
    /// `TIQ/Prenom`; most answers have none.
    pub given_name: Option<String>,
    /// `TIQ/ListePrenom`.
    pub given_names: Option<String>,
    /// `TIQ/Sexe`.
    pub sex: Option<String>,
    /// `TIQ/DateNaissance`.
    pub birth_date: Option<String>,
    /// `TIQ/LieuNaissance`.
    pub birth_place: Option<String>,
}

/// `INSACTIF` or `INSHISTO`, texts as they came. `Debug` hides everything.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Matricule {
    /// `IdIndividu/NumIdentifiant`, 13 characters.
    pub number: String,
    /// `IdIndividu/Cle`, two digits.
    pub key: Option<String>,
    /// `IdIndividu/TypeMatricule`; its values are not known.
    pub kind: Option<String>,
    /// `OID`.
    pub oid: String,
    /// `DateDeb`, `AAAA-MM-JJ`.
    pub begin: Option<String>,
    /// `DateFin`, `AAAA-MM-JJ`.
    pub end: Option<String>,
}

/// Why a person that INSi found may not enter the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Obstacle {
    /// The active matricule is none.
    #[error("the active matricule of the answer is not one")]
    Matricule,
    /// The OID is none of a matricule INS.
    #[error("the OID of the active matricule is none of the INS")]
    Authority,
    /// A trait is empty that the answer must have (guide INS rule 12).
    #[error("the answer lacks: {}", .0.label())]
    Missing(Trait),
    /// A trait has no spelling that an identity may hold.
    #[error("unreadable in the answer: {}", .0.label())]
    Unreadable(Trait),
    /// The birth date is lunar (guide INS rule 11).
    #[error("the birth date of the answer has a month or day that does not exist")]
    LunarDate,
}

impl Matricule {
    /// The matricule with its authority. A wrong key is kept, a missing one computed. OIDs of test and demonstration
    /// identities are taken as those of production: qualification answers with both.
    ///
    /// # Errors
    /// [`Obstacle::Matricule`], [`Obstacle::Authority`].
    pub fn ins(&self) -> Result<Ins, Obstacle> {
        let matricule = match &self.key {
            Some(key) => MatriculeIns::read(&format!("{}{key}", self.number)),
            None => MatriculeIns::from_number(&self.number),
        };
        let matricule = matricule.map_err(|_| Obstacle::Matricule)?;
        let authority = InsAuthority::from_oid(&self.oid).ok_or(Obstacle::Authority)?;
        Ok(Ins::new(matricule, authority))
    }

    pub(super) fn warnings(&self, which: Which, out: &mut Vec<Warning>) {
        if self.key.is_none() {
            out.push(Warning::MissingKey(which));
        }
        match self.ins() {
            Ok(ins) if ins.matricule.key() == KeyStatus::Wrong => {
                out.push(Warning::WrongKey(which));
            }
            Err(_) if which != Which::Active => out.push(Warning::HistoryUnreadable(which)),
            _ => {}
        }
        let date = |text: &Option<String>| text.as_deref().map(str::parse::<segur_core::Date>);
        match (date(&self.begin), date(&self.end)) {
            (Some(Err(_)), _) | (_, Some(Err(_))) => out.push(Warning::DateUnreadable(which)),
            (Some(Ok(begin)), Some(Ok(end))) if begin > end => {
                out.push(Warning::DatesInverted(which));
            }
            _ => {}
        }
    }
}

impl Person {
    /// The matricules of the history that can be read, without the active one and without repetition.
    #[must_use]
    pub fn former(&self) -> Vec<Ins> {
        let active = self.active.ins().ok();
        let mut all: Vec<Ins> = Vec::new();
        for ins in self.history.iter().filter_map(|own| own.ins().ok()) {
            if Some(ins) != active && !all.contains(&ins) {
                all.push(ins);
            }
        }
        all
    }

    /// The identity as the rest of this crate takes it. Without `Prenom` the first given name is the first word of the
    /// list, which stands for nothing but the comparison; without `ListePrenom` the list is `Prenom` alone.
    ///
    /// # Errors
    /// When guide INS rules 11 and 12 forbid the import, or a value is none.
    pub fn importable(&self) -> Result<InsAnswer, Obstacle> {
        let mut ignored = Vec::new();
        self.import(&mut ignored)
    }

    pub(super) fn import(&self, out: &mut Vec<Warning>) -> Result<InsAnswer, Obstacle> {
        let ins = self.active.ins()?;
        let name = needed(&self.birth_name, Trait::BirthName)?;
        let birth_name =
            FamilyName::parse(name).map_err(|_| Obstacle::Unreadable(Trait::BirthName))?;
        respelled(name, birth_name.as_str(), Trait::BirthName, out);

        let given = present(&self.given_name);
        let list = match (present(&self.given_names), given) {
            (Some(list), _) => list,
            (None, Some(given)) => {
                out.push(Warning::ListMissing);
                given
            }
            (None, None) => return Err(Obstacle::Missing(Trait::GivenNames)),
        };
        let given_names =
            GivenNames::parse(list).map_err(|_| Obstacle::Unreadable(Trait::GivenNames))?;
        respelled(list, given_names.as_str(), Trait::GivenNames, out);
        let head = given_names.as_str().split(' ').next().unwrap_or_default();
        let first_given_name = GivenName::parse(given.unwrap_or(head))
            .map_err(|_| Obstacle::Unreadable(Trait::FirstGivenName))?;
        if let Some(given) = given.filter(|_| present(&self.given_names).is_some()) {
            respelled(given, first_given_name.as_str(), Trait::FirstGivenName, out);
        }

        let sex = match needed(&self.sex, Trait::Sex)?.parse() {
            Ok(sex @ (Sex::Female | Sex::Male)) => sex,
            _ => return Err(Obstacle::Unreadable(Trait::Sex)),
        };
        let birth_date = birth_date(needed(&self.birth_date, Trait::BirthDate)?)?;
        let birth_place = present(&self.birth_place).and_then(|code| {
            let place = CodeCommune::read(code).ok();
            if place.is_none() {
                out.push(Warning::PlaceUnreadable);
            }
            place
        });
        let traits = Traits {
            birth_name,
            first_given_name,
            given_names: Some(given_names),
            sex,
            birth_date,
            birth_place,
        };
        Ok(InsAnswer { ins, traits })
    }
}

fn birth_date(text: &str) -> Result<BirthDate, Obstacle> {
    let date: InsiDate = text
        .parse()
        .map_err(|_| Obstacle::Unreadable(Trait::BirthDate))?;
    date.birth_date().ok_or(Obstacle::LunarDate)
}

fn present(text: &Option<String>) -> Option<&str> {
    text.as_deref().filter(|text| !text.is_empty())
}

fn needed(text: &Option<String>, field: Trait) -> Result<&str, Obstacle> {
    present(text).ok_or(Obstacle::Missing(field))
}

fn respelled(came: &str, is: &str, field: Trait, out: &mut Vec<Warning>) {
    if came != is {
        out.push(Warning::Respelled(field));
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Person(***, history: {})", self.history.len())
    }
}

impl fmt::Debug for Matricule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Matricule(***)")
    }
}
