//! Checks every claim of a plan against the sources it cites, and leaves out what they do not support.
//! It does not understand: a wrong statement made of the source's own words and numbers passes, and a person reviews it.

use std::collections::HashSet;

use super::facts::{self, Fact, Known, Needle};
use super::inert::{defanged, inert};
use super::plan::{Body, Claim, ClaimText, DropCode, Dropped, Edit, Item, Op, Plan, Quote, Reason, Section};
use super::task::{Language, Source, Task};
use super::words;
use crate::content::{Format, parse};

/// What the sources say, read once for all claims.
pub struct Evidence {
    sources: Vec<SourceWords>,
    /// The writer's title and the page's own text: headings may speak of them.
    context: Known,
    overlap: Overlap,
}

/// Whether a claim must share words with its sources: not when it was written in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// It must.
    Needed,
    /// It need not.
    Waived,
}

struct SourceWords {
    known: Known,
    stems: HashSet<String>,
    sentences: Vec<Quotable>,
}

/// A sentence of a source.
struct Quotable {
    /// The excerpt it stands in; none when it stands in front of them.
    excerpt: Option<usize>,
    text: String,
    stems: HashSet<String>,
}

/// A plan of which every claim is supported, and what was found about all claims, the ones left out included.
#[derive(Clone, Debug)]
pub struct Settled {
    /// What may be written.
    pub plan: Plan,
    /// Every claim, in reading order.
    pub claims: Vec<Claim>,
}

impl Evidence {
    /// Reads source texts, each with its key and title in front.
    #[must_use]
    pub fn of(texts: &[String], overlap: Overlap) -> Self {
        let sources = texts.iter().map(|text| SourceWords::of(text, &[])).collect();
        Self { sources, context: Known::default(), overlap }
    }

    /// Reads the sources of a task; masked, if the task is: then the claims are checked before they are restored.
    #[must_use]
    pub fn of_task<T: AsText>(task: &Task<T>) -> Self {
        let sources = task.sources.iter().map(|source| {
            let texts = source_texts(source);
            texts.split_first().map_or_else(|| SourceWords::of("", &[]), |(head, rest)| SourceWords::of(head, rest))
        });
        let sources = sources.collect();
        let overlap = if task.language == Language::Source { Overlap::Needed } else { Overlap::Waived };
        let mut context: Vec<&str> = task.title.iter().map(AsText::as_text).collect();
        context.extend(task.outline.iter().map(|block| block.text.as_text()));
        Self { sources, context: Known::of(&context.join("\n")), overlap }
    }

    fn cited(&self, refs: &[usize]) -> Vec<&SourceWords> {
        refs.iter().filter_map(|index| self.sources.get(*index)).collect()
    }

    fn everything(&self) -> Vec<&Known> {
        self.sources.iter().map(|source| &source.known).chain([&self.context]).collect()
    }
}

/// A text that a task can hold.
pub trait AsText {
    /// The text.
    fn as_text(&self) -> &str;
}

impl AsText for String {
    fn as_text(&self) -> &str {
        self
    }
}

impl AsText for crate::privacy::Masked<String> {
    fn as_text(&self) -> &str {
        self.as_ref()
    }
}

/// What stands in front of a source's excerpts, and these.
fn source_texts<T: AsText>(source: &Source<T>) -> Vec<String> {
    let head = source.key.iter().chain([&source.title]).chain(source.group.iter());
    let head = head.map(AsText::as_text).collect::<Vec<_>>().join("\n\n");
    std::iter::once(head).chain(source.excerpts.iter().map(|excerpt| excerpt.text.as_text().to_owned())).collect()
}

impl SourceWords {
    /// Marks inside a name hide it from a plain search, so the text is read both as Markdown and as a reader sees it.
    fn of(head: &str, excerpts: &[String]) -> Self {
        let (mut visible, mut seen, mut quotable) = (Vec::new(), Vec::new(), Vec::new());
        let texts = std::iter::once((None, head))
            .chain(excerpts.iter().enumerate().map(|(at, text)| (Some(at), text.as_str())));
        for (excerpt, text) in texts {
            let own = super::clean::visible(text);
            let read = match parse(Format::Markdown, &own) {
                Ok(document) => document.blocks.iter().map(|block| block.text()).collect::<Vec<_>>().join("\n\n"),
                Err(_) => String::new(),
            };
            let of = |(text, stems)| Quotable { excerpt, text, stems };
            quotable.extend(sentences(if read.is_empty() { &own } else { &read }).into_iter().map(of));
            visible.push(own);
            seen.push(read);
        }
        let all = visible.into_iter().chain(seen).collect::<Vec<_>>().join("\n\n");
        Self { known: Known::of(&all), stems: words::stem_set(&all), sentences: quotable }
    }
}

