//! Storage format as elements and text with their places in the source.
//! It gives no meaning to a name, resolves no namespace and reads no document type.

use super::super::{MAX_DEPTH, Malformed};
use super::entities;
use core::ops::Range;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// An element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// Its name with the prefix.
    pub(super) name: &'a str,
    /// Its attributes with references resolved.
    pub(super) attributes: Vec<(String, String)>,
    /// Where it stands, tags included.
    pub(super) range: Range<usize>,
    /// What is between its tags.
    pub(super) inner: Range<usize>,
    /// Its children in order.
    pub(super) children: Vec<Node<'a>>,
}

/// A child of an element.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// An element.
    Element(Element<'a>),
    /// Text, references resolved.
    Text {
        /// The text.
        text: String,
        /// Where it stands.
        range: Range<usize>,
        /// Written as a CDATA section.
        cdata: bool,
    },
    /// A comment or processing instruction: nothing to read.
    Silent(Range<usize>),
}

impl<'a> Element<'a> {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element<'a>> {
        self.children.iter().filter_map(Node::element)
    }

    /// The first child element of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element<'a>> {
        self.elements().find(|e| e.name == name)
    }

    /// All text in it; when it holds CDATA sections, theirs alone.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let cdata = self.children.iter().any(|n| matches!(n, Node::Text { cdata: true, .. }));
        for node in &self.children {
            match node {
                Node::Text { text, cdata: is, .. } if *is || !cdata => out.push_str(text),
                Node::Element(inner) if !cdata => out.push_str(&inner.text()),
                Node::Element(_) | Node::Text { .. } | Node::Silent(_) => {}
            }
        }
        out
    }
}

impl<'a> Node<'a> {
    /// The element, when it is one.
    pub(super) fn element(&self) -> Option<&Element<'a>> {
        match self {
            Self::Element(element) => Some(element),
            Self::Text { .. } | Self::Silent(_) => None,
        }
    }

    /// Where it stands.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Element(element) => element.range.clone(),
            Self::Text { range, .. } | Self::Silent(range) => range.clone(),
        }
    }

    /// Whether there is nothing to read: white space (not the no-break space), a comment.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Element(_) => false,
            Self::Text { text, .. } => text.chars().all(|c| matches!(c, ' ' | '\t' | '\n' | '\r')),
            Self::Silent(_) => true,
        }
    }
}

/// A reader that forgives what Confluence does, and the bytes of byte order marks it begins behind: it would drop one without
/// counting it, and here they are text like any other.
pub(crate) fn reader(source: &str) -> (Reader<&[u8]>, usize) {
    let body = source.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(body);
    let config = reader.config_mut();
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    config.check_end_names = false;
    (reader, source.len() - body.len())
}

/// Reads a fragment with any number of roots.
pub(super) fn parse(source: &str) -> Result<Vec<Node<'_>>, Malformed> {
    let (mut reader, marks) = reader(source);
    let mut builder = Builder { source, open: Vec::new(), roots: Vec::new() };
    if marks > 0 {
        builder.text(0..marks);
    }
    let mut start = marks;
    loop {
        let event = reader.read_event().map_err(|_| Malformed::NotXml)?;
        let end = marks + usize::try_from(reader.buffer_position()).map_err(|_| Malformed::TooLarge)?;
        if matches!(event, Event::Eof) {
            break;
        }
        builder.event(&event, start..end)?;
        start = end;
    }
    if builder.open.is_empty() { Ok(builder.roots) } else { Err(Malformed::NotXml) }
}

struct Builder<'a> {
    source: &'a str,
    open: Vec<Element<'a>>,
    roots: Vec<Node<'a>>,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: &Event<'_>, range: Range<usize>) -> Result<(), Malformed> {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::Empty(tag) => {
                let element = self.element(tag, range)?;
                self.push(Node::Element(element));
                Ok(())
            }
            Event::End(_) => self.end(range),
            Event::Text(_) | Event::GeneralRef(_) => {
                self.text(range);
                Ok(())
            }
            Event::CData(content) => {
                let text = content.borrow().into_inner().into_owned();
                self.push(Node::Text { text, range, cdata: true });
                Ok(())
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {
                self.push(Node::Silent(range));
                Ok(())
            }
            Event::DocType(_) => Err(Malformed::Doctype),
            Event::Eof => Ok(()),
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>) -> Result<(), Malformed> {
        let element = self.element(tag, range)?;
        if VOID.contains(&element.name) {
            self.push(Node::Element(element));
            return Ok(());
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Malformed::TooDeep);
        }
        self.open.push(element);
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) -> Result<(), Malformed> {
        let written = self.source.get(range.clone()).ok_or(Malformed::NotXml)?;
        let name = written.trim_start_matches("</").trim_end_matches('>').trim_end();
        if VOID.contains(&name) {
            self.push(Node::Silent(range));
            return Ok(());
        }
        let mut element = self.open.pop().filter(|e| e.name == name).ok_or(Malformed::NotXml)?;
        element.inner.end = range.start;
        element.range.end = range.end;
        self.push(Node::Element(element));
        Ok(())
    }

    /// Text and references side by side are one text.
    fn text(&mut self, range: Range<usize>) {
        let resolved = entities::resolve(self.source.get(range.clone()).unwrap_or_default());
        match self.siblings().last_mut() {
            Some(Node::Text { text, range: before, cdata: false }) => {
                text.push_str(&resolved);
                before.end = range.end;
            }
            Some(Node::Text { .. } | Node::Element(_) | Node::Silent(_)) | None => {
                self.push(Node::Text { text: resolved, range, cdata: false });
            }
        }
    }

    fn element(&self, tag: &BytesStart<'_>, range: Range<usize>) -> Result<Element<'a>, Malformed> {
        let written = self.source.get(range.clone()).ok_or(Malformed::NotXml)?;
        let length = tag.name().as_ref().len();
        let name = written.get(1..1 + length).filter(|n| !n.is_empty()).ok_or(Malformed::NotXml)?;
        let mut attributes = Vec::new();
        let mut written_attributes = tag.html_attributes();
        // looking for doubles takes time by the square of their number
        written_attributes.with_checks(false);
        for attribute in written_attributes {
            let attribute = attribute.map_err(|_| Malformed::NotXml)?;
            let key: &str = attribute.key.as_ref();
            attributes.push((key.to_owned(), entities::resolve(&attribute.value)));
        }
        let inner = range.end..range.end;
        Ok(Element { name, attributes, range, inner, children: Vec::new() })
    }

    fn push(&mut self, node: Node<'a>) {
        self.siblings().push(node);
    }

    fn siblings(&mut self) -> &mut Vec<Node<'a>> {
        match self.open.last_mut() {
            Some(element) => &mut element.children,
            None => &mut self.roots,
        }
    }
}

/// Elements that HTML writes without an end tag.
const VOID: &[&str] = &["br", "hr", "img", "col", "input", "wbr"];
