//! How an embedding becomes whole numbers: 4 bits a coordinate in the store, 16 for a query.
//! Only directions count: every length is taken to be one.

use super::kernel;

/// A query, ready to meet rows of codes.
pub(super) struct Query {
    /// Its coordinates, filled with zeros to whole blocks.
    pub(super) levels: Vec<i16>,
    /// What a level is worth, for a query of length one.
    pub(super) scale: f32,
    /// The sum of its coordinates' levels.
    pub(super) sum: i32,
    dimensions: usize,
}

impl Query {
    /// Of a vector that has a direction.
    pub(super) fn new(vector: &[f32]) -> Self {
        let unit = unit(vector);
        let largest = unit.iter().fold(f32::MIN_POSITIVE, |most, x| most.max(x.abs()));
        let total = unit.iter().map(|x| x.abs()).sum::<f32>().max(f32::MIN_POSITIVE);
        // INVARIANT: 255 times the sum of the levels' sizes stays below 2^30, and rounding adds less than as much again.
        let scale = (largest / f32::from(i16::MAX)).max(total * 255.0 / 1_073_741_824.0);
        let mut levels: Vec<i16> = unit.iter().map(|x| nearest_i16(x / scale)).collect();
        let sum = levels.iter().map(|level| i32::from(*level)).sum();
        levels.resize(levels.len().next_multiple_of(kernel::BLOCK), 0);
        Self { levels, scale, sum, dimensions: vector.len() }
    }

    /// Gives the cosine to each of the `rows` of half bytes.
    pub(super) fn meet(&self, rows: &[u8], mut each: impl FnMut(f32)) {
        let mut lengths = rows.chunks_exact(row_bytes(self.dimensions)).map(|row| length(row, self.dimensions));
        self.project(rows, |dot| each(dot / lengths.next().unwrap_or(1.0)));
    }

    /// Gives for each of the `rows` the cosine times the row's length: enough to compare queries at one row.
    pub(super) fn project(&self, rows: &[u8], mut each: impl FnMut(f32)) {
        // A half byte h stands for 2h - 15.
        let all = real(self.sum) * 15.0;
        kernel::halves(&self.levels, rows, |dot| each((real(dot) * 2.0 - all) * self.scale));
    }
}

/// Bytes of a row of half bytes.
pub(super) fn row_bytes(dimensions: usize) -> usize {
    dimensions.max(1).next_multiple_of(kernel::BLOCK) / 2
}

/// Appends the row of half bytes of a vector that has a direction.
pub(super) fn write(vector: &[f32], rows: &mut Vec<u8>) {
    let squares: f32 = vector.iter().map(|x| x * x).sum();
    let step = (squares / real_count(vector.len())).sqrt() * STEP;
    let level = |x: &f32| nearest_u4(x / step + 7.5);
    for block in vector.chunks(kernel::BLOCK) {
        let mut words = [0_u16; 8];
        for (place, x) in block.iter().enumerate() {
            if let Some(word) = words.get_mut(place % 8) {
                *word |= u16::from(level(x)) << (place / 8 * 4);
            }
        }
        rows.extend(words.iter().flat_map(|word| word.to_le_bytes()));
    }
}

/// Appends a row of half bytes as one of quarters: enough for a center, which is a mean and has little noise.
pub(super) fn write_coarse(row: &[u8], out: &mut Vec<u8>) {
    let quarters = |byte: u8| quarter(byte & 15) | quarter(byte >> 4) << 2;
    out.extend(row.as_chunks::<2>().0.iter().map(|[low, high]| quarters(*low) | quarters(*high) << 4));
}

/// Of a half byte: where a code of 2 bits has its bounds, which are at 0 and 0.98 of the deviation (Max 1960, table 1).
fn quarter(half: u8) -> u8 {
    match half {
        0..=4 => 0,
        5..=7 => 1,
        8..=10 => 2,
        _ => 3,
    }
}

/// Bytes of a row of quarters.
pub(super) fn coarse_bytes(dimensions: usize) -> usize {
    row_bytes(dimensions) / 2
}

