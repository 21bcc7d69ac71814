//! What stands around a run: the nearest sign and the nearest words on each side.
//! It reads a bounded stretch and judges nothing.

use super::lists::hash;
use super::words::LONGEST;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The nearest sign and the two nearest words on one side, within [`REACH`] bytes.
pub(super) fn around(text: &str, at: usize, side: Side) -> (u8, [u32; 2]) {
    let mut words = [0; 2];
    let (mut sign, mut place, mut first) = (0, at, true);
    for slot in &mut words {
        let (seen, near) = skip_signs(text, place, side);
        if first {
            sign = seen;
            first = false;
        }
        let Some((hash, far)) = neighbour(text, near, side) else { break };
        *slot = hash;
        place = far;
    }
    (sign, words)
}

/// Over signs and blanks: the nearest sign (a newline wins over a blank), and where the next word is.
fn skip_signs(text: &str, at: usize, side: Side) -> (u8, usize) {
    let bytes = text.as_bytes();
    let (mut sign, mut place, mut blank) = (0, at, false);
    for _ in 0..REACH {
        let next = if side == Side::Left { place.checked_sub(1) } else { Some(place) };
        let Some(byte) = next.and_then(|next| bytes.get(next)).copied() else { break };
        if byte.is_ascii_alphanumeric() || byte >= 0x80 || byte == b'_' {
            if sign == 0 && blank {
                sign = b' ';
            }
            break;
        }
        match byte {
            b' ' | b'\r' | b'\t' => blank = true,
            _ if sign == 0 => sign = byte,
            _ => {}
        }
        place = if side == Side::Left { place - 1 } else { place + 1 };
    }
    (sign, place)
}

/// The word next to a place: its hash in lower case, and its far end.
fn neighbour(text: &str, at: usize, side: Side) -> Option<(u32, usize)> {
    let fits = |letter: &char| letter.is_alphanumeric() || matches!(letter, '_' | '\'' | '’');
    let (start, end) = match side {
        Side::Left => {
            let word = text.get(..at)?.chars().rev().take(LONGEST).take_while(fits);
            (at - word.map(char::len_utf8).sum::<usize>(), at)
        }
        Side::Right => {
            let word = text.get(at..)?.chars().take(LONGEST).take_while(fits);
            (at, at + word.map(char::len_utf8).sum::<usize>())
        }
    };
    let word = text.get(start..end).filter(|word| !word.is_empty())?;
    Some((hash(word), if side == Side::Left { start } else { end }))
}

/// Signs between a run and the next word.
const REACH: usize = 12;
