//! UUIDs of version 4.

/// A UUID of version 4 (RFC 9562, section 5.4) of 16 random bytes, of which six bits are replaced; lower case.
///
/// ```
/// assert_eq!(segur_core::uuid_v4([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
/// ```
#[must_use]
pub fn uuid_v4(random: [u8; 16]) -> String {
    let mut number = u128::from_be_bytes(random);
    number &= !(0xf << 76) & !(0x3 << 62);
    number |= (0x4 << 76) | (0x2 << 62);
    let mut text = format!("{number:032x}");
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}
