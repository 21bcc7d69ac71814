//! Confluence Cloud REST API, v2 and the parts of v1 that v2 lacks (search, current user).
//! Source: developer.atlassian.com/cloud/confluence/rest.

mod listed;
mod many;
mod users;

pub use listed::{Links, Listed};
pub use many::{
    Found, FoundContent, FoundSpace, TOGETHER, count, listing, pages, read_count, spaces_from, spaces_titled, the_space,
};
pub use users::{Known, NAMED, USERS, read_users, users};

use serde::Deserialize;
use serde_json::json;

use super::{Endpoint, Unanswered, jira::words, read};
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::{Method, Product};

/// `GET /wiki/rest/api/search`: content and spaces by CQL.
pub const SEARCH: Endpoint = endpoint(Method::Get, "/wiki/rest/api/search", "search:confluence");
/// `GET /wiki/api/v2/pages/{id}`: one page.
pub const PAGE: Endpoint = endpoint(Method::Get, "/wiki/api/v2/pages/{}", "read:page:confluence");
/// `GET /wiki/api/v2/pages/{id}/versions/{number}`: who wrote a version, when, with which message.
pub const PAGE_VERSION: Endpoint = endpoint(Method::Get, "/wiki/api/v2/pages/{}/versions/{}", "read:page:confluence");
/// `GET /wiki/api/v2/pages/{id}/operations`: what the asking user may do with a page.
pub const PAGE_OPERATIONS: Endpoint = endpoint(Method::Get, "/wiki/api/v2/pages/{}/operations", "read:page:confluence");
/// `GET /wiki/api/v2/pages`: pages by space and title.
pub const PAGES: Endpoint = endpoint(Method::Get, "/wiki/api/v2/pages", "read:page:confluence");
/// `POST /wiki/api/v2/pages`: a new page.
pub const CREATE: Endpoint = endpoint(Method::Post, "/wiki/api/v2/pages", "write:page:confluence");
/// `PUT /wiki/api/v2/pages/{id}`: a new version; its number is the compare-and-set.
pub const UPDATE: Endpoint = endpoint(Method::Put, "/wiki/api/v2/pages/{}", "write:page:confluence");
/// `DELETE /wiki/api/v2/pages/{id}`: to the trash, from which it can be restored.
pub const TRASH: Endpoint = endpoint(Method::Delete, "/wiki/api/v2/pages/{}", "delete:page:confluence");
/// `GET /wiki/api/v2/spaces`: spaces.
pub const SPACES: Endpoint = endpoint(Method::Get, "/wiki/api/v2/spaces", "read:space:confluence");
/// `GET /wiki/rest/api/user/current`: the asking user.
pub const CURRENT_USER: Endpoint = endpoint(Method::Get, "/wiki/rest/api/user/current", "read:confluence-user");

const fn endpoint(method: Method, pattern: &'static str, scope: &'static str) -> Endpoint {
    Endpoint { product: Product::Confluence, method, pattern, scope }
}

/// Searches pages; empty text lists the recently changed.
#[must_use]
pub fn search_pages(text: &str, limit: u32, cursor: Option<&str>) -> ProductCall {
    let words = words(text);
    let cql = if words.is_empty() {
        "type = page ORDER BY lastmodified DESC".to_owned()
    } else {
        format!("type = page AND (title ~ \"{words}*\" OR text ~ \"{words}\") ORDER BY lastmodified DESC")
    };
    search(&cql, limit, cursor)
}

/// Searches by CQL, on from a cursor where there is one.
fn search(cql: &str, limit: u32, cursor: Option<&str>) -> ProductCall {
    let limit = limit.to_string();
    let query = [("cql", cql), ("limit", limit.as_str())];
    SEARCH.call(&[], &onward(&query, cursor), None)
}

/// A query with the cursor of the page before.
fn onward<'a>(query: &[(&'a str, &'a str)], cursor: Option<&'a str>) -> Vec<(&'a str, &'a str)> {
    query.iter().copied().chain(cursor.map(|cursor| ("cursor", cursor))).collect()
}

/// Lists spaces.
#[must_use]
pub fn spaces(limit: u32) -> ProductCall {
    SPACES.call(&[], &[("limit", limit.to_string().as_str())], None)
}

/// One space.
#[must_use]
pub fn space(id: &str) -> ProductCall {
    SPACES.call(&[], &[("ids", id), ("limit", "1")], None)
}

/// Reads a page's body in storage format.
#[must_use]
pub fn page(id: &str) -> ProductCall {
    PAGE.call(&[id], &[("body-format", "storage")], None)
}

/// Reads an earlier version's body in storage format.
#[must_use]
pub fn page_at(id: &str, version: u32) -> ProductCall {
    PAGE.call(&[id], &[("body-format", "storage"), ("version", version.to_string().as_str())], None)
}

/// Reads who wrote a version, when, with which message.
#[must_use]
pub fn version(id: &str, number: u32) -> ProductCall {
    PAGE_VERSION.call(&[id, number.to_string().as_str()], &[], None)
}

/// Asks what the user may do with a page.
#[must_use]
pub fn operations(id: &str) -> ProductCall {
    PAGE_OPERATIONS.call(&[id], &[], None)
}

/// Finds a page of a space by its exact title.
#[must_use]
pub fn titled(space_id: &str, title: &str) -> ProductCall {
    PAGES.call(&[], &[("space-id", space_id), ("title", title), ("limit", "1")], None)
}

