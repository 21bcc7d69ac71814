//! Embeddings: checked at the door, coded small, kept in cells of a store's values, scanned without a graph.
//! It makes no embedding and reads no store: flows ask the provider and fetch the values.
//!
//! Without a provider there are no vectors: the small static tables that would fit (7 MB, more than the app) find less than the
//! words do (nDCG@10 .43 on duplicates, .48 on known items, words alone .70 and .76) and would slow every cold start.
//! Vectors are scanned, not walked as a graph: a graph over 100,000 takes minutes to build and saves less than a read costs.
//! There is no second ranking by finer codes in a store: the candidates of a query lie in as many values as there are cells, and to read
//! them would take the sixteen reads that a query has. In memory [`Flat`] ranks its candidates by the coordinates themselves.
//!
//! | part | what it is for |
//! |---|---|
//! | [`Flat`] | exact nearest neighbors in memory |
//! | [`Cells`] | codes grouped so that a query reads few values |
//! | [`route`] | which of these values |

#[cfg(all(target_arch = "wasm32", feature = "bench"))]
mod bench;
mod cells;
mod code;
mod flat;
mod kernel;
mod kmeans;
mod numbers;
mod routing;
#[cfg(test)]
mod tests;

pub use cells::{BadCells, Cells, Code, Codes, VALUE_BYTES, cells, codes, gather, scan};
pub use flat::Flat;
pub use routing::{homes, probe, route};

use crate::search::Space;

/// Why an embedding is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadVector {
    /// It has another length than its space.
    Length,
    /// A coordinate is not a number, or infinite.
    NotFinite,
    /// All coordinates are zero, or so small or large that its length is not a usable number.
    NoDirection,
    /// It comes from another provider, model, number of dimensions or task.
    OtherSpace,
}

impl BadVector {
    /// The stable code for logs and the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Length => "embedding-length",
            Self::NotFinite => "embedding-not-finite",
            Self::NoDirection => "embedding-no-direction",
            Self::OtherSpace => "embedding-other-space",
        }
    }
}

/// Whether `vector` can be indexed or searched with in `space`.
///
/// # Errors
/// With what is wrong with it; [`BadVector::OtherSpace`] is not among it, see [`meet`].
pub fn check(vector: &[f32], space: &Space) -> Result<(), BadVector> {
    if u32::try_from(vector.len()) != Ok(space.dimensions) {
        return Err(BadVector::Length);
    }
    if vector.iter().any(|x| !x.is_finite()) {
        return Err(BadVector::NotFinite);
    }
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm.is_normal() { Ok(()) } else { Err(BadVector::NoDirection) }
}

/// Whether vectors of the two spaces may be compared.
///
/// # Errors
/// [`BadVector::OtherSpace`] when they may not.
pub fn meet(one: &Space, other: &Space) -> Result<(), BadVector> {
    if one == other { Ok(()) } else { Err(BadVector::OtherSpace) }
}
