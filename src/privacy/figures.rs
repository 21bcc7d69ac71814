//! How much of each kind is found, as measured on annotated sets and kept as data: shown beside the masking rules.
//! It measures nothing: `bench/leak.mjs` does, and writes `figures.json`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Kind;

/// What a kind's finds came to on one set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The set's name.
    pub set: String,
    /// Annotated values of the kind in the set.
    pub n: u32,
    /// Of the finds, the share that is right; from 0 to 1.
    pub precision: f64,
    /// Of the annotated values, the share that is masked as a whole, as whatever kind; from 0 to 1.
    pub recall: f64,
    /// The lower end of that share's 95 % interval (Wilson, 1927).
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The day of the measurement (ISO 8601).
    pub date: String,
}

/// The figure of a kind; none when it was not measured.
#[must_use]
pub fn of(kind: Kind) -> Option<&'static Figure> {
    static FIGURES: OnceLock<BTreeMap<Kind, Figure>> = OnceLock::new();
    FIGURES
        .get_or_init(|| {
            #[expect(clippy::expect_used, reason = "the file is part of the build and a test parses it")]
            serde_json::from_str(include_str!("figures.json")).expect("figures.json is well formed")
        })
        .get(&kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_lies_in_its_interval() {
        for figure in Kind::ALL.iter().filter_map(|kind| of(*kind)) {
            assert!(0.0 <= figure.low && figure.low <= figure.recall, "{figure:?}");
            assert!(figure.recall <= figure.high && figure.high <= 1.0, "{figure:?}");
            assert!(figure.n >= 30 && (0.0..=1.0).contains(&figure.precision), "{figure:?}");
        }
    }
}
