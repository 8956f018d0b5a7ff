//! Doubles and floats as text, and back (XPath Functions 17.1.2, XML Schema 3.2.4).

/// The canonical text of a double: decimal notation from 1e-6 to 1e6, else `d.dE±n`.
pub(crate) fn format_double(value: f64) -> String {
    if let Some(special) = special(value) {
        return special.to_owned();
    }
    let magnitude = value.abs();
    if (1e-6..1e6).contains(&magnitude) {
        return format!("{value}");
    }
    scientific(format!("{value:e}"))
}

/// The canonical text of a float.
pub(crate) fn format_float(value: f32) -> String {
    if let Some(special) = special(f64::from(value)) {
        return special.to_owned();
    }
    let magnitude = value.abs();
    if (1e-6..1e6).contains(&magnitude) {
        return format!("{value}");
    }
    scientific(format!("{value:e}"))
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "INF" } else { "-INF" })
    } else if value == 0.0 {
        Some(if value.is_sign_negative() { "-0" } else { "0" })
    } else {
        None
    }
}

/// `1.5e7` of Rust becomes `1.5E7`, `1e7` becomes `1.0E7`.
fn scientific(text: String) -> String {
    match text.split_once('e') {
        Some((mantissa, exponent)) if mantissa.contains('.') => format!("{mantissa}E{exponent}"),
        Some((mantissa, exponent)) => format!("{mantissa}.0E{exponent}"),
        None => text,
    }
}

/// Reads the lexical space of `xs:double`, white space around allowed.
pub(crate) fn parse_double(text: &str) -> Option<f64> {
    let text = trim(text);
    match text {
        "INF" | "+INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let valid =
        super::decimal::is_decimal(mantissa) && exponent.is_none_or(super::decimal::is_integer);
    if valid { text.parse().ok() } else { None }
}

/// Without the white space of XML at both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\r', '\n'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_as_text() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (100_000.0, "100000"),
            (1_000_000.0, "1.0E6"),
            (1_234_567.0, "1.234567E6"),
            (0.000_001, "0.000001"),
            (0.000_000_1, "1.0E-7"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-INF"),
        ] {
            assert_eq!(format_double(value), text);
        }
    }

    #[test]
    fn text_as_double() {
        assert_eq!(parse_double(" 1.5e2\n"), Some(150.0));
        assert_eq!(parse_double("INF"), Some(f64::INFINITY));
        assert!(parse_double("NaN").unwrap().is_nan());
        for bad in ["", "inf", "infinity", "nan", "1e", "0x1", "1_0", "e5"] {
            assert_eq!(parse_double(bad), None, "{bad}");
        }
    }
}