fn sentences(text: &str) -> Vec<(String, HashSet<String>)> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let each = lines
        .flat_map(|line| words::sentences(line).into_iter().filter_map(move |range| line.get(range)).map(str::trim));
    each.filter(|sentence| !sentence.is_empty())
        .map(|sentence| (sentence.to_owned(), words::stem_set(sentence)))
        .collect()
}

/// Cleans a plan, checks its claims, and leaves out of it what is not supported.
#[must_use]
pub fn settle(plan: Plan, evidence: &Evidence) -> Settled {
    let plan = cleaned(plan, evidence);
    let claims = claims(&plan, evidence);
    Settled { plan: without_unsupported(plan, &claims), claims }
}

/// What the check finds about each claim of a plan.
#[must_use]
pub fn claims(plan: &Plan, evidence: &Evidence) -> Vec<Claim> {
    plan.claim_texts().map(|text| claim(text, evidence)).collect()
}

fn claim(text: &ClaimText, evidence: &Evidence) -> Claim {
    let cited = evidence.cited(&text.refs);
    let facts = facts::facts(&text.text);
    let stems = words::stems(&text.text);
    let reason = text.fault.or_else(|| unsupported(&facts, &stems, &cited, evidence.overlap));
    Claim {
        id: text.id.clone(),
        // An address that no source has must not become a link anywhere, the list of refused claims included.
        text: if reason.is_some() { defanged(&text.text, &evidence.everything()) } else { text.text.clone() },
        refs: text.refs.clone(),
        supported: reason.is_none(),
        reason,
        quote: quote(&facts, &stems, &text.refs, evidence),
    }
}

fn unsupported(facts: &[Fact], stems: &[String], cited: &[&SourceWords], overlap: Overlap) -> Option<Reason> {
    let missing = facts.iter().find(|fact| !cited.iter().any(|source| source.known.has(fact)));
    if let Some(fact) = missing {
        return Some(fact.reason);
    }
    if stems.is_empty() && facts.is_empty() {
        return Some(Reason::Empty);
    }
    let shared = stems.iter().filter(|stem| cited.iter().any(|source| source.stems.contains(*stem))).count();
    let enough = shared * OVERLAP_DENOMINATOR >= stems.len();
    (overlap == Overlap::Needed && !enough).then_some(Reason::Overlap)
}

/// The sentence of a cited source that shares most with the claim; a shared fact counts for three words.
fn quote(facts: &[Fact], stems: &[String], refs: &[usize], evidence: &Evidence) -> Option<Quote> {
    let mut best: Option<(usize, Quote)> = None;
    for index in refs {
        let Some(source) = evidence.sources.get(*index) else { continue };
        for Quotable { excerpt, text, stems: words } in &source.sentences {
            let shared = stems.iter().filter(|stem| words.contains(*stem)).count();
            let named = facts.iter().filter(|fact| mentions(text, fact)).count();
            let score = (shared + 3 * named) * 64 / (8 + words.len());
            if score > 0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
                let text = text.chars().take(MAX_QUOTE).collect();
                best = Some((score, Quote { source: *index, excerpt: *excerpt, text }));
            }
        }
    }
    best.map(|(_, quote)| quote)
}

fn mentions(sentence: &str, fact: &Fact) -> bool {
    match &fact.needle {
        Needle::Exact(text) | Needle::Url(text) => sentence.contains(text.as_str()),
        Needle::Name(..) | Needle::Host(_) | Needle::Number(_) | Needle::Date(_) | Needle::Version(_) => {
            sentence.contains(&fact.text)
        }
    }
}

/// The plan with every text made inert; headings that say what no source says are dropped. Before [`claims`], always.
#[must_use]
pub fn cleaned(plan: Plan, evidence: &Evidence) -> Plan {
    let mut dropped = plan.dropped;
    let title = plan.title.map(|title| heading(title, evidence, &mut dropped)).filter(|title| !title.is_empty());
    let body = match plan.body {
        Body::Sections(sections) => Body::Sections(
            sections
                .into_iter()
                .map(|section| Section {
                    heading: heading(section.heading, evidence, &mut dropped),
                    items: items(section.items, evidence, &mut dropped),
                })
                .collect(),
        ),
        Body::Edits(edits) => Body::Edits(
            edits
                .into_iter()
                .map(|edit| Edit {
                    heading: heading(edit.heading, evidence, &mut dropped),
                    items: items(edit.items, evidence, &mut dropped),
                    reason: remark(&edit.reason, evidence, &mut dropped),
                    ..edit
                })
                .collect(),
        ),
    };
    Plan { title, body, dropped }
}

