//! A range of a segment's documents: ids, containers, days, and where their texts lie; columns, not rows.
//! It holds no title, text, author or kind.
//!
//! ```text
//! format, 'd' | documents | containers [name, documents] | pieces of each | ids | last change | indexed
//!             | groups [segment] | runs of groups [group, documents] | block of each piece
//! ```
//! An id is a prefix and a number: of two that share the prefix only the distance is kept.

use super::bytes::{Reader, Writer};
use super::{Broken, SegmentId};

/// A document as its table has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The container, by its place among those of the segment.
    pub(crate) run: u32,
    /// The document's id.
    pub(crate) id: String,
    /// Days of the last change since the Unix epoch, and one; 0 when unknown.
    pub(crate) updated: u32,
    /// Day it was indexed.
    pub(crate) indexed: u32,
    /// The segment that brought its texts.
    pub(crate) group: SegmentId,
    /// The text block of each of its pieces; at least one.
    pub(crate) blocks: Vec<u32>,
}

/// A range of documents, opened.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Table {
    containers: Vec<(String, u32)>,
    ids: String,
    ends: Vec<u32>,
    /// Pieces of each document.
    pub(crate) counts: Vec<u32>,
    updated: Vec<u32>,
    indexed: Vec<u32>,
    groups: Vec<SegmentId>,
    group_runs: Vec<(u32, u32)>,
    blocks: Vec<u32>,
}

/// Writes a range; `containers` are the names that [`Row::run`] counts.
pub(crate) fn write(rows: &[Row], containers: &[&str]) -> Vec<u8> {
    let mut out = Writer::of(KIND);
    out.count(rows.len());
    let runs: Vec<&[Row]> = rows.chunk_by(|one, other| one.run == other.run).collect();
    out.count(runs.len());
    for run in runs {
        let at = run.first().and_then(|row| usize::try_from(row.run).ok());
        out.text(at.and_then(|at| containers.get(at)).copied().unwrap_or_default());
        out.count(run.len());
    }
    let column = |of: fn(&Row) -> u32| rows.iter().map(of).collect::<Vec<u32>>();
    out.column(&column(|row| u32::try_from(row.blocks.len()).unwrap_or(u32::MAX)));
    let mut ids = Writer::default();
    let mut last: (&str, u64) = ("", 0);
    for row in rows {
        last = write_id(&mut ids, last, &row.id);
    }
    out.bytes(&ids.into_bytes());
    out.column(&column(|row| row.updated));
    out.column(&column(|row| row.indexed));
    write_places(&mut out, rows);
    out.into_bytes()
}

fn write_places(out: &mut Writer, rows: &[Row]) {
    let mut groups: Vec<SegmentId> = rows.iter().map(|row| row.group).collect();
    groups.sort_unstable();
    groups.dedup();
    out.count(groups.len());
    groups.iter().for_each(|group| out.long(group.0));
    let runs: Vec<&[Row]> = rows.chunk_by(|one, other| one.group == other.group).collect();
    out.count(runs.len());
    for run in &runs {
        let group = run.first().and_then(|row| groups.binary_search(&row.group).ok());
        out.count(group.unwrap_or_default());
        out.count(run.len());
    }
    // Within a run the blocks mostly ascend by one at a time: the distance to the last, back and forth.
    let mut steps = Vec::new();
    for run in runs {
        let mut last = 0_u32;
        for block in run.iter().flat_map(|row| &row.blocks) {
            steps.push(fold(*block, last));
            last = *block;
        }
    }
    out.column(&steps);
}

/// The way from one number to another as a number without sign: even forward, odd back.
fn fold(to: u32, from: u32) -> u32 {
    match to.checked_sub(from) {
        Some(forward) => forward.saturating_mul(2),
        None => from.saturating_sub(to).saturating_mul(2).saturating_sub(1),
    }
}

fn unfold(step: u32, from: u32) -> Option<u32> {
    if step.is_multiple_of(2) { from.checked_add(step / 2) } else { from.checked_sub(step / 2 + 1) }
}

/// An id as its prefix and the number at its end, plus one; 0 without.
pub(crate) fn split(id: &str) -> (&str, u64) {
    let digits = id.bytes().rev().take(MOST_DIGITS).take_while(u8::is_ascii_digit).count();
    let tail = id.get(id.len() - digits..).unwrap_or_default();
    // A number is written without zeros before it, so that it is the only one of its text.
    let zeros = if tail == "0" { 0 } else { tail.bytes().take_while(|byte| *byte == b'0').count() };
    let (prefix, number) = id.split_at_checked(id.len() - digits + zeros).unwrap_or((id, ""));
    (prefix, number.parse::<u64>().map_or(0, |number| number + 1))
}

fn write_id<'a>(out: &mut Writer, last: (&str, u64), id: &'a str) -> (&'a str, u64) {
    let (prefix, number) = split(id);
    if let Some(step) = number.checked_sub(last.1).filter(|step| *step > 0 && prefix == last.0 && last.1 > 0) {
        out.number(step << 1);
        return (prefix, number);
    }
    let shared = prefix.bytes().zip(last.0.bytes()).take_while(|(one, other)| one == other).count();
    out.number(u64::try_from(shared).unwrap_or(0) << 1 | 1);
    out.bytes(prefix.as_bytes().get(shared..).unwrap_or_default());
    out.number(number);
    (prefix, number)
}

