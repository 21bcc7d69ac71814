//! Exact nearest neighbors by cosine: a scan of 8-bit codes in memory, and the coordinates themselves for the few that may count.
//! It stores nothing and builds no graph: a scan is at the speed of memory, and a graph costs minutes to build.

use super::code::{self, Query};
use super::kernel;

/// Vectors of one space in memory; the position of a vector is its ordinal.
#[derive(Debug, Clone, Default)]
pub struct Flat {
    dimensions: usize,
    vectors: Vec<f32>,
    codes: Vec<u8>,
    /// What a level of each code is worth.
    levels: Vec<f32>,
    /// How far each code is from its vector.
    slacks: Vec<f32>,
}

impl Flat {
    /// For vectors of `dimensions` coordinates.
    #[must_use]
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions: dimensions.max(1), ..Self::default() }
    }

    /// Makes room for so many more, so that adding them moves nothing.
    pub fn reserve(&mut self, vectors: usize) {
        self.vectors.reserve(vectors.saturating_mul(self.dimensions));
        self.codes.reserve(vectors.saturating_mul(self.padded()));
        self.levels.reserve(vectors);
        self.slacks.reserve(vectors);
    }

    /// Adds a vector that [`super::check`] took. One of another length is cut or filled with zeros.
    pub fn push(&mut self, vector: &[f32]) {
        let mut unit = code::unit(vector.get(..self.dimensions).unwrap_or(vector));
        unit.resize(self.dimensions, 0.0);
        let largest = unit.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        let level = largest / 127.0;
        let levels: Vec<i8> = unit.iter().map(|x| code::nearest_i8(x / level)).collect();
        let off = unit.iter().zip(&levels).map(|(x, own)| x - f32::from(*own) * level);
        self.slacks.push(off.map(|x| x * x).sum::<f32>().sqrt());
        self.levels.push(level);
        let end = self.codes.len().saturating_add(self.padded());
        code::write_bytes(&levels, &mut self.codes);
        self.codes.resize(end, 0);
        self.vectors.append(&mut unit);
    }

    fn padded(&self) -> usize {
        self.dimensions.next_multiple_of(kernel::BLOCK)
    }

    /// How many vectors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.levels.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Reads the codes and no more.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "bench"))]
    pub(super) fn touch(&self) -> i32 {
        kernel::touch(&self.codes)
    }

    /// The `most` vectors nearest to `query` by cosine, nearest first; equal ones in the order of their ordinals.
    ///
    /// INVARIANT: exactly what comparing all coordinates in `f32` finds. A code tells the cosine up to a bound that is
    /// known (Cauchy-Schwarz); every vector that may be among the nearest within it is compared by its coordinates.
    #[must_use]
    pub fn top(&self, query: &[f32], most: usize) -> Vec<(u32, f32)> {
        let query = query.get(..self.dimensions).unwrap_or(query);
        let unit = code::unit(query);
        let mut found: Vec<(u32, f32)> = self
            .candidates(&Query::new(query), most)
            .into_iter()
            .filter_map(|ordinal| Some((ordinal, kernel::floats(&unit, self.vector(ordinal)?))))
            .collect();
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }

    fn vector(&self, ordinal: u32) -> Option<&[f32]> {
        let begin = usize::try_from(ordinal).ok()?.checked_mul(self.dimensions)?;
        self.vectors.get(begin..begin.checked_add(self.dimensions)?)
    }

    /// Ordinals of all vectors that may be among the `most` nearest.
    fn candidates(&self, query: &Query, most: usize) -> Vec<u32> {
        let mut best = Best::new(most);
        let mut open: Vec<(u32, f32)> = Vec::new();
        let (mut first, mut levels, mut slacks) = (0_u32, self.levels.as_slice(), self.slacks.as_slice());
        let common = query.slack * 1.1 + ROUNDING;
        // A byte b stands for b - 128.
        let all = query.sum.wrapping_mul(128);
        kernel::bytes(&query.levels, &self.codes, |dots| {
            let (own, rest) = levels.split_at_checked(dots.len()).unwrap_or_default();
            let (slack, rest_slack) = slacks.split_at_checked(dots.len()).unwrap_or_default();
            let bounds = dots.iter().zip(own).zip(slack).map(|((dot, level), slack)| {
                let cosine = code::real(dot.wrapping_sub(all)) * (level * query.scale);
                (cosine, slack + common)
            });
            // Nearly always none of them counts.
            if bounds.clone().fold(f32::NEG_INFINITY, |most, (cosine, slack)| most.max(cosine + slack)) >= best.bar {
                for (ordinal, (cosine, slack)) in (first..).zip(bounds) {
                    if cosine + slack >= best.bar {
                        open.push((ordinal, cosine + slack));
                        best.offer(cosine - slack);
                    }
                }
            }
            first = first.saturating_add(u32::try_from(dots.len()).unwrap_or(0));
            (levels, slacks) = (rest, rest_slack);
        });
        open.into_iter().filter(|(_, upper)| *upper >= best.bar).map(|(ordinal, _)| ordinal).collect()
    }
}

/// What additions in `f32` may lose of a cosine.
const ROUNDING: f32 = 4e-6;

/// The greatest numbers seen, and the least of them: what another one has to reach.
struct Best {
    most: usize,
    ascending: Vec<f32>,
    bar: f32,
}

impl Best {
    fn new(most: usize) -> Self {
        Self { most, ascending: Vec::new(), bar: if most == 0 { f32::INFINITY } else { f32::NEG_INFINITY } }
    }

    fn offer(&mut self, x: f32) {
        let place = self.ascending.partition_point(|y| *y < x);
        if self.ascending.len() < self.most {
            self.ascending.insert(place, x);
        } else if let Some(before) = self.ascending.get_mut(..place) {
            before.rotate_left(usize::from(place > 0));
            if let Some(last) = before.last_mut() {
                *last = x;
            }
        }
        if self.ascending.len() == self.most {
            self.bar = self.ascending.first().copied().unwrap_or(self.bar);
        }
    }
}
