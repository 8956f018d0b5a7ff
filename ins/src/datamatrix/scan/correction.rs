//! Error correction of the codewords: Reed-Solomon over GF(256).
//!
//! Ours, because that of `datamatrix` 0.3.3 panics on some codewords with more errors than it can correct (index out of
//! bounds in `syndrome_based.rs`), which photos bring.
//!
//! Source: ISO/IEC 16022, ECC 200: table 7 (codewords of each symbol), annex E (polynomial, roots from the first power on).

/// x^8 + x^5 + x^3 + x^2 + 1.
const POLYNOMIAL: u16 = 0x12d;

/// Powers of the generator twice over, and logarithms.
const TABLES: ([u8; 510], [u8; 256]) = {
    let (mut powers, mut logs) = ([0; 510], [0; 256]);
    let (mut value, mut exponent) = (1_u16, 0);
    while exponent < 255 {
        powers[exponent] = value as u8;
        powers[exponent + 255] = value as u8;
        logs[value as usize] = exponent as u8;
        value <<= 1;
        if value > 255 {
            value ^= POLYNOMIAL;
        }
        exponent += 1;
    }
    (powers, logs)
};

fn power(exponent: usize) -> u8 {
    TABLES.0[exponent % 255]
}

fn log(value: u8) -> usize {
    usize::from(TABLES.1[usize::from(value)])
}

fn times(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 {
        0
    } else {
        TABLES.0[log(a) + log(b)]
    }
}

/// `b` is not zero.
fn divided(a: u8, b: u8) -> u8 {
    if a == 0 {
        0
    } else {
        TABLES.0[log(a) + 255 - log(b)]
    }
}

/// Data codewords, blocks, and check codewords of a block, of a square symbol with this side.
const fn layout(side: usize) -> Option<(usize, usize, usize)> {
    Some(match side {
        10 => (3, 1, 5),
        12 => (5, 1, 7),
        14 => (8, 1, 10),
        16 => (12, 1, 12),
        18 => (18, 1, 14),
        20 => (22, 1, 18),
        22 => (30, 1, 20),
        24 => (36, 1, 24),
        26 => (44, 1, 28),
        32 => (62, 1, 36),
        36 => (86, 1, 42),
        40 => (114, 1, 48),
        44 => (144, 1, 56),
        48 => (174, 1, 68),
        52 => (204, 2, 42),
        64 => (280, 2, 56),
        72 => (368, 4, 36),
        80 => (456, 4, 48),
        88 => (576, 4, 56),
        96 => (696, 4, 68),
        104 => (816, 6, 56),
        120 => (1050, 6, 68),
        132 => (1304, 8, 62),
        _ => return None,
    })
}

/// The data codewords, corrected. `None` when a block has more errors than half its check codewords.
pub(super) fn corrected(mut codewords: Vec<u8>, side: usize) -> Option<Vec<u8>> {
    let (data, blocks, check) = layout(side)?;
    if codewords.len() < data + blocks * check {
        return None;
    }
    codewords.truncate(data + blocks * check);
    for first in 0..blocks {
        let mut block: Vec<u8> = codewords[first..].iter().step_by(blocks).copied().collect();
        correct(&mut block, check)?;
        let places = codewords[first..].iter_mut().step_by(blocks);
        places
            .zip(block)
            .for_each(|(place, codeword)| *place = codeword);
    }
    codewords.truncate(data);
    Some(codewords)
}

/// Corrects one block in place.
fn correct(block: &mut [u8], check: usize) -> Option<()> {
    let syndromes = syndromes(block, check);
    if syndromes.iter().all(|syndrome| *syndrome == 0) {
        return Some(());
    }
    let locator = locator(&syndromes)?;
    let evaluator: Vec<u8> = (0..check)
        .map(|degree| {
            let terms = locator.iter().zip(syndromes[..=degree].iter().rev());
            terms.fold(0, |sum, (a, b)| sum ^ times(*a, *b))
        })
        .collect();
    let mut errors = 0;
    let length = block.len();
    for (index, codeword) in block.iter_mut().enumerate() {
        let inverse = power(255 - (length - 1 - index) % 255);
        if value(&locator, inverse) == 0 {
            // The derivative keeps the odd powers.
            let odd: Vec<u8> = locator.iter().skip(1).step_by(2).copied().collect();
            let slope = value(&odd, times(inverse, inverse));
            if slope == 0 {
                return None;
            }
            *codeword ^= divided(value(&evaluator, inverse), slope);
            errors += 1;
        }
    }
    let all = errors == locator.len() - 1;
    let clean = self::syndromes(block, check)
        .iter()
        .all(|syndrome| *syndrome == 0);
    (all && clean).then_some(())
}

