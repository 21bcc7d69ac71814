//! What is indexed: a document with its pieces, as the flows and the command hand it over.
//! It knows neither where a document came from nor how a piece was cut.

use super::vector::Code;

/// A ticket or page to index.
#[derive(Debug, Clone, PartialEq)]
pub struct Doc {
    /// Unique within the index: `issue:ABC-1`, `page:123`, or the caller's own.
    pub id: String,
    /// The project or space it lies in: `project:ABC`, `space:DOC`, or the caller's own.
    pub container: String,
    /// Its title.
    pub title: String,
    /// Its excerpts in order; none when only the title is known.
    pub pieces: Vec<Piece>,
    /// What filters and recency look at.
    pub meta: Meta,
}

/// One excerpt.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The headings it stands under, outermost first.
    pub heading: Vec<String>,
    /// Markdown.
    pub text: String,
    /// Its embedding, of the length and space the whole segment has.
    pub vector: Option<Vector>,
}

/// An embedding on its way into a segment.
#[derive(Debug, Clone, PartialEq)]
pub enum Vector {
    /// As a model gave it.
    Made {
        /// Its coordinates.
        coordinates: Vec<f32>,
        /// Stands for the text it is of, so that the same text is not embedded again; 0 when nobody will ask.
        print: u64,
    },
    /// As an older segment of the same space holds it.
    Kept(Code),
}

impl From<Vec<f32>> for Vector {
    fn from(coordinates: Vec<f32>) -> Self {
        Vector::Made { coordinates, print: 0 }
    }
}

/// What filters and recency look at.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meta {
    /// An issue's key; found as such.
    pub key: Option<String>,
    /// Issue type, or `page`.
    pub kind: Option<String>,
    /// Account id of the creator.
    pub author: Option<String>,
    /// Last change, in days since the Unix epoch.
    pub updated: Option<u32>,
    /// When the source was read for this, in days since the Unix epoch: its lifetime counts from here.
    pub indexed: u32,
}

/// Where an embedding lives. Vectors of different spaces never meet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Space {
    /// The provider.
    pub provider: String,
    /// The model.
    pub model: String,
    /// Length of a vector.
    pub dimensions: u32,
    /// The provider's task scheme.
    pub task: String,
}
