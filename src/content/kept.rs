//! What a node's source format carried beyond the tree's meaning, kept so that printing to that format loses nothing.
//! It has no meaning of its own: other formats ignore it, and comparing documents by meaning drops it first.

use serde_json::Value;

/// The source form of one node, as far as the tree does not say it.
///
/// INVARIANT: it belongs to the node as parsed. Who changes a field of the node (not its children) clears it with
/// [`Kept::clear`], and the node is printed in the canonical form of its kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Kept(pub(crate) Source);

/// Which format the kept form is of.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Source {
    /// Nothing kept: the canonical form is the form.
    #[default]
    Canonical,
    /// Members of an ADF node that the tree does not hold.
    Adf(Box<AdfForm>),
    /// A whole ADF value that is no node the parser can read, as it was.
    Json(Box<Value>),
    /// Source text of a storage-format element with the places of its children.
    Storage(Vec<Piece>),
}

/// What an ADF node carried besides its meaning.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct AdfForm {
    /// The node's type where it is not the canonical one of its kind.
    pub(crate) name: Spelling,
    /// Its attributes, when the tree does not hold every one of them.
    pub(crate) attrs: Attributes,
    /// Members other than `type`, `attrs`, `content`, `text` (and `marks` of inline nodes).
    pub(crate) rest: Vec<(String, Value)>,
    /// How a node without children spelled that.
    pub(crate) content: Childless,
}

/// How the type of an ADF node was spelled.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Spelling {
    /// As the canonical printer does.
    #[default]
    Canonical,
    /// There was no node: its children stood in the parent.
    Bare,
    /// By this type.
    Named(String),
}

/// The attributes of an ADF node.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Attributes {
    /// Just those the canonical printer gives it.
    #[default]
    Canonical,
    /// It has no such member, which the canonical form has.
    Absent,
    /// These, in order.
    Members(Vec<(String, Value)>),
}

/// How a node without children was spelled in ADF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Childless {
    /// As the canonical printer does for this kind.
    #[default]
    Canonical,
    /// No `content` member.
    Absent,
    /// `content: []`.
    Empty,
}

/// One part of the source text of a storage-format element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Source text as it was.
    Raw(String),
    /// The next so many children.
    Children(usize),
    /// All children that are left.
    Rest,
}

impl Kept {
    /// Nothing kept.
    pub(crate) const NONE: Self = Self(Source::Canonical);

