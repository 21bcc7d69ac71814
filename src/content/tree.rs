//! The one tree of ADF, storage format and Markdown: what a document says, block by block.
//! It does not know how a format spells a node; what a source carried besides lies beside each node in [`Kept`].

mod inline;

use super::kept::Kept;
pub use inline::{Inline, InlineKind, Mark, MarkKind, Target};

/// A document: its blocks in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// One block, with what its source carried besides.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// What the source carried besides.
    pub kept: Kept,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        inlines: Vec<Inline>,
    },
    /// Bullets, numbers, tasks or decisions.
    List {
        /// Which of them.
        style: ListStyle,
        /// The items.
        items: Vec<Item>,
    },
    /// Code, kept to the character.
    Code {
        /// As the source names it; empty names are `None`.
        language: Option<String>,
        /// The code.
        text: String,
    },
    /// A block quotation.
    Quote(Vec<Block>),
    /// A panel (info, note, warning …).
    Panel {
        /// Which one.
        style: PanelStyle,
        /// Its title.
        title: Option<String>,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// A part that a reader opens.
    Expand {
        /// What the reader clicks on.
        title: Option<String>,
        /// What is in it.
        blocks: Vec<Block>,
    },
    /// A table.
    Table {
        /// Text of the caption.
        caption: Option<String>,
        /// The rows.
        rows: Vec<Row>,
    },
    /// A horizontal rule.
    Rule,
    /// Pictures and files.
    Media {
        /// One picture with its caption, or several files.
        items: Vec<Media>,
        /// The caption.
        caption: Option<Caption>,
    },
    /// Columns side by side.
    Layout(Vec<Column>),
    /// A link shown as a card.
    Card {
        /// The address, when the card has one.
        url: Option<String>,
    },
    /// A macro or extension, known or not.
    Macro(Macro),
    /// A node or element the tree has no kind for: its name, its text, its blocks.
    Other {
        /// The node's type or the element's name.
        name: String,
        /// Text that is not in the blocks.
        text: String,
        /// What is in it.
        blocks: Vec<Block>,
    },
}

/// What kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStyle {
    /// Bullets.
    Bullet,
    /// Numbers, from `start` (1 when not said).
    Ordered {
        /// The first number.
        start: Option<u64>,
    },
    /// Tasks, each done or not.
    Task,
    /// Decisions.
    Decision,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// Done or not: of tasks, and of Markdown lists that carry boxes.
    pub checked: Option<bool>,
    /// What is in it.
    pub blocks: Vec<Block>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// What kind of panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelStyle {
    /// Information.
    Info,
    /// A note.
    Note,
    /// A tip.
    Tip,
    /// Something that went well.
    Success,
    /// A warning.
    Warning,
    /// An error.
    Error,
    /// A panel of the author's own look.
    Custom,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Cell>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// A heading of its row or column, or a value.
    pub role: CellRole,
    /// Columns it covers, 1 at least.
    pub colspan: u16,
    /// Rows it covers, 1 at least.
    pub rowspan: u16,
    /// What is in it.
    pub blocks: Vec<Block>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// What a cell is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellRole {
    /// It names its row or column.
    Header,
    /// It holds a value.
    Value,
}

/// A picture or a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Media {
    /// Where it lies.
    pub place: MediaPlace,
    /// Text in place of the picture.
    pub alt: Option<String>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// Where a picture or file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MediaPlace {
    /// In the product's media store.
    File {
        /// Its id there.
        id: String,
        /// Its collection.
        collection: String,
    },
    /// An attachment, by its file name.
    Attachment(String),
    /// An address.
    Url(String),
    /// The source does not say.
    Nowhere,
}

/// The caption of a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Caption {
    /// Its text.
    pub inlines: Vec<Inline>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// One column of a layout.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// What is in it.
    pub blocks: Vec<Block>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// A macro or extension.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Macro {
    /// Its name (the extension key in ADF).
    pub name: String,
    /// Its parameters as text, in order.
    pub parameters: Vec<(String, String)>,
    /// Text it shows that is not in its blocks: a plain body, or the stand-in text of an extension.
    pub text: String,
    /// Its rich body.
    pub blocks: Vec<Block>,
}

impl Document {
    /// A document of these blocks.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { blocks, kept: Kept::NONE }
    }
}

impl From<BlockKind> for Block {
    fn from(kind: BlockKind) -> Self {
        Self { kind, kept: Kept::NONE }
    }
}

impl Block {
    /// A paragraph.
    #[must_use]
    pub fn paragraph(inlines: Vec<Inline>) -> Self {
        BlockKind::Paragraph(inlines).into()
    }

    /// A heading of plain text; the level is brought into 1 to 6.
    #[must_use]
    pub fn heading(level: u8, text: &str) -> Self {
        BlockKind::Heading { level: level.clamp(1, 6), inlines: vec![Inline::text(text)] }.into()
    }

    /// A bullet list, one paragraph an item.
    #[must_use]
    pub fn bullets(items: Vec<Vec<Inline>>) -> Self {
        Self::list(ListStyle::Bullet, items)
    }

    /// A list of any style, one paragraph an item.
    #[must_use]
    pub fn list(style: ListStyle, items: Vec<Vec<Inline>>) -> Self {
        let items = items.into_iter().map(|i| Item::new(vec![Self::paragraph(i)])).collect();
        BlockKind::List { style, items }.into()
    }

    /// Code.
    #[must_use]
    pub fn code(language: Option<&str>, text: &str) -> Self {
        BlockKind::Code { language: language.map(str::to_owned), text: text.to_owned() }.into()
    }
}

impl Item {
    /// An item of these blocks.
    #[must_use]
    pub fn new(blocks: Vec<Block>) -> Self {
        Self { checked: None, blocks, kept: Kept::NONE }
    }
}

impl Cell {
    /// A cell of these blocks.
    #[must_use]
    pub fn new(role: CellRole, blocks: Vec<Block>) -> Self {
        Self { role, colspan: 1, rowspan: 1, blocks, kept: Kept::NONE }
    }
}
