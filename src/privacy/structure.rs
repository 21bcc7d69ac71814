//! The texts inside a body: which parts of ADF and storage format are read, and where they stand in the source.
//! It changes nothing; positions let the masker replace text in place, so everything else stays byte for byte.
//!
//! Read: every text and every attribute a person can write (links, titles, alternative texts, macro parameters), code blocks
//! and comments included, because secrets live there. Left: names, types and ids that the product itself writes.

use super::finding::Finding;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;

/// The format of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Plain text or Markdown.
    Text,
    /// Atlassian Document Format, as JSON text.
    Adf,
    /// Confluence storage format.
    Storage,
}

/// The body is not of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

/// A text inside a body, decoded.
pub(super) struct Segment<'a> {
    pub(super) text: Cow<'a, str>,
    start: usize,
    /// For each byte of the decoded text, and one past its end, where its character begins in the body; `None` when nothing was encoded.
    origins: Option<Vec<usize>>,
}

impl<'a> Segment<'a> {
    /// A whole text.
    pub(super) const fn plain(text: &'a str) -> Segment<'a> {
        Segment { text: Cow::Borrowed(text), start: 0, origins: None }
    }

    /// A finding in this text as one in the body.
    pub(super) fn locate(&self, finding: Finding) -> Finding {
        let place = |at: usize| {
            self.origins.as_ref().map_or(self.start + at, |origins| origins.get(at).copied().unwrap_or_default())
        };
        Finding { start: place(finding.start), end: place(finding.end), ..finding }
    }

    /// A part of a body in which `decode` reads one encoded character at a time: what it stands for and its length, or `None` for a plain one.
    fn decoded(body: &'a str, start: usize, end: usize, decode: fn(&str) -> Option<(char, usize)>) -> Segment<'a> {
        let raw = body.get(start..end).unwrap_or_default();
        if !raw.contains(['\\', '&']) {
            return Segment { text: Cow::Borrowed(raw), start, origins: None };
        }
        let (mut text, mut origins, mut at) = (String::with_capacity(raw.len()), Vec::with_capacity(raw.len() + 1), 0);
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let plain = rest.chars().next().map(|c| (c, c.len_utf8()));
            let Some((character, length)) = decode(rest).or(plain) else { break };
            text.push(character);
            origins.resize(text.len(), start + at);
            at += length;
        }
        origins.push(start + raw.len());
        Segment { text: Cow::Owned(text), start, origins: Some(origins) }
    }
}

/// The texts of a body in order.
pub(super) fn segments(format: Body, body: &str) -> Result<Vec<Segment<'_>>, Malformed> {
    match format {
        Body::Text => Ok(vec![Segment::plain(body)]),
        Body::Adf => adf(body),
        Body::Storage => storage(body),
    }
}

fn adf(body: &str) -> Result<Vec<Segment<'_>>, Malformed> {
    serde_json::from_str::<serde::de::IgnoredAny>(body).map_err(|_| Malformed)?;
    let bytes = body.as_bytes();
    let (mut segments, mut at, mut key) = (Vec::new(), 0, None);
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => {
                let start = at;
                at = string_end(bytes, at);
                let follows = bytes.iter().skip(at + 1).find(|byte| !byte.is_ascii_whitespace());
                if follows == Some(&b':') {
                    key = body.get(start..at);
                } else {
                    let is_ours = key.is_some_and(|key| PRODUCT_KEYS.contains(&key));
                    segments.extend((!is_ours).then(|| Segment::decoded(body, start, at, json_escape)));
                    key = None;
                }
                at += 1;
            }
            // The strings of a list, and what follows an object, have no key.
            b'[' | b'{' | b'}' => key = None,
            _ => {}
        }
    }
    Ok(segments)
}

/// The closing quotation mark of a JSON string.
fn string_end(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') | None => return at,
            Some(_) => at += 1,
        }
    }
}

