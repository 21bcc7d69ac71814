//! Running text as segments under Markdown's own marks, white space at the edges moved out of them.
//! It prints nothing: [`super::inline`] does.

use super::super::text;
use super::super::tree::{Inline, InlineKind, Macro, Mark, MarkKind, Media, MediaPlace, Target};

/// A mark that Markdown has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    Link { to: String, title: Option<String> },
    Strong,
    Em,
    Strike,
    Underline,
    Sub,
    Sup,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text, to be escaped.
    Text(String),
    /// Code.
    Code(String),
    /// Markdown as it is.
    Verbatim(String),
    /// A line break that is meant.
    Break,
    /// A line break of the source's text.
    Line,
}

/// A piece under its marks, outermost first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) piece: Piece,
    pub(super) styles: Vec<Style>,
}

/// The segments of running text.
pub(super) fn segments(inlines: &[Inline]) -> Vec<Segment> {
    let mut out = Vec::with_capacity(inlines.len());
    gather(inlines, &[], &mut out);
    merge(out)
}

fn gather(inlines: &[Inline], around: &[Style], out: &mut Vec<Segment>) {
    for inline in inlines {
        let mut styles = around.to_vec();
        inline.marks.iter().filter_map(style).for_each(|s| {
            if !styles.contains(&s) {
                styles.push(s);
            }
        });
        // a link stands around its own marks, and in no other link
        let links = styles.iter().filter(|s| matches!(s, Style::Link { .. })).count();
        if links > 1 {
            styles.retain(|s| !matches!(s, Style::Link { .. }) || around.contains(s));
        }
        styles.sort_by_key(|s| !matches!(s, Style::Link { .. }));
        atom(inline, &styles, out);
    }
}

fn style(mark: &Mark) -> Option<Style> {
    match &mark.kind {
        MarkKind::Strong => Some(Style::Strong),
        MarkKind::Em => Some(Style::Em),
        MarkKind::Strike => Some(Style::Strike),
        MarkKind::Underline => Some(Style::Underline),
        MarkKind::Sub => Some(Style::Sub),
        MarkKind::Sup => Some(Style::Sup),
        MarkKind::Link { href, title } => Some(Style::Link { to: href.clone(), title: title.clone() }),
        MarkKind::Code
        | MarkKind::Color(_)
        | MarkKind::Background(_)
        | MarkKind::Annotation(_)
        | MarkKind::Other(_) => None,
    }
}

fn atom(inline: &Inline, styles: &[Style], out: &mut Vec<Segment>) {
    let mut push = |piece| out.push(Segment { piece, styles: styles.to_vec() });
    match &inline.kind {
        InlineKind::Text(text) if inline.marks.iter().any(|m| m.kind == MarkKind::Code) => {
            if !text.is_empty() {
                push(Piece::Code(text.clone()));
            }
        }
        InlineKind::Text(text) | InlineKind::Placeholder(text) => lines(text, &mut push),
        InlineKind::Break => push(Piece::Break),
        InlineKind::Mention { id, text } => {
            let name = if text.is_empty() { id.as_deref().unwrap_or_default() } else { text };
            push(Piece::Text(format!("@{name}")));
        }
        InlineKind::Emoji { short_name, text } => {
            push(Piece::Text(text.as_ref().unwrap_or(short_name).clone()));
        }
        InlineKind::Date { iso } => lines(iso, &mut push),
        InlineKind::Status { text, .. } => lines(&format!("[{text}]"), &mut push),
        InlineKind::Card { url } => push(Piece::Verbatim(autolink(url.as_deref().unwrap_or_default()))),
        InlineKind::Media(media) => push(Piece::Verbatim(image(media))),
        InlineKind::Reference { target, inlines } => {
            let link = Style::Link { to: destination(target), title: None };
            let mut styles = styles.to_vec();
            if !styles.iter().any(|s| matches!(s, Style::Link { .. })) {
                styles.insert(0, link);
            }
            if text::plain(inlines).trim().is_empty() {
                lines(target.name(), &mut |piece| out.push(Segment { piece, styles: styles.clone() }));
            } else {
                gather(inlines, &styles, out);
            }
        }
        InlineKind::Macro(found) => {
            lines(&label(found), &mut push);
            found.blocks.iter().for_each(|b| lines(&b.text(), &mut push));
        }
        InlineKind::Other { text, blocks, .. } => {
            lines(text, &mut push);
            blocks.iter().for_each(|b| lines(&b.text(), &mut push));
        }
    }
}

