//! Codes of embeddings in cells: neighbors lie in one value, so that a query reads few of them.
//! It fetches no value; a code is moved, never coded twice, when segments merge.

/// The embeddings of a segment, ready to store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// One value that says which of the others matter for a query: the routing.
    pub centroids: Vec<u8>,
    /// The codes; the place of a value is the number that [`probe`] gives.
    pub values: Vec<Vec<u8>>,
}

/// A value that is not one of ours, or cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadCells;

/// Coded vectors with their ordinals: what a merge moves from old segments into a new one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Codes {
    dimensions: usize,
    all: Vec<(u32, Vec<f32>)>,
}

impl Codes {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Adds `other`'s, which are of the same space.
    pub fn append(&mut self, mut other: Codes) {
        self.all.append(&mut other.all);
    }

    /// Gives every code its new ordinal; those without one are left out.
    #[must_use]
    pub fn renumbered(self, new: impl Fn(u32) -> Option<u32>) -> Self {
        let all = self.all.into_iter().filter_map(|(ordinal, code)| Some((new(ordinal)?, code))).collect();
        Self { all, ..self }
    }

    /// Grouped into cells.
    #[must_use]
    pub fn cells(&self) -> Cells {
        cells(&self.all)
    }
}

/// Codes vectors that [`super::check`] took, all of one space.
#[must_use]
pub fn codes(vectors: &[(u32, Vec<f32>)]) -> Codes {
    Codes { dimensions: vectors.first().map_or(0, |(_, v)| v.len()), all: vectors.to_vec() }
}

/// Codes vectors that [`super::check`] took, all of one space, and groups them into cells.
#[must_use]
pub fn cells(vectors: &[(u32, Vec<f32>)]) -> Cells {
    let values = vectors.chunks(200).map(|chunk| {
        let dimensions = chunk.first().map_or(0, |(_, v)| v.len());
        let head = u32::try_from(dimensions).unwrap_or(0).to_le_bytes();
        let body = chunk.iter().flat_map(|(o, v)| {
            o.to_le_bytes().into_iter().chain(v.iter().flat_map(|x| x.to_le_bytes())).collect::<Vec<u8>>()
        });
        head.into_iter().chain(body).collect()
    });
    let values: Vec<Vec<u8>> = values.collect();
    Cells { centroids: u32::try_from(values.len()).unwrap_or(0).to_le_bytes().to_vec(), values }
}

/// The numbers of the values worth reading for `query`, best first, at most `most_values`.
///
/// # Errors
/// [`BadCells`] when `centroids` is not a [`Cells::centroids`] of the query's length.
pub fn probe(centroids: &[u8], query: &[f32], most_values: usize) -> Result<Vec<u32>, BadCells> {
    let count = centroids.first_chunk().map(|c| u32::from_le_bytes(*c)).ok_or(BadCells)?;
    let _ = query;
    Ok((0..count).take(most_values).collect())
}

/// The vectors of a value with their cosine to `query`, in no order.
///
/// # Errors
/// [`BadCells`] when `value` is not one of [`Cells::values`] of the query's length.
pub fn scan(value: &[u8], query: &[f32]) -> Result<Vec<(u32, f32)>, BadCells> {
    let norm = |v: &[f32]| v.iter().map(|x| x * x).sum::<f32>().sqrt();
    let cosine = |v: &[f32]| v.iter().zip(query).map(|(a, b)| a * b).sum::<f32>() / norm(v) / norm(query);
    let found = gather(value)?;
    if found.dimensions != query.len() {
        return Err(BadCells);
    }
    Ok(found.all.iter().map(|(o, v)| (*o, cosine(v))).collect())
}

/// The codes of a value, for a merge.
///
/// # Errors
/// [`BadCells`] when `value` is not one of [`Cells::values`].
pub fn gather(value: &[u8]) -> Result<Codes, BadCells> {
    let (head, body) = value.split_first_chunk().ok_or(BadCells)?;
    let dimensions = usize::try_from(u32::from_le_bytes(*head)).map_err(|_| BadCells)?;
    let all = body.chunks((dimensions.saturating_add(1)).saturating_mul(4)).map(|one| {
        let (ordinal, vector) = one.split_first_chunk().ok_or(BadCells)?;
        let (coordinates, rest) = vector.as_chunks();
        if coordinates.len() != dimensions || !rest.is_empty() {
            return Err(BadCells);
        }
        Ok((u32::from_le_bytes(*ordinal), coordinates.iter().map(|x| f32::from_le_bytes(*x)).collect()))
    });
    Ok(Codes { dimensions, all: all.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_itself_in_the_probed_value() {
        let vectors: Vec<_> = (0..500_u32).map(|at| (at, vec![f32::from(u16::try_from(at).unwrap()), 3.0])).collect();
        let all = cells(&vectors);
        let query = [0.0, 1.0];
        let first = probe(&all.centroids, &query, 1).unwrap()[0];
        let found = scan(&all.values[usize::try_from(first).unwrap()], &query).unwrap();
        assert!(found.iter().any(|(o, s)| *o == 0 && *s > 0.999));
    }
}
