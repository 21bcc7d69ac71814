//! Terms of the dictionary that stand in for a typed one: longer ones while it is being typed, similar ones when it is rare.
//! It reads only ranges that are open already.

use crate::search::posting::terms::{List, Terms, split_tier};
use crate::search::query::{QueryTerm, near};
use crate::search::segment::Broken;

/// A list that counts for a typed term.
#[derive(Debug)]
pub(super) struct Stand<'a> {
    pub(super) list: List<'a>,
    /// What it counts beside the typed term's own weight.
    pub(super) weight: f32,
    /// Whether it is another word than the typed one, not a longer form of it.
    pub(super) is_typo: bool,
}

/// Terms that begin as the typed one does, the most frequent first.
///
/// # Errors
/// [`Broken`] when the range is.
pub(super) fn longer<'a>(terms: &Terms<'a>, typed: &QueryTerm, is_there: bool) -> Result<Vec<Stand<'a>>, Broken> {
    let prefix = typed.text.as_bytes();
    let weight = if is_there { BESIDE } else { ALONE };
    let mut all = Vec::new();
    let mut cursor = terms.from(prefix)?;
    while cursor.advance()? {
        let (term, tier) = split_tier(cursor.term());
        if term.starts_with(prefix) {
            if term != prefix && tier == 0 {
                all.push(Stand { list: cursor.list(), weight, is_typo: false });
            }
        } else if term > prefix {
            break;
        }
    }
    all.sort_by_key(|stand| std::cmp::Reverse(stand.list.total));
    all.truncate(MOST);
    Ok(all)
}

/// Terms similar to the typed one, the most similar first.
///
/// # Errors
/// [`Broken`] when the range is.
pub(super) fn similar<'a>(terms: &Terms<'a>, typed: &QueryTerm) -> Result<Vec<Stand<'a>>, Broken> {
    let mut all = Vec::new();
    // What is similar shares its beginning; a term that does not cannot lie behind one that does.
    let from: String = typed.text.chars().take(SHARED).collect();
    let mut cursor = terms.from(from.as_bytes())?;
    while cursor.advance()? {
        let (term, tier) = split_tier(cursor.term());
        if tier > 0 || term < from.as_bytes() {
            continue;
        }
        if !term.starts_with(from.as_bytes()) {
            break;
        }
        let candidate = std::str::from_utf8(term).map_err(|_| Broken)?;
        if let Some(weight) = near(&typed.text, candidate) {
            all.push(Stand { list: cursor.list(), weight, is_typo: true });
        }
    }
    all.sort_by(|one, other| other.weight.total_cmp(&one.weight).then(other.list.total.cmp(&one.list.total)));
    all.truncate(MOST_SIMILAR);
    Ok(all)
}

const MOST: usize = 24;
const MOST_SIMILAR: usize = 6;
/// Characters a misspelled word has right at its beginning.
const SHARED: usize = 1;
/// A longer term beside the typed one, and where the typed one is no word of the index.
const BESIDE: f32 = 0.2;
const ALONE: f32 = 0.7;
