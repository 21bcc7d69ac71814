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
    if candidate.chars().next() != typed.chars().next() {
        return None;
    }
    let most = edits(typed);
    let typed: Vec<char> = typed.chars().take(MOST_LETTERS + 1).collect();
    let found: Vec<char> = candidate.chars().take(MOST_LETTERS + 1).collect();
    if most == 0 || found.len() > MOST_LETTERS || found.len() + 1 < SHORTEST {
        return None;
    }
    if found.iter().any(|c| !c.is_alphabetic())
        || found.len() > typed.len() + most
        || found.len() + LONGEST_ENDING + most < typed.len()
    {
        return None;
    }
    if !begins_near(&found, &typed, most) {
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
    distance(&whole, typed, most)
}

/// The distance, when it is at most `most`.
fn distance(left: &[char], right: &[char], most: usize) -> Option<usize> {
    last_row(left, right, most)?.get(right.len()).copied().filter(|edits| *edits <= most)
}

/// Whether the whole stem is at most so many edits from some beginning of what was typed.
fn begins_near(stem: &[char], typed: &[char], most: usize) -> bool {
    last_row(stem, typed, most).is_some()
}

/// The distances of `left` from every beginning of `right`; none when all are beyond `most`. Cells that must be beyond are not
/// looked at, so that most words are done after a few letters.
fn last_row(left: &[char], right: &[char], most: usize) -> Option<[usize; MOST_CELLS]> {
    let far = most + 1;
    let (mut before, mut row) = ([far; MOST_CELLS], [far; MOST_CELLS]);
    row.iter_mut().take((far).min(right.len() + 1)).enumerate().for_each(|(j, cell)| *cell = j);
    let mut last = None;
    for (i, a) in left.iter().enumerate() {
        let mut next = [far; MOST_CELLS];
        let mut least = far;
        if i < most
            && let Some(cell) = next.first_mut()
        {
            *cell = i + 1;
            least = i + 1;
        }
        for (j, b) in right.iter().enumerate().take(i + far).skip((i + 1).saturating_sub(far)) {
            let at = |row: &[usize; MOST_CELLS], j: usize| row.get(j).copied().unwrap_or(far);
            let mut edits = (at(&row, j) + usize::from(a != b)).min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let crossed = last == Some(b) && j.checked_sub(1).is_some_and(|k| right.get(k) == Some(a));
            if crossed {
                edits = edits.min(at(&before, j - 1) + 1);
            }
            if let Some(cell) = next.get_mut(j + 1) {
                *cell = edits.min(far);
            }
            least = least.min(edits);
        }
        if least > most {
            return None;
        }
        before = core::mem::replace(&mut row, next);
        last = Some(a);
    }
    Some(row)
}

/// Shortest word that can be mistyped, in letters.
const SHORTEST: usize = 5;

/// From here two edits are forgiven.
const LONG: usize = 9;

/// Longest word that is compared.
const MOST_LETTERS: usize = 32;

/// Room for it, an ending, and the edits.
const MOST_CELLS: usize = 48;

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
