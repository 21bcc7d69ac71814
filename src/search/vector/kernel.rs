//! Dot products of codes: the inner loops, for WebAssembly's 128-bit SIMD and, bit for bit the same, in plain Rust.
//! It knows no scale and no ordinal. All sums are of integers, so that every machine finds the same neighbors.
//!
//! INVARIANT: the coordinates of a query are chosen so that no sum leaves an `i32`, see [`super::code::Query`].

/// Coordinates of a 4-bit row that lie in one block: 16 in the low halves of 16 bytes, 16 in the high halves.
pub(super) const BLOCK: usize = 32;

/// Coordinates of an 8-bit row that are read at once.
pub(super) const LANES: usize = 16;

/// Dot products of `query` with rows of signed bytes. A row is as long as the query, a multiple of [`LANES`].
pub(super) fn bytes(query: &[i16], rows: &[i8], each: impl FnMut(i32)) {
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
pub(super) fn touch(bytes: &[i8]) -> i32 {
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

    pub(super) fn bytes(query: &[i16], rows: &[i8], mut each: impl FnMut(i32)) {
        let (query, _) = query.as_chunks::<LANES>();
        for row in rows.chunks_exact((query.len() * LANES).max(LANES)) {
            let (row, _) = row.as_chunks::<LANES>();
            let mut sums = [0_i32; LANES];
            for (q, r) in query.iter().zip(row) {
                for ((sum, q), r) in sums.iter_mut().zip(q).zip(r) {
                    *sum = sum.wrapping_add(i32::from(*q).wrapping_mul(i32::from(*r)));
                }
            }
            each(sums.into_iter().fold(0, i32::wrapping_add));
        }
    }

    pub(super) fn halves(query: &[i16], rows: &[u8], mut each: impl FnMut(i32)) {
        let (query, _) = query.as_chunks::<LANES>();
        for row in rows.chunks_exact((query.len() * LANES / 2).max(BLOCK / 2)) {
            let (row, _) = row.as_chunks::<LANES>();
            let mut sums = [0_i32; LANES];
            for (q, r) in query.chunks_exact(2).zip(row) {
                let [low, high] = q else { continue };
                for (((sum, low), high), r) in sums.iter_mut().zip(low).zip(high).zip(r) {
                    let of_low = i32::from(*low).wrapping_mul(i32::from(r & 15));
                    let of_high = i32::from(*high).wrapping_mul(i32::from(r >> 4));
                    *sum = sum.wrapping_add(of_low).wrapping_add(of_high);
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
        i16x8_extend_high_i8x16, i16x8_extend_high_u8x16, i16x8_extend_low_i8x16, i16x8_extend_low_u8x16, i32x4_add,
        i32x4_dot_i16x8, i32x4_extract_lane, i32x4_splat, u8x16_shr, u8x16_splat, v128, v128_and, v128_load,
    };

    #[expect(unsafe_code, reason = "there is no safe load of 128 bits")]
    fn load<T: Lane>(lanes: &T) -> v128 {
        // SAFETY: INVARIANT: a `Lane` is 16 initialized bytes without padding, and the load needs no alignment.
        unsafe { v128_load(core::ptr::from_ref(lanes).cast()) }
    }

    /// Sixteen bytes of numbers.
    trait Lane {}
    impl Lane for [i8; 16] {}
    impl Lane for [u8; 16] {}
    impl Lane for [i16; 8] {}

    fn sum(lanes: v128) -> i32 {
        let low = i32x4_extract_lane::<0>(lanes).wrapping_add(i32x4_extract_lane::<1>(lanes));
        let high = i32x4_extract_lane::<2>(lanes).wrapping_add(i32x4_extract_lane::<3>(lanes));
        low.wrapping_add(high)
    }

    #[cfg(feature = "bench")]
    pub(super) fn touch(bytes: &[i8]) -> i32 {
        let mut sums = [i32x4_splat(0); 4];
        for four in bytes.as_chunks::<LANES>().0.chunks_exact(4) {
            for (sum, lanes) in sums.iter_mut().zip(four) {
                *sum = i32x4_add(*sum, load(lanes));
            }
        }
        sums.into_iter().fold(0, |total, lanes| total.wrapping_add(sum(lanes)))
    }

    pub(super) fn bytes(query: &[i16], rows: &[i8], mut each: impl FnMut(i32)) {
        let length = (query.len() / LANES * LANES).max(LANES);
        let (query, _) = query.as_chunks::<8>();
        let (pairs, _) = query.as_chunks::<2>();
        let mut four = rows.chunks_exact(length * 4);
        for rows in &mut four {
            let (a, rows) = rows.split_at(length);
            let (b, rows) = rows.split_at(length);
            let (c, d) = rows.split_at(length);
            let codes = a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0);
            let codes = codes.zip(c.as_chunks::<LANES>().0).zip(d.as_chunks::<LANES>().0);
            let mut sums = [i32x4_splat(0); 4];
            for ([low, high], (((a, b), c), d)) in pairs.iter().zip(codes) {
                let query = (load(low), load(high));
                for (sum, code) in sums.iter_mut().zip([a, b, c, d]) {
                    *sum = i32x4_add(*sum, times(query, load(code)));
                }
            }
            sums.into_iter().for_each(|lanes| each(sum(lanes)));
        }
        for row in four.remainder().chunks_exact(length) {
            let mut total = i32x4_splat(0);
            for ([low, high], code) in pairs.iter().zip(row.as_chunks::<LANES>().0) {
                total = i32x4_add(total, times((load(low), load(high)), load(code)));
            }
            each(sum(total));
        }
    }

    fn times((low, high): (v128, v128), code: v128) -> v128 {
        let of_low = i32x4_dot_i16x8(low, i16x8_extend_low_i8x16(code));
        let of_high = i32x4_dot_i16x8(high, i16x8_extend_high_i8x16(code));
        i32x4_add(of_low, of_high)
    }

    pub(super) fn halves(query: &[i16], rows: &[u8], mut each: impl FnMut(i32)) {
        let length = (query.len() / BLOCK * BLOCK / 2).max(BLOCK / 2);
        let (query, _) = query.as_chunks::<8>();
        let (blocks, _) = query.as_chunks::<4>();
        for row in rows.chunks_exact(length) {
            let (mut one, mut other) = (i32x4_splat(0), i32x4_splat(0));
            for ([a, b, c, d], code) in blocks.iter().zip(row.as_chunks::<LANES>().0) {
                let code = load(code);
                let (low, high) = (v128_and(code, u8x16_splat(15)), u8x16_shr(code, 4));
                one = i32x4_add(one, i32x4_dot_i16x8(load(a), i16x8_extend_low_u8x16(low)));
                other = i32x4_add(other, i32x4_dot_i16x8(load(b), i16x8_extend_high_u8x16(low)));
                one = i32x4_add(one, i32x4_dot_i16x8(load(c), i16x8_extend_low_u8x16(high)));
                other = i32x4_add(other, i32x4_dot_i16x8(load(d), i16x8_extend_high_u8x16(high)));
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
            let signed: Vec<i8> = codes.iter().map(|byte| byte.cast_signed()).collect();

            let (mut ours, mut twin) = (Vec::new(), Vec::new());
            bytes(&query, &signed, |dot| ours.push(dot));
            plain::bytes(&query, &signed, |dot| twin.push(dot));
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
        (row[0], row[15]) = (0x21, 0x43);
        // Coordinates 0 and 16 share the first byte, 15 and 31 the last.
        halves(&query, &row, |dot| assert_eq!(dot, 1 + 2 * 17 + 3 * 16 + 4 * 32));
        let row: Vec<i8> = (0..32).map(|at| if at == 31 { -128 } else { 0 }).collect();
        bytes(&query, &row, |dot| assert_eq!(dot, -128 * 32));
    }
}
