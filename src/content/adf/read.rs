//! ADF nodes to blocks.
//! It reads no running text ([`super::inline`]) and no lists ([`super::lists`]); unknown nodes keep their name.

use super::super::kept::{AdfForm, Childless, Kept, Source, Spelling};
use super::super::tree::{Block, BlockKind, Caption, Cell, CellRole, Column, Inline, PanelStyle, Row};
use super::atoms::media;
use super::fields::{Content, Fields, open};
use super::inline::{self, inlines};
use super::json::Json;
use super::kind::Kind;
use super::lists;
use super::macros;
use super::nodes::{Children, Node};
use super::write::column_width;
use serde_json::Value;

/// Blocks. Running text that stands among them becomes a paragraph without a node of its own.
pub(super) fn blocks(nodes: Children<'_, '_>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(nodes.count());
    for node in nodes {
        if !node.kind().is_inline() {
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
pub(super) fn block(node: Node<'_, '_>) -> Block {
    let Some(mut fields) = open(node) else {
        return opaque(node);
    };
    match fields.kind {
        Kind::Paragraph => {
            let inlines = text_of(&mut fields);
            Block { kind: BlockKind::Paragraph(inlines), kept: fields.keep("paragraph", Childless::Absent) }
        }
        Kind::Heading => heading(fields),
        Kind::BulletList | Kind::OrderedList | Kind::TaskList | Kind::DecisionList => lists::list(fields),
        Kind::CodeBlock => code(fields),
        Kind::Blockquote => parent(fields, "blockquote", BlockKind::Quote),
        Kind::Panel => {
            let style = fields.attrs.require("panelType", |v| PanelStyle::named(v.as_str()?));
            let style = style.unwrap_or(PanelStyle::Custom);
            parent(fields, "panel", |blocks| BlockKind::Panel { style, title: None, blocks })
        }
        Kind::Expand => {
            let title = fields.attrs.text("title");
            parent(fields, "expand", |blocks| BlockKind::Expand { title, blocks })
        }
        Kind::Table => table(fields),
        Kind::Rule => Block { kind: BlockKind::Rule, kept: fields.keep_leaf("rule") },
        Kind::MediaSingle | Kind::MediaGroup => media_block(fields),
        Kind::LayoutSection => layout(fields),
        Kind::Card => {
            let url = fields.attrs.text("url");
            Block { kind: BlockKind::Card { url }, kept: fields.keep_leaf("blockCard") }
        }
        Kind::Extension => macros::block(fields),
        _ => other(fields),
    }
}

/// A value that is no node: kept whole, with what text can be found in it.
fn opaque(node: Node<'_, '_>) -> Block {
    let value = node.to_value();
    let name = node.name().unwrap_or_default().to_owned();
    let kind = BlockKind::Other { name, text: inline::loose_text(&value), blocks: Vec::new() };
    Block { kind, kept: Kept(Source::Json(Box::new(value))) }
}

/// A node without a kind: its blocks under its name, and the text its attributes show.
pub(super) fn other(mut fields: Fields<'_, '_>) -> Block {
    let name = fields.name.to_owned();
    let text = inline::shown_text(&fields);
    let blocks = children(&mut fields);
    Block { kind: BlockKind::Other { name, text, blocks }, kept: fields.keep("", Childless::Absent) }
}

/// Takes the children of a node as blocks.
pub(super) fn children(fields: &mut Fields<'_, '_>) -> Vec<Block> {
    fields.take_children().map(blocks).unwrap_or_default()
}

/// Takes the children of a node as running text.
pub(super) fn text_of(fields: &mut Fields<'_, '_>) -> Vec<Inline> {
    fields.take_children().map(inlines).unwrap_or_default()
}

fn parent(mut fields: Fields<'_, '_>, canonical: &str, kind: impl FnOnce(Vec<Block>) -> BlockKind) -> Block {
    let kind = kind(children(&mut fields));
    Block { kind, kept: fields.keep(canonical, Childless::Empty) }
}

fn heading(mut fields: Fields<'_, '_>) -> Block {
    let level = fields.attrs.require("level", |v| u8::try_from(v.as_u64()?).ok().filter(|l| (1..=6).contains(l)));
    let kind = BlockKind::Heading { level: level.unwrap_or(1), inlines: text_of(&mut fields) };
    Block { kind, kept: fields.keep("heading", Childless::Absent) }
}

fn code(mut fields: Fields<'_, '_>) -> Block {
    let language = fields.attrs.read("language", |v| v.as_str().filter(|l| !l.is_empty()).map(str::to_owned));
    let mut all = fields.children().into_iter().flatten();
    let text = match (all.next(), all.next()) {
        (Some(only), None) if only.is_bare_text() => {
            fields.content = Content::Absent;
            only.text().unwrap_or_default().to_owned()
        }
        _ => fields.children().into_iter().flatten().map(inline::loose_text_of).collect(),
    };
    let kept = fields.keep_leaf("codeBlock");
    Block { kind: BlockKind::Code { language, text }, kept }
}

/// Takes the children of a node when there are some, and all nodes of these kinds.
pub(super) fn take_all<'n, 'a>(fields: &mut Fields<'n, 'a>, kinds: &[Kind]) -> Option<Children<'n, 'a>> {
    fields.children().filter(|all| are_all(*all, kinds))?;
    fields.take_children()
}

fn are_all(mut children: Children<'_, '_>, kinds: &[Kind]) -> bool {
    children.all(|node| kinds.contains(&node.kind()) && node.fits())
}

fn table(mut fields: Fields<'_, '_>) -> Block {
    let is_row =
        |row: Node<'_, '_>| row.children().is_none_or(|all| are_all(all, &[Kind::TableHeader, Kind::TableCell]));
    let are_rows = fields.children().is_some_and(|mut rows| rows.all(is_row));
    let rows = if are_rows { take_all(&mut fields, &[Kind::TableRow]) } else { None };
    let Some(rows) = rows else {
        return other(fields);
    };
    let kind = BlockKind::Table { caption: None, rows: rows.filter_map(open).map(row).collect() };
    Block { kind, kept: fields.keep("table", Childless::Empty) }
}

fn row(mut fields: Fields<'_, '_>) -> Row {
    let cells = fields.take_children().into_iter().flatten().filter_map(open).map(cell).collect();
    Row { cells, kept: fields.keep("tableRow", Childless::Empty) }
}

fn cell(mut fields: Fields<'_, '_>) -> Cell {
    let (role, name) = match fields.kind {
        Kind::TableHeader => (CellRole::Header, "tableHeader"),
        _ => (CellRole::Value, "tableCell"),
    };
    let span = |v: &Json<'_>| u16::try_from(v.as_u64()?).ok().filter(|n| *n > 1);
    let colspan = fields.attrs.read("colspan", span).unwrap_or(1);
    let rowspan = fields.attrs.read("rowspan", span).unwrap_or(1);
    let blocks = children(&mut fields);
    Cell { role, colspan, rowspan, blocks, kept: fields.keep(name, Childless::Empty) }
}

fn layout(mut fields: Fields<'_, '_>) -> Block {
    let Some(columns) = take_all(&mut fields, &[Kind::LayoutColumn]) else {
        return other(fields);
    };
    let width = column_width(columns.count());
    let column = |mut fields: Fields<'_, '_>| {
        let is_width = |v: &Json<'_>| matches!(v, Json::Number(n) if Value::Number(n.clone()) == width);
        fields.attrs.require("width", |v| is_width(v).then_some(()));
        let blocks = children(&mut fields);
        Column { blocks, kept: fields.keep("layoutColumn", Childless::Empty) }
    };
    let kind = BlockKind::Layout(columns.filter_map(open).map(column).collect());
    Block { kind, kept: fields.keep("layoutSection", Childless::Empty) }
}

fn media_block(mut fields: Fields<'_, '_>) -> Block {
    let single = fields.kind == Kind::MediaSingle;
    let kinds: Vec<Kind> = fields.children().into_iter().flatten().map(Node::kind).collect();
    let known = match kinds.as_slice() {
        [Kind::Media] | [Kind::Media, Kind::Caption] if single => true,
        all => !single && !all.is_empty() && all.iter().all(|kind| *kind == Kind::Media),
    };
    let Some(parts) = Some(&mut fields).filter(|_| known).and_then(|f| take_all(f, &[Kind::Media, Kind::Caption]))
    else {
        return other(fields);
    };
    let canonical = if kinds.len() == 1 || single { "mediaSingle" } else { "mediaGroup" };
    if canonical == "mediaSingle" {
        fields.attrs.expect("layout", "center");
    }
    let (mut items, mut caption) = (Vec::with_capacity(kinds.len()), None);
    for mut part in parts.filter_map(open) {
        if part.kind == Kind::Caption {
            let inlines = text_of(&mut part);
            caption = Some(Caption { inlines, kept: part.keep("caption", Childless::Absent) });
        } else {
            items.push(media(part, "media"));
        }
    }
    Block { kind: BlockKind::Media { items, caption }, kept: fields.keep(canonical, Childless::Empty) }
}
