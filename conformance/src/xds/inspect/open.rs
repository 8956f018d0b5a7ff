//! From the bytes that somebody saved to an envelope and its parts.

use segur_soap::mtom::{MediaType, Message, Part, ReadLimits};

use crate::xds::french;

/// Largest head of HTTP that is read.
const MAX_HEAD: usize = 64 << 10;

/// A saved message, its parts apart.
pub(super) struct Opened {
    /// How it was saved.
    pub(super) form: Form,
    /// Status of an answer that was saved with its headers.
    pub(super) status: Option<u16>,
    pub(super) root: Vec<u8>,
    pub(super) parts: Vec<Part>,
}

/// How a message was saved.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// With HTTP headers, several parts.
    HttpMultipart,
    /// With HTTP headers, XML.
    Http,
    /// Several parts, without the header that announces them.
    Multipart,
    /// XML.
    Xml,
}

impl Form {
    pub(super) const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::HttpMultipart => ("HTTP, multipart", "HTTP, multipart"),
            Self::Http => ("HTTP, XML", "HTTP, XML"),
            Self::Multipart => (
                "multipart sans ses en-têtes HTTP",
                "multipart without its HTTP headers",
            ),
            Self::Xml => ("XML", "XML"),
        }
    }

    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::HttpMultipart => "http-multipart",
            Self::Http => "http",
            Self::Multipart => "multipart",
            Self::Xml => "xml",
        }
    }
}

/// Why it is none: French, English.
pub(super) type Wrong = (String, String);

fn wrong(fr: &str, en: &str) -> Wrong {
    (fr.to_owned(), en.to_owned())
}

/// Opens what was saved.
pub(super) fn open(bytes: &[u8]) -> Result<Opened, Wrong> {
    let start = start_of(bytes);
    match start {
        [] => Err(wrong("le fichier est vide", "the file is empty")),
        // A byte order mark of UTF-16 opens nothing but XML.
        [b'<' | 0xfe | 0xff, ..] => Ok(xml(bytes)),
        [b'-', b'-', ..] => multipart(&announced(start)?, start, Form::Multipart, None),
        _ => http(start),
    }
}

/// Without byte order mark and white space before.
fn start_of(bytes: &[u8]) -> &[u8] {
    bytes
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(bytes)
        .trim_ascii_start()
}

fn xml(bytes: &[u8]) -> Opened {
    Opened {
        form: Form::Xml,
        status: None,
        root: bytes.to_vec(),
        parts: Vec::new(),
    }
}

/// The header that a body without one must have had.
fn announced(body: &[u8]) -> Result<String, Wrong> {
    let line = body.split(|b| *b == b'\n').next().unwrap_or_default();
    let line = line.get(2..).unwrap_or_default().trim_ascii_end();
    let boundary = str::from_utf8(line).unwrap_or_default();
    let boundary = boundary.replace('\\', "\\\\").replace('"', "\\\"");
    match boundary.is_empty() {
        true => Err(wrong(
            "aucun boundary sur la première ligne",
            "no boundary in the first line",
        )),
        false => Ok(format!("multipart/related; boundary=\"{boundary}\"")),
    }
}

fn multipart(
    content_type: &str,
    body: &[u8],
    form: Form,
    status: Option<u16>,
) -> Result<Opened, Wrong> {
    let media = MediaType::parse(content_type).map_err(|error| french::parts(&error))?;
    let message = Message::read(&media, body, ReadLimits::default())
        .map_err(|error| french::parts(&error))?;
    Ok(Opened {
        form,
        status,
        root: message.root,
        parts: message.parts,
    })
}

