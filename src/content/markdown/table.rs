//! Tables as GFM tables: a header row, one line a row, cells that cover others followed by empty ones.
//! It prints no cell: [`super::cell`] does.

use super::super::tree::{Block, BlockKind, CellRole, Inline, InlineKind, MarkKind};
use super::super::work::did;
use super::block::Writer;
use super::cell::cell;
use super::printed::UnitKind;
use super::source::{Blocks, Cells, OneCell, Rows};

/// Appends a table.
pub(super) fn write(rows: Rows<'_>, writer: &mut Writer) {
    let is_head = |row: Cells<'_>| row.iter().next().is_some() && row.iter().all(is_header);
    let has_header = rows.iter().next().is_some_and(is_head);
    let mut grid = Grid::default();
    let widths: Vec<usize> = rows.iter().map(|row| grid.row(row, |_| {})).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    if width == 0 {
        return;
    }
    let mut grid = Grid::default();
    let mut rows = rows.iter().zip(widths);
    writer.unit(UnitKind::TableHead, |w| {
        w.out.push('|');
        let head = if has_header { rows.next() } else { None };
        let columns = head.map_or(0, |(row, _)| grid.row(row, |one| written(one, false, w)));
        (columns..width).for_each(|_| written(None, false, w));
        w.newline();
        w.out.push('|');
        (0..width).for_each(|_| w.out.push_str(" --- |"));
    });
    for (row, columns) in rows {
        if columns == 0 {
            grid.row(row, |_| {});
            continue;
        }
        writer.newline();
        writer.unit(UnitKind::TableRow, |w| {
            w.out.push('|');
            grid.row(row, |one| written(one, true, w));
        });
    }
}

/// Appends a cell, or an empty one.
fn written(one: Option<OneCell<'_>>, in_body: bool, writer: &mut Writer) {
    writer.out.push(' ');
    if let Some(one) = one {
        let emphasized = if in_body && is_header(one) { strong(one) } else { None };
        cell(emphasized.as_deref().map_or(one.blocks, Blocks::Tree), writer);
    }
    writer.out.push_str(" |");
}

/// Which cells of the rows below are covered.
struct Grid {
    below: Vec<u16>,
    padding: usize,
}

impl Default for Grid {
    fn default() -> Self {
        Self { below: Vec::new(), padding: MAX_PADDING }
    }
}

impl Grid {
    /// Puts the cells of a row, and none where others cover it; gives how many there are.
    fn row<'v>(&mut self, row: Cells<'v>, mut put: impl FnMut(Option<OneCell<'v>>)) -> usize {
        let mut columns = 0;
        for one in row.iter() {
            did(1);
            self.covered(&mut columns, &mut put);
            let at = columns;
            put(Some(one));
            let more = usize::from(one.colspan).saturating_sub(1).min(self.padding);
            self.padding -= more;
            (0..more).for_each(|_| put(None));
            columns += 1 + more;
            self.cover(at..columns, one.rowspan.saturating_sub(1));
        }
        self.covered(&mut columns, &mut put);
        columns
    }

    /// Puts empty cells where a cell of a row above still reaches.
    fn covered<'v>(&mut self, columns: &mut usize, put: &mut impl FnMut(Option<OneCell<'v>>)) {
        while let Some(rows) = self.below.get_mut(*columns).filter(|rows| **rows > 0) {
            *rows -= 1;
            if self.padding == 0 {
                *rows = 0;
                return;
            }
            self.padding -= 1;
            put(None);
            *columns += 1;
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
