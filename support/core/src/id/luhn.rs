//! The Luhn check of RPPS, FINESS, SIREN and SIRET numbers.

/// Whether digits pass the Luhn check: from the right, every second digit doubled (less 9 above 9), the sum a multiple
/// of 10. `false` when a character is no digit.
pub(crate) fn luhn(digits: &str) -> bool {
    let mut sum = 0u32;
    for (index, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        sum += match (index % 2, digit * 2) {
            (0, _) => digit,
            (_, double) if double > 9 => double - 9,
            (_, double) => double,
        };
    }
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::luhn;

    #[test]
    fn known_numbers() {
        for good in ["73282932000074", "10000001916", "590064036", "0", ""] {
            assert!(luhn(good), "{good}");
        }
        for bad in ["73282932000075", "10003461033", "1", "2A"] {
            assert!(!luhn(bad), "{bad}");
        }
    }
}
