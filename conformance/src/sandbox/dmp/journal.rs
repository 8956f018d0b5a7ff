//! The exchanges of late: what was asked, when, and what came of it. No document, no metadata.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use segur_dmp_xds::patient::{Acknowledgement, DmpCode, ServiceStatus};
use segur_dmp_xds::response::RegistryError;

/// Exchanges that are kept.
const KEPT: usize = 200;
/// Errors that are kept of one exchange.
const ERRORS: usize = 20;
/// Characters that are kept of a text that came from outside.
const TEXT: usize = 300;

/// The exchanges of late, the last one first.
#[derive(Debug, Default)]
pub(super) struct Journal {
    all: Mutex<VecDeque<Exchange>>,
}

/// One exchange.
#[derive(Clone, Debug)]
pub(super) struct Exchange {
    /// When the request came in.
    pub(super) at: SystemTime,
    /// How long it took to answer.
    pub(super) took: Duration,
    /// `ITI-41`, `TD0.2`; empty when the request could not be read.
    pub(super) transaction: &'static str,
    /// `wsa:MessageID` of the request.
    pub(super) message_id: String,
    /// Bytes of the request and of the answer.
    pub(super) bytes: (usize, usize),
    /// What came of it.
    pub(super) outcome: Outcome,
    /// Code and context of the errors, warnings and remarks given.
    pub(super) errors: Vec<(String, String)>,
}

/// What came of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Outcome {
    Success,
    Partial,
    Refused,
    Fault,
    /// A quirk kept it from being carried out.
    #[default]
    Dropped,
    /// An HTTP status without a message.
    Status(u16),
}

impl Exchange {
    /// An exchange that begins.
    pub(super) fn begin(bytes: usize) -> Self {
        Self {
            at: SystemTime::now(),
            took: Duration::ZERO,
            transaction: "",
            message_id: String::new(),
            bytes: (bytes, 0),
            outcome: Outcome::default(),
            errors: Vec::new(),
        }
    }

    pub(super) fn identify(&mut self, transaction: &'static str, message_id: Option<&str>) {
        self.transaction = transaction;
        self.message_id = short(message_id.unwrap_or_default());
    }

    pub(super) fn told(&mut self, errors: &[RegistryError]) {
        let errors = errors.iter().take(ERRORS);
        self.errors
            .extend(errors.map(|one| (short(one.code.as_str()), short(&one.context))));
    }

    /// An answer of HL7 v3.
    pub(super) fn acknowledged(&mut self, told: &Acknowledgement) {
        self.done(told.is_accepted());
        for one in told.details.iter().take(ERRORS) {
            let code = one.code.as_ref().map_or("", DmpCode::as_str);
            let text = one.text.as_deref().unwrap_or_default();
            self.errors.push((short(code), short(text)));
        }
    }

    /// An answer of the DMP's own.
    pub(super) fn status(&mut self, told: &ServiceStatus) {
        self.done(told.code == DmpCode::Ok);
        let context = told.context.as_deref().unwrap_or_default();
        if told.code != DmpCode::Ok || !context.is_empty() {
            self.errors
                .push((short(told.code.as_str()), short(context)));
        }
    }

    fn done(&mut self, well: bool) {
        self.outcome = if well {
            Outcome::Success
        } else {
            Outcome::Refused
        };
    }

    pub(super) fn failed(&mut self, code: &str, reason: &str) {
        self.outcome = Outcome::Fault;
        self.errors.push((short(code), short(reason)));
    }
}

impl Journal {
    pub(super) fn add(&self, mut exchange: Exchange) {
        exchange.took = exchange.at.elapsed().unwrap_or_default();
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(KEPT - 1);
        all.push_front(exchange);
    }

    /// The last ones, the last one first.
    pub(super) fn last(&self, most: usize) -> Vec<Exchange> {
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().take(most).cloned().collect()
    }
}

fn short(text: &str) -> String {
    text.chars().take(TEXT).collect()
}
