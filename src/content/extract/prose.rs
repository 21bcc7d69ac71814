//! The running text of a Markdown body: where its sentences stand.
//! Headings, code, tables and HTML are none.

use super::super::markdown::options;
use super::super::sentences;
use core::ops::Range;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The sentences of the body in order, as byte ranges.
pub(super) fn prose(markdown: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut skipped = 0_usize;
    let mut run: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        match event {
            Event::Start(tag) if skips(&tag.to_end()) => skipped += 1,
            Event::End(tag) if skips(&tag) => skipped = skipped.saturating_sub(1),
            _ if skipped > 0 => continue,
            Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak => {
                extend(&mut run, range);
                continue;
            }
            Event::Start(tag) if is_inline(&tag) => {
                extend(&mut run, range);
                continue;
            }
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) => {
                continue;
            }
            _ => {}
        }
        take(markdown, &mut run, &mut out);
    }
    take(markdown, &mut run, &mut out);
    out
}

fn extend(run: &mut Option<Range<usize>>, range: Range<usize>) {
    match run {
        Some(run) => run.end = run.end.max(range.end),
        None => *run = Some(range),
    }
}

fn take(markdown: &str, run: &mut Option<Range<usize>>, out: &mut Vec<Range<usize>>) {
    let Some(run) = run.take() else { return };
    let text = markdown.get(run.clone()).unwrap_or_default();
    out.extend(sentences(text).into_iter().map(|s| run.start + s.start..run.start + s.end));
}

fn skips(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::Table | TagEnd::HtmlBlock)
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}
