//! What was tolerated in an answer.

use segur_core::Message;

use crate::identity::Trait;

/// Something in an answer that the service's schema does not foresee, or that the reader had to decide. The answer is
/// read all the same; a vendor logs these. None holds a value of the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The children of an element are not in the order of the schema.
    Order {
        /// The parent's name.
        parent: &'static str,
    },
    /// An element has the right name in another namespace.
    Namespace {
        /// Its name.
        element: &'static str,
    },
    /// An element that may stand once stands more often; the first counts.
    Repeated {
        /// Its name.
        element: &'static str,
    },
    /// An element that is not known here, skipped.
    Unknown {
        /// The parent's name.
        parent: &'static str,
    },
    /// An attribute of a fault under another spelling.
    AttributeSpelling {
        /// The right name.
        expected: &'static str,
    },
    /// A severity under another spelling (`fatal` for `fatale`).
    SeveritySpelling,
    /// `DateDeb` lies after `DateFin`. Both are kept as they came.
    DatesInverted(Which),
    /// `DateDeb` or `DateFin` is no date of the calendar.
    DateUnreadable(Which),
    /// The history repeats the active matricule; [`super::Person::former`] leaves it out.
    HistoryRepeatsActive(Which),
    /// The key does not fit the number. Both are kept: official test persons have such keys.
    WrongKey(Which),
    /// The key is missing; the one that fits the number is taken.
    MissingKey(Which),
    /// A matricule of the history, or its OID, is not read as such; it is kept as text only.
    HistoryUnreadable(Which),
    /// `Prenom` without `ListePrenom`: the list is not known, the given name is taken as its head.
    ListMissing,
    /// A trait is not in the spelling that INSi guarantees, and was put in it.
    Respelled(Trait),
    /// The code of the birth place is none; taken as missing, which refuses nothing.
    PlaceUnreadable,
    /// A person in an answer whose code says that none, or several, were found; kept, not used.
    PersonUnexpected,
    /// `wsa:Action` is not that of the answer to this call.
    ActionUnexpected,
    /// `wsa:RelatesTo`, or the identifier that a fault echoes, is that of another message. Such an answer is used only where
    /// [`Settings::unrelated_answers`](super::Settings::unrelated_answers) says so.
    OtherMessage,
    /// The envelope is of SOAP 1.1; the service speaks 1.2.
    SoapVersion,
}

/// A matricule of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// `INSACTIF`.
    Active,
    /// `INSHISTO`, counted from 0.
    History(usize),
}

impl Warning {
    /// What was tolerated, in French and English.
    #[must_use]
    pub fn message(&self) -> Message {
        let (fr, en) = match self {
            Self::Order { parent } => {
                return Message::new(
                    format!("Les éléments de {parent} ne sont pas dans l'ordre du schéma."),
                    format!("The elements of {parent} are not in the order of the schema."),
                );
            }
            Self::Namespace { element } => {
                return Message::new(
                    format!("L'élément {element} est dans un autre espace de noms que prévu."),
                    format!("The element {element} is in another namespace than expected."),
                );
            }
            Self::Repeated { element } => {
                return Message::new(
                    format!("L'élément {element} est répété ; le premier compte."),
                    format!("The element {element} is repeated; the first one counts."),
                );
            }
            Self::Unknown { parent } => {
                return Message::new(
                    format!("{parent} contient un élément inconnu, laissé de côté."),
                    format!("{parent} holds an unknown element, which was skipped."),
                );
            }
            Self::AttributeSpelling { expected } => {
                return Message::new(
                    format!("L'attribut {expected} est orthographié autrement."),
                    format!("The attribute {expected} is spelled otherwise."),
                );
            }
            Self::Respelled(field) => {
                return Message::new(
                    format!(
                        "« {} » n'est pas dans la graphie d'INSi et y a été mis.",
                        field.label()
                    ),
                    format!(
                        "\"{}\" is not in the spelling of INSi and was put in it.",
                        field.label()
                    ),
                );
            }
            Self::SeveritySpelling => (
                "La gravité de l'erreur est orthographiée autrement.",
                "The severity of the error is spelled otherwise.",
            ),
            Self::DatesInverted(_) => (
                "La date de début d'un matricule est après sa date de fin ; les deux sont gardées.",
                "The start date of a matricule is after its end date; both are kept.",
            ),
            Self::DateUnreadable(_) => (
                "Une date de validité d'un matricule n'est pas une date.",
                "A date of validity of a matricule is no date.",
            ),
            Self::HistoryRepeatsActive(_) => (
                "L'historique répète le matricule actif.",
                "The history repeats the active matricule.",
            ),
            Self::WrongKey(_) => (
                "La clé d'un matricule ne correspond pas à son numéro ; elle est gardée.",
                "The key of a matricule does not fit its number; it is kept.",
            ),
            Self::MissingKey(_) => (
                "La clé d'un matricule manque ; elle a été calculée.",
                "The key of a matricule is missing; it was computed.",
            ),
            Self::HistoryUnreadable(_) => (
                "Un matricule de l'historique, ou son OID, n'est pas lisible ; il est gardé comme texte.",
                "A matricule of the history, or its OID, is not readable; it is kept as text.",
            ),
            Self::ListMissing => (
                "La liste des prénoms manque ; le prénom reçu est pris comme son début.",
                "The list of given names is missing; the given name received is taken as its head.",
            ),
            Self::PlaceUnreadable => (
                "Le code du lieu de naissance n'est pas un code INSEE ; il est traité comme absent.",
                "The code of the birth place is no INSEE code; it is taken as missing.",
            ),
            Self::PersonUnexpected => (
                "La réponse contient une identité alors que son code n'en annonce pas une ; elle n'est pas utilisée.",
                "The answer holds a person although its code announces none; it is not used.",
            ),
            Self::ActionUnexpected => (
                "L'action de la réponse n'est pas celle attendue.",
                "The action of the answer is not the one expected.",
            ),
            Self::OtherMessage => (
                "La réponse se rapporte à un autre message ; vérifiez que les réponses ne sont pas mélangées.",
                "The answer relates to another message; check that answers are not mixed up.",
            ),
            Self::SoapVersion => (
                "La réponse est en SOAP 1.1 au lieu de 1.2.",
                "The answer is in SOAP 1.1 instead of 1.2.",
            ),
        };
        Message::fixed(fr, en)
    }
}
