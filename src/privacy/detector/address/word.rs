//! One word of an address after another, forwards and backwards: what it looks like and what it may mean.
//! It knows no order of words.

use super::Text;
use super::lexicon::{Class, class_of};

/// A word, a number, a comma or a line's end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) form: Form,
    pub(super) class: Class,
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Capital,
    Lower,
    /// A house number: "12", "12a", "12-14", "12/2"; and what else is only digits.
    Number,
    /// "5th", "3º", "2e".
    Ordinal,
    /// Letters and digits mixed.
    Code,
    Comma,
    Break,
    /// What belongs to no address.
    Other,
}

impl Word {
    /// The word that begins at a position, blanks skipped; `None` at the end of the text.
    pub(super) fn next(text: &Text<'_>, at: usize) -> Option<Word> {
        let start = text.run(at, 8, is_blank);
        let first = text.char_at(start)?;
        let after = start + first.len_utf8();
        let mark = |form, end| Some(Word { start, end, form, class: Class::NONE });
        match first {
            '\n' => mark(Form::Break, after),
            '\r' => mark(Form::Break, if text.byte(after) == b'\n' { after + 1 } else { after }),
            ',' | ';' => mark(Form::Comma, after),
            '-' | '–' | '—' | '|' if is_blank(text.byte(after)) => mark(Form::Comma, after),
            '#' | '№' => Some(Word { start, end: after, form: Form::Lower, class: Class::MARK }),
            '&' => Some(Word { start, end: after, form: Form::Lower, class: Class::LINK }),
            _ if !first.is_alphanumeric() => mark(Form::Other, after),
            _ => Some(Word::of(text, start, end_of(text, start))),
        }
    }

    /// The word that ends at a position, blanks skipped; `None` at the start of the text.
    pub(super) fn previous(text: &Text<'_>, at: usize) -> Option<Word> {
        let end = text.run_back(at, 8, is_blank);
        let last = text.char_before(end)?;
        let start = end - last.len_utf8();
        let mark = |form, start| Some(Word { start, end, form, class: Class::NONE });
        match last {
            '\n' => mark(Form::Break, if text.before(start) == b'\r' { start - 1 } else { start }),
            ',' | ';' => mark(Form::Comma, start),
            '-' | '–' | '—' | '|' if is_blank(text.before(start)) => mark(Form::Comma, start),
            '#' | '№' => Some(Word { start, end, form: Form::Lower, class: Class::MARK }),
            '&' => Some(Word { start, end, form: Form::Lower, class: Class::LINK }),
            '.' | '/' if text.char_before(start).is_some_and(char::is_alphabetic) => {
                Some(Word::of(text, start_of(text, start), end))
            }
            _ if last.is_alphanumeric() || last == '°' => Some(Word::of(text, start_of(text, end), end)),
            _ => mark(Form::Other, start),
        }
    }

    fn of(text: &Text<'_>, start: usize, end: usize) -> Word {
        let word = text.slice(start..end);
        if word.is_empty() || word.len() >= LONGEST {
            return Word { start, end: end.max(start + 1), form: Form::Other, class: Class::NONE };
        }
        let form = form_of(word);
        let class = match form {
            Form::Number | Form::Ordinal | Form::Other => Class::NONE,
            _ => class_of(word),
        };
        Word { start, end, form, class }
    }

    pub(super) fn is(&self, class: Class) -> bool {
        self.class.is(class)
    }

    pub(super) fn text<'a>(&self, text: &Text<'a>) -> &'a str {
        text.slice(self.start..self.end)
    }

    /// How many digits it is, when it is nothing else.
    pub(super) fn digits(&self, text: &Text<'_>) -> usize {
        let word = self.text(text);
        if word.bytes().all(|byte| byte.is_ascii_digit()) { word.len() } else { 0 }
    }

    /// A small word inside a name, or a point of the compass.
    pub(super) fn is_link(&self) -> bool {
        self.is(Class::LINK) || (self.is(Class::DIRECTION) && self.form == Form::Capital)
    }

    /// Two or three capital letters: a code of a state or province.
    pub(super) fn is_upper(&self, text: &Text<'_>) -> bool {
        self.text(text).trim_end_matches('.').bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'.')
    }
}

pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

fn end_of(text: &Text<'_>, start: usize) -> usize {
    let plain = text.run(start, LONGEST, |byte| byte.is_ascii_alphanumeric());
    if plain > start && !may_join(text.byte(plain)) {
        return plain;
    }
    let (mut end, mut letters, mut digits) = (start, 0, false);
    while end < start + LONGEST {
        let Some(this) = text.char_at(end) else { break };
        let after = end + this.len_utf8();
        let inner = || text.char_at(after).is_some_and(char::is_alphanumeric);
        match this {
            '°' => {}
            _ if this.is_alphanumeric() => {
                letters += 1;
                digits |= this.is_ascii_digit();
            }
            '/' if letters == 1 && !digits && end == start + 1 && matches!(text.byte(start), b'c' | b'C') => {
                return after;
            }
            '/' if digits && inner() => {}
            '/' if letters == 1 && inner() => {}
            '\'' | '’' | '-' | '–' | '\u{2011}' if inner() => letters = 0,
            '.' if letters == 1 && !digits && inner() => letters = 0,
            '.' if !digits && (1..=5).contains(&letters) => return after,
            _ => break,
        }
        end = after;
    }
    end
}

