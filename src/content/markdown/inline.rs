//! Running text as Markdown: marks by their signs where CommonMark reads them as marks, else as HTML tags.
//! It makes no segments ([`super::segments`]) and escapes no text ([`super::escape`]).

use super::super::work::did;
use super::block::Writer;
use super::escape::{Follows, Place, escape};
use super::links::address;
use super::segments::{Link, Piece, Segment, Sign, Styles, segments};
use super::source::Inlines;
use std::borrow::Cow;

/// What a line break becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    /// A line break of the paragraph.
    Many,
    /// `<br>`: the text must stay on its line.
    Tag,
    /// A space: the text must stay on its line and breaks mean nothing.
    Space,
}

/// Appends running text; nothing when there is nothing to read.
pub(super) fn write(inlines: Inlines<'_>, lines: Lines, writer: &mut Writer) {
    let start = writer.out.len();
    match inlines.only_text() {
        Some(text) => {
            let mut line = Line::new(lines, writer);
            line.text(text, line.follows(None));
            line.trim();
        }
        None => {
            let all = spread(segments(inlines));
            let mut line = Line::new(lines, writer);
            for (at, segment) in all.iter().enumerate() {
                line.segment(&all, at, segment);
            }
            line.close(0);
            line.trim();
        }
    }
    if writer.out.get(start..).is_some_and(|t| t.chars().all(char::is_whitespace)) {
        writer.out.truncate(start);
    }
}

/// Sets white space at the edges of marked text apart: a mark does not open before it nor close after it.
fn spread<'a>(all: Vec<Segment<'a>>) -> Vec<Segment<'a>> {
    if !all.iter().any(has_loose_edges) {
        return all;
    }
    let mut out = Vec::with_capacity(all.len() + 2);
    for segment in all {
        let Piece::Text(text) = &segment.piece else {
            out.push(segment);
            continue;
        };
        if !has_loose_edges(&segment) {
            out.push(segment);
            continue;
        }
        let body = text.trim();
        let lead = text.len() - text.trim_start().len();
        let tail = if body.is_empty() { text.len() } else { lead + body.len() };
        let around = segment.styles.unsigned();
        let mut push = |range: core::ops::Range<usize>, styles: &Styles<'a>| {
            if let Some(text) = part(text, range).filter(|t| !t.is_empty()) {
                out.push(Segment { piece: Piece::Text(text), styles: styles.clone() });
            }
        };
        push(0..lead, &around);
        push(lead..tail, &segment.styles);
        push(tail..text.len(), &around);
    }
    out
}

fn has_loose_edges(segment: &Segment<'_>) -> bool {
    let is_loose = |text: &str| text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    segment.styles.has_signs() && matches!(&segment.piece, Piece::Text(text) if is_loose(text))
}

/// A part of a text, borrowed when the text is.
fn part<'a>(text: &Cow<'a, str>, range: core::ops::Range<usize>) -> Option<Cow<'a, str>> {
    match text {
        Cow::Borrowed(text) => text.get(range).map(Cow::Borrowed),
        Cow::Owned(text) => text.get(range).map(|part| Cow::Owned(part.to_owned())),
    }
}

/// A mark that is open.
#[derive(Debug)]
enum Open<'s, 'a> {
    Link(&'s Link<'a>),
    Sign {
        sign: Sign,
        /// What closes it.
        close: &'static str,
    },
}

impl Open<'_, '_> {
    /// Whether the mark is one of these.
    fn is_of(&self, styles: &Styles<'_>) -> bool {
        match self {
            Self::Link(link) => styles.link.as_ref() == Some(link),
            Self::Sign { sign, .. } => styles.signs().any(|s| s == *sign),
        }
    }
}

struct Line<'w, 's, 'a> {
    open: Vec<Open<'s, 'a>>,
    /// Breaks that are written before the next piece.
    breaks: usize,
    /// Whether a line of the source's text ended.
    wrapped: bool,
    lines: Lines,
    /// Where the running text starts in the writer.
    start: usize,
    writer: &'w mut Writer,
}

impl<'w, 's, 'a> Line<'w, 's, 'a> {
    fn new(lines: Lines, writer: &'w mut Writer) -> Self {
        Self { open: Vec::new(), breaks: 0, wrapped: false, lines, start: writer.out.len(), writer }
    }

