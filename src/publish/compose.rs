//! Builds the blocks of a draft from claims: sentences and bullets, each claim followed by links to its sources.
//!
//! It writes no markup: texts are plain, links are ours, the encoder of the content room prints them.

use super::clean;
use super::script::{ClaimId, ClaimMark};
use crate::content::view::safe_href;
use crate::content::{Block, Inline};

/// A statement with the sources it rests on.
#[derive(Clone, Debug)]
pub struct Claim<'a> {
    /// Its name.
    pub id: &'a ClaimId,
    /// What it says, plain.
    pub text: &'a str,
    /// Its sources: label and address.
    pub sources: &'a [(&'a str, &'a str)],
}

/// A block of a draft and where its claims stand in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed {
    /// The block.
    pub block: Block,
    /// The claims, for the edit that brings the block.
    pub claims: Vec<ClaimMark>,
}

/// One paragraph of claims, a sentence each; `None` when no claim says anything.
pub fn paragraph(claims: &[Claim<'_>]) -> Option<Composed> {
    let mut writer = Writer::default();
    for claim in claims {
        writer.claim(claim);
    }
    let inlines = writer.take();
    (!writer.marks.is_empty()).then(|| Composed { block: Block::paragraph(inlines), claims: writer.marks })
}

/// One list of bullets, each with its claims; `None` when no claim says anything.
pub fn bullets(items: &[&[Claim<'_>]]) -> Option<Composed> {
    let mut writer = Writer::default();
    let mut written = Vec::new();
    for item in items {
        for claim in *item {
            writer.claim(claim);
        }
        written.push(writer.take());
    }
    written.retain(|item| !item.is_empty());
    (!written.is_empty()).then(|| Composed { block: Block::bullets(written), claims: writer.marks })
}

/// A heading; `None` when the text says nothing.
pub fn heading(level: u8, text: &str) -> Option<Composed> {
    let text = clean::line(text);
    (!text.is_empty()).then(|| Composed { block: Block::heading(level, &text), claims: Vec::new() })
}

#[derive(Default)]
struct Writer {
    inlines: Vec<Inline>,
    marks: Vec<ClaimMark>,
    /// Characters written so far.
    at: u32,
}

impl Writer {
    fn claim(&mut self, claim: &Claim<'_>) {
        let text = clean::line(claim.text);
        if text.is_empty() {
            return;
        }
        if !self.inlines.is_empty() {
            self.text(" ");
        }
        let start = self.at;
        self.text(&text);
        self.marks.push(ClaimMark { id: claim.id.clone(), start, end: self.at });
        self.sources(claim.sources);
    }

    fn sources(&mut self, sources: &[(&str, &str)]) {
        for (number, (label, href)) in sources.iter().enumerate() {
            let label = Some(clean::line(label)).filter(|label| !label.is_empty()).unwrap_or_else(|| clean::line(href));
            self.text(if number == 0 { " (" } else { ", " });
            match safe_href(href) {
                Some(href) => self.link(&label, &href),
                None => self.text(&label),
            }
        }
        if !sources.is_empty() {
            self.text(")");
        }
    }

    fn text(&mut self, text: &str) {
        self.count(text);
        self.inlines.push(Inline::text(text));
    }

    fn link(&mut self, label: &str, href: &str) {
        self.count(label);
        self.inlines.push(Inline::link(label, href));
    }

    fn count(&mut self, text: &str) {
        self.at = self.at.saturating_add(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
    }

    fn take(&mut self) -> Vec<Inline> {
        std::mem::take(&mut self.inlines)
    }
}

#[cfg(test)]
mod tests {
    use super::{Claim, bullets, heading, paragraph};
    use crate::publish::script::ClaimId;

    const SITE: &str = "https://x.example/browse/";

    fn id(raw: &str) -> ClaimId {
        ClaimId::parse(raw).unwrap()
    }

    #[test]
    fn links_each_claim_to_its_sources() {
        let (one, two) = (id("c1"), id("c2"));
        let href = format!("{SITE}ITD-1");
        let sources = [("ITD-1", href.as_str()), ("ITD-2", "/browse/ITD-2")];
        let claims = [
            Claim { id: &one, text: "It fails.", sources: &sources },
            Claim { id: &two, text: "It  was\u{202e} fixed.", sources: &[] },
        ];
        let composed = paragraph(&claims).unwrap();
        assert_eq!(composed.block.text(), "It fails. (ITD-1, ITD-2) It was fixed.");
        let at = |offset: u32| usize::try_from(offset).unwrap();
        let text: Vec<char> = composed.block.text().chars().collect();
        let marked: Vec<String> =
            composed.claims.iter().map(|mark| text.iter().take(at(mark.end)).skip(at(mark.start)).collect()).collect();
        assert_eq!(marked, ["It fails.", "It was fixed."]);
    }

    #[test]
    fn counts_characters_over_all_bullets() {
        let (one, two) = (id("c1"), id("c2"));
        let first = [Claim { id: &one, text: "ab", sources: &[("é", "/1")] }];
        let second = [Claim { id: &two, text: "cd", sources: &[] }];
        let composed = bullets(&[&first, &[], &second]).unwrap();
        let ranges: Vec<_> = composed.claims.iter().map(|mark| (mark.start, mark.end)).collect();
        assert_eq!(ranges, [(0, 2), (6, 8)]);
    }

    #[test]
    fn refuses_to_compose_nothing() {
        let one = id("c1");
        let hollow = [Claim { id: &one, text: " \u{200b}\n", sources: &[("ITD-1", "/1")] }];
        assert_eq!(paragraph(&[]), None);
        assert_eq!(paragraph(&hollow), None);
        assert_eq!(bullets(&[&hollow, &[]]), None);
        assert_eq!(heading(2, "\u{e0041}"), None);
    }

    #[test]
    fn writes_no_link_a_page_may_not_carry() {
        let one = id("c1");
        for bad in ["javascript:alert(1)", "//evil.example", "data:text/html,x", ""] {
            let claims = [Claim { id: &one, text: "x", sources: &[("label", bad)] }];
            let block = paragraph(&claims).unwrap().block;
            assert_eq!(block.text(), "x (label)");
            assert!(!format!("{block:?}").contains("Link"), "{bad}");
        }
    }
}
