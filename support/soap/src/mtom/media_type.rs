//! `Content-Type` values.

use super::MtomError;
use super::error::shown;

/// A media type with its parameters (RFC 2045, section 5.1), read tolerantly: unquoted values may hold the characters
/// that the rule wants quoted (`/ : @ = ?`), names and types compare without case.
///
/// ```
/// # use segur_soap::mtom::MediaType;
/// let media = MediaType::parse(r#"Multipart/Related; boundary="a b"; type=application/xop+xml"#)?;
/// assert_eq!(media.essence(), "multipart/related");
/// assert_eq!(media.parameter("BOUNDARY"), Some("a b"));
/// assert_eq!(media.parameter("type"), Some("application/xop+xml"));
/// # Ok::<(), segur_soap::mtom::MtomError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    essence: String,
    parameters: Vec<(String, String)>,
}

impl MediaType {
    /// Reads the value of a `Content-Type` header. Of two parameters of one name the first counts.
    ///
    /// # Errors
    /// When there is no `type/subtype`, or a quoted value does not end.
    pub fn parse(text: &str) -> Result<Self, MtomError> {
        let wrong = |expected| MtomError::MediaType {
            expected,
            got: shown(text),
        };
        let (essence, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let essence = essence.trim().to_ascii_lowercase();
        match essence.split_once('/') {
            Some((kind, sub)) if is_token(kind) && is_token(sub) => {}
            _ => return Err(wrong("type/subtype")),
        }
        let mut parameters = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ';']);
            if rest.is_empty() {
                return Ok(Self {
                    essence,
                    parameters,
                });
            }
            let (name, after) = rest.split_once('=').ok_or(wrong("name=value"))?;
            let name = name.trim().to_ascii_lowercase();
            if !is_token(&name) {
                return Err(wrong("name=value"));
            }
            let after = after.trim_start();
            let value;
            (value, rest) = match after.strip_prefix('"') {
                Some(quoted) => unquoted(quoted).ok_or(wrong("a closing quote"))?,
                None => {
                    let (value, rest) = after.split_once(';').unwrap_or((after, ""));
                    (value.trim().to_owned(), rest)
                }
            };
            parameters.push((name, value));
        }
    }

    /// `type/subtype`, lower case.
    #[must_use]
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The value of a parameter, its quotes taken off.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let mut all = self.parameters.iter();
        let found = all.find(|(own, _)| own.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }

    /// Whether the body has parts.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }
}

/// A token of RFC 2045, section 5.1.
pub(super) fn is_token(text: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?=".contains(&byte);
    !text.is_empty() && text.bytes().all(part)
}

/// The text up to the closing quote, backslashes resolved, and what follows it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, text.get(at + 1..)?)),
            '\\' => value.push(letters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_services_send_is_read() {
        let text = "multipart/related; type=\"application/xop+xml\"; start=\"<a@b>\"; boundary=uuid:1;\
             start-info=\"application/soap+xml\"; action=\"urn:x \\\"y\\\"\"";
        let media = MediaType::parse(text).unwrap();
        assert_eq!(media.parameter("boundary"), Some("uuid:1"));
        assert_eq!(media.parameter("start"), Some("<a@b>"));
        assert_eq!(media.parameter("action"), Some("urn:x \"y\""));
        assert!(media.is_multipart());
        let plain = MediaType::parse("application/soap+xml;charset=UTF-8; ").unwrap();
        assert_eq!(
            (plain.essence(), plain.parameter("charset")),
            ("application/soap+xml", Some("UTF-8"))
        );
    }

    #[test]
    fn what_is_no_media_type_is_refused() {
        for text in [
            "",
            "multipart",
            "a/b/c",
            "a/b; boundary",
            "a/b; c=\"d",
            "a/b; =d",
        ] {
            assert!(MediaType::parse(text).is_err(), "{text}");
        }
    }
}
