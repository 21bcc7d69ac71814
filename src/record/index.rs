//! Which projects and spaces an admin switched on for the index, how far each is, and what was measured last.
//! It holds no text of any of them: the index's manifest and values are [`crate::search`]'s.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ProblemCode, RouteId};
use crate::protocol::view::Spent;
use crate::protocol::{ContainerKind, Millis, SourceKind};
use crate::search::Space;

/// The admin's choices for the index. Nothing is indexed but what is named here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IndexSettings {
    /// Version of this form.
    pub v: u8,
    /// Days a document stays without being read again.
    pub ttl_days: u16,
    /// Where excerpts are embedded; none while an admin has not switched it on.
    pub embedding: Option<Embedded>,
    /// What is switched on, in the order in which it was.
    pub containers: Vec<Switched>,
    /// What one query of the last recall report cost, about.
    pub measured: Option<Spent>,
    /// Whether stored values are to be looked at when nothing is left to be merged.
    #[serde(default)]
    pub look: bool,
}

impl Default for IndexSettings {
    fn default() -> Self {
        IndexSettings { v: 1, ttl_days: 90, embedding: None, containers: Vec::new(), measured: None, look: false }
    }
}

impl IndexSettings {
    /// The container of this name (`project:ABC`), if it is switched on.
    #[must_use]
    pub fn container(&self, name: &str) -> Option<&Switched> {
        self.containers.iter().find(|container| container.name() == name)
    }

    /// The same, to be changed.
    pub fn container_mut(&mut self, name: &str) -> Option<&mut Switched> {
        self.containers.iter_mut().find(|container| container.name() == name)
    }

    /// The containers a kind of source lies in.
    pub fn of(&self, kind: SourceKind) -> impl Iterator<Item = &Switched> {
        let wanted = match kind {
            SourceKind::Issue => ContainerKind::Project,
            SourceKind::Page => ContainerKind::Space,
        };
        self.containers.iter().filter(move |container| container.kind == wanted)
    }
}

/// Embeddings as an admin switched them on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embedded {
    /// Where the vectors live. The choice holds for this provider; another one is asked for again.
    pub space: Space,
    /// The customer's route that embeds; none = the configured one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
    /// The provider's name to show.
    pub name: String,
    /// Vectors of this space in the index, as of the last step.
    pub vectors: u64,
    /// Why texts were left without vectors last.
    pub problem: Option<ProblemCode>,
}

/// A project or space that is switched on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Switched {
    pub kind: ContainerKind,
    pub key: String,
    /// The product's id of it; stays when the key changes.
    pub id: String,
    pub title: String,
    pub progress: Progress,
    /// The comparison under way; empty when none is.
    pub run: String,
    /// Its next step: an event of an earlier one was delivered twice.
    pub step: u32,
    pub done: u64,
    pub total: u64,
    /// When the last step ended.
    pub moved: Millis,
    /// End of the last whole comparison.
    pub indexed_at: Option<Millis>,
    pub problem: Option<ProblemCode>,
    /// What the index holds of it, as of the last step.
    pub documents: u64,
    pub excerpts: u64,
    pub bytes: u64,
    /// Whether the comparison under way, or the next one, reads everything anew.
    #[serde(default)]
    pub renew: bool,
    /// Excerpts that were to be embedded and were not, since everything was read last.
    #[serde(default)]
    pub lacks: u64,
    /// Documents of which something is not in the index, by the token of their id, and why; the first [`MOST_PASSED`] that were met.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passed: BTreeMap<u64, Passed>,
}

/// Why something of a document is not in the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Passed {
    /// A body that does not parse, or is longer than one may be: the rest of the document is found.
    BodyUnread,
    /// The document is larger than an answer may be: nothing of it is found.
    DocumentTooLarge,
    /// An excerpt longer than the embedding model takes: by its meaning its beginning is found, or nothing.
    ExcerptTooLong,
}

/// So many documents a container notes; the record of all containers is one value.
pub const MOST_PASSED: usize = 40;

impl Switched {
    /// A project or space of which nothing was read yet, and no comparison is under way.
    #[must_use]
    pub fn new(kind: ContainerKind, key: String, id: String, title: String) -> Switched {
        Switched {
            kind,
            key,
            id,
            title,
            progress: Progress::Waiting,
            run: String::new(),
            step: 0,
            done: 0,
            total: 0,
            moved: Millis(0),
            indexed_at: None,
            problem: None,
            documents: 0,
            excerpts: 0,
            bytes: 0,
            renew: false,
            lacks: 0,
            passed: BTreeMap::new(),
        }
    }

    /// Takes note of documents that were read: what of each was passed over, if anything was.
    pub fn pass(&mut self, read: &BTreeMap<u64, Option<Passed>>) {
        for (token, passed) in read {
            match passed {
                Some(passed) if self.passed.len() < MOST_PASSED || self.passed.contains_key(token) => {
                    self.passed.insert(*token, *passed);
                }
                Some(_) => {}
                None => drop(self.passed.remove(token)),
            }
        }
    }

    /// As documents and events name it.
    #[must_use]
    pub fn name(&self) -> String {
        container_name(self.kind, &self.key)
    }
}

/// A container's name: `project:ABC` or `space:DOC`.
#[must_use]
pub fn container_name(kind: ContainerKind, key: &str) -> String {
    match kind {
        ContainerKind::Project => format!("project:{key}"),
        ContainerKind::Space => format!("space:{key}"),
    }
}

/// A document's id in the index: `issue:ABC-1` or `page:123`.
#[must_use]
pub fn document_id(kind: SourceKind, id: &str) -> String {
    match kind {
        SourceKind::Issue => format!("issue:{id}"),
        SourceKind::Page => format!("page:{id}"),
    }
}

/// The source a document of the index is.
#[must_use]
pub fn source_of(document: &str) -> Option<(SourceKind, &str)> {
    match document.split_once(':')? {
        ("issue", key) => Some((SourceKind::Issue, key)),
        ("page", id) => Some((SourceKind::Page, id)),
        _ => None,
    }
}

/// How far a container is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Progress {
    /// Switched on, nothing read yet.
    Waiting,
    /// Being read for the first time or anew.
    Indexing,
    /// Read to its end; changes follow as they happen.
    Ready,
    /// It cannot be read any more, and nothing of it is shown.
    Failed,
}

/// A person's saved sets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SavedSets {
    pub v: u8,
    pub sets: Vec<SavedSet>,
}

/// A set of sources under a name: ids, no titles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct SavedSet {
    pub id: String,
    pub name: String,
    pub sources: Vec<crate::protocol::SourceRef>,
    pub saved_at: Millis,
}
