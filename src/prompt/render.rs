//! Sections and items as blocks of a document, each claim followed by what it cites.
//! It makes paragraphs, headings and lists only: a model's words are text nodes, links are ours.

use super::plan::{Item, ItemKind, Section};
use crate::content::{Block, Inline};

/// How a source is named behind a claim.
pub struct Citation {
    /// Its key or label.
    pub text: String,
    /// Where it lives, when that is an address of ours.
    pub href: Option<String>,
}

/// The blocks of a new page.
#[must_use]
pub fn sections(sections: &[Section], citations: &[Citation]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for section in sections {
        if !section.heading.is_empty() {
            blocks.push(Block::heading(2, &section.heading));
        }
        blocks.extend(items(&section.items, citations));
    }
    blocks
}

/// The blocks of some items: neighboring sentences make a paragraph, neighboring bullets a list.
#[must_use]
pub fn items(items: &[Item], citations: &[Citation]) -> Vec<Block> {
    items
        .chunk_by(|one, next| one.kind == next.kind)
        .filter_map(|run| match run.first()?.kind {
            ItemKind::Bullet => Some(Block::bullets(run.iter().map(|item| inlines(item, citations)).collect())),
            ItemKind::Sentence => {
                let mut line = Vec::new();
                for item in run {
                    if !line.is_empty() {
                        line.push(Inline::text(" "));
                    }
                    line.extend(inlines(item, citations));
                }
                Some(Block::paragraph(line))
            }
        })
        .collect()
}

/// The claims of an item, then its citations in parentheses.
fn inlines(item: &Item, citations: &[Citation]) -> Vec<Inline> {
    let text: Vec<&str> = item.claims.iter().map(|claim| claim.text.as_str()).collect();
    let mut line = vec![Inline::text(&text.join(" "))];
    let mut refs: Vec<usize> = item.claims.iter().flat_map(|claim| claim.refs.iter().copied()).collect();
    refs.sort_unstable();
    refs.dedup();
    for (place, citation) in refs.iter().filter_map(|index| citations.get(*index)).enumerate() {
        line.push(Inline::text(if place == 0 { " (" } else { ", " }));
        line.push(match &citation.href {
            Some(href) => Inline::link(&citation.text, href),
            None => Inline::text(&citation.text),
        });
    }
    if line.len() > 1 {
        line.push(Inline::text(")"));
    }
    line
}
