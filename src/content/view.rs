//! The tree as the page shows it: plain data with nothing a browser could run.
//! It decides no layout and prints no HTML; hrefs are `http`, `https`, `mailto` or relative, anything else is text.

use super::tree::{
    Block, BlockKind, CellRole, Inline, InlineKind, ListStyle, Mark, MarkKind, Media, MediaPlace, PanelStyle, Row,
};
use serde::Serialize;

/// A block as the page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum BlockView {
    /// A paragraph.
    Paragraph {
        /// Its text.
        inlines: Vec<InlineView>,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        inlines: Vec<InlineView>,
    },
    /// A list.
    List {
        /// Numbers, or bullets.
        ordered: bool,
        /// The first number.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// The items.
        items: Vec<ItemView>,
    },
    /// Code.
    Code {
        /// Its language.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<String>,
        /// The code.
        text: String,
    },
    /// A quotation.
    Quote {
        /// What is in it.
        blocks: Vec<BlockView>,
    },
    /// A panel.
    Panel {
        /// `info`, `note`, `tip`, `success`, `warning`, `error` or `custom`.
        panel_type: &'static str,
        /// Its title.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// What is in it.
        blocks: Vec<BlockView>,
    },
    /// A part that a reader opens.
    Expand {
        /// What the reader clicks on.
        title: String,
        /// What is in it.
        blocks: Vec<BlockView>,
    },
    /// A table.
    Table {
        /// The rows.
        rows: Vec<RowView>,
    },
    /// A rule.
    Rule,
    /// Columns.
    Layout {
        /// The columns.
        columns: Vec<Vec<BlockView>>,
    },
    /// A picture or file.
    Media {
        /// Text in its place.
        #[serde(skip_serializing_if = "Option::is_none")]
        alt: Option<String>,
        /// Its name.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// Anything else: its name and text.
    Unknown {
        /// The node's, element's or macro's name.
        name: String,
        /// Its text.
        text: String,
    },
}

/// A piece of running text as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct InlineView {
    /// The text.
    pub text: String,
    /// `strong`, `em`, `code`, `strike`, `underline`, `sub`, `sup`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<&'static str>,
    /// Where it links to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// `mention`, `status`, `date`, `emoji`, `card`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The claim it states; set by those who know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemView {
    /// What is in it.
    pub blocks: Vec<BlockView>,
    /// Done or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowView {
    /// The cells.
    pub cells: Vec<CellView>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellView {
    /// Whether it names its row or column.
    pub header: bool,
    /// Columns it covers, when more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colspan: Option<u16>,
    /// Rows it covers, when more than one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowspan: Option<u16>,
    /// What is in it.
    pub blocks: Vec<BlockView>,
}

/// A block as the page shows it.
#[must_use]
pub fn block(block: &Block) -> BlockView {
    match &block.kind {
        BlockKind::Paragraph(all) => BlockView::Paragraph { inlines: inlines(all) },
        BlockKind::Heading { level, inlines: all } => BlockView::Heading { level: *level, inlines: inlines(all) },
        BlockKind::List { style, items } => list(*style, items),
        BlockKind::Code { language, text } => BlockView::Code { language: language.clone(), text: text.clone() },
        BlockKind::Quote(inner) => BlockView::Quote { blocks: blocks(inner) },
        BlockKind::Panel { style, title, blocks: inner } => {
            BlockView::Panel { panel_type: style.name(), title: title.clone(), blocks: blocks(inner) }
        }
        BlockKind::Expand { title, blocks: inner } => {
            BlockView::Expand { title: title.clone().unwrap_or_default(), blocks: blocks(inner) }
        }
        BlockKind::Table { rows, .. } => BlockView::Table { rows: rows.iter().map(row).collect() },
        BlockKind::Rule => BlockView::Rule,
        BlockKind::Media { items, .. } => media(items),
        BlockKind::Layout(columns) => {
            BlockView::Layout { columns: columns.iter().map(|c| blocks(&c.blocks)).collect() }
        }
        BlockKind::Card { url } => BlockView::Paragraph { inlines: vec![card(url.as_deref())] },
        BlockKind::Macro(found) => BlockView::Unknown { name: found.name.clone(), text: block.text() },
        BlockKind::Other { name, .. } => BlockView::Unknown { name: name.clone(), text: block.text() },
    }
}

