//! Tables and task lists: elements whose children have parts of their own.
//! A table or list with anything unexpected in it is kept as an unknown element, with its blocks.

use super::super::kept::{Kept, Source};
use super::super::tree::{Block, BlockKind, Cell, CellRole, Item, ListStyle, Row};
use super::canonical;
use super::dom::{Element, Node};
use super::read::{Reader, inner, pieces};

impl<'a> Reader<'a> {
    /// A table.
    pub(super) fn table(self, element: &Element<'a>) -> Block {
        let Some(found) = rows(element) else {
            return self.other(element);
        };
        let caption = element.child("caption").map(Element::text);
        let rows = found.iter().map(|e| self.row(e)).collect();
        let ranges: Vec<_> = found.iter().map(|e| e.range.clone()).collect();
        self.settle(BlockKind::Table { caption, rows }, element, &ranges)
    }

    fn row(self, element: &Element<'a>) -> Row {
        let cells = element.elements().map(|e| self.cell(e)).collect();
        let ranges: Vec<_> = element.elements().map(|e| e.range.clone()).collect();
        Row { cells, kept: self.kept(element.range.clone(), &ranges, &canonical::row()) }
    }

    fn cell(self, element: &Element<'a>) -> Cell {
        let role = if element.name == "th" { CellRole::Header } else { CellRole::Value };
        let (blocks, ranges) = self.blocks(&element.children);
        let mut cell = Cell::new(role, blocks);
        cell.colspan = span(element, "colspan");
        cell.rowspan = span(element, "rowspan");
        cell.kept = self.kept(element.range.clone(), &ranges, &canonical::cell(&cell));
        cell
    }

    /// A list of tasks.
    pub(super) fn tasks(self, element: &Element<'a>) -> Block {
        let all: Option<Vec<Item>> = element
            .children
            .iter()
            .filter(|n| !n.is_blank())
            .map(|n| n.element().filter(|e| e.name == "ac:task").and_then(|e| self.task(e)))
            .collect();
        let Some(items) = all else {
            return self.other(element);
        };
        let ranges: Vec<_> = element.elements().map(|e| e.range.clone()).collect();
        self.settle(BlockKind::List { style: ListStyle::Task, items }, element, &ranges)
    }

    fn task(self, element: &Element<'a>) -> Option<Item> {
        let body = element.child("ac:task-body")?;
        let known = |n: &Node<'_>| n.is_blank() || n.element().is_some_and(|e| TASK_PARTS.contains(&e.name));
        if !element.children.iter().all(known) || element.elements().filter(|e| e.name == body.name).count() > 1 {
            return None;
        }
        let done = element.child("ac:task-status").is_some_and(|s| s.text().trim() == "complete");
        let (mut blocks, ranges) = self.blocks(&body.children);
        if let [only] = blocks.as_mut_slice() {
            self.settle_task_text(only, body);
        }
        let kept = self.kept(element.range.clone(), &ranges, &canonical::item(Some(done)));
        Some(Item { checked: Some(done), blocks, kept })
    }

    /// In a task the canonical form of a lone paragraph has no element of its own.
    fn settle_task_text(self, only: &mut Block, body: &Element<'a>) {
        if !matches!(only.kind, BlockKind::Paragraph(_)) {
            return;
        }
        if only.kept.is_bare() && !only.kept.is_canonical() {
            only.kept.clear();
        } else if let Some(element) = body.elements().find(|e| e.name == "p").filter(|_| only.kept.is_canonical()) {
            let around = pieces(self.source, element.range.clone(), &inner(element));
            only.kept = Kept(Source::Storage(around));
        }
    }
}

/// Whether the item's text stands in the task without an element.
pub(super) fn is_task_text(style: ListStyle, blocks: &[Block]) -> bool {
    style == ListStyle::Task
        && matches!(blocks, [Block { kind: BlockKind::Paragraph(_), kept }] if kept.0 == Source::Canonical)
}

/// The rows of a table, when nothing else is in it that would be lost.
fn rows<'e, 'a>(table: &'e Element<'a>) -> Option<Vec<&'e Element<'a>>> {
    let mut out = Vec::new();
    for node in table.children.iter().filter(|n| !n.is_blank()) {
        let element = node.element()?;
        match element.name {
            "tr" => out.push(element),
            "thead" | "tbody" | "tfoot" => {
                for node in element.children.iter().filter(|n| !n.is_blank()) {
                    out.push(node.element().filter(|e| e.name == "tr")?);
                }
            }
            "colgroup" | "col" | "caption" => {}
            _ => return None,
        }
    }
    let is_row = |row: &&Element<'_>| row.children.iter().all(is_cell);
    out.iter().all(is_row).then_some(out)
}

fn is_cell(node: &Node<'_>) -> bool {
    node.is_blank() || node.element().is_some_and(|e| matches!(e.name, "td" | "th"))
}

fn span(element: &Element<'_>, name: &str) -> u16 {
    element.attribute(name).and_then(|s| s.trim().parse().ok()).filter(|n| *n > 0).unwrap_or(1)
}

const TASK_PARTS: &[&str] = &["ac:task-id", "ac:task-uuid", "ac:task-status", "ac:task-body"];
