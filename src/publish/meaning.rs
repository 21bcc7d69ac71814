//! What a storage-format block says once everything is taken away that the product itself rewrites when a page is saved.
//!
//! Two blocks with the same meaning were not told apart by a person. When in doubt they differ: attributes the product is
//! not known to write, comments on the text, and every space count.

use crate::content::{self, Format, storage};
use quick_xml::events::{BytesStart, Event};

/// The canonical form of a block's bytes; the bytes themselves when they cannot be read.
pub(crate) fn of(bytes: &str) -> String {
    let mut writer = Writer { out: String::with_capacity(bytes.len()), silent: false };
    let (mut reader, marks) = storage::reader(bytes);
    if marks > 0 {
        writer.part('t', bytes.get(..marks).unwrap_or_default());
    }
    let mut start = marks;
    loop {
        let Ok(event) = reader.read_event() else { return bytes.to_owned() };
        let end =
            usize::try_from(reader.buffer_position()).map_or(usize::MAX, |position| marks.saturating_add(position));
        if matches!(event, Event::Eof) {
            return writer.out;
        }
        writer.event(&event, bytes.get(start..end).unwrap_or_default());
        start = end;
    }
}

struct Writer {
    out: String,
    /// Inside an element whose text the product numbers anew.
    silent: bool,
}

impl Writer {
    fn event(&mut self, event: &Event<'_>, bytes: &str) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::Empty(tag) => {
                self.start(tag);
                self.end(tag.name().as_ref());
            }
            Event::End(tag) => self.end(tag.name().as_ref()),
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) if self.silent => {}
            Event::Text(_) | Event::GeneralRef(_) => self.part('t', &resolved(bytes)),
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {
                self.part('c', bytes)
            }
            Event::Eof => {}
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        let name = tag.name();
        self.silent = NUMBERED.contains(&name.as_ref());
        self.part('<', name.as_ref());
        let attributes = tag.html_attributes().filter_map(Result::ok);
        let mut kept: Vec<(String, String)> = attributes
            .filter(|attribute| !REWRITTEN.contains(&attribute.key.as_ref()))
            .map(|attribute| (attribute.key.as_ref().to_owned(), resolved(&attribute.value)))
            .collect();
        kept.sort_unstable();
        for (key, value) in kept {
            self.part('a', &key);
            self.part('=', &value);
        }
    }

    fn end(&mut self, name: &str) {
        self.silent = false;
        self.part('>', name);
    }

    /// Text runs side by side are one; everything else is set apart by its length.
    fn part(&mut self, kind: char, text: &str) {
        if kind != 't' {
            self.out.push('\0');
            self.out.push(kind);
            self.out.push_str(&text.len().to_string());
            self.out.push('\0');
        }
        self.out.push_str(text);
    }
}

/// The text with its references resolved, by the content room's table.
fn resolved(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let Ok(document) = content::parse(Format::Storage, &format!("<p>.{text}.</p>")) else { return text.to_owned() };
    let read = document.blocks.first().map(content::Block::text).unwrap_or_default();
    let inner = read.strip_prefix('.').and_then(|rest| rest.strip_suffix('.'));
    inner.map_or_else(|| text.to_owned(), str::to_owned)
}

/// Attributes that Confluence writes by itself when it stores a page.
const REWRITTEN: &[&str] =
    &["local-id", "ac:local-id", "ac:macro-id", "ac:schema-version", "ri:version-at-save", "ri:local-id"];
/// Elements whose text Confluence numbers by itself.
const NUMBERED: &[&str] = &["ac:task-id", "ac:task-uuid"];

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn ignores_what_the_product_rewrites() {
        let cases = [
            ("<p>a</p>", r#"<p local-id="1">a</p>"#),
            (r#"<p a="1" b="2">x</p>"#, r#"<p b='2' a='1'>x</p>"#),
            ("<p />", "<p></p>"),
            ("<br/>", "<br />"),
            ("<p>it’s “a” – b</p>", "<p>it&rsquo;s &ldquo;a&rdquo; &ndash; b</p>"),
            ("<p>a&#38;b</p>", "<p>a&amp;b</p>"),
            (r#"<a href="/x?a=1&amp;b">x</a>"#, r#"<a href="/x?a=1&#38;b">x</a>"#),
            ("<ac:task-id>1</ac:task-id>", "<ac:task-id>22</ac:task-id>"),
            (
                r#"<ac:structured-macro ac:name="info" ac:schema-version="1" ac:macro-id="x"/>"#,
                r#"<ac:structured-macro ac:name="info"/>"#,
            ),
        ];
        for (left, right) in cases {
            assert_eq!(of(left), of(right), "{left}");
        }
    }

    #[test]
    fn tells_apart_what_a_person_may_have_changed() {
        let cases = [
            ("<p>a</p>", "<p>b</p>"),
            ("\u{feff}<p>a</p>", "<p>a</p>"),
            ("\u{feff}ab&amp;", "\u{feff}ac&amp;"),
            ("<p>a</p>", "<p>a </p>"),
            ("<p>a</p>", "<h1>a</h1>"),
            ("<p>ab</p>", "<p>a<b></b>b</p>"),
            ("<p>a</p>", r#"<p style="text-align: center;">a</p>"#),
            ("<p>a</p>", r#"<p><ac:inline-comment-marker ac:ref="1">a</ac:inline-comment-marker></p>"#),
            ("<pre>a  b</pre>", "<pre>a b</pre>"),
            ("<![CDATA[a]]>", "a"),
            ("<p>a&nbsp;b</p>", "<p>a b</p>"),
            (r#"<a href="1">x</a>"#, r#"<a href="2">x</a>"#),
            ("<p>&lt;b&gt;</p>", "<p><b></b></p>"),
        ];
        for (left, right) in cases {
            assert_ne!(of(left), of(right), "{left}");
        }
    }

    #[test]
    fn gives_back_what_it_cannot_read() {
        for odd in ["", "<", "<p a", "&", "&nosuch;", "</p>", "<!--"] {
            let _ = of(odd);
        }
        assert_eq!(of("<!-- "), "<!-- ");
    }
}
