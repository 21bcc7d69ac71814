//! The nodes of one ADF body side by side, read in one pass and borrowing its text.
//! They have no meaning yet: [`super::fields`] takes one apart, the readers make blocks of it.
//!
//! INVARIANT: the nodes below a node follow it at once, up to the node's own end.

mod read;

use super::json::{Json, Member, owned};
use super::kind::Kind;
use super::scan::{Broken, Scan};
use bumpalo::Bump;
use serde_json::{Map, Value};

/// All nodes of a body, in order, with their attributes and marks.
#[derive(Debug, Default)]
pub(crate) struct Nodes<'a> {
    entries: Vec<Entry<'a>>,
    attrs: Vec<Member<'a>>,
    marks: Vec<Mark<'a>>,
}

/// What one node says.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    kind: Kind,
    /// Where the nodes below it end.
    end: usize,
    name: Said<'a, &'a str>,
    text: Said<'a, &'a str>,
    attrs: Said<'a, Span>,
    marks: Said<'a, Span>,
    content: Said<'a, Content>,
    /// Members of other names; of a value that is no object, the value itself without a name.
    rest: &'a [Member<'a>],
    is_object: bool,
    /// Whether its text surely holds no line break.
    is_line: bool,
}

/// A member that has its type in every node.
#[derive(Debug, Clone, Copy)]
enum Said<'a, T> {
    Not,
    Well(T),
    /// Of another type.
    Wrong(Json<'a>),
}

/// A part of one of the lists.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
}

/// The nodes below a node, and how many of them are its own children.
#[derive(Debug, Clone, Copy)]
struct Content {
    span: Span,
    count: usize,
}

/// A mark as it stands in the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    name: Said<'a, &'a str>,
    attrs: Said<'a, Span>,
    rest: &'a [Member<'a>],
    is_object: bool,
}

/// One of the nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node<'n> {
    nodes: &'n Nodes<'n>,
    entry: &'n Entry<'n>,
}

/// The children of a node, in order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Children<'n> {
    nodes: &'n Nodes<'n>,
    at: usize,
    to: usize,
    count: usize,
}

impl<'a> Nodes<'a> {
    /// Reads a body; the arena holds what cannot be borrowed from it.
    pub(super) fn read(body: &'a str, arena: &'a Bump) -> Result<Self, Broken> {
        let mut nodes = Self { entries: Vec::with_capacity(body.len() / USUAL_NODE), ..Self::default() };
        let mut scan = Scan::new(body, arena);
        nodes.node(&mut scan)?;
        if scan.is_at_end() { Ok(nodes) } else { Err(Broken::Syntax) }
    }

    /// The outermost node.
    pub(super) fn root(&self) -> Option<Node<'_>> {
        self.entries.first().map(|entry| Node { nodes: self, entry })
    }
}

impl<'n> Node<'n> {
    /// The kind, as far as its type says one.
    pub(super) fn kind(self) -> Kind {
        self.entry.kind
    }

    /// Its type.
    pub(super) fn name(self) -> Option<&'n str> {
        self.entry.name.well()
    }

    /// Whether it is a node: every member has its type.
    pub(super) fn fits(self) -> bool {
        let Entry { name, text, attrs, marks, content, .. } = self.entry;
        let wrong = text.is_wrong() || attrs.is_wrong() || marks.is_wrong() || content.is_wrong();
        name.well().is_some() && !wrong
    }

    /// Its text.
    pub(super) fn text(self) -> Option<&'n str> {
        self.entry.text.well()
    }

    /// Whether its text surely holds no line break.
    pub(super) fn is_line(self) -> bool {
        self.entry.is_line
    }

    /// No children.
    pub(super) fn childless(self) -> Children<'n> {
        Children { nodes: self.nodes, at: 0, to: 0, count: 0 }
    }

    /// Its attributes.
    pub(super) fn attrs(self) -> Option<&'n [Member<'n>]> {
        self.nodes.attrs.get(self.entry.attrs.well()?.range())
    }

    /// Its marks.
    pub(super) fn marks(self) -> Option<&'n [Mark<'n>]> {
        self.nodes.marks.get(self.entry.marks.well()?.range())
    }

    /// Its children; none when it does not say.
    pub(super) fn children(self) -> Option<Children<'n>> {
        let Content { span, count } = self.entry.content.well()?;
        Some(Children { nodes: self.nodes, at: span.from, to: span.to, count })
    }

    /// Its members of other names.
    pub(super) fn rest(self) -> &'n [Member<'n>] {
        self.entry.rest
    }

    /// Whether it has a type and text, and nothing else.
    pub(super) fn is_bare_text(self) -> bool {
        let Entry { attrs, marks, content, rest, .. } = self.entry;
        let more = !attrs.is_not() || !marks.is_not() || !content.is_not() || !rest.is_empty();
        self.kind() == Kind::Text && self.text().is_some_and(|t| !t.is_empty()) && !more
    }

    /// The value of its content, of whatever type.
    pub(super) fn content_value(self) -> Option<Value> {
        self.entry.content.value(|_| Value::Array(self.children().into_iter().flatten().map(Node::to_value).collect()))
    }

    /// The value of its text, of whatever type.
    pub(super) fn text_value(self) -> Option<Value> {
        self.entry.text.value(of_text)
    }

    /// The value of its attributes, of whatever type.
    pub(super) fn attrs_value(self) -> Option<Value> {
        self.entry.attrs.value(|_| object(self.attrs().unwrap_or_default()))
    }

    /// The value of its marks, of whatever type.
    pub(super) fn marks_value(self) -> Option<Value> {
        let one = |mark: &Mark<'_>| mark.to_value(self.nodes);
        self.entry.marks.value(|_| Value::Array(self.marks().unwrap_or_default().iter().map(one).collect()))
    }

    /// The node as it stands in the body.
    pub(super) fn to_value(self) -> Value {
        if !self.entry.is_object {
            return self.entry.rest.first().map(|(_, value)| value.to_value()).unwrap_or_default();
        }
        let mut out = Map::new();
        let members = [
            ("type", self.entry.name.value(of_text)),
            ("attrs", self.attrs_value()),
            ("content", self.content_value()),
            ("text", self.text_value()),
            ("marks", self.marks_value()),
        ];
        out.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        out.extend(owned(self.entry.rest));
        Value::Object(out)
    }

    /// The marks' attributes lie with the nodes.
    pub(super) fn attrs_of(self, mark: &Mark<'n>) -> Option<&'n [Member<'n>]> {
        self.nodes.attrs.get(mark.attrs.well()?.range())
    }
}

