//! Closure: what was found once is masked wherever it stands, also where its context alone would not have shown it.
//! It finds nothing new by itself.

use super::Kind;
use super::finding::Finding;
use super::text::{Text, is_word};
use foldhash::HashMap;
use memchr::{memchr_iter, memchr2_iter, memchr3_iter};

/// Values found so far in this request, as a tree of words: what one text adds costs as much as it is long, however many
/// values there are already, and a place in a text is followed no further than the longest value.
#[derive(Default)]
pub(super) struct Closure {
    /// The step from a node by a word (or by a character between words) to another node. The first node is 0.
    steps: HashMap<(u32, Box<str>), u32>,
    /// For each node but the first, what ends there.
    kinds: Vec<Option<Kind>>,
    /// The bytes that values begin with, each once.
    first: Vec<u8>,
}

impl Closure {
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Remembers the values whose finding depended on context, and their usual other spellings.
    pub(super) fn learn(&mut self, text: &str, findings: &[Finding]) {
        for finding in findings.iter().filter(|finding| depends_on_context(finding.kind)) {
            let Some(value) = text.get(finding.start..finding.end) else { continue };
            for spelling in spellings(finding.kind, value) {
                if (SHORTEST..=LONGEST).contains(&spelling.len()) && !is_plain_word(&spelling) {
                    self.add(&spelling, finding.kind);
                }
            }
        }
    }

    fn add(&mut self, value: &str, kind: Kind) {
        self.first.extend(value.bytes().next().filter(|byte| !self.first.contains(byte)));
        let (mut node, mut rest) = (0, value);
        while !rest.is_empty() {
            let (word, behind) = rest.split_at(word_length(rest));
            let new = u32::try_from(self.kinds.len() + 1).unwrap_or(u32::MAX);
            node = *self.steps.entry((node, word.into())).or_insert(new);
            if node == new {
                self.kinds.push(None);
            }
            rest = behind;
        }
        let end = usize::try_from(node).ok().and_then(|node| self.kinds.get_mut(node.checked_sub(1)?));
        end.into_iter().for_each(|end| *end = end.or(Some(kind)));
    }

    /// Every occurrence of a remembered value, the longest at each place, from left to right.
    pub(super) fn find(&self, text: &str) -> Vec<Finding> {
        let mut found = Vec::new();
        if self.is_empty() {
            return found;
        }
        let (source, mut free) = (Text::new(text), 0);
        self.each_beginning(text.as_bytes(), |at| {
            let starts = at >= free && !is_plain_word_byte(source.before(at));
            if !starts || !text.is_char_boundary(at) || source.word_before(at) {
                return;
            }
            if let Some((end, kind)) = self.longest(text.get(at..).unwrap_or_default()) {
                free = at + end;
                found.push(Finding::new(kind, at..free, 80));
            }
        });
        found
    }

    /// Every place of a byte that values begin with.
    fn each_beginning(&self, text: &[u8], visit: impl FnMut(usize)) {
        match *self.first {
            [one] => memchr_iter(one, text).for_each(visit),
            [one, two] => memchr2_iter(one, two, text).for_each(visit),
            [one, two, three] => memchr3_iter(one, two, three, text).for_each(visit),
            _ => {
                let mut set = [false; 256];
                self.first
                    .iter()
                    .for_each(|byte| set.get_mut(usize::from(*byte)).into_iter().for_each(|has| *has = true));
                let has = |byte: &u8| set.get(usize::from(*byte)).copied().unwrap_or_default();
                text.iter().enumerate().filter(|(_, byte)| has(byte)).map(|(at, _)| at).for_each(visit);
            }
        }
    }

    /// The longest value a text begins with that ends where a word does.
    fn longest(&self, text: &str) -> Option<(usize, Kind)> {
        let (mut node, mut at, mut longest) = (0, 0, None);
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty() && at < LONGEST) {
            let word = rest.get(..word_length(rest))?;
            if word.len() > LONGEST {
                break;
            }
            let Some(next) = self.steps.get(&(node, word.into())) else { break };
            (node, at) = (*next, at + word.len());
            let kind = usize::try_from(node).ok().and_then(|node| *self.kinds.get(node.checked_sub(1)?)?);
            let joined = word.starts_with(is_word) && text.get(at..).is_some_and(|rest| rest.starts_with(is_word));
            longest = kind.filter(|_| !joined).map(|kind| (at, kind)).or(longest);
        }
        longest
    }
}

/// The length of the word at the beginning of a text, read no further than matters, or of the one character that is none.
fn word_length(text: &str) -> usize {
    let word = text.char_indices().take_while(|(at, character)| is_word(*character) && *at <= LONGEST);
    let end = word.last().map(|(at, character)| at + character.len_utf8());
    end.or_else(|| text.chars().next().map(char::len_utf8)).unwrap_or_default()
}

const fn is_plain_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

const fn depends_on_context(kind: Kind) -> bool {
    !matches!(kind, Kind::Email | Kind::Person | Kind::Ip | Kind::Mac | Kind::UrlCredential)
}

/// The value as written, and for numbers their digits alone.
fn spellings(kind: Kind, value: &str) -> Vec<String> {
    let mut spellings = vec![value.to_owned()];
    if matches!(kind, Kind::Phone | Kind::Iban | Kind::Card) {
        let compact: String = value.chars().filter(|c| c.is_alphanumeric()).collect();
        if kind == Kind::Phone && value.starts_with('+') {
            spellings.push(format!("+{compact}"));
        }
        if compact.len() > 8 {
            spellings.push(compact);
        }
    }
    spellings
}

/// A word of the language may be somebody's password and still mean what it says elsewhere.
fn is_plain_word(value: &str) -> bool {
    value.chars().all(char::is_alphabetic)
}

/// Shorter values are too likely to be something else.
const SHORTEST: usize = 6;
/// Longer values are private keys and web tokens, which need no context to be found again.
const LONGEST: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: Kind, value: &str, text: &str, expected: &[&str]) {
        let mut closure = Closure::default();
        closure.learn(value, &[Finding::new(kind, 0..value.len(), 50)]);
        let found: Vec<&str> =
            closure.find(text).iter().map(|finding| text.get(finding.start..finding.end).unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn finds_known_values_at_word_boundaries() {
        check(Kind::Secret, "hunter2", "it was hunter2, not hunter22 or xhunter2", &["hunter2"]);
        check(Kind::Phone, "+49 30 901820", "+4930901820 4930901820", &["+4930901820", "4930901820"]);
    }

    #[test]
    fn finds_the_longest_at_each_place() {
        let mut closure = Closure::default();
        for value in ["abc-12", "abc-12-x9", "12-x9-77"] {
            closure.learn(value, &[Finding::new(Kind::Secret, 0..value.len(), 50)]);
        }
        let text = "abc-12-x9-77 abc-12-x abc-123 (12-x9-77)";
        let found: Vec<&str> = closure.find(text).iter().map(|one| text.get(one.start..one.end).unwrap()).collect();
        assert_eq!(found, ["abc-12-x9", "abc-12", "12-x9-77"]);
    }

    #[test]
    fn forgets_values_that_are_too_short_or_plain_words() {
        check(Kind::Secret, "password", "the password", &[]);
        check(Kind::Secret, "abc1", "abc1", &[]);
    }
}
