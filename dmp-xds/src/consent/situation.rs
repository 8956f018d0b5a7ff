//! Consent is not all.

use super::{Consent, Reason};
use crate::vihf::{Access, AccessMode};

/// What besides the consent decides: what the DMP answered (TD0.2), and whether the identity is qualified. None of it is known by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs, reason = "plain data, built by the caller")]
pub struct Situation {
    /// The patient has a DMP, and it is active.
    pub active: bool,
    /// The patient's INS is qualified.
    pub qualified: bool,
    /// The user's authorisation is valid (`VALIDE`): needed to read, not to feed.
    pub authorized: bool,
}

impl Situation {
    /// Everything that speaks against feeding; empty when nothing does.
    #[must_use]
    pub fn against_feeding(&self, consent: Consent) -> Vec<Reason> {
        let consent = consent.can_feed();
        reasons([
            (consent.allowed, consent.reason),
            (self.active, Reason::NoActiveRecord),
            (self.qualified, Reason::InsNotQualified),
        ])
    }

    /// Everything that speaks against reading; empty when nothing does. Regulation needs no authorisation. Nor does break-glass here, as in
    /// [`patient::Situation::consult`](crate::patient::Situation::consult): the matrix PDT-INF-526 v1.8 lets nobody declare one in that mode,
    /// and ticks the search. `unverified`: what the DMP does then was not read; it decides.
    #[must_use]
    pub fn against_consultation(&self, consent: Consent, access: &Access) -> Vec<Reason> {
        let consent = consent.can_consult(access);
        let exempt = access.mode != AccessMode::Normal;
        reasons([
            (consent.allowed, consent.reason),
            (self.active, Reason::NoActiveRecord),
            (self.authorized || exempt, Reason::NotAuthorized),
        ])
    }
}

fn reasons(rules: [(bool, Reason); 3]) -> Vec<Reason> {
    let broken = rules.into_iter().filter(|(holds, _)| !holds);
    broken.map(|(_, reason)| reason).collect()
}
