//! The members of one ADF node, before anything is made of them.
//! It knows no node by name; what is no node at all is kept as it was.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::attrs::Attrs;
use super::json::owned;
use super::kind::Kind;
use super::nodes::{Children, Mark, Node};
use serde_json::Value;

/// The members of a node that are still to be read.
#[derive(Debug)]
pub(super) struct Fields<'n> {
    /// The node they are of.
    pub(super) node: Node<'n>,
    /// Its kind.
    pub(super) kind: Kind,
    /// Its type.
    pub(super) name: &'n str,
    /// Its attributes.
    pub(super) attrs: Attrs<'n>,
    /// Its children.
    pub(super) content: Content<'n>,
    /// Its text.
    pub(super) text: Option<&'n str>,
    /// Its marks.
    pub(super) marks: Option<&'n [Mark<'n>]>,
}

/// The children of a node.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content<'n> {
    /// It does not say.
    Absent,
    /// It says that there are none.
    Empty,
    /// It has these, and the tree holds none of them yet.
    Unread(Children<'n>),
    /// The tree holds them.
    Held,
}

/// The members of a node; none when a member has the wrong type, which makes the value no node.
pub(super) fn open(node: Node<'_>) -> Option<Fields<'_>> {
    let name = node.name().filter(|_| node.fits())?;
    let content = match node.children() {
        None => Content::Absent,
        Some(children) if children.count() == 0 => Content::Empty,
        Some(children) => Content::Unread(children),
    };
    let (kind, attrs) = (node.kind(), Attrs::new(node.attrs()));
    Some(Fields { node, kind, name, attrs, content, text: node.text(), marks: node.marks() })
}

impl<'n> Fields<'n> {
    /// Takes the children, which the tree holds from now on.
    pub(super) fn take_children(&mut self) -> Option<Children<'n>> {
        let children = self.children()?;
        self.content = Content::Held;
        Some(children)
    }

    /// The children that the tree does not hold; none when there are none.
    pub(super) fn children(&self) -> Option<Children<'n>> {
        match self.content {
            Content::Unread(children) => Some(children),
            Content::Absent | Content::Empty | Content::Held => None,
        }
    }

    /// What is kept of a block or item whose children are read: `canonical` is the type its kind is printed with, and
    /// `childless` how that kind is printed without children.
    pub(super) fn keep(self, canonical: &str, childless: Childless) -> Kept {
        let content = match self.content {
            Content::Absent => Childless::Absent,
            Content::Empty => Childless::Empty,
            Content::Unread(_) | Content::Held => childless,
        };
        let content = if content == childless { Childless::Canonical } else { content };
        self.keep_with(canonical, content, None)
    }

    /// What is kept of a node without children in the tree: content it has nevertheless is kept as it was.
    pub(super) fn keep_leaf(self, canonical: &str) -> Kept {
        let content = match self.content {
            Content::Absent | Content::Held => None,
            Content::Empty | Content::Unread(_) => self.node.content_value(),
        };
        self.keep_with(canonical, Childless::Canonical, content)
    }

    fn keep_with(self, canonical: &str, content: Childless, children: Option<Value>) -> Kept {
        let mut rest = owned(self.node.rest());
        let text = self.text.map(|text| Value::String(text.to_owned()));
        let marks = self.marks.and_then(|_| self.node.marks_value());
        let unread = [("content", children), ("text", text), ("marks", marks)];
        rest.extend(unread.into_iter().filter_map(|(member, value)| Some((member.to_owned(), value?))));
        let name = if self.name == canonical { Spelling::Canonical } else { Spelling::Named(self.name.to_owned()) };
        Kept::adf(AdfForm { name, attrs: self.attrs.keep(), rest, content })
    }
}