    /// Forgets the source form: the node is printed in its canonical form from now on.
    pub fn clear(&mut self) {
        self.0 = Source::Canonical;
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_canonical(&self) -> bool {
        matches!(self.0, Source::Canonical)
    }

    pub(crate) fn adf(form: AdfForm) -> Self {
        if form == AdfForm::default() { Self::NONE } else { Self(Source::Adf(Box::new(form))) }
    }

    pub(crate) fn pieces(&self) -> Option<&[Piece]> {
        match &self.0 {
            Source::Storage(pieces) => Some(pieces),
            Source::Canonical | Source::Adf(_) | Source::Json(_) => None,
        }
    }

    pub(crate) fn adf_form(&self) -> Option<&AdfForm> {
        match &self.0 {
            Source::Adf(form) => Some(form),
            Source::Canonical | Source::Storage(_) | Source::Json(_) => None,
        }
    }

    /// What the source itself calls the node: in ADF its `localId`, in storage format its `local-id`; else the id of its macro.
    pub(crate) fn id(&self) -> Option<&str> {
        match &self.0 {
            Source::Adf(form) => match &form.attrs {
                Attributes::Members(members) => {
                    let of = |name| members.iter().rfind(|(member, _)| member == name).map(|(_, value)| value);
                    let local = of("localId").and_then(Value::as_str).filter(|id| !id.is_empty());
                    local.or_else(|| macro_id(of("parameters")?))
                }
                Attributes::Canonical | Attributes::Absent => None,
            },
            Source::Json(value) => {
                let attrs = value.get("attrs")?;
                let local = attrs.get("localId").and_then(Value::as_str).filter(|id| !id.is_empty());
                local.or_else(|| macro_id(attrs.get("parameters")?))
            }
            Source::Storage(pieces) => match pieces.first()? {
                Piece::Raw(text) => id_of(text),
                Piece::Children(_) | Piece::Rest => None,
            },
            Source::Canonical => None,
        }
    }

    /// Whether the node had no element or node of its own in its source: its children stood in the parent.
    pub(crate) fn is_bare(&self) -> bool {
        match &self.0 {
            Source::Adf(form) => form.name == Spelling::Bare,
            Source::Storage(pieces) => !pieces.iter().any(|p| matches!(p, Piece::Raw(_))),
            Source::Canonical | Source::Json(_) => false,
        }
    }
}

/// The id that the parameters of an ADF extension give its macro.
pub(crate) fn macro_id(parameters: &Value) -> Option<&str> {
    parameters.pointer("/macroMetadata/macroId/value").and_then(Value::as_str).filter(|id| !id.is_empty())
}

/// The id of the element that this source text opens.
fn id_of(text: &str) -> Option<&str> {
    let open = text.strip_prefix('<')?;
    let (name, _) = open.split_once(|c: char| c.is_whitespace() || c == '>')?;
    if name == "ac:adf-extension" {
        let (_, behind) = text.split_once("<ac:adf-attribute key=\"local-id\">")?;
        return behind.split_once('<').map(|(id, _)| id).filter(|id| is_id(id));
    }
    let find = |wanted: &[&str]| attributes(open).find(|(name, id)| wanted.contains(name) && is_id(id));
    find(&["local-id", "ac:local-id"]).or_else(|| find(&["ac:macro-id"])).map(|(_, id)| id)
}

/// Ids are written without entities.
fn is_id(text: &str) -> bool {
    !text.is_empty() && !text.contains('&')
}

/// The attributes of an element, of which this follows the first sign.
fn attributes(open: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = open.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    std::iter::from_fn(move || {
        let (name, behind) = rest.split_once('=').filter(|(name, _)| !name.contains('>'))?;
        let behind = behind.trim_start();
        let quote = behind.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
        let (value, after) = behind.get(1..)?.split_once(quote)?;
        rest = after;
        Some((name.trim(), value))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Format, parse};

    #[test]
    fn knows_what_a_source_calls_its_blocks() {
        let check = |format: Format, body: &str, expected: Option<&str>| {
            let document = parse(format, body).unwrap();
            assert_eq!(document.blocks.first().and_then(|block| block.kept.id()), expected, "{body}");
        };
        for (body, id) in [
            ("<p>a</p>", None),
            ("<p local-id=\"one\">a</p>", Some("one")),
            ("<p title='a > b' local-id = 'one'>local-id=\"two\"</p>", Some("one")),
            ("<p title=\"local-id=&quot;two&quot;\">a</p>", None),
            ("<p local-id=\"\">a</p>", None),
            ("<table ac:local-id=\"t\" data-layout=\"wide\"><tbody><tr><td>a</td></tr></tbody></table>", Some("t")),
            ("<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"m\" />", Some("m")),
            ("<ac:structured-macro ac:name=\"toc\" ac:macro-id=\"m\" ac:local-id=\"l\" />", Some("l")),
            ("plain <b local-id=\"no\">text</b>", None),
        ] {
            check(Format::Storage, body, id);
        }
        for (node, id) in [
            (r#"{"type":"paragraph","content":[]}"#, None),
            (r#"{"type":"paragraph","attrs":{"localId":"one"},"content":[]}"#, Some("one")),
            (r#"{"type":"taskList","attrs":{"localId":""},"content":[]}"#, None),
            (r#"{"type":"taskList","attrs":{"localId":"t"},"content":[]}"#, Some("t")),
            (r#"{"type":"paragraph","attrs":{"localId":7},"content":[]}"#, None),
            (r#"{"type":"never","attrs":{"localId":"n"}}"#, Some("n")),
            (
                r#"{"type":"extension","attrs":{"extensionKey":"toc","extensionType":"x","parameters":{"macroMetadata":{"macroId":{"value":"m"}}}}}"#,
                Some("m"),
            ),
        ] {
            check(Format::Adf, &format!(r#"{{"type":"doc","version":1,"content":[{node}]}}"#), id);
        }
    }
}
