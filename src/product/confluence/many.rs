//! Many pages and spaces at once: what the index reads and what a search checks.
//! A list of pages holds those the asking one may read and no others, whatever ids were asked for.

use serde::Deserialize;

use super::{Container, PAGES, SPACES, onward, search};
use crate::product::{Unanswered, read};
use crate::protocol::op::{ProductAnswer, ProductCall};

/// Pages read together with their bodies, at most.
pub const TOGETHER: usize = 25;

/// Reads pages by their ids, with their bodies or without. Ids of pages that are gone or hidden are passed over.
#[must_use]
pub fn pages(ids: &[&str], bodies: bool) -> ProductCall {
    let ids = ids.join(",");
    let mut query = vec![("id", ids.as_str()), ("status", "current"), ("limit", "250")];
    if bodies {
        query.push(("body-format", "storage"));
    }
    PAGES.call(&[], &query, None)
}

/// Lists a space's pages by rising id, without bodies.
#[must_use]
pub fn listing(space_id: &str, cursor: Option<&str>) -> ProductCall {
    let query = [("space-id", space_id), ("status", "current"), ("sort", "id"), ("limit", "100")];
    PAGES.call(&[], &onward(&query, cursor), None)
}

/// Counts a space's pages.
#[must_use]
pub fn count(space_key: &str) -> ProductCall {
    let cql = format!("type = page AND space = \"{space_key}\"");
    search(&cql, 1, None)
}

/// Reads the answer of [`count`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_count(answer: &ProductAnswer) -> Result<u64, Unanswered> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        total_size: u64,
    }
    read(answer).map(|body: Body| body.total_size)
}

/// Lists spaces from where an earlier page ended.
#[must_use]
pub fn spaces_from(limit: u32, cursor: Option<&str>) -> ProductCall {
    let limit = limit.to_string();
    let query = [("limit", limit.as_str()), ("status", "current"), ("sort", "key")];
    SPACES.call(&[], &onward(&query, cursor), None)
}

/// Finds spaces by words of their titles.
#[must_use]
pub fn spaces_titled(text: &str, limit: u32, cursor: Option<&str>) -> ProductCall {
    let words = super::words(text);
    let cql = format!("type = space AND title ~ \"{words}*\"");
    search(&cql, limit, cursor)
}

/// One space by its key.
#[must_use]
pub fn the_space(key: &str) -> ProductCall {
    SPACES.call(&[], &[("keys", key), ("limit", "1")], None)
}

/// A hit of the search.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The page.
    #[serde(default)]
    pub content: Option<FoundContent>,
    /// The space, when that is what was found.
    #[serde(default)]
    pub space: Option<FoundSpace>,
    /// Its title, perhaps with highlight marks.
    #[serde(default)]
    pub title: String,
    /// The space it is in.
    #[serde(default)]
    pub result_global_container: Option<Container>,
    /// When it changed last (ISO 8601).
    #[serde(default)]
    pub last_modified: Option<String>,
}

/// A page of a hit.
#[derive(Debug, Deserialize)]
pub struct FoundContent {
    /// Its id.
    pub id: String,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
}

/// A space found.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Confluence's own")]
pub struct FoundSpace {
    pub id: u64,
    pub key: String,
    pub name: String,
}
