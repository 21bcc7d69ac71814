//! What the app asks of Jira and Confluence: every endpoint once, with its scope; requests built, answers read.
//! It performs nothing and decides nothing.
//!
//! INVARIANT: a path is made from an endpoint's pattern and percent-encoded parts only (RFC 3986 §2.1), so no part
//! can add a segment or a query.

pub mod confluence;
pub mod jira;

use crate::policy::AsApp;
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::{Actor, Fault, Method, Product, Refusal};

/// One endpoint of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// Which product.
    pub product: Product,
    /// The method.
    pub method: Method,
    /// The path, with `{}` for each part.
    pub pattern: &'static str,
    /// The scope it needs, in the manifest's words.
    pub scope: &'static str,
}

/// Every endpoint the app can ask. The manifest's scopes are compared with it.
pub const SURFACE: &[Endpoint] = &[
    jira::SEARCH,
    jira::ISSUE,
    jira::MY_PERMISSIONS,
    jira::BULK,
    jira::COUNT,
    jira::COMMENTS,
    jira::PROJECTS,
    jira::PROJECT,
    confluence::SEARCH,
    confluence::PAGE,
    confluence::PAGE_VERSION,
    confluence::PAGE_OPERATIONS,
    confluence::PAGES,
    confluence::CREATE,
    confluence::UPDATE,
    confluence::TRASH,
    confluence::SPACES,
    confluence::CURRENT_USER,
    confluence::USERS,
];

/// Those of them that background work asks as the app, for containers an admin switched on.
pub const AS_APP: &[Endpoint] = &[
    jira::SEARCH,
    jira::BULK,
    jira::COUNT,
    jira::COMMENTS,
    jira::PROJECT,
    confluence::SEARCH,
    confluence::PAGES,
    confluence::SPACES,
    confluence::USERS,
];

impl Endpoint {
    /// A request as the person at the page.
    pub(crate) fn call(&self, parts: &[&str], query: &[(&str, &str)], body: Option<String>) -> ProductCall {
        let mut path = String::with_capacity(self.pattern.len().saturating_add(32));
        let mut parts = parts.iter();
        for (index, literal) in self.pattern.split("{}").enumerate() {
            if index > 0 {
                encode(parts.next().copied().unwrap_or_default(), &mut path);
            }
            path.push_str(literal);
        }
        for (index, (name, value)) in query.iter().enumerate() {
            path.push(if index == 0 { '?' } else { '&' });
            path.push_str(name);
            path.push('=');
            encode(value, &mut path);
        }
        ProductCall { r#as: Actor::User, because: None, product: self.product, method: self.method, path, body }
    }
}

/// The same request, as the app: the right says so, and the effect says why.
pub(crate) fn of_the_app(call: ProductCall, right: &AsApp<'_>) -> ProductCall {
    ProductCall { r#as: Actor::App, because: Some(right.because()), ..call }
}

/// A part of an address, percent-encoded.
pub(crate) fn encoded(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    encode(part, &mut out);
    out
}

/// Percent-encodes everything but RFC 3986's unreserved characters. A part of dots alone has its dots encoded too.
fn encode(part: &str, into: &mut String) {
    let only_dots = !part.is_empty() && part.bytes().all(|b| b == b'.');
    for byte in part.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'~' => into.push(char::from(byte)),
            b'.' if !only_dots => into.push('.'),
            _ => {
                into.push('%');
                for nibble in [byte >> 4, byte & 0x0f] {
                    into.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0').to_ascii_uppercase());
                }
            }
        }
    }
}

/// Why a product's answer is not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// 401 or 403.
    Forbidden,
    /// 404, or what the product says instead.
    Missing,
    /// 409: the version moved on, or another write was under way.
    Conflict,
    /// 400.
    Rejected,
    /// 413.
    TooLarge,
    /// 429 or 5xx.
    Unavailable,
    /// A success whose body has not the documented shape.
    Malformed,
}

impl Unanswered {
    fn of(status: u16) -> Self {
        match status {
            401 | 403 => Unanswered::Forbidden,
            404 | 410 => Unanswered::Missing,
            409 => Unanswered::Conflict,
            413 => Unanswered::TooLarge,
            400 | 405 | 415 | 422 => Unanswered::Rejected,
            _ => Unanswered::Unavailable,
        }
    }
}

impl From<Unanswered> for crate::flow::Stop {
    fn from(reason: Unanswered) -> Self {
        match reason {
            Unanswered::Forbidden => Refusal::NoPermission.into(),
            Unanswered::Missing => Refusal::NotFound.into(),
            Unanswered::Conflict => Refusal::Stale.into(),
            Unanswered::TooLarge => Refusal::TooLarge.into(),
            Unanswered::Rejected | Unanswered::Unavailable | Unanswered::Malformed => Fault::ProductUnavailable.into(),
        }
    }
}

/// Reads a success body of the documented shape.
///
/// # Errors
/// [`Unanswered`] by status, or [`Unanswered::Malformed`].
pub(crate) fn read<T: serde::de::DeserializeOwned>(answer: &ProductAnswer) -> Result<T, Unanswered> {
    if !(200..300).contains(&answer.status) {
        return Err(Unanswered::of(answer.status));
    }
    serde_json::from_str(&answer.body).map_err(|_| Unanswered::Malformed)
}

/// Reads a success that has no body.
///
/// # Errors
/// [`Unanswered`] by status.
pub(crate) fn done(answer: &ProductAnswer) -> Result<(), Unanswered> {
    if (200..300).contains(&answer.status) { Ok(()) } else { Err(Unanswered::of(answer.status)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parts: &[&str], query: &[(&str, &str)], expected: &str) {
        let endpoint = Endpoint { product: Product::Jira, method: Method::Get, pattern: "/rest/{}/x", scope: "s" };
        assert_eq!(endpoint.call(parts, query, None).path, expected);
    }

    #[test]
    fn a_part_cannot_leave_its_segment() {
        check(&["a/b"], &[], "/rest/a%2Fb/x");
        check(&["../secret"], &[], "/rest/..%2Fsecret/x");
        check(&[".."], &[], "/rest/%2E%2E/x");
        check(&["a?b=c#d"], &[], "/rest/a%3Fb%3Dc%23d/x");
        check(&["a%2fb"], &[], "/rest/a%252fb/x");
    }

    #[test]
    fn a_query_value_cannot_add_a_parameter() {
        check(&["k"], &[("jql", "text ~ \"a&b\"")], "/rest/k/x?jql=text%20~%20%22a%26b%22");
        check(&["k"], &[("a", "ü"), ("b", "")], "/rest/k/x?a=%C3%BC&b=");
    }

    #[test]
    fn every_endpoint_belongs_to_its_product() {
        for endpoint in SURFACE {
            match endpoint.product {
                Product::Jira => assert!(endpoint.pattern.starts_with("/rest/")),
                Product::Confluence => assert!(endpoint.pattern.starts_with("/wiki/")),
            }
        }
    }
}
