//! The products' own search: recent changes, and whatever the index does not hold. Its order is the products'.
//! It keeps nothing and ranks nothing.

use super::issue_hit;
use crate::flow::index::Within;
use crate::flow::links;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::flow::task::together;
use crate::product::confluence::{self, Found, Listed};
use crate::product::jira::{self, Issues};
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::view::{Container, Hit, Why};
use crate::protocol::{Millis, Product, SourceKind};
use crate::search::query::{Filters, Query};

/// What the products found.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) hits: Vec<Hit>,
    pub(super) failed: Vec<Product>,
    pub(super) next: Cursors,
}

/// Searches tickets and pages. One product failing does not take the other's hits away.
pub(super) async fn search(session: &Session, query: &Query, within: Within<'_>, cursors: &Cursors) -> Answered {
    let mut answered = Answered::default();
    // Filters the products do not know in our words: an author by id, words that must not be there.
    if !query.filters.authors.any.is_empty() || !query.filters.authors.none.is_empty() {
        return answered;
    }
    let text = query.plain.as_str();
    let wants = |kind| within.kinds.is_empty() || within.kinds.contains(&kind);
    let mut asked: Vec<(Product, ProductCall)> = Vec::new();
    if wants(SourceKind::Issue) && cursors.goes_on(Product::Jira) {
        asked.push((Product::Jira, jira::search(text, LIMIT, cursors.jira.as_deref())));
    }
    if wants(SourceKind::Page) && cursors.goes_on(Product::Confluence) {
        asked.push((Product::Confluence, confluence::search_pages(text, LIMIT, cursors.confluence.as_deref())));
    }
    let (products, calls): (Vec<_>, Vec<_>) = asked.into_iter().unzip();
    let answers = together(calls.into_iter().map(|call| session.ask(call)).collect()).await;
    for (product, answer) in products.into_iter().zip(answers) {
        match answer.and_then(|answer| read_hits(session, product, &answer, text)) {
            Ok((found, cursor)) => {
                answered.hits.extend(found);
                answered.next.set(product, cursor);
            }
            Err(_) => answered.failed.push(product),
        }
    }
    let today = session.host.now().as_days();
    answered.hits.retain(|hit| admits(&query.filters, within, hit, today));
    // A typed key first, then titles with the words; within each the products' own order.
    answered.hits.sort_by_key(|hit| hit.why.first().copied());
    answered
}

/// Whether a hit is what was asked for: the products were asked for the words alone.
fn admits(filters: &Filters, within: Within<'_>, hit: &Hit, today: u32) -> bool {
    let named = |key: &String| key.eq_ignore_ascii_case(&hit.container.key);
    let container = match hit.kind {
        SourceKind::Issue => format!("project:{}", hit.container.key),
        SourceKind::Page => format!("space:{}", hit.container.key),
    };
    let kind = hit.r#type.as_deref().or((hit.kind == SourceKind::Page).then_some("page"));
    let updated = Millis::parse(&hit.updated).map(Millis::as_days);
    (within.containers.is_empty() || within.containers.iter().any(named))
        && filters.admits_container(&container)
        && filters.admits_kind(kind)
        && filters.admits_updated(updated, today)
}

/// The issue whose key was typed, if it is there and not among the hits already.
pub(super) async fn by_key(session: &Session, text: &str, hits: &[Hit]) -> Option<Hit> {
    let key = jira::issue_key(text).filter(|key| hits.iter().all(|hit| hit.id != *key))?;
    let issue = session.fetch(jira::listed(&key), jira::read_issue).await.ok()?;
    Some(issue_hit(session, issue, vec![Why::Key]))
}

fn read_hits(
    session: &Session,
    product: Product,
    answer: &ProductAnswer,
    text: &str,
) -> Result<(Vec<Hit>, Option<String>), Stop> {
    match product {
        Product::Jira => {
            let Issues { issues, next_page_token } = jira::read_search(answer)?;
            let hits = issues.into_iter().map(|issue| {
                let why = vec![why(text, &issue.key, issue.fields.summary.as_deref().unwrap_or_default())];
                issue_hit(session, issue, why)
            });
            Ok((hits.collect(), next_page_token))
        }
        Product::Confluence => {
            let listed: Listed<Found> = confluence::read_list(answer)?;
            let cursor = listed.cursor();
            let hits = listed.results.into_iter().filter_map(|found| page_hit(session, found, text));
            Ok((hits.collect(), cursor))
        }
    }
}

fn why(text: &str, key: &str, title: &str) -> Why {
    let title = title.to_lowercase();
    let mut words = text.split_whitespace().map(str::to_lowercase).peekable();
    if words.peek().is_none() {
        Why::Recent
    } else if text.trim().eq_ignore_ascii_case(key) {
        Why::Key
    } else if words.all(|word| title.contains(&word)) {
        Why::Title
    } else {
        Why::Text
    }
}

/// A page of the search as a hit.
pub(super) fn page_hit(session: &Session, found: Found, text: &str) -> Option<Hit> {
    let content = found.content?;
    let container = found
        .result_global_container
        .map_or(Container::unknown(), |c| Container { key: c.key().to_owned(), name: c.title });
    let title = content.title.unwrap_or(found.title);
    Some(Hit {
        kind: SourceKind::Page,
        url: links::page(session, &content.id),
        why: vec![why(text, &content.id, &title)],
        id: content.id,
        key: None,
        title,
        container,
        updated: found.last_modified.unwrap_or_default(),
        r#type: None,
        status: None,
        terms: Vec::new(),
        snippet: Vec::new(),
        spot: None,
        same: 0,
        restricted: false,
    })
}

/// Where each product's next page begins.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    pub(super) first: bool,
    pub(super) jira: Option<String>,
    pub(super) confluence: Option<String>,
    /// What the index gave on the first page: the products do not say it again.
    pub(super) shown: Vec<String>,
}

impl Cursors {
    pub(super) fn parse(text: Option<&str>) -> Result<Cursors, Stop> {
        let Some(text) = text else { return Ok(Cursors { first: true, ..Cursors::default() }) };
        let (jira, confluence, shown) = serde_json::from_str(text).map_err(|_| bad_field("cursor"))?;
        Ok(Cursors { first: false, jira, confluence, shown })
    }

    fn goes_on(&self, product: Product) -> bool {
        self.first
            || match product {
                Product::Jira => self.jira.is_some(),
                Product::Confluence => self.confluence.is_some(),
            }
    }

    fn set(&mut self, product: Product, cursor: Option<String>) {
        match product {
            Product::Jira => self.jira = cursor,
            Product::Confluence => self.confluence = cursor,
        }
    }

    pub(super) fn print(&self) -> Option<String> {
        let more = self.jira.is_some() || self.confluence.is_some();
        more.then(|| serde_json::json!([self.jira, self.confluence, self.shown]).to_string())
    }
}

/// Hits of each product on one page.
pub(super) const LIMIT: u32 = 12;
