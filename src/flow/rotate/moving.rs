//! One batch moved under the primary root: read, re-wrapped, written, and what was deleted meanwhile deleted again.
//! It chooses none of the records.

use serde_json::{Value, json};

use super::listing;
use crate::flow::row::{sealed_row, unchanged_since};
use crate::flow::session::Session;
use crate::flow::settings::keys_of;
use crate::flow::stop::Stop;
use crate::flow::task::together;
use crate::flow::unlock::NAME_KEYS;
use crate::protocol::op::{
    EntityGet, KvDelete, KvGet, KvSet, SecretDelete, SecretGet, SecretSet, SecretSource, Transact,
};
use crate::protocol::{FailCode, Fault, Millis, Set};
use crate::record::{Class, Rotation, RotationStage as Stage, entity, key};

/// What became of a record.
enum Fate {
    Moved,
    /// It is under the primary root, or gone.
    Nothing,
    /// Somebody wrote it meanwhile.
    Missed,
    /// It does not open, and did not before.
    Unreadable,
}

/// Moves a batch, and counts.
///
/// # Errors
/// What storage says; the batch is to be done again then.
pub(super) async fn all(session: &Session, row: &mut Rotation, names: &[String]) -> Result<(), Stop> {
    if names.is_empty() {
        return Ok(());
    }
    let moves = names.iter().map(|name| one(session, row.stage, name)).collect();
    let mut fates = Vec::new();
    for fate in together(moves).await {
        fates.push(match fate {
            Ok(fate) => fate,
            Err(Stop::Fault(Fault::StorageUnreadable)) => Fate::Unreadable,
            Err(Stop::Failed(FailCode::Conflict)) => Fate::Missed,
            Err(stop) => return Err(stop),
        });
    }
    for fate in fates {
        let counter = match fate {
            Fate::Moved => &mut row.moved,
            Fate::Missed => &mut row.missed,
            Fate::Unreadable => &mut row.unreadable,
            Fate::Nothing => continue,
        };
        *counter = counter.saturating_add(1);
    }
    match row.stage {
        Stage::Secrets => delete_unnamed_secrets(session, names).await,
        Stage::Values => delete_unnamed_values(session, names).await,
        // Their writes have conditions: what is gone stays gone.
        Stage::Rows | Stage::Listed | Stage::Jobs => Ok(()),
    }
}

async fn one(session: &Session, stage: Stage, name: &str) -> Result<Fate, Stop> {
    match stage {
        Stage::Secrets => secret(session, name).await,
        Stage::Rows => match listing::rows().find(|known| known.name() == name) {
            Some(known) => entity_row(session, known.entity, known.key, known.class).await,
            None => Ok(Fate::Nothing),
        },
        Stage::Listed => entity_row(session, entity::KEPT, name, Class::Sets).await,
        Stage::Jobs => entity_row(session, entity::JOB, name, Class::Job).await,
        Stage::Values => value(session, name).await,
    }
}

async fn secret(session: &Session, name: &str) -> Result<Fate, Stop> {
    let get = SecretGet { source: SecretSource::Store, key: name.to_owned() };
    let Some(sealed) = session.host.perform(get).await?.value else { return Ok(Fate::Nothing) };
    let moved = if name == key::NAME_KEYS {
        session.rewrap(Class::NameKeys, NAME_KEYS.key, NAME_KEYS.version, &sealed)?
    } else {
        let named = keys_of(&session.settings().await?);
        let known = named.into_iter().find(|(route, version)| key::provider_key(*route, *version) == name);
        let Some((route, version)) = known else { return Ok(Fate::Nothing) };
        session.rewrap(Class::ProviderKey, &route.to_string(), u64::from(version), &sealed)?
    };
    let Some(value) = moved else { return Ok(Fate::Nothing) };
    session.host.perform(SecretSet { key: name.to_owned(), value, if_absent: false }).await?;
    Ok(Fate::Moved)
}

async fn entity_row(session: &Session, entity: &'static str, key: &str, class: Class) -> Result<Fate, Stop> {
    let found = session.host.perform(EntityGet { entity, key: key.to_owned() }).await?;
    let Some(mut value) = found.value else { return Ok(Fate::Nothing) };
    let (rev, body) = sealed_row(&value).ok_or(Fault::StorageUnreadable)?;
    let Some(moved) = session.rewrap(class, key, rev, body)? else { return Ok(Fate::Nothing) };
    // A row that ends lives from when it was written, and a new wrap is no reason to keep it longer.
    let ttl_seconds = match (class.lifetime(), value.get("updated").and_then(Value::as_u64)) {
        (Some(lifetime), Some(updated)) => match left(lifetime, updated, session.host.now()) {
            0 => return Ok(Fate::Nothing),
            left => Some(left),
        },
        _ => None,
    };
    if let Some(body) = value.get_mut("body") {
        *body = json!(moved);
    }
    let set =
        Set { entity: Some(entity), key: key.to_owned(), value, ttl_seconds, conditions: vec![unchanged_since(rev)] };
    session.host.perform(Transact { set: vec![set], delete: Vec::new() }).await?;
    Ok(Fate::Moved)
}

/// Seconds that a row has left; 0 when it is as good as gone.
fn left(lifetime: Millis, updated: u64, now: Millis) -> u64 {
    let left = lifetime.as_seconds().saturating_sub(now.as_seconds().saturating_sub(updated));
    if left < AS_GOOD_AS_GONE { 0 } else { left }
}

async fn value(session: &Session, name: &str) -> Result<Fate, Stop> {
    let stored = session.host.perform(KvGet { key: name.to_owned(), expiry: true }).await?;
    let Some(sealed) = stored.value else { return Ok(Fate::Nothing) };
    let Some(value) = session.rewrap(Class::Index, name, 1, &sealed)? else { return Ok(Fate::Nothing) };
    let ttl_seconds = match stored.expires_at {
        Some(at) => match at.since(session.host.now()).as_seconds() {
            left if left < AS_GOOD_AS_GONE => return Ok(Fate::Nothing),
            left => Some(left),
        },
        None => None,
    };
    session.host.perform(KvSet { key: name.to_owned(), value, ttl_seconds }).await?;
    Ok(Fate::Moved)
}

async fn delete_unnamed_secrets(session: &Session, written: &[String]) -> Result<(), Stop> {
    let named = listing::secrets(session).await?;
    for gone in written.iter().filter(|name| !named.contains(name)) {
        session.host.perform(SecretDelete { key: gone.clone() }).await?;
    }
    Ok(())
}

async fn delete_unnamed_values(session: &Session, written: &[String]) -> Result<(), Stop> {
    let named = session.known_values().await?;
    for gone in written.iter().filter(|name| !named.contains(*name)) {
        session.host.perform(KvDelete { key: gone.clone() }).await?;
    }
    Ok(())
}

/// Seconds before its end at which a record is left to end.
const AS_GOOD_AS_GONE: u64 = 60;
