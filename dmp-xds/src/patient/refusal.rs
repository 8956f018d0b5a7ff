//! Why the DMP does not do what it is asked.

use std::fmt;

use segur_core::Message;

use super::DmpCode;

/// A refusal in an answer: an acknowledgement that is none, a status other than `DMPOk`. `Debug` and `Display` show the code; the text is the
/// service's and may speak of the patient.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("the DMP refuses: {code}")]
#[allow(clippy::exhaustive_structs, reason = "it says all there is")]
pub struct Refusal {
    /// The code; of an acknowledgement without details its type, `AE` or `AR`.
    pub code: DmpCode,
    /// The service's words, French.
    pub text: Option<String>,
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

impl Refusal {
    /// What to tell the user.
    #[must_use]
    pub fn message(&self) -> Message {
        match &self.code {
            DmpCode::Closed => Message::fixed(
                "Le DMP de ce patient est déjà fermé.",
                "The DMP of this patient is closed already.",
            ),
            DmpCode::Found => Message::fixed(
                "Le DMP de ce patient existe déjà et est ouvert.",
                "The DMP of this patient exists already and is open.",
            ),
            code => Message::new(
                format!("Le DMP refuse la demande (code {code})."),
                format!("The DMP refuses the request (code {code})."),
            ),
        }
    }
}
