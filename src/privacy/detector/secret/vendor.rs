//! Keys without a prefix of their own, known by their vendor's name close before them and by the alphabet and length the vendor uses.
//! It leaves digests, identifiers and words; a name far from the value says nothing.
//!
//! Source: the rows in [`super::vendors`].

use super::cue::Cue;
use super::shape::{Alphabet, distinct, entropy, has_digit, has_letter, is_digest, is_mixed, is_uuid};
use super::{Finding, Kind, Text, value};
use crate::privacy::detector::keywords::GROWN;
use crate::privacy::text::Parts;
use std::ops::Range;
use std::sync::LazyLock;

/// What a vendor's key looks like: a prefix, an alphabet, lengths with the prefix left out, and a floor of entropy in tenths of a bit.
#[derive(Clone, Copy)]
pub(super) struct Shape {
    pub(super) prefix: &'static str,
    pub(super) alphabet: Alphabet,
    pub(super) least: usize,
    pub(super) most: usize,
    pub(super) floor: u32,
}

/// The shape of a key whose vendor's no row has.
pub(super) const GENERIC_SHAPE: Shape =
    Shape { prefix: "", alphabet: Alphabet::Base64Url, least: 20, most: 128, floor: 33 };

/// How far behind the name a key may begin.
const REACH: usize = 40;

