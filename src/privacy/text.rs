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

    /// The part of the line before a position, at most about `most` bytes, in lower case.
    pub(super) fn lead(&self, at: usize, most: usize) -> Lead {
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
        Lead::of(self.slice(start..at))
    }

    /// Adds the steps of a copy.
    #[cfg(test)]
    pub(super) fn count(&self, steps: usize) {
        self.steps.set(self.steps.get() + steps);
    }

    #[cfg(test)]
    pub(super) const fn steps(&self) -> usize {
        self.steps.get()
    }
}

/// With what two letters of ASCII some words end, in any case: one look turns most other words down.
pub(super) struct Endings([u32; 32]);

impl Endings {
    /// Of words of two bytes and more.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Endings {
        let mut endings = Endings([0; 32]);
        for word in words {
            if let [.., one, last] = *word.as_bytes()
                && let Some(row) = endings.0.get_mut(usize::from(last & 31))
            {
                *row |= 1 << (one & 31);
            }
        }
        endings
    }

    /// Whether one of the words may end here. Some that do not are taken for one.
    pub(super) fn may_end(&self, text: &Text<'_>, at: usize) -> bool {
        let (last, one) = (text.before(at), text.before(at.saturating_sub(1)));
        self.0.get(usize::from(last & 31)).is_some_and(|row| row >> (one & 31) & 1 == 1)
    }
}

/// With what three letters of ASCII some words begin, in any case: one look over a text turns most others down.
pub(super) struct Beginnings(Box<[u32; 1024]>);

impl Beginnings {
    /// Of words of two bytes and more.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Beginnings {
        let mut beginnings = Beginnings(Box::new([0; 1024]));
        for word in words {
            let (row, thirds) = match *word.as_bytes() {
                [first, second, third, ..] => (pair(first, second), 1 << (third & 31)),
                [first, second] => (pair(first, second), u32::MAX),
                _ => continue,
            };
            beginnings.0.get_mut(row).into_iter().for_each(|row| *row |= thirds);
        }
        beginnings
    }

    fn has(&self, first: u8, second: u8, third: u8) -> bool {
        self.0.get(pair(first, second)).is_some_and(|row| row >> (third & 31) & 1 == 1)
    }

    /// Whether one of the words may stand on the line before a position, at most so many bytes back. Beyond ASCII the case is
    /// not known.
    pub(super) fn may_be_before(&self, text: &Text<'_>, at: usize, most: usize) -> bool {
        let bytes = text.as_str().as_bytes().get(at.saturating_sub(most)..at).unwrap_or_default();
        #[cfg(test)]
        text.count(bytes.len());
        let (mut before, mut first, mut second) = (0_u8, 0, 0);
        for third in bytes.iter().copied().chain([0]) {
            if !third.is_ascii() || (!before.is_ascii_alphanumeric() && self.has(first, second, third)) {
                return true;
            }
            (before, first, second) = (first, second, third);
        }
        false
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

/// Words that are looked for anywhere in short texts, also inside words.
pub(super) struct Parts {
    words: &'static [&'static str],
    beginnings: Beginnings,
    /// Those of one byte.
    bytes: Vec<u8>,
}

impl Parts {
    pub(super) fn of(words: &'static [&'static str]) -> Parts {
        let bytes = words.iter().filter_map(|word| if let [byte] = *word.as_bytes() { Some(byte) } else { None });
        Parts { words, beginnings: Beginnings::of(words.iter().copied()), bytes: bytes.collect() }
    }

    /// Whether a text has one of them, written so.
    pub(super) fn are_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let begins = |at: usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            let may_begin = match *rest {
                [first, second, third, ..] => self.beginnings.has(first, second, third),
                [_, _] => true,
                _ => false,
            };
            may_begin && self.words.iter().any(|word| rest.starts_with(word.as_bytes()))
        };
        (0..bytes.len()).any(begins) || bytes.iter().any(|byte| self.bytes.contains(byte))
    }
}

/// Whether a character belongs to a word or a number.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The text before a position in lower case, without a place on the heap.
pub(super) struct Lead {
    bytes: [u8; LONGEST_LEAD],
    length: usize,
}

impl Lead {
    fn of(text: &str) -> Lead {
        let mut lead = Lead { bytes: [0; LONGEST_LEAD], length: 0 };
        if text.is_ascii() {
            lead.bytes.iter_mut().zip(text.bytes()).for_each(|(to, byte)| *to = byte.to_ascii_lowercase());
            lead.length = text.len().min(LONGEST_LEAD);
            return lead;
        }
        for character in text.chars() {
            if character.is_ascii() {
                lead.push(character.to_ascii_lowercase());
            } else {
                character.to_lowercase().for_each(|lower| lead.push(lower));
            }
        }
        lead
    }

    /// Adds a character, if there is room for the whole of it.
    fn push(&mut self, character: char) {
        let end = self.length + character.len_utf8();
        if let Some(room) = self.bytes.get_mut(self.length..end) {
            character.encode_utf8(room);
            self.length = end;
        }
    }
}

impl std::ops::Deref for Lead {
    type Target = str;

    fn deref(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// More than twice what any detector asks for: lower case may be longer.
const LONGEST_LEAD: usize = 128;

/// Whether one of the words (in lower case) stands in a lead as a word; digits may follow it.
pub(super) fn has_word(lead: &str, words: &[&str]) -> bool {
    let mut inside = false;
    for (at, character) in lead.char_indices() {
        let starts = !inside || !character.is_alphanumeric();
        inside = character.is_alphanumeric();
        let Some(rest) = lead.get(at..).filter(|_| starts) else { continue };
        let first = rest.as_bytes().first();
        let mut alike = words.iter().filter(|word| word.as_bytes().first() == first);
        if alike.any(|word| rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_are_whole_words_of_the_line_in_lower_case() {
        let text = Text::new("one two\nThe TELEPHONE Ä: 12");
        let lead = |at, most| text.lead(at, most).to_owned();
        assert_eq!(lead(text.len() - 2, 40), "the telephone ä: ");
        assert_eq!(lead(text.len() - 2, 12), " ä: ");
        assert_eq!(lead(3, 40), "one");
        assert_eq!(lead(0, 40), "");
        assert_eq!(Text::new(&"İ".repeat(60)).lead(120, 40).len(), 0);
        assert_eq!(Text::new(&format!(" {}", "İ".repeat(60))).lead(121, 121).len(), LONGEST_LEAD);
    }

    #[test]
    fn finds_whole_words_of_a_lead() {
        for (lead, expected) in [
            ("my tel ", true),
            ("tel1", true),
            ("hotel ", false),
            ("tell ", false),
            ("hotel tel.", true),
            ("x phone no. ", true),
            ("téléphone: ", true),
            ("", false),
        ] {
            assert_eq!(has_word(lead, &["tel", "phone no", "téléphone"]), expected, "{lead}");
        }
    }
}
