//! Where the nodes of an ADF document lie in its JSON text.
//!
//! No parser: it walks text that the content room has already accepted as JSON, and gives up on anything odd.

use super::page::is_space;
use std::ops::Range;

/// The `content` array of a document.
#[derive(Debug)]
pub(crate) struct Content {
    /// Between the brackets.
    pub(crate) inside: Range<usize>,
    /// Its elements.
    pub(crate) elements: Vec<Range<usize>>,
}

/// Finds the `content` of the object; `None` when it has none, two, or one that is no array.
pub(crate) fn content(body: &str) -> Option<Content> {
    let mut walker = Walker { body, at: 0 };
    let mut found = None;
    walker.expect(b'{')?;
    while !walker.take(b'}') {
        let key = walker.value()?;
        walker.expect(b':')?;
        let value = walker.value()?;
        if serde_json::from_str::<String>(body.get(key)?).ok()? == "content" && found.replace(value).is_some() {
            return None;
        }
        walker.take(b',');
    }
    let array = found?;
    let mut inner = Walker { body: body.get(..array.end)?, at: array.start };
    inner.expect(b'[')?;
    let mut elements = Vec::new();
    while !inner.take(b']') {
        elements.push(inner.value()?);
        inner.take(b',');
    }
    Some(Content { inside: array.start + 1..array.end - 1, elements })
}

/// Whether the text is one JSON object and nothing else, not even space around it.
pub(crate) fn is_one_object(text: &str) -> bool {
    text.starts_with('{') && text.ends_with('}') && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

struct Walker<'a> {
    body: &'a str,
    at: usize,
}

impl Walker<'_> {
    fn peek(&self) -> Option<u8> {
        self.body.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| is_space(char::from(byte))) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.take(byte).then_some(())
    }

    /// Passes one value.
    fn value(&mut self) -> Option<Range<usize>> {
        self.skip_space();
        let start = self.at;
        let mut depth = 0usize;
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' if depth > 0 => {
                    depth -= 1;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b'}' | b']' | b',' | b':' => return None,
                byte if is_space(char::from(byte)) => self.at += 1,
                _ => self.scalar()?,
            }
            if depth == 0 {
                return Some(start..self.at);
            }
        }
    }

    /// Passes a number or a literal; there must be one.
    fn scalar(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'\\' => self.at += 2,
                b'"' => break,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{content, is_one_object};

    fn check(body: &str, expected: Option<&[&str]>) {
        let found =
            content(body).map(|found| found.elements.into_iter().map(|at| body.get(at).unwrap()).collect::<Vec<_>>());
        assert_eq!(found.as_deref(), expected, "{body}");
    }

    #[test]
    fn finds_the_nodes_of_a_document() {
        check(r#"{"content":[]}"#, Some(&[]));
        check(
            r#" { "version" : 1 , "content" : [ {"a":[1,2]} , {"b":"]}\"" } ] , "type":"doc" } "#,
            Some(&[r#"{"a":[1,2]}"#, r#"{"b":"]}\"" }"#]),
        );
        check(r#"{"\u0063ontent":[1,null]}"#, Some(&["1", "null"]));
    }

    #[test]
    fn gives_up_on_anything_else() {
        for body in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"content":1}"#,
            r#"{"content":[],"content":[]}"#,
            r#"{"content":["#,
            "{]",
            "nul",
            r#"{"content":[#]}"#,
            "{é}",
        ] {
            check(body, None);
        }
        for cut in 0..40 {
            let body = r#"{"type":"doc","content":[{"a":"\"é"},{}]}"#;
            let _ = body.get(..cut).map(content);
        }
    }

    #[test]
    fn accepts_one_object_only() {
        assert!(is_one_object(r#"{"a":1}"#));
        for bad in ["", "{}{}", "{},{}", " {}", "{} ", "[]", "{", "1", "{}]}"] {
            assert!(!is_one_object(bad), "{bad}");
        }
    }
}
