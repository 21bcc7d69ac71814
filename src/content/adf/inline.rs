//! ADF nodes to running text.
//! It reads no blocks but those that stand in running text, which [`super::read`] reads.

use super::super::kept::{AdfForm, Childless, Kept, Source, Spelling};
use super::super::tree::{Inline, InlineKind, Mark, MarkKind};
use super::atoms::media;
use super::date::{date_of_millis, millis_of_date};
use super::fields::{Fields, open};
use super::json::Json;
use super::kind::Kind;
use super::macros;
use super::marks;
use super::nodes::{Children, Node};
use super::read::{block, children};
use serde_json::Value;

/// Running text. Blocks that stand in it are kept in their place.
pub(super) fn inlines(nodes: Children<'_>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(nodes.count());
    out.extend(nodes.map(inline));
    out
}

/// One piece of running text.
pub(super) fn inline(node: Node<'_>) -> Inline {
    if node.kind().is_block() {
        let kind = InlineKind::Other { name: String::new(), text: String::new(), blocks: vec![block(node)] };
        let form = AdfForm { name: Spelling::Bare, ..AdfForm::default() };
        return Inline { kind, marks: Vec::new(), kept: Kept::adf(form) };
    }
    let Some(mut fields) = open(node) else {
        return opaque(node);
    };
    let marks: Vec<Mark> = match fields.marks {
        // that it says to have none is kept
        None | Some([]) => Vec::new(),
        Some(all) => {
            fields.marks = None;
            all.iter().map(|mark| marks::mark(node, mark)).collect()
        }
    };
    let name = fields.name;
    let (kind, mut kept) = read(fields);
    if kept.is_canonical() && !are_compatible(&marks) {
        // the canonical form would drop what the schema does not allow
        kept = Kept::adf(AdfForm { name: Spelling::Named(name.to_owned()), ..AdfForm::default() });
    }
    Inline { kind, marks, kept }
}

fn read(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    match fields.kind {
        Kind::Text => text(fields),
        Kind::HardBreak => (InlineKind::Break, fields.keep_leaf("hardBreak")),
        Kind::Mention => mention(fields),
        Kind::Emoji => {
            let short_name = fields.attrs.require("shortName", |v| v.as_str().map(str::to_owned)).unwrap_or_default();
            let text = fields.attrs.read("text", |v| v.as_str().filter(|t| !t.is_empty()).map(str::to_owned));
            (InlineKind::Emoji { short_name, text }, fields.keep_leaf("emoji"))
        }
        Kind::Date => date(fields),
        Kind::Status => {
            let text = fields.attrs.require("text", |v| v.as_str().map(str::to_owned)).unwrap_or_default();
            let color = fields.attrs.text("color");
            (InlineKind::Status { text, color }, fields.keep_leaf("status"))
        }
        Kind::InlineCard => {
            let url = fields.attrs.address();
            (InlineKind::Card { url }, fields.keep_leaf("inlineCard"))
        }
        Kind::Placeholder => {
            let text = fields.attrs.require("text", |v| v.as_str().map(str::to_owned)).unwrap_or_default();
            (InlineKind::Placeholder(text), fields.keep_leaf("placeholder"))
        }
        Kind::MediaInline => {
            let canonical = if fields.attrs.look_text("type") == Some("file") { "mediaInline" } else { "" };
            (InlineKind::Media(media(fields, canonical)), Kept::NONE)
        }
        Kind::InlineExtension => macros::inline(fields),
        _ => other(fields),
    }
}

/// Text. An empty one, which the schema does not allow, is marked as spelled so.
fn text(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    let Some(text) = fields.text.take() else {
        return other(fields);
    };
    let canonical = if text.is_empty() { "" } else { "text" };
    (InlineKind::Text(text.to_owned()), fields.keep_leaf(canonical))
}

/// Whether the schema allows these marks on one text: code stands with links and comments only, no mark twice.
pub(super) fn are_compatible(marks: &[Mark]) -> bool {
    let code = marks.iter().any(|m| m.kind == MarkKind::Code);
    let beside = |m: &Mark| matches!(m.kind, MarkKind::Code | MarkKind::Link { .. } | MarkKind::Annotation(_));
    let twice = marks.iter().enumerate().any(|(i, a)| marks.iter().skip(i + 1).any(|b| a.kind == b.kind));
    !twice && (!code || marks.iter().all(beside))
}

fn mention(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    let id = fields.attrs.require("id", |v| v.as_str().filter(|id| !id.is_empty()).map(str::to_owned));
    let shown = |v: &Json<'_>| v.as_str()?.strip_prefix('@').filter(|t| !t.is_empty()).map(str::to_owned);
    let text = match fields.attrs.read("text", shown) {
        Some(text) => text,
        None => fields.attrs.look_text("text").unwrap_or_default().trim_start_matches('@').to_owned(),
    };
    (InlineKind::Mention { id, text }, fields.keep_leaf("mention"))
}

fn date(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    let exact = fields.attrs.require("timestamp", |v| {
        let millis: i64 = v.as_str()?.parse().ok()?;
        let iso = date_of_millis(millis)?;
        (millis_of_date(&iso).map(|m| m.to_string()).as_deref() == v.as_str()).then_some(iso)
    });
    let iso = exact.unwrap_or_else(|| {
        let written = fields.attrs.look("timestamp");
        let number = written.and_then(|v| v.as_i64().or_else(|| v.as_str()?.trim().parse().ok()));
        let text = || written.and_then(Json::as_str).unwrap_or_default().to_owned();
        number.and_then(date_of_millis).unwrap_or_else(text)
    });
    (InlineKind::Date { iso }, fields.keep_leaf("date"))
}

fn other(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    let name = fields.name.to_owned();
    let text = shown_text(&fields);
    let blocks = children(&mut fields);
    let kept = fields.keep("", Childless::Absent);
    (InlineKind::Other { name, text, blocks }, kept)
}

fn opaque(node: Node<'_>) -> Inline {
    let value = node.to_value();
    let name = node.name().unwrap_or_default().to_owned();
    let kind = InlineKind::Other { name, text: loose_text(&value), blocks: Vec::new() };
    Inline { kind, marks: Vec::new(), kept: Kept(Source::Json(Box::new(value))) }
}

/// The text an unknown node shows: its own, or the first attribute that is meant to be read.
pub(super) fn shown_text(fields: &Fields<'_>) -> String {
    let shown = |name: &&str| fields.attrs.look_text(name).filter(|t| !t.is_empty());
    fields.text.or_else(|| SHOWN.iter().find_map(shown)).unwrap_or_default().to_owned()
}

/// All text in a node where the reader knows only text.
pub(super) fn loose_text_of(node: Node<'_>) -> String {
    match node.text() {
        Some(text) if node.children().is_none() && node.fits() => text.to_owned(),
        _ => loose_text(&node.to_value()),
    }
}

/// All text in a value that is no node the reader knows.
pub(super) fn loose_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(loose_text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" "),
        Value::Object(members) => {
            let read = ["text", "content"].iter().filter_map(|name| members.get(*name));
            read.map(loose_text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => String::new(),
    }
}

/// Attributes that an unknown node shows to a reader.
const SHOWN: &[&str] = &["text", "title", "name", "alt", "url", "shortName"];
