//! How many tokens a text can be at most, for budgets that must hold whichever model reads it.
//! It counts no tokens exactly: that takes a vocabulary of megabytes, and each provider has its own.
//!
//! Reasons for the bound, by kind of character (tokenizers are byte-level BPE: one token holds one byte at least):
//! - Beyond ASCII: a token a byte, which no byte-level tokenizer exceeds.
//! - Digits: one each; vocabularies group up to three, some none. Signs and control characters: one each.
//! - White space: one a line break and one a run of blanks; vocabularies hold long runs, and a single blank is part of
//!   the word after it.
//! - Letters: a run of one case is one token for each started group of three letters, a capital opening a word included.
//!   Words of natural language need fewer; strings without words (hashes, keys) change case or carry digits every few
//!   letters, so that their groups are short. A longer run than a word can be is counted by twos.

/// A number of tokens that this text does not exceed.
#[must_use]
pub fn upper_bound(text: &str) -> u32 {
    let mut count = Count { tokens: 0, run: 0, upper: 0, blanks: 0 };
    for c in text.chars() {
        count.character(c);
    }
    count.end_run();
    count.end_blanks();
    count.tokens
}

struct Count {
    tokens: u32,
    /// Letters of the run so far.
    run: u32,
    /// How many of them are capitals.
    upper: u32,
    blanks: u32,
}

impl Count {
    fn character(&mut self, c: char) {
        if c == ' ' || c == '\t' {
            self.end_run();
            self.blanks += 1;
            return;
        }
        self.end_blanks();
        match c {
            'a'..='z' => {
                if self.upper > 1 {
                    self.end_run();
                }
                self.run += 1;
            }
            'A'..='Z' => {
                if self.run > self.upper {
                    self.end_run();
                }
                self.run += 1;
                self.upper += 1;
            }
            _ => {
                self.end_run();
                self.tokens = self.tokens.saturating_add(u32::try_from(c.len_utf8()).unwrap_or(4));
            }
        }
    }

    /// Capitals are rarer in vocabularies: they count by twos, as do runs no word is as long as.
    fn end_run(&mut self) {
        let group = if self.upper > 1 || self.run > LONGEST_WORD { 2 } else { 3 };
        self.tokens = self.tokens.saturating_add(self.run.div_ceil(group));
        self.run = 0;
        self.upper = 0;
    }

    fn end_blanks(&mut self) {
        if self.blanks > 1 {
            self.tokens = self.tokens.saturating_add(1 + self.blanks / 16);
        }
        self.blanks = 0;
    }
}

/// Letters of the longest word that counts by threes.
const LONGEST_WORD: u32 = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_kind_of_character() {
        for (text, tokens) in [
            ("", 0),
            ("a", 1),
            ("hello world", 4),
            ("12345", 5),
            ("é", 2),
            ("日本", 6),
            ("a  b", 3),
            ("HTTPServer", 5),
            ("{}\n", 3),
        ] {
            assert_eq!(upper_bound(text), tokens, "{text:?}");
        }
    }
}
