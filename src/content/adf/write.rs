//! Blocks to ADF nodes: each as its source spelled it, or in the canonical form of its kind.
//! It prints no running text: [`super::write_inline`] does.

use super::super::kept::{Childless, Kept, Source};
use super::super::tree::{
    Block, BlockKind, Cell, CellRole, Column, Document, Inline, InlineKind, Item, ListStyle,
    MarkKind, Media, MediaPlace, Row,
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

/// The nodes of these blocks.
pub(super) fn blocks(all: &[Block]) -> Vec<Value> {
    let mut out = Vec::with_capacity(all.len());
    all.iter().for_each(|b| block(b, &mut out));
    out
}

fn block(block: &Block, out: &mut Vec<Value>) {
    if let Source::Json(value) = &block.kept.0 {
        out.push(Value::clone(value));
        return;
    }
    let is_adf = block.kept.adf_form().is_some();
    let canonical = match &block.kind {
        BlockKind::Paragraph(inlines) if is_adf && block.kept.is_bare() => {
            out.extend(text_nodes(inlines));
            return;
        }
        BlockKind::Paragraph(inlines) => {
            Canonical::new("paragraph", text_nodes(inlines), Childless::Absent)
        }
        BlockKind::Heading { level, inlines } => {
            Canonical::new("heading", text_nodes(inlines), Childless::Absent)
                .with("level", json!(level))
        }
        BlockKind::List { style, items } => list(*style, items),
        BlockKind::Code { language, text } => code(language.as_deref(), text),
        BlockKind::Quote(inner) => Canonical::new("blockquote", blocks(inner), Childless::Empty),
        BlockKind::Panel {
            style,
            title,
            blocks: inner,
        } => {
            let content = titled(title.as_deref(), inner);
            Canonical::new("panel", content, Childless::Empty)
                .with("panelType", json!(style.name()))
        }
        BlockKind::Expand {
            title,
            blocks: inner,
        } => {
            let node = Canonical::new("expand", blocks(inner), Childless::Empty);
            match title {
                Some(title) => node.with("title", json!(title)),
                None => node,
            }
        }
        BlockKind::Table { caption, rows } => {
            out.extend(caption.as_deref().map(strong_paragraph));
            Canonical::new("table", rows.iter().map(row).collect(), Childless::Empty)
        }
        BlockKind::Rule => Canonical::new("rule", Vec::new(), Childless::Absent),
        BlockKind::Media { items, caption } => {
            let caption = caption.as_ref().map(|c| {
                Canonical::new("caption", text_nodes(&c.inlines), Childless::Absent).node(&c.kept)
            });
            match media_block(items, caption, is_adf || block.kept.is_canonical()) {
                Ok(node) => node,
                Err(nodes) => {
                    out.extend(nodes);
                    return;
                }
            }
        }
        BlockKind::Layout(columns) => layout(columns),
        BlockKind::Card { url } => {
            let node = Canonical::new("blockCard", Vec::new(), Childless::Absent);
            match url {
                Some(url) => node.with("url", json!(url)),
                None => node,
            }
        }
        BlockKind::Macro(found) => {
            let node = Canonical::new(
                macros::block_name(found),
                blocks(&found.blocks),
                Childless::Absent,
            );
            Canonical {
                attrs: macros::attrs(found),
                ..node
            }
        }
        BlockKind::Other {
            text,
            blocks: inner,
            ..
        } if !is_adf => {
            out.extend(titled(
                Some(text).filter(|t| !t.is_empty()).map(String::as_str),
                inner,
            ));
            return;
        }
        BlockKind::Other { blocks: inner, .. } => {
            Canonical::new("", blocks(inner), Childless::Absent)
        }
    };
    out.push(canonical.node(&block.kept));
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
    let content = if text.is_empty() {
        Vec::new()
    } else {
        vec![json!({ "type": "text", "text": text })]
    };
    let node = Canonical::new("codeBlock", content, Childless::Absent);
    match language {
        Some(language) => node.with("language", json!(language)),
        None => node,
    }
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
        ListStyle::Task => {
            Canonical::new("taskList", content, Childless::Empty).with("localId", json!(""))
        }
        ListStyle::Decision => {
            Canonical::new("decisionList", content, Childless::Empty).with("localId", json!(""))
        }
    }
}