/// At a vendor's name.
pub(super) fn find(text: &Text<'_>, start: usize, end: usize, cue: &Cue) -> Option<Finding> {
    if !is_own_word(text, start, end) {
        return None;
    }
    // The rest of the identifier: "_api_key", "Token".
    let mut at = text.run(end, REACH, |byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    while at < end + REACH {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        at = text.run(at, REACH, |byte| byte != 0 && byte.is_ascii() && !is_part(byte));
        let stop = text.run(at, 160, is_part);
        if stop - at < 6 {
            if stop == at {
                return None;
            }
            at = stop;
            continue;
        }
        if let Some(to) = if may_be_key(text, at, cue) { key_at(text, start..end, at, cue) } else { None } {
            return Some(Finding::new(Kind::Secret, at..to, 85));
        }
        at = stop;
    }
    None
}

/// Whether the name is a word or begins one: "jobs" holds no "lob".
fn is_own_word(text: &Text<'_>, start: usize, end: usize) -> bool {
    let (before, first) = (text.before(start), text.byte(start));
    let begins = !before.is_ascii_alphabetic() || (before.is_ascii_lowercase() && first.is_ascii_uppercase());
    let continues = text.byte(end).is_ascii_lowercase() && text.before(end).is_ascii_lowercase();
    let rest = text.slice(end..text.run(end, 8, |byte| byte.is_ascii_alphabetic()));
    begins && (!continues || end - start >= 6 || GROWN.iter().any(|word| rest.starts_with(word)))
}

/// Whether what begins here is as long as a key and has a digit: most words are not and have none.
fn may_be_key(text: &Text<'_>, at: usize, cue: &Cue) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'=' | b'.');
    let stop = text.run(at, 160, fits);
    stop - at >= cue.least && has_digit(text.slice(at..stop))
}

/// The end of a key that begins here, in one of the vendor's shapes.
fn key_at(text: &Text<'_>, name: Range<usize>, at: usize, cue: &Cue) -> Option<usize> {
    static CUED: LazyLock<Parts> = LazyLock::new(|| Parts::of(CUES));
    static DIGESTED: LazyLock<Parts> = LazyLock::new(|| Parts::of(DIGESTS));
    // Most have none of the shapes, whatever stands around them.
    let may_be = cue.shapes.iter().any(|shape| reads(text, at, shape, true).is_some());
    if !may_be && generic(text, at, true).is_none() {
        return None;
    }
    let start = name.start;
    let gap = text.slice(start.saturating_sub(16)..at);
    let gap = if gap.is_empty() { text.slice(start..at) } else { gap }.to_ascii_lowercase();
    let cued = CUED.are_in(&gap);
    let assigned = matches!(text.before(at), b'=' | b'"' | b'\'' | b'`' | b'>' | b':' | b' ' | b'\n' | b'\t')
        && gap.contains(['=', ':', '>', ',', '"', '\'']);
    if !(cued || assigned)
        || matches!(text.before(at), b'/' | b'@' | b'#' | b'.' | b'~' | b'$' | b'{')
        || DIGESTED.are_in(&gap)
    {
        return None;
    }
    // Directly assigned to the name itself: "deepgram: …", "mailjet('…')".
    let direct = Some(text.slice(name.end..at)).is_some_and(|gap| {
        gap.len() <= 6 && gap.bytes().all(|byte| b" :=>\"'`(.".contains(&byte) || byte.is_ascii_whitespace())
    }) && gap.contains([':', '=', '>', '"', '\'']);
    let own = cue.shapes.iter().filter_map(|shape| reads(text, at, shape, cued || direct));
    own.max().or_else(|| generic(text, at, cued))
}

fn reads(text: &Text<'_>, at: usize, shape: &Shape, cued: bool) -> Option<usize> {
    if text.slice(at..at + shape.prefix.len()) != shape.prefix {
        return None;
    }
    let from = at + shape.prefix.len();
    let mut to = text.run(from, shape.most + 1, |byte| shape.alphabet.has(byte));
    while to > from && text.before(to) == b'-' {
        to -= 1;
    }
    let key = text.slice(from..to);
    let whole = !text.byte(to).is_ascii_alphanumeric() && !matches!(text.byte(to), b'_' | b'-');
    let fits = (shape.least..=shape.most).contains(&key.len()) && whole && entropy(key) >= shape.floor;
    let varied = match shape.alphabet {
        Alphabet::Digits => cued,
        Alphabet::Uuid => cued && is_uuid(key),
        // What may be a digest needs a word that says key.
        _ => {
            has_digit(key)
                && (has_letter(key) || cued && key.len() >= 30)
                && !is_uuid(key)
                && (cued || !is_digest(key))
                && (is_mixed(key) || key.len() >= 32)
        }
    };
    (fits && varied && distinct(key) >= 5 && !value::is_placeholder(key)).then_some(to)
}

/// A key of a vendor whose format the rows do not have: random text behind a word that says key.
fn generic(text: &Text<'_>, at: usize, cued: bool) -> Option<usize> {
    cued.then(|| reads(text, at, &GENERIC_SHAPE, true)).flatten().filter(|to| {
        let key = text.slice(at..*to);
        is_mixed(key) && !is_digest(key) && !key.trim_end_matches('=').contains('=')
    })
}

const CUES: &[&str] = &[
    "key", "token", "secret", "pass", "pwd", "auth", "api", "cred", "pat", "appid", "app_id", "_sid", "client",
    "login", "bearer",
];

/// Words before what is as long as a key and is none.
const DIGESTS: &[&str] = &[
    "commit",
    "sha1",
    "sha2",
    "sha-",
    "sha5",
    "md5",
    "hash",
    "digest",
    "checksum",
    "revision",
    "etag",
    "integrity",
    "fingerprint",
    "signature",
    "uuid",
    "guid",
    "image",
    "branch",
    "build",
    "path",
    "class",
    "trace",
    "span",
    "request",
    "session",
    "version",
    "jira-",
    "page",
    "com/",
    "org/",
    "@",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Secret), expected, "{text}");
    }

    #[test]
    fn finds_keys_behind_their_vendors_name() {
        check("adafruit: q8zt2lkp0vxyr4mn7sw1df6gh9jb3cv5", &["q8zt2lkp0vxyr4mn7sw1df6gh9jb3cv5"]);
        check(
            "our Deepgram key 0123456789abcdef0123456789abcdef01234567",
            &["0123456789abcdef0123456789abcdef01234567"],
        );
        check("HEROKU_API_KEY=123e4567-e89b-12d3-a456-426614174000", &["123e4567-e89b-12d3-a456-426614174000"]);
        check("<asanaToken>\n    2065861605709082\n</asanaToken>", &["2065861605709082"]);
    }

    #[test]
    fn leaves_digests_identifiers_and_other_words() {
        for text in [
            "https://bitbucket.org/team/repo/commits/0123456789abcdef0123456789abcdef01234567",
            "jira: 123e4567-e89b-12d3-a456-426614174000",
            "heroku deployed 0123456789abcdef0123456789abcdef01234567",
            "globally: q8zt2lkp0vxyr4mn7sw1df6gh9jb3cv5",
            "codecov/codecov-action@0123456789abcdef0123456789abcdef01234567",
            "twitter: com.example.twitter.TwitterMessageProcessor2",
            "confluence: how-to-upgrade-from-version-7-to-version-8",
        ] {
            check(text, &[]);
        }
    }
}
