//! How a sandbox misbehaves, on demand.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;

/// What a sandbox does besides answering well. Each quirk is `NAME`, `NAME=VALUE`, with `xN` behind it to
/// hold for the next N requests only: `latency=2s`, `drop x1`, `status=503 x3`.
///
/// | quirk | what happens to a request |
/// |---|---|
/// | `latency=DURATION` | the answer waits: `250ms`, `2s` |
/// | `drop` | the connection is cut before any answer; the request was not carried out |
/// | `drop-after` | the request is carried out, then the connection is cut: the caller cannot know |
/// | `status=CODE` | an HTTP error without a body that the service would make |
///
/// Names that are not in the table belong to the service: [`Quirks::takes`] counts them down.
///
/// ```
/// # use segur::sandbox::Quirks;
/// let quirks = Quirks::parse(["latency=250ms", "drop x1", "hyphenated-action"], &["hyphenated-action"])?;
/// assert!(quirks.takes("drop"));
/// assert!(!quirks.takes("drop"), "once only");
/// assert!(quirks.takes("hyphenated-action") && quirks.takes("hyphenated-action"));
/// # Ok::<(), segur::sandbox::BadQuirk>(())
/// ```
#[derive(Debug, Default)]
pub struct Quirks {
    active: Mutex<Vec<Quirk>>,
}

#[derive(Debug, Clone, PartialEq)]
struct Quirk {
    name: String,
    value: Option<String>,
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

const COMMON: [&str; 4] = ["latency", "drop", "drop-after", "status"];

impl Quirks {
    /// Reads quirks; `own` are the names that the service adds.
    ///
    /// # Errors
    /// When a name is of none, or a value is not of its form.
    pub fn parse<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        own: &[&str],
    ) -> Result<Self, BadQuirk> {
        let quirks: Result<Vec<_>, _> = texts
            .into_iter()
            .map(|text| Quirk::parse(text, own))
            .collect();
        Ok(Self {
            active: Mutex::new(quirks?),
        })
    }

    /// Whether the quirk holds for this request; one that holds for a number of requests is counted down.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        self.take(name).is_some()
    }

    /// The value of a quirk that holds for this request, counted down; an empty text when it has none.
    #[must_use]
    pub fn take(&self, name: &str) -> Option<String> {
        let mut active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        let quirk = active
            .iter_mut()
            .find(|quirk| quirk.name == name && quirk.left != Some(0))?;
        if let Some(left) = &mut quirk.left {
            *left -= 1;
        }
        Some(quirk.value.clone().unwrap_or_default())
    }

    pub(super) fn latency(&self) -> Option<Duration> {
        self.take("latency").as_deref().and_then(duration)
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.take("status")?.parse().ok()
    }
}

impl Quirk {
    fn parse(text: &str, own: &[&str]) -> Result<Self, BadQuirk> {
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
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim().to_owned())),
            None => (text, None),
        };
        if !COMMON.contains(&name) && !own.contains(&name) {
            let known: Vec<&str> = COMMON.iter().chain(own).copied().collect();
            return Err(BadQuirk::Unknown {
                name: name.to_owned(),
                known: known.join(", "),
            });
        }
        let text = value.as_deref().unwrap_or_default();
        let expected = match name {
            "latency" if duration(text).is_none() => Some("a duration, such as 250ms or 2s"),
            "status"
                if !text
                    .parse()
                    .is_ok_and(|code: u16| (400..600).contains(&code)) =>
            {
                Some("an HTTP status from 400 to 599")
            }
            "drop" | "drop-after" if value.is_some() => Some("no value"),
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

impl fmt::Display for Quirks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let active = self.active.lock().unwrap_or_else(PoisonError::into_inner);
        for (rank, quirk) in active.iter().enumerate() {
            f.write_str(if rank == 0 { "" } else { ", " })?;
            f.write_str(&quirk.name)?;
            if let Some(value) = &quirk.value {
                write!(f, "={value}")?;
            }
            if let Some(left) = quirk.left {
                write!(f, " x{left}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_parsed_is_displayed_alike() {
        let texts = ["latency=250ms", "drop x1", "status=503 x3", "own=value"];
        let quirks = Quirks::parse(texts, &["own"]).unwrap();
        assert_eq!(quirks.to_string(), texts.join(", "));
    }

    #[test]
    fn each_wrong_text_is_told() {
        for (text, cause) in [
            (
                "dropp",
                "unknown quirk dropp; this sandbox knows latency, drop, drop-after, status, own",
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
                "drop xmany",
                "the quirk drop wants a number of requests behind x",
            ),
        ] {
            assert_eq!(
                Quirks::parse([text], &["own"]).unwrap_err().to_string(),
                cause
            );
        }
    }

    #[test]
    fn a_count_runs_out() {
        let quirks = Quirks::parse(["status=503 x2", "latency=1s"], &[]).unwrap();
        assert_eq!(
            [quirks.status(), quirks.status(), quirks.status()],
            [Some(503), Some(503), None]
        );
        assert_eq!(quirks.latency(), Some(Duration::from_secs(1)));
        assert_eq!(quirks.latency(), Some(Duration::from_secs(1)));
    }
}
