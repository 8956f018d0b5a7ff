//! The traits that identify a patient.

use std::fmt;

use super::{BirthDate, FamilyName, GivenName, GivenNames, Sex};
use crate::id::CodeCommune;

/// The strict traits of an identity (guide INS, rule 1), and the first given name that is typed at creation.
///
/// `Debug` hides everything.
///
/// ```
/// use segur_core::{BirthDate, Traits};
///
/// let traits = Traits {
///     birth_name: "Garcia-Hämmadi".parse()?,
///     first_given_name: "Sarah-Lou".parse()?,
///     given_names: Some("SARAH-LOU ANNA".parse()?),
///     sex: "F".parse()?,
///     birth_date: BirthDate::parse("1977-01-21")?,
///     birth_place: Some("01154".parse()?),
/// };
/// assert_eq!(traits.birth_name.as_str(), "GARCIA-HAMMADI");
/// assert!(traits.given_names_agree());
/// assert_eq!(format!("{traits:?}"), "Traits(***)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Traits {
    /// Name at birth.
    pub birth_name: FamilyName,
    /// First given name at birth, as typed by the user. INSi never overwrites it.
    pub first_given_name: GivenName,
    /// All given names at birth, as INSi delivers them; `None` before it answered.
    pub given_names: Option<GivenNames>,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub birth_date: BirthDate,
    /// Birth place; `None` when it is not known yet, [`CodeCommune::UNKNOWN`] when it cannot be known.
    pub birth_place: Option<CodeCommune>,
}

impl Traits {
    /// Whether the first given name can be the head of the list; true when there is no list.
    pub fn given_names_agree(&self) -> bool {
        self.given_names
            .as_ref()
            .is_none_or(|list| list.starts_with(&self.first_given_name))
    }
}

impl fmt::Debug for Traits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Traits(***)")
    }
}
