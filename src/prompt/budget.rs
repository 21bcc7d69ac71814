//! Which excerpts go into a prompt: the most value for the tokens there are, and something of every source.
//! It cuts no excerpt: what does not fit is left out and reported.

use super::task::Source;
use crate::provider::Route;
use crate::provider::registry::registry;

/// How long a request and its answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Tokens of everything that is read.
    pub input: u32,
    /// Tokens that are written, at most; a use case may want fewer.
    pub output: u32,
}

impl Room {
    /// What a draft may use on a route: what reads well, and never more than half of what the model reads.
    #[must_use]
    pub fn on(route: &Route) -> Room {
        registry().limits(route).map_or(Room { input: SMALL, output: u32::MAX }, |limits| Room {
            input: (limits.input / 2).min(LARGE),
            output: limits.output,
        })
    }

    /// Half of it, for a provider that found the whole too long; the answer's part too, where both share one window.
    #[must_use]
    pub fn halved(self) -> Room {
        Room { input: self.input / 2, output: (self.output / 2).min(HALF_AN_ANSWER) }
    }
}

/// For a model nothing is known of.
const SMALL: u32 = 6_000;
/// More excerpts than this make a draft worse, not better.
const LARGE: u32 = 24_000;
/// Half of the longest answer that is asked for.
const HALF_AN_ANSWER: u32 = 4_096;

/// What was chosen and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// For each source the indices of its chosen excerpts, in order.
    pub chosen: Vec<Vec<usize>>,
    /// What was left out.
    pub left: Vec<Left>,
    /// Tokens of what was chosen.
    pub tokens: u32,
}

/// An excerpt that was left out for want of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    /// Index of the source.
    pub source: usize,
    /// Index of the excerpt in it.
    pub excerpt: usize,
}

impl Packed {
    /// How many excerpts were chosen.
    #[must_use]
    pub fn excerpts(&self) -> usize {
        self.chosen.iter().map(Vec::len).sum()
    }
}

/// Chooses excerpts of at most `budget` tokens: first the best one of each source that leaves room for the others', then
/// whatever is worth most for its tokens.
#[must_use]
pub fn pack<T>(sources: &[Source<T>], budget: u32) -> Packed {
    let mut packed = Packed { chosen: vec![Vec::new(); sources.len()], ..Packed::default() };
    for (index, source) in sources.iter().enumerate() {
        let waiting = u32::try_from(sources.len().saturating_sub(index)).unwrap_or(u32::MAX).max(1);
        let free = budget.saturating_sub(packed.tokens);
        if let Some(best) = best_within(source, free / waiting).or_else(|| smallest_within(source, free)) {
            take(&mut packed, sources, index, best);
        }
    }
    for (source, excerpt) in by_value(sources) {
        let has = packed.chosen.get(source).is_some_and(|chosen| chosen.contains(&excerpt));
        let tokens = tokens(sources, source, excerpt);
        if has {
            continue;
        }
        if tokens <= budget.saturating_sub(packed.tokens) {
            take(&mut packed, sources, source, excerpt);
        } else {
            packed.left.push(Left { source, excerpt });
        }
    }
    packed.chosen.iter_mut().for_each(|chosen| chosen.sort_unstable());
    packed.left.sort_unstable_by_key(|left| (left.source, left.excerpt));
    packed
}

fn best_within<T>(source: &Source<T>, most: u32) -> Option<usize> {
    let fitting = source.excerpts.iter().enumerate().filter(|(_, excerpt)| excerpt.tokens <= most);
    fitting.max_by_key(|(index, excerpt)| (excerpt.value, std::cmp::Reverse(*index))).map(|(index, _)| index)
}

fn smallest_within<T>(source: &Source<T>, most: u32) -> Option<usize> {
    let fitting = source.excerpts.iter().enumerate().filter(|(_, excerpt)| excerpt.tokens <= most);
    fitting.min_by_key(|(index, excerpt)| (excerpt.tokens, *index)).map(|(index, _)| index)
}

/// All excerpts, the most value for a token first; among equals in reading order.
fn by_value<T>(sources: &[Source<T>]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize, u32, u32)> = Vec::new();
    for (source, holder) in sources.iter().enumerate() {
        let each = holder.excerpts.iter().enumerate();
        all.extend(each.map(|(excerpt, it)| (source, excerpt, it.value, it.tokens.max(1))));
    }
    // a/b > c/d without dividing
    all.sort_by_key(|(source, excerpt, ..)| (*source, *excerpt));
    all.sort_by(|a, b| (u64::from(b.2) * u64::from(a.3)).cmp(&(u64::from(a.2) * u64::from(b.3))));
    all.into_iter().map(|(source, excerpt, ..)| (source, excerpt)).collect()
}

fn tokens<T>(sources: &[Source<T>], source: usize, excerpt: usize) -> u32 {
    sources.get(source).and_then(|holder| holder.excerpts.get(excerpt)).map_or(u32::MAX, |excerpt| excerpt.tokens)
}

fn take<T>(packed: &mut Packed, sources: &[Source<T>], source: usize, excerpt: usize) {
    packed.tokens = packed.tokens.saturating_add(tokens(sources, source, excerpt));
    if let Some(chosen) = packed.chosen.get_mut(source) {
        chosen.push(excerpt);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::task::{Excerpt, SourceKind};

    fn source(excerpts: &[(u32, u32)]) -> Source<()> {
        let excerpts = excerpts.iter().map(|&(value, tokens)| Excerpt { text: (), tokens, value }).collect();
        Source { kind: SourceKind::Issue, key: None, title: (), group: None, excerpts }
    }

    #[test]
    fn gives_every_source_its_best_excerpt_first() {
        let sources = [source(&[(9, 10), (8, 10), (7, 10)]), source(&[(1, 10), (2, 10)])];
        let packed = pack(&sources, 30);
        assert_eq!(packed.chosen, [vec![0, 1], vec![1]]);
        assert_eq!(packed.left, [Left { source: 0, excerpt: 2 }, Left { source: 1, excerpt: 0 }]);
        assert_eq!(packed.tokens, 30);
    }

    #[test]
    fn prefers_value_for_tokens() {
        let sources = [source(&[(10, 10), (9, 90), (8, 10)])];
        assert_eq!(pack(&sources, 25).chosen, [vec![0, 2]]);
    }

    #[test]
    fn does_not_let_one_long_excerpt_starve_the_others() {
        let sources = [source(&[(9, 90), (1, 10)]), source(&[(5, 40)])];
        assert_eq!(pack(&sources, 100).chosen, [vec![1], vec![0]]);
    }

    #[test]
    fn never_exceeds_the_budget() {
        let sources = [source(&[(1, u32::MAX), (1, 7)]), source(&[]), source(&[(3, 8)])];
        for budget in 0..20 {
            let packed = pack(&sources, budget);
            assert!(packed.tokens <= budget);
            assert_eq!(packed.excerpts() + packed.left.len(), 3);
        }
    }
}
