//! Dot products of codes: the inner loops, for WebAssembly's 128-bit SIMD and, bit for bit the same, in plain Rust.
//! It knows no scale and no ordinal. All sums are of integers, so that every machine finds the same neighbors.
//!
//! INVARIANT: the coordinates of a query are chosen so that no sum leaves an `i32`, for rows in [`super::code::Query`]; for groups
//! their sizes add up to less than 2^16, see [`super::flat`].

/// Coordinates of a row of half bytes in one block: 8 little-endian words of 16 bits, the n-th with coordinates n, n + 8, n + 16
/// and n + 24, from its lowest half byte up.
pub(super) const BLOCK: usize = 32;

/// Bytes of one register, and of half bytes in a block.
pub(super) const LANES: usize = 16;

/// Rows of half bytes in a group, and coordinates of each in one block of it.
///
/// A block is two times 8 little-endian words. The n-th of the r-th has coordinate n of four rows from 4r on, a half byte each from
/// its lowest up: of three rows as a number from 0 to 15 that stands for 8 less, of the last from -8 to 7.
pub(super) const ROWS: usize = 8;

/// Bytes of one block of a group.
pub(super) const GROUP_BLOCK: usize = 2 * LANES;

/// Parts of the groups that are scanned in turns.
///
/// A machine fetches ahead within a page of 4 KiB, and waits at the next one; in eight parts seven more are on their way. On a million
/// rows of 256 coordinates that takes a sixth off the time; four take off less of a million and more of a hundred thousand.
const PARTS: usize = 8;

/// Dot products of `query` with the rows of each group, and which group it is. A row is as long as the query, a multiple of 8.
///
/// Four rows share a word, so that one load and no shift serves them all: the word is met whole, then without its highest half byte,
/// then without two, then with the lowest alone. Each product less the next is a power of 16 times what one row gives.
pub(super) fn groups(query: &[i16], groups: &[u8], each: impl FnMut(usize, &[i32; ROWS])) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    simd::groups(query, groups, each);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::groups(query, groups, each);
}

/// The groups, each of so many bytes, in turns from each of [`PARTS`].
fn in_turns(groups: &[u8], bytes: usize) -> impl Iterator<Item = (usize, &[u8])> {
    let part = (groups.len() / bytes.max(1)).div_ceil(PARTS);
    (0..part).flat_map(move |at| (0..PARTS).map(move |turn| turn * part + at)).filter_map(move |at| {
        let begin = at.checked_mul(bytes)?;
        Some((at, groups.get(begin..begin.checked_add(bytes)?)?))
    })
}

/// Dot products of `query` with rows of half bytes, 0 to 15. A row is half as long as the query, whose length is a
/// multiple of [`BLOCK`].
pub(super) fn halves(query: &[i16], rows: &[u8], each: impl FnMut(i32)) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    simd::halves(query, rows, each);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::halves(query, rows, each);
}

/// Reads all bytes and does next to nothing with them: what memory allows, to measure a scan against.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128", feature = "bench"))]
pub(super) fn touch(bytes: &[u8]) -> i32 {
    simd::touch(bytes)
}

/// Cosine of two vectors of length one, the same on every machine: the order of the additions is written down.
pub(super) fn floats(one: &[f32], other: &[f32]) -> f32 {
    let (ones, one_rest) = one.as_chunks::<8>();
    let (others, other_rest) = other.as_chunks::<8>();
    let mut sums = [0.0_f32; 8];
    for (a, b) in ones.iter().zip(others) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum += x * y;
        }
    }
    let rest: f32 = one_rest.iter().zip(other_rest).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f32>() + rest
}

