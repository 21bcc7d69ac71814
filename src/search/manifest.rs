//! What the index consists of: containers, live segments with their routing, tombstones, statistics.
//! It is one sealed record, written conditionally on its revision; a segment it does not name does not exist.

mod change;
mod codec;

use sha2::{Digest, Sha256};

pub(crate) use change::{blocks, values};

use super::Space;
use super::segment::{Broken, SegmentId, ValueKey, ValueName};

/// The index's table of contents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Manifest {
    /// Counts up with each write; 0 when nothing was written yet.
    pub rev: u64,
    /// Days a document is shown after it was indexed.
    pub ttl_days: u16,
    /// The length of a piece that impacts are normalized by; fixed when the first documents come. 0 before.
    pub average: f32,
    /// The space of new embeddings.
    pub space: Option<Space>,
    /// Containers that are switched on, by name.
    pub containers: Vec<Container>,
    /// Live segments, oldest first.
    pub segments: Vec<Entry>,
    /// Groups of text blocks that live documents point to.
    pub groups: Vec<Group>,
    /// Segments whose values are being written.
    pub building: Vec<Building>,
    /// Values that nothing names any more and that are to be deleted.
    pub dropped: Vec<Dropped>,
    /// Documents hidden in segments older than the tombstone.
    pub tombstones: Vec<Tombstone>,
    /// The age the next segment gets; greater is newer.
    pub next_seq: u64,
}

/// A project or space that is indexed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// As documents name it: `project:ABC`.
    pub name: String,
    /// The product's id of it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Where its first crawl stands.
    pub state: ContainerState,
    /// The stable code of a failure; empty without one.
    pub code: String,
    /// Documents read by the current crawl.
    pub done: u32,
    /// Documents the current crawl expects; 0 when unknown.
    pub total: u32,
    /// The crawl that counts; events of another one are ignored. Empty when none runs.
    pub run: String,
    /// End of the last whole crawl, seconds since the Unix epoch; 0 before.
    pub indexed_at: u64,
    /// Live documents.
    pub documents: u32,
    /// Their pieces.
    pub pieces: u32,
    /// Bytes of text they hold, as stored.
    pub bytes: u64,
}

/// Where a container stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ContainerState {
    /// Switched on, nothing read yet.
    #[default]
    Waiting,
    /// Being read for the first time, or anew.
    Indexing,
    /// Read to its end.
    Ready,
    /// The crawl gave up; `code` says why.
    Failed,
}

/// A live segment.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its name.
    pub id: SegmentId,
    /// Its age; greater is newer.
    pub seq: u64,
    /// Tombstones up to this age have been applied to it.
    pub applied: u64,
    /// Documents in it, dead ones too.
    pub documents: u32,
    /// Their pieces.
    pub pieces: u32,
    /// Containers its documents are of, in the order of the documents, with how many documents and pieces each has.
    pub runs: Vec<Run>,
    /// How its values are cut.
    pub form: Form,
    /// The space of its embeddings; none without.
    pub space: Option<Space>,
    /// Embeddings in it.
    pub vectors: u32,
    /// Bytes of all its values but the texts, before sealing.
    pub bytes: u64,
}

/// Documents of one container within a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The container's name.
    pub container: String,
    /// How many documents.
    pub documents: u32,
    /// How many pieces.
    pub pieces: u32,
}

/// How a segment's values are cut.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// One value.
    Single,
    /// Ranges of terms and of documents.
    Cut(Routing),
}

/// Which value holds what: read with the manifest, so that a query reads few others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Routing {
    /// For each range of terms the shortest beginning that only its terms and later ones reach, and the bytes of its value.
    pub terms: Vec<(Vec<u8>, u32)>,
    /// For each range of documents what lies in it.
    pub documents: Vec<Table>,
    /// The most frequent terms with the number of pieces they stand in, in order: what a query leaves out first.
    pub common: Vec<(Vec<u8>, u32)>,
    /// Where documents begin among the pieces.
    pub starts: Starts,
    /// Bytes of the value that says where the cells of embeddings lie; 0 without embeddings.
    pub centroids: u32,
    /// Bytes of each value of embeddings.
    pub vectors: Vec<u32>,
}

/// Where documents begin among the pieces.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Starts {
    /// Every document has one piece.
    #[default]
    Each,
    /// A root value, kept here because it is small.
    Here(Vec<u8>),
    /// In the segment's root value, of so many bytes.
    Root(u32),
}

