//! What to do after an answer (SENTINELLE.04 to .07).

use segur_core::{Ins, Message};
use segur_soap::envelope::{EnvelopeError, FaultCode};

use super::{Answer, AnswerError, InsiFault, Obstacle, ReturnCode, Warning};
use crate::identity::{Event, InsAnswer};

/// What an answer, a fault or a silence of INSi means for the software.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// One identity (`00`) that may be imported: compare it with the local traits, let the user accept it.
    Found {
        /// The active matricule and the traits.
        answer: Box<InsAnswer>,
        /// Earlier matricules, to be kept.
        former: Vec<Ins>,
    },
    /// None (`01`): the identity keeps its status.
    NotFound,
    /// Several (`02`): the identity keeps its status.
    Several,
    /// The service, or the rules of import, refuse; the same call again gives the same.
    Refused(RefusalCause),
    /// The service did not manage this time; try again later, the professional goes on working meanwhile.
    RetryLater(RetryCause),
    /// Something that is not understood; show it to the support.
    Technical(TechnicalCause),
}

/// Why calling again as it is would be in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalCause {
    /// `desir_550`: the authorisation number of the software (IDAM) is not known.
    SoftwareUnknown,
    /// `desir_560`: the card or certificate does not give access.
    AccessLevel,
    /// Another fault whose code blames the sender.
    Request,
    /// INSi found one person, which may not enter the identity.
    Import(Obstacle),
}

/// Why to try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryCause {
    /// `insi_102` or another fault whose code blames the service.
    Service,
    /// No SOAP, and an HTTP status that means trouble for a time: 408, 429, 500, 502, 503, 504 (RFC 9110, RFC 6585).
    Http(u16),
    /// No answer at all: no network, no connection, or too late.
    NoAnswer,
}

/// What was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TechnicalCause {
    /// A return code without a known meaning.
    UnknownCode(String),
    /// The code says that there is one person, and there is none.
    NoPerson,
    /// A fault that blames neither the sender nor the service.
    Fault(FaultCode),
    /// The answer is for another message (`wsa:RelatesTo`): it may be about another person.
    OtherMessage,
    /// The message is no answer to a search.
    Answer(AnswerError),
    /// The bytes are no SOAP.
    Envelope {
        /// The HTTP status.
        status: u16,
        /// What is wrong with them.
        error: EnvelopeError,
    },
}

impl Decision {
    /// The decision that an answer asks for; warnings of the import are added to `warnings`.
    #[must_use]
    pub fn of_answer(answer: &Answer, warnings: &mut Vec<Warning>) -> Self {
        match (&answer.code, &answer.person) {
            (ReturnCode::One, Some(person)) => match person.import(warnings) {
                Ok(import) => Self::Found {
                    answer: Box::new(import),
                    former: person.former(),
                },
                Err(obstacle) => Self::Refused(RefusalCause::Import(obstacle)),
            },
            (ReturnCode::One, None) => Self::Technical(TechnicalCause::NoPerson),
            (ReturnCode::None, _) => Self::NotFound,
            (ReturnCode::Several, _) => Self::Several,
            (ReturnCode::Other(code), _) => {
                Self::Technical(TechnicalCause::UnknownCode(code.clone()))
            }
        }
    }

    /// The decision that a fault asks for. A fault that blames the sender is never retried.
    #[must_use]
    pub fn of_fault(fault: &InsiFault) -> Self {
        if fault.has("desir_550") {
            return Self::Refused(RefusalCause::SoftwareUnknown);
        }
        if fault.has("desir_560") {
            return Self::Refused(RefusalCause::AccessLevel);
        }
        match &fault.code {
            FaultCode::Sender => Self::Refused(RefusalCause::Request),
            FaultCode::Receiver => Self::RetryLater(RetryCause::Service),
            other => Self::Technical(TechnicalCause::Fault(other.clone())),
        }
    }

    /// The decision when the answer is no SOAP.
    pub(super) fn of_bytes(status: u16, error: EnvelopeError) -> Self {
        match status {
            408 | 429 | 500 | 502 | 503 | 504 => Self::RetryLater(RetryCause::Http(status)),
            _ => Self::Technical(TechnicalCause::Envelope { status, error }),
        }
    }

    /// The decision when there was no answer.
    #[must_use]
    pub const fn no_answer() -> Self {
        Self::RetryLater(RetryCause::NoAnswer)
    }

