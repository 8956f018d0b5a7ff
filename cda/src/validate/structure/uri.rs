//! `xs:anyURI` as the reference schema processor of the official rules takes it: RFC 2396 with relative references,
//! after the characters that a URI may not hold have been escaped (so that a space is no mistake).

/// Characters escaped before the check; all others outside ASCII are escaped too.
fn is_escaped(byte: u8) -> bool {
    byte <= b' ' || byte >= 0x7f || b"<>\"{}|\\^`".contains(&byte)
}

fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.!~*'()".contains(&byte) || is_escaped(byte)
}

fn is_path(byte: u8) -> bool {
    is_unreserved(byte) || b"/;:@&=+$,".contains(&byte)
}

fn is_uric(byte: u8) -> bool {
    is_path(byte) || b"?[]".contains(&byte)
}

/// Whether all bytes are allowed and each `%` begins an escape.
fn scan(text: &[u8], allowed: fn(u8) -> bool) -> bool {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'%' {
            let escape = text.get(at + 1..at + 3);
            if !escape.is_some_and(|e| e.iter().all(u8::is_ascii_hexdigit)) {
                return false;
            }
            at += 3;
        } else if allowed(byte) {
            at += 1;
        } else {
            return false;
        }
    }
    true
}

fn is_scheme(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b))
}

pub(super) fn is_any_uri(value: &str) -> bool {
    let value = value.as_bytes();
    if value.is_empty() {
        return true;
    }
    let mut rest = value;
    let mut has_scheme = false;
    let first = value.iter().position(|b| b":/?#".contains(b));
    if let Some(at) = first.filter(|&at| value.get(at) == Some(&b':')) {
        let (scheme, tail) = value.split_at(at);
        let tail = tail.get(1..).unwrap_or_default();
        if !is_scheme(scheme) || tail.is_empty() || tail.first() == Some(&b'#') {
            return false;
        }
        has_scheme = true;
        rest = tail;
    }
    if rest == b"//" {
        return false;
    }
    let (rest, fragment) = cut(rest, b'#');
    let (path, query) = cut(rest, b'?');
    let opaque = has_scheme && path.first() != Some(&b'/');
    let path_fits = match path.strip_prefix(b"//") {
        _ if opaque => scan(path, is_uric),
        Some(net) => {
            let end = net.iter().position(|&b| b == b'/').unwrap_or(net.len());
            let (authority, after) = net.split_at(end);
            scan(after, is_path) && (scan(authority, is_path) || has_ipv6_host(authority))
        }
        None => scan(path, is_path),
    };
    path_fits && query.is_none_or(|q| scan(q, is_uric)) && fragment.is_none_or(|f| scan(f, is_uric))
}

fn cut(text: &[u8], at: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|&b| b == at) {
        Some(place) => (text.get(..place).unwrap_or_default(), text.get(place + 1..)),
        None => (text, None),
    }
}

/// `[user@][address][:port]` with a numeric address in brackets.
fn has_ipv6_host(authority: &[u8]) -> bool {
    let Ok(authority) = std::str::from_utf8(authority) else {
        return false;
    };
    let (user, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let Some((address, port)) = host.strip_prefix('[').and_then(|h| h.split_once(']')) else {
        return false;
    };
    let port_fits = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()),
        None => port.is_empty(),
    };
    address.parse::<std::net::Ipv6Addr>().is_ok() && port_fits && scan(user.as_bytes(), is_path)
}

#[cfg(test)]
mod tests {
    use super::is_any_uri;

    #[test]
    fn accepts_what_the_reference_accepts() {
        for good in [
            "",
            "tel:+33147150000",
            "tel:01 47 15 00 00",
            "mailto:a@b.fr",
            "#section-1",
            "0147150000",
            "http://[::1]:80/x?y#z",
            "a/b:c",
            "é",
            "fax:a[1]",
        ] {
            assert!(is_any_uri(good), "{good}");
        }
        for bad in [
            "tel:",
            "http://",
            ":a",
            "1a:b",
            "tel:#x",
            "%zz",
            "#a#b",
            "a[1]",
            "http://[::1",
            "01:02",
        ] {
            assert!(!is_any_uri(bad), "{bad}");
        }
    }
}
