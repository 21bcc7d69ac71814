//! Sentences weighed: their place, and their words against the words of all sources.
//! It picks none.

use super::Source;
use super::prose::prose;
use core::ops::Range;
use std::collections::BTreeMap;
use unicode_segmentation::UnicodeSegmentation;

/// A sentence that may be picked.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// Which source it stands in.
    pub(super) source: usize,
    /// Its bytes in the source's Markdown.
    pub(super) range: Range<usize>,
    /// What it is worth, 0 to about 1.
    pub(super) score: f64,
    /// How many words it has.
    length: f64,
    /// Its words by number with their weight, by rising number; of length one.
    words: Vec<(usize, f64)>,
}

impl Candidate {
    /// The cosine of the angle between two sentences' words: 1 for the same words, 0 for none in common.
    pub(super) fn likeness(&self, other: &Self) -> f64 {
        dot(&self.words, &other.words)
    }
}

/// Every sentence of the sources with its worth.
pub(super) fn candidates(sources: &[Source]) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for (source, text) in sources.iter().enumerate() {
        let ranges = prose(&text.markdown);
        for (place, range) in ranges.into_iter().enumerate() {
            let sentence = text.markdown.get(range.clone()).unwrap_or_default();
            let words = count(sentence, &mut numbers);
            if words.iter().map(|(_, n)| n).sum::<f64>() >= FEWEST_WORDS {
                let length = as_number(sentence.unicode_words().count());
                all.push(Candidate { source, range, score: place_score(place), length, words });
            }
        }
    }
    let rarity = rarity(&all, numbers.len());
    all.iter_mut().for_each(|c| weigh(&mut c.words, &rarity));
    let centers: Vec<Vec<f64>> = (0..sources.len()).map(|s| center(&all, s, numbers.len())).collect();
    let titles: Vec<Vec<(usize, f64)>> = sources.iter().map(|s| title(s, &numbers, &rarity)).collect();
    for candidate in &mut all {
        let closeness = centers.get(candidate.source).map_or(0.0, |c| closeness(&candidate.words, c));
        let named = titles.get(candidate.source).map_or(0.0, |t| dot(&candidate.words, t));
        let says = PLACE.mul_add(candidate.score, (1.0 - PLACE) * closeness);
        let whole = (candidate.length / WHOLE_SENTENCE).min(1.0);
        let rich = (as_number(candidate.words.len()) / RICH_SENTENCE).min(1.0);
        let long = ((candidate.length - LONG_SENTENCE) / LONG_SENTENCE).clamp(0.0, LONGEST);
        candidate.score = says.mul_add(whole, RICHNESS.mul_add(rich, TITLE * named)) - LENGTH * long;
    }
    all
}

/// What the place is worth: one for the first sentence, less for each after.
fn place_score(place: usize) -> f64 {
    let from_one = 1.0 + as_number(place);
    1.0 / (from_one * from_one.sqrt())
}

/// The words of a text that say something, by number.
fn count(text: &str, numbers: &mut BTreeMap<String, usize>) -> Vec<(usize, f64)> {
    let mut out: BTreeMap<usize, f64> = BTreeMap::new();
    for word in words(text) {
        let next = numbers.len();
        let number = *numbers.entry(word).or_insert(next);
        *out.entry(number).or_insert(0.0) += 1.0;
    }
    out.into_iter().collect()
}

/// The words of a text that say something, in lower case.
pub(in crate::content) fn words(text: &str) -> impl Iterator<Item = String> {
    text.unicode_words().map(str::to_lowercase).filter(|w| w.chars().count() > 1 && !COMMON.contains(&w.as_str()))
}

/// The inverse document frequency of each word, a sentence being the document.
fn rarity(all: &[Candidate], words: usize) -> Vec<f64> {
    let mut seen = vec![0.0_f64; words];
    for (number, _) in all.iter().flat_map(|c| &c.words) {
        if let Some(n) = seen.get_mut(*number) {
            *n += 1.0;
        }
    }
    let total = as_number(all.len());
    seen.into_iter().map(|n| (1.0 + total / (1.0 + n)).ln()).collect()
}

