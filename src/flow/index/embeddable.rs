//! What of an excerpt is embedded: its title, headings and text, masked, within what the model takes; and its print.
//! It asks nobody.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::content::tokens::upper_bound_anywhere;
use crate::flow::cut;
use crate::privacy::{Masked, Masker, Part};
use crate::search::Piece;

/// What is embedded of an excerpt.
pub(super) struct Embeddable {
    pub(super) text: Masked<String>,
    /// Stands for the text: where the index has a vector of the same space with this print, nothing is sent. Never 0.
    pub(super) print: u64,
    /// Whether it is less than the excerpt, for being longer than the model takes.
    pub(super) is_cut: bool,
}

/// An excerpt under its title and headings, as far as `most` tokens go: then without what stands above it, then its beginning.
/// `parts` is what the whole document shows of the excerpt's text.
pub(super) fn embeddable(
    masker: &mut Masker,
    title: &str,
    piece: &Piece,
    parts: &[Part],
    most: Option<u32>,
) -> Embeddable {
    let fits = |text: &Masked<String>| most.is_none_or(|most| upper_bound_anywhere(text.as_ref()) <= most);
    let mut mask = |title: &str, piece: &Piece| {
        let (text, parts) = placed(title, piece, parts);
        masker.mask_cut(&text, &parts)
    };
    let mut text = mask(title, piece);
    let mut is_cut = false;
    if !fits(&text) && !piece.text.trim().is_empty() {
        text = mask("", &Piece { heading: Vec::new(), ..piece.clone() });
        is_cut = true;
    }
    while !fits(&text) {
        let Some(shorter) = shortened(&text) else { break };
        (text, is_cut) = (shorter, true);
    }
    Embeddable { print: print(text.as_ref()), text, is_cut }
}

/// An excerpt under its title and headings, and its parts where they are then.
pub(super) fn placed(title: &str, piece: &Piece, parts: &[Part]) -> (String, Vec<Part>) {
    let path = std::iter::once(title).chain(piece.heading.iter().map(String::as_str));
    let path: Vec<&str> = path.filter(|part| !part.trim().is_empty()).collect();
    let lead = format!("{}\n\n", path.join(" > "));
    let whole = format!("{lead}{}", piece.text);
    let parts = cut::moved(parts, lead.len(), whole.len().saturating_sub(whole.trim_start().len()));
    (whole.trim().to_owned(), parts)
}

/// The first half of a text; none of one that is short already. It was masked whole: no value is cut so that it is none any more.
pub(super) fn shortened(text: &Masked<String>) -> Option<Masked<String>> {
    let half = u32::try_from(text.as_ref().len() / 2).ok().filter(|half| *half >= SHORTEST)?;
    Some(Masked::compose((text.clone(), half), |(text, most)| {
        beginning(text.as_ref(), usize::try_from(most).unwrap_or(usize::MAX)).to_owned()
    }))
}

/// At most so many bytes from the beginning, to the end of a word where there is one, and never into a token.
fn beginning(text: &str, most: usize) -> &str {
    let part = text.get(..text.floor_char_boundary(most)).unwrap_or_default();
    let word = part.rfind(char::is_whitespace).filter(|at| *at >= most / 2);
    let open = part.rfind('[').filter(|at| part.get(*at..).is_some_and(|rest| !rest.contains(']')));
    let end = word.or(open).unwrap_or(part.len());
    part.get(..end).unwrap_or(part).trim_end()
}

/// The first eight bytes of the SHA-256 of a masked text in which tokens are numbered as they come: which number a person has in the
/// batch it was masked with says nothing of the text.
fn print(text: &str) -> u64 {
    let mut hash = Sha256::new();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, behind) = rest.split_at(at);
        hash.update(before.as_bytes());
        if let Some((token, kind)) = token(behind) {
            let next = numbers.len();
            let number = *numbers.entry(token).or_insert(next);
            hash.update(format!("[{kind}\0{number}]").as_bytes());
            rest = behind.get(token.len()..).unwrap_or_default();
        } else {
            hash.update(b"[");
            rest = behind.get(1..).unwrap_or_default();
        }
    }
    hash.update(rest.as_bytes());
    let first = hash.finalize().first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    first.max(1)
}

/// The token that a text begins with, `[KIND_1]` or `[KIND_1.b]`, and its kind.
fn token(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let end = inside.find(']')?;
    let (kind, number) = inside.get(..end)?.rsplit_once('_')?;
    let (number, form) = number.split_once('.').unwrap_or((number, "a"));
    let is_token = kind.starts_with(|c: char| c.is_ascii_uppercase())
        && kind.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !number.is_empty()
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && form.bytes().all(|byte| byte.is_ascii_lowercase());
    is_token.then_some((text.get(..end + 2)?, kind))
}

/// Bytes below which a text is not halved: what is refused then is refused for something else.
const SHORTEST: u32 = 100;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::KindSet;

    fn piece(text: &str) -> Piece {
        Piece { heading: vec!["Heading".to_owned()], text: text.to_owned(), vector: None }
    }

    #[test]
    fn a_print_is_of_the_text_and_not_of_the_numbers_of_its_tokens() {
        assert_eq!(print("[PERSON_3] calls [PERSON_1.b]"), print("[PERSON_1] calls [PERSON_2]"));
        assert_ne!(print("[PERSON_1] calls [PERSON_1]"), print("[PERSON_1] calls [PERSON_2]"));
        assert_ne!(print("[PERSON_1] calls"), print("[EMAIL_1] calls"));
        for (one, other) in
            [("a", "b"), ("", " "), ("[1]", "[2]"), ("[x_1]", "[x_2]"), ("[A_1", "[A_2"), ("[A_]", "[A_1]")]
        {
            assert_ne!(print(one), print(other), "{one} {other}");
        }
    }

    #[test]
    fn what_is_longer_than_the_model_takes_goes_without_what_stands_above_it_and_then_by_its_beginning() {
        let mut masker = Masker::new(&[], KindSet::ALL);
        let mut of = |text: &str, most| embeddable(&mut masker, "Title", &piece(text), &[], Some(most));
        let short = of("A short text.", 2_048);
        assert_eq!((short.text.as_ref().as_str(), short.is_cut), ("Title > Heading\n\nA short text.", false));
        let bare = of(&"word ".repeat(20), upper_bound_anywhere(&"word ".repeat(20)));
        assert_eq!((bare.text.as_ref().as_str(), bare.is_cut), ("word ".repeat(20).trim(), true));
        for text in ["漢字 ".repeat(900), "x".repeat(5_000), "anna@example.com ".repeat(400)] {
            let cut = of(&text, 500);
            assert!(cut.is_cut && upper_bound_anywhere(cut.text.as_ref()) <= 500, "{}", cut.text.as_ref().len());
            assert!(!cut.text.as_ref().contains("anna@") && !cut.text.as_ref().is_empty());
        }
    }

    #[test]
    fn no_token_is_cut() {
        for most in 1..60 {
            let part = beginning("aaaaaaaaaaaaaaaa[PERSON_1]bbbbbbbb[EMAIL_22] cc [PERSON_3.b]", most);
            assert_eq!(part.matches('[').count(), part.matches(']').count(), "{most}: {part}");
        }
    }
}
