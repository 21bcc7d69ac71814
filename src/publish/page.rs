//! A page as a list of editable blocks over the exact bytes of its body.
//!
//! It changes nothing: edits are a script beside it, and what the script does not touch keeps its bytes.

use super::digest::Digest;
use super::{identity, split};
use crate::content::view::{self, BlockView};
use crate::content::{self, Block, BlockKind, Format, Malformed};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// The body of a page with its editable blocks.
///
/// INVARIANT: fences, leads, blocks and tail, in order, are the source, byte for byte.
#[derive(Debug)]
pub struct Page {
    pub(crate) form: Form,
    pub(crate) grain: Grain,
    pub(crate) digest: Digest,
    pub(crate) source: String,
    pub(crate) regions: Vec<Region>,
    pub(crate) units: Vec<Unit>,
    pub(crate) tail: Range<usize>,
    separator: String,
}

/// The format of a body that can be edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// Confluence storage format.
    Storage,
    /// Atlassian Document Format.
    Adf,
}

/// What counts as one block of a storage-format page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// Blocks inside layout cells are blocks of their own; the layout itself is never touched.
    Cell,
    /// A whole layout is one block: for two pages whose layouts differ.
    Top,
}

/// The position of a block in its page, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockIndex(u32);

/// A run of blocks with nothing but space between them, and the bytes before it (layout tags, comments).
#[derive(Debug)]
pub(crate) struct Region {
    pub(crate) fence: Range<usize>,
    pub(crate) units: Range<usize>,
}

/// One editable block.
#[derive(Debug)]
pub(crate) struct Unit {
    /// The space before it; empty for the first of a region, whose space belongs to the fence.
    pub(crate) lead: Range<usize>,
    pub(crate) span: Range<usize>,
    pub(crate) block: Block,
}

impl Page {
    /// Reads a body in storage format; blocks inside layout cells are blocks of their own.
    ///
    /// # Errors
    /// When the body is no storage format or too large.
    pub fn parse(body: &str) -> Result<Self, Malformed> {
        Self::read(Form::Storage, Grain::Cell, body)
    }

    /// The page that is not there yet.
    pub fn empty() -> Self {
        Self::assemble(Form::Storage, Grain::Cell, String::new(), split::Parts::default())
    }

    /// Reads a body of either format at either grain (ADF has only one).
    ///
    /// # Errors
    /// When the body is not of that format or too large.
    pub fn read(form: Form, grain: Grain, body: &str) -> Result<Self, Malformed> {
        let parts = split::split(form, grain, body)?;
        Ok(Self::assemble(form, grain, body.to_owned(), parts))
    }

    fn assemble(form: Form, grain: Grain, source: String, parts: split::Parts) -> Self {
        let split::Parts { regions, units, tail } = parts;
        let digest = Digest::of(&source);
        let mut page = Self { form, grain, digest, source, regions, units, tail, separator: String::new() };
        page.separator = page.usual_lead().unwrap_or_else(|| form.separator()).to_owned();
        page
    }

    /// The SHA-256 of the body.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The body, as read.
    pub fn body(&self) -> &str {
        &self.source
    }

    /// How many editable blocks the page has.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether the page has no editable block.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The editable blocks in order.
    pub fn blocks(&self) -> impl Iterator<Item = (BlockIndex, &Block)> {
        self.units.iter().enumerate().filter_map(|(at, unit)| Some((BlockIndex::at(at)?, &unit.block)))
    }

    /// The last block of the section that this heading opens: everything up to the next heading of its level or above.
    /// `None` when there is no such heading.
    pub fn section_end(&self, heading: BlockIndex) -> Option<BlockIndex> {
        let level = |unit: &Unit| match &unit.block.kind {
            BlockKind::Heading { level, .. } => Some(*level),
            _ => None,
        };
        let opened = self.units.get(heading.get()).and_then(level)?;
        let body = self.units.iter().skip(heading.get() + 1);
        let inside = body.take_while(|unit| level(unit).is_none_or(|found| found > opened)).count();
        BlockIndex::at(heading.get() + inside)
    }

    /// The bytes of a range of the source; empty for a range that is none.
    pub(crate) fn bytes(&self, range: &Range<usize>) -> &str {
        self.source.get(range.clone()).unwrap_or_default()
    }

