//! Codes of embeddings in cells: neighbors lie in one value, so that a query reads few of them.
//! It fetches no value; a code is moved, never coded twice, when segments merge.
//!
//! A value is `kind, dimensions (2), number of codes, ordinals as gaps, rows, prints (8 each)`. Numbers are LEB128 where no length
//! is said. A value of kind 1 has no prints: nobody asked for them, or it is of a time before them.

use super::code::{self, Query};
use super::kmeans::{self, Rows};
use super::numbers::{read, write};
use super::routing;

/// The embeddings of a segment, ready to store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// One value that says which of the others matter for a query: the routing, of 170,000 bytes at most for vectors that
    /// fill 800 values.
    pub centroids: Vec<u8>,
    /// The codes; the place of a value is the number that [`probe`](super::probe) gives.
    pub values: Vec<Vec<u8>>,
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
    /// Of what each is the code; 0 when that is not known.
    prints: Vec<u64>,
}

/// One vector as a segment holds it: it moves into another segment without being coded again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    dimensions: usize,
    print: u64,
    row: Vec<u8>,
}

impl Code {
    /// The print of the text it is of.
    #[must_use]
    pub const fn print(&self) -> u64 {
        self.print
    }

    /// Whether it is of vectors of this length.
    #[must_use]
    pub fn is_of(&self, dimensions: u32) -> bool {
        u32::try_from(self.dimensions) == Ok(dimensions)
    }
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
            self.prints.append(&mut other.prints);
        } else if !other.is_empty() {
            return Err(BadCells);
        }
        Ok(())
    }

    /// Gives every code its new ordinal; those without one are left out.
    #[must_use]
    pub fn renumbered(&self, new: impl Fn(u32) -> Option<u32>) -> Self {
        let mut out = Self { dimensions: self.dimensions, ..Self::default() };
        for ((ordinal, row), print) in self.each().zip(&self.prints) {
            if let Some(ordinal) = new(ordinal) {
                out.ordinals.push(ordinal);
                out.rows.extend_from_slice(row);
                out.prints.push(*print);
            }
        }
        out
    }

    fn each(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.ordinals.iter().copied().zip(self.rows.chunks_exact(code::row_bytes(self.dimensions)))
    }

    /// Adds a vector that [`super::check`] took, coded; one of another length than the others is left out. `print` says of what it
    /// is, 0 when nobody will ask.
    pub fn push(&mut self, ordinal: u32, vector: &[f32], print: u64) {
        if self.is_empty() && u16::try_from(vector.len()).is_ok() {
            self.dimensions = vector.len();
        }
        if vector.len() == self.dimensions {
            self.ordinals.push(ordinal);
            code::write(vector, &mut self.rows);
            self.prints.push(print);
        }
    }

    /// Adds a code of another segment; one of another length than the others is left out.
    pub fn keep(&mut self, ordinal: u32, kept: &Code) {
        if self.is_empty() {
            self.dimensions = kept.dimensions;
        }
        if kept.dimensions == self.dimensions && kept.row.len() == code::row_bytes(self.dimensions) {
            self.ordinals.push(ordinal);
            self.rows.extend_from_slice(&kept.row);
            self.prints.push(kept.print);
        }
    }

    /// The codes of these ordinals of which is known what they are of.
    pub fn known(&self, wanted: impl Fn(u32) -> bool) -> impl Iterator<Item = Code> {
        let of_all = self.each().zip(&self.prints);
        of_all.filter(move |((ordinal, _), print)| **print != 0 && wanted(*ordinal)).map(|((_, row), print)| Code {
            dimensions: self.dimensions,
            print: *print,
            row: row.to_vec(),
        })
    }

    /// Bytes that each vector takes in a value, beside its ordinal.
    fn each_bytes(&self) -> usize {
        code::row_bytes(self.dimensions) + if self.has_prints() { PRINT } else { 0 }
    }

    fn has_prints(&self) -> bool {
        self.prints.iter().any(|print| *print != 0)
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

    /// The query moved toward what is known to fit it: by `share` of the mean direction of the codes of `found`, by their
    /// weights, which add up to one. A code that is not here adds nothing. (Rocchio 1971, without his negative part.)
    #[must_use]
    pub fn toward(&self, query: &[f32], found: &[(u32, f32)], share: f32) -> Vec<f32> {
        let mut moved = code::unit(query);
        if query.len() == self.dimensions {
            for (ordinal, row) in self.each() {
                if let Some((_, weight)) = found.iter().find(|(other, _)| *other == ordinal) {
                    code::add(row, weight * share, &mut moved);
                }
            }
        }
        moved
    }

    /// Grouped into cells, values of at most `bytes`; of more, up to 170,000, where the routing would have no room to say in
    /// which value each vector lies.
    #[must_use]
    pub fn cells(&self, bytes: usize) -> Cells {
        if self.is_empty() {
            return Cells::default();
        }
        let rows = Rows { dimensions: self.dimensions, bytes: &self.rows };
        let each = self.each_bytes();
        let bytes = routing::roomy(self.len(), self.dimensions, each, bytes);
        let most = bytes.saturating_sub(HEAD) / each.saturating_add(ORDINAL);
        let groups = kmeans::groups(rows, most);
        let mut out = Cells::default();
        let (mut centers, mut homes) = (Vec::new(), Vec::new());
        for (number, group) in (0..).zip(packed(groups, most.max(1))) {
            let places: Vec<u32> = group.iter().flatten().copied().collect();
            homes.extend(places.iter().filter_map(|place| Some((*self.ordinals.get(to_usize(*place))?, number))));
            centers.extend(group.iter().map(|cell| (number, kmeans::center(rows, cell))));
            out.values.push(self.value(places));
        }
        Cells { centroids: routing::write(self.dimensions, &centers, &homes), ..out }
    }

    /// The codes at `places` as a value.
    fn value(&self, places: Vec<u32>) -> Vec<u8> {
        let row = code::row_bytes(self.dimensions);
        let mut sorted: Vec<(u32, usize)> =
            places.into_iter().map(to_usize).filter_map(|place| Some((*self.ordinals.get(place)?, place))).collect();
        sorted.sort_unstable();
        let has_prints = self.has_prints();
        let mut out = head(if has_prints { PRINTED } else { VALUE }, self.dimensions);
        write(&mut out, sorted.len());
        let mut before = 0;
        for (ordinal, _) in &sorted {
            write(&mut out, to_usize(ordinal.saturating_sub(before)));
            before = *ordinal;
        }
        for (_, place) in &sorted {
            let begin = place.saturating_mul(row);
            out.extend_from_slice(self.rows.get(begin..begin.saturating_add(row)).unwrap_or_default());
        }
        for (_, place) in sorted.iter().filter(|_| has_prints) {
            out.extend(self.prints.get(*place).copied().unwrap_or_default().to_le_bytes());
        }
        out
    }
}

