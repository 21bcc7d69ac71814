//! What there is to re-wrap, stage by stage and a page at a time: from the record catalogue, and from what names records.
//! It reads no content and writes nothing.

use serde_json::json;

use crate::flow::row::PAGE;
use crate::flow::session::Session;
use crate::flow::settings::keys_of;
use crate::flow::stop::Stop;
use crate::protocol::op::{Entities, EntityQuery};
use crate::record::{CLASSES, Class, Lies, RotationStage as Stage, State, entity, key};

/// Names of records, and where the page after them begins; none after the last.
pub(super) struct Page {
    pub(super) names: Vec<String>,
    pub(super) next: Option<String>,
}

/// A page of a stage.
pub(super) async fn page(session: &Session, stage: Stage, cursor: Option<String>) -> Result<Page, Stop> {
    match stage {
        Stage::Secrets => Ok(Page { names: secrets(session).await?, next: None }),
        Stage::Rows => Ok(Page { names: rows().map(|row| row.name()).collect(), next: None }),
        Stage::Listed => Ok(of_rows(session.listed_rows(Class::Sets, cursor).await?)),
        Stage::Jobs => jobs(session, cursor.as_deref()).await,
        Stage::Values => values(session, cursor.as_deref()).await,
    }
}

/// Every secret that is sealed.
pub(super) async fn secrets(session: &Session) -> Result<Vec<String>, Stop> {
    let keys =
        keys_of(&session.settings().await?).into_iter().map(|(route, version)| key::provider_key(route, version));
    Ok([key::NAME_KEYS.to_owned()].into_iter().chain(keys).collect())
}

/// A row known by name.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) entity: &'static str,
    pub(super) key: &'static str,
    pub(super) class: Class,
}

impl Known {
    /// Its name in the sweep's own row.
    pub(super) fn name(self) -> String {
        format!("{}/{}", self.entity, self.key)
    }
}

/// Every row known by name.
pub(super) fn rows() -> impl Iterator<Item = Known> {
    CLASSES.iter().flat_map(|class| {
        let (entity, keys): (&'static str, &'static [&'static str]) = match class.lies() {
            Lies::Rows(entity, keys) => (entity, keys),
            Lies::NamedValues => (entity::INDEX, &[key::INDEX_SITE]),
            Lies::Unsealed | Lies::Secrets | Lies::ListedRows | Lies::Jobs | Lies::ShortLived(_) => (entity::KEPT, &[]),
        };
        keys.iter().map(move |key| Known { entity, key, class: *class })
    })
}

/// Jobs, state by state. One that changes its state meanwhile is written by that, and so is under the primary root.
async fn jobs(session: &Session, cursor: Option<&str>) -> Result<Page, Stop> {
    let (at, cursor) = cursor.and_then(|cursor| cursor.split_once(' ')).unwrap_or(("0", ""));
    let at: usize = at.parse().unwrap_or_default();
    let Some(state) = State::EVERY.get(at) else { return Ok(Page { names: Vec::new(), next: None }) };
    let query = EntityQuery {
        entity: entity::JOB,
        index: entity::BY_STATE,
        partition: vec![json!(state.name())],
        sort: "ASC",
        limit: PAGE,
        cursor: Some(cursor.to_owned()).filter(|cursor| !cursor.is_empty()),
    };
    let Page { names, next } = of_rows(session.host.perform(query).await?);
    let next = match next {
        Some(next) => Some(format!("{at} {next}")),
        None => State::EVERY.get(at + 1).map(|_| format!("{} ", at + 1)),
    };
    Ok(Page { names, next })
}

fn of_rows(found: Entities) -> Page {
    Page { names: found.results.into_iter().map(|row| row.key).collect(), next: found.cursor }
}

/// Values of the index, in the order of their names. What is named later is written later, under the primary root.
async fn values(session: &Session, after: Option<&str>) -> Result<Page, Stop> {
    let mut names = session.live_values().await?;
    names.sort_unstable();
    names.retain(|name| after.is_none_or(|after| name.as_str() > after));
    let is_more = names.len() > VALUES_AT_ONCE;
    names.truncate(VALUES_AT_ONCE);
    let next = names.last().filter(|_| is_more).cloned();
    Ok(Page { names, next })
}

/// A value has up to a quarter of a megabyte, and the function's memory is shared with the rest.
const VALUES_AT_ONCE: usize = 16;
