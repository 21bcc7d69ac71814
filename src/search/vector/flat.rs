//! Exact nearest neighbors by cosine: a scan of 4-bit codes in memory, and the coordinates themselves for the few that may count.
//! It stores nothing and builds no graph: a scan is at the speed of memory, and a graph costs minutes to build.

use super::code;
use super::kernel::{self, GROUP_BLOCK, ROWS};

/// Vectors of one space in memory; the position of a vector is its ordinal.
#[derive(Debug, Clone, Default)]
pub struct Flat {
    dimensions: usize,
    count: usize,
    vectors: Vec<f32>,
    /// Groups of rows, see [`kernel::ROWS`]; the last one may have room for more.
    codes: Vec<u8>,
    /// What a level of each row of a group is worth.
    levels: Vec<[f32; ROWS]>,
    /// How far each code of a group is from its vector.
    slacks: Vec<[f32; ROWS]>,
}

impl Flat {
    /// For vectors of `dimensions` coordinates.
    #[must_use]
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions: dimensions.max(1), ..Self::default() }
    }

    /// Makes room for so many more, so that adding them moves nothing.
    pub fn reserve(&mut self, vectors: usize) {
        let groups = vectors.div_ceil(ROWS);
        self.vectors.reserve(vectors.saturating_mul(self.dimensions));
        self.codes.reserve(groups.saturating_mul(self.group_bytes()));
        self.levels.reserve(groups);
        self.slacks.reserve(groups);
    }

    /// Adds a vector that [`super::check`] took. One of another length is cut or filled with zeros.
    pub fn push(&mut self, vector: &[f32]) {
        let mut unit = code::unit(vector.get(..self.dimensions).unwrap_or(vector));
        unit.resize(self.dimensions, 0.0);
        let (level, slack) = level(&unit);
        let levels: Vec<i8> = unit.iter().map(|x| code::nearest_i4(x / level)).collect();
        self.place(&levels, level, slack);
        self.vectors.append(&mut unit);
    }

    /// Puts a row where the next one belongs.
    fn place(&mut self, row: &[i8], level: f32, slack: f32) {
        let at = self.count % ROWS;
        if at == 0 {
            self.codes.resize(self.codes.len().saturating_add(self.group_bytes()), 0);
            self.levels.push([0.0; ROWS]);
            self.slacks.push([0.0; ROWS]);
        }
        self.count = self.count.saturating_add(1);
        let last = |groups: &mut Vec<[f32; ROWS]>, x| {
            groups.last_mut().and_then(|group| group.get_mut(at)).into_iter().for_each(|own| *own = x);
        };
        last(&mut self.levels, level);
        last(&mut self.slacks, slack);
        let begin = self.codes.len().saturating_sub(self.group_bytes());
        let group = self.codes.get_mut(begin..).unwrap_or_default();
        for (block, part) in group.as_chunks_mut::<GROUP_BLOCK>().0.iter_mut().zip(row.chunks(8)) {
            let words = block.as_chunks_mut::<{ kernel::LANES }>().0.get_mut(at / 4).map(|w| w.as_chunks_mut::<2>().0);
            for ([low, high], x) in words.into_iter().flatten().zip(part) {
                let half = x.cast_unsigned() & 15;
                match at % 4 {
                    0 => *low |= half ^ 8,
                    1 => *low |= (half ^ 8) << 4,
                    2 => *high |= half ^ 8,
                    _ => *high |= half << 4,
                }
            }
        }
    }

    fn group_bytes(&self) -> usize {
        self.dimensions.div_ceil(8).saturating_mul(GROUP_BLOCK)
    }

    /// How many vectors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Reads the codes and no more.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "bench"))]
    pub(super) fn touch(&self) -> i32 {
        kernel::touch(&self.codes)
    }

    /// The `most` vectors nearest to `query` by cosine, nearest first; equal ones in the order of their ordinals.
    ///
    /// INVARIANT: exactly what comparing all coordinates in `f32` finds. A code tells the cosine up to a bound that is
    /// known (Cauchy-Schwarz); every vector that may be among the nearest within it is compared by its coordinates, the most
    /// promising first, until the bounds of the others lie below what was found.
    #[must_use]
    pub fn top(&self, query: &[f32], most: usize) -> Vec<(u32, f32)> {
        let query = query.get(..self.dimensions).unwrap_or(query);
        let unit = code::unit(query);
        let mut open = self.candidates(&Query::new(&unit), most);
        open.sort_unstable_by(|a, b| b.1.total_cmp(&a.1));
        let mut best = Best::new(most);
        let mut found: Vec<(u32, f32)> = Vec::new();
        for (ordinal, upper) in open {
            if upper < best.bar {
                break;
            }
            let cosine = self.vector(ordinal).map(|vector| kernel::floats(&unit, vector));
            if let Some(cosine) = cosine.filter(|cosine| *cosine >= best.bar) {
                best.offer(cosine);
                found.push((ordinal, cosine));
            }
        }
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(most);
        found
    }

    fn vector(&self, ordinal: u32) -> Option<&[f32]> {
        let begin = usize::try_from(ordinal).ok()?.checked_mul(self.dimensions)?;
        self.vectors.get(begin..begin.checked_add(self.dimensions)?)
    }

    /// All vectors that may be among the `most` nearest, each with what its cosine is at most.
    fn candidates(&self, query: &Query, most: usize) -> Vec<(u32, f32)> {
        let mut best = Best::new(most);
        let mut open: Vec<(u32, f32)> = Vec::new();
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        kernel::groups(&query.levels, &self.codes, |at, dots| {
            let (Some(levels), Some(slacks)) = (self.levels.get(at), self.slacks.get(at)) else { return };
            let first = u32::try_from(at.saturating_mul(ROWS)).unwrap_or(u32::MAX);
            let rows = dots.iter().zip(levels).zip(slacks);
            let bounds = rows.map(|((dot, level), slack)| {
                let cosine = code::real(*dot) * (level * query.scale);
                (cosine, slack + query.slack)
            });
            // Nearly always none of them counts.
            if bounds.clone().fold(false, |any, (cosine, slack)| any | (cosine + slack >= best.bar)) {
                for (ordinal, (cosine, slack)) in (first..count).zip(bounds) {
                    if cosine + slack >= best.bar {
                        open.push((ordinal, cosine + slack));
                        best.offer(cosine - slack);
                    }
                }
            }
        });
        open.retain(|(_, upper)| *upper >= best.bar);
        open
    }
}

