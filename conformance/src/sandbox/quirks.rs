//! How a sandbox misbehaves, on demand.

use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use super::ending::Ending;
use super::known::{COMMON, OwnQuirks};

/// What a sandbox does besides answering well. Each quirk is `NAME` or `NAME=VALUE`, with `@CALL` behind it to hold for one kind of
/// request only (`@ITI-41`), and `xN` to hold for the next N requests only: `latency=2s`, `drop x1`, `status=503 @ITI-41 x3`.
///
/// | quirk | what happens to a request |
/// |---|---|
/// | `latency=2s` | the answer waits: 250ms, 2s |
/// | `drop` | the connection is cut before the request is read (for one transaction alone: once it is read); it is not carried out |
/// | `drop-after` | the request is carried out, then the connection is cut: the caller cannot know |
/// | `cut-answer` | the request is carried out, then the connection is cut in the middle of the answer |
/// | `silent` | the request is carried out, and an answer never comes |
/// | `surplus` | bytes that its length does not tell of follow the answer, in one write with its end |
/// | `endless` | the answer goes on for ever |
/// | `status=503` | an HTTP error (400 to 599) without a body that the service would make |
///
/// Names that are not in the table belong to the service: [`Quirks::takes`] counts them down. They may be changed while the sandbox runs:
/// [`Quirks::set`].
///
/// ```
/// # use segur::sandbox::{Quirks, dmp};
/// let quirks = Quirks::parse(["latency=250ms", "drop x1", "refuse @ITI-41"], dmp::QUIRKS)?;
/// assert!(quirks.takes("drop"));
/// assert!(!quirks.takes("drop"), "once only");
/// assert!(quirks.takes_for("refuse", "ITI-41") && !quirks.takes_for("refuse", "ITI-18"));
/// # Ok::<(), segur::sandbox::BadQuirk>(())
/// ```
#[derive(Debug, Default)]
pub struct Quirks {
    active: Mutex<Vec<Quirk>>,
    /// What the service adds.
    own: OwnQuirks,
    /// Addresses that misbehave; all when nothing is set.
    under: OnceLock<&'static str>,
}

#[derive(Debug, Clone, PartialEq)]
struct Quirk {
    name: String,
    value: Option<String>,
    /// The only kind of request that it holds for.
    call: Option<String>,
    /// How many requests it still holds for; none: for ever.
    left: Option<u32>,
}

/// A quirk that is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadQuirk {
    /// The name is of no quirk of this sandbox.
    #[error("unknown quirk {name}; this sandbox knows {known}")]
    Unknown {
        /// What was asked.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The value or the count is not of its form.
    #[error("the quirk {name} wants {expected}")]
    Value {
        /// The quirk.
        name: String,
        /// What its value is.
        expected: &'static str,
    },
}

/// Quirks that end a request, and how.
const ENDINGS: [(&str, Ending); 5] = [
    ("drop-after", Ending::Cut),
    ("cut-answer", Ending::CutMidway),
    ("silent", Ending::Silent),
    ("surplus", Ending::Surplus),
    ("endless", Ending::Endless),
];

