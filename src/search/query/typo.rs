//! Which word of the dictionary may have been meant by a mistyped one.
//! It knows no dictionary: a caller hands over the words it has read anyway.
//!
//! Spec: optimal string alignment (Damerau–Levenshtein without edits inside a transposition).

/// What a term of the dictionary counts as a stand-in for a typed word that is absent or rare: below 1, or nothing when they are too
/// far apart.
///
/// One edit in words of five letters and more, two from nine; the first letter must be right, and two of them for two edits. The
/// dictionary has stems, so an ending may be missing. Words with digits are never meant otherwise: a key or a version is itself.
#[must_use]
pub fn near(typed: &str, candidate: &str) -> Option<f32> {
    let most = edits(typed);
    let typed: Vec<char> = typed.chars().take(MOST_LETTERS + 1).collect();
    let found: Vec<char> = candidate.chars().take(MOST_LETTERS + 1).collect();
    if most == 0 || found.len() > MOST_LETTERS || found.len() + 1 < SHORTEST || found.first() != typed.first() {
        return None;
    }
    if found.iter().any(|c| !c.is_alphabetic())
        || found.len() > typed.len() + most
        || found.len() + LONGEST_ENDING + most < typed.len()
    {
        return None;
    }
    let edits = ENDINGS.iter().filter_map(|ending| with_ending(&typed, &found, ending, most)).min()?;
    let same_start = found.get(1) == typed.get(1);
    match edits {
        0 | 1 => Some(ONE_EDIT),
        2 if same_start => Some(TWO_EDITS),
        _ => None,
    }
}

/// How many edits a word of this length may be away; 0 when it is never meant otherwise.
pub(super) fn edits(typed: &str) -> usize {
    let letters = typed.chars().count();
    if !(SHORTEST..=MOST_LETTERS).contains(&letters)
        || !typed.chars().all(|c| c.is_alphabetic() && !crate::search::words::is_dense(c))
    {
        0
    } else if letters < LONG {
        1
    } else {
        2
    }
}

/// The edits between what was typed and the candidate with an ending, when they are few.
fn with_ending(typed: &[char], stem: &[char], ending: &str, most: usize) -> Option<usize> {
    let length = stem.len() + ending.len();
    if length > typed.len() + most || length + most < typed.len() {
        return None;
    }
    let whole: Vec<char> = stem.iter().copied().chain(ending.chars()).collect();
    // an edit beyond the stem alone would let every ending stand for every other
    distance(typed, &whole, most).filter(|edits| *edits > 0 || !ending.is_empty())
}

/// The distance, when it is at most `most`.
fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let mut last = None;
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&row, j) + usize::from(a != b)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let crossed = j.checked_sub(1).is_some_and(|k| right.get(k) == Some(a)) && last == Some(b);
            if crossed {
                least = least.min(at(&before, j - 1) + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = core::mem::replace(&mut row, next);
        last = Some(a);
    }
    row.last().copied().filter(|edits| *edits <= most)
}

/// Shortest word that can be mistyped, in letters.
const SHORTEST: usize = 5;

/// From here two edits are forgiven.
const LONG: usize = 9;

/// Longest word that is compared.
const MOST_LETTERS: usize = 32;

/// What a word counts that is one edit away.
const ONE_EDIT: f32 = 0.6;

/// What a word counts that is two edits away.
const TWO_EDITS: f32 = 0.35;

/// Endings that stems have lost; none is one, too.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "", "s", "e", "es", "ed", "er", "ing", "ion", "ation", "ication", "ment", "able", "ly", "ten", "en", "ung",
];

const LONGEST_ENDING: usize = 7;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, candidate: &str, expected: Option<f32>) {
        assert_eq!(near(typed, candidate), expected, "{typed} {candidate}");
    }

    #[test]
    fn forgives_one_edit_in_five_letters_and_two_in_nine() {
        check("namenoed", "namenod", Some(ONE_EDIT));
        check("clinet", "client", Some(ONE_EDIT));
        check("servr", "server", Some(ONE_EDIT));
        check("kerberoos", "kerbero", Some(ONE_EDIT));
        check("authetnicaion", "authent", Some(TWO_EDITS));
        check("replicatoin", "replic", Some(ONE_EDIT));
        check("clxxet", "client", None);
    }

    #[test]
    fn keeps_short_words_numbers_and_first_letters() {
        check("node", "mode", None);
        check("nodes", "codes", None);
        check("hdfs1234", "hdfs1235", None);
        check("version", "version2", None);
        check("日本語日本", "日本語日木", None);
        check("", "", None);
    }

    #[test]
    fn measures_as_the_definition_says() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        for (left, right, expected) in [
            ("ab", "ba", 1),
            ("abc", "abc", 0),
            ("", "ab", 2),
            ("abc", "", 3),
            ("ca", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(&letters(left), &letters(right), 9), Some(expected), "{left} {right}");
        }
    }

    #[test]
    fn is_bounded_on_long_words() {
        check(&"a".repeat(1 << 20), "aaaaa", None);
        check("aaaaaaaaa", &"a".repeat(1 << 20), None);
    }
}
