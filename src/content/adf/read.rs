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
use std::borrow::Cow;

/// Blocks. Running text that stands among them becomes a paragraph without a node of its own.
pub(super) fn blocks(nodes: Children<'_>) -> Vec<Block> {
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
pub(super) fn block(node: Node<'_>) -> Block {
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
            let style = panel_style(&mut fields);
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
            let url = fields.attrs.address();
            Block { kind: BlockKind::Card { url }, kept: fields.keep_leaf("blockCard") }
        }
        Kind::Extension => macros::block(fields),
        _ => other(fields),
    }
}

/// A value that is no node: kept whole, with what text can be found in it.
fn opaque(node: Node<'_>) -> Block {
    let value = node.to_value();
    let name = node.name().unwrap_or_default().to_owned();
    let kind = BlockKind::Other { name, text: inline::loose_text(&value), blocks: Vec::new() };
    Block { kind, kept: Kept(Source::Json(Box::new(value))) }
}

/// A node without a kind: its blocks under its name, and the text its attributes show.
pub(super) fn other(mut fields: Fields<'_>) -> Block {
    let name = fields.name.to_owned();
    let text = inline::shown_text(&fields);
    let blocks = children(&mut fields);
    Block { kind: BlockKind::Other { name, text, blocks }, kept: fields.keep("", Childless::Absent) }
}

/// Takes the children of a node as blocks.
pub(super) fn children(fields: &mut Fields<'_>) -> Vec<Block> {
    fields.take_children().map(blocks).unwrap_or_default()
}

/// Takes the children of a node as running text.
pub(super) fn text_of(fields: &mut Fields<'_>) -> Vec<Inline> {
    fields.take_children().map(inlines).unwrap_or_default()
}

fn parent(mut fields: Fields<'_>, canonical: &str, kind: impl FnOnce(Vec<Block>) -> BlockKind) -> Block {
    let kind = kind(children(&mut fields));
    Block { kind, kept: fields.keep(canonical, Childless::Empty) }
}

/// What a panel looks like.
pub(super) fn panel_style(fields: &mut Fields<'_>) -> PanelStyle {
    fields.attrs.require("panelType", |v| PanelStyle::named(v.as_str()?)).unwrap_or(PanelStyle::Custom)
}

fn heading(mut fields: Fields<'_>) -> Block {
    let kind = BlockKind::Heading { level: level(&mut fields), inlines: text_of(&mut fields) };
    Block { kind, kept: fields.keep("heading", Childless::Absent) }
}

/// The level of a heading.
pub(super) fn level(fields: &mut Fields<'_>) -> u8 {
    let level = |v: &Json<'_>| u8::try_from(v.as_u64()?).ok().filter(|l| (1..=6).contains(l));
    fields.attrs.require("level", level).unwrap_or(1)
}

fn code(mut fields: Fields<'_>) -> Block {
    let language = language(&mut fields).map(str::to_owned);
    let text = code_text(&fields).into_owned();
    if only_text(&fields).is_some() {
        fields.content = Content::Absent;
    }
    let kept = fields.keep_leaf("codeBlock");
    Block { kind: BlockKind::Code { language, text }, kept }
}

/// The language of code.
pub(super) fn language<'n>(fields: &mut Fields<'n>) -> Option<&'n str> {
    fields.attrs.read("language", |v| v.as_str().filter(|l| !l.is_empty()))
}

/// The text of code.
pub(super) fn code_text<'n>(fields: &Fields<'n>) -> Cow<'n, str> {
    match only_text(fields) {
        Some(text) => Cow::Borrowed(text),
        None => fields.children().into_iter().flatten().map(inline::loose_text_of).collect(),
    }
}

/// The text of the one child that has text and nothing else.
fn only_text<'n>(fields: &Fields<'n>) -> Option<&'n str> {
    let mut all = fields.children()?;
    let only = all.next().filter(|only| only.is_bare_text())?;
    if all.next().is_some() { None } else { only.text() }
}

/// The children of a node that are still to be read, when there are some, and all nodes of these kinds.
pub(super) fn all_of<'n>(fields: &Fields<'n>, kinds: &[Kind]) -> Option<Children<'n>> {
    fields.children().filter(|all| are_all(*all, kinds))
}

/// Takes them.
pub(super) fn take_all<'n>(fields: &mut Fields<'n>, kinds: &[Kind]) -> Option<Children<'n>> {
    all_of(fields, kinds)?;
    fields.take_children()
}

fn are_all(mut children: Children<'_>, kinds: &[Kind]) -> bool {
    children.all(|node| kinds.contains(&node.kind()) && node.fits())
}

/// The rows of a table of which every part is a row or a cell.
pub(super) fn rows_of<'n>(fields: &Fields<'n>) -> Option<Children<'n>> {
    let cells = &[Kind::TableHeader, Kind::TableCell];
    let is_whole = |row: Node<'_>| row.children().is_none_or(|all| are_all(all, cells));
    all_of(fields, &[Kind::TableRow]).filter(|rows| { *rows }.all(is_whole))
}

fn table(mut fields: Fields<'_>) -> Block {
    let Some(rows) = rows_of(&fields).and_then(|_| fields.take_children()) else {
        return other(fields);
    };
    let kind = BlockKind::Table { caption: None, rows: rows.filter_map(open).map(row).collect() };
    Block { kind, kept: fields.keep("table", Childless::Empty) }
}

fn row(mut fields: Fields<'_>) -> Row {
    let cells = fields.take_children().into_iter().flatten().filter_map(open).map(cell).collect();
    Row { cells, kept: fields.keep("tableRow", Childless::Empty) }
}

fn cell(mut fields: Fields<'_>) -> Cell {
    let (role, name) = match fields.kind {
        Kind::TableHeader => (CellRole::Header, "tableHeader"),
        _ => (CellRole::Value, "tableCell"),
    };
    let (colspan, rowspan) = spans(&mut fields);
    let blocks = children(&mut fields);
    Cell { role, colspan, rowspan, blocks, kept: fields.keep(name, Childless::Empty) }
}

/// The columns and rows a cell covers.
pub(super) fn spans(fields: &mut Fields<'_>) -> (u16, u16) {
    let span = |v: &Json<'_>| u16::try_from(v.as_u64()?).ok().filter(|n| *n > 1);
    let colspan = fields.attrs.read("colspan", span).unwrap_or(1);
    (colspan, fields.attrs.read("rowspan", span).unwrap_or(1))
}

fn layout(mut fields: Fields<'_>) -> Block {
    let Some(columns) = take_all(&mut fields, &[Kind::LayoutColumn]) else {
        return other(fields);
    };
    let width = column_width(columns.count());
    let column = |mut fields: Fields<'_>| {
        fields.attrs.require("width", |v| (v.to_value() == width).then_some(()));
        let blocks = children(&mut fields);
        Column { blocks, kept: fields.keep("layoutColumn", Childless::Empty) }
    };
    let kind = BlockKind::Layout(columns.filter_map(open).map(column).collect());
    Block { kind, kept: fields.keep("layoutSection", Childless::Empty) }
}

fn media_block(mut fields: Fields<'_>) -> Block {
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