fn item(style: ListStyle, item: &Item, out: &mut Vec<Value>) {
    if item.kept.adf_form().is_some() && item.kept.is_bare() {
        out.extend(blocks(&item.blocks));
        return;
    }
    let state = if item.checked == Some(true) {
        "DONE"
    } else {
        "TODO"
    };
    match style {
        ListStyle::Task => match item.blocks.split_first() {
            Some((
                Block {
                    kind: BlockKind::Paragraph(inlines),
                    ..
                },
                below,
            )) if is_text_task(item) => {
                let node = Canonical::new("taskItem", text_nodes(inlines), Childless::Absent);
                out.push(
                    node.with("localId", json!(""))
                        .with("state", json!(state))
                        .node(&item.kept),
                );
                out.extend(blocks(below));
            }
            _ => {
                // the source's own type is kept as `blockTaskItem`, which is not canonical for an item of blocks
                let node = Canonical::new("blockTaskItem", blocks(&item.blocks), Childless::Empty);
                out.push(
                    node.with("localId", json!(""))
                        .with("state", json!(state))
                        .node(&item.kept),
                );
            }
        },
        ListStyle::Decision => {
            let node = Canonical::new(
                "decisionItem",
                text_nodes(&flat(&item.blocks)),
                Childless::Absent,
            );
            out.push(
                node.with("localId", json!(""))
                    .with("state", json!("DECIDED"))
                    .node(&item.kept),
            );
        }
        ListStyle::Bullet | ListStyle::Ordered { .. } => {
            out.push(
                Canonical::new("listItem", blocks(&item.blocks), Childless::Empty).node(&item.kept),
            );
        }
    }
}

/// The running text of blocks where only running text may stand.
fn flat(all: &[Block]) -> Vec<Inline> {
    match all {
        [
            Block {
                kind: BlockKind::Paragraph(inlines),
                ..
            },
        ] => inlines.clone(),
        all => {
            let lines: Vec<String> = all.iter().map(Block::text).collect();
            let text = lines.join("\n");
            if text.is_empty() {
                Vec::new()
            } else {
                vec![Inline::text(&text)]
            }
        }
    }
}

fn row(row: &Row) -> Value {
    Canonical::new(
        "tableRow",
        row.cells.iter().map(cell).collect(),
        Childless::Empty,
    )
    .node(&row.kept)
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

/// Pictures and files; nodes that say their names where the product's media store does not hold them.
fn media_block(
    items: &[Media],
    caption: Option<Value>,
    is_adf: bool,
) -> Result<Canonical, Vec<Value>> {
    let placed = |m: &Media| matches!(m.place, MediaPlace::File { .. } | MediaPlace::Url(_));
    if !is_adf && !items.iter().all(placed) {
        let names = items
            .iter()
            .map(|m| Inline::from(InlineKind::Media(m.clone())));
        let paragraph = Canonical::new(
            "paragraph",
            text_nodes(&names.collect::<Vec<_>>()),
            Childless::Absent,
        );
        let mut out = vec![paragraph.node(&Kept::NONE)];
        out.extend(
            caption
                .and_then(|c| c.get("content").cloned())
                .map(|c| json!({ "type": "paragraph", "content": c })),
        );
        return Err(out);
    }
    let one = |m: &Media| {
        let node = Canonical::new("media", Vec::new(), Childless::Absent);
        Canonical {
            attrs: media_attrs(m),
            ..node
        }
        .node(&m.kept)
    };
    let mut content: Vec<Value> = items.iter().map(one).collect();
    content.extend(caption);
    if items.len() == 1 {
        return Ok(Canonical::new("mediaSingle", content, Childless::Empty)
            .with("layout", json!("center")));
    }
    Ok(Canonical::new("mediaGroup", content, Childless::Empty))
}

fn layout(columns: &[Column]) -> Canonical {
    let width = column_width(columns.len());
    let one = |c: &Column| {
        let node = Canonical::new("layoutColumn", blocks(&c.blocks), Childless::Empty);
        node.with("width", width.clone()).node(&c.kept)
    };
    Canonical::new(
        "layoutSection",
        columns.iter().map(one).collect(),
        Childless::Empty,
    )
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
