//! Words of the DMP.

use std::fmt;

use crate::metadata::{cut, words};

words! {
    /// May this professional read this DMP?
    ///
    /// Source: `VALIDE`, the answer of TD0.2 in the DMP vendor kit. `unverified`: the other three are from the interface of another
    /// product (MagicDMP); the DMP's own list was not read. Only `VALIDE` ever allows anything here.
    Authorisation {
        /// Yes.
        Valid = "VALIDE",
        /// There is none: the professional may declare one (TD0.3), with the patient's consent.
        None = "NON_EXISTE",
        /// The patient has blocked this professional.
        Forbidden = "INTERDIT",
        /// There was one.
        Expired = "EXPIRE",
    }
}

words! {
    /// What `setAuthorization` is to do. Source: `Habilitations.wsdl` of the DMP vendor kit.
    AuthorisationAction {
        /// The professional declares to be authorised; the patient has consented.
        Add = "AJOUT",
        /// The professional gives the authorisation up.
        Remove = "SUPPRESSION",
    }
}

words! {
    /// A role that goes with an authorisation. Source: `Habilitations.wsdl` of the DMP vendor kit.
    Role {
        /// Médecin traitant.
        TreatingPhysician = "MEDECIN_TRAITANT",
    }
}

words! {
    /// Which authorisations of a patient: asked for, or one of a list. Source: `Habilitations.wsdl` of the DMP vendor kit.
    AuthorisationMode {
        /// Professionals who may read.
        Active = "ACTIVE",
        /// Professionals whom the patient has blocked.
        Forbidden = "INTERDITE",
        /// Both; in requests only.
        All = "TOUTE",
    }
}

words! {
    /// By which date TD0.4 chooses. Source: `PatientsSpecific.wsdl` of the DMP vendor kit.
    ListedBy {
        /// When the authorisation was given.
        LastAuthorisation = "LASTAUTORIZATION",
        /// When the newest document came.
        LastDocument = "LASTDOC",
    }
}

words! {
    /// How far the sender of an HL7 v3 message means it (`processingCode`).
    Processing {
        /// In earnest.
        Production = "P",
        /// To find mistakes; the messages of the DMP vendor kit have it.
        Debugging = "D",
        /// To learn.
        Training = "T",
    }
}

words! {
    /// Whether an HL7 v3 message was carried out (`acknowledgement/@typeCode`).
    AckKind {
        /// Yes.
        Accepted = "AA",
        /// No: it has an error.
        Error = "AE",
        /// No: it is not taken.
        Rejected = "AR",
    }
}

/// A code of the DMP: status of an answer, detail of an acknowledgement. Compared without regard to case, as the DMP vendor kit does
/// (`DMPOk`, `DMPOK`).
///
/// Source: messages and sample code of the DMP vendor kit. The DMP's full list was not read.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DmpCode {
    /// `DMPOk`: done.
    Ok,
    /// `DMPFound`: the patient's DMP exists already, or is open already.
    Found,
    /// `DMPClosed`: the DMP is closed already.
    Closed,
    /// Another code, as written.
    Other(String),
}

impl DmpCode {
    const KNOWN: [(Self, &str); 3] = [
        (Self::Ok, "DMPOk"),
        (Self::Found, "DMPFound"),
        (Self::Closed, "DMPClosed"),
    ];

    /// Reads any code.
    #[must_use]
    pub fn read(code: &str) -> Self {
        let code = code.trim();
        let mut known = Self::KNOWN.into_iter();
        let found = known.find(|(_, word)| word.eq_ignore_ascii_case(code));
        found.map_or_else(|| Self::Other(code.to_owned()), |(known, _)| known)
    }

    /// The code on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Ok => "DMPOk",
            Self::Found => "DMPFound",
            Self::Closed => "DMPClosed",
            Self::Other(code) => code,
        }
    }
}

/// Cut at 80 characters, as `Debug`: a code comes from outside.
impl fmt::Display for DmpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(cut(self.as_str()))
    }
}

impl fmt::Debug for DmpCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok => f.write_str("Ok"),
            Self::Found => f.write_str("Found"),
            Self::Closed => f.write_str("Closed"),
            Self::Other(code) => f.debug_tuple("Other").field(&cut(code)).finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_in_any_case_and_others_kept() {
        assert_eq!(DmpCode::read("DMPOK"), DmpCode::Ok);
        assert_eq!(DmpCode::read(" DMPOk "), DmpCode::Ok);
        let other = DmpCode::read("DMPSomething");
        assert_eq!(other, DmpCode::Other("DMPSomething".to_owned()));
        assert_eq!(other.as_str(), "DMPSomething");
        assert_eq!(format!("{other:?}"), "Other(\"DMPSomething\")");
    }
}
