//! What Pro Santé Connect says of a professional: the claims of its UserInfo answer.

use std::fmt;

use serde_json::{Map, Value};

use crate::Coded;

/// Claims of the UserInfo answer that the services of the field need. `Debug` hides them.
///
/// Read from the JSON object of the answer (from its payload, when it came as a JWT: signatures are the business of the OpenID Connect
/// library). Tolerant: unknown claims are passed over, empty texts and `null` are nothing. Nothing is verified.
///
/// Source: class `UserInfos` and its test data in prosanteconnect/generate-VIHF (2022), test data of other published clients (2021 to 2023).
/// `unverified`: which further claims there are, and which of these a given scope brings.
///
/// ```
/// use segur_core::PscClaims;
///
/// let claims = PscClaims::read(br#"{
///     "SubjectNameID": "899700000001", "family_name": "TEST", "given_name": "ALICE", "Mode_Acces_Raison": "",
///     "Secteur_Activite": "SA07^1.2.250.1.71.4.2.4",
///     "SubjectRefPro": {"exercices": [{"codeProfession": "10", "codeCategorieProfessionnelle": "C",
///         "codeSavoirFaire": "SM26",
///         "activities": [{"codeSecteurDactivite": "SA07", "ancienIdentifiantDeLaStructure": "499700000000001"}]}]}
/// }"#)?;
/// assert_eq!(claims.practices[0].activities[0].structure_id.as_deref(), Some("499700000000001"));
/// assert_eq!(claims.access_reason, None);
/// # Ok::<(), segur_core::PscError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PscClaims {
    /// `SubjectNameID`: national identifier of the person (PS_IdNat), `8` and the RPPS number.
    pub subject_name_id: String,
    /// `family_name`.
    pub family_name: Option<String>,
    /// `given_name`.
    pub given_name: Option<String>,
    /// `Secteur_Activite`: `SA07^1.2.250.1.71.4.2.4`.
    pub sector: Option<Coded>,
    /// `SubjectOrganization`: name of the structure.
    pub organization: Option<String>,
    /// `SubjectOrganizationID`: technical identifier of the structure (`R95141`), which is not its Struct_IdNat.
    pub organization_id: Option<String>,
    /// `SubjectRole`: `10^1.2.250.1.213.1.1.5.5`. The system is that of the value set, not of the profession.
    pub roles: Vec<Coded>,
    /// `Mode_Acces_Raison`: empty in all published data.
    pub access_reason: Option<String>,
    /// `Acces_Regulation_Medicale`: `FAUX` in all published data.
    pub regulation: Option<String>,
    /// `Palier_Authentification`: `APPPRIP3^1.2.250.1.213.1.5.1.1.1`.
    pub level: Option<Coded>,
    /// `authMode`: `CARD`, for one.
    pub auth_mode: Option<String>,
    /// `SubjectRefPro/exercices`.
    pub practices: Vec<PscPractice>,
    /// `otherIds` (`otherIDs` in some clients).
    pub other_ids: Vec<PscOtherId>,
}

/// A profession that the person practises: `exercices`. `Debug` hides names.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PscPractice {
    /// `codeProfession`: `10`.
    pub profession: Option<String>,
    /// `codeCategorieProfessionnelle`: `C`.
    pub category: Option<String>,
    /// `nomDexercice`.
    pub family_name: Option<String>,
    /// `prenomDexercice`.
    pub given_name: Option<String>,
    /// `codeTypeSavoirFaire`: `S`.
    pub expertise_type: Option<String>,
    /// `codeSavoirFaire`: `SM26`.
    pub expertise: Option<String>,
    /// `activities`.
    pub activities: Vec<PscActivity>,
}

/// Where the person practises: `activities`. Addresses are not kept. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PscActivity {
    /// `codeModeExercice`: `L` in a practice, `S` in a hospital.
    pub mode: Option<String>,
    /// `codeSecteurDactivite`: `SA07`.
    pub sector: Option<String>,
    /// `codeSectionPharmacien`: `A`.
    pub pharmacist_section: Option<String>,
    /// `codeRole`.
    pub role: Option<String>,
    /// `codeGenreActivite`: `GENR01`.
    pub kind: Option<String>,
    /// `numeroSiretSite`.
    pub siret: Option<String>,
    /// `numeroSirenSite`.
    pub siren: Option<String>,
    /// `numeroFinessSite`.
    pub finess: Option<String>,
    /// `numeroFinessetablissementJuridique`.
    pub legal_finess: Option<String>,
    /// `identifiantTechniqueDeLaStructure`: `R95141`.
    pub technical_id: Option<String>,
    /// `raisonSocialeSite`.
    pub name: Option<String>,
    /// `ancienIdentifiantDeLaStructure`: of the form of Struct_IdNat (`499700366240007`, `10B0172805`).
    pub structure_id: Option<String>,
}

