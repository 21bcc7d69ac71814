//! What happens to an index: segments come, merge and go, containers are switched off, documents are hidden.
//! It stores nothing; whoever changes a manifest writes it on condition that nobody else did.

use std::collections::BTreeSet;

use super::{Building, ContainerState, Dropped, Entry, Form, Group, GroupName, Manifest, Starts, Tombstone, Totals};
use crate::search::segment::{SegmentId, ValueKey, ValueName};

impl Manifest {
    /// Adds a segment as the newest, and hides the documents of these tokens in all older ones.
    pub fn add(&mut self, mut entry: Entry, groups: Vec<Group>, hidden: impl IntoIterator<Item = u64>) {
        self.building.retain(|building| building.id != entry.id);
        entry.seq = self.next_seq;
        entry.applied = self.next_seq;
        self.next_seq = self.next_seq.saturating_add(1);
        self.hide(entry.seq, hidden);
        if entry.documents > 0 {
            self.groups.extend(groups.into_iter().filter(|group| group.blocks > 0));
            self.segments.push(entry);
        }
        self.count();
    }

    /// Adds segments that become visible together: they hide nothing of one another. What is of a container that was
    /// switched off meanwhile is not added, or not shown.
    pub fn add_all(&mut self, segments: Vec<(Entry, Vec<Group>)>, hidden: &BTreeSet<u64>) {
        self.remove(hidden.iter().copied());
        for (entry, groups) in segments {
            self.building.retain(|building| building.id != entry.id);
            let is_on = |name: &str| self.containers.iter().any(|container| container.name == name);
            let (kept, off): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(|group| is_on(&group.container));
            if kept.is_empty() {
                self.dropped.extend(values(&entry));
                self.dropped.extend(off.iter().filter_map(blocks));
                continue;
            }
            self.dropped.extend(off.iter().filter_map(blocks));
            self.add(entry, kept, []);
        }
        self.count();
    }

    /// Hides documents in all segments there are.
    pub fn remove(&mut self, hidden: impl IntoIterator<Item = u64>) {
        let seq = self.next_seq;
        self.next_seq = self.next_seq.saturating_add(1);
        self.hide(seq, hidden);
    }

    fn hide(&mut self, seq: u64, hidden: impl IntoIterator<Item = u64>) {
        if self.segments.is_empty() {
            return;
        }
        let hidden: BTreeSet<u64> = hidden.into_iter().collect();
        self.tombstones.retain(|tombstone| !hidden.contains(&tombstone.token));
        self.tombstones.extend(hidden.into_iter().map(|token| Tombstone { token, seq }));
    }

    /// Puts a merged segment in the place of those it was made of. `groups` says how many documents of each group of texts
    /// live on in it. `applied` is [`Manifest::next_seq`] of the manifest that the merge began with.
    ///
    /// `false` when one of them is gone meanwhile: nothing is changed then.
    pub fn replace(
        &mut self,
        inputs: &[SegmentId],
        merged: Option<Entry>,
        groups: &[(SegmentId, String, u32)],
        applied: u64,
    ) -> bool {
        if !inputs.iter().all(|id| self.segments.iter().any(|entry| entry.id == *id)) {
            return false;
        }
        for id in inputs {
            self.drop_segment(*id);
        }
        for (id, container, alive) in groups {
            let group = self.groups.iter_mut().find(|group| group.id == *id && group.container == *container);
            if let Some(group) = group {
                group.dead = group.documents.saturating_sub(*alive);
            }
        }
        self.drop_groups(|group| group.dead >= group.documents);
        if let Some(mut entry) = merged {
            self.building.retain(|building| building.id != entry.id);
            entry.applied = applied;
            let at = self.segments.partition_point(|other| other.seq < entry.seq);
            self.segments.insert(at, entry);
        }
        self.forget_tombstones();
        self.count();
        true
    }

    /// Adds groups of texts that a merge wrote anew; what is of a container that was switched off meanwhile is listed for deletion.
    pub fn add_texts(&mut self, groups: Vec<Group>) {
        let is_on = |group: &Group| self.containers.iter().any(|container| container.name == group.container);
        let (kept, off): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(is_on);
        self.groups.extend(kept);
        self.dropped.extend(off.iter().filter_map(blocks));
        self.count();
    }

