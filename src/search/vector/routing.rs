//! The routing: which values of cells matter for a query, told by the cells' centers and by where lexical hits lie.
//! It holds no embedding; the values themselves are [`super::cells`].
//!
//! It is `kind, dimensions (2), number of cells, number of each cell's value, the cells' centers in quarters, bits of a home,
//! homes by ordinal`. Numbers are LEB128 where no length is said; without homes the bits are 0.

use std::collections::BTreeMap;

use super::cells::{BadCells, head, open, read_all};
use super::code::{self, Query};
use super::numbers::{pack, packed_bytes, unpack, width, write as write_number};

/// The routing of cells, each with its value, and of vectors by ordinal, each with its value.
pub(super) fn write(dimensions: usize, centers: &[(u32, Vec<f32>)], homes: &[(u32, u32)]) -> Vec<u8> {
    let mut out = head(ROUTING, dimensions);
    write_number(&mut out, centers.len());
    for (value, _) in centers {
        write_number(&mut out, usize::try_from(*value).unwrap_or(usize::MAX));
    }
    for (_, center) in centers {
        let mut row = Vec::new();
        code::write(center, &mut row);
        code::write_coarse(&row, &mut out);
    }
    let values = centers.last().map_or(0, |(value, _)| value.saturating_add(1));
    let length = homes.iter().map(|(ordinal, _)| to_usize(*ordinal).saturating_add(1)).max().unwrap_or(0);
    let bits = width(values);
    if packed_bytes(length, bits) > MOST_BYTES.saturating_sub(out.len()) {
        out.push(0);
        return out;
    }
    // The number behind the last value: no home.
    let mut by_ordinal = vec![values; length];
    for (ordinal, value) in homes {
        if let Some(home) = by_ordinal.get_mut(to_usize(*ordinal)) {
            *home = *value;
        }
    }
    out.extend(bits.to_le_bytes().first());
    pack(&mut out, &by_ordinal, bits);
    out
}

/// The size of values, from a wanted one up, with which the routing of so many vectors, of `each` bytes in a value, has room for
/// their homes.
pub(super) fn roomy(count: usize, dimensions: usize, each: usize, wanted: usize) -> usize {
    let routing = |bytes: usize| {
        let values = count.saturating_mul(each).saturating_mul(4) / bytes.saturating_mul(3).max(1);
        let homes = packed_bytes(count, width(u32::try_from(values).unwrap_or(u32::MAX)));
        // A value holds somewhat more than one cell.
        homes.saturating_add(
            values.saturating_mul(code::coarse_bytes(dimensions).saturating_add(2)).saturating_mul(4) / 3,
        )
    };
    let sizes = std::iter::successors(Some(wanted), |bytes| bytes.checked_add(bytes / 8 + 1));
    let mut fitting = sizes.take_while(|bytes| *bytes <= MOST_BYTES).filter(|bytes| routing(*bytes) <= MOST_BYTES);
    fitting.next().unwrap_or(wanted)
}

/// The numbers of the values worth reading for `query`, best first, at most `most_values`.
///
/// # Errors
/// [`BadCells`] when `centroids` is not a [`Cells::centroids`](super::Cells::centroids) of the query's length.
pub fn probe(centroids: &[u8], query: &[f32], most_values: usize) -> Result<Vec<u32>, BadCells> {
    route(centroids, query, &[], most_values)
}

/// The same when the ordinals of lexical hits are known, best first: for each value that lies near the query, two in which the
/// best of the hits lie. Without their embeddings a hit would count as if its meaning were far from the query's.
///
/// # Errors
/// As [`probe`].
pub fn route(centroids: &[u8], query: &[f32], lexical: &[u32], most_values: usize) -> Result<Vec<u32>, BadCells> {
    let routing = Routing::read(centroids, query.len())?;
    let mut near = routing.near(query).into_iter();
    let mut homes = lexical.iter().filter_map(|ordinal| routing.home(*ordinal));
    let mut out: Vec<u32> = Vec::new();
    while out.len() < most_values {
        let home = if out.len().is_multiple_of(3) { None } else { homes.find(|number| !out.contains(number)) };
        match home.or_else(|| near.find(|number| !out.contains(number))) {
            Some(number) => out.push(number),
            None => break,
        }
    }
    Ok(out)
}

/// The values in which vectors of these ordinals lie, each with how many of them; nothing where the routing had no room to say it.
///
/// # Errors
/// As [`probe`].
pub fn homes(centroids: &[u8], dimensions: usize, ordinals: &[u32]) -> Result<BTreeMap<u32, usize>, BadCells> {
    let routing = Routing::read(centroids, dimensions)?;
    let mut homes = BTreeMap::new();
    for home in ordinals.iter().filter_map(|ordinal| routing.home(*ordinal)) {
        *homes.entry(home).or_insert(0_usize) += 1;
    }
    Ok(homes)
}

struct Routing<'a> {
    values: Vec<u32>,
    rows: Vec<u8>,
    homes: &'a [u8],
    bits: u32,
}

impl<'a> Routing<'a> {
    fn read(centroids: &'a [u8], dimensions: usize) -> Result<Self, BadCells> {
        let (own, count, rest) = open(ROUTING, centroids)?;
        let (values, rest) = read_all(count, rest)?;
        let (rows, rest) = rest.split_at_checked(count.saturating_mul(code::coarse_bytes(own))).ok_or(BadCells)?;
        let ([bits], homes) = rest.split_first_chunk().ok_or(BadCells)?;
        let is_ours = own == dimensions && *bits <= 32 && (*bits > 0 || homes.is_empty());
        let bits = u32::from(*bits);
        if is_ours { Ok(Self { values, rows: code::fine(rows, own), homes, bits }) } else { Err(BadCells) }
    }

    /// Every value, the one with the nearest cell first.
    fn near(&self, query: &[f32]) -> Vec<u32> {
        let mut cells = Vec::with_capacity(self.values.len());
        let mut numbers = self.values.iter();
        Query::new(query).meet(&self.rows, |cosine| cells.extend(numbers.next().map(|number| (*number, cosine))));
        cells.sort_by(|a: &(u32, f32), b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        cells.into_iter().map(|(number, _)| number).collect()
    }

    /// The value in which a vector lies.
    fn home(&self, ordinal: u32) -> Option<u32> {
        let number = if self.bits == 0 { None } else { unpack(self.homes, to_usize(ordinal), self.bits) };
        number.filter(|number| self.values.contains(number))
    }
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// The first byte, which says the kind and its version.
const ROUTING: u8 = 2;

/// Bytes up to which homes are kept: what a value of the store holds, sealed and in base64, less a margin.
const MOST_BYTES: usize = 170_000;