/// Rows of quarters as rows of half bytes again: each the middle of what it stands for.
pub(super) fn fine(rows: &[u8], dimensions: usize) -> Vec<u8> {
    let half = |quarter: u8| [2, 6, 9, 13].get(usize::from(quarter & 3)).copied().unwrap_or(0);
    let mut out = Vec::with_capacity(rows.len().saturating_mul(2));
    for byte in rows {
        out.push(half(*byte) | half(byte >> 2) << 4);
        out.push(half(byte >> 4) | half(byte >> 6) << 4);
    }
    // What fills the last block stands for nothing.
    let filled = dimensions % kernel::BLOCK;
    for row in out.chunks_exact_mut(row_bytes(dimensions)).filter(|_| filled > 0) {
        let last = row.as_chunks_mut::<{ kernel::LANES }>().0.last_mut();
        for (at, byte) in last.into_iter().flatten().enumerate() {
            let place = at / 2 + at % 2 * 16;
            let keep = if place < filled { 0x0f } else { 0 } | if place + 8 < filled { 0xf0 } else { 0 };
            *byte &= keep;
        }
    }
    out
}

/// Adds a row's direction, times `weight`, to a vector.
pub(super) fn add(row: &[u8], weight: f32, vector: &mut [f32]) {
    let weight = weight / length(row, vector.len());
    let (row, _) = row.as_chunks::<{ kernel::LANES }>();
    for (block, bytes) in vector.chunks_mut(kernel::BLOCK).zip(row) {
        for (shift, part) in [0_u32, 4, 8, 12].into_iter().zip(block.chunks_mut(8)) {
            for (x, word) in part.iter_mut().zip(bytes.as_chunks::<2>().0) {
                *x += weight * (f32::from(u16::from_le_bytes(*word) >> shift & 15) * 2.0 - 15.0);
            }
        }
    }
}

/// The length of a row as numbers -15, -13 … 15; at least 1. What fills the last block is zero bits and counts nothing.
fn length(row: &[u8], dimensions: usize) -> f32 {
    let (mut sum, mut squares) = (0_u32, 0_u32);
    for byte in row {
        let (low, high) = (u32::from(byte & 15), u32::from(byte >> 4));
        sum += low + high;
        squares += low * low + high * high;
    }
    let squares = 4.0 * real_count(to_usize(squares)) - 60.0 * real_count(to_usize(sum));
    (squares + 225.0 * real_count(dimensions)).max(1.0).sqrt()
}

/// The vector at length one.
pub(super) fn unit(vector: &[f32]) -> Vec<f32> {
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    let norm = if norm > 0.0 { norm } else { 1.0 };
    vector.iter().map(|x| x / norm).collect()
}

/// The step of a uniform code of 4 bits that loses least of a normal variable of variance one (Max 1960, table 2).
pub(super) const STEP: f32 = 0.3352;

fn to_usize(x: u32) -> usize {
    usize::try_from(x).unwrap_or(usize::MAX)
}

#[expect(clippy::as_conversions, reason = "no sum reaches 2^31; what a float loses of it is below its use")]
pub(super) fn real(x: i32) -> f32 {
    x as f32
}

#[expect(clippy::as_conversions, reason = "counts of coordinates, and sums over one row")]
fn real_count(x: usize) -> f32 {
    x as f32
}

#[expect(clippy::as_conversions, reason = "a float becomes the nearest number in range, and no number 0")]
pub(super) fn nearest_i16(x: f32) -> i16 {
    x.round_ties_even() as i16
}

#[expect(clippy::as_conversions, reason = "a float becomes the nearest number in range, and no number 0")]
pub(super) fn nearest_i4(x: f32) -> i8 {
    x.round_ties_even().clamp(-8.0, 7.0) as i8
}

#[expect(clippy::as_conversions, reason = "bounded before")]
fn nearest_u4(x: f32) -> u8 {
    x.clamp(0.0, 15.0).round_ties_even() as u8
}