/// Creates a page.
pub(crate) fn create(space_id: &str, parent_id: Option<&str>, title: &str, storage: &str) -> ProductCall {
    let mut body = json!({
        "spaceId": space_id, "status": "current", "title": title,
        "body": {"representation": "storage", "value": storage},
    });
    if let (Some(parent), Some(fields)) = (parent_id, body.as_object_mut()) {
        fields.insert("parentId".to_owned(), parent.into());
    }
    CREATE.call(&[], &[], Some(body.to_string()))
}

/// Writes a page's next version.
pub(crate) fn update(id: &str, title: &str, storage: &str, version: u32, message: &str) -> ProductCall {
    let body = json!({
        "id": id, "status": "current", "title": title,
        "body": {"representation": "storage", "value": storage},
        "version": {"number": version, "message": message},
    });
    UPDATE.call(&[id], &[], Some(body.to_string()))
}

/// Moves a page to the trash.
pub(crate) fn trash(id: &str) -> ProductCall {
    TRASH.call(&[id], &[], None)
}

/// Asks who the user is and what they may do on the whole site.
#[must_use]
pub fn current_user() -> ProductCall {
    CURRENT_USER.call(&[], &[("expand", "operations")], None)
}

/// A page, as Confluence gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageRead {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its space.
    #[serde(default)]
    pub space_id: Option<String>,
    /// Who made it.
    #[serde(default)]
    pub author_id: Option<String>,
    /// The version read.
    pub version: Version,
    /// The body asked for.
    #[serde(default)]
    pub body: Option<Body>,
}

/// A version of a page.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// From 1 up.
    pub number: u32,
    /// What its writer said of it.
    #[serde(default)]
    pub message: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub author_id: Option<String>,
    /// When (ISO 8601).
    #[serde(default)]
    pub created_at: Option<String>,
}

/// A body in storage format.
#[derive(Debug, Deserialize)]
pub struct Body {
    /// The representation asked for.
    #[serde(default)]
    pub storage: Option<Storage>,
}

/// Storage format text.
#[derive(Debug, Deserialize)]
pub struct Storage {
    /// XHTML with Confluence's elements.
    pub value: String,
}

impl PageRead {
    /// The body in storage format; empty when there is none.
    #[must_use]
    pub fn storage(&self) -> &str {
        self.body.as_ref().and_then(|body| body.storage.as_ref()).map_or("", |storage| storage.value.as_str())
    }
}

/// A space of a hit.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Container {
    /// Its name.
    #[serde(default)]
    pub title: String,
    /// Its address on the site (`/spaces/KEY`).
    #[serde(default)]
    pub display_url: String,
}

impl Container {
    /// The space's key.
    #[must_use]
    pub fn key(&self) -> &str {
        self.display_url.split('/').skip_while(|part| *part != "spaces").nth(1).unwrap_or("")
    }
}

/// A space.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Confluence's own")]
pub struct Space {
    pub id: String,
    pub key: String,
    pub name: String,
}

/// Something the user may do.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Confluence's own")]
pub struct Permitted {
    pub operation: String,
    pub target_type: String,
}

/// Reads the answer of [`page`], [`page_at`], `create` or `update`.
///
/// # Errors
/// As [`Unanswered`].
pub fn read_page(answer: &ProductAnswer) -> Result<PageRead, Unanswered> {
    read(answer)
}

/// Reads a list.
///
/// # Errors
/// As [`Unanswered`].
pub fn read_list<T: serde::de::DeserializeOwned>(answer: &ProductAnswer) -> Result<Listed<T>, Unanswered> {
    read(answer)
}

/// Reads the answer of [`version`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_version(answer: &ProductAnswer) -> Result<Version, Unanswered> {
    read(answer)
}

/// Whether the answer of [`operations`] permits writing a version.
///
/// # Errors
/// As [`Unanswered`].
pub fn read_can_update(answer: &ProductAnswer) -> Result<bool, Unanswered> {
    #[derive(Deserialize)]
    struct Body {
        operations: Vec<Permitted>,
    }
    let body: Body = read(answer)?;
    Ok(body.operations.iter().any(|p| p.operation == "update" && p.target_type == "page"))
}

/// Whether the answer of [`current_user`] makes the user an administrator of Confluence.
///
/// # Errors
/// As [`Unanswered`].
pub fn read_is_admin(answer: &ProductAnswer) -> Result<bool, Unanswered> {
    #[derive(Deserialize)]
    struct Body {
        #[serde(default)]
        operations: Vec<Permitted>,
    }
    let body: Body = read(answer)?;
    Ok(body.operations.iter().any(|p| p.operation == "administer" && p.target_type == "application"))
}

/// The display name in the answer of [`current_user`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_name(answer: &ProductAnswer) -> Result<String, Unanswered> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Body {
        #[serde(default)]
        display_name: String,
    }
    read(answer).map(|body: Body| body.display_name)
}

/// Whether a refused `create` says that the title is taken in the space.
///
/// The product has no code for it; its message is the only sign.
#[must_use]
pub fn says_title_taken(answer: &ProductAnswer) -> bool {
    answer.status == 400 && answer.body.to_ascii_lowercase().contains("already exists with the same title")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_space_key_is_the_segment_after_spaces() {
        let container = |url: &str| Container { title: String::new(), display_url: url.to_owned() };
        assert_eq!(container("/spaces/OPS").key(), "OPS");
        assert_eq!(container("/wiki/spaces/OPS/overview").key(), "OPS");
        assert_eq!(container("").key(), "");
    }

    #[test]
    fn an_update_carries_the_version_it_makes() {
        let call = update("7", "T", "<p/>", 8, "m");
        assert_eq!(call.path, "/wiki/api/v2/pages/7");
        assert!(call.body.unwrap().contains("\"version\":{\"number\":8,\"message\":\"m\"}"));
    }
}
