//! Folding: one spelling for all ways to write a name (case, accents composed or not, kinds of space, invisible characters).
//! It is for finding only; what is masked is always the text as written.
//!
//! Source of the base letters: Unicode canonical decompositions of Latin-1 and Latin Extended-A, and the usual two-letter
//! spellings of ligatures.

/// A folded text and where its bytes came from.
pub(super) struct Folded {
    pub(super) text: String,
    /// Where `text` and the original part or meet: a place in each; up to the next pair both go on alike.
    origins: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn of(original: &str) -> Folded {
        let mut folded = Folded { text: String::with_capacity(original.len()), origins: Vec::new() };
        let mut in_space = false;
        for (at, character) in original.char_indices() {
            if is_invisible(character) {
                continue;
            }
            if character.is_whitespace() {
                if !in_space {
                    folded.push(' ', at);
                }
                in_space = true;
                continue;
            }
            in_space = false;
            folded.push_folded(character, at);
        }
        folded.anchor(original.len());
        folded
    }

    /// The place in the original of a place in the folded text.
    pub(super) fn origin(&self, at: usize) -> usize {
        let next = self.origins.partition_point(|(folded, _)| *folded <= at);
        let pair = next.checked_sub(1).and_then(|pair| self.origins.get(pair)).copied();
        pair.map_or(at, |(folded, original)| original + (at - folded))
    }

    fn push_folded(&mut self, character: char, at: usize) {
        match character {
            '\0'..='\x7f' => self.push(character.to_ascii_lowercase(), at),
            '\u{c0}'..='\u{17f}' => {
                let index = usize::try_from(u32::from(character) - 0xc0).unwrap_or_default();
                BASES.get(index).copied().unwrap_or_default().chars().for_each(|letter| self.push(letter, at));
            }
            '’' | '‘' | 'ʼ' => self.push('\'', at),
            '\u{2010}' | '\u{2011}' => self.push('-', at),
            _ => character.to_lowercase().for_each(|letter| self.push(letter, at)),
        }
    }

    fn push(&mut self, character: char, at: usize) {
        self.anchor(at);
        self.text.push(character);
    }

    /// Notes that what comes next in the text stands at a place of the original.
    fn anchor(&mut self, at: usize) {
        let (folded, original) = self.origins.last().copied().unwrap_or_default();
        if original + (self.text.len() - folded) != at {
            self.origins.push((self.text.len(), at));
        }
    }

    /// The text with each trick undone by which an address or a number is hidden from a reader of bytes: characters that show
    /// nothing inside it, letters and digits that only look like those of ASCII. `None` when it has none beside ASCII.
    pub(super) fn without_tricks(original: &str) -> Option<Folded> {
        if !has_tricks(original) {
            return None;
        }
        let mut plain = Folded { text: String::with_capacity(original.len()), origins: Vec::new() };
        for (at, character) in original.char_indices().filter(|(_, character)| !is_invisible(*character)) {
            plain.push(look_alike(character).unwrap_or(character), at);
        }
        plain.anchor(original.len());
        Some(plain)
    }
}

/// Whether a character that shows nothing stands between two of ASCII, or one that looks like another beside a letter or digit of it.
fn has_tricks(text: &str) -> bool {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '@' | '.' | '-' | '+');
    let (mut before, mut pending, mut hidden) = (' ', false, false);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character.is_ascii() && !hidden && !pending {
            // Nothing happens before the next character outside ASCII.
            let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            let (passed, next) = rest.split_at(plain);
            (before, rest) = (passed.bytes().next_back().map_or(' ', char::from), next);
            continue;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        if is_invisible(character) {
            hidden |= is_plain(before);
            continue;
        }
        if (is_plain(character) && hidden) || (character.is_ascii_alphanumeric() && pending) {
            return true;
        }
        hidden = false;
        pending = look_alike(character).is_some();
        if pending && before.is_ascii_alphanumeric() {
            return true;
        }
        before = character;
    }
    false
}

/// The character of ASCII that another looks like: full width, mathematical digits, and the letters of Cyrillic and Greek that
/// no reader tells from Latin ones.
///
/// Source: Unicode Technical Standard 39, confusables, narrowed to single characters in common fonts.
fn look_alike(character: char) -> Option<char> {
    let code = u32::from(character);
    let shown = match code {
        0..=0x7f => return None,
        0xff01..=0xff5e => code - 0xff01 + 0x21,
        0x1d7ce..=0x1d7ff => (code - 0x1d7ce) % 10 + 0x30,
        0x2010..=0x2015 | 0x2212 => 0x2d,
        0x2024 | 0x3002 => 0x2e,
        0xfe6b => 0x40,
        _ => {
            let at = LOOK_ALIKES.binary_search_by_key(&character, |pair| pair.0).ok()?;
            return LOOK_ALIKES.get(at).map(|pair| pair.1);
        }
    };
    char::from_u32(shown)
}