/// Another identifier of the person. `Debug` hides it.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PscOtherId {
    /// `identifiant`.
    pub id: String,
    /// `origine`: `RPPS`.
    pub origin: Option<String>,
}

/// Why an answer has no claims. Texts hold no content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PscError {
    /// More bytes than any answer has.
    #[error("the UserInfo answer has more than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// No JSON object.
    #[error(
        "the UserInfo answer is no JSON object (line {line}, column {column}); of a JWT give the payload"
    )]
    NotJson {
        /// Where it ends to be one.
        line: usize,
        /// Where it ends to be one.
        column: usize,
    },
    /// Nobody is named.
    #[error(
        "the UserInfo answer has no SubjectNameID: ask for scope_all, and for a professional known to the directory"
    )]
    NoSubject,
}

/// Published answers have some kilobytes.
const MAX_BYTES: usize = 256 * 1024;

impl PscClaims {
    /// Reads the JSON object of a UserInfo answer.
    ///
    /// # Errors
    /// When it is no JSON object, has more than 256 KiB, or names no `SubjectNameID`.
    pub fn read(json: &[u8]) -> Result<Self, PscError> {
        if json.len() > MAX_BYTES {
            return Err(PscError::TooLarge { limit: MAX_BYTES });
        }
        let root: Map<String, Value> =
            serde_json::from_slice(json).map_err(|error| PscError::NotJson {
                line: error.line(),
                column: error.column(),
            })?;
        let reference = root.get("SubjectRefPro").and_then(Value::as_object);
        let practices = reference.map(|reference| objects(reference, "exercices"));
        Ok(Self {
            subject_name_id: text(&root, "SubjectNameID").ok_or(PscError::NoSubject)?,
            family_name: text(&root, "family_name"),
            given_name: text(&root, "given_name"),
            sector: text(&root, "Secteur_Activite").map(coded),
            organization: text(&root, "SubjectOrganization"),
            organization_id: text(&root, "SubjectOrganizationID"),
            roles: texts(&root, "SubjectRole").into_iter().map(coded).collect(),
            access_reason: text(&root, "Mode_Acces_Raison"),
            regulation: text(&root, "Acces_Regulation_Medicale"),
            level: text(&root, "Palier_Authentification").map(coded),
            auth_mode: text(&root, "authMode"),
            practices: practices.into_iter().flatten().map(practice).collect(),
            other_ids: objects(&root, "otherIds")
                .chain(objects(&root, "otherIDs"))
                .filter_map(other_id)
                .collect(),
        })
    }
}

fn practice(object: &Map<String, Value>) -> PscPractice {
    PscPractice {
        profession: text(object, "codeProfession"),
        category: text(object, "codeCategorieProfessionnelle"),
        family_name: text(object, "nomDexercice"),
        given_name: text(object, "prenomDexercice"),
        expertise_type: text(object, "codeTypeSavoirFaire"),
        expertise: text(object, "codeSavoirFaire"),
        activities: objects(object, "activities").map(activity).collect(),
    }
}

fn activity(object: &Map<String, Value>) -> PscActivity {
    PscActivity {
        mode: text(object, "codeModeExercice"),
        sector: text(object, "codeSecteurDactivite"),
        pharmacist_section: text(object, "codeSectionPharmacien"),
        role: text(object, "codeRole"),
        kind: text(object, "codeGenreActivite"),
        siret: text(object, "numeroSiretSite"),
        siren: text(object, "numeroSirenSite"),
        finess: text(object, "numeroFinessSite"),
        legal_finess: text(object, "numeroFinessetablissementJuridique"),
        technical_id: text(object, "identifiantTechniqueDeLaStructure"),
        name: text(object, "raisonSocialeSite"),
        structure_id: text(object, "ancienIdentifiantDeLaStructure"),
    }
}

fn other_id(object: &Map<String, Value>) -> Option<PscOtherId> {
    Some(PscOtherId {
        id: text(object, "identifiant")?,
        origin: text(object, "origine"),
    })
}