    /// What happens to the identity: an identity found changes it once the user has accepted it; none and several leave
    /// it as it is; the rest says nothing about it. The next state is
    /// [`State::after`](crate::identity::State::after) of it.
    #[must_use]
    pub const fn event(&self) -> Option<Event> {
        match self {
            Self::Found { .. } => Some(Event::InsAccepted),
            Self::NotFound | Self::Several => Some(Event::InsNotAccepted),
            Self::Refused(RefusalCause::Import(_)) => Some(Event::InsNotAccepted),
            _ => None,
        }
    }

    /// Cause and remedy for the user, in French and English.
    #[must_use]
    pub fn message(&self) -> Message {
        let (fr, en) = match self {
            Self::Found { .. } => (
                "INSi a trouvé une identité. Comparez-la avec celle du dossier, puis acceptez-la.",
                "INSi found one identity. Compare it with that of the record, then accept it.",
            ),
            Self::NotFound => (
                "INSi n'a trouvé aucune identité. Vérifiez les traits sur une pièce d'identité : nom de naissance, prénoms, date de naissance, sexe.",
                "INSi found no identity. Check the traits against a document of identity: birth name, given names, birth date, sex.",
            ),
            Self::Several => (
                "INSi a trouvé plusieurs identités. Complétez les prénoms et le lieu de naissance d'après une pièce d'identité.",
                "INSi found several identities. Complete the given names and the birth place from a document of identity.",
            ),
            Self::Refused(cause) => return cause.message(),
            Self::RetryLater(RetryCause::NoAnswer) => (
                "INSi n'a pas répondu. Vérifiez la connexion ; l'appel peut être refait plus tard.",
                "INSi did not answer. Check the connection; the call can be made again later.",
            ),
            Self::RetryLater(_) => (
                "INSi est momentanément indisponible. L'appel peut être refait plus tard.",
                "INSi is not available for the moment. The call can be made again later.",
            ),
            Self::Technical(TechnicalCause::OtherMessage) => (
                "La réponse reçue est celle d'un autre appel : elle n'est pas utilisée, et l'identité n'a pas changé. Refaites l'appel ; si cela se répète, transmettez sa trace au support.",
                "The answer that came is that of another call: it is not used, and the identity has not changed. Make the call again; if it happens again, send its trace to the support.",
            ),
            Self::Technical(_) => (
                "La réponse d'INSi n'a pas été comprise. L'identité n'a pas changé ; transmettez la trace de l'appel au support.",
                "The answer of INSi was not understood. The identity has not changed; send the trace of the call to the support.",
            ),
        };
        Message::fixed(fr, en)
    }
}

impl RefusalCause {
    fn message(self) -> Message {
        let (fr, en) = match self {
            Self::SoftwareUnknown => (
                "INSi ne connaît pas le numéro d'autorisation du logiciel. Le support doit le vérifier (IDAM délivré par le CNDA, et l'environnement appelé).",
                "INSi does not know the authorisation number of the software. The support must check it (IDAM given by the CNDA, and the environment called).",
            ),
            Self::AccessLevel => (
                "Le niveau d'accès est insuffisant. Utilisez une carte de professionnel, ou le certificat logiciel prévu pour INSi.",
                "The access level is not sufficient. Use the card of a professional, or the software certificate meant for INSi.",
            ),
            Self::Request => (
                "INSi refuse la demande. Ne la répétez pas ; transmettez la trace de l'appel au support.",
                "INSi refuses the request. Do not repeat it; send the trace of the call to the support.",
            ),
            Self::Import(Obstacle::LunarDate) => (
                "INSi a trouvé une identité dont le jour ou le mois de naissance n'existe pas : elle ne peut pas être importée.",
                "INSi found an identity whose day or month of birth does not exist: it cannot be imported.",
            ),
            Self::Import(Obstacle::Missing(field) | Obstacle::Unreadable(field)) => {
                let label = field.label();
                return Message::new(
                    format!(
                        "INSi a trouvé une identité incomplète ({label}) : elle ne peut pas être importée."
                    ),
                    format!("INSi found an incomplete identity ({label}): it cannot be imported."),
                );
            }
            Self::Import(_) => (
                "INSi a trouvé une identité dont le matricule ou l'OID n'est pas lisible : elle ne peut pas être importée.",
                "INSi found an identity whose matricule or OID is not readable: it cannot be imported.",
            ),
        };
        Message::fixed(fr, en)
    }
}
