//! Random documents and random bytes for the property tests, from a seed that every failure names.
//! It makes no real text: letters, signs that mean something somewhere, and the odd script.

use super::tree::{
    Block, BlockKind, Caption, Cell, CellRole, Column, Document, Inline, InlineKind, Item, ListStyle, Macro, MarkKind,
    Media, MediaPlace, PanelStyle, Row,
};
use crate::random::Xorshift;

/// What makes them.
pub(super) struct Random(Xorshift);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(Xorshift::seeded(seed))
    }

    pub(super) fn below(&mut self, most: usize) -> usize {
        self.0.below(most)
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len())]
    }

    pub(super) fn text(&mut self) -> String {
        let count = 1 + self.below(6);
        (0..count).map(|_| self.one(WORDS)).collect::<Vec<_>>().concat()
    }

    fn marks(&mut self) -> Vec<MarkKind> {
        let mut out = Vec::new();
        for mark in [MarkKind::Strong, MarkKind::Em, MarkKind::Strike, MarkKind::Underline, MarkKind::Sup] {
            if self.below(6) == 0 {
                out.push(mark);
            }
        }
        match self.below(9) {
            0 => return vec![MarkKind::Code],
            1 => out.push(MarkKind::Link { href: format!("https://example.com/{}", self.text()), title: None }),
            2 => out.push(MarkKind::Color("#ff0000".to_owned())),
            _ => {}
        }
        out
    }

    pub(super) fn inlines(&mut self) -> Vec<Inline> {
        let count = 1 + self.below(4);
        (0..count).map(|_| self.inline()).collect()
    }

    fn inline(&mut self) -> Inline {
        let kind = match self.below(14) {
            0 => InlineKind::Break,
            1 => InlineKind::Mention { id: Some("5b10".to_owned()), text: self.text().replace('@', "") },
            2 => InlineKind::Emoji { short_name: ":tada:".to_owned(), text: Some("🎉".to_owned()) },
            3 => InlineKind::Date { iso: "2024-01-31".to_owned() },
            4 => InlineKind::Status { text: self.text(), color: Some("green".to_owned()) },
            5 => InlineKind::Card { url: Some("https://example.com/x".to_owned()) },
            6 => InlineKind::Placeholder(self.text()),
            _ => InlineKind::Text(self.text()),
        };
        let mut inline = Inline::from(kind);
        if matches!(inline.kind, InlineKind::Text(_)) {
            inline.marks = self.marks().into_iter().map(Into::into).collect();
        }
        inline
    }

    pub(super) fn document(&mut self) -> Document {
        Document::new(self.blocks(4))
    }

    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        let count = 1 + self.below(3);
        (0..count).map(|_| self.block(depth)).collect()
    }

    fn block(&mut self, depth: usize) -> Block {
        let kind = match self.below(if depth == 0 { 4 } else { 16 }) {
            0 | 1 => BlockKind::Paragraph(self.inlines()),
            2 => BlockKind::Heading { level: 1 + u8::try_from(self.below(6)).unwrap(), inlines: self.inlines() },
            3 => BlockKind::Code { language: Some("rust".to_owned()), text: self.text() },
            4 | 5 => self.list(depth - 1),
            6 => BlockKind::Quote(self.blocks(depth - 1)),
            7 => BlockKind::Panel { style: PanelStyle::Note, title: None, blocks: self.blocks(depth - 1) },
            8 => BlockKind::Expand { title: Some(self.text()), blocks: self.blocks(depth - 1) },
            9 | 10 => self.table(depth - 1),
            11 => BlockKind::Rule,
            12 => BlockKind::Layout(
                (0..2).map(|_| Column { blocks: self.blocks(depth - 1), ..Column::default() }).collect(),
            ),
            13 => BlockKind::Media {
                items: vec![Media {
                    place: MediaPlace::Url("https://example.com/a.png".to_owned()),
                    alt: Some(self.text()),
                    kept: super::kept::Kept::NONE,
                }],
                caption: Some(Caption { inlines: self.inlines(), ..Caption::default() }),
            },
            14 => BlockKind::Card { url: Some("https://example.com/y".to_owned()) },
            _ => BlockKind::Macro(Macro {
                name: "details".to_owned(),
                parameters: vec![("id".to_owned(), self.text())],
                text: String::new(),
                blocks: self.blocks(depth - 1),
            }),
        };
        kind.into()
    }

    fn list(&mut self, depth: usize) -> BlockKind {
        let style = match self.below(4) {
            0 => ListStyle::Ordered { start: None },
            1 => ListStyle::Ordered { start: Some(3) },
            2 => ListStyle::Task,
            _ => ListStyle::Bullet,
        };
        let count = 1 + self.below(3);
        let items = (0..count).map(|_| {
            let mut blocks = vec![Block::paragraph(self.inlines())];
            if depth > 0 && self.below(3) == 0 {
                blocks.push(self.block(depth));
            }
            let checked = (style == ListStyle::Task).then(|| self.below(2) == 0);
            Item { checked, ..Item::new(blocks) }
        });
        BlockKind::List { style, items: items.collect() }
    }

    fn table(&mut self, depth: usize) -> BlockKind {
        let (width, height) = (1 + self.below(3), 1 + self.below(3));
        let rows = (0..height).map(|row| {
            let role = if row == 0 { CellRole::Header } else { CellRole::Value };
            let cells = (0..width).map(|_| Cell::new(role, self.blocks(depth.min(1))));
            Row { cells: cells.collect(), ..Row::default() }
        });
        BlockKind::Table { caption: None, rows: rows.collect() }
    }

    /// ADF in which some values are others: a node of another type, a member gone, text where a list should be.
    pub(super) fn damaged(&mut self, body: &str) -> String {
        let mut value = serde_json::from_str(body).unwrap();
        self.damage(&mut value);
        value.to_string()
    }

    fn damage(&mut self, value: &mut serde_json::Value) {
        use serde_json::{Value, json};
        match self.below(60) {
            0 => *value = Value::Null,
            1 => *value = json!(self.text()),
            2 => *value = json!([]),
            3 => *value = json!({ "type": self.one(NODES), "content": [{ "type": "text", "text": self.text() }] }),
            4 => *value = json!(self.one(NODES)),
            _ => {}
        }
        match value {
            Value::Array(all) => all.iter_mut().for_each(|one| self.damage(one)),
            Value::Object(members) => {
                if self.below(30) == 0 {
                    members.shift_remove(self.one(&["type", "text", "attrs", "content", "marks"]));
                }
                if self.below(30) == 0 {
                    members.insert(self.one(&["text", "attrs", "content", "marks", "localId"]).to_owned(), json!("a"));
                }
                members.values_mut().for_each(|one| self.damage(one));
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Bytes that look like a format here and there.
    pub(super) fn noise(&mut self, of: &[&str]) -> String {
        let count = self.below(30);
        (0..count).map(|_| self.one(of)).collect()
    }
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "alpha", "beta", " ", " ", " ", "*", "_", "**", "`", "~", "~~", "[", "]", "(", ")", "<b>", "<", ">", "&", "&amp;",
    "|", "\\", "#", "# ", "- ", "+ ", "1. ", "1)", "!", "=", "---", ":", "snake_case", "Ω", "é", "日本", "e\u{301}", "🎉",
    "[x] ", "[ ]", "\u{a0}", "https://example.com", "@you", "\"", "'", "]]>", "{}", "$", "^", "%", "x",
];

/// Types of nodes, some of which the schema does not have.
#[rustfmt::skip]
const NODES: &[&str] = &[
    "doc", "text", "hardBreak", "mention", "emoji", "date", "status", "inlineCard", "placeholder", "mediaInline",
    "inlineExtension", "image", "paragraph", "heading", "bulletList", "orderedList", "taskList", "decisionList",
    "codeBlock", "blockquote", "panel", "expand", "nestedExpand", "table", "rule", "mediaSingle", "mediaGroup",
    "layoutSection", "blockCard", "embedCard", "extension", "bodiedExtension", "listItem", "taskItem", "blockTaskItem",
    "decisionItem", "tableRow", "tableHeader", "tableCell", "media", "caption", "layoutColumn", "unheardOf",
];

pub(super) const STORAGE_NOISE: &[&str] = &[
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</tr>",
    "</table>",
    "text",
    " ",
    "&nbsp;",
    "&",
    "&#x41;",
    "&unknown;",
    "<br/>",
    "<br>",
    "<strong>",
    "</strong>",
    "<b>",
    "</b>",
    "<em>",
    "</em>",
    "<ac:structured-macro ac:name=\"info\">",
    "<ac:rich-text-body>",
    "</ac:rich-text-body>",
    "</ac:structured-macro>",
    "<ac:link>",
    "</ac:link>",
    "<ri:user ri:account-id=\"a\"/>",
    "<![CDATA[",
    "]]>",
    "<!-- c -->",
    "<span style='color: rgb(1,2,3);'>",
    "</span>",
    "<ac:task-list>",
    "<ac:task>",
    "<ac:task-body>",
    "</ac:task-body>",
    "</ac:task>",
    "</ac:task-list>",
    "<ac:layout>",
    "<ac:layout-section>",
    "<ac:layout-cell>",
    "</ac:layout-cell>",
    "</ac:layout-section>",
    "</ac:layout>",
    "<ac:image ac:alt=\"x\">",
    "</ac:image>",
    "<h1>",
    "</h1>",
    "\n",
    "日",
    "<a href=\"x\">",
    "</a>",
    "<hr/>",
    "<",
    ">",
];

pub(super) const MARKDOWN_NOISE: &[&str] = &[
    "# ",
    "- ",
    "1. ",
    "> ",
    "```",
    "\n",
    "\n\n",
    "    ",
    "* ",
    "**",
    "_",
    "`",
    "[a](b)",
    "![a](b)",
    "| a | b |",
    "|---|---|",
    "<br>",
    "<u>",
    "</u>",
    "<!-- x -->",
    "<div>",
    "\\",
    "text",
    "é",
    "[ ] ",
    "[x] ",
    "~~",
    "---",
    "&amp;",
    "<https://e.org>",
    "]",
    "[",
];

pub(super) const ADF_NOISE: &[&str] = &[
    "{\"type\":\"doc\",\"content\":[",
    "{\"type\":\"paragraph\",\"content\":[",
    "{\"type\":\"text\",\"text\":\"a\"}",
    "]}",
    ",",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "null",
    "1",
    "1e999",
    "{\"type\":\"heading\",\"attrs\":{\"level\":2}}",
    "{\"type\":5}",
    "{\"type\":\"table\",\"content\":[null]}",
    "{\"type\":\"mention\",\"attrs\":{}}",
    "\\ud800",
    "{\"type\":\"text\"}",
];
