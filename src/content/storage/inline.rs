//! Running text: text, marks, links, mentions, emoji, dates, and macros that stand in a line.
//! It reads no blocks but those that stand in running text, which [`super::read`] reads.

use super::super::kept::{Kept, Piece, Source};
use super::super::tree::{Inline, InlineKind, Mark, MarkKind, Target};
use super::canonical_inline;
use super::dom::{Element, Node};
use super::look;
use super::macros::{media, parameter, resource_name};
use super::read::{Reader, inner, pieces};
use core::ops::Range;

impl<'a> Reader<'a> {
    /// Running text under these marks.
    pub(super) fn running(self, nodes: &[Node<'a>], marks: &mut Vec<Mark>, out: &mut Vec<Inline>) {
        for node in nodes {
            match node {
                Node::Text { text, range, .. } => {
                    let kind = InlineKind::Text(collapse(text));
                    out.push(self.place(kind, range.clone(), &[], marks));
                }
                Node::Silent(range) => {
                    let kind =
                        InlineKind::Other { name: "comment".to_owned(), text: String::new(), blocks: Vec::new() };
                    out.push(self.place(kind, range.clone(), &[], marks));
                }
                Node::Element(element) => self.element(element, marks, out),
            }
        }
    }

    fn element(self, element: &Element<'a>, marks: &mut Vec<Mark>, out: &mut Vec<Inline>) {
        match mark(element) {
            Some(kind) if self.affords(&kind, element, marks) => self.marked(kind, element, marks, out),
            Some(_) => {
                let (kind, ranges) = self.unknown(element);
                out.push(self.place(kind, element.range.clone(), &ranges, marks));
            }
            None => {
                let (kind, ranges) = self.atom(element);
                out.push(self.place(kind, element.range.clone(), &ranges, marks));
            }
        }
    }

    /// Whether the pieces in the element can carry its mark and those around it; it is taken from the allowance.
    fn affords(self, kind: &MarkKind, element: &Element<'a>, marks: &[Mark]) -> bool {
        let around: usize = marks.iter().map(|m| weight(&m.kind)).sum();
        let cost = (around + weight(kind)).saturating_mul(element.children.len().max(1));
        let left = self.allowance.get().checked_sub(cost);
        self.allowance.set(left.unwrap_or(0));
        left.is_some()
    }

    fn marked(self, kind: MarkKind, element: &Element<'a>, marks: &mut Vec<Mark>, out: &mut Vec<Inline>) {
        let mut mark = Mark::from(kind);
        let around = pieces(self.source, element.range.clone(), &inner(element));
        mark.kept = self.kept_mark(around, &mark);
        let depth = marks.len();
        let beside = out.last().filter(|before| before.marks.get(..depth) == Some(marks.as_slice()));
        if let Some(before) = beside.and_then(|before| before.marks.get(depth)) {
            mark.run = before.kind == mark.kind && before.kept == mark.kept && !before.run;
        }
        marks.push(mark);
        if element.children.is_empty() {
            let empty = Inline::from(InlineKind::Text(String::new()));
            out.push(Inline { marks: marks.clone(), ..empty });
        }
        self.running(&element.children, marks, out);
        marks.pop();
    }

    fn kept_mark(self, around: Vec<Piece>, mark: &Mark) -> Kept {
        if canonical_inline::mark(&mark.kind).is(&around) { Kept::NONE } else { Kept(Source::Storage(around)) }
    }

    /// What an element that is no mark is, with the places of its children.
    fn atom(self, element: &Element<'a>) -> (InlineKind, Vec<Range<usize>>) {
        let none = Vec::new();
        match element.name {
            "br" => (InlineKind::Break, none),
            "time" => {
                let iso = element.attribute("datetime").map_or_else(|| element.text(), str::to_owned);
                (InlineKind::Date { iso }, none)
            }
            "ac:emoticon" => (emoji(element), none),
            "ac:placeholder" => (InlineKind::Placeholder(element.text()), none),
            "a" => (InlineKind::Card { url: element.attribute("href").map(str::to_owned) }, none),
            "ac:image" | "img" if element.child("ac:caption").is_none() => (InlineKind::Media(media(element)), none),
            "ac:link" => self.link(element),
            "ac:structured-macro" | "ac:macro" if look::macro_name(element) == "status" => (status(element), none),
            "ac:structured-macro" | "ac:macro" if look::body(element).is_none() => {
                let (found, ranges) = self.any_macro(element);
                (InlineKind::Macro(found), ranges)
            }
            "ac:image" | "ac:structured-macro" | "ac:macro" => {
                let blocks = vec![self.block(element)];
                let name = element.name.to_owned();
                (InlineKind::Other { name, text: String::new(), blocks }, vec![element.range.clone()])
            }
            _ => self.unknown(element),
        }
    }

    fn unknown(self, element: &Element<'a>) -> (InlineKind, Vec<Range<usize>>) {
        let (blocks, ranges) = self.blocks(&element.children);
        let shown = resource_name(element).or_else(|| element.attribute("at:name"));
        let (name, text) = (element.name.to_owned(), shown.unwrap_or_default().to_owned());
        (InlineKind::Other { name, text, blocks }, ranges)
    }

    fn link(self, element: &Element<'a>) -> (InlineKind, Vec<Range<usize>>) {
        let body = element.elements().find(|e| BODIES.contains(&e.name));
        if let Some(user) = element.child("ri:user") {
            let shown = body.map(Element::text).filter(|t| !t.is_empty());
            let id = user.attribute("ri:account-id").map(str::to_owned);
            let other = user.attribute("ri:username").or_else(|| user.attribute("ri:userkey"));
            let text = shown.or_else(|| other.filter(|_| id.is_none()).map(str::to_owned)).unwrap_or_default();
            return (InlineKind::Mention { id, text: text.trim_start_matches('@').to_owned() }, Vec::new());
        }
        let inlines = body.map(|b| self.inlines(&b.children)).unwrap_or_default();
        (InlineKind::Reference { target: target(element), inlines }, body.map(inner).unwrap_or_default())
    }

    fn place(self, kind: InlineKind, whole: Range<usize>, children: &[Range<usize>], marks: &[Mark]) -> Inline {
        let mut inline = Inline::from(kind);
        inline.kept = self.kept(whole, children, &canonical_inline::inline(&inline));
        inline.marks = marks.to_vec();
        inline
    }
}

/// About how many bytes a copy of the mark takes.
fn weight(kind: &MarkKind) -> usize {
    let text = match kind {
        MarkKind::Link { href, title } => href.len() + title.as_ref().map_or(0, String::len),
        MarkKind::Color(text) | MarkKind::Background(text) | MarkKind::Annotation(text) | MarkKind::Other(text) => {
            text.len()
        }
        _ => 0,
    };
    // the kept tags of an element are about as long again as what it says
    size_of::<Mark>() + 2 * text + 64
}

fn target(link: &Element<'_>) -> Target {
    let anchor = link.attribute("ac:anchor").map(str::to_owned);
    let resource = link.elements().find(|e| e.name.starts_with("ri:"));
    let Some(resource) = resource else {
        return Target::Anchor(anchor.unwrap_or_default());
    };
    let name = resource_name(resource).unwrap_or_default().to_owned();
    match resource.name {
        "ri:page" | "ri:blog-post" => {
            Target::Page { title: name, space: resource.attribute("ri:space-key").map(str::to_owned), anchor }
        }
        "ri:attachment" => Target::Attachment(name),
        "ri:space" => Target::Space(name),
        _ => Target::Other(name),
    }
}

/// The mark an element is, when it is one.
fn mark(element: &Element<'_>) -> Option<MarkKind> {
    Some(match element.name {
        "strong" | "b" => MarkKind::Strong,
        "em" | "i" => MarkKind::Em,
        "code" | "tt" | "kbd" | "samp" => MarkKind::Code,
        "s" | "del" | "strike" => MarkKind::Strike,
        "u" | "ins" => MarkKind::Underline,
        "sub" => MarkKind::Sub,
        "sup" => MarkKind::Sup,
        "a" => return link_mark(element),
        "span" | "font" => styled(element),
        "ac:inline-comment-marker" => MarkKind::Annotation(element.attribute("ac:ref").unwrap_or_default().to_owned()),
        name if MARKS.contains(&name) => MarkKind::Other(name.to_owned()),
        _ => return None,
    })
}

/// The link an anchor element is; none when it is shown as a card.
fn link_mark(element: &Element<'_>) -> Option<MarkKind> {
    let Some(href) = element.attribute("href") else {
        return Some(MarkKind::Other("a".to_owned()));
    };
    let card = element.attribute("data-card-appearance").is_some() && element.text() == href;
    let title = element.attribute("title").map(str::to_owned);
    (!card).then(|| MarkKind::Link { href: href.to_owned(), title })
}

fn styled(element: &Element<'_>) -> MarkKind {
    for part in element.attribute("style").unwrap_or_default().split(';') {
        let Some((name, value)) = part.split_once(':') else {
            continue;
        };
        let Some(color) = color(value.trim()) else {
            continue;
        };
        match name.trim() {
            "color" => return MarkKind::Color(color),
            "background-color" => return MarkKind::Background(color),
            _ => {}
        }
    }
    MarkKind::Other(element.name.to_owned())
}

/// `#rrggbb` of a style's color, when it is one.
fn color(value: &str) -> Option<String> {
    if let Some(hex) = value.strip_prefix('#') {
        let is = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        return is.then(|| value.to_ascii_lowercase());
    }
    let inside = value.strip_prefix("rgb(")?.strip_suffix(')')?;
    let parts: Option<Vec<u8>> = inside.split(',').map(|p| p.trim().parse().ok()).collect();
    match parts?.as_slice() {
        [r, g, b] => Some(format!("#{r:02x}{g:02x}{b:02x}")),
        _ => None,
    }
}

fn status(element: &Element<'_>) -> InlineKind {
    let color = parameter(element, "colour").or_else(|| parameter(element, "color"));
    let color = color.map(|c| c.to_lowercase()).map(|c| if c == "grey" { "neutral".to_owned() } else { c });
    InlineKind::Status { text: parameter(element, "title").unwrap_or_default(), color }
}

fn emoji(element: &Element<'_>) -> InlineKind {
    let name = element.attribute("ac:name").unwrap_or_default();
    let short = element.attribute("ac:emoji-shortname").map_or_else(|| format!(":{name}:"), str::to_owned);
    let fallback = element.attribute("ac:emoji-fallback").filter(|f| !f.is_empty() && !f.starts_with(':'));
    let classic = EMOTICONS.iter().find(|(n, _)| *n == name).map(|(_, c)| *c);
    let text = fallback.or(classic.filter(|_| element.attribute("ac:emoji-shortname").is_none()));
    InlineKind::Emoji { short_name: short, text: text.map(str::to_owned) }
}

/// White space as HTML reads it where a line or tab is part of it; runs of plain spaces are kept as written.
fn collapse(text: &str) -> String {
    if !text.contains(['\n', '\t', '\r']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut space = String::new();
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            space.push(c);
            continue;
        }
        flush(&mut space, &mut out);
        out.push(c);
    }
    flush(&mut space, &mut out);
    out
}

