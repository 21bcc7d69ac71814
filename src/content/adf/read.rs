//! ADF nodes to blocks.
//! It reads no running text ([`super::inline`]) and no lists ([`super::lists`]); unknown nodes keep their name.

use super::super::kept::{AdfForm, Childless, Kept, Source, Spelling};
use super::super::tree::{Block, BlockKind, Caption, Cell, CellRole, Column, Inline, PanelStyle, Row};
use super::atoms::media;
use super::fields::{Fields, open};
use super::inline::{self, inlines};
use super::lists;
use super::macros;
use super::write::column_width;
use serde_json::Value;

/// Blocks. Running text that stands among them becomes a paragraph without a node of its own.
pub(super) fn blocks(nodes: Vec<Value>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let is_inline = node.get("type").and_then(Value::as_str).is_some_and(inline::is_inline);
        if !is_inline {
            out.push(block(node));
            continue;
        }
        let text = inline::inline(node);
        match out.last_mut() {
            Some(Block { kind: BlockKind::Paragraph(all), kept }) if kept.is_bare() => all.push(text),
            _ => out.push(bare(vec![text])),
        }
    }
    out
}

fn bare(inlines: Vec<Inline>) -> Block {
    let form = AdfForm { name: Spelling::Bare, ..AdfForm::default() };
    Block { kind: BlockKind::Paragraph(inlines), kept: Kept::adf(form) }
}

/// One block.
pub(super) fn block(node: Value) -> Block {
    let mut fields = match open(node) {
        Ok(fields) => fields,
        Err(value) => return opaque(value),
    };
    match fields.name.as_str() {
        "paragraph" => {
            let (inlines, fields) = text_of(fields);
            Block { kind: BlockKind::Paragraph(inlines), kept: fields.keep("paragraph", Childless::Absent) }
        }
        "heading" => heading(fields),
        "bulletList" | "orderedList" | "taskList" | "decisionList" => lists::list(fields),
        "codeBlock" => code(fields),
        "blockquote" => parent(fields, "blockquote", BlockKind::Quote),
        "panel" => {
            let style = fields.attrs.require("panelType", |v| PanelStyle::named(v.as_str()?));
            let style = style.unwrap_or(PanelStyle::Custom);
            parent(fields, "panel", |blocks| BlockKind::Panel { style, title: None, blocks })
        }
        "expand" | "nestedExpand" => {
            let title = fields.attrs.text("title");
            parent(fields, "expand", |blocks| BlockKind::Expand { title, blocks })
        }
        "table" => table(fields),
        "rule" => Block { kind: BlockKind::Rule, kept: fields.keep_leaf("rule") },
        "mediaSingle" | "mediaGroup" => media_block(fields),
        "layoutSection" => layout(fields),
        "blockCard" | "embedCard" => {
            let url = fields.attrs.text("url");
            Block { kind: BlockKind::Card { url }, kept: fields.keep_leaf("blockCard") }
        }
        "extension" | "bodiedExtension" | "multiBodiedExtension" => macros::block(fields),
        _ => other(fields),
    }
}

/// A value that is no node: kept whole, with what text can be found in it.
fn opaque(value: Value) -> Block {
    let name = value.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
    let kind = BlockKind::Other { name, text: inline::loose_text(&value), blocks: Vec::new() };
    Block { kind, kept: Kept(Source::Json(Box::new(value))) }
}

/// A node without a kind: its blocks under its name, and the text its attributes show.
pub(super) fn other(mut fields: Fields) -> Block {
    let name = fields.name.clone();
    let text = inline::shown_text(&fields);
    let blocks = children(&mut fields);
    Block { kind: BlockKind::Other { name, text, blocks }, kept: fields.keep("", Childless::Absent) }
}

/// Takes the children of a node as blocks; that there were some is remembered.
pub(super) fn children(fields: &mut Fields) -> Vec<Block> {
    match fields.content.take() {
        None => Vec::new(),
        Some(nodes) if nodes.is_empty() => {
            fields.content = Some(nodes);
            Vec::new()
        }
        Some(nodes) => {
            let out = blocks(nodes);
            fields.content = Some(vec![Value::Null]);
            out
        }
    }
}

/// Takes the children of a node as running text.
pub(super) fn text_of(mut fields: Fields) -> (Vec<Inline>, Fields) {
    match fields.content.take() {
        None => (Vec::new(), fields),
        Some(nodes) if nodes.is_empty() => {
            fields.content = Some(nodes);
            (Vec::new(), fields)
        }
        Some(nodes) => {
            fields.content = Some(vec![Value::Null]);
            (inlines(nodes), fields)
        }
    }
}

fn parent(mut fields: Fields, canonical: &str, kind: impl FnOnce(Vec<Block>) -> BlockKind) -> Block {
    let kind = kind(children(&mut fields));
    Block { kind, kept: fields.keep(canonical, Childless::Empty) }
}

fn heading(mut fields: Fields) -> Block {
    let level = fields.attrs.require("level", |v| u8::try_from(v.as_u64()?).ok().filter(|l| (1..=6).contains(l)));
    let (inlines, fields) = text_of(fields);
    let kind = BlockKind::Heading { level: level.unwrap_or(1), inlines };
    Block { kind, kept: fields.keep("heading", Childless::Absent) }
}

