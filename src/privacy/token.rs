//! Tokens as text: how one is written, and every way a model may write it.
//! It does not know which were issued; [`super::table`] does.
//!
//! Written by us: `[KIND_n]`, and `[PERSON_n.b]` for the second form of a person. Read: that, in any case, with blanks inside, with
//! hyphens or escapes for the underscores, with one bracket missing, with both doubled, and bare with its underscore as a word of its own.

use super::Kind;
use super::classes::numbers;
use super::text::{Endings, Text};
use aho_corasick::AhoCorasick;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

/// What stands for one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) number: u32,
    /// Which form of a person; zero is the first and is not written.
    pub(super) form: u32,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}_{}", self.kind, self.number)?;
        if self.form > 0 {
            write!(f, ".{}", letters(self.form))?;
        }
        f.write_str("]")
    }
}

/// A token found in a text.
pub(super) struct Written {
    pub(super) token: Token,
    /// What the token's value replaces.
    pub(super) range: Range<usize>,
    /// An ending inside the brackets, kept behind the value.
    pub(super) suffix: Range<usize>,
    /// The kind's name to the last digit, whatever is around it.
    pub(super) core: Range<usize>,
    /// Further brackets directly around, when there is one on each side.
    pub(super) doubled: Option<Range<usize>>,
    /// Written exactly as we write it.
    pub(super) canonical: bool,
}

/// How much around a token decides whether it is one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Neighbours {
    /// As in a model's answer: never inside a longer word.
    Matter,
    /// As in a text to be masked, where neighbours may yet change: anything that could ever be read as a token.
    MayChange,
}

/// Finds tokens in texts.
#[derive(Clone, Copy)]
pub(super) struct Reader;

/// The first words of the kinds' names.
static NAMES: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let first_words = Kind::ALL.iter().map(|kind| first_word(*kind));
    AhoCorasick::builder().ascii_case_insensitive(true).build(first_words).ok()
});

fn first_word(kind: Kind) -> &'static str {
    kind.wire().split('_').next().unwrap_or_default()
}

/// Where kinds' names may begin in a text, each with the end of its first word, in order of their ends.
pub(super) fn names(text: &str) -> impl Iterator<Item = (usize, usize)> {
    NAMES.iter().flat_map(move |names| names.find_overlapping_iter(text)).map(|name| (name.start(), name.end()))
}

/// Whatever may be read as a token: what a kind's name and a number make. It starts at the numbers, which are rarer.
fn at_numbers(text: &Text<'_>) -> Vec<Written> {
    let mut found = Vec::new();
    numbers(text.as_str().as_bytes(), |at| {
        let before = text.before(at);
        if !is_joint(before) && !before.is_ascii_alphabetic() {
            return;
        }
        let name_end = if is_joint(before) { text.run_back(at, 3, is_joint) } else { at };
        if ENDINGS.may_end(text, name_end) && may_be_marked(text, name_end, at) {
            let kinds = Kind::ALL.iter().filter_map(|kind| Some((*kind, name_start(text, *kind, name_end)?)));
            found.extend(kinds.filter_map(|(kind, start)| {
                read_at(text, kind, start, start + first_word(kind).len(), Neighbours::MayChange)
            }));
        }
    });
    found
}

/// What the names of kinds end with.
static ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::of(Kind::ALL.iter().map(|kind| kind.wire())));

/// Whether an underscore is between a name and a number, or a bracket around: without them it is a word and a number.
fn may_be_marked(text: &Text<'_>, name_end: usize, number: usize) -> bool {
    text.slice(name_end..number).contains('_')
        || text.byte(text.run(number, 24, |byte| byte != b']')) == b']'
        || text.before(text.run_back(name_end, 32, |byte| byte != b'[')) == b'['
}

/// Where a kind's name begins that ends here, in any case, with any joints between its words.
fn name_start(text: &Text<'_>, kind: Kind, end: usize) -> Option<usize> {
    let mut at = end;
    for (nth, word) in kind.wire().rsplit('_').enumerate() {
        let word_end = if nth == 0 { at } else { text.run_back(at, 3, is_joint) };
        if nth > 0 && word_end == at {
            return None;
        }
        let last = word.as_bytes().last()?;
        at = word_end.checked_sub(word.len()).filter(|_| text.before(word_end).eq_ignore_ascii_case(last))?;
        if !text.slice(at..word_end).eq_ignore_ascii_case(word) {
            return None;
        }
    }
    Some(at)
}