/// Sorted by the first.
#[rustfmt::skip]
const LOOK_ALIKES: &[(char, char)] = &[
    ('\u{131}', 'i'), ('\u{251}', 'a'), ('\u{261}', 'g'), ('Α', 'A'), ('Β', 'B'), ('Ε', 'E'), ('Ζ', 'Z'), ('Η', 'H'), ('Ι', 'I'), ('Κ', 'K'), ('Μ', 'M'), ('Ν', 'N'), ('Ο', 'O'),
    ('Ρ', 'P'), ('Τ', 'T'), ('Υ', 'Y'), ('Χ', 'X'), ('ν', 'v'), ('ο', 'o'), ('ϲ', 'c'), ('ϳ', 'j'), ('Ѕ', 'S'), ('І', 'I'), ('Ј', 'J'), ('А', 'A'), ('В', 'B'), ('Е', 'E'), ('К', 'K'), ('М', 'M'), ('Н', 'H'),
    ('О', 'O'), ('Р', 'P'), ('С', 'C'), ('Т', 'T'), ('Х', 'X'), ('а', 'a'), ('е', 'e'), ('о', 'o'), ('р', 'p'), ('с', 'c'), ('у', 'y'), ('х', 'x'), ('ѕ', 's'), ('і', 'i'), ('ј', 'j'), ('һ', 'h'), ('ԁ', 'd'), ('ԛ', 'q'), ('ԝ', 'w'),
];

/// Combining accents, soft hyphens, joiners and marks that show nothing.
pub(super) const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
}

/// The base letters of U+00C0 to U+017F, in order.
#[rustfmt::skip]
const BASES: &[&str] = &[
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i", "d", "n", "o", "o", "o", "o",
    "o", "-", "o", "u", "u", "u", "u", "y", "th", "ss", "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e",
    "i", "i", "i", "i", "d", "n", "o", "o", "o", "o", "o", "-", "o", "u", "u", "u", "u", "y", "th", "y", "a", "a",
    "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d", "d", "d", "e", "e", "e", "e", "e", "e", "e",
    "e", "e", "e", "g", "g", "g", "g", "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l", "l", "l", "l", "n", "n", "n",
    "n", "n", "n", "n", "n", "n", "o", "o", "o", "o", "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s",
    "s", "s", "s", "s", "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",
    "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(original: &str, expected: &str) {
        assert_eq!(Folded::of(original).text, expected);
    }

    #[test]
    fn gives_one_spelling() {
        check("Jürgen  MÜLLER\u{a0}\nStraße", "jurgen muller strasse");
        check("Ju\u{308}rgen", "jurgen");
        check("An\u{200b}na", "anna");
        check("O’Hara", "o'hara");
        check("Łukasz Żółć Đorđe Žižek ſ", "lukasz zolc dorde zizek s");
        check("ИВАН", "иван");
        check("山田", "山田");
    }

    #[test]
    fn undoes_tricks_beside_ascii_alone() {
        let plain = |text| Folded::without_tricks(text).map(|plain| plain.text);
        assert_eq!(plain("a\u{200b}nna＠exаmple.com").as_deref(), Some("anna@example.com"));
        assert_eq!(plain("4111\u{200b}1111, ４111, 1𝟐3").as_deref(), Some("41111111, 4111, 123"));
        for text in ["anna", "Ж иван@пример.рф", "Müller é", "\u{200b} a \u{200b}", "почта: а, о"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
        let folded = Folded::without_tricks("x\u{200b}1１ y").unwrap();
        assert_eq!(
            (folded.origin(0), folded.origin(1), folded.origin(2), folded.origin(3), folded.origin(5)),
            (0, 4, 5, 8, 10)
        );
        assert!(LOOK_ALIKES.is_sorted());
    }

    #[test]
    fn knows_where_each_byte_came_from() {
        let folded = Folded::of("xé  ß!");
        assert_eq!(folded.text, "xe ss!");
        let origins: Vec<usize> = (0..=folded.text.len()).map(|at| folded.origin(at)).collect();
        assert_eq!(origins, [0, 1, 3, 5, 5, 7, 8]);
    }
}
