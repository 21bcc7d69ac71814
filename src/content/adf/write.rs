//! Blocks to ADF nodes: each as its source spelled it, or in the canonical form of its kind.
//! It prints no running text: [`super::write_inline`] does.

use super::super::kept::{Childless, Kept, Source};
use super::super::tree::{
    Block, BlockKind, Caption, Cell, CellRole, Column, Document, Inline, Item, ListStyle, MarkKind, Media, Row,
};
use super::canonical::Canonical;
use super::fit;
use super::lists::is_text_task;
use super::macros;
use super::write_inline::{media_attrs, text_nodes};
use serde_json::{Map, Value, json};

/// A document as ADF: as it was when it was read from ADF, else within what the schema allows.
#[must_use]
pub fn print(document: &Document) -> String {
    let mut root = Map::new();
    let content = match document.kept.adf_form() {
        Some(form) => {
            root.extend(form.rest.clone());
            blocks(&document.blocks)
        }
        None => {
            root.insert("version".to_owned(), json!(1));
            blocks(&fit::page(&document.blocks))
        }
    };
    root.insert("type".to_owned(), json!("doc"));
    root.insert("content".to_owned(), Value::Array(content));
    Value::Object(root).to_string()
}

/// One block as ADF: as it was when it was read from ADF, else within what the schema allows. A block that takes several
/// nodes gives all of them, with commas between.
#[must_use]
pub fn print_block(block: &Block) -> String {
    let nodes = if block.kept.is_canonical() {
        blocks(&fit::page(std::slice::from_ref(block)))
    } else {
        blocks(std::slice::from_ref(block))
    };
    nodes.iter().map(Value::to_string).collect::<Vec<_>>().join(",")
}

/// The nodes of these blocks.
pub(super) fn blocks(all: &[Block]) -> Vec<Value> {
    let mut out = Vec::with_capacity(all.len());
    all.iter().for_each(|b| block(b, &mut out));
    out
}

fn block(block: &Block, out: &mut Vec<Value>) {
    let is_adf = block.kept.adf_form().is_some();
    match (&block.kind, &block.kept.0) {
        (_, Source::Json(value)) => out.push(Value::clone(value)),
        (BlockKind::Paragraph(inlines), _) if is_adf && block.kept.is_bare() => {
            out.extend(text_nodes(inlines));
        }
        (BlockKind::Other { text, blocks, .. }, _) if !is_adf => {
            out.extend(titled(Some(text.as_str()).filter(|t| !t.is_empty()), blocks));
        }
        (kind, _) => {
            if let BlockKind::Table { caption: Some(caption), .. } = kind {
                out.push(strong_paragraph(caption));
            }
            out.push(canonical(kind).node(&block.kept));
        }
    }
}

fn canonical(kind: &BlockKind) -> Canonical {
    match kind {
        BlockKind::Paragraph(all) => Canonical::new("paragraph", text_nodes(all), Childless::Absent),
        BlockKind::Heading { level, inlines } => {
            Canonical::new("heading", text_nodes(inlines), Childless::Absent).with("level", json!(level))
        }
        BlockKind::List { style, items } => list(*style, items),
        BlockKind::Code { language, text } => code(language.as_deref(), text),
        BlockKind::Quote(inner) => Canonical::new("blockquote", blocks(inner), Childless::Empty),
        BlockKind::Panel { style, title, blocks } => {
            let content = titled(title.as_deref(), blocks);
            Canonical::new("panel", content, Childless::Empty).with("panelType", json!(style.name()))
        }
        BlockKind::Expand { title, blocks: inner } => {
            Canonical::new("expand", blocks(inner), Childless::Empty).with_text("title", title.as_deref())
        }
        BlockKind::Table { rows, .. } => Canonical::new("table", rows.iter().map(row).collect(), Childless::Empty),
        BlockKind::Rule => Canonical::new("rule", Vec::new(), Childless::Absent),
        BlockKind::Media { items, caption } => media_block(items, caption.as_ref()),
        BlockKind::Layout(columns) => layout(columns),
        BlockKind::Card { url } => {
            Canonical::new("blockCard", Vec::new(), Childless::Absent).with_text("url", url.as_deref())
        }
        BlockKind::Macro(found) => {
            let name = macros::block_name(found);
            let node = Canonical::new(name, blocks(&found.blocks), Childless::Absent);
            Canonical { attrs: macros::attrs(found), ..node }
        }
        BlockKind::Other { blocks: inner, .. } => Canonical::new("", blocks(inner), Childless::Absent),
    }
}

/// Blocks with a title that the node cannot carry as a paragraph before them.
fn titled(title: Option<&str>, inner: &[Block]) -> Vec<Value> {
    let mut out: Vec<Value> = title.map(strong_paragraph).into_iter().collect();
    out.extend(blocks(inner));
    out
}

fn strong_paragraph(text: &str) -> Value {
    let inlines = [Inline::text(text).marked(MarkKind::Strong)];
    Canonical::new("paragraph", text_nodes(&inlines), Childless::Absent).node(&Kept::NONE)
}

