//! A person's saved sets of sources: ids under a name, sealed, and theirs alone.
//! Titles are not kept: they are read as the person whenever the sets are shown.

use std::collections::BTreeMap;

use super::index;
use super::read;
use super::row::Address;
use super::session::Session;
use super::stop::{Stop, bad_field};
use crate::protocol::view::{SetSource, SourceSet, SourceSets};
use crate::protocol::{Fault, Refusal, SourceKind, SourceRef};
use crate::record::{Class, SavedSet, SavedSets, entity, key};
use crate::vault::{Entropy, HostEntropy};

/// The person's sets.
pub(crate) async fn list(session: &Session) -> Result<SourceSets, Stop> {
    let saved = session.sets().await?;
    view(session, &saved).await
}

/// Saves a set; one of the same name is replaced.
pub(crate) async fn save(session: &Session, name: &str, sources: &[SourceRef]) -> Result<SourceSets, Stop> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(bad_field("name"));
    }
    if sources.is_empty() || sources.len() > MAX_SOURCES {
        return Err(bad_field("sources"));
    }
    let sources = sources.iter().map(read::parse_ref).collect::<Result<Vec<_>, _>>()?;
    let mut saved = session.sets().await?;
    let old = saved.sets.iter().position(|set| set.name == name).map(|at| saved.sets.remove(at));
    if saved.sets.len() >= MAX_SETS {
        return Err(Refusal::TooLarge.into());
    }
    let id = match old {
        Some(old) => old.id,
        None => new_id()?,
    };
    saved.sets.insert(0, SavedSet { id, name: name.to_owned(), sources, saved_at: session.host.now() });
    session.keep_sets(&saved).await?;
    view(session, &saved).await
}

/// Removes a set. One that is gone is gone.
pub(crate) async fn remove(session: &Session, id: &str) -> Result<SourceSets, Stop> {
    let mut saved = session.sets().await?;
    let before = saved.sets.len();
    saved.sets.retain(|set| set.id != id);
    if saved.sets.len() != before {
        session.keep_sets(&saved).await?;
    }
    view(session, &saved).await
}

async fn view(session: &Session, saved: &SavedSets) -> Result<SourceSets, Stop> {
    let mut wanted: Vec<(SourceKind, String)> =
        saved.sets.iter().flat_map(|set| &set.sources).map(|source| (source.kind, source.id.clone())).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let titles = if wanted.is_empty() { BTreeMap::new() } else { index::titles(session, &wanted).await };
    let shown = |source: &SourceRef| SetSource {
        kind: source.kind,
        id: source.id.clone(),
        key: (source.kind == SourceKind::Issue).then(|| source.id.clone()),
        title: titles.get(&(source.kind, source.id.clone())).cloned(),
    };
    let sets = saved.sets.iter().map(|set| SourceSet {
        id: set.id.clone(),
        name: set.name.clone(),
        sources: set.sources.iter().map(shown).collect(),
        saved_at: set.saved_at,
    });
    Ok(SourceSets { sets: sets.collect() })
}

impl Session {
    async fn sets(&self) -> Result<SavedSets, Stop> {
        let key = key::sets(&self.owner_token(self.user()?.account_id()));
        Ok(self.row_at(address(&key)).await?.row)
    }

    async fn keep_sets(&self, sets: &SavedSets) -> Result<(), Stop> {
        let key = key::sets(&self.owner_token(self.user()?.account_id()));
        let keep = |row: &mut SavedSets| {
            row.clone_from(sets);
            row.v = 1;
            Ok(())
        };
        self.change_row_at(address(&key), keep).await.map(|_| ())
    }
}

fn address(key: &str) -> Address<'_> {
    Address { entity: entity::KEPT, key, class: Class::Sets }
}

fn new_id() -> Result<String, Stop> {
    let mut bytes = [0; 8];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}

const MAX_SETS: usize = 50;
const MAX_SOURCES: usize = 40;
const MAX_NAME: usize = 80;
