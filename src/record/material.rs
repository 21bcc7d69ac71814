//! Packed excerpts between reading and the model call: whole sentences of sources, sealed, 15 minutes.
//! Never whole bodies: what the packer left out is not in here.

use serde::{Deserialize, Serialize};

use super::Place;
use crate::content::Origin;
use crate::privacy::Part;
use crate::protocol::SourceKind;

/// What the model call, or the extract, works on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Version of this form.
    pub v: u8,
    /// In the writer's order.
    pub sources: Vec<MaterialSource>,
    /// Identities known from the host's own fields.
    pub people: Vec<Person>,
    /// The page to bring up to date; none for a new page.
    pub page: Option<MaterialPage>,
}

impl Material {
    /// The form written today.
    pub const VERSION: u8 = 1;
}

/// Excerpts of one source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct MaterialSource {
    pub kind: SourceKind,
    pub id: String,
    pub title: String,
    pub url: String,
    /// Issue type or space name: what a section can be called after.
    pub group: String,
    pub excerpts: Vec<String>,
    /// The project or space it lies in: decides what is masked.
    #[serde(default)]
    pub place: Option<Place>,
    /// Whether there was no room for its further excerpts.
    #[serde(default)]
    pub cut: bool,
    /// For each excerpt what is masked in it because the whole document shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<Part>>,
    /// Where each excerpt stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spots: Vec<Spot>,
}

/// Where in a source something stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// In which of its texts.
    pub field: Field,
    /// The headings it stands under, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heading: Vec<String>,
    /// What a page calls the heading above it in addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// The blocks of that text.
    pub origin: Origin,
}

impl Spot {
    /// Bytes it takes in a stored value.
    pub fn size(&self) -> usize {
        serde_json::to_string(self).map_or(0, |written| written.len())
    }
}

/// A text of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Field {
    /// Of a page.
    Body,
    /// Of an issue.
    Description,
    /// Of an issue.
    Comment {
        /// Its id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
    },
}

impl Field {
    /// What it is called on the wire.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Description => "description",
            Self::Comment { .. } => "comment",
        }
    }
}

impl MaterialSource {
    /// The excerpts with what the whole shows of each.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, &[Part])> {
        let parts = self.parts.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
        self.excerpts.iter().map(String::as_str).zip(parts)
    }
}

/// A person known to the host.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Person {
    pub account_id: Option<String>,
    pub name: String,
    pub email: Option<String>,
    pub role: Option<String>,
}

/// The page to bring up to date, as far as the model needs it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialPage {
    /// SHA-256 of the body, base64url; the edit script is made against it.
    pub digest: String,
    /// The editable blocks in order.
    pub blocks: Vec<MaterialBlock>,
}

/// One editable block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialBlock {
    /// Level, for a heading.
    pub heading: Option<u8>,
    /// Its text, cut to what an outline needs.
    pub text: String,
    /// Digest of its whole text: finds it again on a page that changed.
    pub mark: String,
    /// What is masked in it because the whole page shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
}