fn code(language: Option<&str>, text: &str) -> Canonical {
    let node = Some(json!({ "type": "text", "text": text })).filter(|_| !text.is_empty());
    Canonical::new("codeBlock", node.into_iter().collect(), Childless::Absent).with_text("language", language)
}

fn list(style: ListStyle, items: &[Item]) -> Canonical {
    let mut content = Vec::with_capacity(items.len());
    items.iter().for_each(|i| item(style, i, &mut content));
    match style {
        ListStyle::Bullet => Canonical::new("bulletList", content, Childless::Empty),
        ListStyle::Ordered { start } => {
            let node = Canonical::new("orderedList", content, Childless::Empty);
            match start {
                Some(start) => node.with("order", json!(start)),
                None => node,
            }
        }
        ListStyle::Task => Canonical::new("taskList", content, Childless::Empty).with("localId", json!("")),
        ListStyle::Decision => Canonical::new("decisionList", content, Childless::Empty).with("localId", json!("")),
    }
}

fn item(style: ListStyle, item: &Item, out: &mut Vec<Value>) {
    if item.kept.adf_form().is_some() && item.kept.is_bare() {
        out.extend(blocks(&item.blocks));
        return;
    }
    let state = if item.checked == Some(true) { "DONE" } else { "TODO" };
    match style {
        ListStyle::Task => match item.blocks.split_first() {
            Some((Block { kind: BlockKind::Paragraph(inlines), .. }, below)) if is_text_task(item) => {
                let node = Canonical::new("taskItem", text_nodes(inlines), Childless::Absent);
                out.push(node.with("localId", json!("")).with("state", json!(state)).node(&item.kept));
                out.extend(blocks(below));
            }
            _ => {
                // the source's own type is kept as `blockTaskItem`, which is not canonical for an item of blocks
                let node = Canonical::new("blockTaskItem", blocks(&item.blocks), Childless::Empty);
                out.push(node.with("localId", json!("")).with("state", json!(state)).node(&item.kept));
            }
        },
        ListStyle::Decision => {
            let node = Canonical::new("decisionItem", text_nodes(&flat(&item.blocks)), Childless::Absent);
            out.push(node.with("localId", json!("")).with("state", json!("DECIDED")).node(&item.kept));
        }
        ListStyle::Bullet | ListStyle::Ordered { .. } => {
            out.push(Canonical::new("listItem", blocks(&item.blocks), Childless::Empty).node(&item.kept));
        }
    }
}

/// The running text of blocks where only running text may stand.
fn flat(all: &[Block]) -> Vec<Inline> {
    match all {
        [Block { kind: BlockKind::Paragraph(inlines), .. }] => inlines.clone(),
        all => {
            let lines: Vec<String> = all.iter().map(Block::text).collect();
            let text = lines.join("\n");
            if text.is_empty() { Vec::new() } else { vec![Inline::text(&text)] }
        }
    }
}

fn row(row: &Row) -> Value {
    Canonical::new("tableRow", row.cells.iter().map(cell).collect(), Childless::Empty).node(&row.kept)
}

fn cell(cell: &Cell) -> Value {
    let name = match cell.role {
        CellRole::Header => "tableHeader",
        CellRole::Value => "tableCell",
    };
    let mut node = Canonical::new(name, blocks(&cell.blocks), Childless::Empty);
    for (attr, span) in [("colspan", cell.colspan), ("rowspan", cell.rowspan)] {
        if span > 1 {
            node = node.with(attr, json!(span));
        }
    }
    node.node(&cell.kept)
}

/// Pictures and files.
fn media_block(items: &[Media], caption: Option<&Caption>) -> Canonical {
    let one = |m: &Media| {
        let node = Canonical::new("media", Vec::new(), Childless::Absent);
        Canonical { attrs: media_attrs(m), ..node }.node(&m.kept)
    };
    let mut content: Vec<Value> = items.iter().map(one).collect();
    content.extend(caption.map(|c| Canonical::new("caption", text_nodes(&c.inlines), Childless::Absent).node(&c.kept)));
    if items.len() == 1 {
        return Canonical::new("mediaSingle", content, Childless::Empty).with("layout", json!("center"));
    }
    Canonical::new("mediaGroup", content, Childless::Empty)
}

fn layout(columns: &[Column]) -> Canonical {
    let width = column_width(columns.len());
    let one = |c: &Column| {
        let node = Canonical::new("layoutColumn", blocks(&c.blocks), Childless::Empty);
        node.with("width", width.clone()).node(&c.kept)
    };
    Canonical::new("layoutSection", columns.iter().map(one).collect(), Childless::Empty)
}

/// The width of each of so many columns, in percent.
pub(super) fn column_width(columns: usize) -> Value {
    match columns {
        0 | 1 => json!(100),
        2 => json!(50),
        3 => json!(33.33),
        4 => json!(25),
        _ => json!(20),
    }
}
