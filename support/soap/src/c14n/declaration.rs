//! The XML declaration, of which the encoding counts.

use super::chars::spaces;

/// The encoding that a declaration names, `<?xml` and `?>` not included; the error when it is none. Source: XML 1.0, productions
/// \[23\] to \[26\], \[32\], \[80\], \[81\].
pub(super) fn encoding(inside: &[u8]) -> Result<Option<String>, Malformed> {
    let mut rest = inside;
    let version = pseudo(&mut rest, b"version")?.ok_or(Malformed)?;
    // Any 1.x is read by the rules of 1.0 (section 2.8).
    let minor = version.strip_prefix(b"1.").ok_or(Malformed)?;
    if minor.is_empty() || !minor.iter().all(u8::is_ascii_digit) {
        return Err(Malformed);
    }
    let encoding = pseudo(&mut rest, b"encoding")?;
    let encoding = encoding.map(name).transpose()?;
    let standalone = pseudo(&mut rest, b"standalone")?;
    if !matches!(standalone, None | Some(b"yes" | b"no")) || spaces(rest) != rest.len() {
        return Err(Malformed);
    }
    Ok(encoding)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

fn name(bytes: &[u8]) -> Result<String, Malformed> {
    let good = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    let is_name = bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.iter().all(good);
    let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
    if is_name {
        Ok(text.to_owned())
    } else {
        Err(Malformed)
    }
}

/// `S name S? = S? "value"`: the value, or nothing when another name is there.
fn pseudo<'a>(rest: &mut &'a [u8], name: &[u8]) -> Result<Option<&'a [u8]>, Malformed> {
    let space = spaces(rest);
    let Some(after) = rest[space..].strip_prefix(name) else {
        return Ok(None);
    };
    if space == 0 {
        return Err(Malformed);
    }
    let after = after[spaces(after)..].strip_prefix(b"=").ok_or(Malformed)?;
    let (&mark, after) = after[spaces(after)..].split_first().ok_or(Malformed)?;
    if !matches!(mark, b'"' | b'\'') {
        return Err(Malformed);
    }
    let end = after
        .iter()
        .position(|&byte| byte == mark)
        .ok_or(Malformed)?;
    *rest = &after[end + 1..];
    Ok(Some(&after[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let read = |inside: &str| encoding(inside.as_bytes());
        assert_eq!(read(" version='1.0'"), Ok(None));
        let all = " version = \"1.1\"\nencoding='latin1' standalone='no' ";
        assert_eq!(read(all), Ok(Some("latin1".to_owned())));
        for bad in [
            "",
            " ",
            "version='1.0'",
            " version='2.0'",
            " version='1.'",
            " version='1.0'encoding='UTF-8'",
            " version='1.0' encoding=''",
            " version='1.0' encoding='8'",
            " version='1.0' standalone='maybe'",
            " version='1.0' standalone='yes' encoding='UTF-8'",
            " version='1.0' other='1'",
            " version='1.0\"",
        ] {
            assert_eq!(read(bad), Err(Malformed), "{bad}");
        }
    }
}
