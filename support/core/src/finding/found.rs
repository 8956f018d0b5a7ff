//! The value that a check found.

use std::fmt;

use super::message::Lang;

/// The value that a check found, marked as personal or not.
///
/// `Debug` and `Display` never show a personal value; [`reveal`](Found::reveal) is the only way to it.
#[derive(Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Found {
    /// May be shown: codes, OIDs, element names.
    Public(String),
    /// Says something about a person: names, identifiers, birth date, address, free text.
    Personal(String),
}

impl Found {
    /// Whether the value says something about a person.
    pub const fn is_personal(&self) -> bool {
        matches!(self, Found::Personal(_))
    }

    /// The value itself, personal or not. Only for a caller that was asked to show identities.
    pub fn reveal(&self) -> &str {
        match self {
            Found::Public(value) | Found::Personal(value) => value,
        }
    }

    /// The text to show: a personal value is replaced by its length unless `show_identity`.
    pub fn text(&self, lang: Lang, show_identity: bool) -> String {
        match self {
            Found::Personal(value) if !show_identity => {
                let count = value.chars().count();
                match lang {
                    Lang::Fr => format!("*** ({count} caractères masqués)"),
                    Lang::En => format!("*** ({count} characters masked)"),
                }
            }
            Found::Public(value) | Found::Personal(value) => value.clone(),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En, false))
    }
}

impl fmt::Debug for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Found::Public(value) => f.debug_tuple("Public").field(value).finish(),
            Found::Personal(_) => f
                .debug_tuple("Personal")
                .field(&format_args!("{self}"))
                .finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_value_is_shown_only_on_request() {
        let found = Found::Personal("277010115400329".into());
        for text in [
            format!("{found}"),
            format!("{found:?}"),
            found.text(Lang::Fr, false),
        ] {
            assert!(
                !text.contains("277010115400329") && text.contains("15"),
                "{text}"
            );
        }
        assert_eq!(found.text(Lang::Fr, true), "277010115400329");
        assert_eq!(format!("{:?}", Found::Public("A".into())), "Public(\"A\")");
    }
}
