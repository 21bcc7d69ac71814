//! A document that comes from elsewhere brought into what the ADF schema allows where.
//! It touches no document read from ADF: that one is printed as it was.
//!
//! What may not stand in a place is said in a way that may: a heading in an item as a bold line, a quotation in a panel
//! as its paragraphs, a table in a cell as a line a row. No text is dropped.

use super::super::kept::{AdfForm, Kept, Source, Spelling};
use super::super::text::plain;
use super::super::tree::{
    Block, BlockKind, Cell, Column, Inline, InlineKind, Item, ListStyle, MarkKind, Media, MediaPlace, Row,
};

/// Where blocks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Page,
    Column,
    Body,
    Expand,
    NestedExpand,
    Cell,
    Panel,
    Quote,
    Item,
    /// A task, with lists of tasks below it.
    Task,
    /// A task of several blocks, which has no tasks below it.
    BlockTask,
}

impl Place {
    fn is_task(self) -> bool {
        matches!(self, Self::Task | Self::BlockTask)
    }
}

/// The blocks of a page as the schema allows them.
pub(super) fn page(all: &[Block]) -> Vec<Block> {
    fit(all, Place::Page)
}

fn fit(all: &[Block], place: Place) -> Vec<Block> {
    let mut out = Vec::with_capacity(all.len());
    all.iter().for_each(|b| block(b, place, &mut out));
    out
}

/// The blocks of a container that must not be empty.
fn filled(all: &[Block], place: Place) -> Vec<Block> {
    let mut out = fit(all, place);
    let lead = out.first().is_none_or(|b| place == Place::Item && matches!(b.kind, BlockKind::List { .. }));
    if lead {
        out.insert(0, Block::paragraph(Vec::new()));
    }
    out
}

fn block(block: &Block, place: Place, out: &mut Vec<Block>) {
    if !is_allowed(&block.kind, place) {
        say_otherwise(&block.kind, place, out);
        return;
    }
    let kind = match &block.kind {
        BlockKind::Paragraph(all) => BlockKind::Paragraph(inlines(all)),
        BlockKind::Heading { level, inlines: all } => BlockKind::Heading { level: *level, inlines: inlines(all) },
        BlockKind::List { style, items } => list(*style, items),
        BlockKind::Quote(inner) => BlockKind::Quote(filled(inner, Place::Quote)),
        BlockKind::Panel { style, title, blocks } => {
            BlockKind::Panel { style: *style, title: title.clone(), blocks: filled(blocks, Place::Panel) }
        }
        BlockKind::Expand { title, blocks } => {
            let nested = matches!(place, Place::Cell | Place::Expand);
            let inner = if nested { Place::NestedExpand } else { Place::Expand };
            // The schema lets one leave its attributes out, the other not.
            let title = if nested { Some(title.clone().unwrap_or_default()) } else { title.clone() };
            let kind = BlockKind::Expand { title, blocks: filled(blocks, inner) };
            let name = Spelling::Named("nestedExpand".to_owned());
            let kept = if nested { Kept::adf(AdfForm { name, ..AdfForm::default() }) } else { Kept::NONE };
            out.push(Block { kind, kept });
            return;
        }
        BlockKind::Table { caption, rows } => {
            BlockKind::Table { caption: caption.clone(), rows: rows.iter().map(row).collect() }
        }
        BlockKind::Layout(columns) => BlockKind::Layout(columns.iter().map(column).collect()),
        BlockKind::Macro(found) => {
            let mut found = found.clone();
            found.blocks = fit(&found.blocks, Place::Body);
            if found.name.is_empty() {
                found.name = "macro".to_owned();
            }
            BlockKind::Macro(found)
        }
        BlockKind::Media { .. } | BlockKind::Code { .. } | BlockKind::Rule | BlockKind::Card { .. } => {
            block.kind.clone()
        }
        BlockKind::Other { .. } => return,
    };
    out.push(kind.into());
}