impl Quirks {
    /// Reads quirks; `own` are those that the service adds, and the kinds of requests that it tells apart.
    ///
    /// # Errors
    /// When a name is of none, or a value is not of its form.
    pub fn parse<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        own: OwnQuirks,
    ) -> Result<Self, BadQuirk> {
        let quirks = Self {
            own,
            ..Self::default()
        };
        quirks.set(texts)?;
        Ok(quirks)
    }

    /// Puts other quirks in the place of all that there are.
    ///
    /// # Errors
    /// As [`Quirks::parse`]; nothing changes then.
    pub fn set<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Result<(), BadQuirk> {
        let quirks = texts.into_iter().map(|text| Quirk::parse(text, self.own));
        *self.lock() = quirks.collect::<Result<_, _>>()?;
        Ok(())
    }

    /// The quirks that hold, as they are written.
    #[must_use]
    pub fn list(&self) -> Vec<String> {
        self.lock().iter().map(Quirk::to_string).collect()
    }

    /// What the service adds to the quirks of every sandbox.
    #[must_use]
    pub fn own(&self) -> OwnQuirks {
        self.own
    }

    /// Whether the quirk holds for this request; one that holds for a number of requests is counted down.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        self.take(name).is_some()
    }

    /// As [`Quirks::takes`], for a request of this kind.
    #[must_use]
    pub fn takes_for(&self, name: &str, call: &str) -> bool {
        self.take_for(name, call).is_some()
    }

    /// The value of a quirk that holds for this request, counted down; an empty text when it has none.
    #[must_use]
    pub fn take(&self, name: &str) -> Option<String> {
        self.count_down(name, Option::is_none)
    }

    /// As [`Quirks::take`], for a request of this kind.
    #[must_use]
    pub fn take_for(&self, name: &str, call: &str) -> Option<String> {
        self.count_down(name, |own| own.as_deref().is_none_or(|own| own == call))
    }

    fn count_down(&self, name: &str, holds: impl Fn(&Option<String>) -> bool) -> Option<String> {
        let mut active = self.lock();
        let mut all = active.iter_mut().filter(|quirk| quirk.left != Some(0));
        let quirk = all.find(|quirk| quirk.name == name && holds(&quirk.call))?;
        if let Some(left) = &mut quirk.left {
            *left -= 1;
        }
        Some(quirk.value.clone().unwrap_or_default())
    }

    /// Other addresses than those under this one do not misbehave: pages that are for people.
    pub(super) fn only_under(&self, path: &'static str) {
        // Set once, by the service that they are for.
        let _ = self.under.set(path);
    }

    pub(super) fn concern(&self, path: &str) -> bool {
        self.under.get().is_none_or(|under| path.starts_with(under))
    }

    /// Quirks of every sandbox that hold for any request, or, with a `call`, for this kind alone.
    pub(super) fn common<'q>(&'q self, call: Option<&'q str>) -> Common<'q> {
        Common { quirks: self, call }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Quirk>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The quirks that every sandbox has.
pub(super) struct Common<'q> {
    quirks: &'q Quirks,
    call: Option<&'q str>,
}

impl Common<'_> {
    fn take(&self, name: &str) -> Option<String> {
        self.quirks
            .count_down(name, |own| own.as_deref() == self.call)
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.take("latency").as_deref().and_then(duration)
    }

    pub(super) fn drops(&self) -> bool {
        self.take("drop").is_some()
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.take("status")?.parse().ok()
    }

    pub(super) fn ending(&self) -> Option<Ending> {
        let mut all = ENDINGS.into_iter();
        all.find_map(|(name, ending)| self.take(name).map(|_| ending))
    }
}

impl Quirk {
    fn parse(text: &str, own: OwnQuirks) -> Result<Self, BadQuirk> {
        let (text, left) = match text.trim().rsplit_once(" x") {
            Some((rest, count)) => {
                let count = u32::from_str(count).map_err(|_| BadQuirk::Value {
                    name: rest.to_owned(),
                    expected: "a number of requests behind x",
                })?;
                (rest.trim(), Some(count))
            }
            None => (text.trim(), None),
        };
        let (text, call) = match text.rsplit_once(" @") {
            Some((rest, call)) => (rest.trim(), Some(call.trim())),
            None => (text, None),
        };
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim().to_owned())),
            None => (text, None),
        };
        let unknown = |name: &str| {
            let names = own.all().map(|kind| kind.name().to_owned());
            let calls = own.calls.iter().map(|call| format!("@{call}"));
            BadQuirk::Unknown {
                name: name.to_owned(),
                known: names.chain(calls).collect::<Vec<_>>().join(", "),
            }
        };
        if !own.all().any(|kind| kind.name() == name) {
            return Err(unknown(name));
        }
        if let Some(call) = call.filter(|call| !own.calls.contains(call)) {
            return Err(unknown(&format!("@{call}")));
        }
        let text = value.as_deref().unwrap_or_default();
        let is_status = |code: u16| (400..600).contains(&code);
        let expected = match name {
            "latency" if duration(text).is_none() => Some("a duration, such as 250ms or 2s"),
            "status" if !text.parse().is_ok_and(is_status) => {
                Some("an HTTP status from 400 to 599")
            }
            "latency" | "status" => None,
            _ if COMMON.iter().any(|kind| kind.name() == name) && value.is_some() => {
                Some("no value")
            }
            _ => None,
        };
        match expected {
            Some(expected) => Err(BadQuirk::Value {
                name: name.to_owned(),
                expected,
            }),
            None => Ok(Self {
                name: name.to_owned(),
                value,
                call: call.map(str::to_owned),
                left,
            }),
        }
    }
}

