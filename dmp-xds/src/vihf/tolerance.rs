//! What was tolerated while reading a VIHF.

use std::fmt;

/// One thing that is not as this crate writes it, and was read all the same. Never quotes a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VihfTolerance {
    /// What it is.
    pub kind: VihfToleranceKind,
    /// The attribute or element, cut at 120 characters.
    pub name: String,
}

/// Kinds of departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VihfToleranceKind {
    /// It is not there: its field is left empty, which [`Vihf::check`](super::Vihf::check) tells again.
    Missing,
    /// It stands twice, or has more values than it may; the first is kept.
    Repeated,
    /// Its name is spelled with other capitals.
    OtherCase,
    /// An attribute that only the code of the vendor kit writes; passed over.
    KitOnly,
    /// An attribute that is not known; passed over.
    Unknown,
    /// A code without code system where `code^OID` is expected.
    NoSystem,
    /// A code that is not written as an element of HL7.
    NotCoded,
    /// Elements of HL7 in another namespace, or none.
    Namespace,
    /// An element where text is expected.
    NotText,
    /// The issuer is not said to be the subject of a certificate.
    IssuerFormat,
    /// Another word than the one that always stands there: another resource, another confidentiality, another code system.
    OtherWord,
    /// An identifier of the patient that has more than identifier, authority and kind.
    PatientForm,
}

impl fmt::Display for VihfTolerance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            VihfToleranceKind::Missing => "missing",
            VihfToleranceKind::Repeated => "repeated; the first one is kept",
            VihfToleranceKind::OtherCase => "spelled with other capitals",
            VihfToleranceKind::KitOnly => "only the code of the vendor kit writes it; passed over",
            VihfToleranceKind::Unknown => "not known; passed over",
            VihfToleranceKind::NoSystem => "a code without code system",
            VihfToleranceKind::NotCoded => "not written as an element of HL7",
            VihfToleranceKind::Namespace => "not in the namespace of HL7",
            VihfToleranceKind::NotText => "an element where text is expected",
            VihfToleranceKind::IssuerFormat => "not said to be the subject of a certificate",
            VihfToleranceKind::OtherWord => "another word than expected",
            VihfToleranceKind::PatientForm => "not identifier^^^&OID&ISO^NH",
        };
        write!(f, "{}: {what}", self.name)
    }
}
