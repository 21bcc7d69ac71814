//! The attributes of a node: read one by one, and kept whole when the tree does not hold every one.
//! It knows no attribute by name.

use super::super::kept::Attributes;
use super::json::{Json, Member, find, owned};
use serde_json::{Map, Value};

/// Attributes, and how many of them the tree holds just as they are.
#[derive(Debug)]
pub(super) struct Attrs<'n> {
    members: Option<&'n [Member<'n>]>,
    held: usize,
    missing: bool,
}

impl<'n> Attrs<'n> {
    /// The attributes of a node; `None` when it has no such member.
    pub(super) fn new(members: Option<&'n [Member<'n>]>) -> Self {
        Self { members, held: 0, missing: false }
    }

    /// The value of an attribute, without holding it.
    pub(super) fn look(&self, name: &str) -> Option<&'n Json<'n>> {
        find(self.members?, name)
    }

    /// The text of an attribute, without holding it.
    pub(super) fn look_text(&self, name: &str) -> Option<&'n str> {
        self.look(name)?.as_str()
    }

    /// The text of an attribute; the tree holds it.
    pub(super) fn text(&mut self, name: &str) -> Option<String> {
        let text = self.look_text(name)?.to_owned();
        self.held += 1;
        Some(text)
    }

    /// The address of a card: its own, or that of the data it shows (JSON-LD), which the tree does not hold.
    pub(super) fn address(&mut self) -> Option<String> {
        let of_data = |attrs: &Self| Some(attrs.look("data")?.to_value().get("url")?.as_str()?.to_owned());
        self.text("url").or_else(|| of_data(self))
    }

    /// What `read` makes of an attribute; the tree holds it when it makes something of it.
    pub(super) fn read<T>(&mut self, name: &str, read: impl FnOnce(&'n Json<'n>) -> Option<T>) -> Option<T> {
        let out = self.look(name).and_then(read);
        if out.is_some() {
            self.held += 1;
        }
        out
    }

    /// As [`Self::read`], for an attribute the canonical form always has.
    pub(super) fn require<T>(&mut self, name: &str, read: impl FnOnce(&'n Json<'n>) -> Option<T>) -> Option<T> {
        let out = self.read(name, read);
        self.missing |= out.is_none();
        out
    }

    /// Says that the canonical form has exactly this value here; it is held when that is so.
    pub(super) fn expect(&mut self, name: &str, value: &str) {
        self.require(name, |v| (v.as_str() == Some(value)).then_some(()));
    }

    /// Says that the canonical form of the node has exactly these attributes, or others than the source.
    pub(super) fn settle(&mut self, canonical: &Map<String, Value>) {
        match self.members {
            Some(members) if owned(members).into_iter().collect::<Map<_, _>>() == *canonical => {
                self.held = members.len();
            }
            Some(_) | None => self.missing = true,
        }
    }

    /// The attributes as they were, when the canonical form would not print just them.
    pub(super) fn keep(self) -> Attributes {
        match self.members {
            None if self.missing => Attributes::Absent,
            Some(members) if self.missing || members.is_empty() || members.len() != self.held => {
                Attributes::Members(owned(members))
            }
            None | Some(_) => Attributes::Canonical,
        }
    }
}