impl<'a> Mark<'a> {
    /// Its type.
    pub(super) fn name(&self) -> &'a str {
        self.name.well().unwrap_or_default()
    }

    /// Its members of other names than `type` and `attrs`.
    pub(super) fn rest(&self) -> &'a [Member<'a>] {
        self.rest
    }

    /// The mark as it stands in the body.
    pub(super) fn to_value(self, nodes: &Nodes<'a>) -> Value {
        if !self.is_object {
            return self.rest.first().map(|(_, value)| value.to_value()).unwrap_or_default();
        }
        let attrs = |span: Span| object(nodes.attrs.get(span.range()).unwrap_or_default());
        let mut out = Map::new();
        let members = [("type", self.name.value(of_text)), ("attrs", self.attrs.value(attrs))];
        out.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        out.extend(owned(self.rest));
        Value::Object(out)
    }

    fn fits(&self) -> bool {
        self.name.well().is_some() && !self.attrs.is_wrong()
    }
}

impl<'n> Children<'n> {
    /// How many there are; after some were taken, no fewer than are left.
    pub(super) fn count(self) -> usize {
        self.count
    }

    /// Takes those at the start of which this holds; none when there are none.
    pub(super) fn take_while(&mut self, holds: impl Fn(Node<'n>) -> bool) -> Option<Self> {
        let (from, mut ahead, mut count) = (*self, *self, 0);
        while ahead.next().is_some_and(&holds) {
            *self = ahead;
            count += 1;
        }
        (count > 0).then_some(Self { to: self.at, count, ..from })
    }
}

impl<'n> Iterator for Children<'n> {
    type Item = Node<'n>;

    fn next(&mut self) -> Option<Node<'n>> {
        let nodes = self.nodes;
        let entry = nodes.entries.get(self.at).filter(|_| self.at < self.to)?;
        self.at = entry.end;
        Some(Node { nodes, entry })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.count))
    }
}

impl Span {
    fn range(self) -> core::ops::Range<usize> {
        self.from..self.to
    }
}

impl<T: Copy> Said<'_, T> {
    fn well(&self) -> Option<T> {
        match self {
            Self::Well(value) => Some(*value),
            Self::Not | Self::Wrong(_) => None,
        }
    }

    fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong(_))
    }

    fn is_not(&self) -> bool {
        matches!(self, Self::Not)
    }

    fn value(&self, of: impl FnOnce(T) -> Value) -> Option<Value> {
        match self {
            Self::Not => None,
            Self::Well(value) => Some(of(*value)),
            Self::Wrong(value) => Some(value.to_value()),
        }
    }
}

impl Entry<'_> {
    /// Before anything is read of it.
    const NONE: Self = Self {
        kind: Kind::Unknown,
        end: 0,
        name: Said::Not,
        text: Said::Not,
        attrs: Said::Not,
        marks: Said::Not,
        content: Said::Not,
        rest: &[],
        is_object: true,
        is_line: false,
    };
}

/// Bytes of a body to a node, at least.
const USUAL_NODE: usize = 56;

fn object(members: &[Member<'_>]) -> Value {
    Value::Object(owned(members).into_iter().collect())
}

fn of_text(text: &str) -> Value {
    Value::String(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::scan::MAX_VALUES;
    use super::*;

    #[test]
    fn takes_no_more_than_sixty_four_megabytes_for_a_body() {
        // nodes, marks and members are elements that the scan counts
        let largest =
            [size_of::<Entry<'_>>(), size_of::<Mark<'_>>(), size_of::<Member<'_>>()].into_iter().max().unwrap();
        assert!(largest * MAX_VALUES <= 64 << 20, "{largest}");
    }
}
