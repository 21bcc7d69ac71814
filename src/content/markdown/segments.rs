//! Running text as segments under Markdown's own marks, white space at the edges moved out of them.
//! It prints nothing: [`super::inline`] does.

use super::super::adf::{Meaning, Node, shown};
use super::super::bytes::ByteSet;
use super::super::text;
use super::super::tree::{Inline, InlineKind, Mark, MarkKind};
use super::links::{autolink, destination, image, label};
use super::source::Inlines;
use std::borrow::Cow;

/// A mark that Markdown has a sign or a tag for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Strong,
    Em,
    Strike,
    Underline,
    Sub,
    Sup,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub(super) to: Cow<'a, str>,
    pub(super) title: Option<Cow<'a, str>>,
}

/// The marks around a piece: a link outermost, then signs in order, none twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Styles<'a> {
    pub(super) link: Option<Link<'a>>,
    signs: [Option<Sign>; SIGNS],
}

/// How many signs there are.
const SIGNS: usize = 6;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text, to be escaped.
    Text(Cow<'a, str>),
    /// Code.
    Code(Cow<'a, str>),
    /// Markdown as it is.
    Verbatim(String),
    /// A line break that is meant.
    Break,
    /// A line break of the source's text.
    Line,
}

/// A piece under its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    pub(super) piece: Piece<'a>,
    pub(super) styles: Styles<'a>,
}

impl<'a> Styles<'a> {
    /// The signs, outermost first.
    pub(super) fn signs(&self) -> impl Iterator<Item = Sign> {
        self.signs.iter().map_while(|sign| *sign)
    }

    /// Whether there is a sign.
    pub(super) fn has_signs(&self) -> bool {
        self.signs().next().is_some()
    }

    /// Only the link of them.
    pub(super) fn unsigned(&self) -> Self {
        Self { link: self.link.clone(), ..Self::default() }
    }

    /// These with others in them. A link stands in no other link, and of two neither counts.
    fn with_marks(&self, marks: impl Iterator<Item = Meaning<'a>>) -> Self {
        let mut out = self.clone();
        let mut links = 0;
        for meaning in marks {
            match meaning {
                Meaning::Strong => out.sign(Sign::Strong),
                Meaning::Em => out.sign(Sign::Em),
                Meaning::Strike => out.sign(Sign::Strike),
                Meaning::Underline => out.sign(Sign::Underline),
                Meaning::Sub => out.sign(Sign::Sub),
                Meaning::Sup => out.sign(Sign::Sup),
                Meaning::Link { href, title } => {
                    let link = Link { to: Cow::Borrowed(href), title: title.map(Cow::Borrowed) };
                    if out.link.as_ref() != Some(&link) {
                        links += 1;
                        out.link.get_or_insert(link);
                    }
                }
                Meaning::Code | Meaning::Color(_) | Meaning::Background(_) | Meaning::Annotation(_) => {}
            }
        }
        if links > 1 {
            out.link.clone_from(&self.link);
        }
        out
    }

    fn sign(&mut self, sign: Sign) {
        let free = self.signs.iter_mut().find(|held| held.is_none_or(|held| held == sign));
        if let Some(place) = free {
            *place = Some(sign);
        }
    }
}

/// What a mark of the tree means; none when it has no kind.
fn meaning(mark: &Mark) -> Option<Meaning<'_>> {
    Some(match &mark.kind {
        MarkKind::Strong => Meaning::Strong,
        MarkKind::Em => Meaning::Em,
        MarkKind::Code => Meaning::Code,
        MarkKind::Strike => Meaning::Strike,
        MarkKind::Underline => Meaning::Underline,
        MarkKind::Sub => Meaning::Sub,
        MarkKind::Sup => Meaning::Sup,
        MarkKind::Color(color) => Meaning::Color(color),
        MarkKind::Background(color) => Meaning::Background(color),
        MarkKind::Link { href, title } => Meaning::Link { href, title: title.as_deref() },
        MarkKind::Annotation(id) => Meaning::Annotation(id),
        MarkKind::Other(_) => return None,
    })
}

