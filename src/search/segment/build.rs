//! From documents to a segment: analyzed, weighed, put in order, cut.
//! It reads no older segment; what the documents replace is for whoever adds it to the manifest.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::assembly::Assembly;
use super::documents::{MOST_ID, Row};
use super::order::by_place;
use super::texts::TextsWriter;
use super::{Segment, SegmentId, ValueName};
use crate::search::manifest::Group;
use crate::search::posting::Posting;
use crate::search::vector::{self, Codes};
use crate::search::words::{Weighed, Weigher};
use crate::search::{Doc, Piece, Space, Vector, score};

/// What the segments of an index agree on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis<'a> {
    /// Length of a piece that impacts are normalized by, from the manifest; see [`average`].
    pub average: f32,
    /// The space of the embeddings; those of pieces are left out without one.
    pub space: Option<&'a Space>,
}

/// The mean length of these documents' pieces: what an index whose first documents they are normalizes by. At least 1.
#[must_use]
pub fn average(docs: &[Doc]) -> f32 {
    let (mut sum, mut count) = (0.0_f32, 0.0_f32);
    let mut weigher = Weigher::new();
    for doc in docs {
        for piece in pieces(doc) {
            sum += weigh(&mut weigher, doc, &piece).length;
            count += 1.0;
        }
    }
    if count > 0.0 { (sum / count).max(1.0) } else { 1.0 }
}

/// Builds a segment of documents, of one container or several. Of documents of a container with the same id the last
/// counts; one without an id, or with one longer than 512 bytes, is left out.
#[must_use]
pub fn build(id: SegmentId, docs: &[Doc], basis: Basis<'_>) -> Segment {
    let docs = in_order(docs);
    let containers: Vec<&str> =
        docs.iter().map(|doc| doc.container.as_str()).collect::<BTreeSet<_>>().into_iter().collect();
    let mut built = Built::new(id, basis);
    for (run, name) in containers.iter().enumerate() {
        built.container(run, docs.iter().copied().filter(|doc| doc.container == *name));
    }
    let mut assembly = Assembly::new(id, &built.rows, &containers);
    let mut terms: Vec<(Vec<u8>, Vec<Posting>)> = built.terms.into_iter().collect();
    terms.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    let mut values = built.texts;
    for (term, list) in terms {
        assembly.push(&term, &list);
        values.extend(assembly.take());
    }
    let (entry, last) = assembly.finish(basis.space, built.codes);
    values.extend(last);
    Segment { entry, groups: built.groups, values }
}

fn in_order(docs: &[Doc]) -> Vec<&Doc> {
    let fits = |doc: &&Doc| !doc.id.is_empty() && doc.id.len() <= MOST_ID;
    let last: BTreeMap<(&str, &str), &Doc> =
        docs.iter().filter(fits).map(|doc| ((doc.container.as_str(), doc.id.as_str()), doc)).collect();
    let mut docs: Vec<&Doc> = last.into_values().collect();
    docs.sort_by(|one, other| by_place((&one.container, &one.id), (&other.container, &other.id)));
    docs
}

struct Built<'a> {
    id: SegmentId,
    basis: Basis<'a>,
    weigher: Weigher,
    rows: Vec<Row>,
    terms: HashMap<Vec<u8>, Vec<Posting>>,
    codes: Codes,
    texts: Vec<(ValueName, Vec<u8>)>,
    groups: Vec<Group>,
    next: u32,
}

impl<'a> Built<'a> {
    fn new(id: SegmentId, basis: Basis<'a>) -> Self {
        Built {
            id,
            basis,
            weigher: Weigher::new(),
            rows: Vec::new(),
            terms: HashMap::new(),
            codes: Codes::default(),
            texts: Vec::new(),
            groups: Vec::new(),
            next: 0,
        }
    }

    fn container<'d>(&mut self, run: usize, docs: impl Iterator<Item = &'d Doc>) {
        let first = number(self.texts.len());
        let mut texts = TextsWriter::new(first);
        let (mut documents, mut container) = (0, "");
        for doc in docs {
            self.document(number(run), doc, &mut texts);
            documents += 1;
            container = &doc.container;
        }
        let blocks = texts.finish();
        self.groups.push(Group {
            id: self.id,
            container: container.to_owned(),
            first,
            blocks: number(blocks.len()),
            documents,
            dead: 0,
            bytes: blocks.iter().map(|block| u64::try_from(block.len()).unwrap_or(0)).sum(),
        });
        self.texts.extend(blocks.into_iter().zip(first..).map(|(block, number)| (ValueName::Texts(number), block)));
    }

    fn document(&mut self, run: u32, doc: &Doc, texts: &mut TextsWriter) {
        let mut blocks = Vec::new();
        self.filters(doc);
        for (piece, at) in pieces(doc).zip(0..) {
            blocks.push(texts.push(&doc.id, at, &doc.title, &piece.heading, &piece.text));
            self.piece(doc, &piece);
        }
        let updated = doc.meta.updated.map_or(0, |day| day.saturating_add(1));
        self.rows.push(Row { run, id: doc.id.clone(), updated, indexed: doc.meta.indexed, group: self.id, blocks });
    }

    fn filters(&mut self, doc: &Doc) {
        for term in super::filter::terms(&doc.meta) {
            self.terms.entry(term).or_default().push((self.next, 1));
        }
    }

    fn piece(&mut self, doc: &Doc, piece: &Piece) {
        let weighed = weigh(&mut self.weigher, doc, piece);
        for (term, frequency) in weighed.terms {
            // Bytes below a space are for filters and tiers.
            if term.bytes().next().is_none_or(|byte| byte < b' ') || term.contains('\0') {
                continue;
            }
            let impact = score::impact(frequency, weighed.length, self.basis.average);
            self.terms.entry(term.into_bytes()).or_default().push((self.next, impact));
        }
        match (&piece.vector, self.basis.space) {
            (Some(Vector::Made { coordinates, print }), Some(space)) if vector::check(coordinates, space).is_ok() => {
                self.codes.push(self.next, coordinates, *print);
            }
            (Some(Vector::Kept(code)), Some(space)) if code.is_of(space.dimensions) => self.codes.keep(self.next, code),
            _ => {}
        }
        self.next += 1;
    }
}

/// A document's pieces; one without any is found by its title.
fn pieces(doc: &Doc) -> impl Iterator<Item = std::borrow::Cow<'_, Piece>> {
    use std::borrow::Cow;
    let empty =
        doc.pieces.is_empty().then(|| Cow::Owned(Piece { heading: Vec::new(), text: String::new(), vector: None }));
    doc.pieces.iter().map(Cow::Borrowed).chain(empty)
}

fn weigh(weigher: &mut Weigher, doc: &Doc, piece: &Piece) -> Weighed {
    weigher.weigh(&doc.title, &piece.heading, &piece.text, doc.meta.key.as_deref())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
