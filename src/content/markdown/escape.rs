//! Text as Markdown that reads as that text: a backslash before whatever would mean something else in its place.
//! It escapes by place, not by character: `snake_case`, `[INFO]` and `a - b` stay as they are.

use super::super::bytes::ByteSet;
use super::super::work::did;

/// Where text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// At the start of a line.
    pub(super) line_start: bool,
    /// What follows on its line.
    pub(super) follows: Follows,
    /// In the text of a link.
    pub(super) in_link: bool,
    /// The character before it.
    pub(super) before: char,
}

/// What follows a text on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// Nothing: the line ends.
    Nothing,
    /// A line break as Markdown writes it, with a sign or a tag.
    Break,
    /// Other running text.
    Text,
}

/// Appends text, escaped for its place. It holds no line breaks.
pub(super) fn escape(text: &str, place: Place, out: &mut String) {
    did(text.len());
    let start = if place.line_start { line_start(text) } else { None };
    let mut written = 0;
    if let Some(at) = start {
        out.push_str(text.get(..at).unwrap_or_default());
        out.push('\\');
        written = at;
    }
    let mut from = 0;
    while let Some(at) = next_sign(text, from) {
        from = at + 1;
        if start == Some(at) || !is_markup(text, at, place) {
            continue;
        }
        out.push_str(text.get(written..at).unwrap_or_default());
        out.push('\\');
        written = at;
    }
    out.push_str(text.get(written..).unwrap_or_default());
}

/// Where the next character stands that may mean something, at this byte or behind it.
fn next_sign(text: &str, from: usize) -> Option<usize> {
    SIGNS.first(text.as_bytes().get(from..)?).map(|at| from + at)
}

/// The signs of [`means_something`].
const SIGNS: ByteSet = ByteSet::of(b"\\`*_~[]!<&");

/// Whether the sign at this byte, left alone, would be read as markup.
fn is_markup(text: &str, at: usize, place: Place) -> bool {
    let (Some(ahead), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let before = ahead.chars().next_back().unwrap_or(place.before);
    let mut chars = rest.chars();
    let sign = chars.next();
    sign.is_some_and(|c| means_something(c, before, chars.next(), rest, place))
}

/// Whether the character, left alone, would be read as markup.
fn means_something(c: char, before: char, after: Option<char>, rest: &str, place: Place) -> bool {
    let last = after.is_none() && place.follows == Follows::Text;
    let spaced = before.is_whitespace() && after.map_or(place.follows == Follows::Nothing, char::is_whitespace);
    match c {
        '\\' => after.is_none_or(|a| a.is_ascii_punctuation()),
        '`' => true,
        '*' => !spaced,
        '_' => !(spaced || before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric)),
        '~' => !spaced && !before.is_whitespace() || after == Some('~'),
        '[' => place.in_link,
        ']' => place.in_link || last || matches!(after, Some('(' | '[' | ':')),
        '!' => last || after == Some('['),
        '<' => last || after.is_some_and(|a| a.is_ascii_alphabetic() || matches!(a, '/' | '!' | '?')),
        '&' => last || looks_like_reference(rest),
        _ => false,
    }
}

/// Whether `&…` would be read as a character reference.
fn looks_like_reference(rest: &str) -> bool {
    let mut body = rest.chars().skip(1).take(32);
    let first = body.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '#');
    first && body.find(|c| !c.is_ascii_alphanumeric()).is_some_and(|c| c == ';')
}

/// The byte to escape so that a line with this text is no heading, list, quotation, rule, table or definition.
fn line_start(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next()?;
    let second = chars.next();
    let gap = |c: Option<char>| c.is_none_or(|c| c == ' ' || c == '\t');
    let starts = match first {
        '#' => gap(text.trim_start_matches('#').chars().next()),
        '>' | '|' | '=' => true,
        '-' => gap(second) || second == Some('-') || second == Some('|') || second == Some(':'),
        '+' => gap(second),
        ':' => second == Some('-'),
        '*' | '_' => true,
        '[' => matches!(text.get(..3), Some("[ ]" | "[x]" | "[X]")),
        _ => false,
    };
    if starts {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text.get(digits..)?.chars();
    let delimiter = (1..=9).contains(&digits) && matches!(rest.next(), Some('.' | ')')) && gap(rest.next());
    delimiter.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let place = Place { line_start: true, follows: Follows::Nothing, in_link: false, before: '\n' };
        let mut out = String::new();
        escape(text, place, &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn escapes_what_would_be_markup() {
        check("1. not*list* _x_ <b> # a [z](y)", "1\\. not\\*list\\* \\_x\\_ \\<b> # a [z\\](y)");
        check("# heading", "\\# heading");
        check("- item", "\\- item");
        check("---", "\\---");
        check("===", "\\===");
        check("[x] done", "\\[x] done");
        check("[a]: b", "[a\\]: b");
        check("&amp; &lt", "\\&amp; &lt");
        check("a\\*b", "a\\\\\\*b");
        check("| a |", "\\| a |");
    }

    #[test]
    fn leaves_alone_what_is_text() {
        for text in
            ["snake_case", "[INFO] a - b", "2 * 3", "a < b & c > d", "C:\\path\\to", "5.1 is", "-1", "#tag", "50% !"]
        {
            check(text, text);
        }
    }
}
