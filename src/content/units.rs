//! Text to and from UTF-16, which is how an engine holds it, sixteen characters of ASCII at a time.
//! The rooms it writes to only grow: whoever lends them says when they are given back.

/// Characters of ASCII that are moved at once.
const PART: usize = 16;

/// Reads UTF-16 into a room; gives the text there. Halves of surrogate pairs become U+FFFD, as an engine's own encoder has it.
pub(crate) fn from_utf16<'r>(units: &[u16], room: &'r mut Vec<u8>) -> &'r str {
    let most = units.len().saturating_mul(3).saturating_add(PART);
    if room.len() < most {
        room.resize(most, 0);
    }
    let (mut rest, mut end) = (units, 0);
    while !rest.is_empty() {
        // whole parts apart: where the next one lies is then known before this one was looked at
        while let Some((part, others)) = rest.split_first_chunk::<PART>() {
            let (bytes, other) = narrow(part);
            put(room, end, bytes);
            if let Some(ascii) = other {
                end += ascii;
                rest = rest.get(ascii..).unwrap_or_default();
                break;
            }
            end += PART;
            rest = others;
        }
        let mut is_over = false;
        let mut chars = char::decode_utf16(rest.iter().copied()).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        let mut passed = 0;
        while let Some(c) = chars.next().filter(|_| !is_over) {
            end += put_char(room, end, c);
            passed += c.len_utf16();
            // one of ASCII may be the first of many
            is_over = c.is_ascii() && rest.len() - passed >= PART;
        }
        rest = rest.get(passed..).unwrap_or_default();
    }
    // only whole characters were written
    simdutf8::basic::from_utf8(room.get(..end).unwrap_or_default()).unwrap_or_default()
}

/// Writes a text as UTF-16 into a room; gives how many units it has.
pub(crate) fn to_utf16(text: &str, room: &mut Vec<u16>) -> usize {
    let most = text.len().saturating_add(PART);
    if room.len() < most {
        room.resize(most, 0);
    }
    let (mut rest, mut end) = (text, 0);
    while !rest.is_empty() {
        while let Some(part) = rest.as_bytes().first_chunk::<PART>() {
            put(room, end, part.map(u16::from));
            if let Some(ascii) = first_other(part) {
                end += ascii;
                rest = rest.get(ascii..).unwrap_or_default();
                break;
            }
            end += PART;
            rest = rest.get(PART..).unwrap_or_default();
        }
        let mut chars = rest.chars();
        for c in chars.by_ref() {
            let mut units = [0; 2];
            let units = c.encode_utf16(&mut units);
            if let Some(place) = room.get_mut(end..end + units.len()) {
                place.copy_from_slice(units);
            }
            end += units.len();
            if c.is_ascii() && rest.len() >= PART {
                break;
            }
        }
        rest = chars.as_str();
    }
    end
}

/// Writes a part of a room; it has room for it.
fn put<T: Copy>(room: &mut [T], at: usize, part: [T; PART]) {
    if let Some(place) = room.get_mut(at..).and_then(<[T]>::first_chunk_mut) {
        *place = part;
    }
}

fn put_char(room: &mut [u8], at: usize, c: char) -> usize {
    match room.get_mut(at..at + c.len_utf8()) {
        Some(place) => c.encode_utf8(place).len(),
        None => 0,
    }
}

/// Units as bytes, and where the first of them is that is not ASCII: only those before it count.
#[cfg(target_arch = "wasm32")]
fn narrow(part: &[u16; PART]) -> ([u8; PART], Option<usize>) {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_narrow_i16x8, u16x8, u16x8_min, u16x8_splat, u64x2_extract_lane};
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *part;
    // no unit is greater than what follows ASCII, so that the sign of a byte says that it was none of it
    let at_most = |units| u16x8_min(units, u16x8_splat(0x80));
    let bytes = u8x16_narrow_i16x8(at_most(u16x8(a, b, c, d, e, f, g, h)), at_most(u16x8(i, j, k, l, m, n, o, p)));
    let words = [u64x2_extract_lane::<0>(bytes), u64x2_extract_lane::<1>(bytes)];
    let mut out = [0; PART];
    for (place, word) in out.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *place = word.to_le_bytes();
    }
    (out, first(u8x16_bitmask(bytes)))
}

#[cfg(not(target_arch = "wasm32"))]
fn narrow(part: &[u16; PART]) -> ([u8; PART], Option<usize>) {
    (part.map(|unit| unit.to_le_bytes()[0]), part.iter().position(|unit| *unit >= 0x80))
}

/// Where the first byte is that is not ASCII.
#[cfg(target_arch = "wasm32")]
fn first_other(part: &[u8; PART]) -> Option<usize> {
    first(core::arch::wasm32::u8x16_bitmask(super::bytes::wide(part)))
}

#[cfg(not(target_arch = "wasm32"))]
fn first_other(part: &[u8; PART]) -> Option<usize> {
    part.iter().position(|byte| !byte.is_ascii())
}

/// The place of the first bit that is set.
#[cfg(target_arch = "wasm32")]
fn first(mask: u16) -> Option<usize> {
    if mask == 0 { None } else { usize::try_from(mask.trailing_zeros()).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, bytes: &mut Vec<u8>, units: &mut Vec<u16>) {
        let expected: Vec<u16> = text.encode_utf16().collect();
        let length = to_utf16(text, units);
        assert_eq!(units[..length], expected, "{text}");
        assert_eq!(from_utf16(&expected, bytes), text);
    }

    #[test]
    fn moves_any_text_both_ways() {
        let (mut bytes, mut units) = (Vec::new(), Vec::new());
        let text = "plain text of sixteen and more \u{e9}, \u{1f389}\u{1f389} and again plain \u{65e5}\u{672c}\u{8a9e}\u{8000}\u{ffff} \u{80} text, which goes on \u{7f}\u{0} to its end \u{10ffff}";
        for from in 0..text.len() {
            for to in (from..=text.len()).rev().step_by(7) {
                text.get(from..to).into_iter().for_each(|part| check(part, &mut bytes, &mut units));
            }
        }
        check("", &mut bytes, &mut units);
        check(&"\u{e9}".repeat(1000), &mut bytes, &mut units);
        check(&"\u{1f389}a".repeat(1000), &mut bytes, &mut units);
    }

    #[test]
    fn reads_halves_of_pairs_as_an_engine_does() {
        let mut room = Vec::new();
        for at in 0..40 {
            for units in [&[0xd83c][..], &[0xdf89], &[0xdf89, 0xd83c], &[0xd83c, 0x61], &[0xd83c, 0xd83c, 0xdf89]] {
                let mut all = vec![0x61; 40];
                all.splice(at..at, units.iter().copied());
                assert_eq!(from_utf16(&all, &mut room), String::from_utf16_lossy(&all));
            }
        }
    }
}
