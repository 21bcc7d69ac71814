//! Codes of embeddings in cells: neighbors lie in one value, so that a query reads few of them.
//! It fetches no value; a code is moved, never coded twice, when segments merge.
//!
//! A value is `version, dimensions (2), number of codes, ordinals as gaps, rows`; the routing is `version, dimensions (2),
//! number of cells, number of each cell's value, rows of the cells' centers`. Numbers are LEB128 where no length is said.

use super::code::{self, Query};
use super::kmeans::{self, Rows};
use super::numbers::{read, write};

/// The embeddings of a segment, ready to store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// One value that says which of the others matter for a query: the routing.
    pub centroids: Vec<u8>,
    /// The codes; the place of a value is the number that [`probe`] gives.
    pub values: Vec<Vec<u8>>,
    /// For each vector, in the order given, the number of its value. Kept beside a document it leads from a lexical hit to
    /// its embedding.
    pub homes: Vec<u32>,
}

/// A value that is not one of ours, or cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCells;

/// Coded vectors with their ordinals: what a query compares, and what a merge moves from old segments into a new one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Codes {
    dimensions: usize,
    ordinals: Vec<u32>,
    rows: Vec<u8>,
}

impl Codes {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ordinals.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ordinals.is_empty()
    }

    /// Adds `other`'s.
    ///
    /// # Errors
    /// [`BadCells`] when they have another length.
    pub fn append(&mut self, mut other: Codes) -> Result<(), BadCells> {
        if self.is_empty() {
            *self = other;
        } else if self.dimensions == other.dimensions {
            self.ordinals.append(&mut other.ordinals);
            self.rows.append(&mut other.rows);
        } else if !other.is_empty() {
            return Err(BadCells);
        }
        Ok(())
    }

    /// Gives every code its new ordinal; those without one are left out.
    #[must_use]
    pub fn renumbered(&self, new: impl Fn(u32) -> Option<u32>) -> Self {
        let mut out = Self { dimensions: self.dimensions, ..Self::default() };
        for (ordinal, row) in self.each() {
            if let Some(ordinal) = new(ordinal) {
                out.ordinals.push(ordinal);
                out.rows.extend_from_slice(row);
            }
        }
        out
    }

    fn each(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.ordinals.iter().copied().zip(self.rows.chunks_exact(code::row_bytes(self.dimensions)))
    }

    /// The cosine of each to `query`, in the order of the codes; none when the query has another length.
    #[must_use]
    pub fn near(&self, query: &[f32]) -> Vec<(u32, f32)> {
        let mut out = Vec::with_capacity(self.len());
        if query.len() == self.dimensions {
            let mut ordinals = self.ordinals.iter();
            Query::new(query).meet(&self.rows, |cosine| out.extend(ordinals.next().map(|ordinal| (*ordinal, cosine))));
        }
        out
    }

    /// The query moved toward what it found: `share` of the mean direction of the codes of `found`, as far as they are here.
    #[must_use]
    pub fn toward(&self, query: &[f32], found: &[u32], share: f32) -> Vec<f32> {
        let mut mean = vec![0.0; self.dimensions];
        let rows: Vec<_> = self.each().filter(|(ordinal, _)| found.contains(ordinal)).collect();
        let weight = share / rows.iter().fold(0.0, |count, _| count + 1.0_f32).max(1.0);
        rows.iter().for_each(|(_, row)| code::add(row, weight, &mut mean));
        code::unit(query).iter().zip(mean).map(|(x, y)| x + y).collect()
    }

    /// Grouped into cells, values of at most about `most_bytes`.
    #[must_use]
    pub fn cells(&self, most_bytes: usize) -> Cells {
        let rows = Rows { dimensions: self.dimensions, bytes: &self.rows };
        let most = most_bytes.saturating_sub(HEAD) / code::row_bytes(self.dimensions).saturating_add(ORDINAL);
        let groups = kmeans::groups(rows, most);
        let mut homes = vec![0; self.len()];
        let mut out = Cells::default();
        let mut centers = Vec::new();
        for (number, group) in (0..).zip(packed(groups, most.max(1))) {
            let places: Vec<u32> = group.iter().flatten().copied().collect();
            for place in &places {
                if let Some(home) = homes.get_mut(usize::try_from(*place).unwrap_or(usize::MAX)) {
                    *home = number;
                }
            }
            centers.extend(group.iter().map(|cell| (number, kmeans::center(rows, cell))));
            out.values.push(self.value(places));
        }
        Cells { centroids: routing(self.dimensions, &centers), homes, ..out }
    }

    /// The codes at `places` as a value.
    fn value(&self, places: Vec<u32>) -> Vec<u8> {
        let row = code::row_bytes(self.dimensions);
        let at = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        let mut sorted: Vec<(u32, usize)> =
            places.into_iter().filter_map(|place| Some((*self.ordinals.get(at(place))?, at(place)))).collect();
        sorted.sort_unstable();
        let mut out = head(self.dimensions);
        write(&mut out, sorted.len());
        let mut before = 0;
        for (ordinal, _) in &sorted {
            write(&mut out, at(ordinal - before));
            before = *ordinal;
        }
        for (_, place) in sorted {
            let begin = place.saturating_mul(row);
            out.extend_from_slice(self.rows.get(begin..begin.saturating_add(row)).unwrap_or_default());
        }
        out
    }
}

