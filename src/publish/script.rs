//! The edit script: what is to change on a page, edit by edit, each of which can be left out.
//!
//! Opaque to everyone but this room, yet stable: version 1 is pinned by golden files.

use super::clean;
use super::digest::Digest;
use super::identity;
use super::page::{BlockIndex, Form, Grain, Page};
use crate::content::Block;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Edits against one exact body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EditScript {
    version: Version,
    pub(crate) format: Form,
    pub(crate) grain: Grain,
    /// The digest of the body the edits are for.
    pub(crate) base: Digest,
    pub(crate) edits: Vec<Edit>,
    /// Space between blocks that differs; no reader sees it.
    #[serde(default, skip_serializing_if = "Spacing::is_empty")]
    pub(crate) spacing: Spacing,
}

/// One edit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Edit {
    /// Its name in the script.
    pub id: EditId,
    /// What it does.
    pub op: Op,
    /// The claims its text states, in order of their place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimMark>,
    /// Why, for the reader of the review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What an edit does; texts are in the format of the page, printed by our own encoder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Op {
    /// Puts a block in.
    Insert {
        /// Where.
        place: Place,
        /// The block.
        text: String,
        /// The space before it; that of the page when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<String>,
    },
    /// Puts a block in the place of another.
    Replace {
        /// The block that goes.
        block: BlockIndex,
        /// The block that comes.
        text: String,
    },
    /// Takes a block out.
    Remove {
        /// The block.
        block: BlockIndex,
    },
    /// Puts a block elsewhere, byte for byte.
    Move {
        /// The block.
        block: BlockIndex,
        /// Where to.
        place: Place,
    },
}

/// A place on the page as it was. A block that is removed or moved still marks its place, so that no edit depends on
/// another; edits for the same place stand in the order of the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "at", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Place {
    /// Before the first block.
    Start,
    /// After the last block.
    End,
    /// Right before a block.
    Before {
        /// The block.
        block: BlockIndex,
    },
    /// Right after a block.
    After {
        /// The block.
        block: BlockIndex,
    },
}

/// Where a claim stands in the text of an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClaimMark {
    /// The claim.
    pub id: ClaimId,
    /// The first character of the claim, counted over the running text of the block.
    pub start: u32,
    /// The character after its last.
    pub end: u32,
}

/// Spaces to write otherwise than the page did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Spacing {
    /// Before the first block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) head: Option<String>,
    /// After the last block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) tail: Option<String>,
    /// Before these blocks, in rising order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) leads: Vec<(BlockIndex, String)>,
}

/// The version of the script's form. INVARIANT: only [`Version::CURRENT`] can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
struct Version;

/// The name of an edit: `e` and a number from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct EditId(u32);

/// The name of a claim: up to 64 letters, digits, `-`, `_`, `.`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ClaimId(String);

impl EditScript {
    /// No edits yet, against this page.
    pub fn new(page: &Page) -> Self {
        Self {
            version: Version,
            format: page.form,
            grain: page.grain,
            base: page.digest(),
            edits: Vec::new(),
            spacing: Spacing::default(),
        }
    }

    /// Adds an edit and gives its name.
    pub fn push(&mut self, op: Op, claims: Vec<ClaimMark>, reason: Option<&str>) -> EditId {
        let id = EditId::nth(self.edits.len());
        let reason = reason.map(clean::line).filter(|reason| !reason.is_empty());
        self.edits.push(Edit { id, op, claims, reason });
        id
    }

    /// The digest of the body the edits are for.
    pub fn base(&self) -> Digest {
        self.base
    }

    /// What counts as one block of the page that the edits are for.
    pub fn grain(&self) -> Grain {
        self.grain
    }

    /// The edits in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether there is nothing to change, not even space.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.spacing.is_empty()
    }
}

impl Op {
    /// Puts this block in.
    pub fn insert(page: &Page, place: Place, block: &Block) -> Self {
        Self::Insert { place, text: page.form.print(block), lead: None }
    }

    /// Puts this block in the place of another. One of the same kind is the old block rewritten: it keeps its ids.
    pub fn replace(page: &Page, at: BlockIndex, block: &Block) -> Self {
        let text = identity::inherit(page.form, page.unit_bytes(at.get()), &page.form.print(block));
        Self::Replace { block: at, text }
    }

    /// The block of the page that the edit is about.
    pub(crate) fn target(&self) -> Option<BlockIndex> {
        match self {
            Self::Insert { .. } => None,
            Self::Replace { block, .. } | Self::Remove { block } | Self::Move { block, .. } => Some(*block),
        }
    }

    /// Where the edit puts something.
    pub(crate) fn place(&self) -> Option<Place> {
        match self {
            Self::Insert { place, .. } | Self::Move { place, .. } => Some(*place),
            Self::Replace { .. } | Self::Remove { .. } => None,
        }
    }

    /// The text that the edit brings.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Insert { text, .. } | Self::Replace { text, .. } => Some(text),
            Self::Remove { .. } | Self::Move { .. } => None,
        }
    }
}

impl Spacing {
    fn is_empty(&self) -> bool {
        self.head.is_none() && self.tail.is_none() && self.leads.is_empty()
    }

