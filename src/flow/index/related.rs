//! What is like a ticket or page: its own most telling words as the query, itself left out.
//! The document is read as the asking user; its words go into the index's plan and nowhere else.

use std::collections::BTreeMap;

use super::live;
use super::query::{Answered, Within, search};
use crate::flow::read;
use crate::flow::session::Session;
use crate::flow::spot::Plain;
use crate::flow::stop::{Stop, bad_field};
use crate::protocol::view::Hits;
use crate::protocol::{Refusal, SourceKind, SourceRef};
use crate::search::query::{Query, QueryTerm};
use crate::search::words;

/// Searches for what is like a document.
pub(crate) async fn related(session: &Session, kind: SourceKind, id: &str) -> Result<Hits, Stop> {
    let wanted = read::parse_ref(&SourceRef { kind, id: id.trim().to_owned() }).map_err(|_| bad_field("id"))?;
    let settings = session.index_settings().await?.settings;
    let mut checked = live::check(session, &settings, &[(kind, wanted.id.clone())], 1).await;
    let live = checked.live.remove(&(kind, wanted.id.clone())).ok_or(Refusal::NotFound)?;
    let query = telling(&live.hit.title, live.text.as_deref().map_or("", Plain::text));
    let Answered { mut hits, state, failed } =
        search(session, &query, Within { kinds: &[], containers: &[], refine: false }).await;
    hits.retain(|hit| (hit.kind, hit.id.as_str()) != (kind, wanted.id.as_str()));
    Ok(Hits { hits, cursor: None, failed, index: state })
}

/// The words that say most of a document: those that come often, and those of its title twice as much. What is common everywhere the
/// plan leaves out first.
fn telling(title: &str, text: &str) -> Query {
    let text: String = text.chars().take(READ).collect();
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    for (field, weight) in [(title, 2.0), (text.as_str(), 1.0)] {
        for (term, frequency) in words::weigh("", &[], field, None).terms {
            *weights.entry(term).or_default() += weight * (1.0 + frequency.ln_1p());
        }
    }
    let mut terms: Vec<(String, f32)> = weights.into_iter().filter(|(term, _)| term.chars().count() > 2).collect();
    terms.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    terms.truncate(TERMS);
    let term = |(word, (text, weight)): (usize, (String, f32))| QueryTerm {
        text,
        weight,
        word,
        group: word,
        prefix: false,
        fuzzy: false,
        required: false,
        phrase: None,
    };
    Query { terms: terms.into_iter().enumerate().map(term).collect(), ..Query::default() }
}

/// Characters of a document that are looked at, and words of it that are asked.
const READ: usize = 20_000;
const TERMS: usize = 16;
