//! Many issues and projects at once: what the index reads and what a search checks.
//! A bulk fetch answers with those the asking one may read and no others, whatever keys were asked for: unlike JQL's
//! `key in (…)`, which fails as a whole for one key that is gone or hidden.

use serde::Deserialize;
use serde_json::json;

use super::{Comments, Issue, Project, SEARCH, asked, endpoint};
use crate::product::{Endpoint, Unanswered, read};
use crate::protocol::Method;
use crate::protocol::op::{ProductAnswer, ProductCall};

/// `POST /rest/api/3/issue/bulkfetch`: issues by their keys, 100 at most.
pub const BULK: Endpoint = asked(Method::Post, "/rest/api/3/issue/bulkfetch");
/// `POST /rest/api/3/search/approximate-count`: how many issues JQL finds, nearly.
pub const COUNT: Endpoint = asked(Method::Post, "/rest/api/3/search/approximate-count");
/// `GET /rest/api/3/issue/{}/comment`: an issue's comments in pages.
pub const COMMENTS: Endpoint = endpoint("/rest/api/3/issue/{}/comment");
/// `GET /rest/api/3/project/search`: projects in pages.
pub const PROJECTS: Endpoint = endpoint("/rest/api/3/project/search");
/// `GET /rest/api/3/project/{}`: one project.
pub const PROJECT: Endpoint = endpoint("/rest/api/3/project/{}");

/// Issues fetched together, at most.
pub const FETCHED: usize = 50;

/// What a hit shows.
const SHOWN: [&str; 6] = ["summary", "issuetype", "status", "project", "updated", "security"];
/// What is indexed, and what a snippet is cut from; and the people whose names are masked in it before any of it is embedded.
const TEXTS: [&str; 5] = ["description", "comment", "creator", "reporter", "assignee"];

/// Reads issues by their keys, with their texts or without. Keys of issues that are gone or hidden are passed over.
#[must_use]
pub fn fetch(keys: &[&str], texts: bool) -> ProductCall {
    let fields: Vec<&str> = SHOWN.iter().chain(TEXTS.iter().filter(|_| texts)).copied().collect();
    BULK.call(&[], &[], Some(json!({"issueIdsOrKeys": keys, "fields": fields}).to_string()))
}

/// Lists a project's issues by rising number, with nothing but when they changed.
#[must_use]
pub fn listing(project_id: &str, cursor: Option<&str>) -> ProductCall {
    let jql = format!("project = {project_id} ORDER BY key ASC");
    let mut query = vec![("jql", jql.as_str()), ("fields", "updated"), ("maxResults", "100")];
    if let Some(cursor) = cursor {
        query.push(("nextPageToken", cursor));
    }
    SEARCH.call(&[], &query, None)
}

/// Counts a project's issues, nearly.
#[must_use]
pub fn count(project_id: &str) -> ProductCall {
    COUNT.call(&[], &[], Some(json!({"jql": format!("project = {project_id}")}).to_string()))
}

/// An issue's comments from this one on.
#[must_use]
pub fn comments(key: &str, start: usize) -> ProductCall {
    COMMENTS.call(&[key], &[("startAt", start.to_string().as_str()), ("maxResults", "100")], None)
}

/// Lists projects whose key or name has this text.
#[must_use]
pub fn projects(text: &str, start: usize, limit: u32) -> ProductCall {
    let (start, limit) = (start.to_string(), limit.to_string());
    let mut query = vec![("startAt", start.as_str()), ("maxResults", limit.as_str()), ("orderBy", "key")];
    if !text.is_empty() {
        query.push(("query", text));
    }
    PROJECTS.call(&[], &query, None)
}

/// One project.
#[must_use]
pub fn project(key_or_id: &str) -> ProductCall {
    PROJECT.call(&[key_or_id], &[], None)
}

/// Issues of a bulk fetch.
#[derive(Debug, Deserialize)]
pub struct Together {
    /// Those the asking one may read.
    pub issues: Vec<Issue>,
}

/// A page of projects.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Projects {
    /// The projects.
    pub values: Vec<Project>,
    /// Whether there are no more.
    #[serde(default)]
    pub is_last: bool,
}

/// Reads the answer of [`fetch`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_together(answer: &ProductAnswer) -> Result<Together, Unanswered> {
    read(answer)
}

/// Reads the answer of [`comments`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_comments(answer: &ProductAnswer) -> Result<Comments, Unanswered> {
    read(answer)
}

/// Reads the answer of [`projects`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_projects(answer: &ProductAnswer) -> Result<Projects, Unanswered> {
    read(answer)
}

/// Reads the answer of [`project`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_project(answer: &ProductAnswer) -> Result<Project, Unanswered> {
    read(answer)
}

/// Reads the answer of [`count`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_count(answer: &ProductAnswer) -> Result<u64, Unanswered> {
    #[derive(Deserialize)]
    struct Body {
        count: u64,
    }
    read(answer).map(|body: Body| body.count)
}
