//! Postal codes by themselves: beside a word that says so, or of a shape nothing else has (GB, CA; NL with its town).
//! It reports no code without either: five digits are mostly something else.
//!
//! Source: UPU postal addressing systems, country pages; the shapes are in [`super::postcode`].

use super::extent::town;
use super::postcode::{british, canadian, dutch};
use super::word::Word;
use super::{Finding, Kind, Text};
use crate::privacy::text::{Endings, has_word};
use std::sync::LazyLock;

/// At the first digit of a run.
pub(in crate::privacy::detector) fn find(text: &Text<'_>, at: usize) -> Option<Finding> {
    let start = text.run_back(at, 4, |byte| byte.is_ascii_uppercase());
    if text.word_before(start) || matches!(text.before(start), b'-' | b'_' | b'/' | b'.' | b'=' | b'+') {
        return None;
    }
    let known = |end: usize, source| Finding { source: Some(source), ..Finding::new(Kind::Postcode, start..end, 80) };
    if start < at {
        if let Some(end) = british(text, start).filter(|end| is_free(text, *end)) {
            return Some(known(end, "GB"));
        }
        if let Some(end) =
            canadian(text, start).filter(|end| text.slice(start..*end).contains(' ') && is_free(text, *end))
        {
            return Some(known(end, "CA"));
        }
    }
    if let Some(end) = dutch(text, at).filter(|end| start == at && town(text, *end).is_some() && !is_unit(text, *end)) {
        return Some(known(end, "NL"));
    }
    labelled(text, at, start)
}

/// "1024 KB Total" is no code of a town.
fn is_unit(text: &Text<'_>, end: usize) -> bool {
    [
        "KB", "MB", "GB", "TB", "MS", "HZ", "AM", "PM", "AD", "BC", "OK", "IN", "OR", "IF", "IS", "TO", "NO", "ON",
        "IT", "AS", "AT", "BY", "OF", "ID", "UI", "VM", "OS", "PR", "US", "EU",
    ]
    .contains(&text.slice(end - 2..end))
}

/// Not a piece of something longer.
fn is_free(text: &Text<'_>, end: usize) -> bool {
    !(matches!(text.byte(end), b'-' | b'_' | b'/' | b'=' | b'.') && text.byte(end + 1).is_ascii_alphanumeric())
}

/// Three to ten letters and digits behind a label.
fn labelled(text: &Text<'_>, at: usize, start: usize) -> Option<Finding> {
    let letters =
        if text.before(start) == b' ' { text.run_back(start - 1, 3, |byte| byte.is_ascii_uppercase()) } else { start };
    // "VLT 2345": the letters stand apart, behind the label.
    let start = if letters < start && at == start && text.before(letters) == b' ' { letters } else { start };
    if !may_be_labelled(text, start) || !is_labelled(&text.lead(start, 32)) {
        return None;
    }
    let end = value_end(text, start)?;
    let alphanumeric = text.slice(start..end).bytes().filter(u8::is_ascii_alphanumeric).count();
    let fits = (3..=10).contains(&alphanumeric) && is_free(text, end) && !text.word_at(end);
    fits.then(|| Finding::new(Kind::Postcode, start..end, 75))
}

/// Whether the last word before a place ends as a label or a filler does: most end otherwise.
fn may_be_labelled(text: &Text<'_>, start: usize) -> bool {
    static ENDINGS: LazyLock<Endings> = LazyLock::new(|| Endings::of(LABELS.iter().chain(FILLERS).copied()));
    let sign = |byte: u8| byte.is_ascii() && !byte.is_ascii_alphanumeric() && byte != b'\n';
    let end = text.run_back(start, 32, sign);
    // Beyond ASCII the case is not known.
    !text.before(end).is_ascii() || (text.before(end).is_ascii_alphabetic() && ENDINGS.may_end(text, end))
}

/// The label is the last word but for "is", "no." and signs.
fn is_labelled(lead: &str) -> bool {
    let tail = lead.trim_end_matches(|c: char| !c.is_alphanumeric());
    let tail = FILLERS.iter().find_map(|filler| tail.strip_suffix(filler)).unwrap_or(tail);
    let tail = tail.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
    LABELS.iter().any(|label| tail.strip_suffix(label).is_some_and(|before| !before.ends_with(char::is_alphanumeric)))
        && has_word(lead, LABELS)
}

/// Words of letters and digits with one hyphen or blank in them, all with a digit but the first.
fn value_end(text: &Text<'_>, start: usize) -> Option<usize> {
    let alphanumeric = |from| text.run(from, 11, |byte: u8| byte.is_ascii_digit() || byte.is_ascii_alphabetic());
    let mut end = alphanumeric(start);
    for _ in 0..2 {
        if !matches!(text.byte(end), b' ' | b'-') {
            break;
        }
        let next = alphanumeric(end + 1);
        let part = text.slice(end + 1..next);
        let code = part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
        let letters = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        if !(code || letters) || next - start > 11 {
            break;
        }
        end = next;
    }
    let word = Word::next(text, end);
    (end > start && word.is_none_or(|word| word.start > end || text.char_at(end) != Some('('))).then_some(end)
}

const FILLERS: &[&str] = &[" is", " no", " number", " ist", " est", " es", " è", " lautet", " code"];

#[rustfmt::skip]
const LABELS: &[&str] = &[
    "zip", "zip code", "zipcode", "postal code", "postcode", "post code", "postalcode", "plz", "postleitzahl", "code postal", "cp", "c.p", "código postal", "codigo postal", "c.a.p", "cap", "codice postale",
    "индекс", "почтовый индекс", "kod pocztowy", "postnummer", "postnr", "código de endereçamento postal", "cep", "eircode", "pin code", "pincode",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::passages;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(passages(text, Kind::Postcode), expected, "{text}");
    }

    #[test]
    fn finds_codes_behind_a_label() {
        check("ZIP: 62701-1234", &["62701-1234"]);
        check("zip code is 62701.", &["62701"]);
        check("PLZ 10115", &["10115"]);
        check("code postal : 75001", &["75001"]);
        check("индекс 101000", &["101000"]);
        check("postcode VLT 1117", &["VLT 1117"]);
        check("Postcode: AD500", &["AD500"]);
        check("kod pocztowy 00-950", &["00-950"]);
    }

    #[test]
    fn finds_unmistakable_shapes() {
        check("near SW1A 1AA.", &["SW1A 1AA"]);
        check("M1 1AE and EC1A1BB", &["M1 1AE", "EC1A1BB"]);
        check("K1A 0B1", &["K1A 0B1"]);
        check("1012 JS Amsterdam", &["1012 JS"]);
    }

    #[test]
    fn leaves_what_only_looks_alike() {
        for text in [
            "62701",
            "1024 KB Total",
            "order 75001",
            "SS200AB-7",
            "K1A0B1",
            "file.zip 12345678901",
            "M1 1CA",
            "QZ1 1AA",
            "2048 MB",
        ] {
            check(text, &[]);
        }
    }
}
