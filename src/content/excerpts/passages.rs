//! What of some found excerpts to send: the passages that say most about a question, within a budget.
//! It finds no excerpt and ranks none: whoever searched says how well each fits.
//!
//! An excerpt is cut to be found; what answers a question is seldom all of it. So more excerpts are taken than there is
//! room for, and of each the sentences, list items, table rows and pieces of code that hold the question's words, or stand
//! beside such: at four thousand characters that holds more of what was asked for, in fewer characters, than the best
//! few excerpts as a whole (`bench/cuts/excerpts.py`).

use super::super::extract::{as_number, words};
use super::units::{Unit, units};
use super::{Utf16, utf16_len};
use std::collections::{BTreeMap, BTreeSet};

/// An excerpt that was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<'a> {
    /// Markdown.
    pub text: &'a str,
    /// How well it fits, more being better; only its share of the best one's counts.
    pub score: f64,
}

/// A part of an excerpt that goes together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Which excerpt it is of.
    pub excerpt: usize,
    /// Where it starts in the excerpt's text, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Markdown: that part, but of a table its header and the rows that were taken.
    pub text: String,
}

/// The passages that say most about `about`, in the order of the excerpts.
///
/// When the excerpts together have no more than `max_chars` UTF-16 code units, each is one passage. Else the passages
/// have no more than fourteen fifteenths of that: the rest is for the headings and marks that whoever shows them puts around.
#[must_use]
pub fn passages(about: &str, found: &[Found<'_>], max_chars: usize) -> Vec<Passage> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (excerpt, of) in found.iter().enumerate() {
        candidates.extend(units(of.text).into_iter().map(|unit| Candidate::new(excerpt, unit, of.text)));
    }
    if found.iter().map(|of| utf16_len(of.text)).sum::<usize>() > max_chars {
        weigh(&mut candidates, about, found);
        choose(&mut candidates, found, max_chars.saturating_mul(SPENT.0) / SPENT.1);
    }
    together(&candidates, found)
}

/// A unit that may be taken.
struct Candidate {
    excerpt: usize,
    unit: Unit,
    words: BTreeSet<String>,
    worth: f64,
    taken: bool,
}

impl Candidate {
    fn new(excerpt: usize, unit: Unit, text: &str) -> Self {
        let words = roots(text.get(unit.range.clone()).unwrap_or_default());
        Self { excerpt, unit, words, worth: 0.0, taken: true }
    }
}

/// The words that say something, without their endings: enough to know one again in its other forms.
fn roots(text: &str) -> BTreeSet<String> {
    let root = |word: String| {
        let letters = word.chars().count();
        if letters < ENDING + SHORTEST {
            word.chars().take(SHORTEST).collect()
        } else {
            word.chars().take(letters - ENDING).collect()
        }
    };
    words(text).filter(|word| !QUESTION.contains(&word.as_str())).map(root).collect()
}

