//! E-mail addresses written without their `@`: `anna [at] example [dot] com`, `anna AT example DOT com`, `anna%40example.com`,
//! `anna&#64;example.com`.
//! It leaves prose: "at" and "dot" in small letters mean nothing without a bracket, and nothing in a text all of capitals.
//!
//! | the at | the points between labels |
//! |---|---|
//! | a word for it in `()`, `[]` or `{}`, blanks on both sides or on none | points, words for them in brackets or between blanks |
//! | `AT` between blanks | points and `DOT` between blanks, one at least |
//! | `%40`, `&#64;`, `&#x40;`, `&commat;` | points |
//!
//! Source: RFC 3986 2.1 and the named and numeric characters of HTML (WHATWG, 13.5) for the encoded; the others are habits, as
//! collected by the maskers of mailing lists.

use super::keywords::{Hit, Keyword, Reach};
use super::{Finding, Kind, Text, email};

/// What starts it, for the table of detectors.
pub(super) fn keywords() -> Vec<(Keyword, Reach)> {
    let words = ["at", "commat", "arroba", "arobase", "chiocciola", "małpa", "собака"].into_iter().enumerate();
    words.map(|(row, word)| (Keyword { word, owner: 0, row, begins: false }, Reach::Word)).collect()
}

/// At one of the keywords.
pub(super) fn find(text: &Text<'_>, hit: Hit) -> Option<Finding> {
    let Hit { start, end, .. } = hit;
    match text.slice(start..end) {
        "AT" if text.before(start) == b' ' && text.byte(end) == b' ' => {
            spelled(text, (start - 1, end + 1), Way::Shouted)
        }
        "commat" if text.before(start) == b'&' && text.byte(end) == b';' => encoded(text, start - 1, end + 1),
        _ if is_pair(text.before(start), text.byte(end)) => bracketed(text, start - 1, end + 1),
        _ => None,
    }
}

/// At the digits of `%40`, `&#64;` or `&#x40;`, zeros before them or not.
pub(super) fn find_encoded(text: &Text<'_>, at: usize) -> Option<Finding> {
    let end = text.run(at, 7, |byte| byte.is_ascii_digit());
    let number = text.slice(at..end);
    let numbered = |number: &str, mark: &str, expected: &str| {
        let fits = number.trim_start_matches('0') == expected && text.byte(end) == b';';
        let start = at.checked_sub(mark.len())?;
        (fits && text.slice(start..at).eq_ignore_ascii_case(mark)).then_some(start)
    };
    if text.before(at) == b'%' && number.starts_with("40") {
        return encoded(text, at - 1, at + 2);
    }
    let start = numbered(number, "&#", "64").or_else(|| numbered(number, "&#x", "40"))?;
    encoded(text, start, end + 1)
}

/// Around an encoded `@`.
fn encoded(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    let (from, to) = (email::local_part(text, start)?, email::domain(text, end)?);
    let last = text.slice(end..to).rsplit('.').next().unwrap_or_default();
    let is_file = FILES.iter().any(|file| last.eq_ignore_ascii_case(file));
    (!is_file).then(|| Finding::new(Kind::Email, from..to, 95))
}

/// Around a word for the `@` in brackets: with a blank on both sides, or on none.
fn bracketed(text: &Text<'_>, start: usize, end: usize) -> Option<Finding> {
    match (text.before(start), text.byte(end)) {
        (b' ', b' ') => spelled(text, (start - 1, end + 1), Way::Bracketed),
        (b' ', _) | (_, b' ') => None,
        _ => spelled(text, (start, end), Way::Bracketed),
    }
}

/// How the `@` is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Bracketed,
    Shouted,
}

