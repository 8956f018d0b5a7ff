//! What is searched: traits, or what the carte Vitale holds.

use std::fmt;

use segur_core::{CodeCommune, FamilyName, GivenNames, KeyStatus, MatriculeIns, Sex};
use segur_xml::{WriteError, XmlWriter};

use super::{CallError, InsiDate, Operation, Settings, VerificationQuery};
use crate::identity::Trait;

/// Namespace of the search by traits.
pub(super) const RECSANS: &str = "http://www.cnamts.fr/INSiRecSans";
/// Namespace of the search by carte Vitale.
pub(super) const RECVIT: &str = "http://www.cnamts.fr/INSiRecVit";

/// A search.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Query {
    /// By traits (WS_INS2).
    Traits(TraitsQuery),
    /// By carte Vitale (WS_INS1).
    Vitale(VitaleQuery),
    /// `unverified`: a verification, as a codec wrote it.
    Verification(VerificationQuery),
}

/// A search by traits: `RECSANSVITALE`. [`super::Search`] makes them from an identity. `Debug` hides everything.
#[derive(Clone, PartialEq, Eq)]
pub struct TraitsQuery {
    /// `NomNaissance`.
    pub birth_name: FamilyName,
    /// `Prenom`, one element each; at least one. The usual search has one, which holds one given name or the list.
    pub given_names: Vec<GivenNames>,
    /// `Sexe`: F or M.
    pub sex: Sex,
    /// `DateNaissance`.
    pub birth_date: InsiDate,
    /// `LieuNaissance`, INSEE code; not needed. The code of an unknown place is not sent.
    pub birth_place: Option<CodeCommune>,
}

/// A search with what the carte Vitale holds: `RECVITALE`, and the coverage in `ContexteBAM`. `Debug` hides everything.
///
/// The order of elements is the schema's; it makes all of them optional. `unverified`: that these fields are those that
/// the service wants.
#[derive(Clone, PartialEq, Eq)]
pub struct VitaleQuery {
    /// NIR of the holder of rights (ouvrant droit).
    pub holder: MatriculeIns,
    /// NIR of the person, when the card has it.
    pub individual: Option<MatriculeIns>,
    /// `NomNaissance`.
    pub birth_name: Option<FamilyName>,
    /// `DateNaissance`, lunar dates included.
    pub birth_date: InsiDate,
    /// `RangNaissance`: rank among twins, from 1.
    pub birth_rank: u8,
    /// Scheme, fund and centre, as on the card.
    pub scheme: Scheme,
}

/// Scheme, fund and centre of a coverage. `unverified`: their formats; they are written as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// `GrandRegime`.
    pub grand_regime: Option<String>,
    /// `Organisme`.
    pub organisme: Option<String>,
    /// `CodeCentre`.
    pub code_centre: Option<String>,
}

impl Query {
    /// Which search of the service it is; none for a verification.
    #[must_use]
    pub const fn operation(&self) -> Option<Operation> {
        match self {
            Self::Traits(_) => Some(Operation::SearchByTraits),
            Self::Vitale(_) => Some(Operation::SearchByVitale),
            Self::Verification(_) => None,
        }
    }

    /// `wsa:Action` of the request.
    #[must_use]
    pub fn action(&self) -> &str {
        match self {
            Self::Traits(_) => Operation::SearchByTraits.action(),
            Self::Vitale(_) => Operation::SearchByVitale.action(),
            Self::Verification(query) => &query.action,
        }
    }

    pub(super) fn check(&self) -> Result<(), CallError> {
        match self {
            Self::Traits(query) => {
                if !matches!(query.sex, Sex::Female | Sex::Male) {
                    return Err(CallError::Sex);
                }
                if query.given_names.is_empty() {
                    return Err(CallError::Missing(Trait::FirstGivenName));
                }
            }
            Self::Vitale(query) => {
                let all = [
                    ("holder", Some(query.holder)),
                    ("individual", query.individual),
                ];
                for (whose, matricule) in all {
                    if matricule.is_some_and(|own| own.key() == KeyStatus::Wrong) {
                        return Err(CallError::Key { whose });
                    }
                }
                if query.birth_rank == 0 {
                    return Err(CallError::Rank);
                }
            }
            Self::Verification(_) => {}
        }
        Ok(())
    }

    /// The element of the body.
    pub(super) fn body(&self, settings: &Settings) -> Result<String, WriteError> {
        match self {
            Self::Traits(query) => query.body(),
            Self::Vitale(query) => query.body(settings),
            Self::Verification(query) => Ok(query.body.clone()),
        }
    }
}

impl TraitsQuery {
    fn body(&self) -> Result<String, WriteError> {
        let mut w = XmlWriter::new();
        w.start("recsans:RECSANSVITALE")?
            .attr("xmlns:recsans", RECSANS)?;
        leaf(&mut w, "recsans:NomNaissance", self.birth_name.as_str())?;
        for name in &self.given_names {
            leaf(&mut w, "recsans:Prenom", name.as_str())?;
        }
        leaf(&mut w, "recsans:Sexe", self.sex.as_str())?;
        leaf(&mut w, "recsans:DateNaissance", self.birth_date.as_str())?;
        if let Some(place) = self.birth_place.filter(|place| !place.is_unknown()) {
            leaf(&mut w, "recsans:LieuNaissance", place.as_str())?;
        }
        w.end()?;
        w.finish()
    }
}

impl VitaleQuery {
    fn body(&self, settings: &Settings) -> Result<String, WriteError> {
        let mut w = XmlWriter::new();
        w.start("recvit:RECVITALE")?.attr("xmlns:recvit", RECVIT)?;
        let all = [
            ("recvit:MatriculeIndividu", self.individual),
            ("recvit:MatriculeOD", Some(self.holder)),
        ];
        for (name, matricule) in all {
            let Some(matricule) = matricule else { continue };
            w.start(name)?;
            leaf(&mut w, "recvit:NumIdentifiant", matricule.number())?;
            leaf(&mut w, "recvit:Cle", matricule.written_key())?;
            if let Some(kind) = &settings.matricule_kind {
                leaf(&mut w, "recvit:TypeMatricule", kind)?;
            }
            w.end()?;
        }
        if let Some(name) = &self.birth_name {
            leaf(&mut w, "recvit:NomNaissance", name.as_str())?;
        }
        leaf(&mut w, "recvit:DateNaissance", self.birth_date.as_str())?;
        leaf(&mut w, "recvit:RangNaissance", &self.birth_rank.to_string())?;
        w.end()?;
        w.finish()
    }
}

pub(super) fn leaf(w: &mut XmlWriter, name: &str, text: &str) -> Result<(), WriteError> {
    w.start(name)?.text(text)?.end()?;
    Ok(())
}

impl fmt::Debug for TraitsQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TraitsQuery(***)")
    }
}

impl fmt::Debug for VitaleQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VitaleQuery(***)")
    }
}