    fn segment(&mut self, all: &'s [Segment<'a>], at: usize, segment: &'s Segment<'a>) {
        match segment.piece {
            Piece::Break => {
                self.breaks += 1;
                return;
            }
            Piece::Line => {
                self.wrapped = true;
                return;
            }
            Piece::Text(_) | Piece::Code(_) | Piece::Verbatim(_) => {}
        }
        did(1 + self.open.len());
        let same = self.open.iter().take_while(|o| o.is_of(&segment.styles)).count();
        self.close(same);
        self.flush();
        if self.at_line_start() && is_blank(&segment.piece) {
            return;
        }
        self.open_new(all, at, &segment.styles);
        self.piece(&segment.piece, self.follows(all.get(at + 1)));
    }

    /// What follows a piece when this is the next one.
    fn follows(&self, next: Option<&Segment<'_>>) -> Follows {
        let is_shown = self.lines != Lines::Space;
        match next.map(|s| &s.piece) {
            _ if !self.open.is_empty() => Follows::Text,
            Some(Piece::Break) if is_shown => Follows::Break,
            // another line of the cell may follow, and a tag before it
            None if self.lines == Lines::Tag => Follows::Break,
            None | Some(Piece::Break | Piece::Line) => Follows::Nothing,
            Some(Piece::Text(_) | Piece::Code(_) | Piece::Verbatim(_)) => Follows::Text,
        }
    }

    /// Opens the marks of a segment that are not open.
    fn open_new(&mut self, all: &'s [Segment<'a>], at: usize, styles: &'s Styles<'a>) {
        if let Some(link) = styles.link.as_ref().filter(|_| !self.in_link()) {
            self.writer.out.push('[');
            self.open.push(Open::Link(link));
        }
        for (place, sign) in styles.signs().enumerate() {
            if self.is_open(sign) {
                continue;
            }
            let more = styles.signs().skip(place + 1).any(|sign| !self.is_open(sign));
            let (open, close) = self.mark(sign, all, at, more);
            self.writer.out.push_str(open);
            self.open.push(Open::Sign { sign, close });
        }
    }

    fn in_link(&self) -> bool {
        self.open.iter().any(|o| matches!(o, Open::Link(_)))
    }

    fn is_open(&self, sign: Sign) -> bool {
        self.open.iter().any(|o| matches!(o, Open::Sign { sign: open, .. } if *open == sign))
    }

    /// Writes the breaks held back: those that are meant add up, those of the source's text do not.
    fn flush(&mut self) {
        let (breaks, lines) = (core::mem::take(&mut self.breaks), core::mem::take(&mut self.wrapped));
        if self.writer.out.len() == self.start || (breaks == 0 && !lines) {
            return;
        }
        self.trim();
        match self.lines {
            Lines::Many if breaks == 0 => self.writer.newline(),
            Lines::Many => (0..breaks).for_each(|_| {
                // a backslash: an empty line would end the paragraph
                self.writer.out.push('\\');
                self.writer.newline();
            }),
            Lines::Tag if breaks > 0 => self.writer.out.push_str("<br>"),
            Lines::Tag | Lines::Space => self.writer.out.push(' '),
        }
    }

    fn piece(&mut self, piece: &Piece<'_>, follows: Follows) {
        match piece {
            Piece::Text(text) => self.text(text, follows),
            Piece::Code(text) => code(text, &mut self.writer.out),
            Piece::Verbatim(text) => match text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
                Some(url) if self.in_link() => self.text(url, Follows::Text),
                _ => self.writer.out.push_str(text),
            },
            Piece::Break | Piece::Line => {}
        }
    }

    fn text(&mut self, text: &str, follows: Follows) {
        let line_start = self.at_line_start();
        let text = if line_start { text.trim_start_matches([' ', '\t']) } else { text };
        let place = Place { line_start, follows, in_link: self.in_link(), before: self.before() };
        escape(text, place, &mut self.writer.out);
    }

    /// What opens and closes a mark: the sign where CommonMark reads it as opening here and closing there, else the tag.
    fn mark(&self, sign: Sign, all: &[Segment<'_>], at: usize, more: bool) -> (&'static str, &'static str) {
        let (written, open, close) = match sign {
            Sign::Strong => ("**", "<strong>", "</strong>"),
            Sign::Em => ("_", "<em>", "</em>"),
            Sign::Strike => ("~~", "<del>", "</del>"),
            Sign::Underline => return ("<u>", "</u>"),
            Sign::Sub => return ("<sub>", "</sub>"),
            Sign::Sup => return ("<sup>", "</sup>"),
        };
        let before = self.before();
        let first = if more { '*' } else { all.get(at).map_or(' ', |s| first(&s.piece)) };
        let (last, after) = self.end(all, at, sign);
        let word = |inside, outside| sign == Sign::Em && may_flank(outside, inside) && !outside.is_ascii_punctuation();
        let opens = flanks(first, before) && !word(first, before);
        let closes = flanks(last, after) && !word(last, after);
        let apart = !written.starts_with(before) && !written.starts_with(after);
        if opens && closes && apart { (written, written) } else { (open, close) }
    }

    /// The last character under the mark, and the one after it.
    fn end(&self, all: &[Segment<'_>], at: usize, sign: Sign) -> (char, char) {
        let is_held = |s: &Segment<'_>| self.open.iter().all(|o| o.is_of(&s.styles));
        let held = |s: &Segment<'_>| s.styles.signs().any(|held| held == sign) && is_held(s);
        let is_break = |s: &Segment<'_>| matches!(s.piece, Piece::Break | Piece::Line);
        let rest = all.get(at..).unwrap_or_default();
        let count = rest.iter().take_while(|s| held(s) || is_break(s)).count();
        did(count + 1);
        let inside = rest.get(..count).unwrap_or_default();
        let Some(end) = inside.iter().rfind(|s| !is_break(s)) else {
            return (' ', ' ');
        };
        let innermost = !self.has_new(&end.styles, Some(sign));
        let last = if innermost { last(&end.piece) } else { '*' };
        let after = match rest.get(count) {
            _ if inside.last().is_some_and(is_break) => ' ',
            None if self.open.is_empty() => ' ',
            None => ']',
            Some(next) if self.has_new(&next.styles, None) => '[',
            Some(next) if is_held(next) => first(&next.piece),
            Some(_) => ']',
        };
        (last, after)
    }

    /// Whether there is a mark of these that is not open, this one aside.
    fn has_new(&self, styles: &Styles<'_>, aside: Option<Sign>) -> bool {
        let link = styles
            .link
            .as_ref()
            .is_some_and(|link| !self.open.iter().any(|o| matches!(o, Open::Link(l) if *l == link)));
        link || styles.signs().any(|sign| Some(sign) != aside && !self.is_open(sign))
    }

    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            match self.open.pop() {
                Some(Open::Link(link)) => link_end(link, &mut self.writer.out),
                Some(Open::Sign { close, .. }) => self.writer.out.push_str(close),
                None => {}
            }
        }
    }

    fn at_line_start(&self) -> bool {
        self.writer.out.len() == self.start || self.writer.is_at_line_start()
    }

    fn before(&self) -> char {
        if self.at_line_start() { '\n' } else { self.writer.out.chars().next_back().unwrap_or('\n') }
    }

    /// Drops white space at the end of the line: two spaces would be a line break.
    fn trim(&mut self) {
        let kept = blank_end(&self.writer.out);
        self.writer.out.truncate(kept.max(self.start));
    }
}

