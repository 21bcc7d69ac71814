//! Exact nearest neighbors by cosine, by scanning every vector in memory.
//! It stores nothing and builds no graph.

/// Vectors of one space in memory; the position of a vector is its ordinal.
#[derive(Debug, Clone, Default)]
pub struct Flat {
    dimensions: usize,
    vectors: Vec<f32>,
}

impl Flat {
    /// For vectors of `dimensions` coordinates.
    #[must_use]
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions: dimensions.max(1), vectors: Vec::new() }
    }

    /// Adds a vector that [`super::check`] took. One of another length is cut or filled with zeros.
    pub fn push(&mut self, vector: &[f32]) {
        let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        let filled = vector.iter().copied().chain(std::iter::repeat(0.0)).take(self.dimensions);
        self.vectors.extend(filled.map(|x| x / norm));
    }

    /// How many vectors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.vectors.len() / self.dimensions.max(1)
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }

    /// The `most` vectors nearest to `query` by cosine, nearest first; equal ones in the order of their ordinals.
    #[must_use]
    pub fn top(&self, query: &[f32], most: usize) -> Vec<(u32, f32)> {
        let norm = query.iter().map(|x| x * x).sum::<f32>().sqrt();
        let dot = |v: &[f32]| v.iter().zip(query).map(|(a, b)| a * b).sum::<f32>() / norm;
        let mut all: Vec<_> = (0..).zip(self.vectors.chunks_exact(self.dimensions.max(1)).map(dot)).collect();
        all.sort_by(|a: &(u32, f32), b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        all.truncate(most);
        all
    }
}
