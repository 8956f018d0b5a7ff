//! From data codewords to bytes.
//!
//! Ours, because that of `datamatrix` 0.3.3 panics on some codewords that no encoder writes but a hostile symbol may hold.
//!
//! Source: ISO/IEC 16022, clause 5.2 (ASCII, C40, Text, X12, EDIFACT, Base 256). FNC1 becomes GS; macros are refused.

const SHIFT_2: &[u8] = b"!\"#$%&'()*+,-./:;<=>?@[\\]^_";
const GS: u8 = 0x1d;

/// The bytes. `None` for what no encoder writes.
pub(super) fn decoded(codewords: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(2 * codewords.len());
    let mut at = 0;
    let mut upper = 0;
    while let Some(codeword) = codewords.get(at).copied() {
        at += 1;
        match codeword {
            1..=128 => out.push(codeword - 1 + std::mem::take(&mut upper)),
            129 => break,
            130..=229 => {
                let pair = codeword - 130;
                out.extend([b'0' + pair / 10, b'0' + pair % 10]);
            }
            230 | 238 | 239 => at = triplets(codewords, at, codeword, &mut out)?,
            231 => at = base_256(codewords, at, &mut out)?,
            232 => out.push(GS),
            235 => upper = 128,
            240 => at = edifact(codewords, at, &mut out),
            // An extended channel: one to three codewords name it.
            241 => {
                at += match codewords.get(at)? {
                    ..=127 => 1,
                    ..=191 => 2,
                    _ => 3,
                }
            }
            _ => return None,
        }
    }
    Some(out)
}

/// C40 (230), X12 (238) and Text (239): three values in two codewords.
fn triplets(codewords: &[u8], mut at: usize, mode: u8, out: &mut Vec<u8>) -> Option<usize> {
    let (mut shift, mut upper) = (0, 0);
    while let Some([first, second]) = codewords.get(at..at + 2) {
        if *first == 254 {
            break;
        }
        at += 2;
        let packed = (u16::from(*first) * 256 + u16::from(*second)).checked_sub(1)?;
        for value in [packed / 1600, packed / 40 % 40, packed % 40] {
            let value = u8::try_from(value).ok().filter(|value| *value < 40)?;
            let byte = match (std::mem::take(&mut shift), value) {
                (0, 0..=2) if mode == 238 => b"\r*>"[usize::from(value)],
                (0, 0..=2) => {
                    shift = value + 1;
                    continue;
                }
                (0, 3) => b' ',
                (0, 4..=13) => b'0' + value - 4,
                (0, _) if mode == 239 => b'a' + value - 14,
                (0, _) => b'A' + value - 14,
                (1, 0..=31) => value,
                (2, 27) => GS,
                (2, 30) => {
                    upper = 128;
                    continue;
                }
                (2, _) => *SHIFT_2.get(usize::from(value))?,
                (_, 1..=26) if mode == 239 => b'A' + value - 1,
                (_, 0..=31) => 96 + value,
                _ => return None,
            };
            out.push(byte + std::mem::take(&mut upper));
        }
    }
    Some(at + usize::from(codewords.get(at) == Some(&254)))
}

/// Four values of six bits in three codewords.
fn edifact(codewords: &[u8], mut at: usize, out: &mut Vec<u8>) -> usize {
    while let Some([a, b, c]) = codewords.get(at..at + 3) {
        let packed = u32::from_be_bytes([0, *a, *b, *c]);
        for (index, used) in [1, 2, 3, 3].into_iter().enumerate() {
            let value = (packed >> (18 - 6 * index)) as u8 & 0x3f;
            if value == 31 {
                return at + used;
            }
            out.push(if value & 0x20 == 0 {
                value | 0x40
            } else {
                value
            });
        }
        at += 3;
    }
    at
}

/// A length, then bytes, all of them scrambled by their place.
fn base_256(codewords: &[u8], mut at: usize, out: &mut Vec<u8>) -> Option<usize> {
    let plain = |at: usize| {
        let scramble = (149 * (at + 1) % 255 + 1) as u8;
        codewords
            .get(at)
            .map(|codeword| codeword.wrapping_sub(scramble))
    };
    let first = usize::from(plain(at)?);
    at += 1;
    let length = match first {
        0 => codewords.len() - at,
        1..=249 => first,
        _ => {
            at += 1;
            (first - 249) * 250 + usize::from(plain(at - 1)?)
        }
    };
    for _ in 0..length {
        out.push(plain(at)?);
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use datamatrix::{DataMatrixBuilder, EncodationType};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_the_encoder_writes_is_read(
            text in "[A-Z0-9 .\u{1d}-]{1,200}|[a-zA-Z0-9!@'{}~\r*>]{1,100}", mode in 0_usize..7,
        ) {
            use EncodationType::{Ascii, Base256, C40, Edifact, Text, X12};
            let modes = [Ascii, C40, Text, X12, Edifact, Base256];
            let builder = DataMatrixBuilder::new().with_macros(false);
            let code = match modes.get(mode) {
                Some(mode) => builder.with_encodation_types(*mode | Ascii),
                None => builder,
            }
            .encode(text.as_bytes())
            .unwrap();
            prop_assert_eq!(super::decoded(code.data_codewords()).unwrap(), text.as_bytes());
        }

        #[test]
        fn any_codewords_are_decoded_or_refused(
            mode in 230_u8..=241,
            data in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0), Just(254), Just(255)], 0..300),
        ) {
            let _ = super::decoded(&[[mode].as_slice(), data.as_slice()].concat());
            let _ = super::decoded(&data);
        }
    }
}