fn code(mut fields: Fields) -> Block {
    let language = fields.attrs.read("language", |v| v.as_str().filter(|l| !l.is_empty()).map(str::to_owned));
    let text = fields.content.iter().flatten().map(inline::loose_text).collect();
    let plain = matches!(fields.content.as_deref(), Some([only]) if is_plain_text(only));
    if plain {
        fields.content = None;
    }
    let kept = fields.keep_leaf("codeBlock");
    Block { kind: BlockKind::Code { language, text }, kept }
}

/// A text node with text and nothing else.
fn is_plain_text(node: &Value) -> bool {
    let text = node.get("text").and_then(Value::as_str).is_some_and(|t| !t.is_empty());
    text && node.get("type").and_then(Value::as_str) == Some("text") && node.as_object().is_some_and(|n| n.len() == 2)
}

/// Whether a node has children, and all of these types.
pub(super) fn all_of(fields: &Fields, names: &[&str]) -> bool {
    let named = |n: &Value| n.get("type").and_then(Value::as_str).is_some_and(|t| names.contains(&t)) && fits(n);
    fields.content.as_ref().is_some_and(|all| !all.is_empty() && all.iter().all(named))
}

/// Whether [`open`] would read it.
fn fits(node: &Value) -> bool {
    super::fields::is_node(node)
}

fn table(mut fields: Fields) -> Block {
    if !all_of(&fields, &["tableRow"]) {
        return other(fields);
    }
    let nodes = fields.content.replace(vec![Value::Null]).unwrap_or_default();
    let rows: Result<Vec<Row>, Value> = nodes.iter().cloned().map(row).collect();
    match rows {
        Ok(rows) => {
            let kind = BlockKind::Table { caption: None, rows };
            Block { kind, kept: fields.keep("table", Childless::Empty) }
        }
        Err(_) => {
            fields.content = Some(nodes);
            other(fields)
        }
    }
}

fn row(node: Value) -> Result<Row, Value> {
    let mut fields = open(node)?;
    let nodes = match fields.content.take() {
        Some(nodes) if !nodes.is_empty() => {
            fields.content = Some(vec![Value::Null]);
            nodes
        }
        none => {
            fields.content = none;
            Vec::new()
        }
    };
    let cells = nodes.into_iter().map(cell).collect::<Result<_, _>>()?;
    Ok(Row { cells, kept: fields.keep("tableRow", Childless::Empty) })
}

fn cell(node: Value) -> Result<Cell, Value> {
    let mut fields = open(node)?;
    let (role, name) = match fields.name.as_str() {
        "tableHeader" => (CellRole::Header, "tableHeader"),
        "tableCell" => (CellRole::Value, "tableCell"),
        _ => return Err(Value::Null),
    };
    let span = |v: &Value| u16::try_from(v.as_u64()?).ok().filter(|n| *n > 1);
    let colspan = fields.attrs.read("colspan", span).unwrap_or(1);
    let rowspan = fields.attrs.read("rowspan", span).unwrap_or(1);
    let blocks = children(&mut fields);
    Ok(Cell { role, colspan, rowspan, blocks, kept: fields.keep(name, Childless::Empty) })
}

fn layout(mut fields: Fields) -> Block {
    if !all_of(&fields, &["layoutColumn"]) {
        return other(fields);
    }
    let nodes = fields.content.replace(vec![Value::Null]).unwrap_or_default();
    let width = column_width(nodes.len());
    let columns = nodes.into_iter().filter_map(|node| open(node).ok()).map(|mut column| {
        column.attrs.require("width", |v| (*v == width).then_some(()));
        let blocks = children(&mut column);
        Column { blocks, kept: column.keep("layoutColumn", Childless::Empty) }
    });
    let kind = BlockKind::Layout(columns.collect());
    Block { kind, kept: fields.keep("layoutSection", Childless::Empty) }
}

fn media_block(mut fields: Fields) -> Block {
    let single = fields.name == "mediaSingle";
    let names = fields.content.iter().flatten().map(|n| n.get("type").and_then(Value::as_str));
    let names: Vec<_> = names.map(|n| n.unwrap_or_default().to_owned()).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let known = match names.as_slice() {
        ["media"] | ["media", "caption"] if single => true,
        all => !single && !all.is_empty() && all.iter().all(|n| *n == "media"),
    };
    if !known || !all_of(&fields, &["media", "caption"]) {
        return other(fields);
    }
    let canonical = if names.len() == 1 || single { "mediaSingle" } else { "mediaGroup" };
    if canonical == "mediaSingle" {
        fields.attrs.expect("layout", "center");
    }
    let nodes = fields.content.replace(vec![Value::Null]).unwrap_or_default();
    let (mut items, mut caption) = (Vec::new(), None);
    for part in nodes.into_iter().filter_map(|node| open(node).ok()) {
        if part.name == "caption" {
            let (inlines, rest) = text_of(part);
            caption = Some(Caption { inlines, kept: rest.keep("caption", Childless::Absent) });
        } else {
            items.push(media(part, "media"));
        }
    }
    Block { kind: BlockKind::Media { items, caption }, kept: fields.keep(canonical, Childless::Empty) }
}
