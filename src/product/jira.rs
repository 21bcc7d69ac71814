//! Jira Cloud REST API v3, as far as the app asks it.
//! Source: developer.atlassian.com/cloud/jira/platform/rest/v3.

mod many;

pub use many::{
    BULK, COMMENTS, COUNT, FETCHED, PROJECT, PROJECTS, Projects, Together, comments, count, fetch, listing, project,
    projects, read_comments, read_count, read_project, read_projects, read_together,
};

use serde::Deserialize;
use serde_json::Value;

use super::{Endpoint, Unanswered, read};
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::{Method, Product};

/// `GET /rest/api/3/search/jql`: issues by JQL, with token pages.
pub const SEARCH: Endpoint = endpoint("/rest/api/3/search/jql");
/// `GET /rest/api/3/issue/{issueIdOrKey}`: one issue.
pub const ISSUE: Endpoint = endpoint("/rest/api/3/issue/{}");
/// `GET /rest/api/3/mypermissions`: what the asking user may do.
pub const MY_PERMISSIONS: Endpoint = endpoint("/rest/api/3/mypermissions");

const fn endpoint(pattern: &'static str) -> Endpoint {
    asked(Method::Get, pattern)
}

const fn asked(method: Method, pattern: &'static str) -> Endpoint {
    Endpoint { product: Product::Jira, method, pattern, scope: "read:jira-work" }
}

/// A list is enough of these fields; the description is left where it is.
const LIST_FIELDS: &str = "summary,issuetype,status,project,updated";
/// The field allow-list of a draft: nothing else of an issue is ever read.
const READ_FIELDS: &str = "summary,description,comment,issuetype,status,priority,reporter,assignee,creator,created,updated,resolution,project,fixVersions,labels";

/// Searches issues whose text has these words; empty text lists the recently updated.
#[must_use]
pub fn search(text: &str, limit: u32, cursor: Option<&str>) -> ProductCall {
    let jql = search_jql(text);
    let limit = limit.to_string();
    let mut query = vec![("jql", jql.as_str()), ("fields", LIST_FIELDS), ("maxResults", limit.as_str())];
    if let Some(cursor) = cursor {
        query.push(("nextPageToken", cursor));
    }
    SEARCH.call(&[], &query, None)
}

fn search_jql(text: &str) -> String {
    let words = words(text);
    if words.is_empty() {
        return "created IS NOT EMPTY ORDER BY updated DESC".to_owned();
    }
    let matching = format!("(summary ~ \"{words}*\" OR text ~ \"{words}\")");
    format!("{matching} ORDER BY updated DESC")
}

/// Letters, digits and spaces only: JQL's and the text index's own syntax cannot be reached from a search field.
pub(crate) fn words(text: &str) -> String {
    let plain: String = text.chars().take(200).map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text as an issue key, in capitals, if it is one (`[A-Z][A-Z0-9_]+-[0-9]+`).
#[must_use]
pub fn issue_key(text: &str) -> Option<String> {
    let text = text.trim();
    let (project, number) = text.split_once('-')?;
    let mut letters = project.chars();
    let fits = letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && project.len() >= 2
        && project.len() <= 20
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !number.is_empty()
        && number.len() <= 10
        && number.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_ascii_uppercase())
}

/// Reads one issue.
#[must_use]
pub fn issue(key: &str) -> ProductCall {
    ISSUE.call(&[key], &[("fields", READ_FIELDS)], None)
}

/// Reads one issue with the names of its attachments, for whoever looks at it: nothing of it goes anywhere.
#[must_use]
pub fn issue_in_full(key: &str) -> ProductCall {
    ISSUE.call(&[key], &[("fields", &format!("{READ_FIELDS},attachment"))], None)
}

/// Reads what a list shows of one issue. A key in JQL that does not exist fails the whole search, so a typed key is read.
#[must_use]
pub fn listed(key: &str) -> ProductCall {
    ISSUE.call(&[key], &[("fields", LIST_FIELDS)], None)
}

/// Asks whether the user administers Jira.
#[must_use]
pub fn is_admin() -> ProductCall {
    MY_PERMISSIONS.call(&[], &[("permissions", "ADMINISTER")], None)
}

