//! A number as written: groups of digits and what separates them, in ASCII or full width.
//! It does not say whether the number is a telephone's.

use super::Text;
use super::labels::is_labelled;
use crate::privacy::few::Few;

/// Digits in groups, as written.
pub(super) struct Shape {
    pub(super) start: usize,
    pub(super) plus: bool,
    pub(super) open: bool,
    /// A tilde stands where a dialling tone is waited for.
    pub(super) tilde: bool,
    pub(super) digits: Few<u8, 40>,
    pub(super) groups: Few<Group, MOST_GROUPS>,
    /// How many digits each group has.
    lengths: Few<usize, MOST_GROUPS>,
}

/// Of a number; more are none's.
const MOST_GROUPS: usize = 12;

/// A run of digits.
#[derive(Clone, Copy, Default)]
pub(super) struct Group {
    /// How many digits there are up to its end.
    pub(super) upto: usize,
    pub(super) end: usize,
    /// The separator before it.
    pub(super) separator: Separator,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Separator {
    #[default]
    None,
    Space,
    Dot,
    Dash,
    Slash,
    Paren,
}

impl Shape {
    pub(super) fn read(text: &Text<'_>, at: usize) -> Option<Shape> {
        let (start, plus, open) = lead_in(text, at)?;
        let (digits, groups, lengths) = (Few::new(), Few::new(), Few::new());
        let mut shape = Shape { start, plus, open, tilde: false, digits, groups, lengths };
        let (mut position, mut separator) = (at, Separator::None);
        while shape.groups.len() < MOST_GROUPS {
            let end = shape.group(text, position, separator);
            if shape.digits.len() > 20 {
                break;
            }
            let Some((next, kind)) = separate(text, end) else { break };
            let between = text.slice(end..next);
            // A bracket opens an area code after a country code, or another number.
            if shape.groups.len() > 1 && between.contains(['(', '（']) {
                break;
            }
            shape.tilde |= between.contains('~');
            (position, separator) = (next, kind);
        }
        Some(shape)
    }

    /// Reads one run of digits.
    fn group(&mut self, text: &Text<'_>, from: usize, separator: Separator) -> usize {
        let (mut end, known) = (from, self.digits.len());
        while let Some((value, length)) = digit(text, end)
            && self.digits.len() < known + 20
        {
            self.digits.push(value);
            end += length;
        }
        // "+49 (0)30": the zero in brackets is not dialled after a country code.
        let trunk =
            self.plus && text.slice(from..end) == "0" && separator == Separator::Paren && text.byte(end) == b')';
        if trunk {
            self.digits.truncate(known);
        }
        self.groups.push(Group { upto: self.digits.len(), end, separator });
        self.lengths.push(self.digits.len() - known);
        end
    }

    pub(super) fn lengths(&self, count: usize) -> &[usize] {
        self.lengths.get(..count).unwrap_or(&self.lengths)
    }

    pub(super) fn digits(&self, count: usize) -> &[u8] {
        let upto = self.groups.get(count.wrapping_sub(1)).map_or(0, |group| group.upto);
        self.digits.get(..upto).unwrap_or_default()
    }

