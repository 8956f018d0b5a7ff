//! What the site chooses.

/// What the site chooses. The defaults ask a person whenever the matricule does not settle it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether every trait alike, place of birth included, makes the same person without a matricule, when no other record comes
    /// near. Off by default: homonyms born in one place exist.
    pub accept_traits_alone: bool,
    /// Fewest points of a candidate that is shown. Default 35: birth name, birth date, and not another given name.
    pub threshold: i32,
    /// Most candidates shown; at least one is. Default 20.
    pub limit: usize,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            accept_traits_alone: false,
            threshold: 35,
            limit: 20,
        }
    }
}