fn duration(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let number: u64 = number.parse().ok()?;
    match unit {
        "ms" => Some(Duration::from_millis(number)),
        "s" => Some(Duration::from_secs(number)),
        _ => None,
    }
}

impl fmt::Display for Quirk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if let Some(value) = &self.value {
            write!(f, "={value}")?;
        }
        if let Some(call) = &self.call {
            write!(f, " @{call}")?;
        }
        if let Some(left) = self.left {
            write!(f, " x{left}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Quirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.list().join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::QuirkKind;

    const OWN: OwnQuirks = OwnQuirks {
        kinds: &[QuirkKind {
            example: "own=1",
            fr: "",
            en: "",
        }],
        calls: &["A", "B"],
    };

    #[test]
    fn what_is_parsed_is_displayed_alike() {
        let texts = [
            "latency=250ms",
            "drop x1",
            "status=503 x3",
            "own=value @A x2",
        ];
        let quirks = Quirks::parse(texts, OWN).unwrap();
        assert_eq!(quirks.to_string(), texts.join(", "));
    }

    #[test]
    fn each_wrong_text_is_told() {
        for (text, cause) in [
            (
                "dropp",
                "unknown quirk dropp; this sandbox knows latency, drop, drop-after, cut-answer, silent, surplus, endless, status, own, @A, @B",
            ),
            (
                "latency=soon",
                "the quirk latency wants a duration, such as 250ms or 2s",
            ),
            (
                "latency",
                "the quirk latency wants a duration, such as 250ms or 2s",
            ),
            (
                "status=200",
                "the quirk status wants an HTTP status from 400 to 599",
            ),
            ("drop=1", "the quirk drop wants no value"),
            (
                "own @CALL x2",
                "unknown quirk @CALL; this sandbox knows latency, drop, drop-after, cut-answer, silent, surplus, endless, status, own, @A, @B",
            ),
            (
                "drop xmany",
                "the quirk drop wants a number of requests behind x",
            ),
        ] {
            assert_eq!(Quirks::parse([text], OWN).unwrap_err().to_string(), cause);
        }
    }

    #[test]
    fn a_count_runs_out() {
        let quirks = Quirks::parse(["status=503 x2", "latency=1s"], OwnQuirks::default()).unwrap();
        let common = quirks.common(None);
        assert_eq!(
            [common.status(), common.status(), common.status()],
            [Some(503), Some(503), None]
        );
        assert_eq!(common.latency(), Some(Duration::from_secs(1)));
        assert_eq!(common.latency(), Some(Duration::from_secs(1)));
    }

    #[test]
    fn a_kind_of_request_has_quirks_of_its_own() {
        let texts = ["silent @A", "own=1 @A x1", "own=2"];
        let quirks = Quirks::parse(texts, OWN).unwrap();
        assert_eq!(quirks.common(None).ending(), None);
        assert_eq!(quirks.common(Some("B")).ending(), None);
        assert_eq!(quirks.common(Some("A")).ending(), Some(Ending::Silent));
        assert_eq!(quirks.take("own").as_deref(), Some("2"));
        assert_eq!(quirks.take_for("own", "B").as_deref(), Some("2"));
        let twice = [quirks.take_for("own", "A"), quirks.take_for("own", "A")];
        assert_eq!(twice, [Some("1".to_owned()), Some("2".to_owned())]);
    }

    #[test]
    fn quirks_change_as_a_whole_or_not_at_all() {
        let quirks = Quirks::parse(["drop x1"], OwnQuirks::default()).unwrap();
        assert!(quirks.set(["silent", "nonsense"]).is_err());
        assert_eq!(quirks.list(), ["drop x1"]);
        quirks.set(["silent"]).unwrap();
        assert_eq!(quirks.list(), ["silent"]);
        quirks.only_under("/service/");
        assert!(quirks.concern("/service/a") && !quirks.concern("/"));
    }
}
