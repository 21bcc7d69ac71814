//! The nodes of one ADF body side by side, read in one pass and borrowing its text.
//! They have no meaning yet: [`super::fields`] takes one apart, the readers make blocks of it.
//!
//! INVARIANT: the nodes below a node follow it at once, up to the node's own end.

mod read;

use super::json::{Member, owned};
use super::kind::Kind;
use super::scan::{Broken, Scan};
use bumpalo::Bump;
use core::ops::Range;
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
    is_object: bool,
    /// Whether its text surely holds no line break.
    is_line: bool,
    /// How many of [`Self::odd`] are members that every node has, of another type than every node's.
    wrong: u8,
    /// Where the nodes below it end.
    end: usize,
    name: Option<&'a str>,
    text: Option<&'a str>,
    attrs: Span,
    marks: Span,
    /// The nodes below it, of which so many are its own children.
    content: Span,
    count: usize,
    /// First members of another type, then those of other names; of a value that is no object, the value itself without a name.
    odd: &'a [Member<'a>],
}

/// A part of one of the lists. It ends before it begins where there is none.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: usize,
    to: usize,
}

/// A mark as it stands in the body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'a> {
    is_object: bool,
    wrong: u8,
    name: Option<&'a str>,
    attrs: Span,
    odd: &'a [Member<'a>],
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
        self.entry.name
    }

    /// Whether it is a node: every member has its type.
    pub(super) fn fits(self) -> bool {
        self.entry.name.is_some() && self.entry.wrong == 0
    }

    /// Its text.
    pub(super) fn text(self) -> Option<&'n str> {
        self.entry.text
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
        self.nodes.attrs.get(self.entry.attrs.range()?)
    }

    /// Its marks.
    pub(super) fn marks(self) -> Option<&'n [Mark<'n>]> {
        self.nodes.marks.get(self.entry.marks.range()?)
    }

    /// Its children; none when it does not say.
    pub(super) fn children(self) -> Option<Children<'n>> {
        let Range { start, end } = self.entry.content.range()?;
        Some(Children { nodes: self.nodes, at: start, to: end, count: self.entry.count })
    }

    /// Its members of other names.
    pub(super) fn rest(self) -> &'n [Member<'n>] {
        rest(self.entry.odd, self.entry.wrong)
    }

    /// Whether it has a type and text, and nothing else.
    pub(super) fn is_bare_text(self) -> bool {
        let Entry { attrs, marks, content, odd, .. } = self.entry;
        let more = !odd.is_empty() || [attrs, marks, content].into_iter().any(|said| said.range().is_some());
        self.kind() == Kind::Text && self.text().is_some_and(|t| !t.is_empty()) && !more
    }

    /// The value of its content, of whatever type.
    pub(super) fn content_value(self) -> Option<Value> {
        let all = |children: Children<'_>| Value::Array(children.map(Node::to_value).collect());
        self.children().map(all).or_else(|| self.wrong("content"))
    }

    /// The value of its text, of whatever type.
    pub(super) fn text_value(self) -> Option<Value> {
        self.text().map(of_text).or_else(|| self.wrong("text"))
    }

    /// The value of its attributes, of whatever type.
    pub(super) fn attrs_value(self) -> Option<Value> {
        self.attrs().map(object).or_else(|| self.wrong("attrs"))
    }

    /// The value of its marks, of whatever type.
    pub(super) fn marks_value(self) -> Option<Value> {
        let one = |mark: &Mark<'_>| mark.to_value(self.nodes);
        self.marks().map(|all| Value::Array(all.iter().map(one).collect())).or_else(|| self.wrong("marks"))
    }

    /// The member of this name, when it has another type than in a node.
    fn wrong(self, name: &str) -> Option<Value> {
        wrong(self.entry.odd, self.entry.wrong, name)
    }

    /// The node as it stands in the body.
    pub(super) fn to_value(self) -> Value {
        if !self.entry.is_object {
            return self.entry.odd.first().map(|(_, value)| value.to_value()).unwrap_or_default();
        }
        let mut out = Map::new();
        let members = [
            ("type", self.name().map(of_text).or_else(|| self.wrong("type"))),
            ("attrs", self.attrs_value()),
            ("content", self.content_value()),
            ("text", self.text_value()),
            ("marks", self.marks_value()),
        ];
        out.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        out.extend(owned(self.rest()));
        Value::Object(out)
    }

    /// The marks' attributes lie with the nodes.
    pub(super) fn attrs_of(self, mark: &Mark<'n>) -> Option<&'n [Member<'n>]> {
        self.nodes.attrs.get(mark.attrs.range()?)
    }
}

impl<'a> Mark<'a> {
    /// Its type.
    pub(super) fn name(&self) -> &'a str {
        self.name.unwrap_or_default()
    }

    /// Its members of other names than `type` and `attrs`.
    pub(super) fn rest(&self) -> &'a [Member<'a>] {
        rest(self.odd, self.wrong)
    }

    /// The mark as it stands in the body.
    pub(super) fn to_value(self, nodes: &Nodes<'a>) -> Value {
        if !self.is_object {
            return self.odd.first().map(|(_, value)| value.to_value()).unwrap_or_default();
        }
        let wrong = |name| wrong(self.odd, self.wrong, name);
        let attrs = self.attrs.range().and_then(|range| nodes.attrs.get(range)).map(object);
        let mut out = Map::new();
        let members =
            [("type", self.name.map(of_text).or_else(|| wrong("type"))), ("attrs", attrs.or_else(|| wrong("attrs")))];
        out.extend(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        out.extend(owned(self.rest()));
        Value::Object(out)
    }

    fn fits(&self) -> bool {
        self.name.is_some() && self.wrong == 0
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
    /// Of a member that is not there.
    const NONE: Self = Self { from: 1, to: 0 };

    fn range(self) -> Option<Range<usize>> {
        (self.from <= self.to).then_some(self.from..self.to)
    }
}

impl Entry<'_> {
    /// Before anything is read of it.
    const NONE: Self = Self {
        kind: Kind::Unknown,
        is_object: true,
        is_line: false,
        wrong: 0,
        end: 0,
        name: None,
        text: None,
        attrs: Span::NONE,
        marks: Span::NONE,
        content: Span::NONE,
        count: 0,
        odd: &[],
    };
}

/// Bytes of a body to a node, at least.
const USUAL_NODE: usize = 56;

/// Odd members but those of another type.
fn rest<'a>(odd: &'a [Member<'a>], wrong: u8) -> &'a [Member<'a>] {
    odd.get(usize::from(wrong)..).unwrap_or_default()
}

/// The value of an odd member that has another type.
fn wrong(odd: &[Member<'_>], wrong: u8, name: &str) -> Option<Value> {
    let found = odd.iter().take(usize::from(wrong)).find(|(member, _)| *member == name)?;
    Some(found.1.to_value())
}

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