/// Where the blanks begin that a text ends with.
pub(super) fn blank_end(text: &str) -> usize {
    text.len() - text.bytes().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// A code span: a fence longer than any in it, and a space where it would touch a backtick.
pub(super) fn code(text: &str, out: &mut String) {
    let text = if has_lines(text) { Cow::Owned(text.replace(['\n', '\r'], " ")) } else { Cow::Borrowed(text) };
    let fence = longest_run(&text, b'`') + 1;
    let touches = text.starts_with('`') || text.ends_with('`');
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if touches || spaced { " " } else { "" };
    push_times('`', fence, out);
    for part in [pad, &text, pad] {
        out.push_str(part);
    }
    push_times('`', fence, out);
}

fn has_lines(text: &str) -> bool {
    memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some()
}

/// Appends a character so many times.
pub(super) fn push_times(c: char, times: usize, out: &mut String) {
    out.extend(core::iter::repeat_n(c, times));
}

/// The length of the longest run of an ASCII character.
pub(super) fn longest_run(text: &str, of: u8) -> usize {
    did(text.len());
    let (mut longest, mut now, mut end) = (0, 0, 0);
    for at in memchr::memchr_iter(of, text.as_bytes()) {
        now = if at == end { now + 1 } else { 1 };
        end = at + 1;
        longest = longest.max(now);
    }
    longest
}

fn link_end(link: &Link<'_>, out: &mut String) {
    out.push_str("](");
    out.push_str(&address(&link.to));
    if let Some(title) = link.title.as_deref().filter(|t| !t.trim().is_empty()) {
        out.push_str(" \"");
        for c in title.chars() {
            match c {
                '\n' | '\r' => out.push(' '),
                '"' | '\\' | '&' => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
        out.push('"');
    }
    out.push(')');
}

/// Whether a sign between `outside` and `inside` surely belongs to the inside (CommonMark, left- and right-flanking).
/// Whether a character beyond ASCII counts as punctuation is left open: then the answer is no.
fn flanks(inside: char, outside: char) -> bool {
    !inside.is_whitespace() && (inside.is_alphanumeric() || outside.is_whitespace() || outside.is_ascii_punctuation())
}

/// Whether it may belong to the inside.
fn may_flank(inside: char, outside: char) -> bool {
    !inside.is_whitespace() && (!inside.is_ascii_punctuation() || outside.is_whitespace() || !outside.is_alphanumeric())
}

fn first(piece: &Piece<'_>) -> char {
    match piece {
        Piece::Text(text) => text.chars().next().unwrap_or(' '),
        Piece::Verbatim(text) => text.chars().next().unwrap_or(' '),
        Piece::Code(_) => '`',
        Piece::Break | Piece::Line => ' ',
    }
}

fn last(piece: &Piece<'_>) -> char {
    match piece {
        Piece::Text(text) => text.chars().next_back().unwrap_or(' '),
        Piece::Verbatim(text) => text.chars().next_back().unwrap_or(' '),
        Piece::Code(_) => '`',
        Piece::Break | Piece::Line => ' ',
    }
}

fn is_blank(piece: &Piece<'_>) -> bool {
    match piece {
        Piece::Text(text) => text.chars().all(|c| c == ' ' || c == '\t'),
        Piece::Verbatim(text) => text.is_empty(),
        Piece::Code(_) | Piece::Break | Piece::Line => false,
    }
}
