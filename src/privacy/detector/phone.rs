//! Telephone numbers: international forms of every country, national forms with separators, and bare digits beside a word
//! that says what they are.
//! It leaves dates, versions, ids, issue keys and hexadecimal alone; lengths of countries are in [`super::phone_plan`].
//!
//! Source: ITU-T E.123 and E.164; national groupings of NANPA (US, CA), Ofcom (GB), DIN 5008 (DE) and ARCEP (FR).

use super::phone_plan::is_international;
use super::{Finding, Kind, Text};
use crate::privacy::text::has_word;

/// At the first digit of a run.
pub(super) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let shape = Shape::read(text, at)?;
    let labelled = has_word(&text.lead(shape.start, 32), LABELS) || is_labelled_behind(text, &shape);
    if !labelled && !shape.plus && !shape.open && in_a_row_of_numbers(text, shape.start) {
        return None;
    }
    // Longest first: what follows a number on the line may be another number.
    let fitting = (1..=shape.groups.len()).rev().filter(|count| closes(text, &shape, *count));
    let (count, score) = fitting.filter_map(|count| Some((count, judge(&shape, count, labelled)?))).next()?;
    let end = extension(text, shape.groups.get(count - 1)?.end);
    Some(Finding::new(Kind::Phone, shape.start..end, score))
}

/// "28 64 66 98 office": a word on the line behind the whole number.
fn is_labelled_behind(text: &Text<'_>, shape: &Shape) -> bool {
    let end = shape.groups.last().map_or(shape.start, |group| group.end);
    let word = text.run(end, 1, |byte| byte == b' ');
    let stop = text.run(word, 8, |byte| byte.is_ascii_lowercase());
    word > end && BEHIND.contains(&text.slice(word..stop)) && !text.word_at(stop)
}

/// Digits in groups, as written.
struct Shape {
    start: usize,
    plus: bool,
    open: bool,
    digits: Vec<u8>,
    groups: Vec<Group>,
}

/// A run of digits.
struct Group {
    /// How many digits there are up to its end.
    upto: usize,
    length: usize,
    end: usize,
    /// The separator before it.
    separator: Separator,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    None,
    Space,
    Dot,
    Dash,
    Slash,
    Paren,
}

impl Shape {
    fn read(text: &Text<'_>, at: usize) -> Option<Shape> {
        let (start, plus, open) = lead_in(text, at)?;
        let mut shape = Shape { start, plus, open, digits: Vec::with_capacity(20), groups: Vec::new() };
        let (mut position, mut separator) = (at, Separator::None);
        while shape.groups.len() < 12 {
            let end = text.run(position, 20, |byte| byte.is_ascii_digit());
            let group = text.slice(position..end);
            // "+49 (0)30": the zero in brackets is not dialled after a country code.
            let trunk = plus && group == "0" && separator == Separator::Paren && text.byte(end) == b')';
            if !trunk {
                shape.digits.extend(group.bytes().map(|digit| digit - b'0'));
            }
            let length = if trunk { 0 } else { group.len() };
            shape.groups.push(Group { upto: shape.digits.len(), length, end, separator });
            if shape.digits.len() > 20 {
                break;
            }
            let Some((next, kind)) = separate(text, end) else { break };
            // A bracket opens an area code after a country code, or another number.
            if shape.groups.len() > 1 && text.slice(end..next).contains('(') {
                break;
            }
            (position, separator) = (next, kind);
        }
        Some(shape)
    }

    fn lengths(&self, count: usize) -> Vec<usize> {
        self.groups.iter().take(count).map(|group| group.length).collect()
    }

    fn digits(&self, count: usize) -> &[u8] {
        let upto = self.groups.get(count.wrapping_sub(1)).map_or(0, |group| group.upto);
        self.digits.get(..upto).unwrap_or_default()
    }

    fn has(&self, count: usize, separator: Separator) -> bool {
        self.groups.iter().take(count).any(|group| group.separator == separator)
    }
}

