//! Takes a chunk apart: the whole, its parts between signs, the words inside a name, the beginnings of a version.
//! It folds and stems nothing, and knows no language.

use super::scan::is_dense;

/// What a form is to its chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The chunk, of one part.
    Word,
    /// The chunk, of several parts, without hyphens and underscores.
    Joined,
    /// A part between signs.
    Atom,
    /// A word within a part: `Client` in `DFSClient`.
    Inner,
    /// The beginning of a version: `3.5` of `3.5.8`.
    Beginning,
    /// Two letters of a script without spaces.
    Pair,
}

/// Hands over every form of a chunk, each at most [`MOST_BYTES`] long, the whole first: a few dozen at most, save for
/// the pairs of dense script, which are as many as its letters.
pub(super) fn parts(chunk: &str, found: &mut impl FnMut(&str, Role)) {
    if chunk.chars().next().is_some_and(is_dense) {
        return pairs(chunk, found);
    }
    if chunk.bytes().all(|b| b.is_ascii_lowercase()) {
        // Most words: nothing to take apart.
        return found(cut(chunk, MOST_BYTES), Role::Word);
    }
    let chunk = cut(chunk, MOST_CHUNK);
    let atoms = atoms(chunk);
    match atoms.as_slice() {
        [] => {}
        [only] => {
            found(cut(only, MOST_BYTES), Role::Word);
            beginning(only, found);
            inner(only, found);
        }
        many => {
            joined(chunk, found);
            for atom in many.iter().filter(|a| a.len() > 1 && !is_short_number(a)) {
                found(cut(atom, MOST_BYTES), Role::Atom);
                beginning(atom, found);
                inner(atom, found);
            }
        }
    }
}

/// The parts between signs; numbers with points between them are one.
fn atoms(chunk: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut rest = chunk;
    while !rest.is_empty() {
        let version = version(rest);
        let length = if version > 0 { version } else { rest.find(is_sign).unwrap_or(rest.len()) };
        let (atom, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        out.push(atom);
        rest = after.trim_start_matches(is_sign);
    }
    out
}

/// The length of `3.5.8` at the beginning, a `v` before it included; 0 when there is no point in it.
fn version(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = usize::from(matches!(bytes.first(), Some(b'v' | b'V')) && digit(1));
    let mut points = 0;
    while digit(at) {
        at += 1;
        if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            points += 1;
            at += 1;
        }
    }
    if points > 0 { at } else { 0 }
}

/// The first two numbers of a version that has more.
fn beginning(atom: &str, found: &mut impl FnMut(&str, Role)) {
    let mut points = atom.match_indices('.').map(|(at, _)| at);
    if let (Some(_), Some(second)) = (points.next(), points.next()) {
        found(atom.get(..second).unwrap_or_default(), Role::Beginning);
    }
}

/// The whole without hyphens and underscores, when it is not too long to be typed.
fn joined(chunk: &str, found: &mut impl FnMut(&str, Role)) {
    if chunk.len() > MOST_BYTES {
        return;
    }
    if chunk.contains(['-', '_']) {
        found(&chunk.replace(['-', '_'], ""), Role::Joined);
    } else {
        found(chunk, Role::Joined);
    }
}

/// The words within a name, when there are several.
fn inner(atom: &str, found: &mut impl FnMut(&str, Role)) {
    if atom.len() < 3 || atom.len() > MOST_BYTES || is_digest(atom) {
        return;
    }
    let cuts = cuts(atom);
    if cuts.is_empty() {
        return;
    }
    let ends = cuts.iter().copied().chain([atom.len()]);
    for (from, to) in core::iter::once(0).chain(cuts.iter().copied()).zip(ends) {
        let word = atom.get(from..to).unwrap_or_default();
        if word.len() > 1 && !is_short_number(word) {
            found(word, Role::Inner);
        }
    }
}

