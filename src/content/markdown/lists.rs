//! Lists as Markdown: bullets, numbers, boxes, decisions; tight where CommonMark reads a tight list the same.
//! It prints no other block: [`super::block`] does.

use super::super::tree::ListStyle;
use super::super::work::did;
use super::block::Writer;
use super::printed::UnitKind;
use super::source::{Items, OneBlock, OneItem, View};
use std::borrow::Cow;

impl Writer {
    pub(super) fn list(&mut self, style: ListStyle, items: Items<'_>, other_marker: bool) {
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
            self.item(style, number, other_marker, item, !loose);
            if self.out.len() > start {
                any = true;
            } else {
                self.out.truncate(length);
                self.line = line;
            }
        }
    }

    fn item(&mut self, style: ListStyle, number: u64, other: bool, item: OneItem<'_>, tight: bool) {
        let marker = marker(style, number, other);
        let label = match (style, item.checked) {
            (_, Some(true)) => "[x] ",
            (_, Some(false)) => "[ ] ",
            (ListStyle::Decision, None) => "**Decision:** ",
            (ListStyle::Bullet | ListStyle::Task | ListStyle::Ordered { .. }, None) => "",
        };
        let first = if label.is_empty() { marker.clone() } else { Cow::Owned(format!("{marker}{label}")) };
        let checked = item.checked.is_some();
        let indent = BLANKS.get(..marker.len()).unwrap_or(BLANKS);
        self.within(&first, indent, |w| w.join(item.blocks, tight));
        if checked && !self.out.ends_with(&*first) && self.is_at_line_start() {
            // a task without text is still done or not
            self.unit(UnitKind::Text, |w| w.out.push_str(first.trim_end()));
        }
    }
}

fn marker(style: ListStyle, number: u64, other: bool) -> Cow<'static, str> {
    match (style, other) {
        (ListStyle::Ordered { .. }, false) => format!("{}. ", number.min(LARGEST_NUMBER)).into(),
        (ListStyle::Ordered { .. }, true) => format!("{}) ", number.min(LARGEST_NUMBER)).into(),
        (ListStyle::Bullet | ListStyle::Task | ListStyle::Decision, false) => "- ".into(),
        (ListStyle::Bullet | ListStyle::Task | ListStyle::Decision, true) => "* ".into(),
    }
}

/// An indent as wide as the longest marker.
const BLANKS: &str = "           ";

/// CommonMark reads no longer number as a list.
const LARGEST_NUMBER: u64 = 999_999_999;

/// Whether both are lists that Markdown would read as one.
pub(super) fn are_of_one_kind(a: Option<ListStyle>, b: Option<ListStyle>) -> bool {
    let is_ordered = |style| matches!(style, ListStyle::Ordered { .. });
    matches!((a, b), (Some(a), Some(b)) if is_ordered(a) == is_ordered(b))
}

/// Whether the item can stand without empty lines: a paragraph, and a list that may follow it at once.
fn is_tight(item: OneItem<'_>) -> bool {
    did(1);
    let mut blocks = item.blocks;
    let Some(first) = blocks.next() else {
        return true;
    };
    let first = first.view();
    let leads = matches!(first, View::Paragraph(_)) || first.list_style().is_some();
    leads && blocks.next().is_none_or(may_follow_text) && blocks.next().is_none()
}

/// Whether a block can follow a line of text: CommonMark lets a list interrupt a paragraph when it starts with a one
/// and its first item is not empty.
fn may_follow_text(block: OneBlock<'_>) -> bool {
    may_follow(&block.view())
}

fn may_follow(view: &View<'_>) -> bool {
    let (style, items) = match view {
        View::List { style, items } => (*style, *items),
        View::Read(kind) => return may_follow(&View::of(kind)),
        _ => return false,
    };
    let starts = !matches!(style, ListStyle::Ordered { start: Some(start) } if start != 1);
    starts && items.iter().all(is_tight) && items.iter().next().is_some_and(|i| !{ i.blocks }.all(OneBlock::is_blank))
}
