//! Addresses of issues and pages on the site. Made from ids that were read; text only as an encoded fragment.

use super::session::Session;
use crate::product::encoded;

/// The issue's page.
pub(crate) fn issue(session: &Session, key: &str) -> String {
    format!("{}/browse/{key}", session.invocation.tenant.site_url())
}

/// The page, by its id alone.
pub(crate) fn page(session: &Session, id: &str) -> String {
    format!("{}/wiki/pages/viewpage.action?pageId={id}", session.invocation.tenant.site_url())
}

/// An issue at one of its comments, whose id is digits.
pub(crate) fn at_comment(issue: &str, id: &str) -> String {
    format!("{issue}?focusedCommentId={}", encoded(id))
}

/// A page at one of its headings, by the name the page has for it.
pub(crate) fn at_heading(page: &str, anchor: &str) -> String {
    format!("{page}#{}", encoded(anchor))
}