fn syndromes(block: &[u8], check: usize) -> Vec<u8> {
    let at = |root: u8| {
        block
            .iter()
            .fold(0, |sum, codeword| times(sum, root) ^ codeword)
    };
    (1..=check).map(|exponent| at(power(exponent))).collect()
}

/// The polynomial whose roots are the inverses of the places of errors (Berlekamp and Massey), lowest power first.
fn locator(syndromes: &[u8]) -> Option<Vec<u8>> {
    let (mut current, mut previous) = (vec![1_u8], vec![1_u8]);
    let (mut errors, mut gap, mut before) = (0, 1, 1_u8);
    for step in 0..syndromes.len() {
        let terms = current.iter().zip(syndromes[..=step].iter().rev());
        let discrepancy = terms.fold(0, |sum, (a, b)| sum ^ times(*a, *b));
        if discrepancy == 0 {
            gap += 1;
            continue;
        }
        let kept = current.clone();
        let factor = divided(discrepancy, before);
        current.resize(current.len().max(previous.len() + gap), 0);
        for (place, coefficient) in current[gap..].iter_mut().zip(&previous) {
            *place ^= times(factor, *coefficient);
        }
        if 2 * errors <= step {
            (errors, previous, before, gap) = (step + 1 - errors, kept, discrepancy, 1);
        } else {
            gap += 1;
        }
    }
    while current.last() == Some(&0) {
        current.pop();
    }
    let possible = current.len() == errors + 1 && 2 * errors <= syndromes.len();
    possible.then_some(current)
}

fn value(polynomial: &[u8], at: u8) -> u8 {
    let terms = polynomial.iter().rev();
    terms.fold(0, |sum, coefficient| times(sum, at) ^ coefficient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use datamatrix::{DataMatrix, SymbolList};
    use proptest::prelude::*;

    #[test]
    fn every_size_is_laid_out_as_the_encoder_does() {
        for length in (1..1200).step_by(7) {
            let squares = SymbolList::default().enforce_square();
            let code = DataMatrix::encode(&vec![b'a'; length], squares).unwrap();
            let side = code.bitmap().width();
            if side == 144 {
                continue;
            }
            let (data, ..) = layout(side).unwrap();
            let mut damaged = code.codewords().to_vec();
            damaged[length % data] ^= 0x55;
            damaged[data] ^= 0xff;
            assert_eq!(
                corrected(damaged, side).unwrap(),
                code.data_codewords(),
                "{side}"
            );
        }
    }

    proptest! {
        #[test]
        fn half_the_check_codewords_are_corrected_and_not_more(
            places in proptest::collection::btree_map(0_usize..128, 1_u8.., 0..=30),
        ) {
            let squares = SymbolList::default().enforce_square();
            let code = DataMatrix::encode(&[b'a'; 121], squares).unwrap();
            prop_assert_eq!(code.bitmap().width(), 36);
            let mut damaged = code.codewords().to_vec();
            for (place, error) in &places {
                damaged[*place] ^= error;
            }
            let expected = (places.len() <= 21).then(|| code.data_codewords().to_vec());
            prop_assert_eq!(corrected(damaged, 36), expected);
        }

        #[test]
        fn any_codewords_are_corrected_or_refused(
            codewords in proptest::collection::vec(any::<u8>(), 0..400), size in 0_usize..8,
        ) {
            let side = [10, 26, 36, 44, 48, 52, 64, 144][size];
            let _ = corrected(codewords, side);
        }
    }
}
