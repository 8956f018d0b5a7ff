//! Correspondents with a contract of trust (EXI ID 31).

use std::collections::BTreeSet;

/// The correspondents whose qualified identities are taken as qualified. Keys are the caller's: FINESS, MSSanté domain, OID of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustRegistry {
    correspondents: BTreeSet<String>,
}

impl TrustRegistry {
    /// No contract.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a contract; false when it was there.
    pub fn add(&mut self, correspondent: impl Into<String>) -> bool {
        self.correspondents.insert(correspondent.into())
    }

    /// Ends a contract; false when there was none.
    pub fn remove(&mut self, correspondent: &str) -> bool {
        self.correspondents.remove(correspondent)
    }

    /// Whether there is a contract with this correspondent.
    #[must_use]
    pub fn trusts(&self, correspondent: &str) -> bool {
        self.correspondents.contains(correspondent)
    }

    /// Every correspondent, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.correspondents.iter().map(String::as_str)
    }
}
