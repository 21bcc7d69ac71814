//! The word diff of one changed block: which words stayed, went and came.
//!
//! Not a diff of markup: it compares the text a reader sees.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A run of words with one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// What happened to the run.
    pub op: WordOp,
    /// The run itself, spaces included.
    pub text: String,
}

/// What happened to a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordOp {
    /// In both texts.
    Same,
    /// Only in the new text.
    Added,
    /// Only in the old text.
    Removed,
}

/// Compares two texts word by word (Unicode word boundaries, UAX #29; punctuation and spaces are words of their own).
///
/// INVARIANT: `Same` and `Removed` runs joined give `before`, `Same` and `Added` runs joined give `after`.
/// Texts of more than [`MAX_WORDS`] words are compared by their common beginning and end alone.
pub fn words(before: &str, after: &str) -> Vec<Word> {
    let old: Vec<&str> = before.split_word_bounds().collect();
    let new: Vec<&str> = after.split_word_bounds().collect();
    let mut runs = Runs::default();
    let ops = if old.len().max(new.len()) > MAX_WORDS {
        ends_only(&old, &new)
    } else {
        capture_diff_slices(Algorithm::Myers, &old, &new)
    };
    for op in ops {
        match op {
            DiffOp::Equal { old_index, len, .. } => runs.same(part(&old, old_index, len)),
            DiffOp::Delete { old_index, old_len, .. } => runs.changed(part(&old, old_index, old_len), &[]),
            DiffOp::Insert { new_index, new_len, .. } => runs.changed(&[], part(&new, new_index, new_len)),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                runs.changed(part(&old, old_index, old_len), part(&new, new_index, new_len));
            }
        }
    }
    runs.finish()
}

/// Collects runs so that a change reads "removed, added" and is not torn apart by single spaces that stayed.
#[derive(Default)]
struct Runs {
    done: Vec<Word>,
    removed: String,
    added: String,
    /// A blank that stayed, held back until it is known whether a further change follows.
    blank: String,
}

impl Runs {
    fn same(&mut self, words: &[&str]) {
        let text = words.concat();
        let in_change = !self.removed.is_empty() || !self.added.is_empty();
        if in_change && self.blank.is_empty() && text == " " {
            self.blank = text;
            return;
        }
        self.close();
        self.push(WordOp::Same, text);
    }

    fn changed(&mut self, removed: &[&str], added: &[&str]) {
        if !self.blank.is_empty() {
            self.removed.push_str(&self.blank);
            self.added.push_str(&self.blank);
            self.blank.clear();
        }
        self.removed.extend(removed.iter().copied());
        self.added.extend(added.iter().copied());
    }

    fn close(&mut self) {
        let (removed, added, blank) =
            (std::mem::take(&mut self.removed), std::mem::take(&mut self.added), std::mem::take(&mut self.blank));
        self.push(WordOp::Removed, removed);
        self.push(WordOp::Added, added);
        self.push(WordOp::Same, blank);
    }

    fn push(&mut self, op: WordOp, text: String) {
        match self.done.last_mut() {
            Some(last) if last.op == op => last.text.push_str(&text),
            Some(_) | None if text.is_empty() => {}
            Some(_) | None => self.done.push(Word { op, text }),
        }
    }

    fn finish(mut self) -> Vec<Word> {
        self.close();
        self.done
    }
}

fn ends_only(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let start = old.iter().zip(new).take_while(|(left, right)| left == right).count();
    let rest = old.len().min(new.len()) - start;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(left, right)| left == right).count();
    vec![
        DiffOp::Equal { old_index: 0, new_index: 0, len: start },
        DiffOp::Replace {
            old_index: start,
            old_len: old.len() - start - end,
            new_index: start,
            new_len: new.len() - start - end,
        },
        DiffOp::Equal { old_index: old.len() - end, new_index: new.len() - end, len: end },
    ]
}

fn part<'a, 'b>(words: &'a [&'b str], start: usize, len: usize) -> &'a [&'b str] {
    words.get(start..start + len).unwrap_or_default()
}

/// Above this many words in one block the middle is shown as replaced as a whole: a reader cannot follow more, and time
/// stays bounded.
pub const MAX_WORDS: usize = 8_000;

#[cfg(test)]
mod tests {
    use super::super::generate::Generator;
    use super::{MAX_WORDS, Word, WordOp, words};

    fn shown(before: &str, after: &str) -> String {
        let mark = |word: &Word| match word.op {
            WordOp::Same => word.text.clone(),
            WordOp::Added => format!("[+{}]", word.text),
            WordOp::Removed => format!("[-{}]", word.text),
        };
        words(before, after).iter().map(mark).collect()
    }

    fn side(runs: &[Word], gone: WordOp) -> String {
        runs.iter().filter(|run| run.op != gone).map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn shows_words_not_letters() {
        let cases = [
            ("", "", ""),
            ("same text", "same text", "same text"),
            ("", "new", "[+new]"),
            ("old", "", "[-old]"),
            ("the quick fox", "the slow fox", "the [-quick][+slow] fox"),
            ("a b c d", "a x y d", "a [-b c][+x y] d"),
            ("Version 1.2.3, done.", "Version 1.2.4, done.", "Version [-1.2.3][+1.2.4], done."),
            ("Größe: 5", "Größe: 7", "Größe: [-5][+7]"),
            ("x y", "x z y", "x [+z ]y"),
        ];
        for (before, after, expected) in cases {
            assert_eq!(shown(before, after), expected);
        }
    }

    #[test]
    fn keeps_both_texts_whole() {
        for seed in 0..400 {
            let mut random = Generator::new(seed);
            let before = random.sentence(30);
            let after = random.rewritten(&before);
            let runs = words(&before, &after);
            assert_eq!(side(&runs, WordOp::Added), before, "seed {seed}");
            assert_eq!(side(&runs, WordOp::Removed), after, "seed {seed}");
            assert!(runs.iter().all(|run| !run.text.is_empty()), "seed {seed}");
            assert!(runs.windows(2).all(|pair| pair[0].op != pair[1].op), "seed {seed}");
        }
    }

    #[test]
    fn bounds_the_work_on_a_huge_block() {
        let before = format!("start {} end", "a b ".repeat(MAX_WORDS));
        let after = format!("start {} end", "b c ".repeat(MAX_WORDS));
        let runs = words(&before, &after);
        assert_eq!(runs.len(), 4);
        assert_eq!(side(&runs, WordOp::Added), before);
        assert_eq!(side(&runs, WordOp::Removed), after);
    }
}
