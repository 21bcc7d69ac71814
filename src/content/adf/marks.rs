//! Marks of ADF.
//! It drops none: a mark without a kind keeps its name and attributes.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::super::tree::{Mark, MarkKind};
use super::attrs::Attrs;
use serde_json::{Map, Value};

/// One mark.
pub(super) fn mark(value: Value) -> Mark {
    let (mut name, mut attrs, mut rest) = (String::new(), None, Map::new());
    if let Value::Object(members) = value {
        for (member, value) in members {
            match (member.as_str(), value) {
                ("type", Value::String(text)) => name = text,
                ("attrs", Value::Object(members)) => attrs = Some(members),
                (_, value) => {
                    rest.insert(member, value);
                }
            }
        }
    }
    let mut attrs = Attrs::new(attrs);
    let known = kind(&name, &mut attrs);
    let spelling = if known.is_some() { Spelling::Canonical } else { Spelling::Named(name.clone()) };
    let form = AdfForm { name: spelling, attrs: attrs.keep(), rest, content: Childless::Canonical };
    Mark { kind: known.unwrap_or(MarkKind::Other(name)), run: false, kept: Kept::adf(form) }
}

fn kind(name: &str, attrs: &mut Attrs) -> Option<MarkKind> {
    let own = |v: &Value| v.as_str().map(str::to_owned);
    Some(match name {
        "strong" => MarkKind::Strong,
        "em" => MarkKind::Em,
        "code" => MarkKind::Code,
        "strike" => MarkKind::Strike,
        "underline" => MarkKind::Underline,
        "subsup" => match attrs.look_text("type") {
            Some("sub") => {
                attrs.expect("type", "sub");
                MarkKind::Sub
            }
            Some("sup") => {
                attrs.expect("type", "sup");
                MarkKind::Sup
            }
            Some(_) | None => return None,
        },
        "textColor" => MarkKind::Color(attrs.require("color", own)?),
        "backgroundColor" => MarkKind::Background(attrs.require("color", own)?),
        "link" => {
            let href = attrs.require("href", own)?;
            MarkKind::Link { href, title: attrs.text("title") }
        }
        "annotation" => {
            attrs.expect("annotationType", "inlineComment");
            MarkKind::Annotation(attrs.require("id", own)?)
        }
        _ => return None,
    })
}