fn weigh(words: &mut [(usize, f64)], rarity: &[f64]) {
    for (number, weight) in words.iter_mut() {
        *weight = (1.0 + weight.ln()) * rarity.get(*number).copied().unwrap_or(1.0);
    }
    let length = words.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if length > 0.0 {
        words.iter_mut().for_each(|(_, w)| *w /= length);
    }
}

/// The sum of a source's sentences, of length one.
fn center(all: &[Candidate], source: usize, words: usize) -> Vec<f64> {
    let mut out = vec![0.0; words];
    for (number, weight) in all.iter().filter(|c| c.source == source).flat_map(|c| &c.words) {
        if let Some(sum) = out.get_mut(*number) {
            *sum += weight;
        }
    }
    let length = out.iter().map(|w| w * w).sum::<f64>().sqrt();
    if length > 0.0 {
        out.iter_mut().for_each(|w| *w /= length);
    }
    out
}

fn title(source: &Source, numbers: &BTreeMap<String, usize>, rarity: &[f64]) -> Vec<(usize, f64)> {
    let mut out: BTreeMap<usize, f64> = BTreeMap::new();
    for word in source.title.as_deref().into_iter().flat_map(words) {
        if let Some(number) = numbers.get(&word) {
            *out.entry(*number).or_insert(0.0) += 1.0;
        }
    }
    let mut words: Vec<_> = out.into_iter().collect();
    weigh(&mut words, rarity);
    words
}

fn closeness(words: &[(usize, f64)], center: &[f64]) -> f64 {
    words.iter().map(|(number, weight)| weight * center.get(*number).copied().unwrap_or(0.0)).sum()
}

fn dot(a: &[(usize, f64)], b: &[(usize, f64)]) -> f64 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut sum = 0.0;
    while let (Some((left, x)), Some((right, y))) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            core::cmp::Ordering::Less => drop(a.next()),
            core::cmp::Ordering::Greater => drop(b.next()),
            core::cmp::Ordering::Equal => {
                sum += x * y;
                a.next();
                b.next();
            }
        }
    }
    sum
}

/// A count to reckon with.
pub(in crate::content) fn as_number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

/// How much the place counts beside the words.
const PLACE: f64 = 0.3;

/// A sentence of fewer words counts for less: fragments and labels say little.
const WHOLE_SENTENCE: f64 = 10.0;

/// How much a sentence gains that holds many words that say something, and how many are many.
const RICHNESS: f64 = 0.2;
const RICH_SENTENCE: f64 = 14.0;

/// How much a sentence loses for each time that many words it has beyond them, and how many times count: what a long
/// one says more, it takes from the others' room.
const LENGTH: f64 = 0.01;
const LONG_SENTENCE: f64 = 50.0;
const LONGEST: f64 = 4.0;

/// How much the words of the title count on top.
const TITLE: f64 = 0.2;

/// A sentence with fewer words that say something is not picked.
const FEWEST_WORDS: f64 = 2.0;

/// Words that say nothing alone, of the languages the product reads.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "the", "and", "of", "to", "in", "is", "it", "for", "on", "that", "this", "with", "as", "are", "be", "by", "an", "or",
    "at", "we", "not", "from", "was", "if", "but", "can", "will", "has", "have", "when", "which", "there", "so", "you",
    "should", "would", "been", "were", "its", "they", "also", "then", "than", "our", "any", "all", "some", "do", "does",
    "der", "die", "das", "und", "ist", "ein", "eine", "zu", "den", "von", "mit", "nicht", "auf", "für", "im", "dem", "es",
    "le", "la", "les", "et", "est", "un", "une", "de", "des", "du", "en", "que", "qui", "pour", "dans", "pas", "sur",
    "el", "los", "las", "y", "una", "por", "con", "para", "no", "se", "su", "al", "del", "lo",
    "il", "di", "che", "per", "non", "sono", "una", "della", "del", "nel",
    "и", "в", "на", "не", "что", "с", "по", "это", "для", "как", "из", "к", "от", "за",
];