/// Around what stands for the `@`, its blanks included.
fn spelled(text: &Text<'_>, (before, behind): (usize, usize), way: Way) -> Option<Finding> {
    let (start, end) = (local_part(text, before, way)?, domain(text, behind, way)?);
    let written = text.slice(start..before).bytes().chain(text.slice(behind..end).bytes());
    let shouted_all = !written.clone().any(|byte| byte.is_ascii_lowercase() || byte >= 0x80);
    (way == Way::Bracketed || !shouted_all).then(|| Finding::new(Kind::Email, start..end, 90))
}

fn local_part(text: &Text<'_>, end: usize, way: Way) -> Option<usize> {
    let mut start = word(text, end)?;
    for _ in 1..MOST_LABELS {
        let Some(next) = dot_before(text, start, way).and_then(|dot| word(text, dot)) else { break };
        start = next;
    }
    Some(start)
}

/// Where the word before a place begins: letters, digits and the signs that stand in local parts.
fn word(text: &Text<'_>, end: usize) -> Option<usize> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || b"._+-".contains(&byte);
    let mut start = text.run_back(end, LONGEST_LABEL, fits);
    while start < end && !(text.char_at(start).is_some_and(|c| email::is_letter(c) || c.is_ascii_digit())) {
        start += 1;
    }
    // Quotation marks and other symbols outside ASCII are bytes of the run.
    let foreign = text.slice(start..end).char_indices().rev().find(|(_, c)| !c.is_ascii() && !email::is_letter(*c));
    let start = foreign.map_or(start, |(offset, c)| start + offset + c.len_utf8());
    (start < end && text.before(end) != b'.').then_some(start)
}

fn domain(text: &Text<'_>, from: usize, way: Way) -> Option<usize> {
    let (mut at, mut dotted, mut end) = (from, Dot::Point, None);
    let mut spelled = false;
    for nth in 0..MOST_LABELS {
        let stop = label(text, at);
        let (last, fits) = email::close(text.slice(at..stop));
        if fits == 0 {
            break;
        }
        let name = text.slice(at..at + fits);
        // What stands between blanks may be prose.
        let known = dotted != Dot::Word || is_top_level(name);
        if nth > 0 && last && known && (way == Way::Bracketed || spelled) {
            end = Some(at + fits);
        }
        let Some((next, dot)) = dot(text, at + fits, way) else { break };
        (at, dotted, spelled) = (next, dot, spelled || dot == Dot::Word);
    }
    let is_site = text.slice(from..from + 4).eq_ignore_ascii_case("www.");
    end.filter(|_| !is_site)
}

fn label(text: &Text<'_>, from: usize) -> usize {
    let mut at = from;
    while at < from + LONGEST_LABEL
        && let Some(c) = text.char_at(at).filter(|c| *c == '-' || email::is_letter(*c) || c.is_ascii_digit())
    {
        at += c.len_utf8();
    }
    at
}

/// How the point between two labels is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dot {
    Point,
    Bracketed,
    Word,
}

/// What stands for a point at a place, and where it ends.
fn dot(text: &Text<'_>, at: usize, way: Way) -> Option<(usize, Dot)> {
    if text.byte(at) == b'.' {
        return text.word_at(at + 1).then_some((at + 1, Dot::Point));
    }
    let from = text.run(at, 1, |byte| byte == b' ');
    let open = text.byte(from);
    let word = from + usize::from(matches!(open, b'(' | b'[' | b'{'));
    let names = if way == Way::Shouted { &["DOT"] } else { DOTS };
    let same = |name: &&&str| {
        let written = text.slice(word..word + name.len());
        written == **name || (way == Way::Bracketed && written.eq_ignore_ascii_case(name))
    };
    let end = word + names.iter().find(same)?.len();
    if word > from {
        let blank = text.run(end + 1, 1, |byte| byte == b' ');
        return (way == Way::Bracketed && is_pair(open, text.byte(end))).then_some((blank, Dot::Bracketed));
    }
    (from > at && text.byte(end) == b' ').then_some((end + 1, Dot::Word))
}

