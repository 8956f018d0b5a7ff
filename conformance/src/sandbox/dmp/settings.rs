//! What a vendor may set.

use segur_dmp_xds::metadata::Cx;

/// Settings of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_structs,
    reason = "settings, to be filled with the rest as default"
)]
pub struct Settings {
    /// Most objects that an answer of ITI-18 holds whole; a query that finds more is refused with `XDSTooManyResults`. References
    /// (`ObjectRef`) are given whatever their number. Default 20,000.
    pub max_results: usize,
    /// Patients that something may be submitted for; for any other the answer is `XDSUnknownPatientId`. Default: every patient is known.
    pub patients: Option<Vec<Cx>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_results: 20_000,
            patients: None,
        }
    }
}

impl Settings {
    pub(super) fn knows(&self, patient: Option<&Cx>) -> bool {
        let (Some(known), Some(patient)) = (&self.patients, patient) else {
            return true;
        };
        known.iter().any(|one| one.same_id(patient))
    }
}