    pub(super) fn has(&self, count: usize, separator: Separator) -> bool {
        self.groups.iter().take(count).any(|group| group.separator == separator)
    }
}

/// The digit at a position and how many bytes it takes: ASCII, or full width (U+FF10 to U+FF19).
pub(super) fn digit(text: &Text<'_>, at: usize) -> Option<(u8, usize)> {
    match text.byte(at) {
        byte @ b'0'..=b'9' => Some((byte - b'0', 1)),
        0xef if text.byte(at + 1) == 0xbc => match text.byte(at + 2) {
            byte @ 0x90..=0x99 => Some((byte - 0x90, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Where the number begins, whether with a plus, whether with a bracket; `None` inside a word or a longer number.
fn lead_in(text: &Text<'_>, at: usize) -> Option<(usize, bool, bool)> {
    let (mut start, mut plus, mut open) = (at, false, false);
    // "+", "(", "(+", "+(", "++", and their full-width forms.
    for _ in 0..3 {
        match text.char_before(start) {
            Some(sign @ ('+' | '＋'))
                if !text.char_before(start - sign.len_utf8()).is_some_and(char::is_alphanumeric) || start == at =>
            {
                plus = true;
                start -= sign.len_utf8();
            }
            Some(sign @ ('(' | '（')) if !open => {
                open = true;
                start -= sign.len_utf8();
            }
            _ => break,
        }
    }
    if !plus && !open && is_behind_area_code(text, start) {
        return None;
    }
    let before = text.char_before(start).unwrap_or(' ');
    let glued = match before {
        ':' => {
            text.before(start - 1).is_ascii_digit()
                || (text.before(start - 1).is_ascii_alphabetic() && !is_tel(text, start))
        }
        '-' | '.' | '/' | ',' => text.before(start - 1).is_ascii_alphanumeric(),
        '#' | '$' | '€' | '£' | '_' | '=' if !plus => before != '=',
        '+' | '*' | '%' | '\\' | '@' | '~' | '^' => true,
        _ => is_of_a_word(before),
    };
    (!glued || (before == ':' && plus)).then_some((start, plus, open))
}

/// "(650) 253": the rest of a number that began with its area code in brackets.
fn is_behind_area_code(text: &Text<'_>, at: usize) -> bool {
    let bracket = text.run_back(at, 1, |byte| byte == b' ');
    text.before(bracket) == b')' && text.before(bracket - 1).is_ascii_digit()
}

/// Letters of scripts that put blanks between words, and digits.
fn is_of_a_word(character: char) -> bool {
    character.is_alphanumeric() && (character.is_ascii() || character.is_lowercase() || character.is_uppercase())
}

fn is_tel(text: &Text<'_>, at: usize) -> bool {
    is_labelled(text, at)
}

/// The start of the next group and what stands before it.
fn separate(text: &Text<'_>, at: usize) -> Option<(usize, Separator)> {
    let (mut position, mut kind) = (at, Separator::None);
    for _ in 0..4 {
        let next = text.char_at(position)?;
        if digit(text, position).is_some() {
            return Some((position, kind));
        }
        let this = match next {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{3000}' => Separator::Space,
            '.' | '·' | '．' => Separator::Dot,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}' | '~' => Separator::Dash,
            '/' | '／' => Separator::Slash,
            '(' | ')' | '（' | '）' => Separator::Paren,
            _ => return None,
        };
        let doubled = kind == this && !matches!(this, Separator::Paren);
        if doubled || (kind == Separator::Dot && this == Separator::Dash) {
            return None;
        }
        if kind == Separator::None || this == Separator::Paren || kind == Separator::Space {
            kind = this;
        }
        position += next.len_utf8();
    }
    digit(text, position).map(|_| (position, kind))
}

/// Whether a number may end after so many groups.
pub(super) fn closes(text: &Text<'_>, shape: &Shape, count: usize) -> bool {
    let Some(group) = shape.groups.get(count.wrapping_sub(1)) else { return false };
    let next = text.char_at(group.end).unwrap_or(' ');
    let after = text.byte(group.end + next.len_utf8());
    match next {
        '-' | '.' | '/' | ':' | ',' | '\u{2010}'..='\u{2014}' => {
            !(after.is_ascii_digit() || (matches!(next, '-' | '.') && after.is_ascii_alphabetic()))
        }
        '(' => false,
        '_' | '%' | '@' | '=' | '+' => false,
        'x' | 'X' => after.is_ascii_digit() || after == b' ' || after == b'.' || after == b':',
        _ => !is_of_a_word(next),
    }
}

/// The end of an extension after the number, or the number's own.
pub(super) fn extension(text: &Text<'_>, end: usize) -> usize {
    let blank = |from| text.run(from, 5, |byte| matches!(byte, b' ' | b',' | b';'));
    let from = blank(end);
    let tail = text
        .slice(from..text.run(from, 12, |byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'#' | b'~')))
        .to_ascii_lowercase();
    let Some(word) = EXTENSIONS.iter().find(|word| tail.starts_with(**word)) else { return end };
    let digits = text.run(from + word.len(), 5, |byte| matches!(byte, b'.' | b':' | b' ' | b'='));
    let stop = text.run(digits, 8, |byte| byte.is_ascii_digit());
    let fits = (1..=7).contains(&(stop - digits)) && !text.word_at(stop);
    if fits { stop } else { end }
}

const EXTENSIONS: &[&str] = &["extension", "extn", "ext", "int", "durchwahl", "poste", "#", "x", "~"];
