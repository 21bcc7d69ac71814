//! The plan of a draft without a model: ranked sentences of the sources, word for word, put where they belong.
//! It writes no sentence of its own, and nothing leaves the machine.

use std::collections::HashSet;

use super::plan::{Anchor, Body, ClaimText, Edit, Item, ItemKind, Op, Plan, Section};
use super::task::{Task, UseCase};
use super::{clean, headings, words};
use crate::content::extract::Sentence;
use crate::content::{Format, parse};

/// Makes a plan of ranked sentences; their `source` counts in the task's sources.
///
/// A page gets a section for each group of sources. For an update each sentence goes behind the section it shares most words
/// with; what fits none goes to the end, under a heading of ours.
#[must_use]
pub fn plan(task: &Task<String>, ranked: &[Sentence]) -> Plan {
    let claims = claims(task, ranked);
    let body = match task.use_case {
        UseCase::Page | UseCase::ReleaseNotes => Body::Sections(by_group(task, claims)),
        UseCase::Summary => {
            Body::Sections(vec![Section { heading: String::new(), items: claims.into_iter().map(bullet).collect() }])
        }
        UseCase::Update => Body::Edits(by_place(task, claims)),
    };
    Plan { title: None, body, dropped: Vec::new() }
}

fn claims(task: &Task<String>, ranked: &[Sentence]) -> Vec<ClaimText> {
    let mut seen = HashSet::new();
    let mut claims: Vec<ClaimText> = Vec::new();
    for sentence in ranked.iter().filter(|sentence| sentence.source < task.sources.len()) {
        let text = plain(&sentence.text);
        if text.is_empty() || !seen.insert(text.to_lowercase()) {
            continue;
        }
        let id = format!("c{}", claims.len().saturating_add(1));
        claims.push(ClaimText { id, text, refs: vec![sentence.source], fault: None });
    }
    claims
}

/// What a reader reads of a sentence in Markdown.
fn plain(markdown: &str) -> String {
    let text = match parse(Format::Markdown, markdown) {
        Ok(document) => document.blocks.iter().map(|block| block.text()).collect::<Vec<_>>().join(" "),
        Err(_) => markdown.to_owned(),
    };
    clean::line(&text)
}

fn bullet(claim: ClaimText) -> Item {
    Item { kind: ItemKind::Bullet, claims: vec![claim] }
}

fn source_of(claim: &ClaimText) -> usize {
    claim.refs.first().copied().unwrap_or_default()
}

/// One section for each group, in the order in which the groups come up.
fn by_group(task: &Task<String>, claims: Vec<ClaimText>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for claim in claims {
        let group = task.sources.get(source_of(&claim)).and_then(|source| source.group.as_deref());
        let heading = clean::line(group.unwrap_or_default());
        match sections.iter_mut().find(|section| section.heading == heading) {
            Some(section) => section.items.push(bullet(claim)),
            None => sections.push(Section { heading, items: vec![bullet(claim)] }),
        }
    }
    sections
}

/// One edit for each place, in the order of the page.
fn by_place(task: &Task<String>, claims: Vec<ClaimText>) -> Vec<Edit> {
    let places = Place::all(task);
    let page: Vec<String> = task.outline.iter().map(|block| clean::line(&block.text).to_lowercase()).collect();
    let mut edits: Vec<Edit> = Vec::new();
    for claim in claims {
        // What the page says already is not said again.
        if page.iter().any(|block| block.contains(&claim.text.to_lowercase())) {
            continue;
        }
        let stems = words::stem_set(&claim.text);
        let title =
            task.sources.get(source_of(&claim)).map(|source| words::stem_set(&source.title)).unwrap_or_default();
        let best =
            places.iter().map(|place| (place.likeness(&stems, &title), place)).filter(|(likeness, _)| *likeness > 0);
        let at = best
            .max_by_key(|(likeness, place)| (*likeness, std::cmp::Reverse(place.last)))
            .map(|(_, place)| place.last);
        push(&mut edits, at, claim, task);
    }
    edits.sort_by_key(|edit| match edit.at {
        Anchor::Start => 0,
        Anchor::Block(index) => index.saturating_add(1),
        Anchor::End => usize::MAX,
    });
    edits
}

fn push(edits: &mut Vec<Edit>, at: Option<usize>, claim: ClaimText, task: &Task<String>) {
    let (at, heading) = match at {
        Some(block) => (Anchor::Block(block), String::new()),
        None => (Anchor::End, headings::added(task.language).to_owned()),
    };
    match edits.iter_mut().find(|edit| edit.at == at) {
        Some(edit) => edit.items.push(bullet(claim)),
        None => {
            edits.push(Edit { op: Op::InsertAfter, at, heading, items: vec![bullet(claim)], reason: String::new() })
        }
    }
}

/// A section of the page: a heading with the blocks up to the next one.
struct Place {
    heading: HashSet<String>,
    body: HashSet<String>,
    last: usize,
}

impl Place {
    fn all(task: &Task<String>) -> Vec<Self> {
        let mut places: Vec<Self> = Vec::new();
        for (index, block) in task.outline.iter().enumerate() {
            let stems = words::stem_set(&block.text);
            match (block.heading, places.last_mut()) {
                (None, Some(place)) => {
                    place.body.extend(stems);
                    place.last = index;
                }
                (None, None) => places.push(Self { heading: HashSet::new(), body: stems, last: index }),
                (Some(_), _) => places.push(Self { heading: stems, body: HashSet::new(), last: index }),
            }
        }
        places
    }

    /// How much a sentence belongs here: words it shares with the heading count four times, those of the text once, those its
    /// source's title shares with the heading twice; nothing below three.
    fn likeness(&self, stems: &HashSet<String>, title: &HashSet<String>) -> usize {
        let heading = stems.intersection(&self.heading).count() * 4;
        let body = stems.intersection(&self.body).count();
        let titled = title.intersection(&self.heading).count() * 2;
        let sum = heading + body + titled;
        // Long sections share more words by chance.
        let score = sum * 100 / (10 + self.body.len() / 8);
        if sum >= LEAST { score.max(1) } else { 0 }
    }
}

const LEAST: usize = 3;

#[cfg(test)]
mod tests;
