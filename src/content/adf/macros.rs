//! Extensions of ADF, which are macros and apps.
//! It runs none; parameters it cannot read as text are kept with the node.

use super::super::kept::{Childless, Kept};
use super::super::tree::{Block, BlockKind, InlineKind, Macro};
use super::fields::Fields;
use super::json::Json;
use super::read::children;
use serde_json::{Map, Value, json};

/// An extension that stands as a block.
pub(super) fn block(mut fields: Fields<'_>) -> Block {
    let blocks = children(&mut fields);
    let found = read(&mut fields, blocks);
    let name = block_name(&found);
    Block { kind: BlockKind::Macro(found), kept: fields.keep(name, Childless::Absent) }
}

/// An extension that stands in running text.
pub(super) fn inline(mut fields: Fields<'_>) -> (InlineKind, Kept) {
    let blocks = children(&mut fields);
    let found = read(&mut fields, blocks);
    (InlineKind::Macro(found), fields.keep("inlineExtension", Childless::Absent))
}

/// The type a macro that stands as a block is printed with.
pub(super) fn block_name(found: &Macro) -> &'static str {
    if found.blocks.is_empty() { "extension" } else { "bodiedExtension" }
}

fn read(fields: &mut Fields<'_>, blocks: Vec<Block>) -> Macro {
    let name = fields.attrs.look_text("extensionKey").unwrap_or_default().to_owned();
    let text = fields.attrs.look_text("text").unwrap_or_default().to_owned();
    let parameters = fields.attrs.look("parameters").map(parameters).unwrap_or_default();
    let found = Macro { name, parameters, text, blocks };
    let canonical = attrs(&found);
    fields.attrs.settle(&canonical);
    found
}

/// The parameters that are text.
fn parameters(value: &Json<'_>) -> Vec<(String, String)> {
    let Value::Object(mut members) = value.to_value() else {
        return Vec::new();
    };
    if let Some(Value::Object(inner)) = members.get_mut("macroParams") {
        members = core::mem::take(inner);
    }
    let text = |(name, value): (String, Value)| {
        let value = match &value {
            Value::Object(members) => members.get("value").unwrap_or(&value),
            _ => &value,
        };
        value.as_str().map(|text| (name, text.to_owned()))
    };
    members.into_iter().filter_map(text).collect()
}

/// The attributes of a macro in its canonical form: those of a Confluence macro.
pub(super) fn attrs(found: &Macro) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("extensionType".to_owned(), json!(CONFLUENCE_MACRO));
    out.insert("extensionKey".to_owned(), json!(found.name));
    if !found.parameters.is_empty() {
        let of = |(name, value): &(String, String)| (name.clone(), json!({ "value": value }));
        let parameters: Map<String, Value> = found.parameters.iter().map(of).collect();
        out.insert("parameters".to_owned(), json!({ "macroParams": parameters }));
    }
    if !found.text.is_empty() {
        out.insert("text".to_owned(), json!(found.text));
    }
    out
}

const CONFLUENCE_MACRO: &str = "com.atlassian.confluence.macro.core";