/// Where what stands for a point begins that ends here.
fn dot_before(text: &Text<'_>, end: usize, way: Way) -> Option<usize> {
    let starts = (end.saturating_sub(LONGEST_DOT)..end).filter(|start| text.as_str().is_char_boundary(*start));
    starts.into_iter().find(|start| dot(text, *start, way).is_some_and(|(stop, _)| stop == end))
}

const fn is_pair(open: u8, close: u8) -> bool {
    matches!((open, close), (b'(', b')') | (b'[', b']') | (b'{', b'}'))
}

/// Of a country, or one of those that mail most often comes from.
fn is_top_level(name: &str) -> bool {
    name.len() == 2 || TOP_LEVELS.iter().any(|one| name.eq_ignore_ascii_case(one))
}

#[rustfmt::skip]
const TOP_LEVELS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "dev", "app", "cloud", "online", "site", "tech", "email", "blog", "xyz",
    "agency", "company", "group", "team", "museum", "academy", "systems", "solutions", "services", "software", "berlin", "london", "swiss",
];
const DOTS: &[&str] = &["dot", "punkt", "point", "punto", "ponto"];
/// " [punkt] ".
const LONGEST_DOT: usize = 9;
const LONGEST_LABEL: usize = 63;
const MOST_LABELS: usize = 6;
/// "logo%402x.png": a picture for finer screens, an archive of a package.
const FILES: &[&str] =
    &["png", "jpg", "jpeg", "gif", "svg", "webp", "tgz", "gz", "zip", "js", "css", "json", "xml", "html", "jar"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Email), expected, "{text}");
    }

    #[test]
    fn finds_words_in_brackets() {
        for address in [
            "anna [at] example [dot] com",
            "anna (at) example.com",
            "anna(at)example.com",
            "anna{at}example{dot}com",
            "anna[AT]mail[DOT]example[dot]co[dot]uk",
            "anna.schmidt+jira (at) mail.example (dot) org",
            "anna [dot] schmidt [at] example [dot] com",
            "anna (at) example dot com",
            "anna(at)example(punkt)de",
            "ana (arroba) example.es",
            "jürgen(at)müller-söhne.de",
        ] {
            check(address, &[address]);
            check(&format!("Write to {address}, please."), &[address]);
            check(&format!("„{address}“ ({address})"), &[address, address]);
        }
    }

    #[test]
    fn finds_words_in_capitals() {
        for address in
            ["anna AT example DOT com", "anna DOT schmidt AT mail.example DOT co DOT uk", "a_b AT example DOT info"]
        {
            check(address, &[address]);
            check(&format!("mail {address} now"), &[address]);
        }
    }

    #[test]
    fn finds_encoded_signs() {
        for address in [
            "anna%40example.com",
            "anna&#64;example.com",
            "anna&#064;example.com",
            "anna&#x40;example.com",
            "anna&#X0040;mail.example.org",
            "anna&commat;example.com",
        ] {
            check(address, &[address]);
            check(&format!("?to={address}&x"), &[address]);
        }
        check("https://example.org/u/anna%40example.com/x", &["anna%40example.com"]);
    }

    #[test]
    fn keeps_prose_and_code() {
        for text in [
            "meet me at example dot com",
            "meet me AT noon",
            "look [at] this",
            "look (at) this. Then go",
            "LOOK AT THE DOT COM",
            "look AT the DOT matrix",
            "look (at) the dot product",
            "a[at]",
            "a[at].length",
            "list.get(at) foo.bar",
            "charAt(at).foo.bar",
            "x = m{at}",
            "failed AT example.com",
            "Wien (AT) www.example.at",
            "logo%402x.png",
            "pkg%401.2.3.tgz",
            "/%40forge%2Fapi",
            "0x40 #64 &#64; a&#64;b",
            "100%40",
            "&commat;",
            "(at)",
            "[at] [dot] com",
            "anna [at] ",
            "anna AT example DOT ",
        ] {
            check(text, &[]);
        }
    }
}
