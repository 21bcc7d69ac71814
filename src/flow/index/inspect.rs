//! The inspector: what the index holds of one document, for an admin who may read that document now.
//! It shows how it is held, not its text.

use super::live;
use crate::flow::admin::admit;
use crate::flow::read;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::protocol::view::{Inspected, InspectedDocument, InspectedPiece};
use crate::protocol::{Millis, SourceKind, SourceRef};
use crate::record::{IndexSettings, document_id};
use crate::search::words;

/// Inspects a document.
pub(crate) async fn inspect(session: &Session, kind: SourceKind, id: &str) -> Result<Inspected, Stop> {
    admit(session).await?;
    let wanted = read::parse_ref(&SourceRef { kind, id: id.trim().to_owned() }).map_err(|_| bad_field("id"))?;
    let settings = session.index_settings().await?.settings;
    let nothing = Inspected { found: false, document: None };
    let mut checked = live::check(session, &settings, &[(kind, wanted.id.clone())], 0).await;
    let Some(live) = checked.live.remove(&(kind, wanted.id.clone())) else { return Ok(nothing) };
    let Some(container) = container(&settings, kind, &live.hit.container.key) else { return Ok(nothing) };
    let Some(indexed) = session.indexed(&container, &document_id(kind, &wanted.id)).await? else { return Ok(nothing) };
    let pieces = indexed.pieces.into_iter().map(|(heading, text)| {
        let weighed = words::weigh(&live.hit.title, &heading, &text, live.hit.key.as_deref());
        InspectedPiece { heading, chars: text.chars().count(), terms: weighed.terms.len() }
    });
    let document = InspectedDocument {
        container: indexed.container,
        pieces: pieces.collect(),
        indexed_at: days(indexed.indexed),
        updated: indexed.updated.map(days),
        segment: indexed.segment,
        title: live.hit.title,
    };
    Ok(Inspected { found: true, document: Some(document) })
}

fn container(settings: &IndexSettings, kind: SourceKind, key: &str) -> Option<String> {
    settings.of(kind).find(|container| container.key == key).map(crate::record::Switched::name)
}

fn days(days: u32) -> Millis {
    Millis::HOUR.times(24).times(u64::from(days))
}
