//! Whole numbers of few bytes (LEB128).
//! It knows no value; what is too long or cut is no number.

/// Appends `number`, seven bits a byte, the lowest first.
pub(super) fn write(out: &mut Vec<u8>, mut number: usize) {
    while let Some(more @ 1..) = number.checked_shr(7) {
        out.push(u8::try_from(number & 127).unwrap_or(0) | 128);
        number = more;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// The number at the beginning, of 28 bits at most, and what follows it.
pub(super) fn read(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0;
    for (place, byte) in bytes.iter().enumerate().take(5) {
        number |= usize::from(byte & 127).checked_shl(u32::try_from(place).ok()?.checked_mul(7)?)?;
        if byte & 128 == 0 {
            return Some((number, bytes.get(place.checked_add(1)?..)?));
        }
    }
    None
}
