//! Running text as Markdown: marks by their signs where CommonMark reads them as marks, else as HTML tags.
//! It makes no segments ([`super::segments`]) and escapes no text ([`super::escape`]).

use super::super::tree::Inline;
use super::block::Writer;
use super::escape::{Place, escape};
use super::segments::{Piece, Segment, Style, address, segments};

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
pub(super) fn write(inlines: &[Inline], lines: Lines, writer: &mut Writer) {
    let all = spread(segments(inlines));
    let mut line = Line { open: Vec::new(), breaks: 0, wrapped: false, lines, start: writer.out.len(), writer };
    for (at, segment) in all.iter().enumerate() {
        line.segment(&all, at, segment);
    }
    line.close(0);
    line.trim();
    let start = line.start;
    if writer.out.get(start..).is_some_and(|t| t.chars().all(char::is_whitespace)) {
        writer.out.truncate(start);
    }
}

/// Sets white space at the edges of marked text apart: a mark does not open before it nor close after it.
fn spread(all: Vec<Segment>) -> Vec<Segment> {
    let mut out = Vec::with_capacity(all.len());
    for segment in all {
        let marked = segment.styles.iter().any(|s| !matches!(s, Style::Link { .. }));
        let Piece::Text(text) = &segment.piece else {
            out.push(segment);
            continue;
        };
        if !marked {
            out.push(segment);
            continue;
        }
        let body = text.trim();
        let lead = text.len() - text.trim_start().len();
        let tail = if body.is_empty() { text.len() } else { lead + body.len() };
        let around: Vec<Style> = segment.styles.iter().filter(|s| matches!(s, Style::Link { .. })).cloned().collect();
        let mut push = |text: Option<&str>, styles: &[Style]| {
            if let Some(text) = text.filter(|t| !t.is_empty()) {
                out.push(Segment { piece: Piece::Text(text.to_owned()), styles: styles.to_vec() });
            }
        };
        push(text.get(..lead), &around);
        push(Some(body), &segment.styles);
        push(text.get(tail..), &around);
    }
    out
}

/// The sign of an open mark.
#[derive(Debug, Clone)]
struct Open {
    style: Style,
    close: String,
}

struct Line<'w> {
    open: Vec<Open>,
    /// Breaks that are written before the next piece.
    breaks: usize,
    /// Whether a line of the source's text ended.
    wrapped: bool,
    lines: Lines,
    /// Where the running text starts in the writer.
    start: usize,
    writer: &'w mut Writer,
}

