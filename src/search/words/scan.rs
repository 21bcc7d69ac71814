//! Cuts text into chunks: what stands between white space and punctuation, with the signs that join letters inside it.
//! It takes no chunk apart and folds nothing.

use super::fold::{is_ignorable, is_joiner, is_mark};
use core::ops::Range;

/// The chunks of a text in order, as byte ranges; what an apostrophe cuts off a word (`'s`, `l'`) is none.
pub(super) fn chunks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    core::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let (skip, first) = start(rest)?;
        let begin = at + skip;
        let rest = rest.get(skip..)?;
        at = begin + if is_dense(first) { dense_end(rest) } else { end(rest) };
        Some(begin..at)
    })
    .filter(|range| !is_clipped(text, range))
}

/// Where the next letter or digit is.
fn start(rest: &str) -> Option<(usize, char)> {
    let ascii = rest.bytes().take_while(|b| b.is_ascii() && !b.is_ascii_alphanumeric()).count();
    match rest.as_bytes().get(ascii)? {
        byte if byte.is_ascii() => Some((ascii, char::from(*byte))),
        _ => rest.get(ascii..)?.char_indices().find(|(_, c)| c.is_alphanumeric()).map(|(at, c)| (ascii + at, c)),
    }
}

/// The length of the chunk that starts here.
fn end(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let (mut at, mut atoms) = (0, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => at += 1,
            b'_' | b'-' | b'.' | b'/' => match joins(bytes, at) {
                0 => break,
                _ if atoms == MOST_ATOMS => break,
                signs => {
                    atoms += 1;
                    at += signs;
                }
            },
            0x80.. => match rest.get(at..).and_then(|r| r.chars().next()) {
                Some(c) if belongs(c) => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    at + usize::from(at == 1) * signs(bytes)
}

/// How many bytes of joining signs stand here that have a letter or digit behind them.
fn joins(bytes: &[u8], at: usize) -> usize {
    let sign = bytes.get(at).copied().unwrap_or_default();
    let run = bytes.iter().skip(at).take_while(|b| **b == b'_').count().max(1);
    let letter_before = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
    match bytes.get(at + run) {
        // HTTP/1.1, TCP/80: a slash joins only letters and a digit
        Some(next) if sign == b'/' => usize::from(next.is_ascii_digit() && letter_before),
        Some(next) if next.is_ascii_alphanumeric() || !next.is_ascii() => run,
        _ => 0,
    }
}

/// The length of the signs in `C++`, `C#`, `F#`: a single letter keeps them.
fn signs(bytes: &[u8]) -> usize {
    let ends = |at: usize| !bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    match (bytes.get(1), bytes.get(2)) {
        (Some(b'+'), Some(b'+')) if ends(3) => 2,
        (Some(b'#'), _) if ends(2) => 1,
        _ => 0,
    }
}

/// Where a run of dense script ends.
fn dense_end(rest: &str) -> usize {
    let inside = |c: char| is_dense(c) || is_mark(c) || is_ignorable(c) || is_joiner(c);
    rest.find(|c| !inside(c)).unwrap_or(rest.len())
}

fn belongs(c: char) -> bool {
    (c.is_alphanumeric() && !is_dense(c)) || is_mark(c) || is_ignorable(c) || is_joiner(c)
}

/// Whether an apostrophe joins this short piece to a word: `user's`, `don't`, `l'index`.
fn is_clipped(text: &str, range: &Range<usize>) -> bool {
    let is_apostrophe = |c: char| matches!(c, '\'' | '’');
    if range.len() > 2 {
        return false;
    }
    let mut before = text.get(..range.start).unwrap_or_default().chars().rev();
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    (before.next().is_some_and(is_apostrophe) && before.next().is_some_and(char::is_alphabetic))
        || (after.next().is_some_and(is_apostrophe) && after.next().is_some_and(char::is_alphabetic))
}

/// Whether a script writes its words without spaces: Chinese, Japanese, Korean, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_dense(c: char) -> bool {
    let listed = matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff | 0x2e80..=0x2fdf | 0x3005..=0x3007
        | 0x3031..=0x3035 | 0x3041..=0x3096 | 0x3099..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x318f | 0x31a0..=0x31bf
        | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97f | 0xac00..=0xd7ff | 0xf900..=0xfaff
        | 0xff66..=0xff9f | 0x1_b000..=0x1_b16f | 0x2_0000..=0x3_ffff);
    listed && c.is_alphanumeric()
}

/// Most parts of a chunk; the next begins another one.
const MOST_ATOMS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = chunks(text).filter_map(|range| text.get(range)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn keeps_names_keys_and_versions_whole() {
        check("see org.apache.hadoop.hdfs.DFSClient.", &["see", "org.apache.hadoop.hdfs.DFSClient"]);
        check("(HDFS-1234) ORA-00942: HTTP/1.1", &["HDFS-1234", "ORA-00942", "HTTP/1.1"]);
        check("a__b --create=x Foo#bar", &["a__b", "create", "x", "Foo", "bar"]);
        check("/usr/lib/foo.jar", &["usr", "lib", "foo.jar"]);
        check("C++ and C#, c+ a++b", &["C++", "and", "C#", "c", "a", "b"]);
    }

    #[test]
    fn drops_what_an_apostrophe_cuts_off() {
        check("the user's l’index don't rock'n'roll", &["the", "user", "index", "don", "rock", "roll"]);
        check("'a' 'is'", &["a", "is"]);
    }

    #[test]
    fn keeps_dense_script_apart() {
        check("日本語のtest です", &["日本語の", "test", "です"]);
        check("สวัสดีok", &["สวัสดี", "ok"]);
    }

    #[test]
    fn finds_nothing_in_signs() {
        check("", &[]);
        check("!!! \u{301}\u{301} — 🎉", &[]);
    }

    #[test]
    fn starts_anew_after_many_parts() {
        check("a.b.c.d.e.f.g.h.i.j", &["a.b.c.d.e.f.g.h", "i.j"]);
    }
}
