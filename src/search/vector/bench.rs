//! The kernels as a class of their own for `bench/search-vectors.mjs`; the shipped core has none of it.
//! It measures nothing itself.

use super::{Cells, Codes, Flat, codes, gather, probe};
use wasm_bindgen::prelude::wasm_bindgen;

/// Vectors in memory, to be scanned and grouped.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Vectors {
    dimensions: usize,
    flat: Flat,
    codes: Codes,
    cells: Cells,
}

#[wasm_bindgen]
impl Vectors {
    /// For vectors of `dimensions` coordinates, with room for `count`.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(dimensions: usize, count: usize) -> Vectors {
        let mut flat = Flat::new(dimensions);
        flat.reserve(count);
        Vectors { dimensions, flat, codes: Codes::default(), cells: Cells::default() }
    }

    /// Adds vectors, one after the other, to those that are scanned exactly.
    pub fn push(&mut self, vectors: &[f32]) {
        vectors.chunks_exact(self.dimensions.max(1)).for_each(|vector| self.flat.push(vector));
    }

    /// Ordinals of the nearest, nearest first.
    #[must_use]
    pub fn top(&self, query: &[f32], most: usize) -> Vec<u32> {
        self.flat.top(query, most).into_iter().map(|(ordinal, _)| ordinal).collect()
    }

    /// Reads the bytes of a scan and does nothing with them.
    #[must_use]
    pub fn touch(&self) -> i32 {
        self.flat.touch()
    }

    /// Adds vectors to those that lie in cells.
    pub fn code(&mut self, vectors: &[f32]) -> bool {
        let first = u32::try_from(self.codes.len()).unwrap_or(u32::MAX);
        let each = vectors.chunks_exact(self.dimensions.max(1)).map(<[f32]>::to_vec);
        self.codes.append(codes(&(first..).zip(each).collect::<Vec<_>>())).is_ok()
    }

    /// Groups them; gives the number of values.
    pub fn group(&mut self, most_bytes: usize) -> usize {
        self.cells = self.codes.cells(most_bytes);
        self.cells.values.len()
    }

    /// Bytes of the routing.
    #[must_use]
    pub fn routing(&self) -> usize {
        self.cells.centroids.len()
    }

    /// Numbers of the values a query would read, best first.
    #[must_use]
    pub fn probe(&self, query: &[f32], most: usize) -> Vec<u32> {
        probe(&self.cells.centroids, query, most).unwrap_or_default()
    }

    /// A value's bytes, then the ordinals of the nearest in it and their cosines.
    #[must_use]
    pub fn scan(&self, value: usize, query: &[f32]) -> Vec<f64> {
        let Some(value) = self.cells.values.get(value) else { return Vec::new() };
        let found = gather(value).map(|codes| codes.near(query)).unwrap_or_default();
        let bytes = f64::from(u32::try_from(value.len()).unwrap_or(u32::MAX));
        let pairs = found.into_iter().flat_map(|(ordinal, cosine)| [f64::from(ordinal), f64::from(cosine)]);
        std::iter::once(bytes).chain(pairs).collect()
    }
}
