//! Running text of Markdown: marks, links, pictures, breaks, and the HTML tags the printer writes.
//! It knows no blocks.

use super::super::kept::Kept;
use super::super::tree::{Inline, InlineKind, Mark, MarkKind, Media, MediaPlace, Target};
use pulldown_cmark::{Event, Tag, TagEnd};

/// Running text as it grows.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// What was read.
    pub(super) inlines: Vec<Inline>,
    marks: Vec<MarkKind>,
    /// Bytes that copies of link addresses took: running text carries its marks piece by piece.
    pub(super) copied: usize,
    /// Open references and pictures, with where their text starts.
    open: Vec<(Wrapper, usize)>,
}

#[derive(Debug)]
enum Wrapper {
    Picture(String),
    Reference(Target),
}

impl Text {
    /// Text without marks; line breaks are spaces.
    pub(super) fn plain(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let inlines = if text.is_empty() { Vec::new() } else { vec![Inline::text(&text)] };
        Self { inlines, ..Self::default() }
    }

    /// Whether an event is running text.
    pub(super) fn takes(event: &Event<'_>) -> bool {
        match event {
            Event::Start(tag) => is_inline(&tag.to_end()),
            Event::End(tag) => is_inline(tag),
            Event::Rule | Event::Html(_) => false,
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => true,
        }
    }

    /// Adds an event.
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.marks.push(MarkKind::Code);
                self.push(InlineKind::Text(text.into_string()));
                self.marks.pop();
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.push(InlineKind::Break),
            Event::InlineHtml(tag) | Event::Html(tag) => self.tag(&tag),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// Whether marks were left out because there were too many bytes of them.
    fn is_cut(&self) -> bool {
        self.copied > MOST_COPIED
    }

    /// The text, white space at its ends dropped; that of code is code.
    pub(super) fn finish(mut self) -> Self {
        if let Some(text) = self.inlines.first_mut().and_then(loose) {
            *text = text.trim_start_matches([' ', '\t']).to_owned();
        }
        if let Some(text) = self.inlines.last_mut().and_then(loose) {
            *text = text.trim_end_matches([' ', '\t']).to_owned();
        }
        self.inlines.retain(|i| i.kind != InlineKind::Text(String::new()));
        self
    }

    fn text(&mut self, text: &str) {
        let from = self.open.last().map_or(0, |(_, at)| *at);
        let marks = self.unique_marks();
        match self.inlines.get_mut(from..).and_then(|open| open.last_mut()) {
            Some(Inline { kind: InlineKind::Text(before), marks: same, .. }) if *same == marks => before.push_str(text),
            _ => self.push(InlineKind::Text(text.to_owned())),
        }
    }

    fn push(&mut self, kind: InlineKind) {
        let marks = self.unique_marks();
        self.inlines.push(Inline { kind, marks, kept: Kept::NONE });
    }

