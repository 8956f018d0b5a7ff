//! Parameters of addresses and forms (`application/x-www-form-urlencoded`).

use std::collections::HashMap;
use std::fmt::Write as _;

/// Reads parameters; of those of the same name the last one counts. What is not UTF-8 is replaced.
pub(super) fn read(text: &[u8]) -> HashMap<String, String> {
    let pairs = text
        .split(|byte| *byte == b'&')
        .filter(|one| !one.is_empty());
    pairs
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut half = || decoded(halves.next().unwrap_or_default());
            (half(), half())
        })
        .collect()
}

/// An address with parameters.
pub(super) fn address<'a>(
    path: &str,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut address = path.to_owned();
    let mut before = '?';
    for (name, value) in parameters {
        // Writing to a string does not fail.
        let _ = write!(address, "{before}{}={}", written(name), written(value));
        before = '&';
    }
    address
}

/// A value as it stands in an address.
fn written(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => {
                // Writing to a string does not fail.
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

fn decoded(text: &[u8]) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => match (digit(text.get(at)), digit(text.get(at + 1))) {
                (Some(high), Some(low)) => {
                    bytes.extend(u8::try_from(high * 16 + low));
                    at += 2;
                }
                _ => bytes.push(b'%'),
            },
            other => bytes.push(*other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back() {
        for value in ["urn:uuid:1", "a b+c%d&e=f", "é\n\"'<", "%", "%4", "%zz"] {
            let text = format!("id={}&x", written(value));
            let read = read(text.as_bytes());
            assert_eq!(read.get("id").map(String::as_str), Some(value));
            assert_eq!(read.get("x").map(String::as_str), Some(""));
        }
        let read = read(b"a=1+2&a=%2B%zz%c3%a9%ff&&=");
        assert_eq!(read.get("a").map(String::as_str), Some("+%zzé\u{fffd}"));
    }
}