/// Where a word begins within a name: at a capital after a small letter, at the last of several capitals, at a digit.
fn cuts(atom: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut letters = atom.char_indices().map(|(at, c)| (at, sort(c))).peekable();
    let mut before = Sort::None;
    let mut begun = 0;
    while let Some((at, now)) = letters.next() {
        let next = letters.peek().map(|(_, sort)| *sort);
        let plural = atom.get(at + 1..) == Some("s");
        let begins = match (before, now) {
            (Sort::Small, Sort::Capital) => true,
            (Sort::Capital, Sort::Capital) => next == Some(Sort::Small) && !plural,
            (Sort::Digit, Sort::Small | Sort::Capital) | (Sort::Small | Sort::Capital, Sort::Digit) => true,
            _ => false,
        };
        if begins && at > begun {
            out.push(at);
            begun = at;
        }
        before = now;
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    None,
    Small,
    Capital,
    Digit,
}

fn sort(c: char) -> Sort {
    if c.is_numeric() {
        Sort::Digit
    } else if c.is_uppercase() {
        Sort::Capital
    } else {
        Sort::Small
    }
}

/// Whether a part is a number of one or two digits: in company it says nothing.
fn is_short_number(atom: &str) -> bool {
    atom.len() < 3 && atom.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a part looks like a digest or an id in hexadecimal: its letters are no words.
fn is_digest(atom: &str) -> bool {
    let digits = atom.bytes().filter(u8::is_ascii_digit).count();
    atom.len() >= 7 && atom.bytes().all(|b| b.is_ascii_hexdigit()) && digits * 4 >= atom.len() && digits < atom.len()
}

/// Every two neighbors of dense script; a single letter stands alone.
fn pairs(chunk: &str, found: &mut impl FnMut(&str, Role)) {
    let mut starts = chunk.char_indices().filter(|(_, c)| is_dense(*c)).map(|(at, _)| at).peekable();
    let mut last: Option<usize> = None;
    let mut any = false;
    while let Some(at) = starts.next() {
        if let Some(from) = last {
            let end = starts.peek().copied().unwrap_or(chunk.len());
            found(chunk.get(from..end).unwrap_or_default(), Role::Pair);
            any = true;
        }
        last = Some(at);
    }
    if !any {
        found(chunk, Role::Pair);
    }
}

fn is_sign(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | '/')
}

/// The beginning of a text, at most so many bytes, between letters.
fn cut(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

/// Longest form in bytes: longer ones are found by their beginning.
pub(super) const MOST_BYTES: usize = 64;

/// What is looked at of a chunk, in bytes.
const MOST_CHUNK: usize = 512;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(chunk: &str, expected: &str) {
        let mut out = Vec::new();
        parts(chunk, &mut |form, role| {
            let sign = match role {
                Role::Word => "",
                Role::Joined => "=",
                Role::Atom => "+",
                Role::Inner => "~",
                Role::Beginning => "^",
                Role::Pair => ":",
            };
            out.push(format!("{sign}{form}"));
        });
        assert_eq!(out.join(" "), expected, "{chunk}");
    }

    #[test]
    fn splits_names() {
        check("word", "word");
        check("DFSClient", "DFSClient ~DFS ~Client");
        check("getHTTPResponseCode", "getHTTPResponseCode ~get ~HTTP ~Response ~Code");
        check("URLs", "URLs");
        check("NNs", "NNs");
        check("iOS", "iOS ~OS");
        check("log4j2", "log4j2 ~log");
        check("Base64Encoder", "Base64Encoder ~Base ~Encoder");
        check("ÜberGröße", "ÜberGröße ~Über ~Größe");
    }

    #[test]
    fn splits_at_signs() {
        check("dfs_replication_max", "=dfsreplicationmax +dfs +replication +max");
        check("client-side", "=clientside +client +side");
        check("HDFS-1234", "=HDFS1234 +HDFS +1234");
        check("org.apache.DFSClient", "=org.apache.DFSClient +org +apache +DFSClient ~DFS ~Client");
        check("HTTP/1.1", "=HTTP/1.1 +HTTP +1.1");
    }

    #[test]
    fn keeps_versions_together() {
        check("3.5.8", "3.5.8 ^3.5");
        check("log4j-1.2.17.jar", "=log4j1.2.17.jar +log4j ~log +1.2.17 ^1.2 +jar");
        check("4.1.46Final", "=4.1.46Final +4.1.46 ^4.1 +Final");
    }

    #[test]
    fn leaves_digests_whole() {
        check("3f2a9bc81d", "3f2a9bc81d");
        check("deadbeef", "deadbeef");
    }

    #[test]
    fn pairs_dense_script() {
        check("日本語", ":日本 :本語");
        check("日", ":日");
    }

    #[test]
    fn bounds_long_chunks() {
        let mut count = 0;
        let mut longest = 0;
        parts(&"aB".repeat(500_000), &mut |form, _| {
            count += 1;
            longest = longest.max(form.len());
        });
        assert!(count <= 2 && longest <= MOST_BYTES);
    }
}
