//! How nodes are read from JSON: each member by its name, as far as it has the type that nodes give it.
//! It keeps no value of its own: all goes into [`Nodes`].

use super::super::json::{Json, Member};
use super::super::kind::Kind;
use super::super::scan::{Broken, Scan};
use super::{Content, Entry, Mark, Nodes, Said, Span};
use serde_json::Value;

impl<'a> Nodes<'a> {
    /// Reads a node and those below it; as deep as the scan lets it.
    pub(super) fn node(&mut self, scan: &mut Scan<'a>) -> Result<(), Broken> {
        let at = self.entries.len();
        self.entries.push(Entry::NONE);
        if scan.peek() == Some(b'{') {
            self.members(at, scan)?;
        } else {
            let value = scan.json()?;
            let rest = scan.keep_members(&[("", value)]);
            self.set(at, |entry| (entry.rest, entry.is_object) = (rest, false));
        }
        let end = self.entries.len();
        self.set(at, |entry| entry.end = end);
        Ok(())
    }

    fn members(&mut self, at: usize, scan: &mut Scan<'a>) -> Result<(), Broken> {
        let mut rest = Vec::new();
        scan.members(|scan, name| {
            match name {
                "type" => {
                    let name = said_text(scan.json()?);
                    let kind = name.well().map_or(Kind::Unknown, Kind::of);
                    self.set(at, |entry| (entry.name, entry.kind) = (name, kind));
                }
                "text" => {
                    let text = said_text(scan.json()?);
                    let is_line = !scan.has_escape();
                    self.set(at, |entry| (entry.text, entry.is_line) = (text, is_line));
                }
                "content" => {
                    let content = self.content(scan)?;
                    self.set(at, |entry| entry.content = content);
                }
                "attrs" => {
                    let attrs = self.attrs(scan)?;
                    self.set(at, |entry| entry.attrs = attrs);
                }
                "marks" => {
                    let marks = self.marks(scan)?;
                    self.set(at, |entry| entry.marks = marks);
                }
                _ => {
                    scan.count()?;
                    rest.push((name, scan.json()?));
                }
            }
            Ok(())
        })?;
        if !rest.is_empty() {
            let rest = scan.keep_members(&rest);
            self.set(at, |entry| entry.rest = rest);
        }
        Ok(())
    }

    fn set(&mut self, at: usize, set: impl FnOnce(&mut Entry<'a>)) {
        if let Some(entry) = self.entries.get_mut(at) {
            set(entry);
        }
    }

    fn content(&mut self, scan: &mut Scan<'a>) -> Result<Said<'a, Content>, Broken> {
        if scan.peek() != Some(b'[') {
            return scan.json().map(Said::Wrong);
        }
        let (from, mut count) = (self.entries.len(), 0);
        scan.list(|scan| {
            count += 1;
            self.node(scan)
        })?;
        Ok(Said::Well(Content { span: Span { from, to: self.entries.len() }, count }))
    }

    fn attrs(&mut self, scan: &mut Scan<'a>) -> Result<Said<'a, Span>, Broken> {
        if scan.peek() != Some(b'{') {
            return scan.json().map(Said::Wrong);
        }
        let from = self.attrs.len();
        scan.members(|scan, name| {
            scan.count()?;
            self.attrs.push((name, scan.json()?));
            Ok(())
        })?;
        Ok(Said::Well(Span { from, to: self.attrs.len() }))
    }

    fn marks(&mut self, scan: &mut Scan<'a>) -> Result<Said<'a, Span>, Broken> {
        if scan.peek() != Some(b'[') {
            return scan.json().map(Said::Wrong);
        }
        let from = self.marks.len();
        scan.list(|scan| {
            let mark = self.mark(scan)?;
            self.marks.push(mark);
            Ok(())
        })?;
        let read = self.marks.get(from..).unwrap_or_default();
        if read.iter().all(Mark::fits) {
            return Ok(Said::Well(Span { from, to: self.marks.len() }));
        }
        let value = Value::Array(read.iter().map(|mark| mark.to_value(self)).collect());
        Ok(Said::Wrong(Json::Raw(scan.keep(&value.to_string()))))
    }

    fn mark(&mut self, scan: &mut Scan<'a>) -> Result<Mark<'a>, Broken> {
        let mut mark = Mark { name: Said::Not, attrs: Said::Not, rest: &[], is_object: true };
        if scan.peek() != Some(b'{') {
            let value = scan.json()?;
            let rest = scan.keep_members(&[("", value)]);
            return Ok(Mark { rest, is_object: false, ..mark });
        }
        let mut rest: Vec<Member<'a>> = Vec::new();
        scan.members(|scan, name| {
            match name {
                "type" => mark.name = said_text(scan.json()?),
                "attrs" => mark.attrs = self.attrs(scan)?,
                _ => {
                    scan.count()?;
                    rest.push((name, scan.json()?));
                }
            }
            Ok(())
        })?;
        mark.rest = scan.keep_members(&rest);
        Ok(mark)
    }
}

fn said_text(value: Json<'_>) -> Said<'_, &str> {
    match value {
        Json::Text(text) => Said::Well(text),
        Json::Raw(_) => Said::Wrong(value),
    }
}