/// Reads the answer of [`is_admin`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_is_admin(answer: &ProductAnswer) -> Result<bool, Unanswered> {
    #[derive(Deserialize)]
    struct Body {
        permissions: std::collections::BTreeMap<String, Permission>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Permission {
        have_permission: bool,
    }
    let body: Body = read(answer)?;
    Ok(body.permissions.get("ADMINISTER").is_some_and(|p| p.have_permission))
}

/// A page of issues.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Issues {
    /// The issues.
    pub issues: Vec<Issue>,
    /// For the next page.
    #[serde(default)]
    pub next_page_token: Option<String>,
}

/// One issue, as Jira gives it.
#[derive(Debug, Deserialize)]
pub struct Issue {
    /// Its key.
    pub key: String,
    /// The fields asked for.
    pub fields: Fields,
}

/// Fields of an issue.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Fields {
    #[serde(default)]
    pub summary: Option<String>,
    #[serde(default)]
    pub description: Option<Value>,
    #[serde(default)]
    pub comment: Option<Comments>,
    #[serde(default, rename = "issuetype")]
    pub issue_type: Option<Named>,
    #[serde(default)]
    pub status: Option<Named>,
    #[serde(default)]
    pub resolution: Option<Named>,
    #[serde(default)]
    pub priority: Option<Named>,
    #[serde(default)]
    pub project: Option<Project>,
    #[serde(default)]
    pub reporter: Option<Person>,
    #[serde(default)]
    pub assignee: Option<Person>,
    #[serde(default)]
    pub creator: Option<Person>,
    #[serde(default)]
    pub updated: Option<String>,
    #[serde(default)]
    pub security: Option<Named>,
    #[serde(default)]
    pub attachment: Vec<Attachment>,
}

/// An attachment, by its name alone.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Attachment {
    pub filename: String,
}

/// Comments of an issue.
#[derive(Debug, Default, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Comments {
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// How many there are; a search gives the first of them.
    #[serde(default)]
    pub total: usize,
}

/// One comment.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Comment {
    #[serde(default)]
    pub id: Option<Value>,
    #[serde(default)]
    pub author: Option<Person>,
    #[serde(default)]
    pub body: Option<Value>,
    /// The group or role it is for; none = whoever reads the issue.
    #[serde(default)]
    pub visibility: Option<Value>,
    /// False for what a service desk's agents say among themselves.
    #[serde(default, rename = "jsdPublic")]
    pub jsd_public: Option<bool>,
}

impl Comment {
    /// Its id, when it is one: digits.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        let is_id = |id: &&str| !id.is_empty() && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit());
        self.id.as_ref().and_then(Value::as_str).filter(is_id)
    }

    /// Whether everybody who reads the issue reads it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.visibility.as_ref().is_none_or(Value::is_null) && self.jsd_public != Some(false)
    }
}

/// Something with a name.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Named {
    pub name: String,
}

/// A project.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Project {
    #[serde(default)]
    pub id: String,
    pub key: String,
    #[serde(default)]
    pub name: String,
}

/// A person.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the names are Jira's own")]
pub struct Person {
    #[serde(default)]
    pub account_id: Option<String>,
    #[serde(default)]
    pub display_name: Option<String>,
    #[serde(default)]
    pub email_address: Option<String>,
}

/// Reads the answer of [`search`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_search(answer: &ProductAnswer) -> Result<Issues, Unanswered> {
    read(answer)
}

/// Reads the answer of [`issue`].
///
/// # Errors
/// As [`Unanswered`].
pub fn read_issue(answer: &ProductAnswer) -> Result<Issue, Unanswered> {
    read(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_field_cannot_write_jql() {
        let jql = search_jql("a\" OR project = SECRET OR text ~ \"b\\");
        assert_eq!(
            jql,
            "(summary ~ \"a OR project SECRET OR text b*\" OR text ~ \"a OR project SECRET OR text b\") ORDER BY updated DESC"
        );
    }

    #[test]
    fn a_key_is_found_as_a_key() {
        assert_eq!(issue_key(" itd-12 "), Some("ITD-12".to_owned()));
        for not in ["itd", "itd-", "-12", "1a-2", "itd-12x", "itd-12-3", "a-1", "itd-12345678901"] {
            assert_eq!(issue_key(not), None, "{not}");
        }
    }

    #[test]
    fn an_empty_search_lists_what_was_updated_last() {
        assert!(search_jql(" !? ").ends_with("ORDER BY updated DESC"));
    }
}