/// What a level of a vector's code is worth, and how far the code is from the vector at most: the best of a few.
fn level(unit: &[f32]) -> (f32, f32) {
    let largest = unit.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
    let count = code::real(i32::try_from(unit.len()).unwrap_or(i32::MAX));
    // as wide as a normal distribution wants it, wider, and so that nothing is cut
    let all = [code::STEP / count.sqrt(), 1.4 * code::STEP / count.sqrt(), largest / 7.0];
    let off = |level: &f32| {
        let one = |x: &f32| x - (x / level).round_ties_even().clamp(-8.0, 7.0) * level;
        unit.iter().map(one).map(|x| x * x).sum::<f32>()
    };
    let (level, squares) = all
        .into_iter()
        .map(|level| (level, off(&level)))
        .fold((largest, f32::INFINITY), |best, one| if one.1 < best.1 { one } else { best });
    // the sum itself may be less than the truth, each addition by half an epsilon
    (level, squares.sqrt() * (1.0 + 2.0 * count * f32::EPSILON))
}

/// A query of length one as whole numbers, ready to meet rows of half bytes.
struct Query {
    /// Its coordinates, filled with zeros to whole blocks.
    levels: Vec<i16>,
    /// What a level is worth.
    scale: f32,
    /// What its levels and all rounding can change of a cosine, at most.
    slack: f32,
}

impl Query {
    fn new(unit: &[f32]) -> Self {
        let total = unit.iter().map(|x| x.abs()).sum::<f32>().max(f32::MIN_POSITIVE);
        let largest = unit.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        // INVARIANT: the levels' sizes add up to less than 2^16, so that no sum with words reaches 2^31: dividing leaves LEVELS,
        // and rounding adds less than a half each.
        let halves = code::real(i32::try_from(unit.len() / 2).unwrap_or(i32::MAX));
        let scale = (total / (LEVELS - halves).max(1.0)).max(largest / f32::from(i16::MAX));
        let mut levels: Vec<i16> = unit.iter().map(|x| code::nearest_i16(x / scale)).collect();
        let off = unit.iter().zip(&levels).map(|(x, level)| x - f32::from(*level) * scale);
        // No coordinate of a code is off by more than itself, so that a code is at most twice as long as its vector.
        let slack = off.map(|x| x * x).sum::<f32>().sqrt() * 2.0 + rounding(unit.len());
        levels.resize(levels.len().next_multiple_of(8), 0);
        Self { levels, scale, slack }
    }
}

/// What the sizes of a query's levels may add up to.
const LEVELS: f32 = 65_000.0;

/// What additions in `f32` may lose of a cosine, in eight sums as [`kernel::floats`] has them and in the bounds themselves; twice that.
fn rounding(dimensions: usize) -> f32 {
    code::real(i32::try_from(dimensions / 8 + 16).unwrap_or(i32::MAX)) * f32::EPSILON
}

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