fn is_allowed(kind: &BlockKind, place: Place) -> bool {
    use Place::{BlockTask, Body, Cell, Column, Expand, Item, NestedExpand, Page, Quote, Task};
    match kind {
        BlockKind::Paragraph(_) => true,
        BlockKind::Code { .. } => !place.is_task(),
        BlockKind::Media { items, .. } => !place.is_task() && items.iter().all(is_stored) && !items.is_empty(),
        BlockKind::Heading { .. } | BlockKind::Rule => !matches!(place, Quote | Item | Task | BlockTask),
        BlockKind::List { items, .. } if items.is_empty() => false,
        BlockKind::List { style: ListStyle::Bullet | ListStyle::Ordered { .. }, .. } => !place.is_task(),
        BlockKind::List { style: ListStyle::Task, .. } => !matches!(place, Quote | BlockTask),
        BlockKind::List { style: ListStyle::Decision, .. } => !matches!(place, Quote | Item | Task | BlockTask),
        BlockKind::Quote(_) | BlockKind::Panel { .. } => {
            matches!(place, Page | Column | Body | Expand | NestedExpand | Cell)
        }
        BlockKind::Expand { .. } => matches!(place, Page | Column | Expand | Cell),
        BlockKind::Table { rows, .. } => {
            matches!(place, Page | Column | Body | Expand) && rows.iter().any(|r| !r.cells.is_empty())
        }
        BlockKind::Layout(columns) => place == Page && (2..=3).contains(&columns.len()),
        BlockKind::Card { url } => url.is_some() && !matches!(place, Quote | Item | Task | BlockTask | NestedExpand),
        BlockKind::Macro(found) if found.blocks.is_empty() => !place.is_task(),
        BlockKind::Macro(_) => matches!(place, Page | Column),
        BlockKind::Other { .. } => false,
    }
}

fn is_stored(media: &Media) -> bool {
    matches!(media.place, MediaPlace::File { .. } | MediaPlace::Url(_))
}

/// The same, said with what may stand in the place.
fn say_otherwise(kind: &BlockKind, place: Place, out: &mut Vec<Block>) {
    match kind {
        BlockKind::Heading { inlines: all, .. } => {
            out.push(Block::paragraph(inlines(all).into_iter().map(bold).collect()));
        }
        BlockKind::Quote(inner) => out.extend(fit(inner, place)),
        BlockKind::Panel { title, blocks, .. } | BlockKind::Expand { title, blocks } => {
            line(title.as_deref().unwrap_or_default(), out);
            out.extend(fit(blocks, place));
        }
        BlockKind::Table { caption, rows } => {
            line(caption.as_deref().unwrap_or_default(), out);
            out.extend(rows.iter().filter_map(row_line));
        }
        BlockKind::Layout(columns) => columns.iter().for_each(|c| out.extend(fit(&c.blocks, place))),
        BlockKind::Card { url } => {
            let card = |url: &String| Inline::from(InlineKind::Card { url: Some(url.clone()) });
            out.extend(url.as_ref().map(|url| Block::paragraph(vec![card(url)])));
        }
        BlockKind::Media { items, caption } => {
            let names = items.iter().map(|m| Inline::from(InlineKind::Media(m.clone())));
            out.extend(Some(names.collect::<Vec<_>>()).filter(|n| !plain(n).is_empty()).map(Block::paragraph));
            out.extend(caption.as_ref().map(|c| Block::paragraph(inlines(&c.inlines))));
        }
        BlockKind::Macro(found) => {
            line(&found.text, out);
            out.extend(fit(&found.blocks, place));
        }
        BlockKind::Other { text, blocks, .. } => {
            line(text, out);
            out.extend(fit(blocks, place));
        }
        BlockKind::List { style, items } => items.iter().for_each(|i| say_item(*style, i, place, out)),
        BlockKind::Code { text, .. } => line(text, out),
        BlockKind::Rule | BlockKind::Paragraph(_) => {}
    }
}

/// An item without its list.
fn say_item(style: ListStyle, item: &Item, place: Place, out: &mut Vec<Block>) {
    let mark = match (style, item.checked) {
        (_, Some(true)) => "[x] ",
        (_, Some(false)) => "[ ] ",
        (ListStyle::Decision, None) => "Decision: ",
        (_, None) => "• ",
    };
    let mut inner = fit(&item.blocks, place);
    match inner.first_mut().map(|b| &mut b.kind) {
        Some(BlockKind::Paragraph(text)) => text.insert(0, Inline::text(mark)),
        _ => inner.insert(0, Block::paragraph(vec![Inline::text(mark.trim_end())])),
    }
    out.extend(inner);
}