impl Table {
    /// Opens a range.
    ///
    /// # Errors
    /// [`Broken`] when it is none.
    pub(crate) fn open(value: &[u8]) -> Result<Table, Broken> {
        let mut reader = Reader::of(KIND, value)?;
        // A document takes a byte of id at least.
        let documents = u32::try_from(reader.count()?).map_err(|_| Broken)?;
        let mut table = Table::default();
        for _ in 0..reader.count()? {
            table.containers.push((reader.text()?.to_owned(), reader.small()?));
        }
        adds_up(table.containers.iter().map(|run| run.1), documents)?;
        table.counts = reader.column(documents)?;
        table.read_ids(Reader::new(reader.bytes()?), documents)?;
        table.updated = reader.column(documents)?;
        table.indexed = reader.column(documents)?;
        table.read_places(&mut reader, documents)?;
        reader.end()?;
        Ok(table)
    }

    fn read_ids(&mut self, mut reader: Reader<'_>, documents: u32) -> Result<(), Broken> {
        let (mut prefix, mut number) = (Vec::new(), 0_u64);
        for _ in 0..documents {
            let head = reader.number()?;
            if head & 1 == 0 {
                number = number.checked_add(head >> 1).ok_or(Broken)?;
            } else {
                let shared = usize::try_from(head >> 1).map_err(|_| Broken)?;
                let suffix = reader.bytes()?;
                if shared > prefix.len() || shared.saturating_add(suffix.len()) > MOST_ID {
                    return Err(Broken);
                }
                prefix.truncate(shared);
                prefix.extend(suffix);
                number = reader.number()?;
            }
            self.ids.push_str(std::str::from_utf8(&prefix).map_err(|_| Broken)?);
            if let Some(number) = number.checked_sub(1) {
                self.ids.push_str(&number.to_string());
            }
            self.ends.push(u32::try_from(self.ids.len()).map_err(|_| Broken)?);
        }
        reader.end()
    }

    fn read_places(&mut self, reader: &mut Reader<'_>, documents: u32) -> Result<(), Broken> {
        for _ in 0..reader.count()? {
            self.groups.push(SegmentId(reader.long()?));
        }
        for _ in 0..reader.count()? {
            self.group_runs.push((reader.small()?, reader.small()?));
        }
        adds_up(self.group_runs.iter().map(|run| run.1), documents)?;
        let pieces = self.counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count)).ok_or(Broken)?;
        self.blocks = reader.column(pieces)?;
        let (mut counts, mut steps) = (self.counts.iter(), self.blocks.iter_mut());
        for (_, documents) in &self.group_runs {
            let mut last = 0;
            for count in counts.by_ref().take(usize::try_from(*documents).map_err(|_| Broken)?) {
                for step in steps.by_ref().take(usize::try_from(*count).map_err(|_| Broken)?) {
                    last = unfold(*step, last).ok_or(Broken)?;
                    *step = last;
                }
            }
        }
        Ok(())
    }

    /// How many documents.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The id of a document.
    pub(crate) fn id(&self, at: usize) -> Option<&str> {
        let end = usize::try_from(*self.ends.get(at)?).ok()?;
        let start = match at.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.ids.get(start..end)
    }

    /// The container of a document.
    pub(crate) fn container(&self, at: usize) -> Option<&str> {
        let mut left = u32::try_from(at).ok()?;
        self.containers.iter().find_map(|(name, documents)| match left.checked_sub(*documents) {
            Some(rest) => {
                left = rest;
                None
            }
            None => Some(name.as_str()),
        })
    }

    /// The last change in days since the Unix epoch, if known.
    pub(crate) fn updated(&self, at: usize) -> Option<u32> {
        self.updated.get(at)?.checked_sub(1)
    }

    /// The day it was indexed.
    pub(crate) fn indexed(&self, at: usize) -> u32 {
        self.indexed.get(at).copied().unwrap_or_default()
    }

    /// Every document with its container, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&str, Row)> {
        let mut places = self.group_runs.iter().flat_map(|(group, documents)| {
            let id = usize::try_from(*group).ok().and_then(|at| self.groups.get(at)).copied();
            std::iter::repeat_n(id, usize::try_from(*documents).unwrap_or_default())
        });
        let mut names = self.containers.iter().flat_map(|(name, documents)| {
            std::iter::repeat_n(name.as_str(), usize::try_from(*documents).unwrap_or_default())
        });
        let mut blocks = self.blocks.iter().copied();
        (0..self.len()).filter_map(move |at| {
            let count = usize::try_from(*self.counts.get(at)?).ok()?;
            let row = Row {
                run: 0,
                id: self.id(at)?.to_owned(),
                updated: *self.updated.get(at)?,
                indexed: *self.indexed.get(at)?,
                group: places.next()??,
                blocks: blocks.by_ref().take(count).collect(),
            };
            Some((names.next()?, row))
        })
    }

    /// Where the text of a document's piece lies.
    pub(crate) fn place(&self, at: usize, piece: u32) -> Option<(SegmentId, u32)> {
        let before: u32 = self.counts.iter().take(at).sum();
        let block = self.blocks.get(usize::try_from(before.checked_add(piece)?).ok()?)?;
        let mut left = u32::try_from(at).ok()?;
        let run = self.group_runs.iter().find(|(_, documents)| match left.checked_sub(*documents) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        })?;
        Some((*self.groups.get(usize::try_from(run.0).ok()?)?, *block))
    }
}

fn adds_up(mut parts: impl Iterator<Item = u32>, whole: u32) -> Result<(), Broken> {
    let sum = parts.try_fold(0_u32, u32::checked_add);
    if sum == Some(whole) { Ok(()) } else { Err(Broken) }
}

const KIND: u8 = b'd';
/// So that the number fits 64 bits with one to spare.
const MOST_DIGITS: usize = 18;
/// Longest id in bytes.
pub(crate) const MOST_ID: usize = 512;
