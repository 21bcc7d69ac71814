//! What the Studio shows before a draft: its first view, tickets and pages found, places to write to.
//! Nothing here is computed.

use serde::Serialize;

use super::{IndexState, JobCard, Route};
use crate::content::Origin;
use crate::protocol::{Millis, Product, SourceKind, UseCase};

/// A ticket or page found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hit {
    pub kind: SourceKind,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub title: String,
    pub container: Container,
    pub updated: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    pub why: Vec<Why>,
    pub url: String,
    /// Words of the query that were found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<String>,
    /// The place in the text as it is now; none when the text no longer has the words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub snippet: Vec<SnippetPart>,
    /// Where the first found word of the snippet stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spot: Option<Spot>,
    /// Near-duplicates folded into this hit.
    #[serde(skip_serializing_if = "is_zero")]
    pub same: usize,
    /// Whether only some people may read it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub restricted: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A stretch of a snippet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SnippetPart {
    pub text: String,
    /// Whether it is one of the query's words.
    pub hit: bool,
}

/// Where in a source a text stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// `body`, `description`, `comment`.
    pub field: &'static str,
    /// The headings it stands under, outermost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub heading: Vec<String>,
    /// The blocks of that text, counted from 0.
    pub blocks: Origin,
    /// The address nearest to it: of a page's heading, of an issue's comment, or of the whole.
    pub url: String,
}

/// Project or space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Container {
    pub key: String,
    pub name: String,
}

impl Container {
    /// One whose name is not known here.
    #[must_use]
    pub fn unknown() -> Self {
        Container { key: String::new(), name: String::new() }
    }
}

/// Why a hit is there, the strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Why {
    /// Its key was typed.
    Key,
    /// It has the quoted words in their order.
    Phrase,
    /// Its title has the words.
    Title,
    /// Its text has the words.
    Text,
    /// It has words much like the typed ones.
    Typo,
    /// Its meaning is near.
    Similar,
    /// It changed lately.
    Recent,
}

/// The Studio.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Studio {
    pub product: Option<Product>,
    pub site_url: String,
    pub account_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Hit>,
    pub use_cases: [UseCase; 2],
    pub route: Route,
    pub routes: Vec<Route>,
    /// What may be asked when the chosen route fails, inside the same boundary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fallbacks: Vec<Route>,
    pub jobs: Vec<JobCard>,
    pub languages: &'static [&'static str],
    pub limits: Limits,
}

/// Limits of one draft.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Limits {
    pub max_sources: usize,
}

/// Hits of a search.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct Hits {
    pub hits: Vec<Hit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Products that did not answer.
    pub failed: Vec<Product>,
    pub index: IndexState,
}

/// Places to write to.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Targets {
    pub spaces: Vec<TargetSpace>,
    pub pages: Vec<TargetPage>,
}

/// A space.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TargetSpace {
    pub id: String,
    pub key: String,
    pub name: String,
}

/// A page.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct TargetPage {
    pub id: String,
    pub title: String,
    pub space: Container,
    pub updated: String,
}

/// A saved set of sources.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceSet {
    pub id: String,
    pub name: String,
    pub sources: Vec<SetSource>,
    pub saved_at: Millis,
}

/// A source of a saved set; one the user can no longer read has no title.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SetSource {
    pub kind: SourceKind,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The user's saved sets.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SourceSets {
    pub sets: Vec<SourceSet>,
}