    pub(crate) fn lead(&self, at: usize) -> Option<&str> {
        let found = self.leads.binary_search_by_key(&at, |(block, _)| block.get()).ok()?;
        self.leads.get(found).map(|(_, lead)| lead.as_str())
    }
}

impl Version {
    const CURRENT: u32 = 1;
}

impl From<Version> for u32 {
    fn from(Version: Version) -> Self {
        Version::CURRENT
    }
}

impl TryFrom<u32> for Version {
    type Error = &'static str;

    fn try_from(raw: u32) -> Result<Self, Self::Error> {
        if raw == Self::CURRENT { Ok(Self) } else { Err("unknown version") }
    }
}

impl EditId {
    /// The name of the edit at this position.
    pub(crate) fn nth(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX - 1).saturating_add(1))
    }

    /// Reads `e1`, `e2` …; one spelling for each.
    pub fn parse(raw: &str) -> Option<Self> {
        let number: u32 = raw.strip_prefix('e')?.parse().ok()?;
        let id = Self(number);
        (number > 0 && id.to_string() == raw).then_some(id)
    }
}

impl fmt::Display for EditId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", self.0)
    }
}

impl From<EditId> for String {
    fn from(id: EditId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for EditId {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not an edit id")
    }
}

impl ClaimId {
    /// Reads a claim's name.
    pub fn parse(raw: &str) -> Option<Self> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (!raw.is_empty() && raw.len() <= 64 && raw.bytes().all(known)).then(|| Self(raw.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<ClaimId> for String {
    fn from(id: ClaimId) -> Self {
        id.0
    }
}

impl TryFrom<String> for ClaimId {
    type Error = &'static str;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        Self::parse(&raw).ok_or("not a claim id")
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BlockIndex, Page, compose};
    use super::{ClaimId, EditId, EditScript, Op, Place};

    const GOLDEN: &str = include_str!("../../tests/golden/publish/script-1.json");
    const BODY: &str = "<h2>Known errors</h2>\n<p>Old.</p>\n<p>Gone.</p>\n<p>Last.</p>";

    fn example() -> EditScript {
        let page = Page::parse(BODY).unwrap();
        let at = |position| BlockIndex::at(position).unwrap();
        let claim = ClaimId::parse("c1").unwrap();
        let sources = [("ITD-1", "https://x.example/browse/ITD-1")];
        let claims = [compose::Claim { id: &claim, text: "The router restarts.", sources: &sources }];
        let composed = compose::paragraph(&claims).unwrap();
        let mut script = EditScript::new(&page);
        script.push(
            Op::insert(&page, Place::After { block: at(0) }, &composed.block),
            composed.claims.clone(),
            Some("from ITD-1"),
        );
        script.push(Op::replace(&page, at(1), &composed.block), composed.claims, None);
        script.push(Op::Remove { block: at(2) }, Vec::new(), Some(" \u{202e} "));
        script.push(Op::Move { block: at(3), place: Place::Start }, Vec::new(), None);
        script.push(Op::insert(&page, Place::End, &composed.block), Vec::new(), None);
        script.spacing.leads.push((at(3), "\n\n".to_owned()));
        script.spacing.tail = Some("\n".to_owned());
        script
    }

    #[test]
    fn keeps_the_form_of_version_1() {
        let mut written = serde_json::to_string_pretty(&example()).unwrap();
        written.push('\n');
        assert_eq!(written, GOLDEN);
        assert_eq!(serde_json::from_str::<EditScript>(GOLDEN).unwrap(), example());
    }

    #[test]
    fn refuses_another_form() {
        let check = |old: &str, new: &str| {
            assert!(GOLDEN.contains(old), "{old}");
            assert!(serde_json::from_str::<EditScript>(&GOLDEN.replacen(old, new, 1)).is_err(), "{new}");
        };
        check(r#""version": 1"#, r#""version": 2"#);
        check(r#""version": 1"#, r#""version": "1""#);
        check(r#""version": 1,"#, "");
        check(r#""version": 1"#, r#""version": 1, "extra": 1"#);
        check(r#""storage""#, r#""markdown""#);
        check(r#""base": ""#, r#""base": "0"#);
        check(r#""id": "e1""#, r#""id": "e01""#);
        check(r#""id": "e1""#, r#""id": "e1", "extra": 1"#);
        check(r#""type": "insert""#, r#""type": "insert", "extra": 1"#);
        check(r#""type": "insert""#, r#""type": "delete""#);
        check(r#""at": "after""#, r#""at": "after", "extra": 1"#);
        check(r#""block": 0"#, r#""block": -1"#);
        check(r#""block": 0"#, r#""block": 4294967296"#);
        check(r#""id": "c1""#, r#""id": "c 1""#);
        check(r#""start": 0"#, r#""start": 0.5"#);
        check(r#""tail""#, r#""middle""#);
    }

    #[test]
    fn reads_one_spelling_of_an_id() {
        for bad in ["", "e", "e0", "e01", "e-1", "e+1", "E1", "1", "e4294967296", " e1", "e1 "] {
            assert_eq!(EditId::parse(bad), None, "{bad}");
        }
        assert_eq!(EditId::parse("e12").map(String::from).as_deref(), Some("e12"));
        let long = "c".repeat(65);
        for bad in ["", "c 1", "é", "c/1", &long] {
            assert_eq!(ClaimId::parse(bad), None, "{bad}");
        }
    }
}
