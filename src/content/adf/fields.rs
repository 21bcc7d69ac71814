//! The members of one ADF node, before anything is made of them.
//! It knows no node by name; what is no node at all is handed back as it was.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::attrs::Attrs;
use serde_json::{Map, Value};

/// The members of a node.
#[derive(Debug)]
pub(super) struct Fields {
    /// Its type.
    pub(super) name: String,
    /// Its attributes.
    pub(super) attrs: Attrs,
    /// Its children.
    pub(super) content: Option<Vec<Value>>,
    /// Its text.
    pub(super) text: Option<String>,
    /// Its marks.
    pub(super) marks: Option<Vec<Value>>,
    /// Everything else.
    pub(super) rest: Map<String, Value>,
}

/// Why a value is no node: a member has the wrong type. The value comes back whole.
pub(super) fn open(value: Value) -> Result<Fields, Value> {
    if !is_node(&value) {
        return Err(value);
    }
    let Value::Object(members) = value else {
        return Err(value);
    };
    let mut out = Fields {
        name: String::new(),
        attrs: Attrs::new(None),
        content: None,
        text: None,
        marks: None,
        rest: Map::new(),
    };
    for (member, value) in members {
        match (member.as_str(), value) {
            ("type", Value::String(name)) => out.name = name,
            ("attrs", Value::Object(attrs)) => out.attrs = Attrs::new(Some(attrs)),
            ("content", Value::Array(nodes)) => out.content = Some(nodes),
            ("text", Value::String(text)) => out.text = Some(text),
            ("marks", Value::Array(marks)) => out.marks = Some(marks),
            (_, value) => {
                out.rest.insert(member, value);
            }
        }
    }
    Ok(out)
}

/// Whether every known member has its type.
pub(super) fn is_node(value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    let fits = |(member, value): (&String, &Value)| match member.as_str() {
        "type" | "text" => value.is_string(),
        "attrs" => value.is_object(),
        "content" => value.is_array(),
        "marks" => value.as_array().is_some_and(|all| all.iter().all(is_mark)),
        _ => true,
    };
    members.contains_key("type") && members.iter().all(fits)
}

fn is_mark(value: &Value) -> bool {
    value.get("type").is_some_and(Value::is_string) && value.get("attrs").is_none_or(Value::is_object)
}

impl Fields {
    /// What is kept of a block or item whose children are read: `canonical` is the type its kind is printed with, and
    /// `childless` how that kind is printed without children.
    pub(super) fn keep(self, canonical: &str, childless: Childless) -> Kept {
        let content = match &self.content {
            None => Childless::Absent,
            Some(nodes) if nodes.is_empty() => Childless::Empty,
            Some(_) => childless,
        };
        self.keep_with(canonical, if content == childless { Childless::Canonical } else { content })
    }

    /// What is kept of a node without children in the tree: content it has nevertheless is kept as it was.
    pub(super) fn keep_leaf(mut self, canonical: &str) -> Kept {
        if let Some(nodes) = self.content.take() {
            self.rest.insert("content".to_owned(), Value::Array(nodes));
        }
        self.keep_with(canonical, Childless::Canonical)
    }

    fn keep_with(mut self, canonical: &str, content: Childless) -> Kept {
        if let Some(text) = self.text.take() {
            self.rest.insert("text".to_owned(), Value::String(text));
        }
        if let Some(marks) = self.marks.take() {
            self.rest.insert("marks".to_owned(), Value::Array(marks));
        }
        let name = if self.name == canonical { Spelling::Canonical } else { Spelling::Named(self.name) };
        Kept::adf(AdfForm { name, attrs: self.attrs.keep(), rest: self.rest, content })
    }
}
