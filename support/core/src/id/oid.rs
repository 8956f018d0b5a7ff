//! Object identifiers.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use super::{IdError, IdKind};

/// An object identifier in dotted form: `1.2.250.1.213.1.4.8`.
///
/// The first arc is 0, 1 or 2; below 0 and 1 the second is at most 39; no arc has a leading zero; there are at least
/// two. Source: Rec. ITU-T X.660. Arcs may be of any size.
///
/// ```
/// use segur_core::Oid;
///
/// let oid: Oid = "urn:oid:1.2.250.1.213.1.4.8".parse()?;
/// assert_eq!(oid, "1.2.250.1.213.1.4.8");
/// assert!(oid.is_under("1.2.250.1.213"));
/// assert_eq!(oid.urn(), "urn:oid:1.2.250.1.213.1.4.8");
/// assert!("1.2..3".parse::<Oid>().is_err());
/// # Ok::<(), segur_core::IdError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oid(Cow<'static, str>);

/// Object identifiers that several crates name.
pub mod known_oids {
    /// INS-NIR, production.
    pub const INS_NIR: &str = "1.2.250.1.213.1.4.8";
    /// INS-NIA, production.
    pub const INS_NIA: &str = "1.2.250.1.213.1.4.9";
    /// INS-NIR of test identities.
    pub const INS_NIR_TEST: &str = "1.2.250.1.213.1.4.10";
    /// INS-NIR of demonstration identities.
    pub const INS_NIR_DEMO: &str = "1.2.250.1.213.1.4.11";
    /// The former calculated INS (INS-C).
    pub const INS_C: &str = "1.2.250.1.213.1.4.2";
    /// NIR used as social security number, for billing. Not an INS.
    pub const BILLING_NIR: &str = "1.2.250.1.213.1.4.13";
    /// NIA used as social security number, for billing. Not an INS.
    pub const BILLING_NIA: &str = "1.2.250.1.213.1.4.14";
    /// National identifiers of professionals (IDNPS).
    pub const PROFESSIONALS: &str = "1.2.250.1.71.4.2.1";
    /// National identifiers of structures (IDNST).
    pub const STRUCTURES: &str = "1.2.250.1.71.4.2.2";
}

impl Oid {
    /// One of the constants of this crate.
    pub(crate) const fn known(oid: &'static str) -> Self {
        Oid(Cow::Borrowed(oid))
    }

    /// Reads a dotted OID, with or without `urn:oid:` before it.
    ///
    /// # Errors
    /// It is not a dotted OID.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let text = text.strip_prefix("urn:oid:").unwrap_or(text);
        if is_oid(text) {
            Ok(Oid(Cow::Owned(text.to_owned())))
        } else {
            Err(IdError::Shape {
                kind: IdKind::Oid,
                expected: "numbers without leading zeros, separated by dots, the first 0, 1 or 2",
            })
        }
    }

    /// The dotted form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The arcs, as text.
    pub fn arcs(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('.')
    }

    /// Whether it is `root` or one of its descendants.
    pub fn is_under(&self, root: &str) -> bool {
        self.0
            .strip_prefix(root)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// The form used where a URI is expected: `urn:oid:` and the dotted form.
    pub fn urn(&self) -> String {
        format!("urn:oid:{}", self.0)
    }
}

impl FromStr for Oid {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Oid::parse(text)
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oid({})", self.0)
    }
}

impl PartialEq<str> for Oid {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Oid {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Oid {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Oid {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        Oid::parse(&text).map_err(serde::de::Error::custom)
    }
}

fn is_oid(text: &str) -> bool {
    let mut arcs = text.split('.');
    let (Some(first), Some(second)) = (arcs.next(), arcs.next()) else {
        return false;
    };
    let is_number = |arc: &str| {
        !arc.is_empty()
            && arc.bytes().all(|byte| byte.is_ascii_digit())
            && (arc == "0" || !arc.starts_with('0'))
    };
    let second_fits = match first {
        "0" | "1" => second.len() <= 2 && second < "40" || second.len() == 1,
        "2" => true,
        _ => false,
    };
    second_fits && is_number(second) && arcs.all(is_number)
}
