//! The labels by which the printer says what Markdown has no sign for, read back: panels, expands, decisions.
//! It reads nothing else into bold text: only what the printer writes, where it writes it.

use super::super::tree::{Block, BlockKind, Inline, InlineKind, Item, ListStyle, MarkKind, PanelStyle};
use super::block::panel_label;

/// A quotation, or what its label says it is.
pub(super) fn quote(mut blocks: Vec<Block>) -> Block {
    let Some(label) = blocks.first().and_then(bold_line).map(str::to_owned) else {
        return BlockKind::Quote(blocks).into();
    };
    let (name, title) = match label.split_once(':') {
        Some((name, title)) => (name, Some(title.trim().to_owned()).filter(|t| !t.is_empty())),
        None => (label.as_str(), None),
    };
    let style = PANELS.into_iter().find(|s| panel_label(*s, None) == name);
    match style {
        Some(style) => {
            blocks.remove(0);
            BlockKind::Panel { style, title, blocks }.into()
        }
        None if name == "Details" && label.contains(':') => {
            blocks.remove(0);
            BlockKind::Expand { title, blocks }.into()
        }
        None => BlockKind::Quote(blocks).into(),
    }
}

/// A list, of decisions when each item says so.
pub(super) fn list(style: ListStyle, mut items: Vec<Item>) -> Block {
    let decisions = style == ListStyle::Bullet && !items.is_empty() && items.iter().all(is_decision);
    if decisions {
        items.iter_mut().for_each(strip_decision);
        return BlockKind::List { style: ListStyle::Decision, items }.into();
    }
    BlockKind::List { style, items }.into()
}

fn is_decision(item: &Item) -> bool {
    match item.blocks.first().map(|b| &b.kind) {
        Some(BlockKind::Paragraph(inlines)) => inlines.first().and_then(bold) == Some("Decision:"),
        _ => false,
    }
}

fn strip_decision(item: &mut Item) {
    if let Some(BlockKind::Paragraph(inlines)) = item.blocks.first_mut().map(|b| &mut b.kind) {
        inlines.remove(0);
        if let Some(InlineKind::Text(text)) = inlines.first_mut().map(|i| &mut i.kind) {
            *text = text.trim_start().to_owned();
        }
    }
}

/// The text of a paragraph that is bold as a whole.
fn bold_line(block: &Block) -> Option<&str> {
    match &block.kind {
        BlockKind::Paragraph(inlines) => match inlines.as_slice() {
            [only] => bold(only),
            _ => None,
        },
        _ => None,
    }
}

fn bold(inline: &Inline) -> Option<&str> {
    match (&inline.kind, inline.marks.as_slice()) {
        (InlineKind::Text(text), [mark]) if mark.kind == MarkKind::Strong => Some(text),
        _ => None,
    }
}

const PANELS: [PanelStyle; 7] = [
    PanelStyle::Info,
    PanelStyle::Note,
    PanelStyle::Tip,
    PanelStyle::Success,
    PanelStyle::Warning,
    PanelStyle::Error,
    PanelStyle::Custom,
];
