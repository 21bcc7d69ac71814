//! Texts written anew: of a group most of whose documents are dead, the living ones in blocks of the new segment.
//! It decides nothing; a group of which a block does not open stays as it is.

use std::collections::HashMap;

use super::merge::{Candidate, Values};
use super::texts::{Text, TextsWriter, read};
use super::{SegmentId, ValueKey, ValueName};
use crate::search::manifest::{Group, GroupName};

/// Writes the texts that `documents` have in these groups as blocks of the segment `id`, and makes the documents point there.
pub(super) async fn compact<V: Values>(
    id: SegmentId,
    anew: &[GroupName],
    documents: &mut [Candidate],
    values: &mut V,
) -> Result<Vec<Group>, V::Error> {
    let mut containers: Vec<&str> = anew.iter().map(|(_, container)| container.as_str()).collect();
    containers.sort_unstable();
    containers.dedup();
    let mut written: Vec<Group> = Vec::new();
    let mut first = 0;
    for container in containers {
        let mut texts = TextsWriter::new(first);
        let mut count = 0;
        for (group, _) in anew.iter().filter(|(_, of)| of == container) {
            let mut own: Vec<&mut Candidate> =
                documents.iter_mut().filter(|one| one.row.group == *group && one.container == container).collect();
            let Some(known) = texts_of(*group, &own, values).await? else { continue };
            count += u32::try_from(own.len()).unwrap_or(u32::MAX);
            own.iter_mut().for_each(|one| one.row.group = id);
            own.iter_mut().for_each(|one| again(one, &known, &mut texts));
        }
        let blocks = texts.finish();
        let bytes = blocks.iter().map(|block| u64::try_from(block.len()).unwrap_or(0)).sum();
        let own = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
        if own > 0 {
            let container = container.to_owned();
            written.push(Group { id, container, first, blocks: own, documents: count, dead: 0, bytes });
            values.write((first..).map(ValueName::Texts).zip(blocks).collect()).await?;
        }
        first = first.saturating_add(own);
    }
    Ok(written)
}

type Known = HashMap<(String, u32), Text>;

/// The texts of these documents of a group; none when one of them does not open or is not there.
async fn texts_of<V: Values>(
    group: SegmentId,
    documents: &[&mut Candidate],
    values: &mut V,
) -> Result<Option<Known>, V::Error> {
    let mut blocks: Vec<u32> = documents.iter().flat_map(|one| one.row.blocks.iter().copied()).collect();
    blocks.sort_unstable();
    blocks.dedup();
    let mut known = Known::new();
    for numbers in blocks.chunks(AT_ONCE) {
        let name = |number: &u32| ValueKey { segment: group, name: ValueName::Texts(*number) };
        for value in values.read(&numbers.iter().map(name).collect::<Vec<_>>()).await? {
            let Some(Ok(block)) = value.as_deref().map(read) else { return Ok(None) };
            known.extend(block.into_iter().map(|(id, piece, text)| ((id, piece), text)));
        }
    }
    let has_all = |one: &&mut Candidate| {
        let mut pieces = (0..).zip(&one.row.blocks).map(|(piece, _)| piece);
        pieces.all(|piece| known.contains_key(&(one.row.id.clone(), piece)))
    };
    Ok(documents.iter().all(has_all).then_some(known))
}

/// Writes a document's texts once more.
fn again(one: &mut Candidate, known: &Known, texts: &mut TextsWriter) {
    let row = &mut one.row;
    for (piece, block) in (0..).zip(&mut row.blocks) {
        if let Some(text) = known.get(&(row.id.clone(), piece)) {
            *block = texts.push(&row.id, piece, &text.title, &text.heading, &text.text);
        }
    }
}

/// Blocks read at once.
const AT_ONCE: usize = 8;