impl Reader {
    pub(super) const fn new() -> Reader {
        Reader
    }

    /// The tokens of a text in order.
    pub(super) fn read(self, text: &str, neighbours: Neighbours) -> Vec<Written> {
        let source = Text::new(text);
        if neighbours == Neighbours::MayChange {
            return at_numbers(&source);
        }
        let Some(names) = &*NAMES else { return Vec::new() };
        let mut found: Vec<Written> = Vec::new();
        for name in names.find_overlapping_iter(text) {
            let Some(kind) = Kind::ALL.get(name.pattern().as_usize()) else { continue };
            let written = read_at(&source, *kind, name.start(), name.end(), neighbours);
            let overlaps = |written: &Written| found.last().is_some_and(|last| last.range.end > written.range.start);
            found.extend(written.filter(|written| !overlaps(written)));
        }
        found
    }
}

/// At the first word of a kind's name.
fn read_at(text: &Text<'_>, kind: Kind, start: usize, first_end: usize, neighbours: Neighbours) -> Option<Written> {
    let mut end = first_end;
    for word in kind.wire().split('_').skip(1) {
        let at = text.run(end, 3, is_joint);
        let fits = at > end && text.slice(at..at + word.len()).eq_ignore_ascii_case(word);
        end = fits.then_some(at + word.len())?;
    }
    let digits = text.run(end, 3, is_joint);
    let core_end = text.run(digits, 10, |byte| byte.is_ascii_digit());
    let number: u32 =
        text.slice(digits..core_end).parse().ok().filter(|_| core_end - digits < 10 && text.byte(digits) != b'0')?;
    let underscored = text.slice(end..digits).contains('_');
    let (form, form_end) = if kind == Kind::Person { form(text, core_end) } else { (0, core_end) };
    let token = Token { kind, number, form };
    let core = start..core_end;
    if neighbours == Neighbours::MayChange {
        let bracketed = opening(text, start).is_some() || closing(text, form_end).is_some();
        let (range, suffix) = (core.clone(), core_end..core_end);
        return (underscored || bracketed).then_some(Written {
            token,
            range,
            suffix,
            core,
            doubled: None,
            canonical: false,
        });
    }
    if let Some(range) = exact(text, token, start) {
        let suffix = range.end..range.end;
        return Some(Written { token, doubled: doubling(text, &range), range, suffix, core, canonical: true });
    }
    let suffix_end = inner_suffix(text, form_end);
    let (open, close) = brackets(text, start, suffix_end.unwrap_or(form_end));
    let suffix = form_end..suffix_end.filter(|_| close.is_some()).unwrap_or(form_end);
    let joined_left = open.is_none() && text.word_before(start);
    let joined_right = close.is_none() && text.word_at(form_end) && !is_suffix(text, form_end);
    let bare = open.is_none() && close.is_none();
    if joined_left || joined_right || (bare && !underscored) {
        return None;
    }
    let range = open.unwrap_or(start)..close.unwrap_or(form_end);
    let doubled = (open.is_some() && close.is_some()).then(|| doubling(text, &range)).flatten();
    Some(Written { token, range, suffix, core, doubled, canonical: false })
}

/// The brackets that belong to a token. One alone does, unless its partner stands further off: then both are the sentence's.
fn brackets(text: &Text<'_>, start: usize, end: usize) -> (Option<usize>, Option<usize>) {
    let far = |byte: u8| !matches!(byte, b'[' | b']' | b'\n' | 0);
    match (opening(text, start), closing(text, end)) {
        (Some(open), None) => {
            let partner = text.byte(text.run(end, FAR, far)) == b']';
            ((!partner).then_some(open), None)
        }
        (None, Some(close)) => {
            let partner = text.before(text.run_back(start, FAR, far)) == b'[';
            (None, (!partner).then_some(close))
        }
        both => both,
    }
}

