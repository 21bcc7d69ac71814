//! Blocks as Markdown, and where each of them, and each unit of the result, stands.
//! It prints no running text ([`super::inline`]), no list ([`super::lists`]) and no table ([`super::table`]).

use super::super::origin::one_line;
use super::super::tree::{BlockKind, Inline, ListStyle, Macro, MarkKind, Media, PanelStyle};
use super::super::work::did;
use super::inline::{Lines, blank_end, longest_run, push_times, write};
use super::links::{autolink, image, label};
use super::lists::are_of_one_kind;
use super::printed::{Notes, Printed, Unit, UnitKind};
use super::source::{Blocks, Inlines, OneBlock, View};
use super::table;

/// Prints a document's blocks; so many bytes are expected.
pub(crate) fn printed(blocks: Blocks<'_>, size: usize) -> Printed {
    let mut writer = Writer { out: String::with_capacity(size), notes: Some(Notes::default()), ..Writer::default() };
    writer.document(blocks);
    let Notes { units, places, .. } = writer.notes.unwrap_or_default();
    Printed { text: writer.out, units, places }
}

/// The same without the places.
pub(crate) fn text(blocks: Blocks<'_>, size: usize) -> String {
    let mut writer = Writer { out: String::with_capacity(size), ..Writer::default() };
    writer.document(blocks);
    writer.out
}

/// Markdown as it grows.
#[derive(Debug, Default)]
pub(super) struct Writer {
    pub(super) out: String,
    prefix: String,
    /// Where the text of the current line starts, the prefix behind it.
    pub(super) line: usize,
    /// None where nobody asks for places.
    notes: Option<Notes>,
}

impl Writer {
    fn document(&mut self, blocks: Blocks<'_>) {
        self.blocks(blocks);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Starts a new line.
    pub(super) fn newline(&mut self) {
        let end = blank_end(&self.out);
        did(self.out.len() - end + self.prefix.len());
        self.out.truncate(end);
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.line = self.out.len();
    }

    /// Whether nothing stands on the line yet.
    pub(super) fn is_at_line_start(&self) -> bool {
        self.out.len() == self.line
    }

    pub(super) fn blank_line(&mut self) {
        self.newline();
        self.newline();
    }

    /// Writes a unit; nothing when there is nothing to write.
    pub(super) fn unit(&mut self, kind: UnitKind, write: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        write(self);
        if let Some(Notes { units, .. }) = self.notes.as_mut().filter(|_| self.out.len() > start) {
            // whole lines: the markers and indents before the text belong to it
            let line = self.out.get(..start).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
            did(start - line);
            let start = line;
            let start = units.last().map_or(start, |u| u.range.end.max(start));
            units.push(Unit { range: start..self.out.len(), kind });
        }
    }

    /// Blocks apart by empty lines.
    pub(super) fn blocks(&mut self, all: Blocks<'_>) {
        self.join(all, false);
    }

    /// Blocks apart by empty lines, or by line breaks where they are tight; what prints nothing leaves no trace.
    pub(super) fn join<'v>(&mut self, all: impl Iterator<Item = OneBlock<'v>>, tight: bool) {
        let mut before: Option<(Option<ListStyle>, bool)> = None;
        for block in all {
            did(1);
            let view = block.view();
            let style = view.list_style();
            let (length, line) = (self.out.len(), self.line);
            match before {
                Some(_) if tight => self.newline(),
                Some(_) => self.blank_line(),
                None => {}
            }
            let start = self.out.len();
            // two lists side by side would be one: the second has other markers
            let other = before.is_some_and(|(b, other)| !other && are_of_one_kind(b, style));
            let is_noted = self.notes.as_mut().is_some_and(|notes| notes.begin(block, &view, start));
            self.block(&view, other);
            if is_noted {
                self.notes.iter_mut().for_each(Notes::end);
            }
            if self.out.len() > start {
                before = Some((style, other));
            } else {
                self.out.truncate(length);
                self.line = line;
            }
        }
    }