fn flush(space: &mut String, out: &mut String) {
    if space.contains(['\n', '\t', '\r']) {
        out.push(' ');
    } else {
        out.push_str(space);
    }
    space.clear();
}

/// The parts of a link that say what it shows.
const BODIES: &[&str] = &["ac:link-body", "ac:plain-text-link-body"];

/// Elements that mark text without a kind of their own.
#[rustfmt::skip]
const MARKS: &[&str] = &[
    "abbr", "acronym", "bdi", "bdo", "big", "cite", "data", "dfn", "label", "mark", "q", "small", "var",
];

/// The emoticons of Confluence Server.
#[rustfmt::skip]
const EMOTICONS: &[(&str, &str)] = &[
    ("smile", "🙂"), ("sad", "🙁"), ("cheeky", "😛"), ("laugh", "😃"), ("wink", "😉"), ("thumbs-up", "👍"),
    ("thumbs-down", "👎"), ("information", "ℹ️"), ("tick", "✅"), ("cross", "❌"), ("warning", "⚠️"), ("plus", "➕"),
    ("minus", "➖"), ("question", "❓"), ("light-on", "💡"), ("light-off", "💡"), ("yellow-star", "⭐"),
    ("red-star", "⭐"), ("green-star", "⭐"), ("blue-star", "⭐"), ("heart", "❤️"), ("broken-heart", "💔"),
];
