//! From what was read of each source to packed excerpts in the writer's order.
//! It reads and keeps nothing; [`super::draft`] does.

use super::read::ReadSource;
use crate::protocol::SourceRef;
use crate::record::{Material, MaterialSource, SourceRecord, SourceState};

pub(crate) fn source_ref(record: &SourceRecord) -> SourceRef {
    SourceRef { kind: record.kind, id: record.id.clone() }
}

/// A source read twice (the first time's job was not written) is in the material once.
pub(crate) fn note_read(record: &mut SourceRecord, material: &mut Material, read: ReadSource) {
    let ReadSource { source, updated, people } = read;
    record.state = SourceState::Read;
    record.title.clone_from(&source.title);
    record.url.clone_from(&source.url);
    record.updated = updated;
    record.excerpts = u32::try_from(source.excerpts.len()).unwrap_or(u32::MAX);
    material.sources.retain(|s| !(s.kind == source.kind && s.id == source.id));
    material.sources.push(source);
    for person in people {
        if !material.people.contains(&person) {
            material.people.push(person);
        }
    }
}

/// Keeps the material within what one stored value takes: every source its first excerpts, round by round.
pub(crate) fn pack(sources: &mut [MaterialSource]) {
    let mut left = MATERIAL_BYTES;
    let mut kept = vec![0_usize; sources.len()];
    let mut full = false;
    for round in 0.. {
        let mut any = false;
        for (source, kept) in sources.iter().zip(&mut kept) {
            let Some(excerpt) = source.excerpts.get(round) else { continue };
            if full || excerpt.len() > left {
                full = true;
                continue;
            }
            left = left.saturating_sub(excerpt.len());
            *kept = round.saturating_add(1);
            any = true;
        }
        if !any {
            break;
        }
    }
    for (source, kept) in sources.iter_mut().zip(kept) {
        source.excerpts.truncate(kept);
    }
}

/// The writer's order, whatever order the answers came in.
pub(crate) fn order(sources: &mut [MaterialSource], records: &[SourceRecord]) {
    sources.sort_by_key(|s| records.iter().position(|r| r.kind == s.kind && r.id == s.id));
}

/// Sources read at a time.
pub(crate) const WAVE: usize = 5;
/// What one stored value takes of sealed text, less the overhead of sealing, titles and people.
const MATERIAL_BYTES: usize = 110 * 1024;
