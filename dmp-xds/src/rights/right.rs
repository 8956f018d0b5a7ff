//! What the matrices answer.

use std::fmt;

use segur_core::Message;

/// Who acts, as the columns have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Actor {
    /// A professional who is no physician.
    OtherProfessional,
    /// A physician who is not the patient's treating physician.
    Physician,
    /// An occupational physician.
    OccupationalPhysician,
    /// The patient's treating physician, as the DMP knows them.
    TreatingPhysician,
    /// Who is no professional: a secretary with a CPE, in AIR reception staff (PE).
    Staff,
}

impl Actor {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::OtherProfessional,
        Self::Physician,
        Self::OccupationalPhysician,
        Self::TreatingPhysician,
        Self::Staff,
    ];
}

/// The sheet that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "there are these two")]
pub enum Matrix {
    /// PDT-INF-526: direct and indirect authentication.
    PdtInf526,
    /// PDT-INF-606: AIR, hospital structures only.
    PdtInf606,
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PdtInf526 => "PDT-INF-526 v1.8, 25/09/2024, p. 2",
            Self::PdtInf606 => "PDT-INF-606, 08/07/2025, p. 2",
        })
    }
}

/// An answer: what the sheets say, which the DMP may know better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Right {
    /// Whether it may be done.
    pub permission: Permission,
    /// Whether [`Condition::PatientDocument`] holds besides.
    pub star: bool,
    /// The sheet.
    pub source: Matrix,
}

/// Whether it may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Permission {
    /// Yes.
    Yes,
    /// Yes, with this condition or limit.
    If(Condition),
    /// No.
    No,
    /// The transaction has ended.
    Ended,
    /// The sheet has no such row or column: nothing is said.
    NotListed,
}

/// Conditions and limits of the sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// OWN: documents that the user wrote.
    Own,
    /// PAT_OK: if the patient allowed it.
    PatientAllowed,
    /// STR_DOC: documents that the structure, or one of its CPE, wrote.
    OfStructure,
    /// STR_AUT: the authorisation is given to the structure.
    ToStructure,
    /// SAME_STR: professionals of the same structure.
    SameStructure,
    /// NEW_DATE: new authorisations, by date.
    NewByDate,
    /// IMPUT: imputed to the structure.
    Imputed,
    /// REF: search of a reference.
    Reference,
    /// STAR: for a document of the patient, only the treating physician (or the patient).
    PatientDocument,
}

impl Condition {
    /// The condition, for the user.
    #[must_use]
    pub const fn message(self) -> Message {
        let (fr, en) = match self {
            Self::Own => (
                "Seulement pour les documents dont l'utilisateur est l'auteur.",
                "Only for documents that the user wrote.",
            ),
            Self::PatientAllowed => (
                "Seulement si le patient l'a permis.",
                "Only if the patient allowed it.",
            ),
            Self::OfStructure => (
                "Seulement pour les documents dont la structure, ou une de ses CPE, est l'auteur.",
                "Only for documents that the structure, or one of its CPE, wrote.",
            ),
            Self::ToStructure => (
                "L'autorisation est donnée à la structure.",
                "The authorisation is given to the structure.",
            ),
            Self::SameStructure => (
                "La recherche porte sur les professionnels de la même structure.",
                "The search covers professionals of the same structure.",
            ),
            Self::NewByDate => (
                "La recherche porte sur les nouvelles autorisations, par date.",
                "The search covers new authorisations, by date.",
            ),
            Self::Imputed => (
                "Les documents ajoutés sont imputés à la structure.",
                "Documents added are imputed to the structure.",
            ),
            Self::Reference => (
                "Recherche de la référence d'un document, pour préparer par exemple sa suppression.",
                "Search of the reference of a document, to prepare its deletion for instance.",
            ),
            Self::PatientDocument => (
                "Pour un document du patient, seul le médecin traitant ou le patient le peut.",
                "For a document of the patient, only the treating physician or the patient may.",
            ),
        };
        Message::fixed(fr, en)
    }
}

impl Right {
    /// Whether the sheet says no, or that the transaction has ended: worth a warning.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self.permission, Permission::No | Permission::Ended)
    }

    /// Its conditions and limits.
    pub fn conditions(&self) -> impl Iterator<Item = Condition> + use<> {
        let own = match self.permission {
            Permission::If(condition) => Some(condition),
            _ => None,
        };
        let possible = matches!(self.permission, Permission::Yes | Permission::If(_));
        let star = (self.star && possible).then_some(Condition::PatientDocument);
        own.into_iter().chain(star)
    }

    /// The answer with its conditions and its source, for the user.
    #[must_use]
    pub fn explain(&self) -> Message {
        let (fr, en) = match self.permission {
            Permission::Yes => ("Permis.", "Allowed."),
            Permission::If(_) => ("Permis, avec une limite.", "Allowed, with a limit."),
            Permission::No => ("Pas permis.", "Not allowed."),
            Permission::Ended => (
                "Cette transaction n'existe plus.",
                "This transaction has ended.",
            ),
            Permission::NotListed => ("Cas non prévu.", "No such case."),
        };
        let (mut fr, mut en) = (fr.to_owned(), en.to_owned());
        for condition in self.conditions() {
            let message = condition.message();
            fr = format!("{fr} {}", message.fr);
            en = format!("{en} {}", message.en);
        }
        Message::new(
            format!(
                "{fr} ({}, à titre d'information : le DMP décide)",
                self.source
            ),
            format!("{en} ({}, for information: the DMP decides)", self.source),
        )
    }
}
