//! How many tokens a text can be at most, for budgets that must hold whichever model reads it.
//! It counts no tokens exactly: that takes a vocabulary of megabytes, and each provider has its own.
//!
//! The tokenizers meant are byte-level byte-pair encodings: one token holds one byte at least. By kind of character:
//! - Beyond ASCII: a token a byte, which no such tokenizer exceeds.
//! - Digits, signs, control characters, line breaks: one each. Vocabularies hold groups; none needs more.
//! - A blank is part of the letters or the common sign behind it, else one; a run of blanks is one for each sixteen.
//! - A run of letters of one case (a capital may open it): one for the first letter and one for each started three more;
//!   one in all for the words every vocabulary holds whole. A run that no language would write (too few vowels, five
//!   consonants in a row, longer than any word) is a token a letter.
//! - A run of capitals: three for each started four.
//!
//! Only the first two rules are proofs. The others were measured against the vocabularies `o200k` and `cl100k`: no
//! document of tickets, pages and code was underestimated, at about twice the count; nor were random letters and digits.

/// A number of tokens that this text does not exceed.
#[must_use]
pub fn upper_bound(text: &str) -> u32 {
    let mut count = Count::default();
    let bytes = text.as_bytes();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let run = rest.iter().take_while(|b| kind(**b) == kind(*first)).count();
        let (run, others) = rest.split_at(run);
        rest = match kind(*first) {
            Kind::Letter => {
                count.letters(run);
                others
            }
            Kind::Blank => {
                count.blanks(run.len(), others.first().copied());
                others
            }
            Kind::Other => {
                count.add(1);
                after
            }
        };
    }
    // the first word has no blank to lean on
    count.0.saturating_add(u32::from(!text.is_empty()))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Blank,
    /// One token a byte.
    Other,
}

fn kind(byte: u8) -> Kind {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => Kind::Letter,
        b' ' | b'\t' => Kind::Blank,
        _ => Kind::Other,
    }
}

#[derive(Default)]
struct Count(u32);

impl Count {
    fn add(&mut self, tokens: usize) {
        self.0 = self.0.saturating_add(u32::try_from(tokens).unwrap_or(u32::MAX));
    }

    fn blanks(&mut self, run: usize, next: Option<u8>) {
        if run > 1 {
            self.add(1 + run.div_ceil(16));
        } else if !next.is_some_and(|b| kind(b) == Kind::Letter || OPENING.contains(&b)) {
            self.add(1);
        }
    }

    /// Letters, cut where the case changes: `HTTPServer` is `HTTP` and `Server`.
    fn letters(&mut self, mut run: &[u8]) {
        while !run.is_empty() {
            let capitals = run.iter().take_while(|b| b.is_ascii_uppercase()).count();
            let small = run.iter().skip(capitals).take_while(|b| b.is_ascii_lowercase()).count();
            let (acronym, word) = match (capitals, small) {
                (_, 0) => (capitals, 0),
                (0, _) => (0, small),
                (capitals, small) => (capitals - 1, small + 1),
            };
            self.add(acronym - acronym / 4);
            let (part, rest) = run.split_at(acronym + word);
            self.add(part.get(acronym..).map_or(0, word_bound));
            run = rest;
        }
    }
}

/// The bound of a run of small letters that a capital may open.
fn word_bound(word: &[u8]) -> usize {
    let is_common = |common: &&str| common.as_bytes().eq_ignore_ascii_case(word);
    if word.is_empty() || (word.len() <= 5 && COMMON.iter().any(is_common)) {
        return usize::from(!word.is_empty());
    }
    if is_pronounceable(word) { 1 + (word.len() - 1).div_ceil(3) } else { word.len() }
}

/// Whether a language might write it.
fn is_pronounceable(word: &[u8]) -> bool {
    let (mut vowels, mut row, mut longest) = (0_usize, 0_usize, 0_usize);
    for byte in word {
        if matches!(byte.to_ascii_lowercase(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y') {
            vowels += 1;
            row = 0;
        } else {
            row += 1;
            longest = longest.max(row);
        }
    }
    word.len() <= 3 || (word.len() <= LONGEST_WORD && longest < 5 && vowels * 5 > word.len())
}

/// Letters of the longest word that counts as one.
const LONGEST_WORD: usize = 18;

/// Signs that vocabularies hold together with a blank before them.
const OPENING: &[u8] = b"(\"'-[{</:=&*#$.\\+|>!@_,;~`%";

/// Words that vocabularies hold whole, with a blank before them and without.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "it", "for", "on", "that", "this", "with", "as", "are", "be", "by", "an", "or",
    "at", "we", "not", "from", "was", "if", "but", "can", "will", "has", "have", "when", "which", "there", "so", "you",
    "been", "were", "its", "they", "also", "then", "than", "our", "any", "all", "some", "do", "use", "used", "new", "set",
    "get", "add", "file", "data", "test", "code", "error", "null", "true", "false", "list", "name", "type", "only",
    "one", "two", "first", "time", "more", "other", "no", "up", "out", "into", "about", "after", "key", "value", "class",
    "http", "https", "com", "org", "user", "page", "see", "need", "make", "run", "just", "may", "should", "would", "he",
    "she", "his", "her", "who", "what", "how", "had", "over", "like", "my", "your", "their", "these", "such", "could",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_kind_of_character() {
        for (text, tokens) in [
            ("", 0),
            ("a", 2),
            ("the pump", 4),
            ("12345", 6),
            (" 0 0", 5),
            ("é", 3),
            ("日本", 7),
            ("a  b", 5),
            ("HTTPServer", 7),
            ("qxzvk", 6),
            ("{}\n", 4),
        ] {
            assert_eq!(upper_bound(text), tokens, "{text:?}");
        }
    }

    #[test]
    fn never_grows_by_cutting_less_than_it_adds() {
        let text = "A pump, 3.5 bar: see HTTPServer_x and Ünïcode  日本.";
        for (at, _) in text.char_indices() {
            let (a, b) = text.split_at(at);
            assert!(upper_bound(a) + upper_bound(b) + 1 >= upper_bound(text), "{at}");
        }
    }
}
