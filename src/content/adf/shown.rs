//! ADF nodes as the Markdown printer sees them: the meaning the tree gives them, without making the tree.
//! It gives no meaning of its own: what a node says is read by the functions that read it for the tree, and a node
//! that is seldom met is read as a block of the tree.
//!
//! INVARIANT: printing the nodes of a body gives what printing its tree gives (a property test says so).

use super::super::kept::macro_id;
use super::super::markdown::{Blocks, Cells, Inlines, Items, OneCell, OneItem, Rows, View};
use super::super::tree::{Block, CellRole, Inline, ListStyle};
use super::fields::open;
use super::inline;
use super::json::{Json, find};
use super::kind::Kind;
use super::lists;
use super::marks::{self, Meaning};
use super::nodes::{Children, Node};
use super::read;
use std::borrow::Cow;

/// What a block node shows.
pub(crate) fn view(node: Node<'_>) -> View<'_> {
    if node.kind() == Kind::Paragraph && node.fits() {
        return View::Paragraph(inlines(node));
    }
    let seldom = || View::Read(Box::new(read::block(node).kind));
    let Some(mut fields) = open(node) else {
        return seldom();
    };
    match fields.kind {
        Kind::Heading => View::Heading { level: read::level(&mut fields), inlines: inlines(node) },
        Kind::CodeBlock => {
            let language = read::language(&mut fields).unwrap_or_default();
            View::Code { language, text: read::code_text(&fields) }
        }
        Kind::Blockquote => View::Quote(below(node)),
        Kind::Panel => View::Panel { style: read::panel_style(&mut fields), title: None, blocks: below(node) },
        Kind::Expand => View::Expand { title: fields.attrs.look_text("title"), blocks: below(node) },
        Kind::Rule => View::Rule,
        Kind::BulletList | Kind::OrderedList => match read::all_of(&fields, &[Kind::ListItem]) {
            Some(nodes) if fields.kind == Kind::BulletList => list(ListStyle::Bullet, nodes),
            Some(nodes) => list(ListStyle::Ordered { start: lists::start(&mut fields) }, nodes),
            None => seldom(),
        },
        Kind::TaskList => match read::all_of(&fields, &[Kind::TaskItem]) {
            Some(nodes) => list(ListStyle::Task, nodes),
            None => seldom(),
        },
        Kind::Table => match read::rows_of(&fields) {
            Some(rows) => View::Table { caption: None, rows: Rows::Nodes(rows) },
            None => seldom(),
        },
        _ => seldom(),
    }
}

fn list(style: ListStyle, items: Children<'_>) -> View<'_> {
    View::List { style, items: Items::Nodes(items) }
}

fn inlines(node: Node<'_>) -> Inlines<'_> {
    node.children().map_or(Inlines::Tree(&[]), Inlines::Nodes)
}

fn below(node: Node<'_>) -> Blocks<'_> {
    node.children().map_or(Blocks::NONE, Blocks::Nodes)
}

/// What the source calls a node: what [`Kept::id`](super::super::kept::Kept::id) says of its block.
pub(crate) fn id(node: Node<'_>) -> Option<Cow<'_, str>> {
    let attrs = node.attrs().filter(|attrs| !attrs.is_empty())?;
    let local = find(attrs, "localId").and_then(Json::as_str).filter(|id| !id.is_empty());
    let of_macro = || Some(Cow::Owned(macro_id(&find(attrs, "parameters")?.to_value())?.to_owned()));
    local.map(Cow::Borrowed).or_else(of_macro)
}

/// An item of a list of bullets, numbers or tasks.
pub(crate) fn item(node: Node<'_>) -> OneItem<'_> {
    match open(node).filter(|fields| fields.kind == Kind::TaskItem) {
        Some(mut fields) => {
            let text = node.children().unwrap_or_else(|| node.childless());
            OneItem { checked: Some(lists::is_done(&mut fields)), blocks: Blocks::Text(Some(text)) }
        }
        None => OneItem { checked: None, blocks: below(node) },
    }
}

/// The cells of a row.
pub(crate) fn cells(row: Node<'_>) -> Cells<'_> {
    row.children().map_or(Cells::Tree(&[]), Cells::Nodes)
}

/// A cell.
pub(crate) fn cell(node: Node<'_>) -> OneCell<'_> {
    let (colspan, rowspan) = open(node).map_or((1, 1), |mut fields| read::spans(&mut fields));
    let role = if node.kind() == Kind::TableHeader { CellRole::Header } else { CellRole::Value };
    OneCell { role, colspan, rowspan, blocks: below(node) }
}

/// Takes the running text at the start of these nodes, which stand among blocks.
pub(crate) fn take_bare<'v>(nodes: &mut Children<'v>) -> Option<Children<'v>> {
    nodes.take_while(|node| node.kind().is_inline())
}

/// A block node as a block of the tree.
pub(crate) fn block(node: Node<'_>) -> Block {
    read::block(node)
}

/// Block nodes as blocks of the tree.
pub(crate) fn blocks(nodes: Children<'_>) -> Vec<Block> {
    read::blocks(nodes)
}

/// Running text as one block of the tree.
pub(crate) fn paragraph(nodes: Children<'_>) -> Block {
    Block::paragraph(inline::inlines(nodes))
}

/// The text, where the running text is one without marks and line breaks.
pub(crate) fn only_text(mut nodes: Children<'_>) -> Option<&str> {
    let only = nodes.next().filter(|node| node.kind() == Kind::Text && node.is_line() && node.fits())?;
    let is_plain = !is_marked(only) && nodes.next().is_none();
    only.text().filter(|_| is_plain)
}

/// Whether a text node's text surely holds no line break.
pub(crate) fn is_line(node: Node<'_>) -> bool {
    node.is_line()
}

/// Whether a node of running text says that it has marks.
pub(crate) fn is_marked(node: Node<'_>) -> bool {
    node.marks().is_some_and(|marks| !marks.is_empty())
}

/// A piece of running text.
pub(crate) enum Piece<'v> {
    /// Text.
    Text(&'v str),
    /// A line break.
    Break,
    /// Any other, read for the tree.
    Read(Inline),
}

/// What a node of running text shows.
pub(crate) fn piece(node: Node<'_>) -> Piece<'_> {
    match (node.kind(), node.text()) {
        (Kind::Text, Some(text)) if node.fits() => Piece::Text(text),
        (Kind::HardBreak, _) if node.fits() => Piece::Break,
        _ => Piece::Read(inline::inline(node)),
    }
}

/// What the marks of a node mean, those without a meaning aside.
pub(crate) fn meanings(node: Node<'_>) -> impl Iterator<Item = Meaning<'_>> {
    node.marks().unwrap_or_default().iter().filter_map(move |mark| marks::meaning_of(node, mark))
}

/// What a reader reads of running text.
pub(crate) fn plain(nodes: Children<'_>) -> String {
    let mut out = String::new();
    for node in nodes {
        match piece(node) {
            Piece::Text(text) => out.push_str(text),
            Piece::Break => out.push('\n'),
            Piece::Read(inline) => out.push_str(&inline.plain()),
        }
    }
    out
}

/// Whether it is a paragraph in which a word is found at once.
pub(crate) fn has_words(node: Node<'_>) -> bool {
    let shows = |node: Node<'_>| matches!(piece(node), Piece::Text(text) if !text.trim().is_empty());
    node.kind() == Kind::Paragraph && node.fits() && node.children().into_iter().flatten().take(8).any(shows)
}