/// RFC 8259 section 7.
fn json_escape(rest: &str) -> Option<(char, usize)> {
    let escape = rest.strip_prefix('\\')?;
    match escape.chars().next()? {
        'n' => Some(('\n', 2)),
        't' => Some(('\t', 2)),
        'r' => Some(('\r', 2)),
        'b' => Some(('\u{8}', 2)),
        'f' => Some(('\u{c}', 2)),
        'u' => {
            let unit = |text: &str| text.get(..4).and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let first = unit(escape.get(1..)?)?;
            if let Some(character) = char::from_u32(first) {
                return Some((character, 6));
            }
            let second = unit(escape.get(5..)?.strip_prefix("\\u")?)?;
            let pair = 0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff);
            Some((char::from_u32(pair)?, 12))
        }
        same => Some((same, 1 + same.len_utf8())),
    }
}

fn storage(body: &str) -> Result<Vec<Segment<'_>>, Malformed> {
    // The reader drops a byte order mark without counting it; every position would be three bytes short.
    let counted = body.trim_start_matches('\u{feff}');
    let marks = body.len() - counted.len();
    let mut reader = Reader::from_str(counted);
    reader.config_mut().check_end_names = true;
    let (mut segments, mut text_from, mut depth, mut end) = (Vec::new(), 0usize, 0usize, marks);
    loop {
        let start = end;
        let event = reader.read_event().map_err(|_| Malformed)?;
        end = marks + usize::try_from(reader.buffer_position()).map_err(|_| Malformed)?;
        if matches!(event, Event::Text(_) | Event::GeneralRef(_)) {
            continue;
        }
        segments.extend((text_from < start).then(|| Segment::decoded(body, text_from, start, entity)));
        text_from = end;
        match event {
            Event::Eof => return if depth == 0 { Ok(segments) } else { Err(Malformed) },
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.checked_sub(1).ok_or(Malformed)?,
            Event::CData(_) | Event::Comment(_) | Event::PI(_) => {
                segments.push(Segment {
                    text: Cow::Borrowed(body.get(start..end).unwrap_or_default()),
                    start,
                    origins: None,
                });
            }
            _ => {}
        }
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            attributes(body, start, end, &mut segments);
        }
    }
}

/// The attribute values of one tag.
fn attributes<'a>(body: &'a str, start: usize, end: usize, segments: &mut Vec<Segment<'a>>) {
    let mut at = start;
    while let Some((equals, quote)) = body.get(at..end).and_then(next_value) {
        let name = body
            .get(at..at + equals)
            .unwrap_or_default()
            .trim_end()
            .rsplit(|c: char| c.is_whitespace())
            .next()
            .unwrap_or_default();
        let from = at + quote + 1;
        let mark = body.as_bytes().get(at + quote).copied().unwrap_or(b'"');
        let Some(length) = body.get(from..end).and_then(|rest| rest.find(char::from(mark))) else { return };
        if !PRODUCT_ATTRIBUTES.contains(&name) {
            segments.push(Segment::decoded(body, from, from + length, entity));
        }
        at = from + length + 1;
    }
}

/// The places of the next equals sign and of the quotation mark after it.
fn next_value(tag: &str) -> Option<(usize, usize)> {
    let equals = tag.find('=')?;
    let blank = tag.get(equals + 1..)?.find(['"', '\''])?;
    Some((equals, equals + 1 + blank))
}

/// XML 1.0 4.1 and 4.6, and the HTML names that storage format uses.
fn entity(rest: &str) -> Option<(char, usize)> {
    let (name, _) = rest.strip_prefix('&')?.split_once(';').filter(|(name, _)| name.len() < 12)?;
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = number
                .strip_prefix(['x', 'X'])
                .map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
            code.and_then(char::from_u32)?
        }
        None => ENTITIES.iter().find(|entity| entity.0 == name)?.1,
    };
    Some((character, name.len() + 2))
}