    fn unique_marks(&mut self) -> Vec<Mark> {
        let mut out: Vec<Mark> = Vec::new();
        if self.is_cut() {
            return out;
        }
        let links = self.marks.iter().map(|kind| match kind {
            MarkKind::Link { href, title } => href.len() + title.as_ref().map_or(0, String::len),
            _ => 0,
        });
        self.copied += links.sum::<usize>();
        for kind in &self.marks {
            if !out.iter().any(|m| m.kind == *kind) {
                out.push(kind.clone().into());
            }
        }
        out
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => self.marks.push(MarkKind::Em),
            Tag::Strong => self.marks.push(MarkKind::Strong),
            Tag::Strikethrough => self.marks.push(MarkKind::Strike),
            Tag::Link { dest_url, title, .. } => match target(&dest_url) {
                Some(target) => self.open.push((Wrapper::Reference(target), self.inlines.len())),
                None => {
                    let title = Some(title.into_string()).filter(|t| !t.is_empty());
                    self.marks.push(MarkKind::Link { href: dest_url.into_string(), title });
                }
            },
            Tag::Image { dest_url, .. } => {
                self.open.push((Wrapper::Picture(dest_url.into_string()), self.inlines.len()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis => self.unmark(|m| *m == MarkKind::Em),
            TagEnd::Strong => self.unmark(|m| *m == MarkKind::Strong),
            TagEnd::Strikethrough => self.unmark(|m| *m == MarkKind::Strike),
            TagEnd::Link if matches!(self.open.last(), Some((Wrapper::Reference(_), _))) => self.close(),
            TagEnd::Link => self.unmark(|m| matches!(m, MarkKind::Link { .. })),
            TagEnd::Image => self.close(),
            _ => {}
        }
    }

    fn unmark(&mut self, which: impl Fn(&MarkKind) -> bool) {
        if let Some(at) = self.marks.iter().rposition(which) {
            self.marks.remove(at);
        }
    }

    /// Puts what was read since a wrapper opened into it.
    fn close(&mut self) {
        let Some((wrapper, at)) = self.open.pop() else {
            return;
        };
        let inner = self.inlines.split_off(at.min(self.inlines.len()));
        match wrapper {
            Wrapper::Picture(to) => {
                let alt = Some(super::super::text::plain(&inner)).filter(|t| !t.is_empty());
                self.push(InlineKind::Media(Media { place: place(&to), alt, kept: Kept::NONE }));
            }
            Wrapper::Reference(target) => self.push(InlineKind::Reference { target, inlines: inner }),
        }
    }

    /// The HTML tags the printer writes; any other is text.
    fn tag(&mut self, tag: &str) {
        let name =
            tag.trim_start_matches("</").trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
        let mark = match name {
            "br" => return self.push(InlineKind::Break),
            "strong" | "b" => MarkKind::Strong,
            "em" | "i" => MarkKind::Em,
            "del" | "s" => MarkKind::Strike,
            "u" => MarkKind::Underline,
            "sub" => MarkKind::Sub,
            "sup" => MarkKind::Sup,
            _ => return self.text(tag),
        };
        if tag.starts_with("</") {
            self.unmark(|m| *m == mark);
        } else {
            self.marks.push(mark);
        }
    }
}

/// What the copies of link addresses in one document may take.
pub(super) const MOST_COPIED: usize = 32 * 1024 * 1024;

/// The picture this is, when it is nothing else.
pub(super) fn picture(inline: &Inline) -> Option<Media> {
    match &inline.kind {
        InlineKind::Media(media) if inline.marks.is_empty() => Some(media.clone()),
        _ => None,
    }
}

fn place(to: &str) -> MediaPlace {
    if let Some(name) = to.strip_prefix("attachment:") {
        return MediaPlace::Attachment(name.to_owned());
    }
    if let Some(id) = to.strip_prefix("media:") {
        return MediaPlace::File { id: id.to_owned(), collection: String::new() };
    }
    if to.is_empty() { MediaPlace::Nowhere } else { MediaPlace::Url(to.to_owned()) }
}

/// What a link of the printer's own schemes points to.
fn target(to: &str) -> Option<Target> {
    if let Some(name) = to.strip_prefix("attachment:") {
        return Some(Target::Attachment(name.to_owned()));
    }
    if let Some(key) = to.strip_prefix("space:") {
        return Some(Target::Space(key.to_owned()));
    }
    let page = to.strip_prefix("page:")?;
    let is_key = |key: &str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '~' || c == '_');
    let (space, rest) = match page.split_once(':') {
        Some((key, title)) if is_key(key) && !title.starts_with(' ') => (Some(key.to_owned()), title),
        _ => (None, page),
    };
    let (title, anchor) = match rest.split_once('#') {
        Some((title, anchor)) => (title, Some(anchor.to_owned())),
        None => (rest, None),
    };
    Some(Target::Page { title: title.to_owned(), space, anchor })
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Its text, when that is no code.
fn loose(inline: &mut Inline) -> Option<&mut String> {
    match &mut inline.kind {
        InlineKind::Text(text) if inline.marks.iter().all(|mark| mark.kind != MarkKind::Code) => Some(text),
        _ => None,
    }
}