/// Whether a word may go on over a byte that is neither letter nor digit of ASCII.
const fn may_join(byte: u8) -> bool {
    byte >= 0x80 || matches!(byte, b'/' | b'\'' | b'-' | b'.')
}

fn start_of(text: &Text<'_>, end: usize) -> usize {
    let plain = text.run_back(end, LONGEST, |byte| byte.is_ascii_alphanumeric());
    if plain < end && !may_join(text.before(plain)) {
        return plain;
    }
    let mut start = end;
    while start + LONGEST > end {
        let Some(before) = text.char_before(start) else { break };
        let to = start - before.len_utf8();
        let inner = || text.char_before(to).is_some_and(char::is_alphanumeric);
        match before {
            '°' => {}
            _ if before.is_alphanumeric() => {}
            '\'' | '’' | '-' | '–' | '\u{2011}' | '/' if inner() => {}
            // "N.W", but not "ул.Ленина".
            '.' if inner() && !text.word_before(to - text.char_before(to).map_or(1, char::len_utf8)) => {}
            _ => break,
        }
        start = to;
    }
    start
}

fn form_of(word: &str) -> Form {
    match word.bytes().fold(0, |seen, byte| seen | sort(byte)) {
        DIGIT => return if word.len() <= LONGEST_NUMBER { Form::Number } else { Form::Code },
        SMALL => return Form::Lower,
        CAPITAL => return Form::Capital,
        LETTER if is_identifier(word) => return Form::Other,
        LETTER if word.starts_with(|first: char| first.is_ascii_uppercase()) => return Form::Capital,
        LETTER => return Form::Lower,
        _ => {}
    }
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if first.is_ascii_digit() {
        let tail = word.trim_start_matches(|c: char| c.is_ascii_digit());
        let lower = tail.trim_end_matches('.').to_lowercase();
        return if ["st", "nd", "rd", "th", "er", "e", "ème", "eme", "º", "ª", "°", "o"].contains(&lower.as_str()) {
            Form::Ordinal
        } else if word.split(['-', '–', '/']).all(is_house_number) && word.len() <= LONGEST_NUMBER {
            Form::Number
        } else {
            Form::Code
        };
    }
    if digits > 0 {
        return Form::Code;
    }
    let inner = word.split(['\'', '’']).nth(1).and_then(|part| part.chars().next());
    if is_identifier(word) {
        return Form::Other;
    }
    if first.is_uppercase() || inner.is_some_and(char::is_uppercase) { Form::Capital } else { Form::Lower }
}

/// What a byte is: a digit, a small letter or a capital of ASCII, or something else; a bit each.
fn sort(byte: u8) -> u8 {
    SORTS.get(usize::from(byte)).copied().unwrap_or(OTHER)
}

static SORTS: [u8; 256] = {
    let (mut sorts, mut byte) = ([OTHER; 256], 0_u8);
    while byte < 128 {
        let sort = match byte {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            _ => OTHER,
        };
        #[expect(
            clippy::indexing_slicing,
            clippy::as_conversions,
            reason = "while building; a byte is below the length"
        )]
        {
            sorts[byte as usize] = sort;
        }
        byte += 1;
    }
    sorts
};

const DIGIT: u8 = 1;
const SMALL: u8 = 2;
const CAPITAL: u8 = 4;
const LETTER: u8 = SMALL | CAPITAL;
const OTHER: u8 = 8;

/// "NameNode", "camelCase": capitals behind small letters, but for names that are written so.
fn is_identifier(word: &str) -> bool {
    let humps = word.as_bytes().windows(2).any(|pair| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']));
    humps
        && !["Mc", "Mac", "La", "Le", "De", "Di", "Van", "Du", "Fitz", "St"]
            .iter()
            .any(|prefix| word.starts_with(prefix) && word.len() < 14)
}

/// Digits and at most one letter.
fn is_house_number(part: &str) -> bool {
    let tail = part.trim_start_matches(|c: char| c.is_ascii_digit());
    let single = tail.chars().count() < 2 && tail.chars().all(char::is_alphabetic);
    (single || matches!(tail, "bis" | "ter")) && (!part.is_empty())
}

/// A house number is no longer, with all that belongs to it.
const LONGEST_NUMBER: usize = 12;
/// A word this long is none of an address.
const LONGEST: usize = 48;
