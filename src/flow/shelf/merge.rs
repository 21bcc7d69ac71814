//! Segments become one: read, merged and written a few values at a time, visible in one step.
//! It decides no merge; the manifest does.

use super::write::random_id;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::{Fault, Millis};
use crate::record::{ProblemCode, Progress};
use crate::search::manifest::{Entry, Form, GroupName, Manifest};
use crate::search::plan::Unreadable;
use crate::search::segment::merge::{self, Living, Lost, Values, merge};
use crate::search::segment::{Broken, SegmentId, ValueKey, ValueName};

/// What a merge did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// Segments that became one; 0 when there was nothing to do.
    pub(crate) segments: u32,
    /// Bytes of the values written, as stored.
    pub(crate) bytes: u64,
    /// Values that did not open, and what they held is gone.
    pub(crate) lost: u32,
    /// Documents that went with them, until the next comparison reads them again.
    pub(crate) missing: u32,
    /// Whether there is more to do.
    pub(crate) more: bool,
}

impl Session {
    /// Merges once, if the index would be better off. A value that does not open is left out with the documents it held.
    ///
    /// # Errors
    /// What storage says, [`Fault::StorageUnreadable`] when no document of the segments can be read; the index is as before then.
    pub(crate) async fn merge_segments(&self) -> Result<Merged, Stop> {
        let manifest = self.manifest().await?;
        let Some(ids) = manifest.to_merge() else { return Ok(Merged::default()) };
        let merged = self.merge_into_one(&manifest, &ids, &[]).await?;
        Ok(Merged { more: self.manifest().await?.to_merge().is_some(), ..merged })
    }

    /// Writes the living texts of groups anew that are mostly dead, as many as one go can.
    ///
    /// # Errors
    /// As [`Session::merge_segments`].
    pub(crate) async fn compact_texts(&self) -> Result<Merged, Stop> {
        let manifest = self.manifest().await?;
        let Some((ids, anew)) = manifest.to_compact() else { return Ok(Merged::default()) };
        let merged = self.merge_into_one(&manifest, &ids, &anew).await?;
        // What could not be written anew is mostly dead still: the next night tries it again, not the next event.
        let left = self.manifest().await?.to_compact();
        let more = left.is_some_and(|(_, left)| !left.iter().any(|group| anew.contains(group)));
        Ok(Merged { more, ..merged })
    }

    pub(super) async fn merge_into_one(
        &self,
        manifest: &Manifest,
        ids: &[SegmentId],
        anew: &[GroupName],
    ) -> Result<Merged, Stop> {
        let id = random_id()?;
        let inputs: Vec<&Entry> = manifest.segments.iter().filter(|entry| ids.contains(&entry.id)).collect();
        let now = self.host.now();
        let values = most(&inputs).saturating_add(blocks(manifest, anew));
        self.change_manifest(|manifest| {
            manifest.build(id, now.as_seconds(), values);
            Ok(())
        })
        .await?;
        let names: Vec<&str> = manifest.containers.iter().map(|container| container.name.as_str()).collect();
        let since = since(manifest, now);
        let living = Living { tombstones: &manifest.tombstones, containers: &names, since, anew };
        let mut store = Store { session: self, id, days: manifest.ttl_days, bytes: 0 };
        let merged = merge(id, &inputs, living, manifest.space.as_ref(), &mut store).await?;
        let bytes = store.bytes;
        // Before anything forgets the values: a crash in between costs a comparison, not words.
        self.note_lost(&merged.lost, ids).await?;
        let (lost, missing) = (merged.lost.values, merged.lost.documents);
        let replaced = self.put_in_place(id, ids, merged, manifest.next_seq).await?;
        // Somebody else took an input away: what was written is swept with the builds that never ended.
        let segments = if replaced { u32::try_from(ids.len()).unwrap_or(u32::MAX) } else { 0 };
        Ok(Merged { segments, bytes, lost, missing, more: false })
    }

