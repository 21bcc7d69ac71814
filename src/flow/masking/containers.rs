//! The class of each project and space: which there are for the asking admin, and which class an admin gave them.
//! One without a choice is confidential.

use super::admin::admitted;
use crate::flow::admin::admit;
use crate::flow::index::{Cursors, others, parse_key, seen};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::protocol::view::{MaskingAdmin, MaskingContainer, MaskingContainers};
use crate::protocol::{ContainerKind, DataClass, Refusal};
use crate::record::{Change, ChangeAct, Classed, MaskingPolicy, Place};

/// Projects and spaces, those with a class of their own first.
pub(crate) async fn list(
    session: &Session,
    text: Option<&str>,
    cursor: Option<&str>,
) -> Result<MaskingContainers, Stop> {
    admit(session).await?;
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > MAX_TEXT {
        return Err(bad_field("text"));
    }
    let cursors = Cursors::parse(cursor)?;
    let is_first = cursors.is_first();
    let policy = session.row::<MaskingPolicy>().await?.row;
    let (found, cursor, failed) = others(session, text, cursors).await;
    let own = policy.containers.iter().filter(|_| is_first).map(|known| MaskingContainer {
        kind: known.place.kind,
        key: known.place.key.clone(),
        name: known.title.clone(),
        class: known.class,
        is_set: true,
    });
    let is_known = |kind: ContainerKind, id: &str| {
        policy.containers.iter().any(|known| known.place.kind == kind && known.place.id == id)
    };
    let rest = found.into_iter().filter(|other| !is_known(other.kind, &other.id)).map(|other| MaskingContainer {
        kind: other.kind,
        key: other.key,
        name: other.name,
        class: DataClass::UNSET,
        is_set: false,
    });
    Ok(MaskingContainers { containers: own.chain(rest).collect(), cursor, failed })
}

/// Gives a project or space a class; none = as if none had been given.
pub(crate) async fn set(
    session: &Session,
    kind: ContainerKind,
    key: &str,
    class: Option<DataClass>,
) -> Result<MaskingAdmin, Stop> {
    admit(session).await?;
    let key = parse_key(key).ok_or_else(|| bad_field("key"))?;
    // One whose choice is taken back need not be there any more.
    let seen = if class.is_some() { Some(seen(session, kind, &key).await?) } else { None };
    let changed = admitted(session, |policy, by| {
        let same = |known: &Classed| known.place.kind == kind && known.place.key == key;
        let before = policy.containers.iter().find(|known| same(known)).cloned();
        let from = before.as_ref().map_or(DataClass::UNSET, |known| known.class);
        policy.containers.retain(|known| !same(known));
        let title = seen.as_ref().map(|seen| seen.title.clone()).or(before.map(|known| known.title));
        if let (Some(class), Some(seen)) = (class, &seen) {
            if policy.containers.len() >= MOST {
                return Err(Refusal::TooLarge.into());
            }
            let place = Place { kind, id: seen.id.clone(), key: key.clone() };
            policy.containers.push(Classed { place, title: seen.title.clone(), class });
        }
        let to = class.unwrap_or(DataClass::UNSET);
        if from != to {
            let (from, to) = (Some(from.name().to_owned()), Some(to.name().to_owned()));
            policy.note(Change { of: title, from, to, ..by.did(ChangeAct::Class) });
        }
        Ok(())
    });
    Ok(changed.await?.0)
}

const MAX_TEXT: usize = 100;
/// Projects and spaces with a class of their own; the record fits one value with them.
const MOST: usize = 500;