/// The segments of running text.
pub(super) fn segments(inlines: Inlines<'_>) -> Vec<Segment<'_>> {
    let mut out;
    match inlines {
        Inlines::Tree(all) => {
            out = Vec::with_capacity(all.len());
            gather(all, &Styles::default(), &mut out);
        }
        Inlines::Nodes(all) => {
            out = Vec::with_capacity(all.count());
            all.for_each(|node| node_piece(node, &mut out));
        }
    }
    if out.iter().any(|s| s.styles.link.is_some()) {
        (0..out.len()).for_each(|at| shorten(&mut out, at));
    }
    out
}

fn node_piece<'a>(node: Node<'a>, out: &mut Vec<Segment<'a>>) {
    let mut is_code = false;
    let meanings = shown::meanings(node).inspect(|meaning| is_code |= *meaning == Meaning::Code);
    match shown::piece(node) {
        shown::Piece::Text(text) => {
            let styles = Styles::default().with_marks(meanings);
            match (is_code, shown::is_line(node)) {
                (true, _) => code(text, styles, out),
                (false, true) => line(text, styles, out),
                (false, false) => lines(text, &styles, out),
            }
        }
        shown::Piece::Break => push(Piece::Break, Styles::default().with_marks(meanings), out),
        shown::Piece::Read(inline) => {
            let mut read = Vec::new();
            gather(core::slice::from_ref(&inline), &Styles::default(), &mut read);
            for segment in read {
                let segment = segment.into_owned();
                push(segment.piece, segment.styles, out);
            }
        }
    }
}

impl Segment<'_> {
    fn into_owned(self) -> Segment<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        let piece = match self.piece {
            Piece::Text(text) => Piece::Text(own(text)),
            Piece::Code(text) => Piece::Code(own(text)),
            Piece::Verbatim(text) => Piece::Verbatim(text),
            Piece::Break => Piece::Break,
            Piece::Line => Piece::Line,
        };
        let link = self.styles.link.map(|link| Link { to: own(link.to), title: link.title.map(own) });
        Segment { piece, styles: Styles { link, signs: self.styles.signs } }
    }
}

fn gather<'a>(inlines: &'a [Inline], around: &Styles<'a>, out: &mut Vec<Segment<'a>>) {
    for inline in inlines {
        atom(inline, &around.with_marks(inline.marks.iter().filter_map(meaning)), out);
    }
}

/// Adds code, as it is.
fn code<'a>(text: &'a str, styles: Styles<'a>, out: &mut Vec<Segment<'a>>) {
    if !text.is_empty() {
        push(Piece::Code(Cow::Borrowed(text)), styles, out);
    }
}

/// Adds a piece; neighbors of one kind under the same marks are one.
fn push<'a>(piece: Piece<'a>, styles: Styles<'a>, out: &mut Vec<Segment<'a>>) {
    match (out.last_mut(), &piece) {
        (Some(Segment { piece: Piece::Text(before), styles: same }), Piece::Text(text)) if *same == styles => {
            append(before, text);
        }
        (Some(Segment { piece: Piece::Code(before), styles: same }), Piece::Code(text)) if *same == styles => {
            append(before, text);
        }
        _ => out.push(Segment { piece, styles }),
    }
}

/// Appends to a text, with room for more.
fn append(text: &mut Cow<'_, str>, more: &str) {
    if let Cow::Borrowed(start) = text {
        let mut whole = String::with_capacity((start.len() + more.len()) * 2);
        whole.push_str(start);
        *text = Cow::Owned(whole);
    }
    text.to_mut().push_str(more);
}

