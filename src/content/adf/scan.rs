//! JSON read straight from a body, in one pass: text, and the extent of any other value.
//! It makes no tree of values and knows no ADF.
//!
//! Takes what `serde_json` takes (RFC 8259), which a property test holds it to: halves of surrogate pairs and numbers that no float
//! holds are refused.

mod escape;

use super::super::MAX_BYTES;
use super::super::bytes::Ends;
use super::json::{Json, Member};
use bumpalo::Bump;
use escape::escaped;

/// Why a body cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is no JSON, or nested deeper than [`MAX_NESTING`].
    Syntax,
    /// It holds more than [`MAX_VALUES`].
    TooMany,
}

/// A place in a body.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    body: &'a str,
    at: usize,
    nesting: usize,
    values: usize,
    /// Holds what cannot be borrowed from the body.
    arena: &'a Bump,
    /// Text with its escapes resolved.
    plain: String,
    has_escape: bool,
}

/// Brackets in brackets.
pub(super) const MAX_NESTING: usize = 127;

/// Elements of lists, and members of objects that are no nodes: what a reader of them allocates is bounded. Documents of the
/// longest body have half as many.
pub(crate) const MAX_VALUES: usize = MAX_BYTES / 16;

impl<'a> Scan<'a> {
    /// At the start of a body.
    pub(super) fn new(body: &'a str, arena: &'a Bump) -> Self {
        Self { body, at: 0, nesting: 0, values: 0, arena, plain: String::new(), has_escape: false }
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    /// The next byte that is no white space.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.body.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                found => return found.copied(),
            }
        }
    }

    /// Reads a value.
    #[inline(always)]
    pub(super) fn json(&mut self) -> Result<Json<'a>, Broken> {
        match self.short() {
            Some(text) => Ok(Json::Text(text)),
            None => self.any_json(),
        }
    }

    fn any_json(&mut self) -> Result<Json<'a>, Broken> {
        if self.peek() == Some(b'"') {
            return self.long().map(Json::Text);
        }
        let from = self.at;
        self.skip()?;
        self.body.get(from..self.at).map(Json::Raw).ok_or(Broken::Syntax)
    }

    /// Whether the text read last had an escape; one without has no line breaks either.
    pub(super) fn has_escape(&self) -> bool {
        self.has_escape
    }

    /// Reads a list element by element.
    pub(super) fn list(&mut self, mut each: impl FnMut(&mut Self) -> Result<(), Broken>) -> Result<(), Broken> {
        self.enter(b'[')?;
        if self.peek() == Some(b']') {
            return self.leave();
        }
        loop {
            self.count()?;
            each(self)?;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => return self.leave(),
                _ => return Err(Broken::Syntax),
            }
        }
    }

    /// Reads an object member by member; each is at its value.
    pub(super) fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, Name<'a>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        self.enter(b'{')?;
        if self.peek() == Some(b'}') {
            return self.leave();
        }
        let name = self.name()?;
        each(self, name)?;
        self.other_members(each)
    }

    /// Reads the members of an object that follow one.
    pub(super) fn other_members(
        &mut self,
        mut each: impl FnMut(&mut Self, Name<'a>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        loop {
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => return self.leave(),
                _ => return Err(Broken::Syntax),
            }
            let name = self.name()?;
            each(self, name)?;
        }
    }

    /// Goes behind the start of a node as printers write it, when it is a start that most nodes have.
    pub(super) fn usual_start(&mut self) -> Option<Start> {
        let words = self.body.as_bytes().get(self.at..)?.first_chunk::<32>()?.as_chunks::<8>().0;
        let [first, second, third, fourth] = words else { return None };
        if *first != *b"{\"type\":" || self.nesting >= MAX_NESTING {
            return None;
        }
        let (start, length) = match (second, third, fourth) {
            (b"\"text\",\"", [b't', b'e', b'x', b't', b'"', b':', ..], _) => (Start::Text, 22),
            (b"\"paragra", b"ph\",\"con", [b't', b'e', b'n', b't', b'"', b':', ..]) => (Start::Paragraph, 30),
            _ => return None,
        };
        self.nesting += 1;
        self.at += length;
        Some(start)
    }

    /// Whether the object ends here; goes behind it then.
    pub(super) fn ends(&mut self) -> bool {
        let ends = self.body.as_bytes().get(self.at) == Some(&b'}');
        if ends {
            self.nesting -= 1;
            self.at += 1;
        }
        ends
    }

    /// Counts a value.
    pub(super) fn count(&mut self) -> Result<(), Broken> {
        self.values += 1;
        if self.values > MAX_VALUES { Err(Broken::TooMany) } else { Ok(()) }
    }

    /// Keeps text that is not of the body.
    pub(super) fn keep(&self, text: &str) -> &'a str {
        self.arena.alloc_str(text)
    }

    /// Keeps members.
    pub(super) fn keep_members(&self, members: &[Member<'a>]) -> &'a [Member<'a>] {
        if members.is_empty() { &[] } else { self.arena.alloc_slice_copy(members) }
    }

    fn enter(&mut self, bracket: u8) -> Result<(), Broken> {
        self.nesting += 1;
        if self.peek() != Some(bracket) || self.nesting > MAX_NESTING {
            return Err(Broken::Syntax);
        }
        self.at += 1;
        Ok(())
    }

    fn leave(&mut self) -> Result<(), Broken> {
        self.nesting -= 1;
        self.at += 1;
        Ok(())
    }

    /// Reads a name that most nodes have, and the colon behind it.
    fn known_name(&mut self) -> Option<Name<'a>> {
        let [rest @ .., last, colon] = self.body.as_bytes().get(self.at..)?.first_chunk::<10>()?;
        let word = u64::from_le_bytes(*rest);
        let (name, length) = match (word & SEVEN, word) {
            (TYPE, _) => (Name::Type, 7),
            (TEXT, _) => (Name::Text, 7),
            (_, ATTRS) => (Name::Attrs, 8),
            (_, MARKS) => (Name::Marks, 8),
            (_, CONTENT) if [*last, *colon] == *b"\":" => (Name::Content, 10),
            _ => return None,
        };
        self.at += length;
        Some(name)
    }

    /// Reads a name, and the colon behind it.
    #[inline(always)]
    fn name(&mut self) -> Result<Name<'a>, Broken> {
        match self.known_name() {
            Some(name) => Ok(name),
            None => self.any_name(),
        }
    }

    fn any_name(&mut self) -> Result<Name<'a>, Broken> {
        self.peek();
        let name = self.text()?;
        if self.peek() != Some(b':') {
            return Err(Broken::Syntax);
        }
        self.at += 1;
        Ok(match name {
            "type" => Name::Type,
            "text" => Name::Text,
            "attrs" => Name::Attrs,
            "marks" => Name::Marks,
            "content" => Name::Content,
            name => Name::Other(name),
        })
    }

    /// Reads text.
    #[inline(always)]
    fn text(&mut self) -> Result<&'a str, Broken> {
        match self.short() {
            Some(text) => Ok(text),
            None => self.long(),
        }
    }

    /// Reads text of a few bytes without an escape, as most is.
    #[inline(always)]
    fn short(&mut self) -> Option<&'a str> {
        let [b'"', part @ ..] = self.body.as_bytes().get(self.at..)?.first_chunk::<17>()? else { return None };
        let length = ENDS.first_of(part).filter(|at| part.get(*at) == Some(&b'"'))?;
        let from = self.at + 1;
        self.at = from + length + 1;
        self.has_escape = false;
        self.body.get(from..from + length)
    }

    /// Reads any text.
    fn long(&mut self) -> Result<&'a str, Broken> {
        let (raw, escape) = self.raw()?;
        match escape {
            None => Ok(raw),
            Some(at) => {
                self.resolve(raw, at)?;
                Ok(self.arena.alloc_str(&self.plain))
            }
        }
    }

    /// What stands between quotation marks, and where its first escape is.
    fn raw(&mut self) -> Result<(&'a str, Option<usize>), Broken> {
        let bytes = self.body.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return Err(Broken::Syntax);
        }
        let from = self.at + 1;
        let (mut at, mut escape) = (from, None);
        loop {
            at += bytes.get(at..).and_then(|rest| ENDS.first(rest)).ok_or(Broken::Syntax)?;
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escape = escape.or(Some(at - from));
                    at += 2;
                }
                Some(_) | None => return Err(Broken::Syntax),
            }
        }
        self.at = at + 1;
        self.has_escape = escape.is_some();
        Ok((self.body.get(from..at).ok_or(Broken::Syntax)?, escape))
    }

    /// Makes [`Self::plain`] of a text with escapes, of which the first is here.
    fn resolve(&mut self, raw: &str, first: usize) -> Result<(), Broken> {
        self.plain.clear();
        let (mut rest, mut next) = (raw, Some(first));
        while let Some(at) = next {
            let (before, escape) = rest.split_at_checked(at).ok_or(Broken::Syntax)?;
            let (c, length) = escaped(escape).ok_or(Broken::Syntax)?;
            self.plain.push_str(before);
            self.plain.push(c);
            rest = escape.get(length..).ok_or(Broken::Syntax)?;
            next = memchr::memchr(b'\\', rest.as_bytes());
        }
        self.plain.push_str(rest);
        Ok(())
    }

    /// Goes behind a value.
    fn skip(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Some(b'"') => match self.raw()? {
                (_, None) => Ok(()),
                (raw, Some(at)) => self.resolve(raw, at),
            },
            Some(b'{') => self.members(|scan, _| {
                scan.count()?;
                scan.skip()
            }),
            Some(b'[') => self.list(Self::skip),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(_) => self.number(),
            None => Err(Broken::Syntax),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Broken> {
        let is_there = self.body.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes()));
        self.at += word.len();
        if is_there { Ok(()) } else { Err(Broken::Syntax) }
    }

    fn number(&mut self) -> Result<(), Broken> {
        let rest = self.body.get(self.at..).unwrap_or_default();
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let raw = rest.get(..rest.bytes().take_while(|byte| is_part(byte)).count()).unwrap_or_default();
        self.at += raw.len();
        let is_short = raw.len() <= 9 && !raw.starts_with('0') && raw.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = !raw.is_empty() && (is_short || serde_json::from_str::<serde_json::Number>(raw).is_ok());
        if is_number { Ok(()) } else { Err(Broken::Syntax) }
    }
}

