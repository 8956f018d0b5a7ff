//! The score, line by line.

use super::agreement::{Agreement, Verdict};
use super::compare;
use super::person::{Person, Record};
use crate::identity::Trait;

/// What a line of the score compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Criterion {
    /// Matricule with its OID.
    Ins,
    /// A trait.
    Trait(Trait),
}

impl Criterion {
    /// The label of the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Ins => "Matricule INS",
            Self::Trait(field) => field.label(),
        }
    }
}

/// One line of the score. Holds no value of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// What was compared.
    pub criterion: Criterion,
    /// How it agrees or differs.
    pub agreement: Agreement,
    /// What that is worth, negative when it speaks against.
    pub points: i32,
}

/// How much a record looks like the received identity, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    lines: [Contribution; 7],
}

impl Score {
    /// Compares a received identity with a record. [`Index`](super::Index) does it for many.
    #[must_use]
    pub fn new<K>(received: &Person, record: &Record<K>) -> Self {
        let known = &record.person;
        let line = |criterion, agreement| Contribution {
            criterion,
            agreement,
            points: points(criterion, agreement),
        };
        let field = |field, agreement| line(Criterion::Trait(field), agreement);
        let lines = [
            line(Criterion::Ins, compare::ins(received, record)),
            field(Trait::BirthName, compare::birth_name(received, known)),
            field(Trait::FirstGivenName, compare::first(received, known)),
            field(Trait::GivenNames, compare::given_names(received, known)),
            field(Trait::Sex, compare::sex(received, known)),
            field(Trait::BirthDate, compare::birth_date(received, known)),
            field(Trait::BirthPlace, compare::birth_place(received, known)),
        ];
        Self { lines }
    }

    /// Matricule first, then every trait in the order of the screen.
    #[must_use]
    pub const fn lines(&self) -> &[Contribution] {
        &self.lines
    }

    /// The sum of the points.
    #[must_use]
    pub fn total(&self) -> i32 {
        self.lines.iter().map(|line| line.points).sum()
    }

    /// How the matricules agree.
    #[must_use]
    pub const fn ins(&self) -> Agreement {
        self.lines[0].agreement
    }

    /// How a trait agrees.
    #[must_use]
    pub fn agreement(&self, field: Trait) -> Agreement {
        let wanted = Criterion::Trait(field);
        self.lines
            .iter()
            .find(|line| line.criterion == wanted)
            .map_or(Agreement::Different, |line| line.agreement)
    }

    /// What the decisive traits say together: one that differs outweighs one that is unknown.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.lines
            .iter()
            .filter(|line| matches!(line.criterion, Criterion::Trait(field) if field.decides()))
            .map(|line| line.agreement.verdict())
            .max()
            .unwrap_or(Verdict::Unknown)
    }
}

/// What an agreement is worth. Ours: they rank candidates, and no text fixes them. All traits alike make 75.
const fn points(criterion: Criterion, agreement: Agreement) -> i32 {
    use Agreement as A;
    match (criterion, agreement) {
        (_, A::UnknownInRecord | A::UnknownInReceived) => 0,
        (Criterion::Ins, A::Same) => 60,
        (Criterion::Ins, A::OtherKey | A::Former) => 25,
        (Criterion::Ins, A::OtherAuthority) => 15,
        (Criterion::Ins, _) => -30,
        (Criterion::Trait(field), agreement) => of_trait(field, agreement),
    }
}

const fn of_trait(field: Trait, agreement: Agreement) -> i32 {
    use Agreement as A;
    match (field, agreement) {
        (Trait::BirthName, A::Same) => 20,
        (Trait::BirthName, A::Spelling) => 19,
        (Trait::BirthName, A::UsedName) => 14,
        (Trait::BirthName, A::Typo) => 12,
        (Trait::BirthName, A::Inverted | A::Shortened) => 8,
        (Trait::BirthName, _) => -15,
        (Trait::FirstGivenName, A::Same) => 15,
        (Trait::FirstGivenName, A::Spelling) => 14,
        (Trait::FirstGivenName, A::NotFirst | A::UsedName | A::Typo) => 9,
        (Trait::FirstGivenName, A::Inverted | A::Shortened) => 7,
        (Trait::FirstGivenName, _) => -12,
        (Trait::GivenNames, A::Same | A::Spelling) => 5,
        (Trait::GivenNames, A::Order | A::Shortened | A::Typo) => 2,
        (Trait::GivenNames, _) => -2,
        (Trait::Sex, A::Same) => 5,
        (Trait::Sex, _) => -10,
        (Trait::BirthDate, A::Same) => 20,
        (Trait::BirthDate, A::DayMonthSwapped) => 12,
        (Trait::BirthDate, A::Estimated) => 8,
        (Trait::BirthDate, A::PartOfDate) => 6,
        (Trait::BirthDate, _) => -20,
        (Trait::BirthPlace, A::Same) => 10,
        (Trait::BirthPlace, A::SameDepartement) => 2,
        (Trait::BirthPlace, _) => -5,
    }
}
