//! Texts in French and English.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Language of the texts shown to a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// The ISO 639-1 code: `fr` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A language other than `fr` and `en`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there are no texts in this language; fr or en is expected")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        match code {
            "fr" => Ok(Lang::Fr),
            "en" => Ok(Lang::En),
            _ => Err(UnknownLang),
        }
    }
}

/// One text in French and English.
///
/// A message never quotes a value of the patient: such a value goes into [`Found::Personal`](crate::Found::Personal).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The French text.
    pub fr: Cow<'static, str>,
    /// The English text.
    pub en: Cow<'static, str>,
}

impl Message {
    /// A text given in both languages.
    pub fn new(fr: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Message {
            fr: fr.into(),
            en: en.into(),
        }
    }

    /// The same as [`new`](Message::new) for fixed texts; usable in a `static` table.
    pub const fn fixed(fr: &'static str, en: &'static str) -> Self {
        Message {
            fr: Cow::Borrowed(fr),
            en: Cow::Borrowed(en),
        }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}
