//! How nodes are read from JSON: each member by its name, as far as it has the type that nodes give it.
//! It keeps no value of its own: all goes into [`Nodes`].

use super::super::json::{Json, Member};
use super::super::kind::Kind;
use super::super::scan::{Broken, Name, Scan, Start};
use super::{Entry, Mark, Nodes, Span};
use serde_json::Value;

impl<'a> Nodes<'a> {
    /// Reads a node and those below it; as deep as the scan lets it.
    pub(super) fn node(&mut self, scan: &mut Scan<'a>) -> Result<(), Broken> {
        let at = self.entries.len();
        match scan.usual_start() {
            Some(Start::Text) => {
                self.entries.push(Entry { kind: Kind::Text, name: Some("text"), ..Entry::NONE });
                self.members_from(at, Name::Text, scan)?;
            }
            Some(Start::Paragraph) => {
                self.entries.push(Entry { kind: Kind::Paragraph, name: Some("paragraph"), ..Entry::NONE });
                self.members_from(at, Name::Content, scan)?;
            }
            None => {
                self.entries.push(Entry::NONE);
                self.any_node(at, scan)?;
            }
        }
        let end = self.entries.len();
        self.set(at, |entry| entry.end = end);
        Ok(())
    }

    /// Reads the members of a node, from the value of one on.
    #[inline(always)]
    fn members_from(&mut self, at: usize, name: Name<'a>, scan: &mut Scan<'a>) -> Result<(), Broken> {
        let mut odd = Odd::default();
        self.member(at, name, &mut odd, scan)?;
        if odd.is_empty() && scan.ends() {
            return Ok(());
        }
        self.other_members(at, odd, scan)
    }

    fn other_members(&mut self, at: usize, mut odd: Odd<'a>, scan: &mut Scan<'a>) -> Result<(), Broken> {
        scan.other_members(|scan, name| self.member(at, name, &mut odd, scan))?;
        self.keep(at, odd, scan);
        Ok(())
    }

    fn any_node(&mut self, at: usize, scan: &mut Scan<'a>) -> Result<(), Broken> {
        if scan.peek() == Some(b'{') {
            let mut odd = Odd::default();
            scan.members(|scan, name| self.member(at, name, &mut odd, scan))?;
            self.keep(at, odd, scan);
        } else {
            let value = scan.json()?;
            let odd = scan.keep_members(&[("", value)]);
            self.set(at, |entry| (entry.odd, entry.is_object) = (odd, false));
        }
        Ok(())
    }

    fn keep(&mut self, at: usize, odd: Odd<'a>, scan: &Scan<'a>) {
        if !odd.is_empty() {
            let (odd, wrong) = odd.keep(scan);
            self.set(at, |entry| (entry.odd, entry.wrong) = (odd, wrong));
        }
    }

    /// Reads the value of a member of a node.
    #[inline(always)]
    fn member(&mut self, at: usize, name: Name<'a>, odd: &mut Odd<'a>, scan: &mut Scan<'a>) -> Result<(), Broken> {
        match name {
            Name::Type => {
                let name = odd.text("type", scan)?;
                let kind = name.map_or(Kind::Unknown, Kind::of);
                self.set(at, |entry| (entry.name, entry.kind) = (name, kind));
            }
            Name::Text => {
                let text = odd.text("text", scan)?;
                let is_line = !scan.has_escape();
                self.set(at, |entry| (entry.text, entry.is_line) = (text, is_line));
            }
            Name::Content => {
                let (content, count) = self.content(scan, odd)?;
                self.set(at, |entry| (entry.content, entry.count) = (content, count));
            }
            Name::Attrs => {
                let attrs = self.attrs(scan, odd)?;
                self.set(at, |entry| entry.attrs = attrs);
            }
            Name::Marks => {
                let marks = self.marks(scan, odd)?;
                self.set(at, |entry| entry.marks = marks);
            }
            Name::Other(name) => odd.rest(name, scan)?,
        }
        Ok(())
    }