fn atom<'a>(inline: &'a Inline, styles: &Styles<'a>, out: &mut Vec<Segment<'a>>) {
    match &inline.kind {
        InlineKind::Text(text) if inline.marks.iter().any(|mark| mark.kind == MarkKind::Code) => {
            code(text, styles.clone(), out)
        }
        InlineKind::Text(text) => lines(text, styles, out),
        InlineKind::Placeholder(text) => lines(text, styles, out),
        InlineKind::Break => push(Piece::Break, styles.clone(), out),
        InlineKind::Mention { id, text } => {
            let name = if text.is_empty() { id.as_deref().unwrap_or_default() } else { text };
            push(Piece::Text(format!("@{name}").into()), styles.clone(), out);
        }
        InlineKind::Emoji { short_name, text } => {
            push(Piece::Text(text.as_ref().unwrap_or(short_name).into()), styles.clone(), out);
        }
        InlineKind::Date { iso } => lines(iso, styles, out),
        InlineKind::Status { text, .. } => loose_lines(&format!("[{text}]"), styles, out),
        InlineKind::Card { url } => {
            push(Piece::Verbatim(autolink(url.as_deref().unwrap_or_default())), styles.clone(), out);
        }
        InlineKind::Media(media) => push(Piece::Verbatim(image(media)), styles.clone(), out),
        InlineKind::Reference { target, inlines } => {
            let mut styles = styles.clone();
            styles.link.get_or_insert_with(|| Link { to: destination(target), title: None });
            if text::plain(inlines).trim().is_empty() {
                lines(target.name(), &styles, out);
            } else {
                gather(inlines, &styles, out);
            }
        }
        InlineKind::Macro(found) => {
            loose_lines(&label(found), styles, out);
            found.blocks.iter().for_each(|b| loose_lines(&b.text(), styles, out));
        }
        InlineKind::Other { text, blocks, .. } => {
            lines(text, styles, out);
            blocks.iter().for_each(|b| loose_lines(&b.text(), styles, out));
        }
    }
}

/// Text with its line breaks set apart.
fn lines<'a>(text: &'a str, styles: &Styles<'a>, out: &mut Vec<Segment<'a>>) {
    let mut rest = text;
    while let Some(end) = BREAKS.first(rest.as_bytes()) {
        line(rest.get(..end).unwrap_or_default(), styles.clone(), out);
        push(Piece::Line, styles.clone(), out);
        rest = rest.get(end + 1..).unwrap_or_default();
    }
    line(rest, styles.clone(), out);
}

/// What ends a line.
const BREAKS: ByteSet = ByteSet::of(b"\n\r");

fn line<'a>(text: &'a str, styles: Styles<'a>, out: &mut Vec<Segment<'a>>) {
    if !text.is_empty() {
        push(Piece::Text(Cow::Borrowed(text)), styles, out);
    }
}

/// The same of text that was made for this.
fn loose_lines<'a>(text: &str, styles: &Styles<'a>, out: &mut Vec<Segment<'a>>) {
    for (at, line) in text.split(['\n', '\r']).enumerate() {
        if at > 0 {
            push(Piece::Line, styles.clone(), out);
        }
        if !line.is_empty() {
            push(Piece::Text(line.to_owned().into()), styles.clone(), out);
        }
    }
}

/// A link that shows its own address, as just that.
fn shorten(all: &mut [Segment<'_>], at: usize) {
    let link_at = |at: Option<usize>| at.and_then(|at| all.get(at)).and_then(|s| s.styles.link.as_ref());
    let Some(link) = link_at(Some(at)).filter(|link| link.title.is_none()) else {
        return;
    };
    let own = matches!(all.get(at).map(|s| &s.piece), Some(Piece::Text(text)) if *text == link.to);
    let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().any(|at| link_at(at) == Some(link));
    if !own || beside {
        return;
    }
    let short = autolink(&link.to);
    if let Some(segment) = all.get_mut(at).filter(|_| short.starts_with('<')) {
        segment.piece = Piece::Verbatim(short);
        segment.styles.link = None;
    }
}