/// What each unit is worth: its excerpt's score, and the share of the question's words in it and around it.
fn weigh(candidates: &mut [Candidate], about: &str, found: &[Found<'_>]) {
    let mut seen: BTreeMap<String, f64> = roots(about).into_iter().map(|word| (word, 0.0)).collect();
    for word in candidates.iter().flat_map(|candidate| &candidate.words) {
        if let Some(n) = seen.get_mut(word) {
            *n += 1.0;
        }
    }
    let total = as_number(candidates.len());
    let rare: BTreeMap<&str, f64> =
        seen.iter().filter(|(_, n)| **n > 0.0).map(|(word, n)| (word.as_str(), (total / (1.0 + n)).ln_1p())).collect();
    let whole = rare.values().sum::<f64>().max(f64::MIN_POSITIVE);
    let own: Vec<f64> = candidates
        .iter()
        .map(|candidate| candidate.words.iter().filter_map(|word| rare.get(word.as_str())).sum::<f64>() / whole)
        .collect();
    let best = found.iter().map(|of| of.score).filter(|score| score.is_finite()).fold(0.0, f64::max);
    let excerpts: Vec<usize> = candidates.iter().map(|candidate| candidate.excerpt).collect();
    for (at, candidate) in candidates.iter_mut().enumerate() {
        let score = found.get(candidate.excerpt).map_or(0.0, |of| of.score);
        let share = if score.is_finite() && best > 0.0 { (score / best).max(0.0) } else { 0.0 };
        let beside = |other: Option<usize>| {
            let same = |other: &usize| excerpts.get(*other) == Some(&candidate.excerpt);
            other.filter(same).and_then(|other| own.get(other)).copied().unwrap_or(0.0)
        };
        let mut held = beside(Some(at));
        for (distance, counts) in (1_usize..).zip(BESIDE) {
            held += counts * beside(at.checked_sub(distance)).max(beside(at.checked_add(distance)));
        }
        candidate.worth = WORDS.mul_add(held, share);
    }
}

/// Takes the units worth most, up to the first that has no room.
fn choose(candidates: &mut [Candidate], found: &[Found<'_>], max_chars: usize) {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    let worth = |at: &usize| candidates.get(*at).map_or(0.0, |candidate| candidate.worth);
    order.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    let mut heads: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut left = max_chars;
    for at in order {
        let Some((candidate, text)) = candidates.get(at).and_then(|c| Some((c, found.get(c.excerpt)?.text))) else {
            continue;
        };
        let of = |range: &core::ops::Range<usize>| text.get(range.clone()).map_or(0, utf16_len);
        let head = candidate.unit.head.as_ref().filter(|head| !heads.contains(&(candidate.excerpt, head.start)));
        let size = of(&candidate.unit.range) + head.map_or(0, of);
        if size <= left {
            left -= size;
            taken.insert(at);
            heads.extend(head.map(|head| (candidate.excerpt, head.start)));
        } else if !taken.is_empty() {
            break;
        }
    }
    candidates.iter_mut().enumerate().for_each(|(at, candidate)| candidate.taken = taken.contains(&at));
}

/// The units taken, those that stand side by side or are rows of one table as one passage.
fn together(candidates: &[Candidate], found: &[Found<'_>]) -> Vec<Passage> {
    let mut runs: Vec<Vec<&Candidate>> = Vec::new();
    let mut before: Option<&Candidate> = None;
    for candidate in candidates {
        if candidate.taken {
            let goes_on = |last: &&&Candidate| {
                let beside = before.is_some_and(|before| before.taken) || last.unit.is_row_with(&candidate.unit);
                last.excerpt == candidate.excerpt && beside
            };
            match runs.last_mut() {
                Some(run) if run.last().as_ref().is_some_and(goes_on) => run.push(candidate),
                _ => runs.push(vec![candidate]),
            }
        }
        before = Some(candidate);
    }
    runs.iter().filter_map(|run| passage(run, found)).collect()
}

fn passage(run: &[&Candidate], found: &[Found<'_>]) -> Option<Passage> {
    let (first, last) = (run.first()?, run.last()?);
    let whole = found.get(first.excerpt)?.text;
    let head = first.unit.head.clone().and_then(|head| whole.get(head)).unwrap_or_default();
    let parts: Option<Vec<&str>> = run.iter().map(|candidate| whole.get(candidate.unit.range.clone())).collect();
    let text = format!("{head}{}", parts?.concat());
    let text = text.trim_end().trim_start_matches('\n');
    let part = whole.get(first.unit.range.start..last.unit.range.end)?.trim_end();
    let lead = part.len() - part.trim_start_matches('\n').len();
    let mut places = Utf16::new(whole);
    let start = places.at(first.unit.range.start + lead);
    let end = places.at(first.unit.range.start + part.len());
    (!text.is_empty()).then(|| Passage { excerpt: first.excerpt, start, end, text: text.to_owned() })
}

/// How much of the budget passages may have.
const SPENT: (usize, usize) = (14, 15);

/// How much the question's words count beside the excerpt's score.
const WORDS: f64 = 0.5;

/// How much the words one, two and three units away count.
const BESIDE: [f64; 3] = [0.5, 0.25, 0.125];

/// How many letters an ending is taken to have, and how many are left at least.
const ENDING: usize = 3;
const SHORTEST: usize = 5;

/// Words that ask and name nothing, of the languages the product reads.
#[rustfmt::skip]
const QUESTION: &[&str] = &[
    "what", "how", "who", "whom", "whose", "where", "why", "did", "about", "during", "according",
    "describe", "explain", "their", "his", "her", "these", "those", "them", "into", "may", "such", "had",
    "wie", "wer", "wann", "wo", "warum", "welche", "welcher", "welches", "comment", "quand", "où", "pourquoi",
    "quel", "quelle", "qué", "cómo", "quién", "cuándo", "dónde", "cuál", "come", "chi", "quando", "dove", "perché", "quale",
    "кто", "где", "когда", "почему", "какой", "какая", "какие",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(about: &str, found: &[(&str, f64)], max_chars: usize) -> Vec<(usize, String)> {
        let found: Vec<_> = found.iter().map(|(text, score)| Found { text, score: *score }).collect();
        let all = passages(about, &found, max_chars);
        let chars: usize = all.iter().map(|p| utf16_len(&p.text)).sum();
        assert!(chars <= max_chars, "{chars} of {max_chars}: {all:?}");
        for passage in &all {
            let units: Vec<u16> = found[passage.excerpt].text.encode_utf16().collect();
            let part = String::from_utf16(&units[passage.start..passage.end]).unwrap();
            assert!(part == passage.text || passage.text.starts_with('|'), "{part:?} {passage:?}");
        }
        all.into_iter().map(|p| (p.excerpt, p.text)).collect()
    }

    #[test]
    fn leaves_what_has_room_as_it_is() {
        assert_eq!(
            texts("anything", &[("One. Two.\n\n- a\n- b\n", 1.0), ("Three.", 0.1)], 100),
            [(0, "One. Two.\n\n- a\n- b".to_owned()), (1, "Three.".to_owned())]
        );
        assert_eq!(texts("", &[], 100), []);
        assert_eq!(texts("anything", &[("", 1.0)], 100), []);
    }

    #[test]
    fn takes_what_holds_the_words_from_several() {
        let first =
            "The canteen opens at noon every day. The gateway closes idle tunnels after an hour. Lunch is at one.";
        let second = "Printers are leased by the month here. No gateway closes a tunnel that is not idle. The roller was replaced.";
        assert_eq!(
            texts("Which idle tunnels are closed by the gateway?", &[(first, 1.0), (second, 0.9)], 110),
            [
                (0, "The gateway closes idle tunnels after an hour.".to_owned()),
                (1, "No gateway closes a tunnel that is not idle.".to_owned())
            ]
        );
    }

    #[test]
    fn gives_rows_with_their_header_and_code_whole() {
        let table = "| host | state |\n| --- | --- |\n| alpha one | up |\n| beta two | down |\n| gamma three | up |\n";
        assert_eq!(
            texts("gamma", &[(table, 1.0)], 70),
            [(0, "| host | state |\n| --- | --- |\n| gamma three | up |".to_owned())]
        );
        let code = "Some words that say little about it at all.\n\n```sh\nrestart gamma\nstatus\n```\n\nMore words here, of no use to anyone.";
        assert_eq!(texts("restart gamma", &[(code, 1.0)], 60), [(0, "```sh\nrestart gamma\nstatus\n```".to_owned())]);
    }

    #[test]
    fn takes_no_harm_from_scores_that_are_none() {
        let text = "One sentence of some length here. Another sentence of some length here.";
        for score in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            assert_eq!(texts("another", &[(text, score), (text, score)], 50).len(), 1);
        }
    }
}
