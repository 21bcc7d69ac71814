//! Ids of ADF nodes: `attrs.localId`, and the macro's id in the parameters of an extension.
//! Marks have none that is the block's (`fragment` names a place of another page's).
//!
//! Spec: `@atlaskit/adf-schema`, schema of stage 0.

use super::{CELL, Found, Id, Ids, Node};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The nodes of one node's JSON text.
pub(super) fn find(text: &str) -> Found {
    let mut found = Found::default();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        found.roots.extend(node(&value, &mut found.ids));
    }
    found
}

/// The ids of the node itself.
pub(super) fn first(text: &str) -> Vec<Id> {
    #[derive(Deserialize)]
    struct Outer {
        attrs: Option<Map<String, Value>>,
    }
    let attrs = serde_json::from_str::<Outer>(text).ok().and_then(|outer| outer.attrs);
    attrs.map(|attrs| ids(&attrs)).unwrap_or_default()
}

fn node(value: &Value, all: &mut Ids) -> Option<Node> {
    let name = value.get("type")?.as_str()?;
    let none = Map::new();
    let attrs = value.get("attrs").and_then(Value::as_object).unwrap_or(&none);
    let at = all.len();
    all.push(ids(attrs));
    let mut found = Node { kind: kind(name, attrs), text: said(name, value, attrs), children: Vec::new(), at };
    for inner in children(value) {
        if let Some(child) = node(inner, all) {
            found.text.push_str(&child.text);
            found.text.push(' ');
            found.children.push(child);
        }
    }
    Some(found)
}

fn children(value: &Value) -> impl Iterator<Item = &Value> {
    value.get("content").and_then(Value::as_array).into_iter().flatten()
}

fn ids(attrs: &Map<String, Value>) -> Vec<Id> {
    let local = attrs.get(LOCAL).and_then(Value::as_str).and_then(|value| Id::new(LOCAL, value));
    let parameters = attrs.get("parameters").unwrap_or(&Value::Null);
    let found = MACRO.iter().try_fold(parameters, |value, key| value.get(key));
    let of_macro = found.and_then(Value::as_str).and_then(|value| Id::new("macroId", value));
    local.into_iter().chain(of_macro).collect()
}

fn kind(name: &str, attrs: &Map<String, Value>) -> String {
    match name {
        "bulletList" | "orderedList" => "list".to_owned(),
        "tableHeader" | "tableCell" => CELL.to_owned(),
        "expand" | "nestedExpand" => "expand".to_owned(),
        "extension" | "bodiedExtension" | "inlineExtension" => {
            format!("extension {}", attrs.get("extensionKey").and_then(Value::as_str).unwrap_or_default())
        }
        // Another person named is another mention: of these nothing may differ.
        "mention" | "emoji" | "date" | "status" | "inlineCard" | "mediaInline" | "placeholder" => {
            let says = attrs.iter().filter(|(key, _)| *key != LOCAL).map(|(key, value)| format!(" {key} {value}"));
            format!("{name}{}", says.collect::<String>())
        }
        _ => name.to_owned(),
    }
}

fn said(name: &str, value: &Value, attrs: &Map<String, Value>) -> String {
    let text = if name == "text" { value.get("text") } else { attrs.get("text").or_else(|| attrs.get("title")) };
    text.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The same node with these ids; printed anew.
pub(super) fn write(text: &str, ids: &Ids) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    put(&mut value, &mut ids.iter());
    value.to_string()
}

fn put<'a>(value: &mut Value, ids: &mut impl Iterator<Item = &'a Vec<Id>>) {
    let Some(name) = value.get("type").and_then(Value::as_str).map(str::to_owned) else { return };
    let Some(members) = value.as_object_mut() else { return };
    let of = ids.next().map(Vec::as_slice).unwrap_or_default();
    set(&name, members, of);
    for inner in members.get_mut("content").and_then(Value::as_array_mut).into_iter().flatten() {
        put(inner, ids);
    }
}

fn set(name: &str, members: &mut Map<String, Value>, ids: &[Id]) {
    let value = |key: &str| ids.iter().find(|id| id.key == key).map(|id| Value::from(id.value.as_str()));
    let needed = NEEDED.contains(&name).then(|| Value::from(""));
    match (value(LOCAL).or(needed), members.get_mut("attrs").and_then(Value::as_object_mut)) {
        (Some(local), Some(attrs)) => drop(attrs.insert(LOCAL.to_owned(), local)),
        (Some(local), None) => drop(members.insert("attrs".to_owned(), Value::from_iter([(LOCAL, local)]))),
        (None, Some(attrs)) => {
            if attrs.shift_remove(LOCAL).is_some() && attrs.is_empty() {
                members.shift_remove("attrs");
            }
        }
        (None, None) => {}
    }
    let Some(attrs) = members.get_mut("attrs").and_then(Value::as_object_mut) else { return };
    match value("macroId") {
        Some(id) => set_macro(attrs, id),
        None => {
            let metadata = attrs.get_mut("parameters").and_then(|parameters| parameters.get_mut("macroMetadata"));
            metadata.and_then(Value::as_object_mut).map(|metadata| metadata.shift_remove("macroId"));
        }
    }
}

fn set_macro(attrs: &mut Map<String, Value>, id: Value) {
    let mut at = attrs.entry("parameters").or_insert_with(|| Value::Object(Map::new()));
    for key in MACRO {
        // What is there and no object stays: an extension of somebody else's making.
        let Some(members) = at.as_object_mut() else { return };
        at = members.entry(key).or_insert_with(|| Value::Object(Map::new()));
    }
    *at = id;
}

const LOCAL: &str = "localId";
/// Where a macro's id lies in the parameters of its extension.
const MACRO: [&str; 3] = ["macroMetadata", "macroId", "value"];
/// Nodes that are none without a `localId`; an empty one is filled in by the editor.
const NEEDED: [&str; 7] =
    ["taskList", "taskItem", "blockTaskItem", "decisionList", "decisionItem", "syncBlock", "bodiedSyncBlock"];
