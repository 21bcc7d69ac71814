//! Lists as Markdown: bullets, numbers, boxes, decisions; tight where CommonMark reads a tight list the same.
//! It prints no other block: [`super::block`] does.

use super::super::tree::{Block, BlockKind, Item, ListStyle};
use super::block::{UnitKind, Writer};

impl Writer {
    pub(super) fn list(&mut self, style: ListStyle, items: &[Item], other_marker: bool) {
        let loose = !items.iter().all(is_tight);
        let number = match style {
            ListStyle::Ordered { start } => start.unwrap_or(1),
            ListStyle::Bullet | ListStyle::Task | ListStyle::Decision => 1,
        };
        let mut any = false;
        for (item, number) in items.iter().zip(number..) {
            let (length, line) = (self.out.len(), self.line);
            match (any, loose) {
                (true, true) => self.blank_line(),
                (true, false) => self.newline(),
                (false, _) => {}
            }
            let start = self.out.len();
            self.item(&marker(style, number, other_marker), style, item, !loose);
            if self.out.len() > start {
                any = true;
            } else {
                self.out.truncate(length);
                self.line = line;
            }
        }
    }

    fn item(&mut self, marker: &str, style: ListStyle, item: &Item, tight: bool) {
        let label = match (style, item.checked) {
            (_, Some(true)) => "[x] ",
            (_, Some(false)) => "[ ] ",
            (ListStyle::Decision, None) => "**Decision:** ",
            (ListStyle::Bullet | ListStyle::Task | ListStyle::Ordered { .. }, None) => "",
        };
        let first = format!("{marker}{label}");
        let checked = item.checked.is_some();
        let indent = " ".repeat(marker.len());
        self.within(&first, &indent, |w| w.join(&mut item.blocks.iter(), tight));
        if checked && !self.out.ends_with(&first) && self.is_at_line_start() {
            // a task without text is still done or not
            self.unit(UnitKind::Text, |w| w.out.push_str(first.trim_end()));
        }
    }
}

fn marker(style: ListStyle, number: u64, other: bool) -> String {
    match (style, other) {
        (ListStyle::Ordered { .. }, false) => format!("{}. ", number.min(LARGEST_NUMBER)),
        (ListStyle::Ordered { .. }, true) => format!("{}) ", number.min(LARGEST_NUMBER)),
        (ListStyle::Bullet | ListStyle::Task | ListStyle::Decision, false) => "- ".to_owned(),
        (ListStyle::Bullet | ListStyle::Task | ListStyle::Decision, true) => "* ".to_owned(),
    }
}

/// CommonMark reads no longer number as a list.
const LARGEST_NUMBER: u64 = 999_999_999;

pub(super) fn are_lists_of_one_kind(a: &Block, b: &Block) -> bool {
    match (&a.kind, &b.kind) {
        (BlockKind::List { style: a, .. }, BlockKind::List { style: b, .. }) => {
            matches!(a, ListStyle::Ordered { .. }) == matches!(b, ListStyle::Ordered { .. })
        }
        _ => false,
    }
}

/// Whether the item can stand without empty lines: a paragraph, and lists that may follow it at once.
fn is_tight(item: &Item) -> bool {
    let Some((first, rest)) = item.blocks.split_first() else {
        return true;
    };
    let leads = matches!(first.kind, BlockKind::Paragraph(_) | BlockKind::List { .. });
    leads && rest.iter().all(may_follow_text) && (rest.len() < 2)
}

/// Whether a block can follow a line of text: CommonMark lets a list interrupt a paragraph when it starts with a one
/// and its first item is not empty.
fn may_follow_text(block: &Block) -> bool {
    let BlockKind::List { style, items } = &block.kind else {
        return false;
    };
    let starts = !matches!(style, ListStyle::Ordered { start: Some(start) } if *start != 1);
    starts
        && items.iter().all(is_tight)
        && items.first().is_some_and(|i| !i.blocks.iter().all(|b| b.text().trim().is_empty()))
}