/// Where the number begins, whether with a plus, whether with a bracket; `None` inside a word or a longer number.
fn lead_in(text: &Text<'_>, at: usize) -> Option<(usize, bool, bool)> {
    let mut start = at;
    let mut open = false;
    if text.before(start) == b'(' {
        (start, open) = (start - 1, true);
    }
    let mut plus = text.before(start) == b'+';
    if plus {
        start -= 1;
        if text.before(start) == b'(' {
            (start, open) = (start - 1, true);
        }
    } else if text.slice(start.saturating_sub(3)..start) == "＋" {
        (start, plus) = (start - 3, true);
    }
    let before = text.char_before(start).unwrap_or(' ');
    let glued = match before {
        ':' => {
            text.before(start - 1).is_ascii_digit()
                || (text.before(start - 1).is_ascii_alphabetic() && !is_tel(text, start))
        }
        '-' | '.' | '/' | ',' => text.before(start - 1).is_ascii_alphanumeric(),
        '#' | '$' | '€' | '£' | '_' | '=' if !plus => before != '=',
        '+' | '*' | '%' | '\\' | '@' | '~' | '^' => true,
        _ => before.is_alphanumeric(),
    };
    (!glued || (before == ':' && plus)).then_some((start, plus, open))
}

fn is_tel(text: &Text<'_>, at: usize) -> bool {
    has_word(&text.lead(at, 32), LABELS)
}

/// The start of the next group and what stands before it.
fn separate(text: &Text<'_>, at: usize) -> Option<(usize, Separator)> {
    let (mut position, mut kind) = (at, Separator::None);
    for _ in 0..4 {
        let next = text.char_at(position)?;
        if next.is_ascii_digit() {
            return Some((position, kind));
        }
        let this = match next {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Separator::Space,
            '.' | '·' => Separator::Dot,
            '-' | '\u{2010}'..='\u{2014}' | '~' => Separator::Dash,
            '/' => Separator::Slash,
            '(' | ')' => Separator::Paren,
            _ => return None,
        };
        let doubled = kind == this && !matches!(this, Separator::Paren);
        if doubled || (kind == Separator::Dot && this == Separator::Dash) {
            return None;
        }
        if kind == Separator::None || this == Separator::Paren || kind == Separator::Space {
            kind = this;
        }
        position += next.len_utf8();
    }
    text.byte(position).is_ascii_digit().then_some((position, kind))
}

/// Whether a number may end after so many groups.
fn closes(text: &Text<'_>, shape: &Shape, count: usize) -> bool {
    let Some(group) = shape.groups.get(count.wrapping_sub(1)) else { return false };
    let next = text.char_at(group.end).unwrap_or(' ');
    let after = text.byte(group.end + next.len_utf8());
    match next {
        '-' | '.' | '/' | ':' | ',' | '\u{2010}'..='\u{2014}' => {
            !(after.is_ascii_digit() || (matches!(next, '-' | '.') && after.is_ascii_alphabetic()))
        }
        '(' => false,
        '_' | '%' | '@' | '=' | '+' => false,
        'x' | 'X' => after.is_ascii_digit() || after == b' ' || after == b'.' || after == b':',
        _ => !next.is_alphanumeric(),
    }
}

/// A score, when the first `count` groups are a telephone number.
fn judge(shape: &Shape, count: usize, labelled: bool) -> Option<u8> {
    let (digits, lengths) = (shape.digits(count), shape.lengths(count));
    if (!shape.plus && looks_like_a_date(digits, &lengths)) || digits.iter().all(|digit| Some(digit) == digits.first())
    {
        return None;
    }
    if shape.plus {
        return is_international(digits).then_some(95);
    }
    if let [0, 0, rest @ ..] = digits
        && lengths.first() > Some(&1)
        && is_international(rest)
        && (labelled || (count > 1 && rest.len() > 8))
    {
        return Some(85);
    }
    if let [0, 1, 1, rest @ ..] = digits
        && shape.groups.first().is_some_and(|group| group.length == 3)
        && is_international(rest)
        && count > 2
    {
        return Some(80);
    }
    if is_north_american(shape, count, digits, &lengths) {
        return Some(80);
    }
    if is_trunk(shape, count, digits, &lengths) {
        return Some(70);
    }
    // Beside a word that says so, any grouping but that of decimals and versions.
    let single = lengths.iter().filter(|length| **length == 1).count();
    let dotted = shape.has(count, Separator::Dot) && (lengths.len() < 3 || single > 0);
    let usual = (7..=15).contains(&digits.len()) && single < 3 && !dotted;
    (labelled && usual).then_some(75)
}