    /// Groups of texts of which less than half of the documents live, those with the fewest first, as many as one go can write
    /// anew; and the segments in which their documents may lie. None when there is no such group.
    #[must_use]
    pub fn to_compact(&self) -> Option<(Vec<SegmentId>, Vec<GroupName>)> {
        let is_mostly_dead = |group: &&Group| group.dead > group.documents / 2;
        let mut groups: Vec<&Group> = self.groups.iter().filter(is_mostly_dead).collect();
        let alive = |group: &Group| group.documents.saturating_sub(group.dead);
        groups.sort_by_key(|group| (u64::from(alive(group)) * 1_000 / u64::from(group.documents.max(1)), group.id));
        let mut bytes = 0_u64;
        groups.retain(|group| {
            let fits = bytes == 0 || bytes.saturating_add(group.bytes) <= COMPACTED;
            bytes = if fits { bytes.saturating_add(group.bytes) } else { bytes };
            fits
        });
        let is_meant = |name: &str| groups.iter().any(|group| group.container == name);
        let segments = self.segments.iter().filter(|entry| entry.runs.iter().any(|run| is_meant(&run.container)));
        let ids: Vec<SegmentId> = segments.map(|entry| entry.id).collect();
        let anew: Vec<GroupName> = groups.iter().map(|group| (group.id, group.container.clone())).collect();
        (!anew.is_empty() && !ids.is_empty()).then_some((ids, anew))
    }

    /// A tombstone goes when every segment it could hide a document in has been made since.
    fn forget_tombstones(&mut self) {
        let segments = &self.segments;
        self.tombstones.retain(|tombstone| {
            segments.iter().any(|entry| entry.seq < tombstone.seq && entry.applied <= tombstone.seq)
        });
    }

    /// Switches a container off: invisible at once; its texts and the segments that are its alone are listed for deletion.
    pub fn remove_container(&mut self, name: &str) {
        self.containers.retain(|container| container.name != name);
        let alone: Vec<SegmentId> = self
            .segments
            .iter()
            .filter(|entry| entry.runs.iter().all(|run| run.container == name))
            .map(|entry| entry.id)
            .collect();
        alone.into_iter().for_each(|id| self.drop_segment(id));
        self.drop_groups(|group| group.container == name);
        self.forget_tombstones();
        self.count();
    }

    /// Gives up segments of which nothing can be read. Their texts stay until what points to them is merged away.
    pub fn give_up(&mut self, ids: &[SegmentId]) {
        ids.iter().for_each(|id| self.drop_segment(*id));
        // A group of texts to which no segment that is left can point.
        let segments = &self.segments;
        let is_left =
            |group: &Group| segments.iter().any(|entry| entry.runs.iter().any(|run| run.container == group.container));
        let gone: Vec<GroupName> = self
            .groups
            .iter()
            .filter(|group| !is_left(group))
            .map(|group| (group.id, group.container.clone()))
            .collect();
        self.drop_groups(|group| gone.contains(&(group.id, group.container.clone())));
        self.forget_tombstones();
        self.count();
    }

    fn drop_segment(&mut self, id: SegmentId) {
        let dropped: Vec<Entry> = self.segments.extract_if(.., |entry| entry.id == id).collect();
        self.dropped.extend(dropped.iter().flat_map(values));
    }

    fn drop_groups(&mut self, dead: impl Fn(&Group) -> bool) {
        let dropped: Vec<Group> = self.groups.extract_if(.., |group| dead(group)).collect();
        self.dropped.extend(dropped.iter().filter_map(blocks));
    }

    /// The segments that had better be one, or had better be made anew without what is dead in them. None when the index is
    /// as it should be.
    #[must_use]
    pub fn to_merge(&self) -> Option<Vec<SegmentId>> {
        let (singles, mut cuts): (Vec<&Entry>, Vec<&Entry>) =
            self.segments.iter().partition(|entry| entry.form == Form::Single);
        let bytes = |entries: &[&Entry]| entries.iter().map(|entry| entry.bytes).sum::<u64>();
        let is_settled = !self.containers.iter().any(|container| container.state == ContainerState::Indexing);
        let (most, most_bytes) = if cuts.is_empty() { SINGLES_ALONE } else { SINGLES_BESIDE };
        let ids = |entries: &[&Entry]| Some(entries.iter().map(|entry| entry.id).collect::<Vec<_>>());
        if singles.len() > most || bytes(&singles) > most_bytes {
            if let Some(group) = self.of_one_container(&singles) {
                return ids(&group);
            }
            let mut chosen = singles;
            cuts.sort_by_key(|entry| entry.bytes);
            for cut in cuts {
                if is_settled || chosen.len() < 2 || cut.bytes < bytes(&chosen).saturating_mul(RATIO) {
                    chosen.push(cut);
                }
            }
            return if chosen.len() > 1 { ids(&chosen) } else { None };
        }
        let is_gone = |entry: &&Entry| entry.runs.iter().any(|run| self.container(&run.container).is_none());
        let left: Vec<&Entry> = self.segments.iter().filter(is_gone).collect();
        if !left.is_empty() {
            return ids(&left);
        }
        let has_many_dead = self.tombstones.len() > MOST_TOMBSTONES;
        if (is_settled && cuts.len() > 1) || cuts.len() > MOST_CUTS {
            return ids(&cuts);
        }
        // A merge with itself takes the dead out.
        if has_many_dead { ids(&self.segments.iter().collect::<Vec<_>>()) } else { None }
    }

