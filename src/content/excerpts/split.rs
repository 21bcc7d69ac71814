//! Text longer than the bound, cut where it hurts least.
//! It knows no Markdown: the caller says what may be cut.

use super::super::{sentences, tokens};
use super::{ExcerptLimits, utf16_len};
use core::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What counts against the limits. Characters add up; tokens do so but for where two texts meet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Size {
    chars: usize,
    tokens: u32,
}

impl Size {
    /// Of this text; its tokens only where they are limited.
    pub(super) fn of(text: &str, limits: &ExcerptLimits) -> Self {
        let tokens = if limits.max_tokens.is_some() && !text.is_empty() {
            tokens::upper_bound(text).saturating_add(JOINT)
        } else {
            0
        };
        Self { chars: utf16_len(text), tokens }
    }

    /// This with more behind it, which together are `whole`: counted once more only near the limit, for the sum is never less.
    pub(super) fn grown(self, more: Self, limits: &ExcerptLimits, whole: impl FnOnce() -> Self) -> Self {
        let sum = self + more;
        if limits.max_tokens.is_none_or(|most| sum.tokens.saturating_add(NEAR) <= most) {
            return sum;
        }
        Self { chars: sum.chars, tokens: whole().tokens }
    }

    /// Without a part of it, where tokens are not limited.
    fn without(self, part: Self) -> Self {
        Self { chars: self.chars.saturating_sub(part.chars), tokens: 0 }
    }

    /// In UTF-16 code units.
    pub(super) fn chars(self) -> usize {
        self.chars
    }

    /// Whether it is within the limits.
    pub(super) fn fits(self, limits: &ExcerptLimits) -> bool {
        self.chars <= limits.max_chars && limits.max_tokens.is_none_or(|most| self.tokens <= most)
    }

    /// The limits of what stands beside it.
    pub(super) fn room(self, limits: &ExcerptLimits) -> ExcerptLimits {
        ExcerptLimits {
            max_chars: limits.max_chars.saturating_sub(self.chars),
            max_tokens: limits.max_tokens.map(|most| most.saturating_sub(self.tokens)),
        }
    }
}

/// What the tokens of a text may be more than those of its two parts, where they meet.
const JOINT: u32 = 2;
/// So near the limit a sum of parts is not good enough: the whole is counted.
const NEAR: u32 = 32;

impl core::ops::Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { chars: self.chars + other.chars, tokens: self.tokens.saturating_add(other.tokens) }
    }
}

/// The pieces of `range`, each within the limits: by sentences, then words, then graphemes.
pub(super) fn split(text: &str, range: Range<usize>, limits: &ExcerptLimits) -> Vec<Range<usize>> {
    let part = text.get(range.clone()).unwrap_or_default();
    let mut ends: Vec<usize> = sentences(part).into_iter().map(|r| r.end).collect();
    ends.push(part.len());
    let mut out = Vec::new();
    fill(part, 0, &ends, limits, &mut out, 0);
    out.into_iter().map(|r| range.start + r.start..range.start + r.end).collect()
}

/// Packs the parts that end at `ends`, rather to the end of a line; what is too long alone is cut finer.
fn fill(part: &str, from: usize, ends: &[usize], limits: &ExcerptLimits, out: &mut Vec<Range<usize>>, level: usize) {
    let (mut start, mut last) = (from, from);
    let mut held = Size::default();
    // where a line ends, and how much was held there
    let mut line: Option<(usize, Size)> = None;
    for &end in ends {
        let more = Size::of(part.get(last..end).unwrap_or_default(), limits);
        let grown = held.grown(more, limits, || Size::of(part.get(start..end).unwrap_or_default(), limits));
        if grown.fits(limits) {
            held = grown;
        } else {
            let (at, rest) = match line.filter(|(_, size)| size.chars() * 5 >= limits.max_chars * 3) {
                Some((at, size)) if limits.max_tokens.is_none() && (held.without(size) + more).fits(limits) => {
                    (at, held.without(size))
                }
                _ => (last, Size::default()),
            };
            push(part, start..at, out);
            start = at;
            held = rest + more;
            line = None;
            if !held.fits(limits) {
                finer(part, start..end, limits, out, level);
                start = end;
                held = Size::default();
            }
        }
        last = end;
        if ends_line(part.get(end..).unwrap_or_default()) {
            line = Some((end, held));
        }
    }
    push(part, start..last, out);
}

/// Whether nothing more stands on the line before this.
fn ends_line(rest: &str) -> bool {
    rest.trim_start_matches([' ', '\t', '\\', '\r']).starts_with('\n')
}

fn finer(part: &str, range: Range<usize>, limits: &ExcerptLimits, out: &mut Vec<Range<usize>>, level: usize) {
    let long = part.get(range.clone()).unwrap_or_default();
    let ends: Vec<usize> = match level {
        0 => long
            .split_word_bound_indices()
            .filter(|(_, w)| w.trim().is_empty())
            .map(|(at, w)| range.start + at + w.len())
            .chain([range.end])
            .collect(),
        1 => long.grapheme_indices(true).map(|(at, g)| range.start + at + g.len()).collect(),
        // one grapheme longer than an excerpt is no letter of any script
        2 => long.char_indices().map(|(at, c)| range.start + at + c.len_utf8()).collect(),
        _ => return push(part, range, out),
    };
    fill(part, range.start, &ends, limits, out, level + 1);
}

fn push(part: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let text = part.get(range.clone()).unwrap_or_default();
    let lead = text.len() - text.trim_start().len();
    let body = text.trim().len();
    if body > 0 {
        out.push(range.start + lead..range.start + lead + body);
    }
}