    /// Makes the manifest name what was written in place of its inputs; whether they were all there still.
    async fn put_in_place(
        &self,
        id: SegmentId,
        ids: &[SegmentId],
        merged: merge::Merged,
        seq: u64,
    ) -> Result<bool, Stop> {
        self.change_manifest(|now| {
            let is_there = now.building.iter().any(|building| building.id == id);
            let replaced = is_there && now.replace(ids, merged.entry.clone(), &merged.groups, seq);
            if replaced {
                now.add_texts(merged.texts.clone());
            }
            Ok(replaced)
        })
        .await
    }

    /// Tells the admin which containers lost a value, and has those read again whose documents lack words or embeddings. What is
    /// missing altogether the next comparison finds by itself.
    async fn note_lost(&self, lost: &Lost, ids: &[SegmentId]) -> Result<(), Stop> {
        if lost.values == 0 {
            return Ok(());
        }
        let manifest = self.manifest().await?;
        if !ids.iter().all(|id| manifest.segments.iter().any(|entry| entry.id == *id)) {
            // Another merge was faster and its values are deleted: nothing is lost.
            return Ok(());
        }
        let changed = self
            .change_index_settings(|settings| {
                for container in settings.containers.iter_mut().filter(|one| lost.containers.contains(&one.name())) {
                    container.problem = Some(ProblemCode::Fault(Fault::StorageUnreadable));
                    let lacks = container.progress == Progress::Ready && lost.lacking.contains(&container.name());
                    if lacks && container.step > 0 {
                        // The comparison under way would read the rest alone: the hourly look begins another.
                        container.run.clear();
                    }
                    container.renew |= lacks;
                }
                Ok(())
            })
            .await;
        changed.map(|_| ())
    }
}

/// Blocks of these groups.
fn blocks(manifest: &Manifest, anew: &[GroupName]) -> u32 {
    let is_meant = |id: SegmentId, container: &str| anew.iter().any(|(of, name)| *of == id && name == container);
    let meant = manifest.groups.iter().filter(|group| is_meant(group.id, &group.container));
    meant.map(|group| group.blocks).fold(0, u32::saturating_add)
}

/// The first day whose documents live on.
fn since(manifest: &Manifest, now: Millis) -> u32 {
    if manifest.ttl_days == 0 { 0 } else { now.as_days().saturating_sub(u32::from(manifest.ttl_days)) }
}

/// The greatest number of values of one kind a merge of these can write, about.
fn most(inputs: &[&Entry]) -> u32 {
    let values = inputs.iter().map(|entry| match &entry.form {
        Form::Single => 16,
        Form::Cut(routing) => routing.terms.len().max(routing.documents.len()).max(routing.vectors.len()) + 16,
    });
    u32::try_from(values.sum::<usize>()).unwrap_or(u32::MAX)
}

struct Store<'a> {
    session: &'a Session,
    id: SegmentId,
    days: u16,
    bytes: u64,
}

impl From<Broken> for Stop {
    fn from(_: Broken) -> Self {
        Fault::StorageUnreadable.into()
    }
}

impl Values for Store<'_> {
    type Error = Stop;

    async fn read(&mut self, keys: &[ValueKey]) -> Result<Vec<Option<Vec<u8>>>, Stop> {
        let read = self.session.read_values(keys).await;
        let values = read.into_iter().map(|(_, _, value)| match value {
            Ok(value) => Ok(Some(value)),
            Err(Unreadable::Storage | Unreadable::Budget) => Err(Fault::StorageUnreadable.into()),
            Err(Unreadable::Missing | Unreadable::Sealed | Unreadable::Broken) => Ok(None),
        });
        values.collect()
    }

    async fn write(&mut self, values: Vec<(ValueName, Vec<u8>)>) -> Result<(), Stop> {
        self.bytes = self.bytes.saturating_add(self.session.write_values(self.id, values, self.days).await?);
        Ok(())
    }
}
