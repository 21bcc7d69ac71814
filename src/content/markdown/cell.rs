//! What stands in a table cell as one line of Markdown: blocks apart by `<br>`, pipes escaped.
//! It prints no table: [`super::table`] does.

use super::super::tree::{Block, BlockKind, Inline, Item, ListStyle, Row};
use super::block::{Writer, panel_label};
use super::inline::{Lines, code, write};
use super::segments::{autolink, image, label};

/// The blocks of a cell as one line.
pub(super) fn cell(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    blocks.iter().for_each(|b| block(b, &mut lines));
    escape_pipes(&lines.join("<br>"))
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

fn block(block: &Block, out: &mut Vec<String>) {
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Heading { inlines, .. } => text(inlines, out),
        BlockKind::List { style, items } => list(*style, items, out),
        BlockKind::Code { text, .. } => out.extend(text.lines().filter(|l| !l.trim().is_empty()).map(|line| {
            let mut span = String::new();
            code(line, &mut span);
            span
        })),
        BlockKind::Quote(inner) => blocks(inner, out),
        BlockKind::Panel { style, title, blocks: inner } => {
            plain(&panel_label(*style, title.as_deref()), out);
            blocks(inner, out);
        }
        BlockKind::Expand { title, blocks: inner } => {
            plain(title.as_deref().unwrap_or_default(), out);
            blocks(inner, out);
        }
        BlockKind::Table { caption, rows } => {
            plain(caption.as_deref().unwrap_or_default(), out);
            rows.iter().for_each(|r| row(r, out));
        }
        BlockKind::Rule => {}
        BlockKind::Media { items, caption } => {
            out.extend(items.iter().map(image).filter(|i| !i.is_empty()));
            caption.iter().for_each(|c| text(&c.inlines, out));
        }
        BlockKind::Layout(columns) => columns.iter().for_each(|c| blocks(&c.blocks, out)),
        BlockKind::Card { url } => out.extend(url.as_deref().map(autolink)),
        BlockKind::Macro(found) => {
            if found.blocks.is_empty() {
                plain(&label(found), out);
            }
            blocks(&found.blocks, out);
        }
        BlockKind::Other { text, blocks: inner, .. } => {
            plain(text, out);
            blocks(inner, out);
        }
    }
}

fn blocks(all: &[Block], out: &mut Vec<String>) {
    all.iter().for_each(|b| block(b, out));
}

fn text(inlines: &[Inline], out: &mut Vec<String>) {
    let mut writer = Writer::default();
    write(inlines, Lines::Tag, &mut writer);
    if !writer.out.trim().is_empty() {
        out.push(writer.out);
    }
}

fn plain(line: &str, out: &mut Vec<String>) {
    text(&[Inline::text(line)], out);
}

fn list(style: ListStyle, items: &[Item], out: &mut Vec<String>) {
    let start = match style {
        ListStyle::Ordered { start } => start.unwrap_or(1),
        ListStyle::Bullet | ListStyle::Task | ListStyle::Decision => 1,
    };
    for (item, number) in items.iter().zip(start..) {
        let mut lines = Vec::new();
        blocks(&item.blocks, &mut lines);
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
fn row(row: &Row, out: &mut Vec<String>) {
    let cells = row.cells.iter().map(|c| {
        let mut lines = Vec::new();
        blocks(&c.blocks, &mut lines);
        lines.join(" ")
    });
    let line = cells.filter(|c| !c.is_empty()).collect::<Vec<_>>().join(" / ");
    if !line.is_empty() {
        out.push(line);
    }
}
