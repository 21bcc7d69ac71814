//! Dot products of codes: the inner loops, for WebAssembly's 128-bit SIMD and, bit for bit the same, in plain Rust.
//! It knows no scale and no ordinal. All sums are of integers, so that every machine finds the same neighbors.
//!
//! INVARIANT: the coordinates of a query are chosen so that no sum leaves an `i32`, see [`super::code::Query`].

/// Coordinates of a row of half bytes in one block: 8 little-endian words of 16 bits, the n-th with coordinates n, n + 8, n + 16
/// and n + 24, from its lowest half byte up.
pub(super) const BLOCK: usize = 32;

/// Coordinates of a row of bytes in one block: 8 words as above, the n-th with coordinates n and n + 8.
pub(super) const LANES: usize = 16;

/// Dot products of `query` with rows of bytes, 0 to 255; four rows at a time, at the end one. A row is as long as the query, a
/// multiple of [`BLOCK`].
pub(super) fn bytes(query: &[i16], rows: &[u8], each: impl FnMut(&[i32])) {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    simd::bytes(query, rows, each);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    plain::bytes(query, rows, each);
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
    use super::{BLOCK, LANES};

    pub(super) fn bytes(query: &[i16], rows: &[u8], mut each: impl FnMut(&[i32])) {
        let length = (query.len() / BLOCK * BLOCK).max(BLOCK);
        let mut four = rows.chunks_exact(length * 4);
        for rows in &mut four {
            let mut dots = [0; 4];
            for (dot, row) in dots.iter_mut().zip(rows.chunks_exact(length)) {
                *dot = one(query, row);
            }
            each(&dots);
        }
        four.remainder().chunks_exact(length).for_each(|row| each(&[one(query, row)]));
    }

    fn one(query: &[i16], row: &[u8]) -> i32 {
        let mut sums = [0_i32; 8];
        let pairs = query.as_chunks::<8>().0.as_chunks::<2>().0;
        for ([low, high], words) in pairs.iter().zip(row.as_chunks::<LANES>().0) {
            let words = words.as_chunks::<2>().0.iter().map(|[a, b]| (i32::from(*a), i32::from(*b)));
            for (((sum, low), high), (a, b)) in sums.iter_mut().zip(low).zip(high).zip(words) {
                *sum = sum.wrapping_add(i32::from(*low).wrapping_mul(a)).wrapping_add(i32::from(*high).wrapping_mul(b));
            }
        }
        sums.into_iter().fold(0, i32::wrapping_add)
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
    use super::{BLOCK, LANES};
    use core::arch::wasm32::{
        i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shuffle, i32x4_splat, u16x8_shr, u16x8_splat, v128,
        v128_and, v128_load,
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
    fn sums([a, b, c, d]: [v128; 4]) -> [i32; 4] {
        let low = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
        let high = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
        let all = i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(low, high), i32x4_shuffle::<2, 3, 6, 7>(low, high));
        let [a, b] = [i32x4_extract_lane::<0>(all), i32x4_extract_lane::<1>(all)];
        [a, b, i32x4_extract_lane::<2>(all), i32x4_extract_lane::<3>(all)]
    }

    fn sum(lanes: v128) -> i32 {
        sums([lanes; 4]).first().copied().unwrap_or(0)
    }

    #[cfg(feature = "bench")]
    pub(super) fn touch(bytes: &[u8]) -> i32 {
        let mut totals = [i32x4_splat(0); 4];
        for four in bytes.as_chunks::<LANES>().0.chunks_exact(4) {
            for (total, lanes) in totals.iter_mut().zip(four) {
                *total = i32x4_add(*total, load(lanes));
            }
        }
        sums(totals).into_iter().fold(0, i32::wrapping_add)
    }

    pub(super) fn bytes(query: &[i16], rows: &[u8], mut each: impl FnMut(&[i32])) {
        let length = (query.len() / BLOCK * BLOCK).max(BLOCK);
        let blocks = query.as_chunks::<8>().0.as_chunks::<4>().0;
        let mut four = rows.chunks_exact(length * 4);
        for rows in &mut four {
            let (a, rows) = rows.split_at(length);
            let (b, rows) = rows.split_at(length);
            let (c, d) = rows.split_at(length);
            let codes = pairs(a).iter().zip(pairs(b)).zip(pairs(c)).zip(pairs(d));
            let mut totals = [i32x4_splat(0); 4];
            for (query, (((a, b), c), d)) in blocks.iter().zip(codes) {
                let query = query.each_ref().map(load);
                for (total, code) in totals.iter_mut().zip([a, b, c, d]) {
                    *total = i32x4_add(*total, times(query, code));
                }
            }
            each(&sums(totals));
        }
        for row in four.remainder().chunks_exact(length) {
            let mut total = i32x4_splat(0);
            for (query, code) in blocks.iter().zip(pairs(row)) {
                total = i32x4_add(total, times(query.each_ref().map(load), code));
            }
            each(&[sum(total)]);
        }
    }

    fn pairs(row: &[u8]) -> &[[[u8; LANES]; 2]] {
        row.as_chunks::<LANES>().0.as_chunks::<2>().0
    }

    fn times([a, b, c, d]: [v128; 4], [one, other]: &[[u8; LANES]; 2]) -> v128 {
        let (one, other) = (load(one), load(other));
        let low = i32x4_add(i32x4_dot_i16x8(a, low_bytes(one)), i32x4_dot_i16x8(b, u16x8_shr(one, 8)));
        let high = i32x4_add(i32x4_dot_i16x8(c, low_bytes(other)), i32x4_dot_i16x8(d, u16x8_shr(other, 8)));
        i32x4_add(low, high)
    }

    fn low_bytes(code: v128) -> v128 {
        v128_and(code, u16x8_splat(255))
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
            let codes: Vec<u8> = (0..rows * blocks * BLOCK).map(|_| random.byte()).collect();

            let (mut ours, mut twin) = (Vec::new(), Vec::new());
            bytes(&query, &codes, |dots| ours.extend_from_slice(dots));
            plain::bytes(&query, &codes, |dots| twin.extend_from_slice(dots));
            assert_eq!((ours.len(), &ours), (rows, &twin), "bytes, seed {seed}");

            let (mut ours, mut twin) = (Vec::new(), Vec::new());
            halves(&query, &codes, |dot| ours.push(dot));
            plain::halves(&query, &codes, |dot| twin.push(dot));
            assert_eq!((ours.len(), &ours), (rows * 2, &twin), "halves, seed {seed}");
        }
    }

    #[test]
    fn multiplies_each_coordinate_with_its_own() {
        let query: Vec<i16> = (1..=32).collect();
        let mut row = [0_u8; 16];
        // The lowest word: coordinates 0, 8, 16 and 24.
        (row[0], row[1]) = (0x21, 0x43);
        halves(&query, &row, |dot| assert_eq!(dot, 1 + 2 * 9 + 3 * 17 + 4 * 25));
        let mut row = [0_u8; 32];
        // The last word: coordinates 23 and 31.
        (row[30], row[31]) = (200, 255);
        bytes(&query, &row, |dots| assert_eq!(dots, [200 * 24 + 255 * 32]));
    }
}
