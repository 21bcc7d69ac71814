//! Running text: what a paragraph or heading says, piece by piece, each under its marks.
//! It knows no blocks but those that a source put into running text.

use super::super::kept::Kept;
use super::{Block, Macro, Media};

/// A piece of running text, with its marks.
#[derive(Debug, Clone, PartialEq)]
pub struct Inline {
    /// What it is.
    pub kind: InlineKind,
    /// Its marks, outermost first.
    pub marks: Vec<Mark>,
    /// What the source carried besides.
    pub kept: Kept,
}

/// What a piece of running text is.
#[derive(Debug, Clone, PartialEq)]
pub enum InlineKind {
    /// Text.
    Text(String),
    /// A line break.
    Break,
    /// A person (or team) named.
    Mention {
        /// The account id.
        id: Option<String>,
        /// As shown, without the `@`; empty when the source does not say.
        text: String,
    },
    /// An emoji.
    Emoji {
        /// Its name with colons.
        short_name: String,
        /// The character, when the source says it.
        text: Option<String>,
    },
    /// A date.
    Date {
        /// `2024-01-31`, or what the source says when that is no date.
        iso: String,
    },
    /// A status lozenge.
    Status {
        /// Its text.
        text: String,
        /// Its color, in the words of ADF.
        color: Option<String>,
    },
    /// A link shown by its title, which the source does not carry.
    Card {
        /// The address, when the card has one.
        url: Option<String>,
    },
    /// A picture or file in the text.
    Media(Media),
    /// Text an editor shows where something is to be written.
    Placeholder(String),
    /// A link to something named, not addressed: a page, a space, an attachment, an anchor.
    Reference {
        /// What it points to.
        target: Target,
        /// What it shows; empty when the product shows the target's own title.
        inlines: Vec<Inline>,
    },
    /// A macro or extension in the text.
    Macro(Macro),
    /// A node or element the tree has no kind for.
    Other {
        /// The node's type or the element's name.
        name: String,
        /// Text that is not in the blocks.
        text: String,
        /// Blocks that stood in the text.
        blocks: Vec<Block>,
    },
}

/// What a reference points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page or blog post by its title.
    Page {
        /// The title.
        title: String,
        /// The space's key, when it is another space.
        space: Option<String>,
        /// The anchor on the page.
        anchor: Option<String>,
    },
    /// An attachment by its file name.
    Attachment(String),
    /// A space by its key.
    Space(String),
    /// An anchor on the same page.
    Anchor(String),
    /// An address or id in the source's own words.
    Other(String),
}

/// A mark on running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it says.
    pub kind: MarkKind,
    /// Tells two equal marks side by side that the source held apart: neighbors of one run are one element.
    pub(crate) run: bool,
    /// What the source carried besides.
    pub kept: Kept,
}

/// What a mark says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// Bold.
    Strong,
    /// Italic.
    Em,
    /// Code.
    Code,
    /// Struck through.
    Strike,
    /// Underlined.
    Underline,
    /// Below the line.
    Sub,
    /// Above the line.
    Sup,
    /// A text color (`#rrggbb`).
    Color(String),
    /// A background color (`#rrggbb`).
    Background(String),
    /// A link.
    Link {
        /// The address.
        href: String,
        /// The title.
        title: Option<String>,
    },
    /// An inline comment, by its id.
    Annotation(String),
    /// A mark or element the tree has no kind for, by its name.
    Other(String),
}

impl From<InlineKind> for Inline {
    fn from(kind: InlineKind) -> Self {
        Self { kind, marks: Vec::new(), kept: Kept::NONE }
    }
}

impl From<MarkKind> for Mark {
    fn from(kind: MarkKind) -> Self {
        Self { kind, run: false, kept: Kept::NONE }
    }
}

impl Inline {
    /// Text without marks.
    #[must_use]
    pub fn text(text: &str) -> Self {
        InlineKind::Text(text.to_owned()).into()
    }

    /// A link with its text.
    #[must_use]
    pub fn link(text: &str, href: &str) -> Self {
        Self::text(text).marked(MarkKind::Link { href: href.to_owned(), title: None })
    }

    /// The same with one more mark, innermost.
    #[must_use]
    pub fn marked(mut self, mark: MarkKind) -> Self {
        self.marks.push(mark.into());
        self
    }

    /// The address of its link mark.
    #[must_use]
    pub fn href(&self) -> Option<&str> {
        self.marks.iter().find_map(|m| match &m.kind {
            MarkKind::Link { href, .. } => Some(href.as_str()),
            _ => None,
        })
    }
}
