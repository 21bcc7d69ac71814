//! What the asking user may read of these documents now, asked of the products in batches: title, state and text as they are.
//! It keeps no verdict and ranks nothing.
//!
//! INVARIANT: a document is here only if the product gave it to this very user in this very call. Whatever goes wrong, it is not.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::documents;
use crate::flow::people;
use crate::flow::session::Session;
use crate::flow::spot::Plain;
use crate::flow::stop::Stop;
use crate::flow::task::together;
use crate::product::confluence::{self, Listed, PageRead};
use crate::product::jira::{self, Issue};
use crate::protocol::op::{ProductAnswer, ProductCall};
use crate::protocol::view::{Container, Hit};
use crate::protocol::{Product, SourceKind};
use crate::record::{IndexSettings, Person};

/// A document as the asking user may read it now.
#[derive(Debug, Clone)]
pub(super) struct Live {
    /// What a list shows of it; no reasons yet.
    pub(super) hit: Hit,
    /// Its plain text, when it was asked for.
    pub(super) text: Option<Rc<Plain>>,
    /// Whom it names, when its text was asked for.
    pub(super) people: Vec<Person>,
}

/// What was answered.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) live: BTreeMap<(SourceKind, String), Live>,
    /// Products that did not answer: nothing of theirs is here.
    pub(super) failed: Vec<Product>,
}

/// Asks for these documents as the user; of the first ones the text too.
pub(super) async fn check(
    session: &Session,
    settings: &IndexSettings,
    wanted: &[(SourceKind, String)],
    texts: usize,
) -> Checked {
    let (with, without) = wanted.split_at_checked(texts).unwrap_or((wanted, &[]));
    let mut calls: Vec<(Product, ProductCall)> = Vec::new();
    for (batch, has_text) in [(with, true), (without, false)] {
        let of = |kind| batch.iter().filter(move |(k, _)| *k == kind).map(|(_, id)| id.as_str()).collect::<Vec<_>>();
        for keys in of(SourceKind::Issue).chunks(jira::FETCHED) {
            calls.push((Product::Jira, jira::fetch(keys, has_text)));
        }
        for ids in of(SourceKind::Page).chunks(confluence::TOGETHER) {
            calls.push((Product::Confluence, confluence::pages(ids, has_text)));
        }
    }
    let (products, calls): (Vec<_>, Vec<_>) = calls.into_iter().unzip();
    let answers = together(calls.into_iter().map(|call| session.ask(call)).collect()).await;
    let mut checked = Checked::default();
    for (product, answer) in products.into_iter().zip(answers) {
        match answer.and_then(|answer| read(session, settings, product, &answer)) {
            Ok(found) => {
                // Of another document than was asked for: an issue that moved answers to the key it had.
                let asked = found.into_iter().map(|live| ((live.hit.kind, live.hit.id.clone()), live));
                checked.live.extend(asked.filter(|(of, _)| wanted.contains(of)));
            }
            Err(_) if checked.failed.contains(&product) => {}
            Err(_) => checked.failed.push(product),
        }
    }
    checked
}

/// Titles of sources as the user may read them now; nothing for the others.
pub(crate) async fn titles(
    session: &Session,
    wanted: &[(SourceKind, String)],
) -> BTreeMap<(SourceKind, String), String> {
    let checked = check(session, &IndexSettings::default(), wanted, 0).await;
    checked.live.into_iter().map(|(of, live)| (of, live.hit.title)).collect()
}

fn read(
    session: &Session,
    settings: &IndexSettings,
    product: Product,
    answer: &ProductAnswer,
) -> Result<Vec<Live>, Stop> {
    match product {
        Product::Jira => {
            Ok(jira::read_together(answer)?.issues.into_iter().map(|issue| of_issue(session, issue)).collect())
        }
        Product::Confluence => {
            let listed: Listed<PageRead> = confluence::read_list(answer)?;
            Ok(listed.results.into_iter().map(|page| of_page(session, settings, page)).collect())
        }
    }
}

fn of_issue(session: &Session, issue: Issue) -> Live {
    let has_text = issue.fields.description.is_some() || issue.fields.comment.is_some();
    let text = has_text.then(|| Rc::new(Plain::of(&documents::texts(&issue.fields, &[]).read)));
    let people = if has_text { people::of_issue(&issue.fields, &[]) } else { Vec::new() };
    let restricted = issue.fields.security.is_some();
    let hit = crate::flow::search::issue_hit(session, issue, Vec::new());
    Live { hit: Hit { restricted, ..hit }, text, people }
}

fn of_page(session: &Session, settings: &IndexSettings, page: PageRead) -> Live {
    let body = page.body.is_some().then(|| documents::body(&page));
    let people = match &body {
        Some(body) => people::of_page(&page, body.iter().flat_map(|text| &text.document.blocks)),
        None => Vec::new(),
    };
    let text = body.map(|body| Rc::new(Plain::of(body.as_slice())));
    let space = settings.of(SourceKind::Page).find(|space| Some(space.id.as_str()) == page.space_id.as_deref());
    let space =
        space.map_or_else(Container::unknown, |space| Container { key: space.key.clone(), name: space.title.clone() });
    Live { hit: crate::flow::search::page_hit_of(session, page, space), text, people }
}
