//! Whether groups of digits are a telephone number, and how sure that is.
//! It reads no text: what stands around the number is told to it.

use super::plan::{is_behind_plus, is_international, is_national};
use super::shape::{Separator, Shape};

/// A score, when the first `count` groups are a telephone number.
pub(super) fn judge(shape: &Shape, count: usize, labelled: bool, extended: bool) -> Option<u8> {
    let (digits, lengths) = (shape.digits(count), shape.lengths(count));
    if (!shape.plus && looks_like_a_date(digits, lengths)) || digits.iter().all(|digit| Some(digit) == digits.first()) {
        return None;
    }
    if shape.plus {
        return is_behind_plus(digits).then_some(95);
    }
    if let Some(score) = abroad(shape, count, labelled, lengths) {
        return Some(score);
    }
    let whole = (10..=13).contains(&digits.len());
    if extended && whole && (is_international(digits) || matches!(digits, [2..=9, _, _, 2..=9, ..])) {
        return Some(75);
    }
    if is_north_american(shape, count, digits, lengths) {
        return Some(80);
    }
    if is_trunk(shape, count, digits, lengths, extended) || is_plain(shape, count, digits, lengths) {
        return Some(70);
    }
    // Beside a word that says so, any grouping but that of decimals and versions.
    let single = lengths.iter().filter(|length| **length == 1).count();
    let dotted = shape.has(count, Separator::Dot) && (lengths.len() < 3 || single > 0);
    let usual = (7..=15).contains(&digits.len()) && single < 3 && !dotted;
    (labelled && usual).then_some(75)
}

/// With a prefix for calls abroad: 00, 011, and others before a North American number.
fn abroad(shape: &Shape, count: usize, labelled: bool, lengths: &[usize]) -> Option<u8> {
    let digits = shape.digits(count);
    if let [0, 0, rest @ ..] = digits
        && (lengths.first() > Some(&1) || shape.tilde)
        && is_international(rest)
        && (labelled || (count > 1 && rest.len() > 8))
    {
        return Some(85);
    }
    if let [0, 1, 1, rest @ ..] = digits
        && lengths.first().is_some_and(|length| (3..=6).contains(length))
        && is_international(rest)
        && count > 2
    {
        return Some(80);
    }
    is_dialled_abroad(digits, lengths).then_some(80)
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
fn is_trunk(shape: &Shape, count: usize, digits: &[u8], lengths: &[usize], extended: bool) -> bool {
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
    let grouped = (2..=6).contains(first) && rest.iter().all(|length| *length > 1 && *length < 10);
    let is_card_like = lengths.iter().all(|length| *length == 4);
    let pair = lengths == [2, 8] || lengths == [2, 9] || (extended && *first > 1);
    let short = !pair && rest.len() == 1 && !marked && (*first < 3 || rest.iter().any(|length| *length < 5));
    let most = if rest.len() > 1 { 13 } else { 12 };
    grouped && !is_card_like && !short && (least..=most).contains(&digits.len())
}

/// A prefix for calls abroad that ends in North America's 1, then a number there: "0011-650-253-0000".
fn is_dialled_abroad(digits: &[u8], lengths: &[usize]) -> bool {
    let prefix = digits.len().saturating_sub(10);
    let (before, number) = digits.split_at_checked(prefix).unwrap_or_default();
    let grouped = matches!(lengths, [2..=5, 3, 3, 4] | [1, 1..=4, 3, 3, 4]);
    grouped && matches!(before, [0, .., 1]) && matches!(number, [2..=9, _, _, 2..=9, ..])
}

/// Countries without a trunk zero: groups and lengths as their plans have them.
fn is_plain(shape: &Shape, count: usize, digits: &[u8], lengths: &[usize]) -> bool {
    if lengths == [4, 4, 3] && shape.open && matches!(digits, [1, 3 | 8, 0, 0, ..]) {
        return true;
    }
    // Turkish and Russian mobiles without the zero or eight.
    if lengths == [3, 3, 2, 2] && matches!(digits, [5 | 9, ..]) {
        return true;
    }
    let separated = shape.has(count, Separator::Dot) || shape.has(count, Separator::Slash);
    // Round numbers in a row are counts: "300 600 900".
    let round = digits.iter().filter(|digit| **digit == 0).count() > digits.len() / 2;
    // Three threes are also ids; mobiles and Spanish numbers begin with these.
    let threes = lengths == [3, 3, 3] && !matches!(digits, [3 | 5..=9, ..]);
    lengths.len() > 2 && !separated && !round && !threes && is_national(digits, lengths)
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