/// Small groups put together, each staying a cell of its own unless it is very small.
fn packed(groups: Vec<Vec<u32>>, most: usize) -> Vec<Vec<Vec<u32>>> {
    let mut out: Vec<Vec<Vec<u32>>> = Vec::new();
    let mut filled = usize::MAX;
    // Neighbors in the list are parts of one greater group.
    for group in groups {
        if filled.saturating_add(group.len()) > most {
            filled = group.len();
            out.push(vec![group]);
            continue;
        }
        filled = filled.saturating_add(group.len());
        let Some(value) = out.last_mut() else { continue };
        match value.last_mut() {
            Some(cell) if cell.len().min(group.len()) < most / SMALL => cell.extend(group),
            _ => value.push(group),
        }
    }
    out
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// How a value of a kind begins.
pub(super) fn head(kind: u8, dimensions: usize) -> Vec<u8> {
    let [low, high] = u16::try_from(dimensions).unwrap_or(0).to_le_bytes();
    vec![kind, low, high]
}

/// Codes vectors that [`super::check`] took, all of one space. One of another length than the first is left out; so are all when
/// they have more than 65,535 coordinates.
#[must_use]
pub fn codes(vectors: &[(u32, Vec<f32>)]) -> Codes {
    let dimensions = vectors.first().map_or(0, |(_, vector)| vector.len());
    let mut out = Codes { dimensions, ..Codes::default() };
    if u16::try_from(dimensions).is_err() {
        return Codes::default();
    }
    vectors.iter().for_each(|(ordinal, vector)| out.push(*ordinal, vector, 0));
    out
}

/// Codes vectors that [`super::check`] took, all of one space, and groups them into cells of a good size.
#[must_use]
pub fn cells(vectors: &[(u32, Vec<f32>)]) -> Cells {
    codes(vectors).cells(VALUE_BYTES)
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
    let has_prints = value.first() == Some(&PRINTED);
    let (dimensions, count, rest) = open(if has_prints { PRINTED } else { VALUE }, value)?;
    let (mut ordinals, rest) = read_all(count, rest)?;
    let (rows, prints) = rest.split_at_checked(count.saturating_mul(code::row_bytes(dimensions))).ok_or(BadCells)?;
    let prints = match (has_prints, prints.as_chunks::<PRINT>()) {
        (true, (prints, [])) if prints.len() == count => {
            prints.iter().map(|print| u64::from_le_bytes(*print)).collect()
        }
        (false, ([], [])) => vec![0; count],
        _ => return Err(BadCells),
    };
    let mut before = 0_u32;
    for ordinal in &mut ordinals {
        before = before.checked_add(*ordinal).ok_or(BadCells)?;
        *ordinal = before;
    }
    Ok(Codes { dimensions, ordinals, rows: rows.to_vec(), prints })
}

/// Dimensions, number of entries, and what follows.
pub(super) fn open(kind: u8, value: &[u8]) -> Result<(usize, usize, &[u8]), BadCells> {
    let ([first, low, high], rest) = value.split_first_chunk().ok_or(BadCells)?;
    let dimensions = usize::from(u16::from_le_bytes([*low, *high]));
    let (count, rest) = read(rest).ok_or(BadCells)?;
    // An entry takes more than a byte, so that a count nobody wrote reserves no memory.
    let is_ours = *first == kind && dimensions > 0 && count <= rest.len();
    if is_ours { Ok((dimensions, count, rest)) } else { Err(BadCells) }
}

pub(super) fn read_all(count: usize, mut rest: &[u8]) -> Result<(Vec<u32>, &[u8]), BadCells> {
    let mut out = Vec::with_capacity(count);
    for _ in 0..count {
        let (number, left) = read(rest).ok_or(BadCells)?;
        out.push(u32::try_from(number).map_err(|_| BadCells)?);
        rest = left;
    }
    Ok((out, rest))
}

/// The first byte, which says the kind and its version: without prints, and with them. 2 is the routing.
const VALUE: u8 = 1;
const PRINTED: u8 = 3;
/// Bytes of a print.
const PRINT: usize = 8;
/// Bytes of a value before its ordinals, and of an ordinal, at most about.
const HEAD: usize = 8;
const ORDINAL: usize = 3;

/// A cell that fills less than this part of a value shares the center of its neighbor.
const SMALL: usize = 6;

/// Bytes of a value: with few larger ones a query reads more than it needs, with many smaller ones it needs more reads.
pub const VALUE_BYTES: usize = 80_000;