/// The end of "'s" or another ending directly before a closing bracket.
fn inner_suffix(text: &Text<'_>, at: usize) -> Option<usize> {
    let genitive = ["'s", "’s"].into_iter().find(|suffix| text.slice(at..at + suffix.len()) == *suffix);
    genitive.map(|suffix| at + suffix.len()).or_else(|| ending(text, at)).filter(|end| text.byte(*end) == b']')
}

/// The range of the token, when it stands there letter by letter as we write it.
fn exact(text: &Text<'_>, token: Token, start: usize) -> Option<Range<usize>> {
    let (from, written) = (start.checked_sub(1)?, token.to_string());
    (text.slice(from..from + written.len()) == written).then(|| from..from + written.len())
}

/// ".b" after a person's number, with a boundary behind it; letters that go on are the next word.
fn form(text: &Text<'_>, at: usize) -> (u32, usize) {
    let none = (0, at);
    let dot = text.run(at, 2, |byte| matches!(byte, b' ' | b'\\'));
    if text.byte(dot) != b'.' {
        return none;
    }
    let from = text.run(dot + 1, 1, |byte| byte == b' ');
    let end = text.run(from, 4, |byte| byte.is_ascii_alphabetic());
    let closes = closing(text, end).is_some();
    if !(1..=3).contains(&(end - from)) || text.word_at(end) || ((dot > at || from > dot + 1) && !closes) {
        return none;
    }
    form_number(text.slice(from..end)).map_or(none, |form| (form, end))
}

/// Where an opening bracket before the name begins, its escape included.
fn opening(text: &Text<'_>, start: usize) -> Option<usize> {
    let at = text.run_back(start, 2, |byte| byte == b' ');
    let bracket = (text.before(at) == b'[').then(|| at - 1)?;
    Some(if text.before(bracket) == b'\\' { bracket - 1 } else { bracket })
}

/// Where a closing bracket ends, its escape included.
fn closing(text: &Text<'_>, end: usize) -> Option<usize> {
    let at = text.run(end, 2, |byte| byte == b' ');
    let at = at + usize::from(text.byte(at) == b'\\');
    (text.byte(at) == b']').then_some(at + 1)
}

fn doubling(text: &Text<'_>, range: &Range<usize>) -> Option<Range<usize>> {
    let end = closing(text, range.end).filter(|end| *end <= range.end + 2)?;
    let open = (text.before(range.start) == b'[').then(|| range.start - 1)?;
    let open = if text.before(open) == b'\\' && text.byte(end - 2) == b'\\' { open - 1 } else { open };
    Some(open..end)
}

/// An ending directly behind a bare token: kept, so that "PERSON_1s" gives the name with its s.
fn is_suffix(text: &Text<'_>, at: usize) -> bool {
    ending(text, at).is_some_and(|end| !text.word_at(end))
}

/// The end of an ending of plural, genitive or dative in Latin letters, or of any case in up to three Cyrillic ones.
fn ending(text: &Text<'_>, at: usize) -> Option<usize> {
    let end = text.run(at, 3, |byte| byte.is_ascii_lowercase());
    if end > at {
        return matches!(text.slice(at..end), "s" | "es" | "n" | "en").then_some(end);
    }
    let letters = text.slice(at..text.run(at, 6, |byte| byte >= 0x80));
    let end = at + letters.chars().take_while(|c| matches!(c, 'а'..='я')).map(char::len_utf8).sum::<usize>();
    (end > at).then_some(end)
}

const fn is_joint(byte: u8) -> bool {
    matches!(byte, b'_' | b' ' | b'-' | b'\\')
}

/// How far off a bracket's partner is looked for.
const FAR: usize = 80;

/// 1 is b, 25 is z, 26 is aa.
fn letters(form: u32) -> String {
    let (mut rest, mut out) = (form + 1, Vec::new());
    while rest > 0 {
        out.push(char::from_digit((rest - 1) % 26 + 10, 36).unwrap_or('a'));
        rest = (rest - 1) / 26;
    }
    out.iter().rev().collect()
}

