//! What the printer prints, block by block: blocks of the tree, or nodes of an ADF body that were never made blocks.
//! It prints nothing; what a node means [`crate::content::adf`] says, and it says it once.
//!
//! Nodes that are seldom met come as blocks of the tree, read by the reader of the tree.

use super::super::adf::{Children, Node, shown};
use super::super::text;
use super::super::tree::{Block, BlockKind, Cell, CellRole, Inline, Item, ListStyle, PanelStyle, Row};
use std::borrow::Cow;

/// Blocks in order.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Blocks<'v> {
    Tree(&'v [Block]),
    Nodes(Children<'v>),
    /// Running text in the place of blocks: one paragraph.
    Text(Option<Children<'v>>),
}

/// One block.
#[derive(Debug, Clone, Copy)]
pub(crate) enum OneBlock<'v> {
    Tree(&'v Block),
    Node(Node<'v>),
    /// Running text that stands among blocks.
    Bare(Children<'v>),
}

/// What a block shows.
#[derive(Debug)]
pub(crate) enum View<'v> {
    Paragraph(Inlines<'v>),
    Heading {
        level: u8,
        inlines: Inlines<'v>,
    },
    List {
        style: ListStyle,
        items: Items<'v>,
    },
    Code {
        language: &'v str,
        text: Cow<'v, str>,
    },
    Quote(Blocks<'v>),
    Panel {
        style: PanelStyle,
        title: Option<&'v str>,
        blocks: Blocks<'v>,
    },
    Expand {
        title: Option<&'v str>,
        blocks: Blocks<'v>,
    },
    Table {
        caption: Option<&'v str>,
        rows: Rows<'v>,
    },
    Rule,
    /// Any other block of the tree.
    Other(&'v BlockKind),
    /// A node that was read as a block.
    Read(Box<BlockKind>),
}

/// Running text.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Inlines<'v> {
    Tree(&'v [Inline]),
    Nodes(Children<'v>),
}

/// Items of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Items<'v> {
    Tree(&'v [Item]),
    Nodes(Children<'v>),
}

/// One item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneItem<'v> {
    pub(crate) checked: Option<bool>,
    pub(crate) blocks: Blocks<'v>,
}

/// Rows of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Rows<'v> {
    Tree(&'v [Row]),
    Nodes(Children<'v>),
}

/// Cells of a row.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cells<'v> {
    Tree(&'v [Cell]),
    Nodes(Children<'v>),
}

/// One cell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneCell<'v> {
    pub(crate) role: CellRole,
    pub(crate) colspan: u16,
    pub(crate) rowspan: u16,
    pub(crate) blocks: Blocks<'v>,
}

impl<'v> OneBlock<'v> {
    /// What it shows.
    pub(crate) fn view(self) -> View<'v> {
        match self {
            Self::Tree(block) => View::of(&block.kind),
            Self::Node(node) => shown::view(node),
            Self::Bare(nodes) => View::Paragraph(Inlines::Nodes(nodes)),
        }
    }

    /// What its source calls it.
    pub(crate) fn id(self) -> Option<Cow<'v, str>> {
        match self {
            Self::Tree(block) => block.id().map(Cow::Borrowed),
            Self::Node(node) => shown::id(node),
            Self::Bare(_) => None,
        }
    }

    /// Whether there is nothing to read in it.
    pub(crate) fn is_blank(self) -> bool {
        match self {
            Self::Tree(block) => block.text().trim().is_empty(),
            Self::Node(node) => !shown::has_words(node) && shown::block(node).text().trim().is_empty(),
            Self::Bare(nodes) => Inlines::Nodes(nodes).plain().trim().is_empty(),
        }
    }
}

impl<'v> View<'v> {
    /// Of a block of the tree.
    pub(crate) fn of(kind: &'v BlockKind) -> Self {
        match kind {
            BlockKind::Paragraph(inlines) => Self::Paragraph(Inlines::Tree(inlines)),
            BlockKind::Heading { level, inlines } => Self::Heading { level: *level, inlines: Inlines::Tree(inlines) },
            BlockKind::List { style, items } => Self::List { style: *style, items: Items::Tree(items) },
            BlockKind::Code { language, text } => {
                Self::Code { language: language.as_deref().unwrap_or_default(), text: Cow::Borrowed(text) }
            }
            BlockKind::Quote(blocks) => Self::Quote(Blocks::Tree(blocks)),
            BlockKind::Panel { style, title, blocks } => {
                Self::Panel { style: *style, title: title.as_deref(), blocks: Blocks::Tree(blocks) }
            }
            BlockKind::Expand { title, blocks } => {
                Self::Expand { title: title.as_deref(), blocks: Blocks::Tree(blocks) }
            }
            BlockKind::Table { caption, rows } => Self::Table { caption: caption.as_deref(), rows: Rows::Tree(rows) },
            BlockKind::Rule => Self::Rule,
            BlockKind::Media { .. }
            | BlockKind::Layout(_)
            | BlockKind::Card { .. }
            | BlockKind::Macro(_)
            | BlockKind::Other { .. } => Self::Other(kind),
        }
    }

    /// The style, when it is a list.
    pub(crate) fn list_style(&self) -> Option<ListStyle> {
        match self {
            Self::List { style, .. } => Some(*style),
            Self::Read(kind) => match &**kind {
                BlockKind::List { style, .. } => Some(*style),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<'v> Blocks<'v> {
    /// None.
    pub(crate) const NONE: Self = Self::Tree(&[]);

    /// As blocks of the tree.
    pub(crate) fn to_tree(self) -> Cow<'v, [Block]> {
        match self {
            Self::Tree(blocks) => Cow::Borrowed(blocks),
            Self::Nodes(nodes) => Cow::Owned(shown::blocks(nodes)),
            Self::Text(nodes) => Cow::Owned(nodes.map(shown::paragraph).into_iter().collect()),
        }
    }
}

impl<'v> Inlines<'v> {
    /// The text, where that is one without marks and line breaks.
    pub(crate) fn only_text(self) -> Option<&'v str> {
        match self {
            Self::Tree(_) => None,
            Self::Nodes(nodes) => shown::only_text(nodes),
        }
    }

    /// What a reader reads of it.
    pub(crate) fn plain(self) -> String {
        match self {
            Self::Tree(inlines) => text::plain(inlines),
            Self::Nodes(nodes) => shown::plain(nodes),
        }
    }
}

impl<'v> Items<'v> {
    pub(crate) fn iter(self) -> impl Iterator<Item = OneItem<'v>> {
        let (tree, nodes) = match self {
            Self::Tree(items) => (items, None),
            Self::Nodes(nodes) => (&[][..], Some(nodes)),
        };
        let of = |item: &'v Item| OneItem { checked: item.checked, blocks: Blocks::Tree(&item.blocks) };
        tree.iter().map(of).chain(nodes.into_iter().flatten().map(shown::item))
    }
}

impl<'v> Rows<'v> {
    pub(crate) fn iter(self) -> impl Iterator<Item = Cells<'v>> {
        let (tree, nodes) = match self {
            Self::Tree(rows) => (rows, None),
            Self::Nodes(nodes) => (&[][..], Some(nodes)),
        };
        tree.iter().map(|row| Cells::Tree(&row.cells)).chain(nodes.into_iter().flatten().map(shown::cells))
    }
}

impl<'v> Cells<'v> {
    pub(crate) fn iter(self) -> impl Iterator<Item = OneCell<'v>> {
        let (tree, nodes) = match self {
            Self::Tree(cells) => (cells, None),
            Self::Nodes(nodes) => (&[][..], Some(nodes)),
        };
        let of = |cell: &'v Cell| OneCell {
            role: cell.role,
            colspan: cell.colspan,
            rowspan: cell.rowspan,
            blocks: Blocks::Tree(&cell.blocks),
        };
        tree.iter().map(of).chain(nodes.into_iter().flatten().map(shown::cell))
    }
}

impl<'v> Iterator for Blocks<'v> {
    type Item = OneBlock<'v>;

    fn next(&mut self) -> Option<OneBlock<'v>> {
        match self {
            Self::Tree(blocks) => {
                let (first, rest) = blocks.split_first()?;
                *blocks = rest;
                Some(OneBlock::Tree(first))
            }
            Self::Nodes(nodes) => {
                let bare = shown::take_bare(nodes);
                if bare.is_some() { bare.map(OneBlock::Bare) } else { nodes.next().map(OneBlock::Node) }
            }
            Self::Text(nodes) => nodes.take().map(OneBlock::Bare),
        }
    }
}