fn blocks(all: &[Block]) -> Vec<BlockView> {
    all.iter().map(block).collect()
}

fn list(style: ListStyle, items: &[super::tree::Item]) -> BlockView {
    let start = match style {
        ListStyle::Ordered { start } => start,
        ListStyle::Bullet | ListStyle::Task | ListStyle::Decision => None,
    };
    let items = items.iter().map(|i| ItemView { blocks: blocks(&i.blocks), checked: i.checked }).collect();
    BlockView::List { ordered: matches!(style, ListStyle::Ordered { .. }), start, items }
}

fn row(row: &Row) -> RowView {
    let cells = row.cells.iter().map(|c| CellView {
        header: c.role == CellRole::Header,
        colspan: Some(c.colspan).filter(|n| *n > 1),
        rowspan: Some(c.rowspan).filter(|n| *n > 1),
        blocks: blocks(&c.blocks),
    });
    RowView { cells: cells.collect() }
}

fn media(items: &[Media]) -> BlockView {
    let alt = items.iter().find_map(|m| m.alt.clone());
    let name = items.iter().find_map(|m| match &m.place {
        MediaPlace::Attachment(name) => Some(name.clone()),
        MediaPlace::File { .. } | MediaPlace::Url(_) | MediaPlace::Nowhere => None,
    });
    BlockView::Media { alt, name }
}

fn inlines(all: &[Inline]) -> Vec<InlineView> {
    all.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> InlineView {
    let kind = match &inline.kind {
        InlineKind::Card { url } => return card(url.as_deref()),
        InlineKind::Mention { .. } => Some("mention"),
        InlineKind::Status { .. } => Some("status"),
        InlineKind::Date { .. } => Some("date"),
        InlineKind::Emoji { .. } => Some("emoji"),
        InlineKind::Text(_)
        | InlineKind::Break
        | InlineKind::Media(_)
        | InlineKind::Placeholder(_)
        | InlineKind::Reference { .. }
        | InlineKind::Macro(_)
        | InlineKind::Other { .. } => None,
    };
    let text = match &inline.kind {
        InlineKind::Status { text, .. } => text.clone(),
        _ => inline.plain(),
    };
    let href = inline.href().and_then(safe_href);
    InlineView { text, marks: marks(&inline.marks), href, kind, claim: None }
}

fn card(url: Option<&str>) -> InlineView {
    let text = url.unwrap_or_default().to_owned();
    InlineView { text, href: url.and_then(safe_href), kind: Some("card"), ..InlineView::default() }
}

fn marks(all: &[Mark]) -> Vec<&'static str> {
    let named = all.iter().filter_map(|m| match m.kind {
        MarkKind::Strong => Some("strong"),
        MarkKind::Em => Some("em"),
        MarkKind::Code => Some("code"),
        MarkKind::Strike => Some("strike"),
        MarkKind::Underline => Some("underline"),
        MarkKind::Sub => Some("sub"),
        MarkKind::Sup => Some("sup"),
        MarkKind::Color(_)
        | MarkKind::Background(_)
        | MarkKind::Link { .. }
        | MarkKind::Annotation(_)
        | MarkKind::Other(_) => None,
    });
    named.collect()
}

/// The address when a page may carry it: `http`, `https`, `mailto`, or relative to the site.
#[must_use]
pub fn safe_href(href: &str) -> Option<String> {
    let trimmed = href.trim();
    if trimmed.is_empty() || trimmed.chars().any(|c| c.is_control() || c == '\\') {
        return None;
    }
    let scheme = trimmed.split(['/', '?', '#']).next().and_then(|head| head.split_once(':')).map(|(scheme, _)| scheme);
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None => Some(trimmed.to_owned()).filter(|h| !h.starts_with("//")),
        Some("http" | "https" | "mailto") => Some(trimmed.to_owned()),
        Some(_) => None,
    }
}

impl PanelStyle {
    /// The name in the words of ADF.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Note => "note",
            Self::Tip => "tip",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Custom => "custom",
        }
    }
}

impl PanelStyle {
    /// The style of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Info, Self::Note, Self::Tip, Self::Success, Self::Warning, Self::Error, Self::Custom];
        all.into_iter().find(|s| s.name() == name)
    }
}
