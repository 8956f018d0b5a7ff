//! The two sides of a match: a person as received, and the record of the software.

use std::fmt;

use chrono::Datelike;
use segur_core::{
    BirthDate, CodeCommune, Date, FamilyName, GivenName, GivenNames, Ins, InsAuthority,
    MatriculeIns, Sex, Traits,
};

use crate::datamatrix::{Field, Payload};
use crate::identity::{Attributes, Identity, InsAnswer};

/// What is known of a person, whatever the source: what a document does not say is `None`, and weighs nothing.
///
/// A CDA header is filled in by the caller, with the `read` and `parse` of `segur-core`. `Debug` shows nothing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Matricule with its authority: one without the other is nothing.
    pub ins: Option<Ins>,
    /// Nom de naissance.
    pub birth_name: Option<FamilyName>,
    /// Premier prénom de naissance.
    pub first_given_name: Option<GivenName>,
    /// Liste des prénoms de naissance.
    pub given_names: Option<GivenNames>,
    /// Sexe.
    pub sex: Option<Sex>,
    /// Date de naissance.
    pub birth_date: Option<BirthDate>,
    /// Code du lieu de naissance.
    pub birth_place: Option<CodeCommune>,
    /// Nom utilisé.
    pub used_name: Option<FamilyName>,
    /// Prénom utilisé.
    pub used_given_name: Option<GivenName>,
}

impl Person {
    /// Reads the payload of a Datamatrix, and names the fields that cannot be what they should be, such as a name with a digit in test
    /// data: they are left out, so that the others still find the record.
    ///
    /// The key of the matricule is not judged: it is compared as it stands.
    #[must_use]
    pub fn from_datamatrix(payload: &Payload) -> (Self, Vec<Field>) {
        let authority = InsAuthority::from_oid(&payload.oid);
        let matricule = MatriculeIns::read(&payload.matricule).ok();
        let day = payload.birth_date;
        let birth_date = match (
            u16::try_from(day.year()),
            u8::try_from(day.month()),
            u8::try_from(day.day()),
        ) {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
            _ => None,
        };
        let place = payload.birth_place.as_deref();
        let person = Self {
            ins: matricule.zip(authority).map(|(m, a)| Ins::new(m, a)),
            birth_name: payload.family_name.parse().ok(),
            given_names: payload.given_names.parse().ok(),
            sex: Some(payload.sex),
            birth_date: birth_date.map(BirthDate::known),
            birth_place: place.and_then(|place| CodeCommune::read(place).ok()),
            ..Self::default()
        };
        let unread = [
            (Field::Matricule, matricule.is_none()),
            (Field::Oid, authority.is_none()),
            (Field::GivenNames, person.given_names.is_none()),
            (Field::FamilyName, person.birth_name.is_none()),
            (Field::BirthDate, person.birth_date.is_none()),
            (
                Field::BirthPlace,
                place.is_some() && person.birth_place.is_none(),
            ),
        ];
        let unread = unread.into_iter().filter_map(|(f, lost)| lost.then_some(f));
        (person, unread.collect())
    }
}

impl From<&Traits> for Person {
    fn from(traits: &Traits) -> Self {
        Self {
            birth_name: Some(traits.birth_name.clone()),
            first_given_name: Some(traits.first_given_name.clone()),
            given_names: traits.given_names.clone(),
            sex: Some(traits.sex),
            birth_date: Some(traits.birth_date),
            birth_place: traits.birth_place,
            ..Self::default()
        }
    }
}

impl From<&InsAnswer> for Person {
    fn from(answer: &InsAnswer) -> Self {
        Self {
            ins: Some(answer.ins),
            ..Self::from(&answer.traits)
        }
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Person(***)")
    }
}

/// A record of the software. `Debug` shows the key alone: let it be a record number, never a trait.
#[derive(Clone, PartialEq, Eq)]
pub struct Record<K> {
    /// The caller's key of the record.
    pub key: K,
    /// Who it is.
    pub person: Person,
    /// Matricules that the record held before: they find it, and never suffice.
    pub former_ins: Vec<Ins>,
    /// Doubtful and fictitious records are only ever shown for review.
    pub attributes: Attributes,
}

impl<K> Record<K> {
    /// A record without former matricule nor attribute.
    #[must_use]
    pub const fn new(key: K, person: Person) -> Self {
        Self {
            key,
            person,
            former_ins: Vec::new(),
            attributes: Attributes::NONE,
        }
    }

    /// The record of an identity; used names are the caller's to add.
    #[must_use]
    pub fn of(key: K, identity: &Identity) -> Self {
        let person = Person {
            ins: identity.ins().copied(),
            ..Person::from(identity.traits())
        };
        Self {
            key,
            person,
            former_ins: identity.former_ins().to_vec(),
            attributes: identity.attributes(),
        }
    }
}

impl<K: fmt::Debug> fmt::Debug for Record<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}
