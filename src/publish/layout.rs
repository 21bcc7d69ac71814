//! Storage-format blocks at the top of the page: a layout with all its cells is one block, and so is what stands between
//! blocks and is more than space.
//!
//! It does not read the blocks themselves: it only looks at the bytes between them.

use super::page::{Form, is_space};
use super::split::fragment;
use crate::content::BlockKind;
use crate::content::storage::SpannedBlock;
use std::ops::Range;

/// Joins the blocks inside each layout into one.
///
/// INVARIANT: between the blocks returned there is only space.
pub(crate) fn whole(body: &str, spans: Vec<SpannedBlock>) -> Vec<SpannedBlock> {
    let mut joiner = Joiner { body, blocks: Vec::with_capacity(spans.len()), depth: 0, open: 0 };
    let mut end = 0;
    for spanned in spans {
        joiner.gap(end..spanned.range.start);
        end = spanned.range.end;
        if joiner.depth == 0 {
            joiner.blocks.push(spanned);
        }
    }
    joiner.gap(end..body.len());
    if joiner.depth > 0 {
        joiner.close(body.len());
    }
    joiner.blocks
}

struct Joiner<'a> {
    body: &'a str,
    blocks: Vec<SpannedBlock>,
    depth: usize,
    /// Where the open layout began.
    open: usize,
}

impl Joiner<'_> {
    /// Reads the bytes between two blocks.
    fn gap(&mut self, range: Range<usize>) {
        let mut loose = range.start;
        let mut at = range.start;
        while let Some(rest) = self.body.get(at..range.end).filter(|rest| !rest.is_empty()) {
            let length = piece(rest);
            let text = rest.get(..length).unwrap_or(rest);
            match tag(text) {
                Some(Tag::Open) => {
                    if self.depth == 0 {
                        self.loose(loose..at);
                        self.open = at;
                    }
                    self.depth += 1;
                }
                Some(Tag::Close) if self.depth == 1 => {
                    self.close(at + length);
                    loose = at + length;
                }
                Some(Tag::Close) => self.depth = self.depth.saturating_sub(1),
                None => {}
            }
            at += length;
        }
        if self.depth == 0 {
            self.loose(loose..range.end);
        }
    }

    fn close(&mut self, end: usize) {
        self.depth = 0;
        self.push(self.open..end);
    }

    /// What stands between blocks and is more than space (a comment) is a block of its own.
    fn loose(&mut self, range: Range<usize>) {
        let Some(text) = self.body.get(range.clone()) else { return };
        let inner = text.trim_matches(is_space);
        let start = range.start + (text.len() - text.trim_start_matches(is_space).len());
        if !inner.is_empty() {
            self.push(start..start + inner.len());
        }
    }

    fn push(&mut self, range: Range<usize>) {
        let text = self.body.get(range.clone()).unwrap_or_default();
        let unknown = || BlockKind::Other { name: String::new(), text: text.to_owned(), blocks: Vec::new() }.into();
        let block = fragment(Form::Storage, text).unwrap_or_else(|_| unknown());
        self.blocks.push(SpannedBlock { range, block });
    }
}

enum Tag {
    Open,
    Close,
}

/// The length of the comment, CDATA section, instruction, tag or text that the rest begins with.
fn piece(rest: &str) -> usize {
    let ends = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<", ">")];
    let closing = ends.iter().find(|(open, _)| rest.starts_with(open)).map(|(_, close)| *close);
    match closing {
        Some(close) => rest.find(close).map_or(rest.len(), |at| at + close.len()),
        None => rest.find('<').unwrap_or(rest.len()),
    }
}

/// Whether the piece opens or closes a layout, a section or a cell.
fn tag(text: &str) -> Option<Tag> {
    if text.starts_with("</ac:layout") {
        return Some(Tag::Close);
    }
    (text.starts_with("<ac:layout") && !text.ends_with("/>")).then_some(Tag::Open)
}

#[cfg(test)]
mod tests {
    use crate::publish::{Form, Grain, Page};

    fn check(body: &str, expected: &[&str]) {
        let page = Page::read(Form::Storage, Grain::Top, body).unwrap();
        let blocks: Vec<&str> = page.units.iter().map(|unit| page.bytes(&unit.span)).collect();
        assert_eq!(blocks, expected);
        assert!(page.regions.len() == 1);
    }

    #[test]
    fn takes_a_layout_as_one_block() {
        let cell =
            |inner: &str| format!("<ac:layout-section><ac:layout-cell>{inner}</ac:layout-cell></ac:layout-section>");
        let layout = format!("<ac:layout>{}\n{}</ac:layout>", cell("<p>a</p><p>b</p>"), cell(""));
        check(&layout, &[&layout]);
        check(&format!("<p>x</p> {layout}\n<p>y</p>{layout}"), &["<p>x</p>", &layout, "<p>y</p>", &layout]);
        check("<ac:layout />", &["<ac:layout />"]);
        let bare = cell("<p>a</p>");
        check(&format!("{bare}<p>y</p>"), &[&bare, "<p>y</p>"]);
    }

    #[test]
    fn takes_comments_between_blocks_as_blocks() {
        check(
            "<!-- <ac:layout> -->\n<p>a</p> <!--b--> <!--c-->",
            &["<!-- <ac:layout> -->", "<p>a</p>", "<!--b--> <!--c-->"],
        );
    }
}