    fn set(&mut self, at: usize, set: impl FnOnce(&mut Entry<'a>)) {
        if let Some(entry) = self.entries.get_mut(at) {
            set(entry);
        }
    }

    /// Reads the nodes below a node; the second number is how many of them are its own children.
    fn content(&mut self, scan: &mut Scan<'a>, odd: &mut Odd<'a>) -> Result<(Span, usize), Broken> {
        odd.well("content");
        if scan.peek() != Some(b'[') {
            odd.wrong("content", scan.json()?);
            return Ok((Span::NONE, 0));
        }
        let (from, mut count) = (self.entries.len(), 0);
        scan.list(|scan| {
            count += 1;
            self.node(scan)
        })?;
        Ok((Span { from, to: self.entries.len() }, count))
    }

    fn attrs(&mut self, scan: &mut Scan<'a>, odd: &mut Odd<'a>) -> Result<Span, Broken> {
        odd.well("attrs");
        if scan.peek() != Some(b'{') {
            odd.wrong("attrs", scan.json()?);
            return Ok(Span::NONE);
        }
        let from = self.attrs.len();
        scan.members(|scan, name| {
            scan.count()?;
            self.attrs.push((name.as_str(), scan.json()?));
            Ok(())
        })?;
        Ok(Span { from, to: self.attrs.len() })
    }

    fn marks(&mut self, scan: &mut Scan<'a>, odd: &mut Odd<'a>) -> Result<Span, Broken> {
        odd.well("marks");
        if scan.peek() != Some(b'[') {
            odd.wrong("marks", scan.json()?);
            return Ok(Span::NONE);
        }
        let from = self.marks.len();
        scan.list(|scan| {
            let mark = self.mark(scan)?;
            self.marks.push(mark);
            Ok(())
        })?;
        let read = self.marks.get(from..).unwrap_or_default();
        if read.iter().all(Mark::fits) {
            return Ok(Span { from, to: self.marks.len() });
        }
        let value = Value::Array(read.iter().map(|mark| mark.to_value(self)).collect());
        odd.wrong("marks", Json::Raw(scan.keep(&value.to_string())));
        Ok(Span::NONE)
    }

    fn mark(&mut self, scan: &mut Scan<'a>) -> Result<Mark<'a>, Broken> {
        let mut mark = Mark { is_object: true, wrong: 0, name: None, attrs: Span::NONE, odd: &[] };
        if scan.peek() != Some(b'{') {
            let value = scan.json()?;
            return Ok(Mark { odd: scan.keep_members(&[("", value)]), is_object: false, ..mark });
        }
        let mut odd = Odd::default();
        scan.members(|scan, name| {
            match name {
                Name::Type => mark.name = odd.text("type", scan)?,
                Name::Attrs => mark.attrs = self.attrs(scan, &mut odd)?,
                Name::Text | Name::Content | Name::Marks | Name::Other(_) => odd.rest(name.as_str(), scan)?,
            }
            Ok(())
        })?;
        if !odd.is_empty() {
            (mark.odd, mark.wrong) = odd.keep(scan);
        }
        Ok(mark)
    }
}

/// Members that a node or mark has besides, or that are of another type than every node's.
#[derive(Default)]
struct Odd<'a> {
    /// First those of another type.
    all: Vec<Member<'a>>,
    wrong: usize,
}

impl<'a> Odd<'a> {
    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Reads a member that has to be text.
    fn text(&mut self, name: &'static str, scan: &mut Scan<'a>) -> Result<Option<&'a str>, Broken> {
        self.well(name);
        match scan.json()? {
            Json::Text(text) => Ok(Some(text)),
            value @ Json::Raw(_) => {
                self.wrong(name, value);
                Ok(None)
            }
        }
    }

    /// Reads a member of another name.
    fn rest(&mut self, name: &'a str, scan: &mut Scan<'a>) -> Result<(), Broken> {
        scan.count()?;
        self.all.push((name, scan.json()?));
        Ok(())
    }

    /// Of two members with one name the last counts: an earlier one of another type is dropped.
    fn well(&mut self, name: &str) {
        let wrong = self.all.iter().take(self.wrong).position(|(member, _)| *member == name);
        if let Some(at) = wrong {
            self.all.remove(at);
            self.wrong -= 1;
        }
    }

    fn wrong(&mut self, name: &'static str, value: Json<'a>) {
        self.all.insert(self.wrong, (name, value));
        self.wrong += 1;
    }

    /// Keeps them; gives how many are of another type.
    fn keep(self, scan: &Scan<'a>) -> (&'a [Member<'a>], u8) {
        (scan.keep_members(&self.all), u8::try_from(self.wrong).unwrap_or(u8::MAX))
    }
}
