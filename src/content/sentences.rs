//! The sentences of running text, by Unicode's rules with those for abbreviations.
//! It knows no blocks: text of one block comes in, and code and tables stay out.
//!
//! Spec: UAX #29, sentence boundaries.

use super::work::did;
use core::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a piece of running text, as byte ranges without the white space around them.
///
/// A line break is a space; only one that is meant (Markdown's backslash or two spaces) ends a sentence.
#[must_use]
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    did(text.len());
    let flat = flatten(text);
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, part) in flat.split_sentence_bound_indices() {
        let end = at + part.len();
        match out.last_mut() {
            Some(last) if joins(flat.get(last.clone()).unwrap_or_default(), part) => last.end = end,
            _ => out.push(at..end),
        }
    }
    out.into_iter().filter_map(|range| trim(text, range)).collect()
}

/// The text with line breaks that mean nothing as spaces: byte for byte as long.
fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let meant = body.ends_with('\\') || body.ends_with("  ");
        out.push_str(body);
        for _ in body.len()..line.len() {
            out.push(if meant { '\n' } else { ' ' });
        }
    }
    out
}

/// Whether the boundary between two parts is none: an abbreviation, an initial, a number with its point.
fn joins(before: &str, after: &str) -> bool {
    if before.ends_with(['\n', '\\']) || before.trim_end().ends_with('\\') && before.ends_with('\n') {
        return false;
    }
    let before = before.trim_end();
    let starts_low =
        after.trim_start().chars().next().is_some_and(|c| c.is_lowercase() || matches!(c, ',' | ';' | ':' | ')'));
    let Some(stem) = before.strip_suffix('.') else {
        return starts_low && !before.ends_with(['!', '?', '…', ':']) || before.is_empty();
    };
    let word =
        stem.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '*' | '_')).next().unwrap_or_default();
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let number = !word.is_empty() && word.chars().count() <= 3 && word.chars().all(|c| c.is_ascii_digit());
    let starts_line = stem.trim() == word;
    ABBREVIATIONS.contains(&lower.as_str()) || initial || (number && starts_line) || starts_low
}

fn trim(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let part = text.get(range.clone())?;
    let body = part.trim().trim_end_matches('\\').trim_end();
    let lead = part.len() - part.trim_start().len();
    (!body.is_empty()).then(|| range.start + lead..range.start + lead + body.len())
}

/// Abbreviations that rarely end a sentence, in the languages the product reads, without their last point.
#[rustfmt::skip]
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "eg", "ie", "cf", "vs", "approx", "dr", "mr", "mrs", "ms", "prof", "st", "no", "nr", "fig", "eq",
    "sec", "ch", "vol", "pp", "ed", "inc", "ltd", "dept", "est", "resp", "incl", "excl", "viz", "al", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "z.b", "d.h", "u.a", "u.ä", "o.ä", "bzw", "ca", "evtl", "ggf", "inkl", "zzgl", "sog", "vgl", "abs", "hr", "fr",
    "p.ex", "c.-à-d", "env", "m", "mme", "mlle", "p.ej", "ud", "uds", "sr", "sra", "dña", "pág", "art",
    "ad.es", "sig", "dott", "ecc", "т.е", "т.д", "т.п", "т.к", "г", "им", "ул", "стр", "рис",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = sentences(text).into_iter().filter_map(|r| text.get(r)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ends_where_sentences_end() {
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check("The pump fails at 3.5 bar. It was replaced.", &["The pump fails at 3.5 bar.", "It was replaced."]);
        check("Ünïcode endet. Ça va? Да. Нет.", &["Ünïcode endet.", "Ça va?", "Да.", "Нет."]);
        check("", &[]);
        check("no end", &["no end"]);
    }

    #[test]
    fn goes_on_after_abbreviations_and_initials() {
        check("Use a tool, e.g. Maven. Then run it.", &["Use a tool, e.g. Maven.", "Then run it."]);
        check("Dr. Who met J. Doe. They spoke.", &["Dr. Who met J. Doe.", "They spoke."]);
        check("Das gilt z.B. Montag. Sonst nicht.", &["Das gilt z.B. Montag.", "Sonst nicht."]);
        check("1. Open the lid. 2. Close it.", &["1. Open the lid.", "2. Close it."]);
    }

    #[test]
    fn reads_wrapped_lines_as_one() {
        check("A line that\nis wrapped. Next\none.", &["A line that\nis wrapped.", "Next\none."]);
        check("Meant\\\nBreak", &["Meant", "Break"]);
    }
}
