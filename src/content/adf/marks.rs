//! Marks of ADF.
//! It drops none: a mark without a kind keeps its name and attributes.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::super::tree::{Mark, MarkKind};
use super::attrs::Attrs;
use super::json::{Json, owned};
use super::nodes::{self, Node};

/// One mark of a node.
pub(super) fn mark<'a>(node: Node<'_, 'a>, mark: &nodes::Mark<'a>) -> Mark {
    let name = mark.name();
    let mut attrs = Attrs::new(node.attrs_of(mark));
    let known = kind(name, &mut attrs);
    let spelling = if known.is_some() { Spelling::Canonical } else { Spelling::Named(name.to_owned()) };
    let (attrs, rest) = (attrs.keep(), owned(mark.rest()));
    let form = AdfForm { name: spelling, attrs, rest, content: Childless::Canonical };
    Mark { kind: known.unwrap_or_else(|| MarkKind::Other(name.to_owned())), run: false, kept: Kept::adf(form) }
}

fn kind(name: &str, attrs: &mut Attrs<'_, '_>) -> Option<MarkKind> {
    let own = |v: &Json<'_>| v.as_str().map(str::to_owned);
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
