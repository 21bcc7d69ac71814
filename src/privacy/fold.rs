//! Folding: one spelling for all ways to write a name (case, accents composed or not, kinds of space, invisible characters).
//! It is for finding only; what is masked is always the text as written.
//!
//! Source of the base letters: Unicode canonical decompositions of Latin-1 and Latin Extended-A, and the usual two-letter
//! spellings of ligatures.

mod shown;

use shown::{Shown, shown};
pub(super) use shown::{is_invisible, narrow};

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
    /// nothing inside it, spaces and dashes of any kind between its groups, letters and digits that only look like those of ASCII
    /// or are worth the same. `None` when it has none.
    pub(super) fn without_tricks(original: &str) -> Option<Folded> {
        if !has_tricks(original) {
            return None;
        }
        let mut plain = Folded { text: String::with_capacity(original.len()), origins: Vec::new() };
        // Up to where letters that look like those of ASCII are known to stand for them, or not to.
        let (mut until, mut stands) = (0, false);
        for (at, character) in original.char_indices() {
            match shown(character) {
                Shown::Nothing => {}
                Shown::Space => plain.push(' ', at),
                Shown::Plain(letter) | Shown::Sign(letter) => plain.push(letter, at),
                Shown::Itself => plain.push(character, at),
                Shown::Twin(letter) => {
                    if at >= until {
                        let (length, next) = twins(original.get(at..).unwrap_or_default());
                        let before = plain.text.bytes().next_back();
                        until = at + length;
                        stands = next || before.is_some_and(|before| before.is_ascii_alphanumeric());
                    }
                    plain.push(if stands { letter } else { character }, at);
                }
            }
        }
        plain.anchor(original.len());
        Some(plain)
    }
}

/// How long the run is of letters that look like those of ASCII, and whether a letter or digit of ASCII follows it.
fn twins(text: &str) -> (usize, bool) {
    let mut rest = text.char_indices().map(|(at, character)| (at, character, shown(character)));
    let end = rest.find(|(.., shown)| !matches!(shown, Shown::Twin(_) | Shown::Nothing));
    let follows = |(_, character, shown): (usize, char, Shown)| {
        character.is_ascii_alphanumeric() || matches!(shown, Shown::Plain(_))
    };
    (end.map_or(text.len(), |(at, ..)| at), end.is_some_and(follows))
}

/// Whether something is shown otherwise than in ASCII where an address or a number may be.
fn has_tricks(text: &str) -> bool {
    let (mut before, mut gap) = (Seen::of(' '), Gap::default());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if character.is_ascii() && before.character.is_ascii() && !gap.hidden && !gap.spaced {
            // Nothing happens before the next character outside ASCII.
            let plain = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
            let (passed, next) = rest.split_at(plain);
            (before, rest) = (Seen::of(passed.bytes().next_back().map_or(' ', char::from)), next);
            continue;
        }
        rest = rest.get(character.len_utf8()..).unwrap_or_default();
        let behind = Seen::of(character);
        match behind.shown {
            // What is before everything is inside nothing.
            Shown::Nothing => gap.hidden |= text.len() > rest.len() + character.len_utf8(),
            Shown::Space => gap.spaced = true,
            Shown::Sign('@') => return true,
            _ => {
                if gap.hides(before, behind) || (!gap.spaced && before.is_beside(behind)) {
                    return true;
                }
                (before, gap) = (behind, Gap::default());
            }
        }
    }
    false
}

/// What is between two characters that are shown.
#[derive(Default)]
struct Gap {
    /// A character that shows nothing.
    hidden: bool,
    /// A space outside ASCII.
    spaced: bool,
}

impl Gap {
    fn hides(&self, before: Seen, behind: Seen) -> bool {
        (self.hidden && (before.is_solid() || behind.is_solid()))
            || (self.spaced && (before.groups() || behind.groups()) && before.is_solid() && behind.is_solid())
    }
}

/// A character and what it shows.
#[derive(Clone, Copy)]
struct Seen {
    character: char,
    shown: Shown,
}

impl Seen {
    fn of(character: char) -> Seen {
        Seen { character, shown: shown(character) }
    }

    /// Whether a value may have it inside: no blank, no picture.
    fn is_solid(self) -> bool {
        self.character.is_ascii_graphic() || self.character.is_alphanumeric()
    }

    /// Whether it may stand at the edge of a group of a number, or of a word in brackets.
    const fn groups(self) -> bool {
        matches!(self.character, '0'..='9' | '(' | ')' | '[' | ']' | '{' | '}') || matches!(self.shown, Shown::Plain(_))
    }

    /// Whether of two neighbors one is a letter or digit of ASCII, or worth one, and the other only looks like ASCII.
    fn is_beside(self, behind: Seen) -> bool {
        let is_ascii = |one: Seen| one.character.is_ascii_alphanumeric() || matches!(one.shown, Shown::Plain(_));
        (self.shown != Shown::Itself && is_ascii(behind)) || (behind.shown != Shown::Itself && is_ascii(self))
    }
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
    }

    #[test]
    fn undoes_spaces_dashes_and_digits_of_any_kind() {
        let plain = |text| Folded::without_tricks(text).map(|plain| plain.text);
        assert_eq!(plain("4111\u{202f}1111\u{2011}1111").as_deref(), Some("4111 1111-1111"));
        assert_eq!(plain("٤١١١ ۴۱ ४१ １２ ＡＢ").as_deref(), Some("4111 41 41 12 AB"));
        assert_eq!(plain("4111\u{2066} 1111").as_deref(), Some("4111 1111"));
        assert_eq!(plain("паспорт 45\u{a0}08, рau1").as_deref(), Some("паспорт 45 08, pau1"));
        assert_eq!(plain("сасасе1 ѕесаk").as_deref(), Some("cacace1 secak"));
        for text in ["\u{feff}Hello", "⚠\u{fe0f} now", "👩\u{200d}💻", "not\u{a0}so – it is", "Ж\u{a0}", "x\u{200b}"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn knows_where_each_byte_came_from() {
        let folded = Folded::of("xé  ß!");
        assert_eq!(folded.text, "xe ss!");
        let origins: Vec<usize> = (0..=folded.text.len()).map(|at| folded.origin(at)).collect();
        assert_eq!(origins, [0, 1, 3, 5, 5, 7, 8]);
    }
}