/// A message with its headers, first line or not.
fn http(bytes: &[u8]) -> Result<Opened, Wrong> {
    let not = || {
        wrong(
            "ni XML, ni multipart, ni message HTTP",
            "neither XML, nor multipart, nor a message of HTTP",
        )
    };
    let window = bytes.get(..MAX_HEAD).unwrap_or(bytes);
    let (end, after) = head_end(window).ok_or_else(not)?;
    let head = str::from_utf8(window.get(..end).unwrap_or_default()).map_err(|_| not())?;
    let body = bytes.get(after..).unwrap_or_default();
    let mut status = None;
    let mut headers: Vec<(String, String)> = Vec::new();
    for (at, line) in head.lines().enumerate() {
        if at == 0 && line.starts_with("HTTP/") {
            status = line
                .split_whitespace()
                .nth(1)
                .and_then(|text| text.parse().ok());
            continue;
        }
        if at == 0 && line.contains(" HTTP/") {
            continue;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let (name, value) = line.split_once(':').ok_or_else(not)?;
        headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
    }
    let header = |name: &str| {
        headers
            .iter()
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    };
    let coded =
        header("content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"));
    if coded {
        return Err(wrong(
            "le corps est compressé (Content-Encoding) : l'enregistrer décompressé",
            "the body is compressed (Content-Encoding): save it decompressed",
        ));
    }
    let chunked =
        header("transfer-encoding").is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"));
    let joined = if chunked { unchunked(body) } else { None };
    let body = joined.as_deref().unwrap_or(body);
    let announced_parts = header("content-type").filter(|text| {
        text.trim_start()
            .get(..10)
            .is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
    });
    if let Some(content_type) = announced_parts {
        return multipart(content_type, body, Form::HttpMultipart, status);
    }
    let start = start_of(body);
    if start.starts_with(b"--") {
        return multipart(&announced(start)?, start, Form::HttpMultipart, status);
    }
    Ok(Opened {
        form: Form::Http,
        status,
        root: body.to_vec(),
        parts: Vec::new(),
    })
}

/// Where the head ends and the body begins.
fn head_end(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut at = 0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if matches!(line, b"\n" | b"\r\n") {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The body of `Transfer-Encoding: chunked`, when it is still cut; some tools save it joined.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(1_024).position(|b| *b == b'\n')?;
        let line = str::from_utf8(rest.get(..end)?).ok()?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let length = usize::from_str_radix(digits, 16).ok()?;
        rest = rest.get(end + 1..)?;
        if length == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..length)?);
        rest = rest.get(length..)?;
        rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(unchunked(b"4\r\n<a/>\r\n0\r\n\r\n").unwrap(), b"<a/>");
        for cut in [
            "4\r\n<a",
            "zz\r\n",
            "",
            "ffffffffffffffff\r\nx",
            "4\r\n<a/>x",
        ] {
            assert_eq!(unchunked(cut.as_bytes()), None, "{cut}");
        }
    }

    #[test]
    fn heads_are_told_from_bodies() {
        let told = |bytes: &[u8]| open(bytes).map(|one| (one.form.id(), one.status, one.root));
        assert_eq!(
            told(b"HTTP/1.1 500 Oops\r\nContent-Type: application/soap+xml\r\n\r\n<a/>").unwrap(),
            ("http", Some(500), b"<a/>".to_vec())
        );
        assert_eq!(told(b"  <a/>").unwrap().0, "xml");
        let parts = b"--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--b--\r\n";
        assert_eq!(told(parts).unwrap(), ("multipart", None, b"<a/>".to_vec()));
        let folded = [
            b"Content-Type: multipart/related;\r\n boundary=b\r\n\r\n".as_slice(),
            parts,
        ]
        .concat();
        assert_eq!(told(&folded).unwrap().0, "http-multipart");
        for bad in [
            b"".as_slice(),
            b"hello",
            b"hello\r\n\r\n<a/>",
            b"--\r\n",
            b"--b\r\nContent-Type: text/xml\r\n\r\n<a/>",
            b"Content-Encoding: gzip\r\n\r\nx",
            b"Content-Type: multipart/related\r\n\r\nx",
            b"\xc3\x28: x\r\n\r\n",
        ] {
            assert!(told(bad).is_err(), "{}", String::from_utf8_lossy(bad));
        }
    }
}