    fn block(&mut self, view: &View<'_>, other_marker: bool) {
        match view {
            View::Paragraph(inlines) => self.unit(UnitKind::Text, |w| write(*inlines, Lines::Many, w)),
            View::Heading { level, inlines } => self.heading(*level, *inlines),
            View::List { style, items } => self.list(*style, *items, other_marker),
            View::Code { language, text } => self.code(language, text),
            View::Quote(inner) => self.quote(|w| w.blocks(*inner)),
            View::Panel { style, title, blocks } => self.labeled(&panel_label(*style, *title), *blocks),
            View::Expand { title, blocks } => {
                self.labeled(&format!("Details: {}", title.unwrap_or_default()), *blocks);
            }
            View::Table { caption, rows } => self.titled(caption.unwrap_or_default(), |w| table::write(*rows, w)),
            View::Rule => {
                let rule = if self.prefix.is_empty() { "---" } else { "___" };
                self.unit(UnitKind::Text, |w| w.out.push_str(rule));
            }
            View::Other(kind) => self.other(kind),
            View::Read(kind) => self.block(&View::of(kind), other_marker),
        }
    }

    /// A block that only the tree has.
    fn other(&mut self, kind: &BlockKind) {
        match kind {
            BlockKind::Media { items, caption } => {
                self.media(items, caption.as_ref().map_or(&[][..], |c| &c.inlines));
            }
            BlockKind::Layout(columns) => self.join(columns.iter().flat_map(|c| Blocks::Tree(&c.blocks)), false),
            BlockKind::Card { url } => {
                self.unit(UnitKind::Text, |w| w.out.push_str(&autolink(url.as_deref().unwrap_or_default())));
            }
            BlockKind::Macro(found) => self.any_macro(found),
            BlockKind::Other { text, blocks, .. } => self.titled(text, |w| w.blocks(Blocks::Tree(blocks))),
            BlockKind::Paragraph(_)
            | BlockKind::Heading { .. }
            | BlockKind::List { .. }
            | BlockKind::Code { .. }
            | BlockKind::Quote(_)
            | BlockKind::Panel { .. }
            | BlockKind::Expand { .. }
            | BlockKind::Table { .. }
            | BlockKind::Rule => self.block(&View::of(kind), false),
        }
    }

    fn heading(&mut self, level: u8, inlines: Inlines<'_>) {
        let kind = match self.prefix.is_empty() && self.notes.is_some() {
            true => UnitKind::Heading { level, text: one_line(&inlines.plain()) },
            false => UnitKind::Text,
        };
        self.unit(kind, |w| {
            let start = w.out.len();
            push_times('#', usize::from(level), &mut w.out);
            w.out.push(' ');
            let text = w.out.len();
            write(inlines, Lines::Space, w);
            if w.out.len() == text {
                w.out.truncate(start);
            } else if w.out.ends_with('#') {
                // signs at the end of the line would close the heading
                w.out.pop();
                w.out.push_str("\\#");
            }
        });
    }

    /// A block in a container whose lines start with this.
    pub(super) fn within(&mut self, first: &str, others: &str, inner: impl FnOnce(&mut Self)) {
        let (start, line) = (self.out.len(), self.line);
        let prefix = self.prefix.len();
        self.out.push_str(first);
        self.line = self.out.len();
        self.prefix.push_str(others);
        let begin = self.out.len();
        inner(self);
        self.prefix.truncate(prefix);
        if self.out.len() == begin {
            self.out.truncate(start);
            self.line = line;
        }
    }

    fn quote(&mut self, inner: impl FnOnce(&mut Self)) {
        self.within("> ", "> ", inner);
    }

    /// A quotation that says what it is.
    fn labeled(&mut self, label: &str, blocks: Blocks<'_>) {
        self.quote(|w| w.titled(label.trim(), |w| w.blocks(blocks)));
    }