fn row_line(row: &Row) -> Option<Block> {
    let cells: Vec<String> = row
        .cells
        .iter()
        .map(|c| c.blocks.iter().map(Block::text).collect::<Vec<_>>().join(" ").replace('\n', " "))
        .collect();
    let text = cells.join(" | ");
    (!text.trim().is_empty()).then(|| Block::paragraph(vec![Inline::text(&text)]))
}

fn line(text: &str, out: &mut Vec<Block>) {
    if !text.trim().is_empty() {
        out.push(Block::paragraph(vec![bold(Inline::text(text))]));
    }
}

fn bold(inline: Inline) -> Inline {
    let is = inline.marks.iter().any(|m| matches!(m.kind, MarkKind::Strong | MarkKind::Code));
    if is || !matches!(inline.kind, InlineKind::Text(_)) { inline } else { inline.marked(MarkKind::Strong) }
}

fn list(style: ListStyle, items: &[Item]) -> BlockKind {
    let one = |item: &Item| {
        let blocks = match style {
            ListStyle::Task => task(&item.blocks),
            ListStyle::Decision => fit(&item.blocks, Place::BlockTask),
            ListStyle::Bullet | ListStyle::Ordered { .. } => filled(&item.blocks, Place::Item),
        };
        let mut item = Item { checked: item.checked, ..Item::new(blocks) };
        if let (ListStyle::Bullet | ListStyle::Ordered { .. }, Some(done)) = (style, item.checked)
            && let Some(BlockKind::Paragraph(text)) = item.blocks.first_mut().map(|b| &mut b.kind)
        {
            text.insert(0, Inline::text(if done { "[x] " } else { "[ ] " }));
        }
        item
    };
    BlockKind::List { style, items: items.iter().map(one).collect() }
}

/// A task of running text with lists of tasks below it, where it can be one; else one of blocks.
fn task(all: &[Block]) -> Vec<Block> {
    let is_tasks = |b: &Block| matches!(b.kind, BlockKind::List { style: ListStyle::Task, .. });
    let mut blocks = fit(all, Place::Task);
    if blocks.first().is_none_or(is_tasks) {
        blocks.insert(0, Block::paragraph(Vec::new()));
    }
    let one_line = blocks.iter().skip(1).all(is_tasks);
    if one_line { blocks } else { filled(all, Place::BlockTask) }
}

fn row(row: &Row) -> Row {
    let cell = |c: &Cell| Cell { blocks: filled(&c.blocks, Place::Cell), kept: Kept::NONE, ..c.clone() };
    Row { cells: row.cells.iter().map(cell).collect(), kept: Kept::NONE }
}

fn column(column: &Column) -> Column {
    Column { blocks: filled(&column.blocks, Place::Column), kept: Kept::NONE }
}

/// Running text without what the schema has no value for.
fn inlines(all: &[Inline]) -> Vec<Inline> {
    all.iter().filter_map(inline).collect()
}

fn inline(inline: &Inline) -> Option<Inline> {
    let mut out = inline.clone();
    match &mut out.kind {
        InlineKind::Card { url: None } => return None,
        InlineKind::Status { text, .. } if text.is_empty() => return None,
        InlineKind::Status { color, .. } => {
            let known = color.as_deref().is_some_and(|c| STATUS_COLORS.contains(&c));
            if !known {
                *color = Some("neutral".to_owned());
            }
        }
        InlineKind::Macro(found) if found.name.is_empty() || !found.blocks.is_empty() => {
            out.kind = InlineKind::Text(inline.plain());
        }
        _ => {}
    }
    if bears_no_marks(&out.kind) {
        out.marks.clear();
    }
    if matches!(out.kept.0, Source::Storage(_)) {
        out.kept.clear();
    }
    Some(out)
}

/// Whether the node it becomes may stand under no mark.
fn bears_no_marks(kind: &InlineKind) -> bool {
    match kind {
        InlineKind::Break
        | InlineKind::Mention { id: Some(_), .. }
        | InlineKind::Emoji { .. }
        | InlineKind::Date { .. }
        | InlineKind::Status { .. }
        | InlineKind::Card { .. }
        | InlineKind::Placeholder(_)
        | InlineKind::Macro(_) => true,
        InlineKind::Text(_)
        | InlineKind::Mention { id: None, .. }
        | InlineKind::Media(_)
        | InlineKind::Reference { .. }
        | InlineKind::Other { .. } => false,
    }
}

const STATUS_COLORS: &[&str] = &["neutral", "purple", "blue", "red", "yellow", "green"];
