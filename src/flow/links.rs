//! Addresses of issues and pages on the site. Made from ids that were read, never from text.

use super::session::Session;

/// The issue's page.
pub(crate) fn issue(session: &Session, key: &str) -> String {
    format!("{}/browse/{key}", session.invocation.tenant.site_url())
}

/// The page, by its id alone.
pub(crate) fn page(session: &Session, id: &str) -> String {
    format!("{}/wiki/pages/viewpage.action?pageId={id}", session.invocation.tenant.site_url())
}
