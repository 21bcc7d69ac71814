//! What a character outside ASCII shows to who reads letters and numbers: nothing, a digit, a space, or a sign or letter of ASCII.
//! It does not judge whether that hides anything: [`super::Folded`] does, by what stands around.
//!
//! Source: Unicode Character Database 16.0: `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt), the categories Zs, Pd and
//! Nd (UnicodeData.txt); Unicode Technical Standard 39, confusables, narrowed to single characters in common fonts.

/// What a character shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing by itself.
    Nothing,
    /// A space that is no line break.
    Space,
    /// A digit or letter of ASCII: a decimal digit of any script, a letter in full width or of mathematics.
    Plain(char),
    /// A sign of ASCII: any dash, and signs in full width.
    Sign(char),
    /// What no reader tells from a letter of ASCII, but is a letter of another script.
    Twin(char),
    /// Itself.
    Itself,
}

/// What a character shows; those of ASCII show themselves. What texts are full of is told first.
pub(super) fn shown(character: char) -> Shown {
    match u32::from(character) {
        0xa0 => Shown::Space,
        0xad => Shown::Nothing,
        0x131 => Shown::Twin('i'),
        0..=0x24f => Shown::Itself,
        0x300..=0x36f | 0x483..=0x489 => Shown::Nothing,
        0x250..=0x52f => twin(character),
        0x30a0 => Shown::Sign('-'),
        0x3041..=0x3163 | 0x3165..=0xa4cf | 0xac00..=0xd7a3 => Shown::Itself,
        code => rare(character, code),
    }
}

fn rare(character: char, code: u32) -> Shown {
    if is_invisible(character) {
        return Shown::Nothing;
    }
    let plain = |first: u32, at: u32| char::from_u32(first + at).map_or(Shown::Itself, Shown::Plain);
    match code {
        0x1680 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 => Shown::Space,
        0x58a | 0x5be | 0x1400 | 0x1806 | 0x2010..=0x2015 | 0x2212 | 0x2e17 | 0x2e1a | 0x2e3a | 0x2e3b | 0x2e40 => {
            Shown::Sign('-')
        }
        0x2e5d | 0x301c | 0x3030 | 0xfe31 | 0xfe32 | 0xfe58 | 0xfe63 | 0xff0d | 0x10ead => Shown::Sign('-'),
        0x2024 | 0x3002 => Shown::Sign('.'),
        0xfe6b => Shown::Sign('@'),
        0xff21..=0xff3a | 0xff41..=0xff5a => plain(0x21, code - 0xff01),
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            capital @ 0..26 => plain(0x41, capital),
            small => plain(0x61, small - 26),
        },
        _ => match digit(code) {
            Some(value) => plain(0x30, value),
            None if (0xff01..=0xff5e).contains(&code) => {
                char::from_u32(code - 0xff01 + 0x21).map_or(Shown::Itself, Shown::Sign)
            }
            None => Shown::Itself,
        },
    }
}

/// Characters that show nothing: those that Unicode lets a program ignore, and accents and other marks that combine with any letter.
pub(in crate::privacy) const fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{20d0}'..='\u{20ff}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// A decimal digit of any script as one of ASCII; other characters as they are.
pub(in crate::privacy) fn narrow(character: char) -> char {
    digit(u32::from(character)).and_then(|value| char::from_digit(value, 10)).unwrap_or(character)
}

/// The value of a decimal digit outside ASCII.
fn digit(code: u32) -> Option<u32> {
    let next = ZEROS.partition_point(|zero| *zero <= code);
    let zero = ZEROS.get(next.checked_sub(1)?)?;
    Some(code - zero).filter(|value| *value < 10)
}

fn twin(character: char) -> Shown {
    match TWINS.binary_search_by_key(&character, |pair| pair.0).ok().and_then(|at| TWINS.get(at)) {
        Some((_, letter)) => Shown::Twin(*letter),
        None => Shown::Itself,
    }
}

/// The zeros of category Nd outside ASCII, each with its nine behind it.
#[rustfmt::skip]
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0,
    0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da, 0x11730,
    0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0,
];

/// Sorted by the first.
#[rustfmt::skip]
const TWINS: &[(char, char)] = &[
    ('\u{251}', 'a'), ('\u{261}', 'g'), ('Α', 'A'), ('Β', 'B'), ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'), ('Ο', 'O'),
    ('Ρ', 'P'), ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('ν', 'v'), ('ο', 'o'), ('ϲ', 'c'), ('ϳ', 'j'), ('Ѕ', 'S'), ('І', 'I'), ('Ј', 'J'), ('А', 'A'), ('В', 'B'), ('Е', 'E'), ('К', 'K'), ('М', 'M'), ('Н', 'H'),
    ('О', 'O'), ('Р', 'P'), ('С', 'C'), ('Т', 'T'), ('Х', 'X'), ('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('у', 'y'), ('х', 'x'), ('ѕ', 's'), ('і', 'i'), ('ј', 'j'), ('һ', 'h'), ('ԁ', 'd'), ('ԛ', 'q'), ('ԝ', 'w'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_digits_of_every_script() {
        for (text, value) in
            [("٤", '4'), ("۴", '4'), ("४", '4'), ("４", '4'), ("𝟒", '4'), ("𝟺", '4'), ("๔", '4'), ("᠔", '4')]
        {
            assert_eq!(text.chars().map(shown).collect::<Vec<_>>(), [Shown::Plain(value)], "{text}");
        }
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            let numeric = |code: u32| char::from_u32(code).unwrap().is_numeric();
            assert!((*zero..zero + 10).all(numeric), "{zero:x}");
            assert_eq!((digit(*zero), digit(zero + 9)), (Some(0), Some(9)), "{zero:x}");
        }
    }

    #[test]
    fn tells_letters_and_signs_that_look_like_those_of_ascii() {
        assert!(TWINS.is_sorted());
        let plain = |text: &str| text.chars().map(shown).collect::<Vec<_>>();
        assert_eq!(plain("Ａｚ𝐀𝐳𝙰"), ['A', 'z', 'A', 'z', 'A'].map(Shown::Plain));
        assert_eq!(plain("＠．－（＋‑–—"), ['@', '.', '-', '(', '+', '-', '-', '-'].map(Shown::Sign));
        assert_eq!(plain("аοı"), ['a', 'o', 'i'].map(Shown::Twin));
        assert_eq!(plain("äжß山カ한"), [Shown::Itself; 6]);
    }
}