    /// Single values of the same container that can be one single value.
    fn of_one_container<'a>(&self, singles: &[&'a Entry]) -> Option<Vec<&'a Entry>> {
        let groups = self.containers.iter().map(|container| {
            let is_own = |entry: &&&Entry| entry.runs.iter().all(|run| run.container == container.name);
            let mut own: Vec<&Entry> = singles.iter().filter(is_own).copied().collect();
            own.sort_by_key(|entry| entry.bytes);
            let mut sum = 0;
            own.retain(|entry| {
                sum += entry.bytes;
                sum <= SINGLE_AGAIN
            });
            own
        });
        groups.max_by_key(Vec::len).filter(|group| group.len() > 1)
    }

    /// Takes note of a segment whose values are about to be written.
    pub fn build(&mut self, id: SegmentId, since: u64, values: u32) {
        self.building.push(Building { id, since, values });
    }

    /// Recounts what containers hold. Dead documents of segments not merged since count as living.
    fn count(&mut self) {
        for container in &mut self.containers {
            let runs = self.segments.iter().flat_map(|entry| &entry.runs);
            let own = runs.filter(|run| run.container == container.name);
            (container.documents, container.pieces) = own.fold((0, 0), |(documents, pieces), run| {
                (u32::saturating_add(documents, run.documents), u32::saturating_add(pieces, run.pieces))
            });
            let groups = self.groups.iter().filter(|group| group.container == container.name);
            container.bytes = groups.map(|group| group.bytes).sum();
        }
    }

    /// Embeddings in its space, of older versions of documents too.
    #[must_use]
    pub fn vectors(&self) -> u64 {
        let own = self.segments.iter().filter(|entry| self.space.is_some() && entry.space == self.space);
        own.map(|entry| u64::from(entry.vectors)).sum()
    }

    /// What it holds in all.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let sum = |of: fn(&super::Container) -> u32| self.containers.iter().map(|one| u64::from(of(one))).sum();
        let values: u64 = self.segments.iter().flat_map(values).map(|dropped| u64::from(dropped.count)).sum();
        let blocks: u64 = self.groups.iter().map(|group| u64::from(group.blocks)).sum();
        let bytes: u64 = self.segments.iter().map(|entry| entry.bytes).sum::<u64>()
            + self.groups.iter().map(|group| group.bytes).sum::<u64>();
        Totals {
            documents: sum(|one| one.documents),
            pieces: sum(|one| one.pieces),
            segments: u64::try_from(self.segments.len()).unwrap_or(u64::MAX),
            values: values.saturating_add(blocks),
            bytes: bytes.saturating_mul(4) / 3,
        }
    }
}

/// The values of a segment but its texts.
pub(crate) fn values(entry: &Entry) -> Vec<Dropped> {
    let some = |name, count: usize| {
        let first = ValueKey { segment: entry.id, name };
        (count > 0).then(|| Dropped { first, count: u32::try_from(count).unwrap_or(u32::MAX) })
    };
    let Form::Cut(routing) = &entry.form else { return some(ValueName::Single, 1).into_iter().collect() };
    let all = [
        some(ValueName::Terms(0), routing.terms.len()),
        some(ValueName::Documents(0), routing.documents.len()),
        some(ValueName::Vectors(0), routing.vectors.len()),
        some(ValueName::Centroids, usize::from(routing.centroids > 0)),
        some(ValueName::Root, usize::from(matches!(routing.starts, Starts::Root(_)))),
    ];
    all.into_iter().flatten().collect()
}

/// The values of a group of texts.
pub(crate) fn blocks(group: &Group) -> Option<Dropped> {
    let first = ValueKey { segment: group.id, name: ValueName::Texts(group.first) };
    (group.blocks > 0).then_some(Dropped { first, count: group.blocks })
}

/// So many single values, of so many bytes in all, an index has without or beside a segment that is cut: a query reads
/// them whole.
const SINGLES_ALONE: (usize, u64) = (6, 430_000);
const SINGLES_BESIDE: (usize, u64) = (3, 160_000);
/// Segments that together are surely a single value again.
const SINGLE_AGAIN: u64 = 150_000;
/// While a crawl goes on, a segment is merged with newer ones once they are a quarter of it.
const RATIO: u64 = 4;
/// Bytes of texts that one go writes anew: they are held while it reads them.
const COMPACTED: u64 = 8 << 20;
const MOST_CUTS: usize = 4;
const MOST_TOMBSTONES: usize = 4_000;