const ENTITIES: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("oacute", 'ó'),
    ("ograve", 'ò'),
    ("ocirc", 'ô'),
    ("iacute", 'í'),
    ("uacute", 'ú'),
    ("ccedil", 'ç'),
    ("ntilde", 'ñ'),
    ("aring", 'å'),
    ("oslash", 'ø'),
    ("aelig", 'æ'),
    ("rsquo", '’'),
    ("lsquo", '‘'),
    ("rdquo", '”'),
    ("ldquo", '“'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("shy", '\u{ad}'),
];

/// Keys of ADF whose values the editor writes.
const PRODUCT_KEYS: &[&str] = &[
    "type",
    "id",
    "localId",
    "collection",
    "shortName",
    "color",
    "layout",
    "accessLevel",
    "userType",
    "timestamp",
    "extensionKey",
    "extensionType",
    "panelType",
    "panelColor",
    "panelIcon",
    "language",
    "macroId",
    "schemaVersion",
];
const PRODUCT_ATTRIBUTES: &[&str] = &[
    "ac:name",
    "ac:macro-id",
    "ac:schema-version",
    "ac:local-id",
    "local-id",
    "ac:style",
    "ac:width",
    "ac:height",
    "ri:account-id",
    "ri:userkey",
    "ri:content-id",
    "ri:version-at-save",
    "ri:space-key",
    "class",
    "style",
    "id",
    "width",
    "height",
    "colspan",
    "rowspan",
    "datetime",
    "data-layout",
    "ac:breakout-mode",
    "ac:breakout-width",
    "xmlns:ac",
    "xmlns:ri",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(format: Body, body: &str) -> Result<Vec<String>, Malformed> {
        Ok(segments(format, body)?.into_iter().map(|segment| segment.text.into_owned()).collect())
    }

    #[test]
    fn reads_the_texts_of_adf() {
        let body = r#"{"type":"doc","content":[{"type":"text","text":"a\nä\u00e4\ud83d\ude00","marks":[{"attrs":{"href":"mailto:x"}}]},{"attrs":{"id":"1","text":"@Anna"}}],"x":["l"]}"#;
        assert_eq!(texts(Body::Adf, body), Ok(["a\nää😀", "mailto:x", "@Anna", "l"].map(String::from).to_vec()));
    }

    #[test]
    fn reads_the_texts_of_storage() {
        let body = r#"<p class="x">a &amp; b&nbsp;<a href="mailto:x">y</a></p><ac:plain-text-body><![CDATA[p & q]]></ac:plain-text-body>"#;
        assert_eq!(
            texts(Body::Storage, body),
            Ok(["a & b\u{a0}", "mailto:x", "y", "<![CDATA[p & q]]>"].map(String::from).to_vec())
        );
    }

    #[test]
    fn a_byte_order_mark_moves_nothing() {
        let body = "\u{feff}\u{feff}ab<p t=\"cd\">ef</p>";
        assert_eq!(texts(Body::Storage, body), Ok(["\u{feff}\u{feff}ab", "cd", "ef"].map(String::from).to_vec()));
        let last = segments(Body::Storage, body).unwrap().pop().unwrap();
        let found = last.locate(Finding::new(super::super::Kind::Person, 0..2, 1));
        assert_eq!(body.get(found.start..found.end), Some("ef"));
    }

    #[test]
    fn refuses_what_is_not_of_the_format() {
        for body in ["", "{", "{\"a\":}", "\"a\"x"] {
            assert_eq!(texts(Body::Adf, body), Err(Malformed), "{body}");
        }
        for body in ["<p>", "</p>", "<p></q>", "<p", "<a b=\"", "<![CDATA[x", "<!-- x"] {
            assert_eq!(texts(Body::Storage, body), Err(Malformed), "{body}");
        }
    }

    #[test]
    fn locates_findings_behind_escapes() {
        let body = r#"{"text":"\u00e4\"b\""}"#;
        let all = segments(Body::Adf, body).unwrap();
        let found = all[0].locate(Finding::new(super::super::Kind::Person, 3..4, 1));
        assert_eq!(body.get(found.start..found.end), Some("b"));
    }
}