/// A text that says something; a number as its digits.
fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    as_text(object.get(name)?)
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The texts of an array, or the one that stands in its place.
fn texts(object: &Map<String, Value>, name: &str) -> Vec<String> {
    match object.get(name) {
        Some(Value::Array(values)) => values.iter().filter_map(as_text).collect(),
        Some(value) => as_text(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn objects<'a>(
    object: &'a Map<String, Value>,
    name: &str,
) -> impl Iterator<Item = &'a Map<String, Value>> + use<'a> {
    let values = object.get(name).and_then(Value::as_array);
    values.into_iter().flatten().filter_map(Value::as_object)
}

/// `code^system`.
fn coded(text: String) -> Coded {
    match text.split_once('^') {
        Some((code, system)) => Coded::new(code.to_owned(), system.to_owned()),
        None => Coded::new(text, ""),
    }
}

impl fmt::Debug for PscClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PscClaims")
            .field("sector", &self.sector)
            .field("level", &self.level)
            .field("practices", &self.practices)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PscPractice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PscPractice")
            .field("profession", &self.profession)
            .field("activities", &self.activities.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PscActivity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PscActivity(…)")
    }
}

impl fmt::Debug for PscOtherId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PscOtherId(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Claim names as published; the person and the practice are fictitious.
    const CLAIMS: &str = r#"{
        "Secteur_Activite": "SA07^1.2.250.1.71.4.2.4", "sub": "f:fictif:899700000001", "email_verified": false,
        "SubjectOrganization": "CABINET FICTIF", "Mode_Acces_Raison": "", "preferred_username": "899700000001",
        "given_name": "ALICE", "Acces_Regulation_Medicale": "FAUX", "UITVersion": "1.0", "authMode": "CARD",
        "Palier_Authentification": "APPPRIP3^1.2.250.1.213.1.5.1.1.1",
        "SubjectRefPro": {"codeCivilite": "M", "exercices": [{
            "codeProfession": "10", "codeCategorieProfessionnelle": "C", "codeCiviliteDexercice": "DR",
            "nomDexercice": "TEST", "prenomDexercice": "ALICE", "codeTypeSavoirFaire": "S", "codeSavoirFaire": "SM26",
            "activities": [
                {"codeModeExercice": "L", "codeSecteurDactivite": "SA07", "numeroFinessSite": "",
                 "identifiantTechniqueDeLaStructure": "R000001", "raisonSocialeSite": "CABINET FICTIF",
                 "ancienIdentifiantDeLaStructure": "499700000000001", "telephone": "0100000000"},
                {"codeModeExercice": "S", "codeSecteurDactivite": "SA01", "numeroFinessSite": "0B0000000",
                 "ancienIdentifiantDeLaStructure": "10B0000000"}, 7]}]},
        "SubjectOrganizationID": "R000001", "SubjectRole": ["10^1.2.250.1.213.1.1.5.5"],
        "otherIds": [{"identifiant": "899700000001", "origine": "RPPS", "qualite": 1}],
        "SubjectNameID": "899700000001", "family_name": "TEST"}"#;

    #[test]
    fn published_claims_are_read() {
        let claims = PscClaims::read(CLAIMS.as_bytes()).unwrap();
        assert_eq!(claims.subject_name_id, "899700000001");
        assert!(claims.sector.unwrap().is("SA07", "1.2.250.1.71.4.2.4"));
        assert!(claims.roles[0].is("10", "1.2.250.1.213.1.1.5.5"));
        assert_eq!(claims.regulation.as_deref(), Some("FAUX"));
        assert_eq!(claims.access_reason, None, "an empty text is nothing");
        assert_eq!(claims.other_ids[0].origin.as_deref(), Some("RPPS"));
        let practice = &claims.practices[0];
        assert_eq!(practice.expertise.as_deref(), Some("SM26"));
        assert_eq!(
            practice.activities.len(),
            2,
            "what is no object is passed over"
        );
        assert_eq!(practice.activities[0].finess, None);
        assert_eq!(
            practice.activities[1].structure_id.as_deref(),
            Some("10B0000000")
        );
    }

    #[test]
    fn one_who_is_no_professional_has_no_practice() {
        let claims = PscClaims::read(br#"{"SubjectNameID":"ANS20260101000000"}"#).unwrap();
        assert!(claims.practices.is_empty() && claims.sector.is_none());
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        assert_eq!(PscClaims::read(b"{}"), Err(PscError::NoSubject));
        assert_eq!(
            PscClaims::read(br#"{"SubjectNameID":" "}"#),
            Err(PscError::NoSubject)
        );
        assert!(matches!(
            PscClaims::read(b"eyJhbGciOi"),
            Err(PscError::NotJson { .. })
        ));
        assert!(matches!(
            PscClaims::read(b"[]"),
            Err(PscError::NotJson { .. })
        ));
        let large = vec![b' '; MAX_BYTES + 1];
        assert!(matches!(
            PscClaims::read(&large),
            Err(PscError::TooLarge { .. })
        ));
        let deep = "[".repeat(10_000);
        let deep = format!(r#"{{"SubjectNameID":"8","a":{deep}"#);
        assert!(matches!(
            PscClaims::read(deep.as_bytes()),
            Err(PscError::NotJson { .. })
        ));
    }

    #[test]
    fn debug_hides_persons() {
        let shown = format!("{:?}", PscClaims::read(CLAIMS.as_bytes()).unwrap());
        for hidden in ["89970", "ALICE", "TEST", "CABINET", "R000001", "49970"] {
            assert!(!shown.contains(hidden), "{hidden} in {shown}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,40}") {
            let _ = PscClaims::read(&bytes);
            let json = serde_json::json!({ "SubjectNameID": text, "SubjectRole": text, "otherIds": [text] });
            let read = PscClaims::read(json.to_string().as_bytes());
            prop_assert_eq!(read.is_ok(), !text.trim().is_empty());
        }
    }
}
