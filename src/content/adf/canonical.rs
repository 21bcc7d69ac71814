//! The canonical form of an ADF node, and the node that what is kept of its source makes of it.
//! It knows no kind: [`super::write`] does.

use super::super::kept::{AdfForm, Attributes, Childless, Kept, Spelling};
use serde_json::{Map, Value, json};

/// The canonical form of a node, before what is kept of it.
pub(super) struct Canonical {
    /// Its type.
    pub(super) name: &'static str,
    /// Its attributes.
    pub(super) attrs: Map<String, Value>,
    /// Its children.
    pub(super) content: Vec<Value>,
    /// How it says that it has none.
    pub(super) childless: Childless,
}

impl Canonical {
    pub(super) fn new(name: &'static str, content: Vec<Value>, childless: Childless) -> Self {
        Self { name, attrs: Map::new(), content, childless }
    }

    pub(super) fn with(mut self, attr: &str, value: Value) -> Self {
        self.attrs.insert(attr.to_owned(), value);
        self
    }

    pub(super) fn with_text(self, attr: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(attr, Value::String(value.to_owned())),
            None => self,
        }
    }

    /// The node, with what is kept of it.
    pub(super) fn node(self, kept: &Kept) -> Value {
        let none = AdfForm::default();
        let form = kept.adf_form().unwrap_or(&none);
        let name = match &form.name {
            Spelling::Named(name) => name,
            Spelling::Canonical | Spelling::Bare => self.name,
        };
        let mut out = Map::new();
        out.insert("type".to_owned(), json!(name));
        match &form.attrs {
            Attributes::Members(attrs) => {
                out.insert("attrs".to_owned(), object(attrs));
            }
            Attributes::Canonical if !self.attrs.is_empty() => {
                out.insert("attrs".to_owned(), Value::Object(self.attrs));
            }
            Attributes::Absent | Attributes::Canonical => {}
        }
        let empty = match form.content {
            Childless::Canonical => self.childless,
            said => said,
        };
        if !self.content.is_empty() || empty == Childless::Empty {
            out.insert("content".to_owned(), Value::Array(self.content));
        }
        out.extend(form.rest.iter().cloned());
        Value::Object(out)
    }
}

/// Members that are kept, as an object.
pub(super) fn object(members: &[(String, Value)]) -> Value {
    Value::Object(members.iter().cloned().collect())
}