/// (NXX) NXX-XXXX with one kind of separator, or 1 before it.
fn is_north_american(shape: &Shape, count: usize, digits: &[u8], lengths: &[usize]) -> bool {
    let (digits, lengths) = match (digits, lengths) {
        ([1, rest @ ..], [1, lengths @ ..]) => (rest, lengths),
        _ => (digits, lengths),
    };
    let mixed = shape.has(count, Separator::Slash) && !shape.has(count, Separator::Dash);
    let grouped = lengths == [3, 3, 4] || (lengths == [3, 7] && shape.open);
    let assigned = matches!(digits, [2..=9, _, _, 2..=9, ..]);
    // Dashes or brackets in this grouping are a telephone number's even where the area code cannot be.
    let written = shape.open || (shape.has(count, Separator::Dash) && !shape.has(count, Separator::Space));
    grouped && !mixed && (assigned || (written && !matches!(digits, [0, 0, ..])))
}

/// A trunk zero, an area code, groups of two digits and more: GB, DE, FR and most of Europe.
fn is_trunk(shape: &Shape, count: usize, digits: &[u8], lengths: &[usize]) -> bool {
    let [0, 1..=9, ..] = digits else { return false };
    let Some((first, rest)) = lengths.split_first() else { return false };
    if let [1, area, rest @ ..] = lengths {
        let spaced = !shape.has(count, Separator::Dot) && !shape.has(count, Separator::Dash);
        return spaced
            && *area == 3
            && !rest.is_empty()
            && rest.iter().all(|length| *length > 1)
            && (10..=11).contains(&digits.len());
    }
    if rest.is_empty() {
        return *first == 11;
    }
    let pairs = lengths == [2; 5];
    if shape.has(count, Separator::Dot) {
        return pairs
            || (*first > 2 && digits.len() > 9 && lengths.len() == 3 && rest.iter().all(|length| *length > 2));
    }
    let marked = shape.open
        || shape.groups.get(1).is_some_and(|group| matches!(group.separator, Separator::Slash | Separator::Paren));
    let least = if marked { 7 } else { 9 };
    let grouped = (2..=6).contains(first) && rest.iter().all(|length| *length > 1 && *length < 9);
    let is_card_like = lengths.iter().all(|length| *length == 4);
    let short =
        lengths != [2, 8] && rest.len() == 1 && !marked && (*first < 3 || rest.iter().any(|length| *length < 5));
    grouped && !is_card_like && !short && (least..=12).contains(&digits.len())
}

/// A day, month and year in any order, anywhere, or a year range.
fn looks_like_a_date(digits: &[u8], lengths: &[usize]) -> bool {
    let number = |from: usize, length: usize| {
        digits
            .get(from..from + length)
            .unwrap_or_default()
            .iter()
            .fold(0u32, |number, digit| number * 10 + u32::from(*digit))
    };
    let is_year = |from: usize| (1900..2100).contains(&number(from, 4));
    let mut from = 0;
    for at in 0..lengths.len() {
        let found = match lengths.get(at..).unwrap_or_default() {
            [1 | 2, 1 | 2, 4, ..] => {
                let day_and_month: usize = lengths.iter().skip(at).take(2).sum();
                is_year(from + day_and_month)
            }
            [4, 1 | 2, 1 | 2, ..] => is_year(from),
            [4, 4] => is_year(from) && is_year(from + 4),
            [8, ..] => is_year(from) && (1..=12).contains(&number(from + 4, 2)),
            _ => false,
        };
        if found {
            return true;
        }
        from += lengths.get(at).copied().unwrap_or_default();
    }
    false
}

/// Whether another number or a hexadecimal pair stands right before: a table, a dump, a list of ids.
fn in_a_row_of_numbers(text: &Text<'_>, start: usize) -> bool {
    if text.before(start) != b' ' {
        return false;
    }
    let end = start - 1;
    let word = text.run_back(end, 8, |byte| byte.is_ascii_hexdigit());
    let length = end - word;
    let has_digit = text.slice(word..end).bytes().any(|byte| byte.is_ascii_digit());
    length > 0 && !text.word_before(word) && (has_digit || length == 2)
}

/// The end of an extension after the number, or the number's own.
fn extension(text: &Text<'_>, end: usize) -> usize {
    let blank = |from| text.run(from, 5, |byte| matches!(byte, b' ' | b',' | b';'));
    let from = blank(end);
    let tail = text
        .slice(from..text.run(from, 12, |byte| byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'#')))
        .to_ascii_lowercase();
    let Some(word) = EXTENSIONS.iter().find(|word| tail.starts_with(**word)) else { return end };
    let digits = text.run(from + word.len(), 5, |byte| matches!(byte, b'.' | b':' | b' ' | b'='));
    let stop = text.run(digits, 8, |byte| byte.is_ascii_digit());
    let fits = (1..=7).contains(&(stop - digits)) && !text.word_at(stop);
    if fits { stop } else { end }
}