    /// A paragraph in bold, and what belongs to it.
    fn titled(&mut self, title: &str, inner: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        if !title.is_empty() {
            let text = [Inline::text(title).marked(MarkKind::Strong)];
            self.unit(UnitKind::Text, |w| write(Inlines::Tree(&text), Lines::Many, w));
        }
        let (length, line) = (self.out.len(), self.line);
        if length > start {
            self.blank_line();
        }
        let begin = self.out.len();
        inner(self);
        if self.out.len() == begin {
            self.out.truncate(length);
            self.line = line;
        }
    }

    fn code(&mut self, language: &str, text: &str) {
        let fence = longest_run(text, b'`').max(2) + 1;
        self.unit(UnitKind::CodeOpen, |w| {
            push_times('`', fence, &mut w.out);
            w.out.extend(language.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '`'));
        });
        let is_as_it_is =
            self.notes.is_none() && self.prefix.is_empty() && memchr::memchr(b'\r', text.as_bytes()).is_none();
        if is_as_it_is && !text.is_empty() {
            self.code_line_break();
            self.out.push_str(text);
        }
        let mut rest = Some(text).filter(|t| !t.is_empty() && !is_as_it_is);
        while let Some(text) = rest {
            let end = memchr::memchr2(b'\n', b'\r', text.as_bytes());
            let (line, behind) = text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""));
            self.code_line_break();
            self.unit(UnitKind::CodeLine, |w| w.out.push_str(line));
            rest = end.and_then(|_| behind.strip_prefix("\r\n").or_else(|| behind.get(1..)));
        }
        self.code_line_break();
        self.unit(UnitKind::CodeClose, |w| push_times('`', fence, &mut w.out));
    }

    /// A new line that leaves the line before as it is.
    fn code_line_break(&mut self) {
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.line = self.out.len();
    }

    fn media(&mut self, items: &[Media], caption: &[Inline]) {
        self.unit(UnitKind::Text, |w| {
            for picture in items.iter().map(image).filter(|i| !i.is_empty()) {
                if !w.is_at_line_start() {
                    w.newline();
                }
                w.out.push_str(&picture);
            }
            let (length, line) = (w.out.len(), w.line);
            if !w.is_at_line_start() {
                w.newline();
            }
            let start = w.out.len();
            write(Inlines::Tree(caption), Lines::Many, w);
            if w.out.len() == start {
                w.out.truncate(length);
                w.line = line;
            }
        });
    }

    /// A macro: its blocks; without any what it says of itself, and its plain body as code.
    fn any_macro(&mut self, found: &Macro) {
        if !found.blocks.is_empty() {
            let title = found.parameters.iter().find(|(name, _)| name == "title" || name == "label");
            self.titled(title.map_or("", |(_, value)| value), |w| w.blocks(Blocks::Tree(&found.blocks)));
            return;
        }
        let has_body = found.text.trim().contains('\n');
        let shown = Macro { text: if has_body { String::new() } else { found.text.clone() }, ..found.clone() };
        let line = [Inline::text(&label(&shown))];
        self.unit(UnitKind::Text, |w| write(Inlines::Tree(&line), Lines::Many, w));
        if has_body {
            self.blank_line();
            self.code("", &found.text);
        }
    }
}

/// What a panel is called.
pub(super) fn panel_label(style: PanelStyle, title: Option<&str>) -> String {
    let name = match style {
        PanelStyle::Info => "Info",
        PanelStyle::Note => "Note",
        PanelStyle::Tip => "Tip",
        PanelStyle::Success => "Success",
        PanelStyle::Warning => "Warning",
        PanelStyle::Error => "Error",
        PanelStyle::Custom => "Panel",
    };
    match title.map(str::trim).filter(|t| !t.is_empty()) {
        Some(title) => format!("{name}: {title}"),
        None => name.to_owned(),
    }
}
