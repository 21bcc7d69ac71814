//! Folding: one spelling for all ways to write a name (case, accents composed or not, kinds of space, invisible characters).
//! It is for finding only; what is masked is always the text as written.
//!
//! Source of the base letters: Unicode canonical decompositions of Latin-1 and Latin Extended-A, and the usual two-letter
//! spellings of ligatures.

/// A folded text and where its bytes came from.
pub(super) struct Folded {
    pub(super) text: String,
    /// For each byte of `text`, and one past its end, the byte of the original where its character begins.
    origins: Vec<usize>,
}

impl Folded {
    pub(super) fn of(original: &str) -> Folded {
        let mut folded =
            Folded { text: String::with_capacity(original.len()), origins: Vec::with_capacity(original.len() + 1) };
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
        folded.origins.push(original.len());
        folded
    }

    /// The place in the original of a place in the folded text.
    pub(super) fn origin(&self, at: usize) -> usize {
        self.origins.get(at).copied().unwrap_or_default()
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
        self.text.push(character);
        self.origins.resize(self.text.len(), at);
    }
}

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
    fn knows_where_each_byte_came_from() {
        let folded = Folded::of("xé  ß!");
        assert_eq!(folded.text, "xe ss!");
        let origins: Vec<usize> = (0..=folded.text.len()).map(|at| folded.origin(at)).collect();
        assert_eq!(origins, [0, 1, 3, 5, 5, 7, 8]);
    }
}
