//! The verb `passages`: what of found excerpts to send.
//! It chooses nothing itself: [`crate::content::passages`] does.

use super::refused::Refused;
use crate::content::{self, Found};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of `passages`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct PassagesIn {
    /// Given back.
    #[serde(default)]
    pub id: Value,
    /// The question, or what is to be written about.
    pub about: String,
    /// What was found, the best first.
    pub excerpts: Vec<FoundIn>,
    /// UTF-16 code units of all passages together; 4,000 when not said.
    pub max_chars: Option<usize>,
}

/// An excerpt that was found.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct FoundIn {
    /// Given back with each passage.
    #[serde(rename = "ref")]
    pub reference: Value,
    /// Markdown.
    pub text: String,
    /// How well it fits; when not said, by its place.
    pub score: Option<f64>,
}

/// The answer of `passages`.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassagesOut {
    /// The line's.
    pub id: Value,
    /// The passages, in the order of the excerpts.
    pub passages: Vec<PassageOut>,
}

/// One passage.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PassageOut {
    /// Its excerpt's `ref`.
    #[serde(rename = "ref")]
    pub reference: Value,
    /// Where it starts in the excerpt's text, in UTF-16 code units.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// That part; of a table its header and the rows taken.
    pub text: String,
}

/// Chooses what of found excerpts says most about a question.
///
/// # Errors
/// [`Refused`]: `bad-input` for a size out of range.
pub fn passages(line: PassagesIn) -> Result<PassagesOut, Refused> {
    let max_chars = line.max_chars.unwrap_or(DEFAULT_SIZE);
    if !SIZES.contains(&max_chars) {
        return Err(Refused::bad_input("field \"maxChars\" is out of range"));
    }
    let by_place = (0_u32..).map(|place| 1.0 / f64::from(place).mul_add(STEP, 1.0));
    let found: Vec<Found<'_>> = line
        .excerpts
        .iter()
        .zip(by_place)
        .map(|(from, place)| Found { text: &from.text, score: from.score.unwrap_or(place) })
        .collect();
    let out = content::passages(&line.about, &found, max_chars).into_iter().map(|passage| PassageOut {
        reference: line.excerpts.get(passage.excerpt).map(|from| from.reference.clone()).unwrap_or_default(),
        start: passage.start,
        end: passage.end,
        text: passage.text,
    });
    Ok(PassagesOut { id: line.id, passages: out.collect() })
}

/// Sizes passages may be asked for.
const SIZES: core::ops::RangeInclusive<usize> = 64..=1_000_000;
const DEFAULT_SIZE: usize = 4000;

/// How much less each place counts than the one before.
const STEP: f64 = 0.05;

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> PassagesIn {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn gives_passages_with_their_refs() {
        let all =
            passages(line(r#"{"id":1,"about":"b","excerpts":[{"ref":"x","text":"A b."},{"ref":[2],"text":"C."}]}"#));
        let all = serde_json::to_value(all.unwrap()).unwrap();
        let expected = r#"{"id":1,"passages":[{"ref":"x","start":0,"end":4,"text":"A b."},{"ref":[2],"start":0,"end":2,"text":"C."}]}"#;
        assert_eq!(all, serde_json::from_str::<Value>(expected).unwrap());
    }

    #[test]
    fn refuses_sizes_out_of_range() {
        assert_eq!(passages(line(r#"{"about":"","excerpts":[],"maxChars":1}"#)).unwrap_err().code, "bad-input");
    }
}
