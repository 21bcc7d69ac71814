//! The engine without a model: the sentences of some sources that say most and repeat each other least.
//! It writes nothing of its own and understands nothing: it is called an extract, never a summary.
//!
//! Score: the place in the source (people say first what matters; the plain lead beats graph ranking), and how much of
//! the sources' characteristic words the sentence holds (tf-idf centroid), fragments counting for less. Picked one by one by maximal marginal
//! relevance. The same input gives the same output; ties go by order.

mod prose;
mod weigh;

use super::excerpts::Utf16;
use super::markdown::{Blocks, printed, printed_of};
use super::{Document, Format, Malformed, Origin, Places};
use weigh::{Candidate, candidates};
pub(super) use weigh::{as_number, words};

/// A text to extract from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its Markdown, which the places of the sentences point into.
    pub markdown: String,
    /// Its title.
    pub title: Option<String>,
    /// Where the blocks of a document begin in the Markdown, when it was printed of one.
    pub places: Places,
}

impl Source {
    /// A source of a document: its Markdown is what [`super::print_markdown`] prints.
    #[must_use]
    pub fn new(document: &Document, title: Option<&str>) -> Self {
        let printed = printed(Blocks::Tree(&document.blocks), 0);
        Self { markdown: printed.text, title: title.map(str::to_owned), places: printed.places }
    }

    /// A source of a body, which is printed as [`super::markdown_of`] does.
    ///
    /// # Errors
    /// [`Malformed`], with the reason.
    pub fn of(format: Format, body: &str, title: Option<&str>) -> Result<Self, Malformed> {
        let printed = printed_of(format, body)?;
        Ok(Self { markdown: printed.text, title: title.map(str::to_owned), places: printed.places })
    }
}

/// A sentence of an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Which source it stands in.
    pub source: usize,
    /// Where it starts in the source's Markdown, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The sentence, as the Markdown has it.
    pub text: String,
    /// The block it stands in; none of a text that is no print of a document.
    pub origin: Option<Origin>,
}

/// The sentences that say most, at most `max`, the best first.
#[must_use]
pub fn rank(sources: &[Source], max: usize) -> Vec<Sentence> {
    let all = candidates(sources);
    let mut picked: Vec<usize> = Vec::new();
    let mut redundancy = vec![0.0_f64; all.len()];
    while picked.len() < max {
        let worth = |at: &usize| {
            let (score, same) = (all.get(*at).map_or(0.0, |c| c.score), redundancy.get(*at).copied().unwrap_or(0.0));
            NOVELTY.mul_add(-same, score)
        };
        let free = (0..all.len()).filter(|at| !picked.contains(at) && redundancy.get(*at).is_some_and(|r| *r < SAME));
        // the first of equals stays
        let Some(best) = free.reduce(|a, b| if worth(&b) > worth(&a) { b } else { a }) else {
            break;
        };
        picked.push(best);
        let Some(chosen) = all.get(best) else { break };
        for (candidate, same) in all.iter().zip(&mut redundancy) {
            *same = same.max(candidate.likeness(chosen));
        }
    }
    picked.iter().filter_map(|at| all.get(*at)).filter_map(|c| sentence(c, sources)).collect()
}

fn sentence(candidate: &Candidate, sources: &[Source]) -> Option<Sentence> {
    let Source { markdown, places: blocks, .. } = sources.get(candidate.source)?;
    let mut places = Utf16::new(markdown);
    let (start, end) = (places.at(candidate.range.start), places.at(candidate.range.end));
    let text = markdown.get(candidate.range.clone())?.to_owned();
    Some(Sentence { source: candidate.source, start, end, text, origin: blocks.origin(&candidate.range) })
}

/// How much saying the same again costs.
const NOVELTY: f64 = 0.7;

/// Two sentences this alike are one: the second is never picked.
const SAME: f64 = 0.9;

#[cfg(test)]
pub(super) fn lead_for_tests(markdown: &str) -> Vec<String> {
    prose::prose(markdown).into_iter().filter_map(|r| markdown.get(r).map(str::to_owned)).collect()
}