#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod plain {
    use super::{BLOCK, GROUP_BLOCK, LANES, ROWS, in_turns};

    pub(super) fn groups(query: &[i16], groups: &[u8], mut each: impl FnMut(usize, &[i32; ROWS])) {
        let query = query.as_chunks::<8>().0;
        for (at, group) in in_turns(groups, (query.len() * GROUP_BLOCK).max(GROUP_BLOCK)) {
            let mut dots = [0_i32; ROWS];
            for (query, block) in query.iter().zip(group.as_chunks::<GROUP_BLOCK>().0) {
                for (fours, words) in dots.chunks_mut(4).zip(block.as_chunks::<LANES>().0) {
                    for (q, word) in query.iter().zip(words.as_chunks::<2>().0) {
                        let word = u16::from_le_bytes(*word);
                        let lowest = [word & 15, word >> 4 & 15, word >> 8 & 15].map(|half| i32::from(half) - 8);
                        let highest = i32::from(word.cast_signed() >> 12);
                        for (dot, level) in fours.iter_mut().zip(lowest.into_iter().chain([highest])) {
                            *dot = dot.wrapping_add(i32::from(*q).wrapping_mul(level));
                        }
                    }
                }
            }
            each(at, &dots);
        }
    }

    pub(super) fn halves(query: &[i16], rows: &[u8], mut each: impl FnMut(i32)) {
        let blocks = query.as_chunks::<8>().0.as_chunks::<4>().0;
        for row in rows.chunks_exact((blocks.len() * BLOCK / 2).max(BLOCK / 2)) {
            let mut sums = [0_i32; 8];
            for (parts, words) in blocks.iter().zip(row.as_chunks::<LANES>().0) {
                for (shift, part) in [0_u32, 4, 8, 12].into_iter().zip(parts) {
                    let words = words.as_chunks::<2>().0.iter().map(|word| u16::from_le_bytes(*word) >> shift & 15);
                    for ((sum, q), half) in sums.iter_mut().zip(part).zip(words) {
                        *sum = sum.wrapping_add(i32::from(*q).wrapping_mul(i32::from(half)));
                    }
                }
            }
            each(sums.into_iter().fold(0, i32::wrapping_add));
        }
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod simd {
    use super::{BLOCK, GROUP_BLOCK, LANES, ROWS, in_turns};
    use core::arch::wasm32::{
        i32x4, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shuffle, i32x4_splat, i32x4_sub, u16x8_shr,
        u16x8_splat, v128, v128_and, v128_load,
    };

    #[expect(unsafe_code, reason = "there is no safe load of 128 bits")]
    fn load<T: Lane>(lanes: &T) -> v128 {
        // SAFETY: INVARIANT: a `Lane` is 16 initialized bytes without padding, and the load needs no alignment.
        unsafe { v128_load(core::ptr::from_ref(lanes).cast()) }
    }

    /// Sixteen bytes of numbers.
    trait Lane {}
    impl Lane for [u8; 16] {}
    impl Lane for [i16; 8] {}

    /// The sums of four registers at once.
    fn sums([a, b, c, d]: [v128; 4]) -> v128 {
        let low = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
        let high = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
        i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(low, high), i32x4_shuffle::<2, 3, 6, 7>(low, high))
    }

    fn lanes(of: v128) -> [i32; 4] {
        let [a, b] = [i32x4_extract_lane::<0>(of), i32x4_extract_lane::<1>(of)];
        [a, b, i32x4_extract_lane::<2>(of), i32x4_extract_lane::<3>(of)]
    }

    fn sum(of: v128) -> i32 {
        i32x4_extract_lane::<0>(sums([of; 4]))
    }

    #[cfg(feature = "bench")]
    pub(super) fn touch(bytes: &[u8]) -> i32 {
        let mut totals = [i32x4_splat(0); 4];
        for four in bytes.as_chunks::<LANES>().0.chunks_exact(4) {
            for (total, lanes) in totals.iter_mut().zip(four) {
                *total = i32x4_add(*total, load(lanes));
            }
        }
        lanes(sums(totals)).into_iter().fold(0, i32::wrapping_add)
    }

    pub(super) fn groups(query: &[i16], groups: &[u8], mut each: impl FnMut(usize, &[i32; ROWS])) {
        let sum = query.iter().fold(0_i32, |sum, q| sum.wrapping_add(i32::from(*q)));
        // what the numbers stand for is 8 less, in each half byte but the highest
        let start = [0x8, 0x88, 0x888, 0x888].map(|less| i32x4(sum.wrapping_mul(-less), 0, 0, 0));
        let query = query.as_chunks::<8>().0;
        for (at, group) in in_turns(groups, (query.len() * GROUP_BLOCK).max(GROUP_BLOCK)) {
            let (mut low, mut high) = (start, start);
            for (query, block) in query.iter().zip(group.as_chunks::<GROUP_BLOCK>().0) {
                let query = load(query);
                let [one, other] = block.as_chunks::<LANES>().0 else { continue };
                low = met(low, load(one), query);
                high = met(high, load(other), query);
            }
            let ([a, b, c, d], [e, f, g, h]) = (apart(low), apart(high));
            each(at, &[a, b, c, d, e, f, g, h]);
        }
    }

    /// Adds the products of words with the coordinates of a query: of the lowest half byte, of the lowest two, of three, of all.
    #[inline(always)]
    fn met([a, b, c, d]: [v128; 4], words: v128, query: v128) -> [v128; 4] {
        [
            i32x4_add(a, i32x4_dot_i16x8(v128_and(words, u16x8_splat(0x000f)), query)),
            i32x4_add(b, i32x4_dot_i16x8(v128_and(words, u16x8_splat(0x00ff)), query)),
            i32x4_add(c, i32x4_dot_i16x8(v128_and(words, u16x8_splat(0x0fff)), query)),
            i32x4_add(d, i32x4_dot_i16x8(words, query)),
        ]
    }

    /// What each half byte gave.
    #[inline(always)]
    fn apart(products: [v128; 4]) -> [i32; 4] {
        let all = sums(products);
        let less = i32x4_shuffle::<0, 4, 5, 6>(i32x4_splat(0), all);
        let [a, b, c, d] = lanes(i32x4_sub(all, less));
        [a, b >> 4, c >> 8, d >> 12]
    }

    pub(super) fn halves(query: &[i16], rows: &[u8], mut each: impl FnMut(i32)) {
        let blocks = query.as_chunks::<8>().0.as_chunks::<4>().0;
        let half = u16x8_splat(15);
        for row in rows.chunks_exact((blocks.len() * BLOCK / 2).max(BLOCK / 2)) {
            let (mut one, mut other) = (i32x4_splat(0), i32x4_splat(0));
            for ([a, b, c, d], code) in blocks.iter().zip(row.as_chunks::<LANES>().0) {
                let code = load(code);
                one = i32x4_add(one, i32x4_dot_i16x8(load(a), v128_and(code, half)));
                other = i32x4_add(other, i32x4_dot_i16x8(load(b), v128_and(u16x8_shr(code, 4), half)));
                one = i32x4_add(one, i32x4_dot_i16x8(load(c), v128_and(u16x8_shr(code, 8), half)));
                other = i32x4_add(other, i32x4_dot_i16x8(load(d), u16x8_shr(code, 12)));
            }
            each(sum(i32x4_add(one, other)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Random;
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn agrees_bit_by_bit_with_its_plain_twin() {
        for seed in 0..200 {
            let mut random = Random::new(seed);
            let blocks = 1 + random.below(24);
            let rows = random.below(11);
            let query: Vec<i16> =
                (0..blocks * BLOCK).map(|_| i16::from_le_bytes([random.byte(), random.byte()])).collect();
            let codes: Vec<u8> = (0..rows * blocks * BLOCK * ROWS / 2).map(|_| random.byte()).collect();

            // What a query may be, see `flat`: its sizes add up to less than 2^16.
            let small: Vec<i16> = query.iter().map(|q| q >> 9).collect();
            let (mut ours, mut twin) = (Vec::new(), Vec::new());
            groups(&small, &codes, |at, dots| ours.push((at, *dots)));
            plain::groups(&small, &codes, |at, dots| twin.push((at, *dots)));
            assert_eq!(ours, twin, "groups, seed {seed}");
            ours.sort_unstable();
            assert!(ours.iter().map(|(at, _)| *at).eq(0..rows), "each group once, seed {seed}");

            let (mut ours, mut twin) = (Vec::new(), Vec::new());
            halves(&query, &codes, |dot| ours.push(dot));
            plain::halves(&query, &codes, |dot| twin.push(dot));
            assert_eq!((ours.len(), &ours), (rows * ROWS, &twin), "halves, seed {seed}");
        }
    }

    #[test]
    fn multiplies_each_coordinate_with_its_own() {
        let query: Vec<i16> = (1..=32).collect();
        let mut row = [0_u8; 16];
        // The lowest word: coordinates 0, 8, 16 and 24.
        (row[0], row[1]) = (0x21, 0x43);
        halves(&query, &row, |dot| assert_eq!(dot, 1 + 2 * 9 + 3 * 17 + 4 * 25));
        let mut group = [0x88, 0x08].repeat(16);
        // The last word of the second register: the last coordinate of rows 4 to 7.
        (group[30], group[31]) = (0x9f, 0x80);
        groups(&[1, 2, 3, 4, 5, 6, 7, 8], &group, |_, dots| assert_eq!(dots, &[0, 0, 0, 0, 7 * 8, 8, -8 * 8, -8 * 8]));
        // The greatest sums that a query may make.
        let most = [i16::MAX, i16::MAX, 0, 0, 0, 0, 0, 1];
        groups(&most, &[0, 0x80].repeat(16), |_, dots| assert_eq!(dots, &[-8 * 65_535; 8]));
        groups(&most.map(|q| -q), &[0, 0x80].repeat(16), |_, dots| assert_eq!(dots, &[8 * 65_535; 8]));
        groups(&most, &[0xff, 0x7f].repeat(16), |_, dots| assert_eq!(dots, &[7 * 65_535; 8]));
    }
}