/// A range of documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The container of its first document, as an index into [`Entry::runs`].
    pub run: u32,
    /// Id of its first document.
    pub first: String,
    /// Its documents.
    pub documents: u32,
    /// Their pieces.
    pub pieces: u32,
    /// Bytes of its value before sealing.
    pub bytes: u32,
}

/// A group of texts by name: the segment whose values its blocks are, and the container.
pub type GroupName = (SegmentId, String);

/// Blocks of texts that came together, of one container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The segment that brought them; their values carry its name.
    pub id: SegmentId,
    /// The container.
    pub container: String,
    /// Number of the first block.
    pub first: u32,
    /// How many blocks.
    pub blocks: u32,
    /// Documents they hold.
    pub documents: u32,
    /// Of these, how many a merge found dead.
    pub dead: u32,
    /// Bytes before sealing.
    pub bytes: u64,
}

/// A segment whose values are being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Building {
    /// Its name.
    pub id: SegmentId,
    /// Since when, seconds since the Unix epoch.
    pub since: u64,
    /// At most so many values of each kind.
    pub values: u32,
}

impl Building {
    /// Every value it may have written.
    pub(crate) fn values(&self) -> impl Iterator<Item = Dropped> {
        let numbered = [ValueName::Terms(0), ValueName::Documents(0), ValueName::Vectors(0), ValueName::Texts(0)];
        let alone = [ValueName::Single, ValueName::Root, ValueName::Centroids];
        let (id, values) = (self.id, self.values);
        let dropped = move |name, count| Dropped { first: ValueKey { segment: id, name }, count };
        let numbered = numbered.into_iter().map(move |name| dropped(name, values));
        numbered.chain(alone.into_iter().map(move |name| dropped(name, 1)))
    }

    /// The key of each of them.
    pub(crate) fn keys(&self) -> impl Iterator<Item = ValueKey> {
        self.values().flat_map(Dropped::keys)
    }
}

/// Values that are to be deleted: of one kind, with numbers one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dropped {
    /// The first.
    pub first: ValueKey,
    /// How many.
    pub count: u32,
}

impl Dropped {
    /// Each of them.
    pub fn keys(self) -> impl Iterator<Item = ValueKey> {
        let (kind, number) = self.first.name.parts();
        (0..self.count).filter_map(move |step| {
            let name = ValueName::of_parts(kind, number.checked_add(step)?).ok()?;
            Some(ValueKey { segment: self.first.segment, name })
        })
    }
}

/// A document hidden in older segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tombstone {
    /// Five bytes of a digest of its id.
    pub token: u64,
    /// Hidden in segments of a smaller `seq`.
    pub seq: u64,
}

/// What the index holds in all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Live documents.
    pub documents: u64,
    /// Their pieces.
    pub pieces: u64,
    /// Segments.
    pub segments: u64,
    /// Values in the store.
    pub values: u64,
    /// Bytes as stored, about.
    pub bytes: u64,
}

/// Why there is no manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadManifest {
    /// Not this format, or cut.
    Broken,
    /// Of a later version of the app.
    Version,
    /// Of another revision than the record it came in, or older than its own segments.
    Stale,
    /// Larger than a value may be.
    TooLarge,
}

impl BadManifest {
    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            BadManifest::Broken => "index-manifest-broken",
            BadManifest::Version => "index-manifest-version",
            BadManifest::Stale => "index-manifest-stale",
            BadManifest::TooLarge => "index-manifest-too-large",
        }
    }
}

impl From<Broken> for BadManifest {
    fn from(_: Broken) -> Self {
        BadManifest::Broken
    }
}

impl Manifest {
    /// The container of this name.
    #[must_use]
    pub fn container(&self, name: &str) -> Option<&Container> {
        self.containers.iter().find(|container| container.name == name)
    }

    /// The container of this name, to be changed.
    pub fn container_mut(&mut self, name: &str) -> Option<&mut Container> {
        self.containers.iter_mut().find(|container| container.name == name)
    }
}

impl Tombstone {
    /// What stands for a document's id: five bytes of its SHA-256.
    #[must_use]
    pub fn token(id: &str) -> u64 {
        let digest = Sha256::digest(id.as_bytes());
        digest.iter().take(5).fold(0, |token, byte| token << 8 | u64::from(*byte))
    }
}

impl Entry {
    /// A segment with nothing in it.
    #[must_use]
    pub fn empty(id: SegmentId) -> Entry {
        Entry {
            id,
            seq: 0,
            applied: 0,
            documents: 0,
            pieces: 0,
            runs: Vec::new(),
            form: Form::Single,
            space: None,
            vectors: 0,
            bytes: 0,
        }
    }
}
