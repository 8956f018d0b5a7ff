//! Local traits beside those of INSi, field by field.

use segur_core::{Traits, search_key};

/// A strict trait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trait {
    /// Nom de naissance.
    BirthName,
    /// Premier prénom de naissance, judged against INSi's list.
    FirstGivenName,
    /// Liste des prénoms de naissance.
    GivenNames,
    /// Sexe.
    Sex,
    /// Date de naissance.
    BirthDate,
    /// Code du lieu de naissance.
    BirthPlace,
}

impl Trait {
    /// The label of the screen, as guide INS rule 3 asks: unambiguous.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::BirthName => "Nom de naissance",
            Self::FirstGivenName => "Premier prénom de naissance",
            Self::GivenNames => "Prénoms de naissance",
            Self::Sex => "Sexe",
            Self::BirthDate => "Date de naissance",
            Self::BirthPlace => "Lieu de naissance (INSEE)",
        }
    }

    /// Whether a perfect match needs it.
    #[must_use]
    pub const fn decides(self) -> bool {
        matches!(
            self,
            Self::BirthName | Self::FirstGivenName | Self::Sex | Self::BirthDate
        )
    }
}

/// How a trait differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// The same.
    None,
    /// The same but for hyphens, apostrophes and spaces.
    Spelling,
    /// The same given names in another order.
    Order,
    /// The local first given name is one of INSi's, but not the first.
    NotFirst,
    /// One begins with the other.
    Shortened,
    /// The local identity does not have it.
    MissingLocally,
    /// INSi does not have it.
    MissingInInsi,
    /// Another value.
    Different,
}

/// One line of the side-by-side screen. `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// Which trait.
    pub field: Trait,
    /// How it differs.
    pub difference: Difference,
    /// The local value, as shown on screen.
    pub local: Option<String>,
    /// INSi's value, as shown on screen.
    pub insi: Option<String>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line")
            .field("field", &self.field)
            .field("difference", &self.difference)
            .finish_non_exhaustive()
    }
}

/// The comparison of a local identity with an answer of INSi (SENTINELLE.08).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    lines: Vec<Line>,
}

impl Comparison {
    /// Compares. The local first given name is judged against INSi's list, because INSi never overwrites it (guide INS rule 6).
    #[must_use]
    pub fn new(local: &Traits, insi: &Traits) -> Self {
        let line = |field, difference, local: Option<&str>, insi: Option<&str>| Line {
            field,
            difference,
            local: local.map(str::to_owned),
            insi: insi.map(str::to_owned),
        };
        let (names, first) = (insi.given_names.as_ref(), &local.first_given_name);
        let head = match names {
            Some(list) if list.starts_with(first) => Difference::None,
            Some(list) if words(list.as_str()).any(|w| w == first.as_str()) => Difference::NotFirst,
            Some(list) => not_equal(first.as_str(), list.as_str()),
            None => text(first.as_str(), insi.first_given_name.as_str()),
        };
        let (l, i) = (local.birth_date.french(), insi.birth_date.french());
        let lists = (
            local.given_names.as_ref().map(|n| n.as_str()),
            names.map(|n| n.as_str()),
        );
        let places = (
            local.birth_place.as_ref().map(|p| p.as_str()),
            insi.birth_place.as_ref().map(|p| p.as_str()),
        );
        let (l_name, i_name) = (local.birth_name.as_str(), insi.birth_name.as_str());
        let (l_sex, i_sex) = (local.sex.as_str(), insi.sex.as_str());
        let shown_first = lists.1.unwrap_or(insi.first_given_name.as_str());
        let lines = vec![
            line(
                Trait::BirthName,
                text(l_name, i_name),
                Some(l_name),
                Some(i_name),
            ),
            line(
                Trait::FirstGivenName,
                head,
                Some(first.as_str()),
                Some(shown_first),
            ),
            line(Trait::GivenNames, optional(lists, list), lists.0, lists.1),
            line(Trait::Sex, equal(l_sex, i_sex), Some(l_sex), Some(i_sex)),
            line(Trait::BirthDate, equal(&l, &i), Some(&l), Some(&i)),
            line(
                Trait::BirthPlace,
                optional(places, equal),
                places.0,
                places.1,
            ),
        ];
        Self { lines }
    }

    /// Every trait, in the order of the screen.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The traits that differ in any way.
    pub fn differences(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.difference != Difference::None)
    }

    /// Birth name, first given name, sex and birth date are the same: what the exception procedure and the qualification in one click
    /// need. A local list of given names or place that is still missing does not count: INSi brings it.
    #[must_use]
    pub fn is_perfect_match(&self) -> bool {
        self.lines
            .iter()
            .all(|line| !line.field.decides() || line.difference == Difference::None)
    }
}

fn optional(
    (local, insi): (Option<&str>, Option<&str>),
    compare: impl Fn(&str, &str) -> Difference,
) -> Difference {
    match (local, insi) {
        (None, None) => Difference::None,
        (None, Some(_)) => Difference::MissingLocally,
        (Some(_), None) => Difference::MissingInInsi,
        (Some(local), Some(insi)) => compare(local, insi),
    }
}

fn equal(a: &str, b: &str) -> Difference {
    if a == b {
        Difference::None
    } else {
        Difference::Different
    }
}

/// Two texts, spelling apart.
pub(crate) fn text(a: &str, b: &str) -> Difference {
    if a == b {
        Difference::None
    } else {
        not_equal(a, b)
    }
}

fn list(a: &str, b: &str) -> Difference {
    let sorted = |names| {
        let mut words: Vec<&str> = words(names).collect();
        words.sort_unstable();
        words
    };
    match text(a, b) {
        Difference::Different if sorted(a) == sorted(b) => Difference::Order,
        other => other,
    }
}

fn not_equal(a: &str, b: &str) -> Difference {
    let (a, b) = (search_key(a), search_key(b));
    if a == b {
        Difference::Spelling
    } else if a.starts_with(&b) || b.starts_with(&a) {
        Difference::Shortened
    } else {
        Difference::Different
    }
}

fn words(names: &str) -> impl Iterator<Item = &str> {
    names.split(' ').filter(|word| !word.is_empty())
}
