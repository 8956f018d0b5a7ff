//! For whom metadata are rendered.

/// For whom metadata are rendered: the same values, two spellings.
///
/// | value | [`Profile::Dmp`] | [`Profile::IheStrict`] |
/// |---|---|---|
/// | patientId, sourcePatientId (CX) | `id^^^&oid&ISO^NH` | `id^^^&oid&ISO` |
/// | authorInstitution (XON) | `name^^^^^&oid&ISO^IDNST^^^id` | `name^^^^^&oid&ISO^^^^id` |
/// | authorSpecialty | `code^label^oid` | `code^^^&oid&ISO` |
/// | hash, size of a submission | required | may be left to the repository |
///
/// Sources: messages of the DMP vendor kit; validators of oehf/ipf (`CXValidator`, `XONValidator`,
/// `ObjectContainerValidator`), which refuse the French spellings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Profile {
    /// As the DMP and the CI-SIS write them.
    #[default]
    Dmp,
    /// As the validators of other XDS products accept them.
    IheStrict,
}