/// Small groups put together, each staying a cell of its own.
fn packed(groups: Vec<Vec<u32>>, most: usize) -> Vec<Vec<Vec<u32>>> {
    let mut out: Vec<Vec<Vec<u32>>> = Vec::new();
    let mut filled = usize::MAX;
    // Neighbors in the list are parts of one greater group.
    for group in groups {
        if filled.saturating_add(group.len()) <= most
            && let Some(last) = out.last_mut()
        {
            filled = filled.saturating_add(group.len());
            last.push(group);
        } else {
            filled = group.len();
            out.push(vec![group]);
        }
    }
    out
}

fn routing(dimensions: usize, centers: &[(u32, Vec<f32>)]) -> Vec<u8> {
    let mut out = head(dimensions);
    write(&mut out, centers.len());
    for (value, _) in centers {
        write(&mut out, usize::try_from(*value).unwrap_or(usize::MAX));
    }
    for (_, center) in centers {
        code::write(center, &mut out);
    }
    out
}

fn head(dimensions: usize) -> Vec<u8> {
    let [low, high] = u16::try_from(dimensions).unwrap_or(0).to_le_bytes();
    vec![VERSION, low, high]
}

/// Codes vectors that [`super::check`] took, all of one space. One of another length than the first is left out.
#[must_use]
pub fn codes(vectors: &[(u32, Vec<f32>)]) -> Codes {
    let dimensions = vectors.first().map_or(0, |(_, vector)| vector.len());
    let mut out = Codes { dimensions, ..Codes::default() };
    for (ordinal, vector) in vectors.iter().filter(|(_, vector)| vector.len() == dimensions) {
        out.ordinals.push(*ordinal);
        code::write(vector, &mut out.rows);
    }
    out
}

/// Codes vectors that [`super::check`] took, all of one space, and groups them into cells of a good size.
#[must_use]
pub fn cells(vectors: &[(u32, Vec<f32>)]) -> Cells {
    codes(vectors).cells(VALUE_BYTES)
}

/// The numbers of the values worth reading for `query`, best first, at most `most_values`.
///
/// # Errors
/// [`BadCells`] when `centroids` is not a [`Cells::centroids`] of the query's length.
pub fn probe(centroids: &[u8], query: &[f32], most_values: usize) -> Result<Vec<u32>, BadCells> {
    let (dimensions, count, rest) = open(centroids)?;
    let (values, rows) = read_all(count, rest)?;
    if dimensions != query.len() || rows.len() != values.len().saturating_mul(code::row_bytes(dimensions)) {
        return Err(BadCells);
    }
    let mut cells = Vec::with_capacity(values.len());
    let mut numbers = values.into_iter();
    Query::new(query).meet(rows, |cosine| cells.extend(numbers.next().map(|number| (number, cosine))));
    cells.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut out = Vec::new();
    for (number, _) in cells {
        if out.len() < most_values && !out.contains(&number) {
            out.push(number);
        }
    }
    Ok(out)
}

/// The vectors of a value with their cosine to `query`, by ordinal.
///
/// # Errors
/// [`BadCells`] when `value` is not one of [`Cells::values`] of the query's length.
pub fn scan(value: &[u8], query: &[f32]) -> Result<Vec<(u32, f32)>, BadCells> {
    let codes = gather(value)?;
    if codes.dimensions == query.len() { Ok(codes.near(query)) } else { Err(BadCells) }
}

/// The codes of a value.
///
/// # Errors
/// [`BadCells`] when `value` is not one of [`Cells::values`].
pub fn gather(value: &[u8]) -> Result<Codes, BadCells> {
    let (dimensions, count, rest) = open(value)?;
    let (mut ordinals, rows) = read_all(count, rest)?;
    if rows.len() != ordinals.len().saturating_mul(code::row_bytes(dimensions)) {
        return Err(BadCells);
    }
    let mut before = 0_u32;
    for ordinal in &mut ordinals {
        before = before.checked_add(*ordinal).ok_or(BadCells)?;
        *ordinal = before;
    }
    Ok(Codes { dimensions, ordinals, rows: rows.to_vec() })
}

/// Dimensions, number of entries, and what follows.
fn open(value: &[u8]) -> Result<(usize, usize, &[u8]), BadCells> {
    let ([version, low, high], rest) = value.split_first_chunk().ok_or(BadCells)?;
    let dimensions = usize::from(u16::from_le_bytes([*low, *high]));
    let (count, rest) = read(rest).ok_or(BadCells)?;
    // An entry takes more than a byte, so that a count nobody wrote reserves no memory.
    let is_ours = *version == VERSION && dimensions > 0 && count <= rest.len();
    if is_ours { Ok((dimensions, count, rest)) } else { Err(BadCells) }
}

fn read_all(count: usize, mut rest: &[u8]) -> Result<(Vec<u32>, &[u8]), BadCells> {
    let mut out = Vec::with_capacity(count);
    for _ in 0..count {
        let (number, left) = read(rest).ok_or(BadCells)?;
        out.push(u32::try_from(number).map_err(|_| BadCells)?);
        rest = left;
    }
    Ok((out, rest))
}

const VERSION: u8 = 1;
/// Bytes of a value before its ordinals, and of an ordinal, at most about.
const HEAD: usize = 8;
const ORDINAL: usize = 3;

/// Bytes of a value: with few larger ones a query reads more than it needs, with many smaller ones it needs more reads.
pub const VALUE_BYTES: usize = 80_000;
