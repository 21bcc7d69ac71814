//! What is to be written, as plain text with citations; the same for every engine.
//! It is not a page: blocks, links and the edit script are made from it elsewhere.

use serde::{Deserialize, Serialize};

/// The plan of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// A title the engine proposes; the writer's own goes first.
    pub title: Option<String>,
    /// The text.
    pub body: Body,
    /// What was left out on the way, by code.
    pub dropped: Vec<Dropped>,
}

/// A whole page, or changes to one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Body {
    /// Sections of a new page.
    Sections(Vec<Section>),
    /// Changes to a page.
    Edits(Vec<Edit>),
}

/// A heading with what stands under it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Empty when the items follow without one.
    pub heading: String,
    /// Sentences and bullets.
    pub items: Vec<Item>,
}

/// One change to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is done.
    pub op: Op,
    /// Where.
    pub at: Anchor,
    /// A heading to put in front of the items; empty for none.
    pub heading: String,
    /// The new text; empty for a removal.
    pub items: Vec<Item>,
    /// Why, for the person who reviews; never written to the page.
    pub reason: String,
}

/// What an edit does at its anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// New blocks after it.
    InsertAfter,
    /// New blocks in its place.
    Replace,
    /// Nothing in its place.
    Remove,
}

/// A place in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// Before the first block.
    Start,
    /// The block of that index in the task's outline.
    Block(usize),
    /// After the last block.
    End,
}

/// A sentence or a bullet: one or more claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// How it is set.
    pub kind: ItemKind,
    /// Its sentences; together they are its text.
    pub claims: Vec<ClaimText>,
}

/// How an item is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Part of a paragraph.
    Sentence,
    /// A bullet of a list.
    Bullet,
}

/// One sentence with the sources it cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimText {
    /// `c1`, `c2`, … in reading order.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Indices of the cited sources.
    pub refs: Vec<usize>,
    /// What already spoke against it when it was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<Reason>,
}

/// A claim with what the check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// As in the plan.
    pub id: String,
    /// As in the plan.
    pub text: String,
    /// As in the plan.
    pub refs: Vec<usize>,
    /// Whether everything checkable in it is in its sources.
    pub supported: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The sentence of a cited source that comes closest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A sentence of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Index of the source.
    pub source: usize,
    /// Index of the excerpt of it; none for what stands in front of them (key, title).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<usize>,
    /// The sentence.
    pub text: String,
}

/// Why a claim is not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It cites nothing.
    NoRef,
    /// It cites a source that was not given.
    UnknownRef,
    /// A number that is not in its sources.
    Number,
    /// A date that is not in its sources.
    Date,
    /// A version that is not in its sources.
    Version,
    /// A host name or address that is not in its sources.
    Host,
    /// A link that is not in its sources.
    Url,
    /// An issue key that is not in its sources.
    IssueKey,
    /// A name from code that is not in its sources.
    Identifier,
    /// A masked value that is not in its sources.
    Token,
    /// It shares too few words with its sources.
    Overlap,
    /// Nothing was left after cleaning.
    Empty,
}

/// Something that was left out of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Dropped {
    /// What.
    pub code: DropCode,
}

/// What can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DropCode {
    /// A link.
    Url,
    /// An image.
    Image,
    /// Markup in what should be plain text.
    Markup,
    /// Characters that cannot be seen.
    Invisible,
    /// A heading or title with something its sources do not have.
    Heading,
    /// A claim that is not supported.
    Unsupported,
    /// A claim with a masked value that belongs to no one here.
    UnknownToken,
    /// An edit that changes nothing or has no place.
    Edit,
}

impl Plan {
    /// Every item, in reading order.
    pub fn items(&self) -> Box<dyn Iterator<Item = &Item> + '_> {
        match &self.body {
            Body::Sections(sections) => Box::new(sections.iter().flat_map(|section| &section.items)),
            Body::Edits(edits) => Box::new(edits.iter().flat_map(|edit| &edit.items)),
        }
    }

    /// Every claim, in reading order.
    pub fn claim_texts(&self) -> impl Iterator<Item = &ClaimText> {
        self.items().flat_map(|item| &item.claims)
    }

    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.body {
            Body::Sections(sections) => sections.iter().all(|section| section.items.is_empty()),
            Body::Edits(edits) => edits.is_empty(),
        }
    }
}
