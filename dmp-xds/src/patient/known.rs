//! What is known of the DMPs of the patients whose records are open, so that the screen never waits (SC.DMP/UX.12, UX.14).

use std::collections::HashMap;
use std::fmt;
use std::time::{Duration, SystemTime};

use super::{DmpStatus, Existence};
use crate::metadata::Cx;

/// Patients kept at the most: the one asked for longest ago goes first.
const MAX: usize = 4_096;

/// What the screen shows of a patient's DMP.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Known<'a> {
    /// Nobody has asked, or the answer is too old.
    NotAsked,
    /// The last question failed: no network, no card, the DMP in trouble.
    NotConnected,
    /// The question is under way.
    Underway,
    /// No DMP, or a closed one: see the answer.
    None(&'a Existence),
    /// There is one.
    Exists(&'a Existence),
    /// An answer that was not understood.
    Unclear(&'a Existence),
}

/// Answers of the existence test, by professional and patient. In memory only; no clock: times come from the caller. `Debug` shows how many.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use segur_dmp_xds::metadata::Cx;
/// use segur_dmp_xds::patient::{Known, KnownDmps};
///
/// let patient = Cx::new("279035121518989", "1.2.250.1.213.1.4.10", "NH");
/// let now = SystemTime::UNIX_EPOCH;
/// let mut known = KnownDmps::new(Duration::from_secs(3_600));
/// assert!(known.begin("899900063480", &patient, now), "ask");
/// assert_eq!(known.state("899900063480", &patient, now), Known::Underway);
/// assert!(!known.begin("899900063480", &patient, now), "once is enough");
/// known.failed("899900063480", &patient, now);
/// assert_eq!(known.state("899900063480", &patient, now), Known::NotConnected);
/// ```
pub struct KnownDmps {
    max_age: Duration,
    entries: HashMap<(String, String, String), Entry>,
}

struct Entry {
    at: SystemTime,
    what: What,
}

enum What {
    Underway,
    Failed,
    Answered(Box<Existence>),
}

impl KnownDmps {
    /// Nothing yet; answers count for so long. How long is for the software to say: the DMP's rule was not read.
    #[must_use]
    pub fn new(max_age: Duration) -> Self {
        Self {
            max_age,
            entries: HashMap::new(),
        }
    }

    /// Before the question: whether it has to be asked. No, while one is under way or an answer is young enough.
    #[must_use = "the question is to be asked when this is true, and not otherwise"]
    pub fn begin(&mut self, professional: &str, patient: &Cx, now: SystemTime) -> bool {
        if matches!(
            self.state(professional, patient, now),
            Known::Underway | Known::None(_) | Known::Exists(_)
        ) {
            return false;
        }
        self.put(professional, patient, now, What::Underway);
        true
    }

    /// The answer.
    pub fn answered(
        &mut self,
        professional: &str,
        patient: &Cx,
        now: SystemTime,
        existence: Existence,
    ) {
        let what = What::Answered(Box::new(existence));
        self.put(professional, patient, now, what);
    }

    /// There is no answer.
    pub fn failed(&mut self, professional: &str, patient: &Cx, now: SystemTime) {
        self.put(professional, patient, now, What::Failed);
    }

    /// After TD0.3 or TD1.4, or when the patient's record is closed.
    pub fn forget(&mut self, professional: &str, patient: &Cx) {
        self.entries.remove(&key(professional, patient));
    }

    /// What to show.
    #[must_use]
    pub fn state(&self, professional: &str, patient: &Cx, now: SystemTime) -> Known<'_> {
        let Some(entry) = self.entries.get(&key(professional, patient)) else {
            return Known::NotAsked;
        };
        // A clock that was put back makes no answer older than it is.
        let age = now.duration_since(entry.at).unwrap_or_default();
        match &entry.what {
            _ if age > self.max_age => Known::NotAsked,
            What::Underway => Known::Underway,
            What::Failed => Known::NotConnected,
            What::Answered(existence) => match existence.status {
                DmpStatus::Active => Known::Exists(existence),
                DmpStatus::Closed(_) | DmpStatus::None => Known::None(existence),
                DmpStatus::Unclear => Known::Unclear(existence),
            },
        }
    }

    fn put(&mut self, professional: &str, patient: &Cx, at: SystemTime, what: What) {
        let key = key(professional, patient);
        if self.entries.len() >= MAX && !self.entries.contains_key(&key) {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.at);
            if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(key, Entry { at, what });
    }
}

fn key(professional: &str, patient: &Cx) -> (String, String, String) {
    let (oid, id) = (patient.oid().to_owned(), patient.id.clone());
    (professional.to_owned(), oid, id)
}

impl fmt::Debug for KnownDmps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownDmps")
            .field("patients", &self.entries.len())
            .finish_non_exhaustive()
    }
}