    pub(crate) fn unit_bytes(&self, at: usize) -> &str {
        self.units.get(at).map_or("", |unit| self.bytes(&unit.span))
    }

    /// Whether this is the first block of its region, without space of its own before it.
    pub(crate) fn opens_region(&self, at: usize) -> bool {
        self.regions.binary_search_by_key(&at, |region| region.units.start).is_ok()
    }

    /// The space written before a block that brings none: the page's most frequent one.
    pub(crate) fn separator(&self) -> &str {
        &self.separator
    }

    fn usual_lead(&self) -> Option<&str> {
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for (_, unit) in self.units.iter().enumerate().filter(|(at, _)| !self.opens_region(*at)).take(SAMPLE) {
            let lead = self.bytes(&unit.lead);
            match counts.iter_mut().find(|(known, _)| *known == lead) {
                Some((_, count)) => *count += 1,
                None => counts.push((lead, 1)),
            }
        }
        let most = counts.iter().map(|(_, count)| *count).max()?;
        counts.iter().find(|(_, count)| *count == most).map(|(lead, _)| *lead)
    }

    /// Which of these blocks is this one rewritten: of its kind, the most alike; the first when none is of its kind.
    pub fn heir(&self, at: BlockIndex, blocks: &[&Block]) -> usize {
        let texts: Vec<String> = blocks.iter().map(|block| self.form.print(block)).collect();
        identity::heir(self.form, self.unit_bytes(at.get()), &texts)
    }

    pub(crate) fn view(&self, at: usize) -> Option<BlockView> {
        self.units.get(at).map(|unit| view::block(&unit.block))
    }
}

impl Form {
    pub(crate) fn format(self) -> Format {
        match self {
            Self::Storage => Format::Storage,
            Self::Adf => Format::Adf,
        }
    }

    /// One block of this format.
    pub(crate) fn print(self, block: &Block) -> String {
        match self {
            Self::Storage => content::storage::print_block(block),
            Self::Adf => content::adf::print_block(block),
        }
    }

    fn separator(self) -> &'static str {
        match self {
            Self::Storage => "",
            Self::Adf => ",",
        }
    }

    /// Whether this may stand between two blocks without meaning anything.
    pub(crate) fn separates(self, text: &str) -> bool {
        match self {
            Self::Storage => text.chars().all(is_space),
            Self::Adf => text.matches(',').count() == 1 && text.chars().all(|c| c == ',' || is_space(c)),
        }
    }
}

impl BlockIndex {
    /// The index of a position; `None` beyond 32 bits.
    pub fn at(position: usize) -> Option<Self> {
        u32::try_from(position).ok().map(Self)
    }

    /// The position.
    pub fn get(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

impl fmt::Display for BlockIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// White space of XML 1.0 (production 3) and JSON (RFC 8259, section 2): the same four characters.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Blocks looked at to find the usual space between blocks.
const SAMPLE: usize = 200;

#[cfg(test)]
mod tests {
    use super::{BlockIndex, Page};

    #[test]
    fn finds_the_end_of_a_section() {
        let page = Page::parse("<p>0</p><h2>1</h2><p>2</p><h3>3</h3><p>4</p><h2>5</h2><h1>6</h1><p>7</p>").unwrap();
        let check = |heading: usize, expected: Option<usize>| {
            let end = BlockIndex::at(heading).and_then(|heading| page.section_end(heading));
            assert_eq!(end.map(BlockIndex::get), expected, "{heading}");
        };
        check(0, None);
        check(1, Some(4));
        check(3, Some(4));
        check(5, Some(5));
        check(6, Some(7));
        check(8, None);
    }

    #[test]
    fn takes_the_most_frequent_space() {
        let check = |body: &str, expected: &str| assert_eq!(Page::parse(body).unwrap().separator(), expected);
        check("", "");
        check("\n<p>a</p>\n", "");
        check("<p>a</p>\n<p>b</p>", "\n");
        check("<p>a</p><p>b</p>\n<p>c</p>\n<p>d</p>", "\n");
    }

    #[test]
    fn has_no_blocks_when_empty() {
        assert!(Page::empty().is_empty());
        assert_eq!(Page::empty().digest(), Page::parse("").unwrap().digest());
        assert_eq!(Page::parse(" <!-- --> ").unwrap().len(), 0);
    }
}
