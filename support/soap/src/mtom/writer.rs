//! Writing a multipart/related body: the lines around the parts.

use super::MtomError;
use super::error::shown;

/// A part beside the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attachment<'a> {
    /// Content-ID without angle brackets, as [`super::reference`] takes it. Written as it is.
    pub content_id: &'a str,
    /// Value of the part's `Content-Type`.
    pub media_type: &'a str,
}

/// Writes a body: [`Writer::root`], then for each part [`Writer::head`] and its bytes, then [`Writer::end`].
/// Parts are sent as they are (`Content-Transfer-Encoding: binary`).
#[derive(Debug, Clone)]
pub struct Writer {
    boundary: String,
    action: String,
}

impl Writer {
    /// `boundary` separates the parts and must stand in none of them: take 128 random bits or more (1 to 60 letters,
    /// digits and `-._`). `action` is the SOAP action.
    ///
    /// # Errors
    /// When the boundary or the action has other characters than these lines may hold.
    pub fn new(boundary: &str, action: &str) -> Result<Self, MtomError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        if !(1..=60).contains(&boundary.len()) || !boundary.bytes().all(plain) {
            return Err(unwritable("boundary", boundary));
        }
        checked("action", action)?;
        Ok(Self {
            boundary: boundary.to_owned(),
            action: action.to_owned(),
        })
    }

    fn root_id(&self) -> String {
        format!("root.{}@segur", self.boundary)
    }

    /// Value of the HTTP header `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> String {
        format!(
            "multipart/related; boundary=\"{}\"; type=\"application/xop+xml\"; start=\"<{}>\"; \
             start-info=\"application/soap+xml\"; action=\"{}\"",
            self.boundary,
            self.root_id(),
            self.action
        )
    }

    /// The root part with the envelope.
    #[must_use]
    pub fn root(&self, envelope: &[u8]) -> Vec<u8> {
        let head = format!(
            "--{}\r\nContent-Type: application/xop+xml; charset=UTF-8; type=\"application/soap+xml\"\r\n\
             Content-Transfer-Encoding: binary\r\nContent-ID: <{}>\r\n\r\n",
            self.boundary,
            self.root_id()
        );
        let mut out = head.into_bytes();
        out.extend_from_slice(envelope);
        out
    }

    /// What stands before the bytes of a part. An attachment that [`Writer::check`] refuses must not be written.
    #[must_use]
    pub fn head(&self, attachment: &Attachment<'_>) -> Vec<u8> {
        format!(
            "\r\n--{}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{}>\r\n\r\n",
            self.boundary, attachment.media_type, attachment.content_id
        )
        .into_bytes()
    }

    /// Whether the texts of an attachment fit into header lines.
    ///
    /// # Errors
    /// When one has control characters, or the Content-ID angle brackets or spaces.
    pub fn check(attachment: &Attachment<'_>) -> Result<(), MtomError> {
        let id = attachment.content_id;
        if id.is_empty() || id.contains(['<', '>', ' ']) {
            return Err(unwritable("Content-ID", id));
        }
        checked("Content-ID", id)?;
        if attachment
            .media_type
            .bytes()
            .any(|byte| byte < b' ' || byte == 0x7f)
        {
            return Err(unwritable("Content-Type", attachment.media_type));
        }
        Ok(())
    }

    /// What stands after the last part.
    #[must_use]
    pub fn end(&self) -> Vec<u8> {
        format!("\r\n--{}--\r\n", self.boundary).into_bytes()
    }

    /// Length of the whole body, for `Content-Length`; none when it does not fit.
    #[must_use]
    pub fn length(&self, envelope: &[u8], parts: &[(Attachment<'_>, u64)]) -> Option<u64> {
        let fixed = self.root(&[]).len() + envelope.len() + self.end().len();
        let mut total = u64::try_from(fixed).ok()?;
        for (attachment, size) in parts {
            let head = u64::try_from(self.head(attachment).len()).ok()?;
            total = total.checked_add(head)?.checked_add(*size)?;
        }
        Some(total)
    }
}

/// Refuses what would end a quoted value or a line.
fn checked(what: &'static str, text: &str) -> Result<(), MtomError> {
    let bad =
        |letter: char| letter.is_control() || letter == '"' || letter == '\\' || !letter.is_ascii();
    if text.contains(bad) {
        return Err(unwritable(what, text));
    }
    Ok(())
}

fn unwritable(what: &'static str, text: &str) -> MtomError {
    MtomError::Unwritable {
        what,
        got: shown(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_that_of_the_body() {
        let writer = Writer::new("b1", "urn:a").unwrap();
        let attachment = Attachment {
            content_id: "1@x",
            media_type: "text/xml",
        };
        let mut body = writer.root(b"<e/>");
        body.extend(writer.head(&attachment));
        body.extend(b"12345");
        body.extend(writer.end());
        assert_eq!(
            writer.length(b"<e/>", &[(attachment, 5)]),
            u64::try_from(body.len()).ok()
        );
    }

    #[test]
    fn what_would_break_a_line_is_refused() {
        assert!(Writer::new("", "a").is_err());
        assert!(Writer::new("a\"b", "a").is_err());
        assert!(Writer::new("ab", "a\r\nX: y").is_err());
        for (content_id, media_type) in [
            ("a>b", "text/xml"),
            ("", "text/xml"),
            ("a", "text/xml\r\nX: y"),
        ] {
            let attachment = Attachment {
                content_id,
                media_type,
            };
            assert!(
                Writer::check(&attachment).is_err(),
                "{content_id} {media_type}"
            );
        }
    }
}
