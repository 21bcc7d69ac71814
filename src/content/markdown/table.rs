//! Tables as GFM tables: a header row, one line a row, cells that cover others followed by empty ones.
//! It prints no cell: [`super::cell`] does.

use super::super::tree::{Block, BlockKind, CellRole, Inline, InlineKind, MarkKind};
use super::block::{UnitKind, Writer};
use super::cell::cell;
use super::source::{Blocks, Cells, OneCell, Rows};

/// Appends a table.
pub(super) fn write(rows: Rows<'_>, writer: &mut Writer) {
    let mut grid = Grid { below: Vec::new(), padding: MAX_PADDING };
    let is_head = |row: Cells<'_>| row.iter().next().is_some() && row.iter().all(is_header);
    let has_header = rows.iter().next().is_some_and(is_head);
    let lines: Vec<Vec<String>> =
        rows.iter().enumerate().map(|(at, row)| grid.row(row, at == 0 && has_header)).collect();
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    if width == 0 {
        return;
    }
    let (mut head, body) = match lines.split_first() {
        Some((head, body)) if has_header => (head.clone(), body),
        _ => (Vec::new(), lines.as_slice()),
    };
    head.resize(width, String::new());
    writer.unit(UnitKind::TableHead, |w| {
        line(&head, w);
        w.newline();
        w.out.push('|');
        w.out.push_str(&" --- |".repeat(width));
    });
    for cells in body.iter().filter(|cells| !cells.is_empty()) {
        writer.newline();
        writer.unit(UnitKind::TableRow, |w| line(cells, w));
    }
}

/// Which cells of the rows below are covered.
struct Grid {
    below: Vec<u16>,
    padding: usize,
}

impl Grid {
    fn row(&mut self, row: Cells<'_>, header: bool) -> Vec<String> {
        let mut out = Vec::new();
        for one in row.iter() {
            self.covered(&mut out);
            let at = out.len();
            let emphasized = if header || !is_header(one) { None } else { strong(one) };
            out.push(cell(emphasized.as_deref().map_or(one.blocks, Blocks::Tree)));
            for _ in 1..one.colspan {
                if self.padding == 0 {
                    break;
                }
                self.padding -= 1;
                out.push(String::new());
            }
            self.cover(at..out.len(), one.rowspan.saturating_sub(1));
        }
        self.covered(&mut out);
        out
    }

    /// Puts empty cells where a cell of a row above still reaches.
    fn covered(&mut self, out: &mut Vec<String>) {
        while let Some(rows) = self.below.get_mut(out.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            if self.padding == 0 {
                *rows = 0;
                return;
            }
            self.padding -= 1;
            out.push(String::new());
        }
    }

    fn cover(&mut self, columns: core::ops::Range<usize>, rows: u16) {
        if rows == 0 {
            return;
        }
        if self.below.len() < columns.end {
            self.below.resize(columns.end, 0);
        }
        if let Some(cells) = self.below.get_mut(columns) {
            cells.fill(rows);
        }
    }
}

fn line(cells: &[String], writer: &mut Writer) {
    writer.out.push('|');
    for cell in cells {
        writer.out.push(' ');
        writer.out.push_str(cell);
        writer.out.push_str(" |");
    }
}

fn is_header(cell: OneCell<'_>) -> bool {
    cell.role == CellRole::Header
}

/// A header beside its row is bold: Markdown has headers above columns only.
fn strong(cell: OneCell<'_>) -> Option<Vec<Block>> {
    let one = |block: &Block| match &block.kind {
        BlockKind::Paragraph(inlines) => Some(Block::paragraph(inlines.iter().map(strong_text).collect())),
        _ => None,
    };
    cell.blocks.to_tree().iter().map(one).collect()
}

fn strong_text(inline: &Inline) -> Inline {
    let marked = inline.marks.iter().any(|m| matches!(m.kind, MarkKind::Strong | MarkKind::Code));
    if marked || !matches!(inline.kind, InlineKind::Text(_)) {
        inline.clone()
    } else {
        inline.clone().marked(MarkKind::Strong)
    }
}

/// Cells that may be added for others that cover them, so that no attribute makes a page of them.
const MAX_PADDING: usize = 10_000;
