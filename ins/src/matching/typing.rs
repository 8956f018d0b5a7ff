//! Slips of the keyboard.

/// Whether one letter was added, lost or replaced, or two neighbours changed places. Short names are left alone: LEA and LIA are two
/// names.
pub(super) fn one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().min(b.len()) < 4 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let (a, b) = strip(a, b);
    match (a, b) {
        ([_], [] | [_]) | ([], [_]) => true,
        ([a0, a1], [b0, b1]) => a0 == b1 && a1 == b0,
        _ => false,
    }
}

/// What is left without the common beginning and the common end.
fn strip<'a>(a: &'a [u8], b: &'a [u8]) -> (&'a [u8], &'a [u8]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev());
    let end = end.take_while(|(x, y)| x == y).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::one_slip;

    #[test]
    fn one_letter_and_no_more() {
        for (a, b) in [
            ("MARTIN", "MARTINE"),
            ("MARTIN", "MATIN"),
            ("MARTIN", "MARTEN"),
            ("MARTIN", "MATRIN"),
            ("ANNA", "ANNNA"),
        ] {
            assert!(one_slip(a, b) && one_slip(b, a), "{a} {b}");
        }
        for (a, b) in [
            ("MARTIN", "MARTIN"),
            ("MARTIN", "MURTEN"),
            ("MARTIN", "NITRAM"),
            ("LEA", "LIA"),
            ("MARTIN", "MARTINOT"),
            ("", ""),
        ] {
            assert!(!one_slip(a, b), "{a} {b}");
        }
    }
}
