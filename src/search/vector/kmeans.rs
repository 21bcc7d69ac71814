//! Rows of codes sorted into groups of neighbors of bounded size, the same for the same rows.
//! It knows no ordinal and no format: a group is a list of places.

use super::code::{self, Query};

/// Rows of half bytes, all of the same number of dimensions.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    pub(super) dimensions: usize,
    pub(super) bytes: &'a [u8],
}

impl<'a> Rows<'a> {
    fn at(self, place: u32) -> &'a [u8] {
        let length = code::row_bytes(self.dimensions);
        let begin = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(length);
        self.bytes.get(begin..begin.saturating_add(length)).unwrap_or_default()
    }
}

/// Groups of at most `most` places, neighbors together; similar groups follow each other. A place is in one group.
pub(super) fn groups(rows: Rows<'_>, most: usize) -> Vec<Vec<u32>> {
    let count = rows.bytes.len() / code::row_bytes(rows.dimensions);
    let all: Vec<u32> = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
    let wanted = count.saturating_mul(FILL.1).div_ceil(most.saturating_mul(FILL.0).max(1));
    if wanted <= 1 {
        return vec![all];
    }
    let sample: Vec<u32> = all.iter().copied().step_by((count / (wanted * SAMPLE)).max(1)).collect();
    // Centers first from splits of splits, which is fast, then settled against each other.
    let coarse = split_to(rows, sample.clone(), wanted);
    let mut centers: Vec<Vec<f32>> = coarse.iter().map(|part| center(rows, part)).collect();
    for _ in 0..ROUNDS {
        settle(rows, &sample, &mut centers);
    }
    let parts = assign(rows, &all, &centers);
    parts.iter().filter(|part| !part.is_empty()).flat_map(|part| split_below(rows, part, most)).collect()
}

/// The places in so many groups, or somewhat fewer, by splitting the largest in two again and again. Parts stay neighbors.
fn split_to(rows: Rows<'_>, places: Vec<u32>, wanted: usize) -> Vec<Vec<u32>> {
    let mut groups = vec![places];
    while groups.len() < wanted {
        let largest = (0..).zip(&groups).max_by_key(|(_, group)| group.len());
        let Some((at, Some(parts))) = largest.map(|(at, group)| (at, halves(rows, group))) else { break };
        groups.splice(at..=at, parts);
    }
    groups
}

/// The places in groups of at most `most`, by splitting in two what is larger.
fn split_below(rows: Rows<'_>, places: &[u32], most: usize) -> Vec<Vec<u32>> {
    let mut done = Vec::new();
    let mut open = vec![places.to_vec()];
    while let Some(group) = open.pop() {
        if group.len() <= most.max(1) {
            done.push(group);
        } else if let Some(parts) = halves(rows, &group) {
            open.extend(parts);
        } else {
            done.extend(group.chunks(most.max(1)).map(<[u32]>::to_vec));
        }
    }
    done
}

/// The places in two groups; none for copies of one text, which no direction tells apart.
fn halves(rows: Rows<'_>, group: &[u32]) -> Option<Vec<Vec<u32>>> {
    let step = (group.len() / (2 * HALF_SAMPLE)).max(1);
    let sample: Vec<u32> = group.iter().copied().step_by(step).collect();
    let ends = [sample.first(), sample.get(sample.len() / 2)];
    let mut centers: Vec<Vec<f32>> = ends.into_iter().flatten().map(|place| center(rows, &[*place])).collect();
    for _ in 0..ROUNDS {
        settle(rows, &sample, &mut centers);
    }
    let parts = assign(rows, group, &centers);
    parts.iter().all(|part| part.len() < group.len()).then_some(parts)
}

/// Moves each center to the mean of the places nearest to it; one that attracts nothing stays where it is.
fn settle(rows: Rows<'_>, sample: &[u32], centers: &mut [Vec<f32>]) {
    let parts = assign(rows, sample, centers);
    for (old, part) in centers.iter_mut().zip(&parts).filter(|(_, part)| !part.is_empty()) {
        *old = center(rows, part);
    }
}