fn heading(text: String, evidence: &Evidence, dropped: &mut Vec<Dropped>) -> String {
    let all = evidence.everything();
    let made = inert(&text, &all);
    dropped.extend(made.dropped.into_iter().map(|code| Dropped { code }));
    let foreign = facts::facts(&made.text).iter().any(|fact| !all.iter().any(|known| known.has(fact)));
    if foreign || made.foreign_url {
        dropped.push(Dropped { code: DropCode::Heading });
        return String::new();
    }
    made.text
}

/// A remark for the reviewer: shown, never written, so it only has to be harmless.
fn remark(text: &str, evidence: &Evidence, dropped: &mut Vec<Dropped>) -> String {
    let all = evidence.everything();
    let made = inert(text, &all);
    dropped.extend(made.dropped.into_iter().map(|code| Dropped { code }));
    defanged(&made.text, &all)
}

fn items(items: Vec<Item>, evidence: &Evidence, dropped: &mut Vec<Dropped>) -> Vec<Item> {
    let clean = |claim: ClaimText, dropped: &mut Vec<Dropped>| {
        let cited: Vec<&Known> = evidence.cited(&claim.refs).into_iter().map(|source| &source.known).collect();
        let made = inert(&claim.text, &cited);
        dropped.extend(made.dropped.into_iter().map(|code| Dropped { code }));
        let fault = claim.fault.or(made.foreign_url.then_some(Reason::Url));
        ClaimText { fault: fault.or(made.text.is_empty().then_some(Reason::Empty)), text: made.text, ..claim }
    };
    items
        .into_iter()
        .map(|item| Item {
            kind: item.kind,
            claims: item.claims.into_iter().map(|claim| clean(claim, dropped)).collect(),
        })
        .collect()
}

fn without_unsupported(plan: Plan, claims: &[Claim]) -> Plan {
    let good: HashSet<&str> = claims.iter().filter(|claim| claim.supported).map(|claim| claim.id.as_str()).collect();
    let mut dropped = plan.dropped;
    let body = match plan.body {
        Body::Sections(sections) => {
            let kept = sections
                .into_iter()
                .map(|section| Section { items: supported(section.items, &good, &mut dropped), ..section });
            Body::Sections(kept.filter(|section| !section.items.is_empty()).collect())
        }
        Body::Edits(edits) => {
            Body::Edits(edits.into_iter().filter_map(|edit| supported_edit(edit, &good, &mut dropped)).collect())
        }
    };
    Plan { body, dropped, ..plan }
}

/// An edit that still does what it says. A replacement that lost a sentence would lose the page's text with it, so it goes
/// as a whole.
fn supported_edit(edit: Edit, good: &HashSet<&str>, dropped: &mut Vec<Dropped>) -> Option<Edit> {
    let whole: usize = edit.items.iter().map(|item| item.claims.len()).sum();
    let items = supported(edit.items, good, dropped);
    let left: usize = items.iter().map(|item| item.claims.len()).sum();
    let stands = match edit.op {
        Op::Remove => true,
        Op::Replace => left == whole && left > 0,
        Op::InsertAfter => left > 0,
    };
    if !stands {
        dropped.push(Dropped { code: DropCode::Edit });
        return None;
    }
    Some(Edit { items, ..edit })
}

fn supported(items: Vec<Item>, good: &HashSet<&str>, dropped: &mut Vec<Dropped>) -> Vec<Item> {
    let mut kept = Vec::with_capacity(items.len());
    for item in items {
        let before = item.claims.len();
        let claims: Vec<ClaimText> = item.claims.into_iter().filter(|claim| good.contains(claim.id.as_str())).collect();
        dropped.extend((claims.len()..before).map(|_| Dropped { code: DropCode::Unsupported }));
        if !claims.is_empty() {
            kept.push(Item { kind: item.kind, claims });
        }
    }
    kept
}

/// One word in three must be the sources'.
const OVERLAP_DENOMINATOR: usize = 3;
const MAX_QUOTE: usize = 400;

#[cfg(test)]
mod tests;