fn form_number(letters: &str) -> Option<u32> {
    let number =
        letters.chars().try_fold(0u32, |number, letter| Some(number * 26 + letter.to_digit(36)?.checked_sub(9)?))?;
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let found = Reader::new().read(text, Neighbours::Matter);
        let found: Vec<(String, &str)> =
            found.iter().map(|w| (w.token.to_string(), text.get(w.range.clone()).unwrap())).collect();
        let expected: Vec<(String, &str)> =
            expected.iter().map(|(token, range)| ((*token).to_owned(), *range)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn reads_what_models_write() {
        check("[EMAIL_1]", &[("[EMAIL_1]", "[EMAIL_1]")]);
        check(
            "[email_1], [Email 1] [ EMAIL_1 ]",
            &[("[EMAIL_1]", "[email_1]"), ("[EMAIL_1]", "[Email 1]"), ("[EMAIL_1]", "[ EMAIL_1 ]")],
        );
        check(r"\[EMAIL\_1\] [EMAIL\_1]", &[("[EMAIL_1]", r"\[EMAIL\_1\]"), ("[EMAIL_1]", r"[EMAIL\_1]")]);
        check("[EMAIL_1, EMAIL_3", &[("[EMAIL_1]", "[EMAIL_1"), ("[EMAIL_3]", "EMAIL_3")]);
        check("EMAIL_2] x", &[("[EMAIL_2]", "EMAIL_2]")]);
        check("[EMAIL_1 and EMAIL_2]", &[("[EMAIL_1]", "EMAIL_1"), ("[EMAIL_2]", "EMAIL_2")]);
        check(
            "[PERSON_1.b]s [person_2 . C] PERSON_3.",
            &[("[PERSON_1.b]", "[PERSON_1.b]"), ("[PERSON_2.c]", "[person_2 . C]"), ("[PERSON_3]", "PERSON_3")],
        );
        check(
            "[BANK ACCOUNT 1] [date-of-birth_2]",
            &[("[BANK_ACCOUNT_1]", "[BANK ACCOUNT 1]"), ("[DATE_OF_BIRTH_2]", "[date-of-birth_2]")],
        );
        check(
            "PERSON_1's, PERSON_2s, [PERSON_3's]",
            &[("[PERSON_1]", "PERSON_1"), ("[PERSON_2]", "PERSON_2"), ("[PERSON_3]", "[PERSON_3's]")],
        );
        check(
            "PERSON_1n, PERSON_2en, [PERSON_3en], [PERSON_4n]",
            &[
                ("[PERSON_1]", "PERSON_1"),
                ("[PERSON_2]", "PERSON_2"),
                ("[PERSON_3]", "[PERSON_3en]"),
                ("[PERSON_4]", "[PERSON_4n]"),
            ],
        );
        check(
            "PERSON_1у, PERSON_2ом [PERSON_3ами]",
            &[("[PERSON_1]", "PERSON_1"), ("[PERSON_2]", "PERSON_2"), ("[PERSON_3]", "[PERSON_3ами]")],
        );
    }

    #[test]
    fn reads_nothing_inside_longer_words_and_ordinary_text() {
        for text in [
            "MYEMAIL_1",
            "EMAIL_1x",
            "EMAIL_1ens",
            "EMAIL_1почта",
            "EMAIL_1山",
            "EMAIL_12345678901",
            "EMAIL_01",
            "EMAIL_",
            "EMAIL",
            "email 1",
            "Person 2 said",
            "IP4",
            "sha_1",
            "[X_1]",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn reads_whatever_may_become_a_token() {
        let cores = |text: &'static str| {
            let found = Reader::new().read(text, Neighbours::MayChange);
            found.into_iter().map(|written| text.get(written.core).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(cores("x[EMAIL_1] myemail_22x [date-of \\birth 3"), ["EMAIL_1", "email_22", "date-of \\birth 3"]);
        assert_eq!(cores("IP4] [IP 12 bank_\\_account_7 ship_1"), ["IP4", "IP 12", "bank_\\_account_7", "ip_1"]);
        assert!(Kind::ALL.iter().all(|kind| ENDINGS.may_end(&Text::new(kind.wire()), kind.wire().len())));
        assert_eq!(cores("email 1, EMAIL_01 bank    account_1 EMAIL_1234567890 version 2 id_3"), [""; 0]);
    }

    #[test]
    fn letters_count_like_columns() {
        for (form, expected) in [(1, "b"), (25, "z"), (26, "aa"), (27, "ab"), (701, "zz"), (702, "aaa")] {
            assert_eq!(letters(form), expected);
            assert_eq!(form_number(expected), Some(form));
        }
    }
}