/// The mean direction of the places.
pub(super) fn center(rows: Rows<'_>, places: &[u32]) -> Vec<f32> {
    let mut sum = vec![0.0; rows.dimensions];
    for place in places {
        code::add(rows.at(*place), 1.0, &mut sum);
    }
    sum
}

/// The places by nearest center.
fn assign(rows: Rows<'_>, places: &[u32], centers: &[Vec<f32>]) -> Vec<Vec<u32>> {
    let mut best = vec![(f32::NEG_INFINITY, 0); places.len()];
    if centers.len() <= FAMILY * NEAREST {
        let all: Vec<usize> = (0..places.len()).collect();
        compare(rows, places, &all, centers, |place, likeness, number| better(&mut best, place, likeness, number));
    } else {
        for (family, members) in by_family(rows, places, centers).iter().enumerate() {
            let first = family * FAMILY;
            let centers = centers.get(first..centers.len().min(first + FAMILY)).unwrap_or_default();
            compare(rows, places, members, centers, |place, likeness, number| {
                better(&mut best, place, likeness, first + number);
            });
        }
    }
    let mut parts = vec![Vec::new(); centers.len()];
    for (place, (_, number)) in places.iter().zip(best) {
        if let Some(part) = parts.get_mut(number) {
            part.push(*place);
        }
    }
    parts
}

fn better(best: &mut [(f32, usize)], place: usize, likeness: f32, number: usize) {
    if let Some(best) = best.get_mut(place).filter(|best| likeness > best.0) {
        *best = (likeness, number);
    }
}

/// For each run of [`FAMILY`] centers, which resemble each other, the places it is one of the [`NEAREST`] for.
fn by_family(rows: Rows<'_>, places: &[u32], centers: &[Vec<f32>]) -> Vec<Vec<usize>> {
    let mean = |family: &[Vec<f32>]| {
        let mut sum = vec![0.0; rows.dimensions];
        family.iter().for_each(|center| sum.iter_mut().zip(code::unit(center)).for_each(|(x, y)| *x += y));
        sum
    };
    let families: Vec<Vec<f32>> = centers.chunks(FAMILY).map(mean).collect();
    let mut near = vec![[(f32::NEG_INFINITY, 0_usize); NEAREST]; places.len()];
    let all: Vec<usize> = (0..places.len()).collect();
    compare(rows, places, &all, &families, |place, likeness, number| {
        let Some(near) = near.get_mut(place) else { return };
        if let Some(last) = near.last_mut().filter(|last| likeness > last.0) {
            *last = (likeness, number);
            near.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        }
    });
    let mut out = vec![Vec::new(); families.len()];
    for (place, near) in near.iter().enumerate() {
        for (_, family) in near.iter().filter(|(likeness, _)| likeness.is_finite()) {
            if let Some(family) = out.get_mut(*family) {
                family.push(place);
            }
        }
    }
    out
}

/// Gives for each of the `chosen` of `places`, and each center, how alike they are: comparable at one place.
fn compare(
    rows: Rows<'_>,
    places: &[u32],
    chosen: &[usize],
    centers: &[Vec<f32>],
    mut each: impl FnMut(usize, f32, usize),
) {
    let queries: Vec<Query> = centers.iter().map(|center| Query::new(center)).collect();
    let mut near = Vec::new();
    for block in chosen.chunks(BLOCK) {
        near.clear();
        let places = block.iter().filter_map(|place| places.get(*place));
        places.for_each(|place| near.extend_from_slice(rows.at(*place)));
        for (number, query) in queries.iter().enumerate() {
            let mut places = block.iter();
            query.project(&near, |likeness| {
                if let Some(place) = places.next() {
                    each(*place, likeness, number);
                }
            });
        }
    }
}

/// How full a group is on average, as a fraction: the fuller, the more are too large and are split.
const FILL: (usize, usize) = (3, 4);
const ROUNDS: usize = 4;
/// Places of the sample for each center.
const SAMPLE: usize = 48;
/// The same where a group is split in two.
const HALF_SAMPLE: usize = 256;
/// Centers that are looked at together, and how many such families for each place.
const FAMILY: usize = 16;
const NEAREST: usize = 3;
/// Rows compared with all centers before the next ones: what a core keeps near.
const BLOCK: usize = 128;
