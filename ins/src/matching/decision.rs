//! What is decided, and why.

use std::fmt;

use super::Policy;
use super::agreement::{Agreement, Verdict};
use super::person::{Person, Record};
use super::score::Score;
use crate::identity::Trait;

/// A record that may be the person's.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate<'a, K> {
    /// The record.
    pub record: &'a Record<K>,
    /// How much it looks like the received identity, and why.
    pub score: Score,
}

impl<K: fmt::Debug> fmt::Debug for Candidate<'_, K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Candidate")
            .field("record", &self.record)
            .field("score", &self.score)
            .finish()
    }
}

/// Whose record it is. All four need an answer on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision<'a, K> {
    /// This record: open it.
    Same(Candidate<'a, K>),
    /// One of these, perhaps: the user chooses, best first.
    Review(Vec<Candidate<'a, K>>),
    /// No record: the user may make one.
    Nobody,
    /// Two things that cannot both be true: show them, change nothing.
    Contradiction {
        /// What cannot be true.
        conflict: Conflict,
        /// The records in question.
        records: Vec<Candidate<'a, K>>,
        /// Further candidates, best first.
        others: Vec<Candidate<'a, K>>,
    },
}

/// What cannot be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Conflict {
    /// A record holds the matricule, with another birth name, first given name, sex or birth date.
    SameInsOtherTraits,
    /// Several records hold the matricule.
    SeveralRecordsSameIns,
    /// A record has the same traits and another matricule of the same authority.
    SameTraitsOtherIns,
}

impl Conflict {
    /// A stable name, for programs.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::SameInsOtherTraits => "same-ins-other-traits",
            Self::SeveralRecordsSameIns => "several-records-same-ins",
            Self::SameTraitsOtherIns => "same-traits-other-ins",
        }
    }

    /// For the screen, in French and in English.
    #[must_use]
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::SameInsOtherTraits => (
                "un dossier porte ce matricule avec d'autres traits : doublon, collision ou erreur de saisie",
                "a record holds this matricule with other traits: a duplicate, a mix-up of two persons or a typing error",
            ),
            Self::SeveralRecordsSameIns => (
                "plusieurs dossiers portent ce matricule : doublon à traiter",
                "several records hold this matricule: a duplicate to be dealt with",
            ),
            Self::SameTraitsOtherIns => (
                "un dossier a les mêmes traits avec un autre matricule : homonyme ou erreur",
                "a record has the same traits with another matricule: a homonym or an error",
            ),
        }
    }
}

impl<'a, K> Decision<'a, K> {
    /// Decides on candidates that are ordered, best first.
    pub(super) fn of(
        received: &Person,
        candidates: Vec<Candidate<'a, K>>,
        policy: &Policy,
    ) -> Self {
        let (mut holders, others): (Vec<_>, Vec<_>) = candidates
            .into_iter()
            .partition(|candidate| candidate.score.ins() == Agreement::Same);
        let mut others: Vec<_> = others
            .into_iter()
            .filter(|candidate| candidate.is_worth_showing(policy.threshold))
            .collect();
        if holders.len() > 1 {
            others.truncate(policy.limit.max(1));
            return Self::Contradiction {
                conflict: Conflict::SeveralRecordsSameIns,
                records: holders,
                others,
            };
        }
        if let Some(holder) = holders.pop() {
            return Self::of_holder(holder, others, policy);
        }
        let (conflicting, others): (Vec<_>, Vec<_>) = others
            .into_iter()
            .partition(|candidate| candidate.is_same_but_ins(received));
        Self::by_traits(received, conflicting, others, policy)
    }

    fn of_holder(
        holder: Candidate<'a, K>,
        mut others: Vec<Candidate<'a, K>>,
        policy: &Policy,
    ) -> Self {
        match holder.score.verdict() {
            Verdict::Agrees if !holder.record.attributes.blocks_insi() => Self::Same(holder),
            Verdict::Agrees | Verdict::Unknown => {
                others.insert(0, holder);
                others.truncate(policy.limit.max(1));
                Self::Review(others)
            }
            Verdict::Differs => {
                others.truncate(policy.limit.max(1));
                Self::Contradiction {
                    conflict: Conflict::SameInsOtherTraits,
                    records: vec![holder],
                    others,
                }
            }
        }
    }

    fn by_traits(
        received: &Person,
        conflicting: Vec<Candidate<'a, K>>,
        mut others: Vec<Candidate<'a, K>>,
        policy: &Policy,
    ) -> Self {
        let certain = received.birth_date.is_some_and(|b| !b.is_estimated());
        let alone = certain && others.len() == 1 && others.iter().all(Candidate::is_perfect);
        others.truncate(policy.limit.max(1));
        if !conflicting.is_empty() {
            return Self::Contradiction {
                conflict: Conflict::SameTraitsOtherIns,
                records: conflicting,
                others,
            };
        }
        match others.pop() {
            None => Self::Nobody,
            Some(only) if alone && policy.accept_traits_alone => Self::Same(only),
            Some(last) => {
                others.push(last);
                Self::Review(others)
            }
        }
    }
}

impl<K> Candidate<'_, K> {
    /// Enough points, or something that must not be missed whatever the points.
    fn is_worth_showing(&self, threshold: i32) -> bool {
        let same_number = matches!(
            self.score.ins(),
            Agreement::OtherKey | Agreement::OtherAuthority | Agreement::Former
        );
        same_number || self.score.verdict() == Verdict::Agrees || self.score.total() >= threshold
    }

    /// The same traits and another matricule of the same authority. A known place of birth that differs tells homonyms apart; a NIA that
    /// became a NIR does not contradict.
    fn is_same_but_ins(&self, received: &Person) -> bool {
        let authority = |person: &Person| person.ins.map(|ins| ins.authority);
        self.score.ins() == Agreement::Different
            && authority(received) == authority(&self.record.person)
            && self.score.verdict() == Verdict::Agrees
            && self.score.agreement(Trait::BirthPlace).verdict() != Verdict::Differs
    }

    /// Every trait alike and certain, and no matricule that says otherwise.
    fn is_perfect(&self) -> bool {
        let estimated = self
            .record
            .person
            .birth_date
            .is_none_or(|birth| birth.is_estimated());
        let ins_silent = self.score.ins().verdict() == Verdict::Unknown;
        ins_silent
            && !estimated
            && self.record.attributes.codes().next().is_none()
            && self.score.verdict() == Verdict::Agrees
            && self.score.agreement(Trait::BirthPlace) == Agreement::Same
            && self.score.agreement(Trait::GivenNames).verdict() != Verdict::Differs
    }
}
