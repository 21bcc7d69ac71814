//! Ids of storage-format elements: attributes, and the numbers of tasks, which are elements of their own.
//! It reads start tags only; all other bytes stay.

use super::{CELL, Found, Id, Ids, Node};
use crate::content::storage;
use quick_xml::events::{BytesStart, Event};
use std::ops::Range;

/// The elements of a text.
pub(super) fn find(text: &str) -> Found {
    let mut walker = Walker::default();
    walker.walk(text, false);
    let ids = walker.elements.into_iter().map(|element| element.ids).collect();
    Found { roots: walker.roots.children, ids }
}

/// The ids of the first element.
pub(super) fn first(text: &str) -> Vec<Id> {
    let mut walker = Walker::default();
    walker.walk(text, true);
    walker.elements.into_iter().next().map(|element| element.ids).unwrap_or_default()
}

/// The same text with these ids.
pub(super) fn write(text: &str, ids: &Ids) -> String {
    let mut walker = Walker::default();
    walker.walk(text, false);
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (element, wanted) in walker.elements.into_iter().zip(ids) {
        if element.ids == *wanted {
            continue;
        }
        let (inside, on): (Vec<&Id>, Vec<&Id>) = wanted.iter().partition(|id| id.key.starts_with('<'));
        let tag = text.get(element.tag.clone()).unwrap_or_default();
        let mut new = tagged(tag, element.name, &on);
        if !tag.ends_with("/>") {
            inside.iter().for_each(|id| new.push_str(&id.element()));
        }
        edits.push((element.tag, new));
        edits.extend(element.holders.into_iter().map(|range| (range, String::new())));
    }
    edits.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (range, new) in edits {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A start tag with these ids in place of its own.
fn tagged(tag: &str, name: usize, ids: &[&Id]) -> String {
    let (mut out, mut rest) =
        tag.split_at_checked(name + 1).map_or_else(|| (tag.to_owned(), ""), |(open, rest)| (open.to_owned(), rest));
    for id in ids {
        out.push_str(&format!(" {}=\"{}\"", id.key, id.value.replace('"', "&quot;")));
    }
    while let Some((space, key, value, after)) = attribute(rest) {
        if !ATTRIBUTES.contains(&key) {
            out.push_str(space);
            out.push_str(key);
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The next attribute of a tag: the space before it, its name, its value with sign and quotes, and what follows.
fn attribute(rest: &str) -> Option<(&str, &str, &str, &str)> {
    let (space, named) = rest.split_at_checked(rest.len() - rest.trim_start().len())?;
    let end = named.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).filter(|end| *end > 0)?;
    let (key, after) = named.split_at_checked(end)?;
    let Some(valued) = after.trim_start().strip_prefix('=').map(str::trim_start) else {
        return Some((space, key, "", after));
    };
    let length = match valued.chars().next()? {
        quote @ ('"' | '\'') => valued.get(1..)?.find(quote)? + 2,
        _ => valued.find(|c: char| c.is_whitespace() || c == '>')?,
    };
    let (value, after) = after.split_at_checked(after.len() - valued.len() + length)?;
    Some((space, key, value, after))
}

struct Element {
    tag: Range<usize>,
    /// The length of its name.
    name: usize,
    ids: Vec<Id>,
    /// Elements in it that hold an id of it.
    holders: Vec<Range<usize>>,
}

/// What is open while reading.
enum Open {
    /// A node with all that stands in it.
    Node(Node),
    /// One in running text: all it has is what it is.
    Atom(Node),
    /// It only groups or dresses what stands in it.
    Dress,
    /// What it says is no word of a person's.
    Mute,
    /// It holds an id of the element it stands in: where it began, how, and what it says.
    Holder(usize, String, String),
}

#[derive(Default)]
struct Walker {
    roots: Node,
    open: Vec<Open>,
    elements: Vec<Element>,
    /// Elements that are open, by number.
    path: Vec<usize>,
}

impl Walker {
    fn walk(&mut self, text: &str, only_first: bool) {
        let (mut reader, marks) = storage::reader(text);
        let mut start = marks;
        while let Ok(event) = reader.read_event() {
            let end = usize::try_from(reader.buffer_position()).map_or(usize::MAX, |at| marks.saturating_add(at));
            let bytes = text.get(start..end).unwrap_or_default();
            match &event {
                Event::Start(tag) => self.start(tag, start..end, bytes),
                Event::Empty(tag) => {
                    self.start(tag, start..end, bytes);
                    self.end(end);
                }
                Event::End(_) => self.end(end),
                Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => self.text(bytes),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
                Event::Eof => break,
            }
            if only_first && !self.elements.is_empty() {
                return;
            }
            start = end;
        }
        // What does not close ends with the text.
        while !self.open.is_empty() {
            self.end(text.len());
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>, bytes: &str) {
        let name = tag.name();
        let name = name.as_ref();
        let attributes: Vec<(String, String)> = tag
            .html_attributes()
            .filter_map(Result::ok)
            .map(|found| (found.key.as_ref().to_owned(), found.value.into_owned()))
            .collect();
        let has = |key: &str, value: &str| attributes.iter().any(|(k, v)| k == key && v == value);
        if HOLDERS.contains(&name) || name == "ac:adf-attribute" && has("key", "local-id") {
            self.open.push(Open::Holder(range.start, bytes.trim_end_matches("/>").to_owned(), String::new()));
            return;
        }
        let at = self.elements.len();
        let is_id = |key: &str| ATTRIBUTES.contains(&key);
        let ids = attributes.iter().filter(|(key, _)| is_id(key)).filter_map(|(key, value)| Id::new(key, value));
        self.elements.push(Element { tag: range, name: name.len(), ids: ids.collect(), holders: Vec::new() });
        self.path.push(at);
        let said = attributes.iter().filter(|(key, _)| !is_id(key)).map(|(key, value)| format!(" {key}={value}"));
        if let Some(Open::Atom(atom)) = self.open.iter_mut().rev().find(|open| matches!(open, Open::Atom(_))) {
            atom.kind.push_str(&format!("<{name}{}", said.collect::<String>()));
            self.open.push(Open::Dress);
            return;
        }
        let kind =
            attributes.iter().find(|(key, _)| matches!(key.as_str(), "ac:name" | "type")).map(|(_, value)| value);
        self.open.push(match block(name, kind.map_or("", String::as_str)) {
            Some(kind) => Open::Node(Node { kind, at, ..Node::default() }),
            None if name == "ac:task-status" => Open::Mute,
            None if DRESS.contains(&name) => Open::Dress,
            None => Open::Atom(Node { kind: format!("{name}{}", said.collect::<String>()), at, ..Node::default() }),
        });
    }

    fn text(&mut self, bytes: &str) {
        for open in self.open.iter_mut().rev() {
            match open {
                Open::Holder(_, _, said) => said.push_str(bytes),
                Open::Node(node) => node.text.push_str(bytes),
                Open::Atom(node) => {
                    node.text.push_str(bytes);
                    node.kind.push_str(bytes);
                }
                Open::Dress => continue,
                Open::Mute => {}
            }
            return;
        }
    }

    fn end(&mut self, end: usize) {
        match self.open.pop() {
            Some(Open::Holder(start, tag, said)) => {
                let held = self.path.last().and_then(|at| self.elements.get_mut(*at));
                if let Some(element) = held {
                    element.ids.extend(Id::new(&tag, said.trim()));
                    element.holders.push(start..end);
                }
                return;
            }
            Some(Open::Node(node) | Open::Atom(node)) => {
                let around = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Node(node) => Some(node),
                    Open::Atom(_) | Open::Dress | Open::Mute | Open::Holder(..) => None,
                });
                let around = around.unwrap_or(&mut self.roots);
                around.text.push_str(&node.text);
                around.text.push(' ');
                around.children.push(node);
            }
            Some(Open::Dress | Open::Mute) | None => {}
        }
        self.path.pop();
    }
}

impl Id {
    /// The element that holds it.
    fn element(&self) -> String {
        let name = self.key.trim_start_matches('<').split([' ', '>']).next().unwrap_or_default();
        format!("{}{}</{name}>", self.key, self.value)
    }
}

/// The kind of an element that is a node.
fn block(name: &str, of: &str) -> Option<String> {
    Some(match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading".to_owned(),
        "ul" | "ol" => "list".to_owned(),
        "th" | "td" => CELL.to_owned(),
        "ac:structured-macro" | "ac:macro" | "ac:adf-node" => format!("{name} {of}"),
        "p" | "li" | "table" | "tr" | "blockquote" | "pre" | "hr" | "div" | "ac:task-list" | "ac:task"
        | "ac:adf-extension" | "ac:layout" | "ac:layout-section" | "ac:layout-cell" => name.to_owned(),
        _ => return None,
    })
}

/// Attributes that are ids.
const ATTRIBUTES: &[&str] = &["local-id", "ac:local-id", "ri:local-id", "ac:macro-id"];
/// Elements whose text is an id of the element around them.
const HOLDERS: &[&str] = &["ac:task-id", "ac:task-uuid", "ac:task-list-id"];
/// Elements that group or dress what stands in them.
const DRESS: &[&str] = &[
    "tbody",
    "thead",
    "tfoot",
    "colgroup",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "s",
    "del",
    "sub",
    "sup",
    "small",
    "code",
    "span",
    "a",
    "ac:rich-text-body",
    "ac:plain-text-body",
    "ac:task-body",
    "ac:parameter",
    "ac:adf-content",
    "ac:adf-fallback",
    "ac:inline-comment-marker",
];
