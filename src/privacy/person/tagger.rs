//! The tagger: which words of a run are a person, by weights trained beforehand (see the README beside the tables).
//! It knows nothing of cues and of who was found before.
//!
//! A linear-chain model with three labels, decoded by Viterbi in fixed memory. `weights.bin`: 12 steps as 16 bits (from out,
//! first, further and start, to the three labels), then for each place of the features two weights of 8 bits, in sixteenths.

use super::features::{BITS, Seen};
use super::words::MOST;
use std::ops::Range;

/// Places of a run that are persons, with the model's margin over "nobody", in sixteenths.
pub(super) fn persons(seen: &Seen<'_>, words: usize, mut each: impl FnMut(Range<usize>, i32)) {
    let mut best = [[0i32; 3]; MOST];
    let mut back = [[0u8; 3]; MOST];
    let mut previous = None;
    for (at, (best, back)) in best.iter_mut().zip(&mut back).enumerate().take(words) {
        let [first, further] = emissions(seen, at);
        let emitted = [0, first + BIAS, further];
        for (to, ((best, back), emitted)) in best.iter_mut().zip(back.iter_mut()).zip(emitted).enumerate() {
            let (from, value) = arrive(previous, to);
            (*best, *back) = (value + emitted, from);
        }
        previous = Some(*best);
    }
    let mut labels = [0u8; MOST];
    let mut label = previous.map_or(0, |last| top(&last));
    for (slot, back) in labels.iter_mut().zip(&back).take(words).rev() {
        *slot = label;
        label = back.get(usize::from(label)).copied().unwrap_or_default();
    }
    let mut nobody = step(3, 0);
    (1..words).for_each(|_| nobody += step(0, 0));
    let margin = previous.map_or(0, |last| last.iter().max().copied().unwrap_or_default() - nobody);
    spans(labels.get(..words).unwrap_or_default(), |range| each(range, margin));
}

fn spans(labels: &[u8], mut each: impl FnMut(Range<usize>)) {
    let mut start = None;
    for (at, label) in labels.iter().chain(&[0]).enumerate() {
        if *label != 2
            && let Some(from) = start.take()
        {
            each(from..at);
        }
        if *label == 1 {
            start = Some(at);
        }
    }
}

/// The best way to a label, and where it came from.
fn arrive(previous: Option<[i32; 3]>, to: usize) -> (u8, i32) {
    let Some(previous) = previous else { return (0, step(3, to)) };
    let mut best = (0, i32::MIN);
    for (from, value) in (0u8..).zip(previous) {
        let value = value.saturating_add(step(usize::from(from), to));
        if value > best.1 {
            best = (from, value);
        }
    }
    best
}

fn top(values: &[i32; 3]) -> u8 {
    (0u8..).zip(values).max_by_key(|(label, value)| (**value, std::cmp::Reverse(*label))).map_or(0, |(label, _)| label)
}

fn step(from: usize, to: usize) -> i32 {
    // "Further" needs a name before it.
    if to == 2 && matches!(from, 0 | 3) {
        return NEVER;
    }
    let at = 2 * (3 * from + to);
    WEIGHTS
        .get(at..at + 2)
        .and_then(|pair| <[u8; 2]>::try_from(pair).ok())
        .map_or(0, |pair| i32::from(i16::from_le_bytes(pair)))
}

fn emissions(seen: &Seen<'_>, at: usize) -> [i32; 2] {
    let mut sum = [0; 2];
    for place in seen.features(at).places() {
        if let Some([first, further]) = WEIGHTS.get(HEADER + 2 * place..HEADER + 2 * place + 2) {
            sum = [sum[0] + i32::from(first.cast_signed()), sum[1] + i32::from(further.cast_signed())];
        }
    }
    sum
}

/// In sixteenths: for the best F1 the model, trained on likelihood, is a little too careful.
const BIAS: i32 = 12;
const NEVER: i32 = -1_000_000;
const HEADER: usize = 24;
static WEIGHTS: &[u8; HEADER + (2 << BITS)] = include_bytes!("weights.bin");
