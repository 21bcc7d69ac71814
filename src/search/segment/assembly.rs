//! From terms in order and documents to the values of a segment; a small one becomes a single value.
//! It stores nothing: values are handed out as soon as it is sure that they are values of their own.

use super::cut::{TermsCutter, documents};
use super::documents::Row;
use super::{SegmentId, ValueName, root, single};
use crate::search::Space;
use crate::search::manifest::{Entry, Form, Routing, Run, Starts};
use crate::search::posting::Posting;
use crate::search::vector::Codes;

/// A segment being put together. Give it every term in order, hand on what [`Assembly::take`] has, then finish.
#[derive(Debug)]
pub(crate) struct Assembly {
    entry: Entry,
    routing: Routing,
    root: Option<Vec<u8>>,
    terms: TermsCutter,
    held: Vec<(ValueName, Vec<u8>)>,
    bytes: usize,
}

impl Assembly {
    /// Begins with the documents, in their order; `containers` are the names that [`Row::run`] counts.
    pub(crate) fn new(id: SegmentId, rows: &[Row], containers: &[&str]) -> Self {
        let mut entry = Entry::empty(id);
        entry.runs = runs(rows, containers);
        entry.documents = entry.runs.iter().map(|run| run.documents).sum();
        entry.pieces = entry.runs.iter().map(|run| run.pieces).sum();
        let mut routing = Routing::default();
        let held = documents(rows, containers, &mut routing);
        let root = (entry.documents != entry.pieces).then(|| root::write(rows));
        let bytes = held.iter().map(|value| value.1.len()).sum();
        Assembly { entry, routing, root, terms: TermsCutter::default(), held, bytes }
    }

    /// Adds a term behind the last one.
    pub(crate) fn push(&mut self, term: &[u8], list: &[Posting]) {
        self.terms.push(term, list);
        let values = self.terms.take();
        self.hold(values);
    }

    fn hold(&mut self, values: Vec<(ValueName, Vec<u8>)>) {
        self.bytes += values.iter().map(|value| value.1.len()).sum::<usize>();
        self.held.extend(values);
    }

    /// Values that can be stored by now.
    pub(crate) fn take(&mut self) -> Vec<(ValueName, Vec<u8>)> {
        if self.bytes > single::MOST { std::mem::take(&mut self.held) } else { Vec::new() }
    }

    /// Adds the embeddings, hands out the last values and what the manifest says.
    pub(crate) fn finish(mut self, space: Option<&Space>, codes: Codes) -> (Entry, Vec<(ValueName, Vec<u8>)>) {
        let last = std::mem::take(&mut self.terms).finish(&mut self.routing);
        self.hold(last);
        if let Some(space) = space.filter(|_| !codes.is_empty()) {
            self.entry.space = Some(space.clone());
            self.entry.vectors = number(codes.len());
            let cells = codes.cells(CELLS);
            self.routing.centroids = number(cells.centroids.len());
            self.routing.vectors = cells.values.iter().map(|value| number(value.len())).collect();
            let values = cells.values.into_iter().zip(0..).map(|(value, at)| (ValueName::Vectors(at), value));
            let values: Vec<_> = std::iter::once((ValueName::Centroids, cells.centroids)).chain(values).collect();
            self.hold(values);
        }
        self.close()
    }

    fn close(mut self) -> (Entry, Vec<(ValueName, Vec<u8>)>) {
        let root = self.root.take();
        self.bytes += root.as_ref().map_or(0, Vec::len);
        let is_small = self.bytes <= single::MOST;
        self.routing.starts = match root {
            None => Starts::Each,
            Some(root) if is_small || root.len() <= ROOT_HERE => Starts::Here(root),
            Some(root) => {
                let bytes = number(root.len());
                self.held.push((ValueName::Root, root));
                Starts::Root(bytes)
            }
        };
        self.entry.bytes = u64::try_from(self.bytes).unwrap_or(u64::MAX);
        if is_small {
            let packed = single::pack(&self.routing, &self.held);
            self.entry.form = Form::Single;
            return (self.entry, vec![(ValueName::Single, packed)]);
        }
        self.entry.form = Form::Cut(self.routing);
        (self.entry, self.held)
    }
}

fn runs(rows: &[Row], containers: &[&str]) -> Vec<Run> {
    let run = |rows: &[Row]| {
        let at = rows.first().and_then(|row| usize::try_from(row.run).ok());
        Run {
            container: at.and_then(|at| containers.get(at)).copied().unwrap_or_default().to_owned(),
            documents: number(rows.len()),
            pieces: number(rows.iter().map(|row| row.blocks.len()).sum()),
        }
    };
    rows.chunk_by(|one, other| one.run == other.run).map(run).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What a value of embeddings aims at: a cold query has reads for six or seven of them, and this fills its bytes.
const CELLS: usize = if cfg!(test) { 700 } else { 72_000 };
/// A root of at most so many bytes is kept in the manifest: every query reads that anyway.
const ROOT_HERE: usize = if cfg!(test) { 24 } else { 16_000 };
