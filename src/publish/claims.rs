//! Marks in a block's view which pieces of running text state which claim.
//!
//! The document itself carries no claims: they lie beside the edit, as ranges of characters.

use super::script::ClaimMark;
use crate::content::view::{BlockView, InlineView};

/// Cuts inlines at the borders of the marks and names their claim. Characters are counted over all running text of the
/// block in order, without anything between pieces; where marks overlap the first wins.
pub(crate) fn mark(view: &mut BlockView, marks: &[ClaimMark]) {
    if !marks.is_empty() {
        Marker { marks, at: 0 }.block(view);
    }
}

struct Marker<'a> {
    marks: &'a [ClaimMark],
    at: u32,
}

impl<'a> Marker<'a> {
    fn block(&mut self, view: &mut BlockView) {
        match view {
            BlockView::Paragraph { inlines } | BlockView::Heading { inlines, .. } => self.inlines(inlines),
            BlockView::List { items, .. } => items.iter_mut().for_each(|item| self.blocks(&mut item.blocks)),
            BlockView::Quote { blocks } | BlockView::Panel { blocks, .. } | BlockView::Expand { blocks, .. } => {
                self.blocks(blocks);
            }
            BlockView::Table { rows } => {
                rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| self.blocks(&mut cell.blocks));
            }
            BlockView::Layout { columns } => columns.iter_mut().for_each(|column| self.blocks(column)),
            BlockView::Code { .. } | BlockView::Rule | BlockView::Media { .. } | BlockView::Unknown { .. } => {}
        }
    }

    fn blocks(&mut self, views: &mut [BlockView]) {
        views.iter_mut().for_each(|view| self.block(view));
    }

    fn inlines(&mut self, inlines: &mut Vec<InlineView>) {
        let whole = std::mem::take(inlines);
        for inline in whole {
            self.inline(&inline, inlines);
        }
    }

    fn inline(&mut self, inline: &InlineView, out: &mut Vec<InlineView>) {
        let begin = out.len();
        for c in inline.text.chars() {
            let claim = self.claim(self.at);
            self.at = self.at.saturating_add(1);
            match out.get_mut(begin..).and_then(<[InlineView]>::last_mut) {
                Some(last) if last.claim.as_deref() == claim => last.text.push(c),
                Some(_) | None => {
                    let claim = claim.map(str::to_owned);
                    out.push(InlineView { text: c.to_string(), claim, ..inline.clone() });
                }
            }
        }
        if out.len() == begin {
            out.push(inline.clone());
        }
    }

    fn claim(&self, at: u32) -> Option<&'a str> {
        let found = self.marks.iter().find(|mark| mark.start <= at && at < mark.end);
        found.map(|mark| mark.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::content::view;
    use crate::content::{Block, Inline};
    use crate::publish::script::{ClaimId, ClaimMark};

    fn check(block: &Block, marks: &[(&str, u32, u32)], expected: &[(&str, Option<&str>)]) {
        let id = |raw| ClaimId::parse(raw).unwrap();
        let marks: Vec<_> =
            marks.iter().map(|(raw, start, end)| ClaimMark { id: id(raw), start: *start, end: *end }).collect();
        let mut seen = view::block(block);
        mark(&mut seen, &marks);
        let json = serde_json::to_value(&seen).unwrap();
        let mut found = Vec::new();
        collect(&json, &mut found);
        let found: Vec<_> = found.iter().map(|(text, claim)| (text.as_str(), claim.as_deref())).collect();
        assert_eq!(found, expected);
    }

    fn collect(json: &serde_json::Value, found: &mut Vec<(String, Option<String>)>) {
        if let Some(inlines) = json.get("inlines").and_then(|all| all.as_array()) {
            let text =
                |value: &serde_json::Value, key: &str| value.get(key).and_then(|text| text.as_str()).map(str::to_owned);
            found.extend(inlines.iter().map(|inline| (text(inline, "text").unwrap(), text(inline, "claim"))));
        } else if let Some(all) = json.as_array() {
            all.iter().for_each(|inner| collect(inner, found));
        } else if let Some(all) = json.as_object() {
            all.values().for_each(|inner| collect(inner, found));
        }
    }

    #[test]
    fn cuts_inlines_at_the_borders_of_claims() {
        let block = Block::paragraph(vec![Inline::text("Größe one. Two."), Inline::link("ITD-1", "https://x/1")]);
        check(&block, &[], &[("Größe one. Two.", None), ("ITD-1", None)]);
        check(
            &block,
            &[("c1", 0, 10), ("c2", 11, 15)],
            &[("Größe one.", Some("c1")), (" ", None), ("Two.", Some("c2")), ("ITD-1", None)],
        );
        check(
            &block,
            &[("c1", 11, 99), ("c2", 0, 99)],
            &[("Größe one. ", Some("c2")), ("Two.", Some("c1")), ("ITD-1", Some("c1"))],
        );
        check(&block, &[("c1", 5, 5), ("c2", 99, 100), ("c3", 9, 2)], &[("Größe one. Two.", None), ("ITD-1", None)]);
    }

    #[test]
    fn counts_over_all_items_of_a_list() {
        let block = Block::bullets(vec![vec![Inline::text("ab")], vec![Inline::text("cd"), Inline::text("")]]);
        check(&block, &[("c1", 1, 3)], &[("a", None), ("b", Some("c1")), ("c", Some("c1")), ("d", None), ("", None)]);
    }
}
