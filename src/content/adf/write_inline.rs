//! Running text to ADF nodes.
//! It prints no blocks but those that stand in running text, which [`super::write`] prints.

use super::super::kept::{AdfForm, Attributes, Childless, Source, Spelling};
use super::super::tree::{Inline, InlineKind, Mark, MarkKind, Media, MediaPlace};
use super::canonical::{Canonical, object};
use super::date::millis_of_date;
use super::inline::are_compatible;
use super::macros;
use super::write::blocks;
use serde_json::{Map, Value, json};

/// The nodes of running text.
pub(super) fn text_nodes(all: &[Inline]) -> Vec<Value> {
    let mut out = Vec::with_capacity(all.len());
    all.iter().for_each(|i| inline(i, &mut out));
    out
}

fn inline(inline: &Inline, out: &mut Vec<Value>) {
    if let Source::Json(value) = &inline.kept.0 {
        out.push(Value::clone(value));
        return;
    }
    let is_adf = inline.kept.adf_form().is_some();
    let node = match &inline.kind {
        InlineKind::Text(text) => {
            if !text.is_empty() || is_adf {
                out.push(text_node(text, inline));
            }
            return;
        }
        InlineKind::Mention { id: None, text } if !is_adf => {
            out.push(text_node(&format!("@{text}"), inline));
            return;
        }
        InlineKind::Media(media)
            if !is_adf && !matches!(media.place, MediaPlace::File { .. }) && media.kept.is_canonical() =>
        {
            picture(media, inline, out);
            return;
        }
        InlineKind::Reference { inlines, .. } if !inlines.is_empty() => {
            out.extend(text_nodes(inlines));
            return;
        }
        InlineKind::Reference { target, .. } => {
            out.extend(Some(target.name()).filter(|n| !n.is_empty()).map(|n| text_node(n, inline)));
            return;
        }
        InlineKind::Other { blocks: inner, .. } if is_adf && inline.kept.is_bare() => {
            out.extend(blocks(inner));
            return;
        }
        InlineKind::Other { .. } if !is_adf => {
            out.extend(Some(inline.plain()).filter(|t| !t.is_empty()).map(|t| text_node(&t, inline)));
            return;
        }
        atom => atom_node(atom),
    };
    let kept = match &inline.kind {
        InlineKind::Media(media) => &media.kept,
        _ => &inline.kept,
    };
    out.push(with_marks(node.node(kept), &inline.marks, inline));
}

fn atom_node(kind: &InlineKind) -> Canonical {
    let leaf = |name| Canonical::new(name, Vec::new(), Childless::Absent);
    let with = |name, attrs: Vec<(&str, Option<Value>)>| {
        let held = attrs.into_iter().filter_map(|(attr, value)| Some((attr.to_owned(), value?)));
        Canonical { attrs: held.collect(), ..leaf(name) }
    };
    match kind {
        InlineKind::Break => leaf("hardBreak"),
        InlineKind::Mention { id, text } => {
            let shown = Some(text).filter(|t| !t.is_empty()).map(|t| json!(format!("@{t}")));
            with("mention", vec![("id", id.as_ref().map(|id| json!(id))), ("text", shown)])
        }
        InlineKind::Emoji { short_name, text } => {
            with("emoji", vec![("shortName", Some(json!(short_name))), ("text", text.as_ref().map(|t| json!(t)))])
        }
        InlineKind::Date { iso } => {
            let millis = millis_of_date(iso).unwrap_or(0);
            with("date", vec![("timestamp", Some(json!(millis.to_string())))])
        }
        InlineKind::Status { text, color } => {
            with("status", vec![("text", Some(json!(text))), ("color", color.as_ref().map(|c| json!(c)))])
        }
        InlineKind::Card { url } => with("inlineCard", vec![("url", url.as_ref().map(|u| json!(u)))]),
        InlineKind::Placeholder(text) => with("placeholder", vec![("text", Some(json!(text)))]),
        InlineKind::Media(media) => Canonical { attrs: media_attrs(media), ..leaf("mediaInline") },
        InlineKind::Macro(found) => {
            let node = Canonical::new("inlineExtension", blocks(&found.blocks), Childless::Absent);
            Canonical { attrs: macros::attrs(found), ..node }
        }
        InlineKind::Other { blocks: inner, .. } => Canonical::new("", blocks(inner), Childless::Absent),
        InlineKind::Text(_) | InlineKind::Reference { .. } => leaf("text"),
    }
}

