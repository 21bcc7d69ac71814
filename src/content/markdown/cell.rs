//! What stands in a table cell as one line of Markdown: blocks apart by `<br>`, pipes escaped.
//! It prints no table: [`super::table`] does.

use super::super::tree::{BlockKind, Inline, ListStyle};
use super::block::{Writer, panel_label};
use super::inline::{Lines, code, write};
use super::links::{autolink, image, label};
use super::source::{Blocks, Cells, Inlines, Items, OneBlock, View};

/// Appends the blocks of a cell, on the line.
pub(super) fn cell(all: Blocks<'_>, writer: &mut Writer) {
    let start = writer.out.len();
    match only_text(all) {
        Some(inlines) => write(inlines, Lines::Tag, writer),
        None => {
            let mut lines = Vec::new();
            blocks(all, &mut lines);
            writer.out.push_str(&lines.join("<br>"));
        }
    }
    let written = writer.out.get(start..).unwrap_or_default();
    if memchr::memchr3(b'|', b'\n', b'\r', written.as_bytes()).is_some() {
        let line = escape_pipes(written);
        writer.out.truncate(start);
        writer.out.push_str(&line);
    }
}

/// The running text, where the one block is a paragraph.
fn only_text(mut all: Blocks<'_>) -> Option<Inlines<'_>> {
    let only = all.next()?;
    match only.view() {
        View::Paragraph(inlines) if all.next().is_none() => Some(inlines),
        _ => None,
    }
}

fn escape_pipes(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '|' => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn blocks(all: Blocks<'_>, out: &mut Vec<String>) {
    all.for_each(|b| block(b, out));
}

fn block(block: OneBlock<'_>, out: &mut Vec<String>) {
    shown(&block.view(), out);
}

fn shown(view: &View<'_>, out: &mut Vec<String>) {
    match view {
        View::Paragraph(inlines) | View::Heading { inlines, .. } => text(*inlines, out),
        View::List { style, items } => list(*style, *items, out),
        View::Code { text, .. } => out.extend(text.lines().filter(|l| !l.trim().is_empty()).map(|line| {
            let mut span = String::new();
            code(line, &mut span);
            span
        })),
        View::Quote(inner) => blocks(*inner, out),
        View::Panel { style, title, blocks: inner } => {
            plain(&panel_label(*style, *title), out);
            blocks(*inner, out);
        }
        View::Expand { title, blocks: inner } => {
            plain(title.unwrap_or_default(), out);
            blocks(*inner, out);
        }
        View::Table { caption, rows } => {
            plain(caption.unwrap_or_default(), out);
            rows.iter().for_each(|r| row(r, out));
        }
        View::Rule => {}
        View::Other(kind) => other(kind, out),
        View::Read(kind) => shown(&View::of(kind), out),
    }
}

/// A block that only the tree has.
fn other(kind: &BlockKind, out: &mut Vec<String>) {
    match kind {
        BlockKind::Media { items, caption } => {
            out.extend(items.iter().map(image).filter(|i| !i.is_empty()));
            caption.iter().for_each(|c| text(Inlines::Tree(&c.inlines), out));
        }
        BlockKind::Layout(columns) => columns.iter().for_each(|c| blocks(Blocks::Tree(&c.blocks), out)),
        BlockKind::Card { url } => out.extend(url.as_deref().map(autolink)),
        BlockKind::Macro(found) => {
            if found.blocks.is_empty() {
                plain(&label(found), out);
            }
            blocks(Blocks::Tree(&found.blocks), out);
        }
        BlockKind::Other { text, blocks: inner, .. } => {
            plain(text, out);
            blocks(Blocks::Tree(inner), out);
        }
        BlockKind::Paragraph(_)
        | BlockKind::Heading { .. }
        | BlockKind::List { .. }
        | BlockKind::Code { .. }
        | BlockKind::Quote(_)
        | BlockKind::Panel { .. }
        | BlockKind::Expand { .. }
        | BlockKind::Table { .. }
        | BlockKind::Rule => shown(&View::of(kind), out),
    }
}

fn text(inlines: Inlines<'_>, out: &mut Vec<String>) {
    let mut writer = Writer::default();
    write(inlines, Lines::Tag, &mut writer);
    if !writer.out.trim().is_empty() {
        out.push(writer.out);
    }
}

fn plain(line: &str, out: &mut Vec<String>) {
    text(Inlines::Tree(&[Inline::text(line)]), out);
}

fn list(style: ListStyle, items: Items<'_>, out: &mut Vec<String>) {
    let start = match style {
        ListStyle::Ordered { start } => start.unwrap_or(1),
        ListStyle::Bullet | ListStyle::Task | ListStyle::Decision => 1,
    };
    for (item, number) in items.iter().zip(start..) {
        let mut lines = Vec::new();
        blocks(item.blocks, &mut lines);
        let marker = match (style, item.checked) {
            (_, Some(true)) => "[x]".to_owned(),
            (_, Some(false)) => "[ ]".to_owned(),
            (ListStyle::Ordered { .. }, None) => format!("{number}."),
            (ListStyle::Decision, None) => "Decision:".to_owned(),
            (ListStyle::Bullet | ListStyle::Task, None) => "•".to_owned(),
        };
        if let Some(first) = lines.first_mut() {
            *first = format!("{marker} {first}");
        }
        out.extend(lines);
    }
}

/// A row of a table within a cell.
fn row(row: Cells<'_>, out: &mut Vec<String>) {
    let cells = row.iter().map(|c| {
        let mut lines = Vec::new();
        blocks(c.blocks, &mut lines);
        lines.join(" ")
    });
    let line = cells.filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" / ");
    if !line.is_empty() {
        out.push(line);
    }
}
