//! A text as detectors read it: bytes that are zero outside the text, and words.
//! It copies nothing and never panics, whatever the position.

use std::ops::Range;

/// A text under examination.
pub(super) struct Text<'a> {
    text: &'a str,
    #[cfg(test)]
    steps: std::cell::Cell<usize>,
}

impl<'a> Text<'a> {
    pub(super) const fn new(text: &'a str) -> Text<'a> {
        Text {
            text,
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The byte at a position; zero outside.
    pub(super) fn byte(&self, at: usize) -> u8 {
        #[cfg(test)]
        self.steps.set(self.steps.get() + 1);
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The byte before a position; zero at the start.
    pub(super) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |at| self.byte(at))
    }

    /// The text of a range; empty when the range does not fall on characters.
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or("")
    }

    /// The character that ends at a position.
    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        match self.before(at) {
            0 => None,
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(..at)?.chars().next_back(),
        }
    }

    /// The character that begins at a position.
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        match self.byte(at) {
            0 => None,
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(at..)?.chars().next(),
        }
    }

    /// Whether the character that ends here belongs to a word.
    pub(super) fn word_before(&self, at: usize) -> bool {
        self.char_before(at).is_some_and(is_word)
    }

    /// Whether the character that begins here belongs to a word.
    pub(super) fn word_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(is_word)
    }

    /// The end of the run of bytes that fit, from a position, at most `most` bytes on.
    pub(super) fn run(&self, from: usize, most: usize, fits: impl Fn(u8) -> bool) -> usize {
        let mut at = from;
        while at < from.saturating_add(most) && at < self.len() && fits(self.byte(at)) {
            at += 1;
        }
        at
    }

    /// The start of the run of bytes that fit and end at a position, at most `most` bytes back.
    pub(super) fn run_back(&self, from: usize, most: usize, fits: impl Fn(u8) -> bool) -> usize {
        let mut at = from;
        while at > from.saturating_sub(most) && fits(self.before(at)) {
            at -= 1;
        }
        at
    }

    /// The part of the line before a position, at most about `most` bytes, in ASCII lower case.
    pub(super) fn lead(&self, at: usize, most: usize) -> String {
        let mut start = self.run_back(at, most, |byte| byte != b'\n' && byte != 0);
        while start < at && !self.text.is_char_boundary(start) {
            start += 1;
        }
        // A word cut at the start is none.
        if self.word_before(start) {
            while start < at && self.word_at(start) {
                start += self.char_at(start).map_or(1, char::len_utf8);
            }
        }
        self.slice(start..at).to_lowercase()
    }

    #[cfg(test)]
    pub(super) const fn steps(&self) -> usize {
        self.steps.get()
    }
}

/// Whether a character belongs to a word or a number.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Whether one of the words ends a lead with nothing but a few non-letters, or stands in it as a word.
pub(super) fn has_word(lead: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        lead.match_indices(word).any(|(at, _)| {
            let before = lead.get(..at).and_then(|text| text.chars().next_back());
            let after = lead.get(at + word.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphabetic)
        })
    })
}