/// The attributes of a picture or file.
pub(super) fn media_attrs(media: &Media) -> Map<String, Value> {
    let mut out = Map::new();
    let mut put = |name: &str, value: &str| out.insert(name.to_owned(), json!(value));
    match &media.place {
        MediaPlace::File { id, collection } => {
            put("type", "file");
            put("id", id);
            put("collection", collection);
        }
        MediaPlace::Url(url) => {
            put("type", "external");
            put("url", url);
        }
        MediaPlace::Attachment(_) | MediaPlace::Nowhere => {}
    }
    if let Some(alt) = &media.alt {
        put("alt", alt);
    }
    out
}

/// A picture in running text that the media store does not hold: a link, or its name.
fn picture(media: &Media, inline: &Inline, out: &mut Vec<Value>) {
    let name = inline.plain();
    let text = match &media.place {
        MediaPlace::Url(url) => {
            let shown = if name.is_empty() { url } else { &name };
            let mut linked = Inline::link(shown, url);
            linked.marks.extend(inline.marks.iter().filter(|m| !matches!(m.kind, MarkKind::Link { .. })).cloned());
            text_node(shown, &linked)
        }
        MediaPlace::Attachment(_) | MediaPlace::File { .. } | MediaPlace::Nowhere => text_node(&name, inline),
    };
    if !name.is_empty() {
        out.push(text);
    }
}

/// A text node under the marks of a piece of running text.
fn text_node(text: &str, inline: &Inline) -> Value {
    let none = AdfForm::default();
    let form = inline.kept.adf_form().unwrap_or(&none);
    let mut out = Map::new();
    out.insert("type".to_owned(), json!("text"));
    out.insert("text".to_owned(), json!(text));
    if let Attributes::Members(attrs) = &form.attrs {
        out.insert("attrs".to_owned(), object(attrs));
    }
    out.extend(form.rest.clone());
    with_marks(Value::Object(out), &inline.marks, inline)
}

fn with_marks(mut node: Value, marks: &[Mark], inline: &Inline) -> Value {
    let as_spelled = inline.kept.adf_form().is_some() || are_compatible(marks);
    let code = marks.iter().any(|m| m.kind == MarkKind::Code);
    let mut out: Vec<Value> = Vec::new();
    for mark in marks {
        let excluded = code && !matches!(mark.kind, MarkKind::Code | MarkKind::Link { .. } | MarkKind::Annotation(_));
        let Some(value) = mark_node(mark).filter(|v| as_spelled || (!excluded && !out.contains(v))) else {
            continue;
        };
        out.push(value);
    }
    if let Some(members) = node.as_object_mut().filter(|_| !out.is_empty()) {
        members.insert("marks".to_owned(), Value::Array(out));
    }
    node
}

/// A mark as ADF; none where ADF has no such mark.
fn mark_node(mark: &Mark) -> Option<Value> {
    let (name, attrs) = match &mark.kind {
        MarkKind::Strong => ("strong", Value::Null),
        MarkKind::Em => ("em", Value::Null),
        MarkKind::Code => ("code", Value::Null),
        MarkKind::Strike => ("strike", Value::Null),
        MarkKind::Underline => ("underline", Value::Null),
        MarkKind::Sub => ("subsup", json!({ "type": "sub" })),
        MarkKind::Sup => ("subsup", json!({ "type": "sup" })),
        MarkKind::Color(color) => ("textColor", json!({ "color": color })),
        MarkKind::Background(color) => ("backgroundColor", json!({ "color": color })),
        MarkKind::Link { href, title: None } => ("link", json!({ "href": href })),
        MarkKind::Link { href, title: Some(title) } => ("link", json!({ "href": href, "title": title })),
        MarkKind::Annotation(id) => ("annotation", json!({ "id": id, "annotationType": "inlineComment" })),
        MarkKind::Other(_) => ("", Value::Null),
    };
    let none = AdfForm::default();
    let form = mark.kept.adf_form().unwrap_or(&none);
    let name = match &form.name {
        Spelling::Named(name) => name,
        Spelling::Canonical | Spelling::Bare => name,
    };
    if name.is_empty() {
        return None;
    }
    let mut out = Map::new();
    out.insert("type".to_owned(), json!(name));
    let attrs = match &form.attrs {
        Attributes::Members(attrs) => object(attrs),
        Attributes::Absent => Value::Null,
        Attributes::Canonical => attrs,
    };
    if !attrs.is_null() {
        out.insert("attrs".to_owned(), attrs);
    }
    out.extend(form.rest.clone());
    Some(Value::Object(out))
}
