//! What is wrong with a multipart body.

/// A body that is no well-formed multipart/related, or larger than the limits allow. Offsets are in bytes from the
/// start of the body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MtomError {
    /// A `Content-Type` is not `type/subtype; name=value; ...`.
    #[error("content type not understood: expected {expected}, got {got:?}")]
    MediaType {
        /// What should stand there.
        expected: &'static str,
        /// What stands there, cut at 120 characters.
        got: String,
    },
    /// `multipart/related` without a `boundary`, or with one of a wrong form (RFC 2046: 1 to 70 characters of a
    /// closed list, not ending with a space).
    #[error("boundary of the multipart: expected 1 to 70 characters of RFC 2046, got {got:?}")]
    Boundary {
        /// What stands there, cut at 120 characters.
        got: String,
    },
    /// The body ended before any boundary.
    #[error("no line --{boundary} in the body of {length} bytes")]
    NoBoundary {
        /// The boundary that the content type announced.
        boundary: String,
        /// How many bytes there were.
        length: u64,
    },
    /// The body ended inside a part: the closing line never came.
    #[error(
        "the body ends at byte {offset} inside part {part}: the closing --{boundary}-- is missing"
    )]
    Truncated {
        /// Where the body ended.
        offset: u64,
        /// The part, counted from 0.
        part: usize,
        /// The boundary that the content type announced.
        boundary: String,
    },
    /// A header line of a part has no name before a colon. The line is not told: where the blank line after the headers is missing, it is
    /// the content of the part.
    #[error(
        "header of part {part} before byte {offset}: line {line} is not `Name: value`; look for the blank line that ends the headers"
    )]
    Header {
        /// The part, counted from 0.
        part: usize,
        /// Where the header block ends.
        offset: u64,
        /// The line within the headers, counted from 1.
        line: usize,
    },
    /// A transfer encoding that is none of 7bit, 8bit, binary, base64, quoted-printable.
    #[error(
        "transfer encoding of part {part}: expected binary, 8bit, 7bit, base64 or quoted-printable, got {got:?}"
    )]
    Encoding {
        /// The part, counted from 0.
        part: usize,
        /// What stands there, cut at 120 characters.
        got: String,
    },
    /// The bytes of a part are not of the encoding that its header announces.
    #[error("part {part} is not {encoding} near byte {offset}: {cause}")]
    Content {
        /// The part, counted from 0.
        part: usize,
        /// Near which byte of the body.
        offset: u64,
        /// `base64` or `quoted-printable`.
        encoding: &'static str,
        /// What is wrong.
        cause: &'static str,
    },
    /// No part is the one that `start` names.
    #[error("no part has the Content-ID that start names: {start:?}")]
    NoRoot {
        /// The value of `start`, cut at 120 characters.
        start: String,
    },
    /// A count or a size passes its limit.
    #[error("{what} passes the limit of {limit}")]
    Limit {
        /// What is counted.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A reference that is no `cid:` URL, or whose percent signs do not decode.
    #[error("reference to a part: expected cid: and a percent-encoded Content-ID, got {got:?}")]
    Reference {
        /// What stands there, cut at 120 characters.
        got: String,
    },
    /// A text that would break the line it is written to (control characters, quotes, angle brackets).
    #[error("{what} cannot be written: {got:?}")]
    Unwritable {
        /// Which text.
        what: &'static str,
        /// The text, cut at 120 characters.
        got: String,
    },
}

/// What an error text shows of a foreign text.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(120).collect()
}
