//! Five characters of INSEE as a number, so that tables sort and compress.

use segur_core::CodeCommune;

/// A COG code in the order of the tables: `2A` and `2B` sort after `95`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Code(pub(super) u32);

const CORSICA_A: u32 = 100_000;
const CORSICA_B: u32 = 101_000;

impl Code {
    /// Five digits, or `2A`/`2B` and three digits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() != 5 || !text.is_ascii() {
            return None;
        }
        let (department, rest) = text.split_at(2);
        let base = match department {
            "2A" | "2a" => CORSICA_A,
            "2B" | "2b" => CORSICA_B,
            digits => number(digits)? * 1000,
        };
        Some(Self(base + number(rest)?))
    }

    pub(super) fn to_text(self) -> [u8; 5] {
        let (head, tail) = (self.0 / 1000, self.0 % 1000);
        let digit = |n: u32| b'0' + u8::try_from(n % 10).unwrap_or(0);
        let (first, second) = match head {
            100 => (b'2', b'A'),
            101 => (b'2', b'B'),
            n => (digit(n / 10), digit(n)),
        };
        [
            first,
            second,
            digit(tail / 100),
            digit(tail / 10),
            digit(tail),
        ]
    }

    /// As the identifier type of the workspace; `None` when a damaged table holds no real code.
    pub(super) fn to_commune(self) -> Option<CodeCommune> {
        CodeCommune::read(std::str::from_utf8(&self.to_text()).ok()?).ok()
    }

    /// Length of the département in the code: three characters overseas, two elsewhere.
    pub(super) fn department_len(self) -> usize {
        if (97_000..99_000).contains(&self.0) {
            3
        } else {
            2
        }
    }
}

fn number(digits: &str) -> Option<u32> {
    digits
        .bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_number_are_one() {
        for text in [
            "01001", "2A004", "2B020", "97411", "98818", "75056", "99352",
        ] {
            assert_eq!(&Code::parse(text).unwrap().to_text(), text.as_bytes());
        }
        for wrong in ["", "1001", "2C001", "2AB01", "7505é", "+1234", "1-234"] {
            assert_eq!(Code::parse(wrong), None, "{wrong}");
        }
    }
}