const EXTENSIONS: &[&str] = &["extension", "extn", "ext", "int", "durchwahl", "poste", "#", "x"];
const BEHIND: &[&str] = &["office", "fax", "mobile", "cell", "home", "work", "phone", "mobil", "privat"];

/// Words of the six languages that say a telephone number follows.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "tel", "telephone", "phone", "phone no", "mobile", "mob", "cell", "fax", "call", "dial", "sms", "whatsapp", "hotline", "ring", "reached at",
    "reach me", "contact number", "contact", "answering at", "messages to", "text me", "ph", "telefon", "telefonnummer", "handy", "handynummer", "rufnummer", "mobil", "mobilnummer", "anrufen", "rückruf",
    "téléphone", "tél", "portable", "téléphonique", "appeler", "teléfono", "telefono", "móvil", "llamar", "celular", "cellulare", "chiamare",
    "телефон", "тел", "моб", "звонить", "факс", "phone number", "number is", "numéro",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Phone), expected, "{text}");
    }

    #[test]
    fn finds_international_forms() {
        check("ring +49 30 901820.", &["+49 30 901820"]);
        check("+49 (0)30 901820, +44 20 7946 0958", &["+49 (0)30 901820", "+44 20 7946 0958"]);
        check("(+33) 1 99 00 12 34", &["(+33) 1 99 00 12 34"]);
        check("tel:+1-650-253-0000", &["+1-650-253-0000"]);
        check("+16502530000", &["+16502530000"]);
        check("0049 30 901820", &["0049 30 901820"]);
        check("+1 650 253 0000 2 times", &["+1 650 253 0000"]);
        check("+1 650 253 0000 ext. 12", &["+1 650 253 0000 ext. 12"]);
    }

    #[test]
    fn finds_national_forms() {
        check("(650) 253-0000, 650.253.0000", &["(650) 253-0000", "650.253.0000"]);
        check("1-650-253-0000", &["1-650-253-0000"]);
        check("020 7946 0958 or 01632 960983 or 07700 900123", &["020 7946 0958", "01632 960983", "07700 900123"]);
        check(
            "030/901820 (030) 901820, 0171 1234567, 0171-1234567",
            &["030/901820", "(030) 901820", "0171 1234567", "0171-1234567"],
        );
        check("01 99 00 12 34, 01.99.00.12.34", &["01 99 00 12 34", "01.99.00.12.34"]);
    }

    #[test]
    fn finds_bare_digits_where_a_word_says_so() {
        check("Tel. 03012345678", &["03012345678"]);
        check("my mobile is 07700900123", &["07700900123"]);
        check("phone: 5551234", &["5551234"]);
        check("order 3012345678", &[]);
        check("07700900123", &["07700900123"]);
        check("28 64 66 98 office", &["28 64 66 98"]);
    }

    #[test]
    fn keeps_what_only_looks_alike() {
        for text in [
            "1.2.3",
            "12.0.1.345",
            "2.10.0-beta.1",
            "PROJ-1234567",
            "HADOOP-12345",
            "2024-01-02",
            "02.01.2024",
            "01/02/2024 10:11:12",
            "2024-01-02T03:04:05.678Z",
            "1700000000",
            "1700000000000",
            "192.168.0.12",
            "10.0.0.1:8080",
            "123e4567-e89b-12d3-a456-426614174000",
            "01234567-0123-0123-0123-012345678901",
            "d41d8cd98f00b204e9800998ecf8427e",
            "0.01234567",
            "3.14159265358979",
            "978-3-16-148410-0",
            "0-306-40615-2",
            "00:11:22:33:44:55",
            "@@ -12,7 +12,9 @@",
            "00 12 34 56 78 90 12",
            "a3 01 23 45 67 89 bc",
            "0123 4567 8901 2345",
            "#0301234567",
            "id=0301234567",
            "-0.5 +12345",
            "at Foo.java:123",
            "lines 100-200",
            "port 50070",
            "job_201401020304_0001",
            "0x0123456789",
            "10:23:45,678",
            "100 200 3000",
            "1,234,567,890",
            "$1 200 300 4000",
            "12345678901234567890",
            "2014-2015",
            "1999-2000 12",
            "UTC+0200",
            "GMT+02:00",
            "0.041714119635",
            "01437748068.jpeg",
            "call I0610 20:04:48.663207 24581",
            "mobile 10.0.10240.0",
            "mobile 4 0 2013-05-23 11:42",
            "Monitoring I0610 12345678 x",
        ] {
            check(text, &[]);
        }
    }
}