/// Text with its line breaks set apart.
fn lines(text: &str, push: &mut dyn FnMut(Piece)) {
    for (at, line) in text.split(['\n', '\r']).enumerate() {
        if at > 0 {
            push(Piece::Line);
        }
        if !line.is_empty() {
            push(Piece::Text(line.to_owned()));
        }
    }
}

/// What stands for a macro that is not its body: its name, its text, its parameters.
pub(super) fn label(found: &Macro) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !found.text.trim().is_empty() {
        parts.push(found.text.trim().to_owned());
    }
    parts.extend(
        found
            .parameters
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| if name.is_empty() { value.clone() } else { format!("{name}={value}") }),
    );
    let name = if found.name.is_empty() { "macro" } else { &found.name };
    if parts.is_empty() { format!("[{name}]") } else { format!("[{name}: {}]", parts.join(", ")) }
}

/// A picture or file as an image.
pub(super) fn image(media: &Media) -> String {
    let (to, name) = match &media.place {
        MediaPlace::File { id, .. } => (format!("media:{id}"), ""),
        MediaPlace::Attachment(name) => (format!("attachment:{name}"), name.as_str()),
        MediaPlace::Url(url) => (url.clone(), ""),
        MediaPlace::Nowhere => (String::new(), ""),
    };
    let alt = media.alt.as_deref().filter(|a| !a.is_empty()).unwrap_or(name);
    if to.is_empty() && alt.is_empty() {
        return String::new();
    }
    format!("![{}]({})", bracketed(alt), address(&to))
}

/// Text between brackets.
fn bracketed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c => {
                if matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '&' | '!' | '~') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

/// An address as a link shown as itself.
pub(super) fn autolink(url: &str) -> String {
    if url.is_empty() {
        return String::new();
    }
    let plain = url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
    if plain && !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\')) {
        return format!("<{url}>");
    }
    format!("[{}]({})", bracketed(url), address(url))
}

/// The address of a link, in angle brackets where it needs them.
pub(super) fn address(to: &str) -> String {
    let plain = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '&' | '"' | '\'')
    };
    if !to.is_empty() && to.chars().all(plain) {
        return to.to_owned();
    }
    let mut out = String::from("<");
    for c in to.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c => {
                if matches!(c, '<' | '>' | '\\' | '&') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out.push('>');
    out
}

/// The address of something named: a scheme of ours with the name as it is.
fn destination(target: &Target) -> String {
    match target {
        Target::Page { title, space, anchor } => {
            let space = space.as_deref().map(|s| format!("{s}:")).unwrap_or_default();
            let anchor = anchor.as_deref().map(|a| format!("#{a}")).unwrap_or_default();
            format!("page:{space}{title}{anchor}")
        }
        Target::Attachment(name) => format!("attachment:{name}"),
        Target::Space(key) => format!("space:{key}"),
        Target::Anchor(anchor) => format!("#{anchor}"),
        Target::Other(name) => name.clone(),
    }
}

/// Neighbors of one kind under the same marks as one; marks leave the white space at their edges.
fn merge(all: Vec<Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::with_capacity(all.len());
    for segment in all {
        match (out.last_mut(), &segment.piece) {
            (Some(Segment { piece: Piece::Text(before), styles }), Piece::Text(text)) if *styles == segment.styles => {
                before.push_str(text);
            }
            (Some(Segment { piece: Piece::Code(before), styles }), Piece::Code(text)) if *styles == segment.styles => {
                before.push_str(text);
            }
            _ => out.push(segment),
        }
    }
    for at in 0..out.len() {
        shorten(&mut out, at);
    }
    out
}

/// A link that shows its own address, as just that.
fn shorten(all: &mut [Segment], at: usize) {
    let link = |s: &Segment| s.styles.iter().find(|s| matches!(s, Style::Link { .. })).cloned();
    let beside = [at.checked_sub(1), at.checked_add(1)].map(|i| i.and_then(|i| all.get(i)).and_then(link));
    let Some(segment) = all.get_mut(at) else {
        return;
    };
    let (Piece::Text(text), Some(style)) = (&segment.piece, link(segment)) else {
        return;
    };
    let own = matches!(&style, Style::Link { to, title: None } if to == text);
    if own && !beside.contains(&Some(style.clone())) {
        let short = autolink(text);
        if short.starts_with('<') {
            segment.piece = Piece::Verbatim(short);
            segment.styles.retain(|s| *s != style);
        }
    }
}
