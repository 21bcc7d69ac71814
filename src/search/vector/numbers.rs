//! Whole numbers of few bytes: one after the other (LEB128), or all of the same number of bits.
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

/// Bits that hold every number up to `most`.
pub(super) fn width(most: u32) -> u32 {
    u32::BITS.saturating_sub(most.leading_zeros()).max(1)
}

/// Appends numbers of `width` bits, the lowest bits first.
pub(super) fn pack(out: &mut Vec<u8>, numbers: &[u32], width: u32) {
    let (mut open, mut bits) = (0_u64, 0_u32);
    for number in numbers {
        open |= u64::from(*number) << bits;
        bits += width;
        while bits >= 8 {
            out.extend(open.to_le_bytes().first());
            open >>= 8;
            bits -= 8;
        }
    }
    if bits > 0 {
        out.extend(open.to_le_bytes().first());
    }
}

/// Bytes of so many numbers.
pub(super) fn packed_bytes(count: usize, width: u32) -> usize {
    count.saturating_mul(usize::try_from(width).unwrap_or(usize::MAX)).div_ceil(8)
}

/// The number at a place.
pub(super) fn unpack(bytes: &[u8], place: usize, width: u32) -> Option<u32> {
    let bit = place.checked_mul(usize::try_from(width).ok()?)?;
    let mut eight = [0; 8];
    for (to, from) in eight.iter_mut().zip(bytes.get(bit / 8..)?) {
        *to = *from;
    }
    let shifted = u64::from_le_bytes(eight) >> (bit % 8);
    u32::try_from(shifted & ((1_u64 << width.min(32)) - 1)).ok()
}