/// How a node starts: with its type, then the name of this member, at the value of which the scan is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Start {
    /// A text, its `text`.
    Text,
    /// A paragraph, its `content`.
    Paragraph,
}

/// The name of a member.
#[derive(Debug, Clone, Copy)]
pub(super) enum Name<'a> {
    Type,
    Text,
    Attrs,
    Marks,
    Content,
    Other(&'a str),
}

impl<'a> Name<'a> {
    pub(super) fn as_str(self) -> &'a str {
        match self {
            Self::Type => "type",
            Self::Text => "text",
            Self::Attrs => "attrs",
            Self::Marks => "marks",
            Self::Content => "content",
            Self::Other(name) => name,
        }
    }
}

/// The bytes of a word that a name of four letters takes with its quotation marks and colon.
const SEVEN: u64 = u64::MAX >> 8;
const TYPE: u64 = u64::from_le_bytes(*b"\"type\":\0");
const TEXT: u64 = u64::from_le_bytes(*b"\"text\":\0");
const ATTRS: u64 = u64::from_le_bytes(*b"\"attrs\":");
const MARKS: u64 = u64::from_le_bytes(*b"\"marks\":");
const CONTENT: u64 = u64::from_le_bytes(*b"\"content");

/// What ends plain text: quotation mark, backslash, control characters.
const ENDS: Ends = Ends { below: 0x20, one: b'"', other: b'\\' };

#[cfg(test)]
mod tests;
