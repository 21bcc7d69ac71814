//! Markdown to blocks, by CommonMark with tables, task lists and strikethrough.
//! It reads no running text ([`super::read_inline`]); raw HTML is text, but for the tags the printer writes.

use super::super::tree::{
    Block, BlockKind, Cell, CellRole, Document, Inline, InlineKind, Item, ListStyle, MarkKind, Row,
};
use super::super::{MAX_BYTES, MAX_DEPTH, Malformed};
use super::labels;
use super::read_inline::{MOST_COPIED, Text};
use core::iter::Peekable;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// Reads Markdown.
///
/// # Errors
/// [`Malformed::TooLarge`] and [`Malformed::TooDeep`]: any text is Markdown.
pub fn parse(body: &str) -> Result<Document, Malformed> {
    if body.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    let mut reader = Reader { events: Parser::new_ext(body, options()).peekable(), depth: 0, copied: 0 };
    let blocks = reader.blocks()?;
    if reader.copied > MOST_COPIED {
        return Err(Malformed::TooLarge);
    }
    Ok(Document::new(blocks))
}

/// The extensions of CommonMark that are read.
pub(crate) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH
}

struct Reader<'a> {
    events: Peekable<Parser<'a>>,
    depth: usize,
    /// Bytes that copies of link addresses took.
    copied: usize,
}

impl<'a> Reader<'a> {
    /// Blocks up to the end of their container, which is taken.
    fn blocks(&mut self) -> Result<Vec<Block>, Malformed> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Malformed::TooDeep);
        }
        let mut out = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) if is_block(&tag) => self.block(tag, &mut out)?,
                Event::Rule => out.push(BlockKind::Rule.into()),
                // an item's marker is taken with the item
                Event::TaskListMarker(_) => {}
                // running text of an item without empty lines has no paragraph of its own
                other => out.extend(paragraph(self.text(Some(other)))),
            }
        }
        self.depth -= 1;
        Ok(out)
    }

    fn block(&mut self, tag: Tag<'a>, out: &mut Vec<Block>) -> Result<(), Malformed> {
        match tag {
            Tag::Paragraph => {
                out.extend(paragraph(self.text(None)));
                self.events.next();
            }
            Tag::Heading { level, .. } => {
                let inlines = self.text(None).inlines;
                self.events.next();
                out.push(BlockKind::Heading { level: number(level), inlines }.into());
            }
            Tag::BlockQuote(_) => out.push(labels::quote(self.blocks()?)),
            Tag::CodeBlock(kind) => out.push(self.code(&kind)),
            Tag::List(start) => out.push(self.list(start)?),
            Tag::Table(_) => out.extend(self.table()),
            Tag::HtmlBlock => {
                let text = self.html();
                out.extend(paragraph(Text::plain(&text)));
            }
            _ => out.extend(self.blocks()?),
        }
        Ok(())
    }

    /// Running text up to whatever is none.
    fn text(&mut self, first: Option<Event<'a>>) -> Text {
        let mut text = Text::default();
        text.copied = self.copied;
        if let Some(first) = first {
            text.event(first);
        }
        while let Some(event) = self.events.next_if(|e| Text::takes(e)) {
            text.event(event);
        }
        self.copied = text.copied;
        text.finish()
    }

    fn code(&mut self, kind: &CodeBlockKind<'_>) -> Block {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        if text.ends_with('\n') {
            text.pop();
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        Block::code(language, &text)
    }

    fn html(&mut self) -> String {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Html(part) | Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }

    fn list(&mut self, start: Option<u64>) -> Result<Block, Malformed> {
        let mut items = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(Tag::Item) => items.push(self.item()?),
                _ => {}
            }
        }
        let style = match start {
            Some(start) => ListStyle::Ordered { start: Some(start).filter(|s| *s != 1) },
            None if !items.is_empty() && items.iter().all(|i| i.checked.is_some()) => ListStyle::Task,
            None => ListStyle::Bullet,
        };
        Ok(labels::list(style, items))
    }

    fn item(&mut self) -> Result<Item, Malformed> {
        let mut checked = None;
        if let Some(Event::TaskListMarker(done)) = self.events.peek() {
            checked = Some(*done);
        } else if let Some(Event::Start(Tag::Paragraph)) = self.events.peek() {
            // the marker of a loose item stands in its first paragraph
            self.events.next();
            if let Some(Event::TaskListMarker(done)) = self.events.peek() {
                checked = Some(*done);
                self.events.next();
            }
            let first = paragraph(self.text(None));
            self.events.next();
            let mut blocks: Vec<Block> = first.into_iter().collect();
            blocks.extend(self.blocks()?);
            return Ok(Item { checked, ..Item::new(blocks) });
        }
        let blocks = self.blocks()?;
        let blocks = if blocks.is_empty() { vec![Block::paragraph(Vec::new())] } else { blocks };
        Ok(Item { checked, ..Item::new(blocks) })
    }

    fn table(&mut self) -> Option<Block> {
        let mut rows = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead) => rows.push(self.row(CellRole::Header)),
                Event::Start(Tag::TableRow) => rows.push(self.row(CellRole::Value)),
                _ => {}
            }
        }
        let is_empty = |row: &Row| row.cells.iter().all(|c| c.blocks.iter().all(|b| b.text().is_empty()));
        if rows.len() > 1 && rows.first().is_some_and(is_empty) {
            rows.remove(0);
        }
        (!rows.is_empty()).then(|| BlockKind::Table { caption: None, rows }.into())
    }

    fn row(&mut self, role: CellRole) -> Row {
        let mut row = Row::default();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(TagEnd::TableHead | TagEnd::TableRow) => break,
                Event::Start(Tag::TableCell) => {
                    let inlines = self.text(None).inlines;
                    self.events.next();
                    row.cells.push(Cell::new(role, vec![Block::paragraph(inlines)]));
                }
                _ => {}
            }
        }
        row
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        // blanks that are code are something to read
        InlineKind::Text(_) if inline.marks.iter().any(|mark| mark.kind == MarkKind::Code) => false,
        InlineKind::Text(text) => text.chars().all(char::is_whitespace),
        InlineKind::Break => true,
        _ => false,
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// A paragraph, or the picture it is.
fn paragraph(text: Text) -> Option<Block> {
    let inlines = text.inlines;
    let mut shown = inlines.iter().filter(|i| !is_blank(i));
    let (Some(first), second) = (shown.next(), shown.next()) else {
        return None;
    };
    if let (Some(media), None) = (super::read_inline::picture(first), second) {
        return Some(BlockKind::Media { items: vec![media], caption: None }.into());
    }
    Some(Block::paragraph(inlines))
}
