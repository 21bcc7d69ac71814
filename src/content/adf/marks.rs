//! Marks of ADF.
//! It drops none: a mark without a kind keeps its name and attributes.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::super::tree::{Mark, MarkKind};
use super::attrs::Attrs;
use super::json::{Json, owned};
use super::nodes::{self, Node};

/// What a mark means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning<'v> {
    Strong,
    Em,
    Code,
    Strike,
    Underline,
    Sub,
    Sup,
    Color(&'v str),
    Background(&'v str),
    Link { href: &'v str, title: Option<&'v str> },
    Annotation(&'v str),
}

/// One mark of a node.
pub(super) fn mark<'n>(node: Node<'n>, mark: &'n nodes::Mark<'n>) -> Mark {
    let name = mark.name();
    let mut attrs = Attrs::new(node.attrs_of(mark));
    let meaning = meaning(name, &mut attrs);
    let spelling = if meaning.is_some() { Spelling::Canonical } else { Spelling::Named(name.to_owned()) };
    let (attrs, rest) = (attrs.keep(), owned(mark.rest()));
    let form = AdfForm { name: spelling, attrs, rest, content: Childless::Canonical };
    let kind = meaning.map_or_else(|| MarkKind::Other(name.to_owned()), MarkKind::from);
    Mark { kind, run: false, kept: Kept::adf(form) }
}

/// What a mark of a node means; none when the tree has no kind for it.
pub(super) fn meaning_of<'n>(node: Node<'n>, mark: &'n nodes::Mark<'n>) -> Option<Meaning<'n>> {
    meaning(mark.name(), &mut Attrs::new(node.attrs_of(mark)))
}

fn meaning<'n>(name: &str, attrs: &mut Attrs<'n>) -> Option<Meaning<'n>> {
    Some(match name {
        "strong" => Meaning::Strong,
        "em" => Meaning::Em,
        "code" => Meaning::Code,
        "strike" => Meaning::Strike,
        "underline" => Meaning::Underline,
        "subsup" => match attrs.look_text("type") {
            Some("sub") => {
                attrs.expect("type", "sub");
                Meaning::Sub
            }
            Some("sup") => {
                attrs.expect("type", "sup");
                Meaning::Sup
            }
            Some(_) | None => return None,
        },
        "textColor" => Meaning::Color(attrs.require("color", Json::as_str)?),
        "backgroundColor" => Meaning::Background(attrs.require("color", Json::as_str)?),
        "link" => {
            let href = attrs.require("href", Json::as_str)?;
            Meaning::Link { href, title: attrs.read("title", Json::as_str) }
        }
        "annotation" => {
            attrs.expect("annotationType", "inlineComment");
            Meaning::Annotation(attrs.require("id", Json::as_str)?)
        }
        _ => return None,
    })
}

impl From<Meaning<'_>> for MarkKind {
    fn from(meaning: Meaning<'_>) -> Self {
        match meaning {
            Meaning::Strong => Self::Strong,
            Meaning::Em => Self::Em,
            Meaning::Code => Self::Code,
            Meaning::Strike => Self::Strike,
            Meaning::Underline => Self::Underline,
            Meaning::Sub => Self::Sub,
            Meaning::Sup => Self::Sup,
            Meaning::Color(color) => Self::Color(color.to_owned()),
            Meaning::Background(color) => Self::Background(color.to_owned()),
            Meaning::Link { href, title } => Self::Link { href: href.to_owned(), title: title.map(str::to_owned) },
            Meaning::Annotation(id) => Self::Annotation(id.to_owned()),
        }
    }
}
