//! The end of a call: what came back, and what to do.

use segur_soap::envelope::{EnvelopeError, ReadLimits, Received, SoapVersion};

use super::decision::TechnicalCause;
use super::{Answer, Call, Decision, InsiFault, Uuid, Warning};

/// Largest answer that is read, in bytes: those of the service have a few thousand.
const MAX: usize = 1 << 20;

/// What came back from a call. `Debug` hides what it says of a person.
///
/// Guide INS rules 37 and 39 want each search traced: its operation and message identifier ([`Call`]), the code, and for
/// `00` the matricule with its OID, the history and the traits ([`Answer`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What to do.
    pub decision: Decision,
    /// The answer as it came, if it was one.
    pub answer: Option<Answer>,
    /// The fault, if it was one.
    pub fault: Option<InsiFault>,
    /// Everything that was tolerated.
    pub warnings: Vec<Warning>,
}

impl Outcome {
    /// Reads what came back: the HTTP status and the body. Never fails: what is not understood is a decision, too.
    #[must_use]
    pub fn read(call: &Call, status: u16, body: &[u8]) -> Self {
        let received = match receive(body) {
            Ok(received) => received,
            Err(error) => return Self::only(Decision::of_bytes(status, error)),
        };
        let mut warnings = Vec::new();
        if received.version() != SoapVersion::V1_2 {
            warnings.push(Warning::SoapVersion);
        }
        let addressing = received.addressing();
        let mut related: Vec<&str> = Vec::new();
        related.extend(
            addressing
                .relates_to
                .iter()
                .map(|to| to.message_id.as_str()),
        );
        if let Some(fault) = received.fault() {
            let fault = InsiFault::read(fault);
            related.extend(
                fault
                    .errors
                    .iter()
                    .filter_map(|own| own.message_id.as_deref()),
            );
            if !relates(&related, &call.ids.message) {
                warnings.push(Warning::OtherMessage);
            }
            warnings.extend(fault.warnings.iter().cloned());
            return Self {
                decision: Decision::of_fault(&fault),
                fault: Some(fault),
                warnings,
                answer: None,
            };
        }
        if !relates(&related, &call.ids.message) {
            warnings.push(Warning::OtherMessage);
            if !call.settings.unrelated_answers {
                return Self {
                    warnings,
                    ..Self::only(Decision::Technical(TechnicalCause::OtherMessage))
                };
            }
        }
        let expected = format!("{}Response", call.query.action());
        if addressing
            .action
            .as_ref()
            .is_some_and(|own| *own != expected)
        {
            warnings.push(Warning::ActionUnexpected);
        }
        match Answer::read(&received) {
            Ok(answer) => {
                warnings.extend(answer.warnings.iter().cloned());
                Self {
                    decision: Decision::of_answer(&answer, &mut warnings),
                    answer: Some(answer),
                    fault: None,
                    warnings,
                }
            }
            Err(error) => Self {
                warnings,
                ..Self::only(Decision::Technical(TechnicalCause::Answer(error)))
            },
        }
    }

    /// What there is when nothing came back.
    #[must_use]
    pub fn no_answer() -> Self {
        Self::only(Decision::no_answer())
    }

    fn only(decision: Decision) -> Self {
        Self {
            decision,
            answer: None,
            fault: None,
            warnings: Vec::new(),
        }
    }
}

pub(super) fn receive(body: &[u8]) -> Result<Received, EnvelopeError> {
    Received::read_with(body, &ReadLimits::bytes(MAX))
}

/// Whether one of these identifiers, if there are any, is that of the message; `uuid:` may stand before or not.
fn relates(ids: &[&str], message: &Uuid) -> bool {
    let same = |id: &&str| id.parse::<Uuid>().is_ok_and(|id| id == *message);
    ids.is_empty() || ids.iter().any(same)
}
