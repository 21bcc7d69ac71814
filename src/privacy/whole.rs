//! What masking finds in a whole text and would not find in the pieces it was cut into: values that lie over a cut, and values
//! whose label stands in another piece. It cuts nothing; the pieces are masked with what is said of them here.

use super::{Finding, Kind, Masker};
use std::ops::Range;

/// A piece of a larger text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cutting<'a> {
    /// The piece as it is masked.
    pub text: &'a str,
    /// Which bytes of the whole it holds.
    pub within: Range<usize>,
    /// Where these begin in the piece, in bytes: before and behind them is what the piece repeats of the whole.
    pub at: usize,
}

/// A passage of a piece that the whole shows to be personal data or a secret, or to be a part of such. Offsets in bytes of the piece.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Part {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Masker {
    /// For each piece what the whole alone shows of it. What this masker met so far is not looked at.
    #[must_use]
    pub fn parts(&self, whole: &str, pieces: &[Cutting<'_>]) -> Vec<Vec<Part>> {
        let found = self.fresh().findings(whole);
        let mut alone = self.fresh();
        let mut parts = |piece: &Cutting<'_>| {
            // Sorted and not overlapping, so their ends rise too.
            let from = found.partition_point(|finding| finding.end <= piece.within.start);
            let over = found.iter().skip(from).take_while(|finding| finding.start < piece.within.end);
            let over: Vec<Part> = over.filter_map(|finding| piece.part(finding)).collect();
            if over.is_empty() {
                return over;
            }
            alone.forget();
            let own = alone.findings(piece.text);
            over.into_iter().filter(|part| !part.is_covered(&own)).collect()
        };
        pieces.iter().map(&mut parts).collect()
    }
}

impl Cutting<'_> {
    /// What the piece has of a finding in the whole.
    fn part(&self, finding: &Finding) -> Option<Part> {
        let here = |at: usize| at.clamp(self.within.start, self.within.end) - self.within.start + self.at;
        let (start, end) = (here(finding.start), here(finding.end));
        self.text.get(start..end).filter(|text| !text.trim().is_empty())?;
        Some(Part { kind: finding.kind, start, end })
    }
}

impl Part {
    /// Whether findings of the same kind cover all of it.
    fn is_covered(&self, own: &[Finding]) -> bool {
        let mut at = self.start;
        for finding in own.iter().filter(|finding| finding.kind == self.kind) {
            if finding.start <= at {
                at = at.max(finding.end);
            }
        }
        at >= self.end
    }

    /// As a finding of the piece, beyond doubt; none when the piece has no such place.
    pub(super) fn finding(&self, piece: &str) -> Option<Finding> {
        let range = self.start..self.end.min(piece.len());
        piece.get(range.clone()).map(|_| Finding::new(self.kind, range, 100))
    }
}

/// Findings of a piece with the parts that the whole shows: what overlaps is one finding, of the part's kind, so that nothing
/// found by either is left open.
pub(super) fn joined(own: Vec<Finding>, parts: Vec<Finding>) -> Vec<Finding> {
    if parts.is_empty() {
        return own;
    }
    let mut all: Vec<(Finding, bool)> = own.into_iter().map(|one| (one, false)).collect();
    all.extend(parts.into_iter().map(|part| (part, true)));
    all.sort_by_key(|(finding, is_part)| (finding.start, !is_part));
    let mut joined: Vec<(Finding, bool)> = Vec::with_capacity(all.len());
    for (finding, is_part) in all {
        match joined.last_mut().filter(|(last, _)| finding.start < last.end) {
            Some((last, was_part)) => {
                if is_part && !*was_part {
                    last.kind = finding.kind;
                    *was_part = true;
                }
                last.end = last.end.max(finding.end);
                last.score = last.score.max(finding.score);
            }
            None => joined.push((finding, is_part)),
        }
    }
    joined.into_iter().map(|(finding, _)| finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::{KindSet, Masker};

    /// The text in pieces of these lengths, masked with what the whole shows.
    fn masked(text: &str, ends: &[usize]) -> Vec<String> {
        let mut masker = Masker::new(&[], KindSet::ALL);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let ranges: Vec<Range<usize>> =
            starts.zip(ends.iter().copied().chain([text.len()])).map(|(start, end)| start..end).collect();
        let pieces: Vec<Cutting<'_>> = ranges
            .iter()
            .map(|range| Cutting { text: text.get(range.clone()).unwrap(), within: range.clone(), at: 0 })
            .collect();
        let parts = masker.parts(text, &pieces);
        let pairs = || pieces.iter().zip(&parts);
        pairs().for_each(|(piece, parts)| masker.learn_cut(piece.text, parts));
        let out: Vec<String> =
            pairs().map(|(piece, parts)| masker.mask_cut(piece.text, parts).as_ref().clone()).collect();
        let back: String = out.iter().map(|piece| masker.restore(piece).text).collect();
        assert_eq!(back, text);
        out
    }

    #[test]
    fn a_value_over_a_cut_is_masked_on_both_sides() {
        let text = "Call +49 30 901820 today.";
        for cut in 6..18 {
            let pieces = masked(text, &[cut]);
            assert!(pieces[0].starts_with("Call [PHONE_1") && pieces[1].ends_with("] today."), "{cut}: {pieces:?}");
            assert!(!pieces.concat().contains(|c: char| c.is_ascii_digit() && c > '2'), "{cut}: {pieces:?}");
        }
    }

    #[test]
    fn a_value_whose_label_is_in_another_piece_is_masked() {
        let text = "password: correct-Horse-7-battery and correct-Horse-7-battery";
        assert_eq!(masked(text, &[10]), ["password: ", "[SECRET_1] and [SECRET_1]"]);
    }

    #[test]
    fn a_piece_that_says_it_itself_needs_no_part() {
        let masker = Masker::new(&[], KindSet::ALL);
        let text = "a@example.com and more";
        let piece = Cutting { text: text.get(..13).unwrap(), within: 0..13, at: 0 };
        assert_eq!(masker.parts(text, &[piece]), [[]]);
    }

    #[test]
    fn a_kind_that_passes_is_not_masked_because_of_the_whole() {
        let mut masker = Masker::new(&[], KindSet::NONE.with(Kind::Email));
        let part = Part { kind: Kind::Phone, start: 0, end: 4 };
        assert_eq!(masker.mask_cut("1234 is", &[part]).as_ref(), "1234 is");
    }
}
