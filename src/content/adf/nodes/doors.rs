//! How nodes are read from JSON: each member by its name, as far as it has the type that nodes give it.
//! It keeps no value of its own: all goes into [`Nodes`].

use super::super::json::{Door, Json, Text, Through};
use super::super::kind::Kind;
use super::{Content, Entry, Mark, Nodes, Said, Span};
use serde::de::{MapAccess, SeqAccess};
use serde_json::Value;
use std::borrow::Cow;

/// Reads a node and those below it.
pub(super) struct NodeDoor<'n, 'a>(pub(super) &'n mut Nodes<'a>);

impl<'a> Door<'a> for NodeDoor<'_, 'a> {
    type Out = ();

    fn other(self, value: Json<'a>) {
        let end = self.0.entries.len() + 1;
        let rest = vec![(Cow::Borrowed(""), value)];
        self.0.entries.push(Entry { end, rest, is_object: false, ..Entry::new() });
    }

    fn members<A: MapAccess<'a>>(self, mut members: A) -> Result<(), A::Error> {
        let nodes = self.0;
        let at = nodes.entries.len();
        nodes.entries.push(Entry::new());
        while let Some(name) = members.next_key_seed(Through(Text))? {
            match &*name {
                "type" => {
                    let name = Said::text(members.next_value()?);
                    let kind = name.well().map_or(Kind::Unknown, |name| Kind::of(name));
                    nodes.set(at, |entry| (entry.name, entry.kind) = (name, kind));
                }
                "text" => {
                    let text = Said::text(members.next_value()?);
                    nodes.set(at, |entry| entry.text = text);
                }
                "content" => {
                    let content = members.next_value_seed(Through(ContentDoor(&mut *nodes)))?;
                    nodes.set(at, |entry| entry.content = content);
                }
                "attrs" => {
                    let attrs = members.next_value_seed(Through(AttrsDoor(&mut *nodes)))?;
                    nodes.set(at, |entry| entry.attrs = attrs);
                }
                "marks" => {
                    let marks = members.next_value_seed(Through(MarksDoor(&mut *nodes)))?;
                    nodes.set(at, |entry| entry.marks = marks);
                }
                _ => {
                    let member = (name, members.next_value()?);
                    nodes.set(at, |entry| entry.rest.push(member));
                }
            }
        }
        let end = nodes.entries.len();
        nodes.set(at, |entry| entry.end = end);
        Ok(())
    }
}

/// Reads the children of a node.
struct ContentDoor<'n, 'a>(&'n mut Nodes<'a>);

impl<'a> Door<'a> for ContentDoor<'_, 'a> {
    type Out = Said<Content>;

    fn other(self, value: Json<'a>) -> Said<Content> {
        Said::wrong(&value)
    }

    fn list<A: SeqAccess<'a>>(self, mut list: A) -> Result<Said<Content>, A::Error> {
        let from = self.0.entries.len();
        let mut count = 0;
        while list.next_element_seed(Through(NodeDoor(&mut *self.0)))?.is_some() {
            count += 1;
        }
        Ok(Said::Well(Content { span: Span { from, to: self.0.entries.len() }, count }))
    }
}

/// Reads attributes.
struct AttrsDoor<'n, 'a>(&'n mut Nodes<'a>);

impl<'a> Door<'a> for AttrsDoor<'_, 'a> {
    type Out = Said<Span>;

    fn other(self, value: Json<'a>) -> Said<Span> {
        Said::wrong(&value)
    }

    fn members<A: MapAccess<'a>>(self, mut members: A) -> Result<Said<Span>, A::Error> {
        let all = &mut self.0.attrs;
        let from = all.len();
        while let Some(name) = members.next_key_seed(Through(Text))? {
            all.push((name, members.next_value()?));
        }
        Ok(Said::Well(Span { from, to: all.len() }))
    }
}

/// Reads marks.
struct MarksDoor<'n, 'a>(&'n mut Nodes<'a>);

impl<'a> Door<'a> for MarksDoor<'_, 'a> {
    type Out = Said<Span>;

    fn other(self, value: Json<'a>) -> Said<Span> {
        Said::wrong(&value)
    }

    fn list<A: SeqAccess<'a>>(self, mut list: A) -> Result<Said<Span>, A::Error> {
        let from = self.0.marks.len();
        while let Some(mark) = list.next_element_seed(Through(MarkDoor(&mut *self.0)))? {
            self.0.marks.push(mark);
        }
        let read = self.0.marks.get(from..).unwrap_or_default();
        if read.iter().all(Mark::fits) {
            return Ok(Said::Well(Span { from, to: self.0.marks.len() }));
        }
        Ok(Said::Wrong(Box::new(Value::Array(read.iter().map(|mark| mark.to_value(self.0)).collect()))))
    }
}

/// Reads a mark.
struct MarkDoor<'n, 'a>(&'n mut Nodes<'a>);

impl<'a> Door<'a> for MarkDoor<'_, 'a> {
    type Out = Mark<'a>;

    fn other(self, value: Json<'a>) -> Mark<'a> {
        Mark { name: Said::Not, attrs: Said::Not, rest: vec![(Cow::Borrowed(""), value)], is_object: false }
    }

    fn members<A: MapAccess<'a>>(self, mut members: A) -> Result<Mark<'a>, A::Error> {
        let mut mark = Mark { name: Said::Not, attrs: Said::Not, rest: Vec::new(), is_object: true };
        while let Some(name) = members.next_key_seed(Through(Text))? {
            match &*name {
                "type" => mark.name = Said::text(members.next_value()?),
                "attrs" => mark.attrs = members.next_value_seed(Through(AttrsDoor(&mut *self.0)))?,
                _ => mark.rest.push((name, members.next_value()?)),
            }
        }
        Ok(mark)
    }
}