impl Line<'_> {
    fn segment(&mut self, all: &[Segment], at: usize, segment: &Segment) {
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
        let same = self.open.iter().take_while(|o| segment.styles.contains(&o.style)).count();
        self.close(same);
        self.flush();
        let new: Vec<&Style> = segment.styles.iter().filter(|s| !self.open.iter().any(|o| o.style == **s)).collect();
        if self.at_line_start() && is_blank(&segment.piece) {
            return;
        }
        for (nth, style) in new.iter().enumerate() {
            self.open(all, at, style, nth + 1 < new.len());
        }
        let next = all.get(at + 1).is_some_and(|s| !matches!(s.piece, Piece::Break | Piece::Line));
        self.piece(&segment.piece, next || !self.open.is_empty());
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

    fn piece(&mut self, piece: &Piece, more_follows: bool) {
        let in_link = self.open.iter().any(|o| matches!(o.style, Style::Link { .. }));
        match piece {
            Piece::Text(text) => {
                let line_start = self.at_line_start();
                let text = if line_start { text.trim_start_matches([' ', '\t']) } else { text };
                let before = self.before();
                let place = Place { line_start, more_follows, in_link, before };
                escape(text, place, &mut self.writer.out);
            }
            Piece::Code(text) => code(text, &mut self.writer.out),
            Piece::Verbatim(text) => match text.strip_prefix('<').and_then(|t| t.strip_suffix('>')) {
                Some(url) if in_link => self.piece(&Piece::Text(url.to_owned()), true),
                _ => self.writer.out.push_str(text),
            },
            Piece::Break | Piece::Line => {}
        }
    }

    fn open(&mut self, all: &[Segment], at: usize, style: &Style, more: bool) {
        let (sign, close) = match style {
            Style::Link { to, title } => ("[".to_owned(), link_end(to, title.as_deref())),
            Style::Underline => tag("u"),
            Style::Sub => tag("sub"),
            Style::Sup => tag("sup"),
            Style::Strong => self.sign("**", "strong", all, at, style, more),
            Style::Em => self.sign("_", "em", all, at, style, more),
            Style::Strike => self.sign("~~", "del", all, at, style, more),
        };
        self.writer.out.push_str(&sign);
        self.open.push(Open { style: style.clone(), close });
    }

    /// The sign where CommonMark reads it as opening here and closing there, else the tag.
    fn sign(&self, sign: &str, name: &str, all: &[Segment], at: usize, style: &Style, more: bool) -> (String, String) {
        let before = self.before();
        let first = if more { '*' } else { all.get(at).map_or(' ', |s| first(&s.piece)) };
        let (last, after) = self.end(all, at, style);
        let opens =
            flanks(first, before) && (sign != "_" || !may_flank(before, first) || before.is_ascii_punctuation());
        let closes = flanks(last, after) && (sign != "_" || !may_flank(after, last) || after.is_ascii_punctuation());
        let apart = !sign.starts_with(before) && !sign.starts_with(after);
        if opens && closes && apart { (sign.to_owned(), sign.to_owned()) } else { tag(name) }
    }

    /// The last character under the mark, and the one after it.
    fn end(&self, all: &[Segment], at: usize, style: &Style) -> (char, char) {
        let held = |s: &Segment| s.styles.contains(style) && self.open.iter().all(|o| s.styles.contains(&o.style));
        let is_break = |s: &Segment| matches!(s.piece, Piece::Break | Piece::Line);
        let rest = all.get(at..).unwrap_or_default();
        let count = rest.iter().take_while(|s| held(s) || is_break(s)).count();
        let inside = rest.get(..count).unwrap_or_default();
        let Some(end) = inside.iter().rfind(|s| !is_break(s)) else {
            return (' ', ' ');
        };
        let innermost = end.styles.iter().all(|s| s == style || self.open.iter().any(|o| o.style == *s));
        let last = if innermost { last(&end.piece) } else { '*' };
        let after = match rest.get(count) {
            _ if inside.last().is_some_and(is_break) => ' ',
            None if self.open.is_empty() => ' ',
            None => ']',
            Some(next) if next.styles.iter().any(|s| !self.open.iter().any(|o| o.style == *s)) => '[',
            Some(next) if self.open.iter().all(|o| next.styles.contains(&o.style)) => first(&next.piece),
            Some(_) => ']',
        };
        (last, after)
    }

    fn close(&mut self, keep: usize) {
        while self.open.len() > keep {
            if let Some(open) = self.open.pop() {
                self.writer.out.push_str(&open.close);
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
        let kept = self.writer.out.trim_end_matches([' ', '\t']).len();
        self.writer.out.truncate(kept.max(self.start));
    }
}

/// A code span: a fence longer than any in it, and a space where it would touch a backtick.
pub(super) fn code(text: &str, out: &mut String) {
    let text = text.replace(['\n', '\r'], " ");
    let longest = longest_run(&text, '`');
    let fence = "`".repeat(longest + 1);
    let touches = text.starts_with('`') || text.ends_with('`');
    let spaced = text.starts_with(' ') && text.ends_with(' ') && !text.trim().is_empty();
    let pad = if touches || spaced { " " } else { "" };
    for part in [&fence, pad, &text, pad, &fence] {
        out.push_str(part);
    }
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, of: char) -> usize {
    let (mut longest, mut now) = (0, 0);
    for c in text.chars() {
        now = if c == of { now + 1 } else { 0 };
        longest = longest.max(now);
    }
    longest
}

fn link_end(to: &str, title: Option<&str>) -> String {
    let Some(title) = title.filter(|t| !t.trim().is_empty()) else {
        return format!("]({})", address(to));
    };
    let mut escaped = String::new();
    for c in title.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '"' | '\\' | '&' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    format!("]({} \"{escaped}\")", address(to))
}

fn tag(name: &str) -> (String, String) {
    (format!("<{name}>"), format!("</{name}>"))
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

fn first(piece: &Piece) -> char {
    match piece {
        Piece::Text(text) | Piece::Verbatim(text) => text.chars().next().unwrap_or(' '),
        Piece::Code(_) => '`',
        Piece::Break | Piece::Line => ' ',
    }
}

fn last(piece: &Piece) -> char {
    match piece {
        Piece::Text(text) | Piece::Verbatim(text) => text.chars().next_back().unwrap_or(' '),
        Piece::Code(_) => '`',
        Piece::Break | Piece::Line => ' ',
    }
}

fn is_blank(piece: &Piece) -> bool {
    match piece {
        Piece::Text(text) => text.chars().all(|c| c == ' ' || c == '\t'),
        Piece::Verbatim(text) => text.is_empty(),
        Piece::Code(_) | Piece::Break | Piece::Line => false,
    }
}
