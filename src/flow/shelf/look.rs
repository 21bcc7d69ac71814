//! Stored values looked at: a segment of which one does not open any more is made anew of what does.
//! It reads no product: what was lost the next comparison reads again.

use std::collections::BTreeSet;

use super::live;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::Fault;
use crate::record::{ProblemCode, Progress};
use crate::search::manifest::{Dropped, Entry, Form, Manifest};
use crate::search::plan::{Opened, Unreadable};
use crate::search::segment::{SegmentId, ValueKey, ValueName, texts};
use crate::search::vector::{gather, homes};

/// What a look found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Looked {
    /// Values looked at.
    pub(crate) values: usize,
    /// Those of them that do not open.
    pub(crate) damaged: usize,
    /// Segments made anew.
    pub(crate) mended: usize,
}

impl Session {
    /// Looks at values that searches read, as many as one go may, each day at others. A segment of several values of which one does
    /// not open is made anew without it, and its containers are read again if that lost words, embeddings or texts. One of a single
    /// value is left to its container's comparison, which cannot pass it by.
    ///
    /// # Errors
    /// What storage says; what was mended is mended.
    pub(crate) async fn look_at_values(&self) -> Result<Looked, Stop> {
        let manifest = self.manifest().await?;
        let keys = todays(&manifest, self.host.now().as_days());
        let mut damaged: Vec<ValueKey> = Vec::new();
        for some in keys.chunks(AT_ONCE) {
            for (key, _, value) in self.read_values(some).await {
                let is_damaged = match value {
                    Ok(value) => !opens(&manifest, key, value),
                    Err(Unreadable::Missing | Unreadable::Sealed | Unreadable::Broken) => true,
                    Err(Unreadable::Storage | Unreadable::Budget) => false,
                };
                damaged.extend(is_damaged.then_some(key));
            }
        }
        let mut looked = Looked { values: keys.len(), damaged: damaged.len(), mended: 0 };
        if damaged.is_empty() {
            return Ok(looked);
        }
        self.read_texts_again(&manifest, &damaged).await?;
        let ids: BTreeSet<SegmentId> = damaged.iter().map(|key| key.segment).collect();
        let is_cut = |entry: &&Entry| ids.contains(&entry.id) && entry.form != Form::Single;
        for entry in manifest.segments.iter().filter(is_cut) {
            // As it is by now: the one before it was put in its place.
            let manifest = self.manifest().await?;
            match self.merge_into_one(&manifest, &[entry.id], &[]).await {
                Ok(merged) => looked.mended = looked.mended.saturating_add(usize::from(merged.segments > 0)),
                // Nothing of it opens: its containers' comparisons give it up.
                Err(Stop::Fault(Fault::StorageUnreadable)) => {}
                Err(stop) => return Err(stop),
            }
        }
        Ok(looked)
    }

    /// Takes out of the index what of a container's documents does not open: ranges of a segment, or a segment of which no range
    /// opens. The containers it held documents of: they miss some now.
    ///
    /// # Errors
    /// What storage says: what does not answer is not given up.
    pub(crate) async fn give_up_unreadable(&self, container: &str) -> Result<BTreeSet<String>, Stop> {
        let manifest = self.manifest().await?;
        let mut missing = BTreeSet::new();
        for entry in manifest.segments.iter().filter(|entry| entry.runs.iter().any(|run| run.container == container)) {
            let names = match &entry.form {
                Form::Single => vec![ValueName::Single],
                Form::Cut(routing) => (0..).zip(&routing.documents).map(|(at, _)| ValueName::Documents(at)).collect(),
            };
            let keys: Vec<ValueKey> = names.into_iter().map(|name| ValueKey { segment: entry.id, name }).collect();
            let mut damaged = 0;
            for (key, _, value) in self.read_values(&keys).await {
                match value {
                    Ok(value) => damaged += usize::from(!opens(&manifest, key, value)),
                    Err(Unreadable::Storage | Unreadable::Budget) => return Err(Fault::StorageUnreadable.into()),
                    Err(Unreadable::Missing | Unreadable::Sealed | Unreadable::Broken) => damaged += 1,
                }
            }
            if damaged == 0 {
                continue;
            }
            missing.extend(entry.runs.iter().map(|run| run.container.clone()));
            if damaged < keys.len() {
                self.merge_into_one(&self.manifest().await?, &[entry.id], &[]).await?;
                continue;
            }
            self.change_manifest(|manifest| {
                manifest.give_up(&[entry.id]);
                Ok(())
            })
            .await?;
        }
        Ok(missing)
    }

    /// Has the containers read again of which a block of texts does not open.
    async fn read_texts_again(&self, manifest: &Manifest, damaged: &[ValueKey]) -> Result<(), Stop> {
        let is_of = |key: &ValueKey, first: u32, blocks: u32| match key.name {
            ValueName::Texts(number) => number.checked_sub(first).is_some_and(|at| at < blocks),
            _ => false,
        };
        let groups = manifest
            .groups
            .iter()
            .filter(|group| damaged.iter().any(|key| key.segment == group.id && is_of(key, group.first, group.blocks)));
        let names: BTreeSet<&str> = groups.map(|group| group.container.as_str()).collect();
        if names.is_empty() {
            return Ok(());
        }
        let changed = self
            .change_index_settings(|settings| {
                for container in settings.containers.iter_mut().filter(|one| names.contains(one.name().as_str())) {
                    container.problem = Some(ProblemCode::Fault(Fault::StorageUnreadable));
                    container.renew |= container.progress == Progress::Ready;
                }
                Ok(())
            })
            .await;
        changed.map(|_| ())
    }
}

/// The values whose turn it is.
fn todays(manifest: &Manifest, today: u32) -> Vec<ValueKey> {
    let all: Vec<ValueKey> = live(manifest).flat_map(Dropped::keys).collect();
    let turns = all.len().div_ceil(MOST_VALUES).max(1);
    let turn = usize::try_from(today).unwrap_or_default() % turns;
    all.chunks(MOST_VALUES).nth(turn).map(<[ValueKey]>::to_vec).unwrap_or_default()
}

/// Whether a value is what the manifest says.
fn opens(manifest: &Manifest, key: ValueKey, value: Vec<u8>) -> bool {
    if let ValueName::Texts(_) = key.name {
        return texts::read(&value).is_ok();
    }
    let Some(entry) = manifest.segments.iter().find(|entry| entry.id == key.segment) else { return true };
    let dimensions = entry.space.as_ref().and_then(|space| usize::try_from(space.dimensions).ok());
    match key.name {
        ValueName::Vectors(_) => gather(&value).is_ok(),
        ValueName::Centroids => dimensions.is_some_and(|dimensions| homes(&value, dimensions, &[]).is_ok()),
        name => Opened::open(entry, name, value).is_ok(),
    }
}

/// Values of one look: 16 MB at most, with 1,000 values in all each is looked at every fifth night.
const MOST_VALUES: usize = 200;
/// Values held at once.
const AT_ONCE: usize = 24;
