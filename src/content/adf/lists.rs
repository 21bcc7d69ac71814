//! Lists of ADF: bullets, numbers, tasks, decisions.
//! A list with anything but its own items in it is kept as an unknown node, with its blocks.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::super::tree::{Block, BlockKind, Item, ListStyle};
use super::fields::{Fields, open};
use super::read::{all_of, block, children, other, text_of};
use serde_json::Value;

/// A list node.
pub(super) fn list(mut fields: Fields) -> Block {
    let (style, items, name) = match fields.name.as_str() {
        "bulletList" => (ListStyle::Bullet, &["listItem"][..], "bulletList"),
        "orderedList" => (ListStyle::Ordered { start: None }, &["listItem"][..], "orderedList"),
        "taskList" => (ListStyle::Task, &["taskItem", "blockTaskItem", "taskList"][..], "taskList"),
        _ => (ListStyle::Decision, &["decisionItem"][..], "decisionList"),
    };
    if !all_of(&fields, items) {
        return other(fields);
    }
    let style = match style {
        ListStyle::Ordered { .. } => ListStyle::Ordered { start: fields.attrs.read("order", Value::as_u64) },
        ListStyle::Task | ListStyle::Decision => {
            fields.attrs.expect("localId", "");
            style
        }
        ListStyle::Bullet => style,
    };
    let nodes = fields.content.replace(vec![Value::Null]).unwrap_or_default();
    let mut items = Vec::with_capacity(nodes.len());
    for node in nodes {
        item(node, &mut items);
    }
    Block { kind: BlockKind::List { style, items }, kept: fields.keep(name, Childless::Empty) }
}

fn item(node: Value, out: &mut Vec<Item>) {
    if node.get("type").and_then(Value::as_str) == Some("taskList") {
        nested(node, out);
        return;
    }
    let Ok(mut fields) = open(node) else { return };
    match fields.name.as_str() {
        "taskItem" | "blockTaskItem" => {
            fields.attrs.expect("localId", "");
            let done = fields.attrs.require("state", |v| match v.as_str() {
                Some("DONE") => Some(true),
                Some("TODO") => Some(false),
                Some(_) | None => None,
            });
            let item = if fields.name == "taskItem" { text_item(fields, "taskItem") } else { block_item(fields) };
            out.push(Item { checked: Some(done.unwrap_or(false)), ..item });
        }
        "decisionItem" => {
            fields.attrs.expect("localId", "");
            fields.attrs.expect("state", "DECIDED");
            out.push(text_item(fields, "decisionItem"));
        }
        _ => out.push(block_item(fields)),
    }
}

/// An item whose children are running text.
fn text_item(fields: Fields, name: &str) -> Item {
    let (inlines, fields) = text_of(fields);
    Item { checked: None, blocks: vec![Block::paragraph(inlines)], kept: fields.keep(name, Childless::Absent) }
}

/// An item whose children are blocks.
fn block_item(mut fields: Fields) -> Item {
    let blocks = children(&mut fields);
    Item { checked: None, blocks, kept: fields.keep("listItem", Childless::Empty) }
}

/// A list of tasks within one: it belongs to the task before it, or stands for itself.
fn nested(node: Value, out: &mut Vec<Item>) {
    let inner = block(node);
    let is_list = matches!(inner.kind, BlockKind::List { .. });
    match out.last_mut() {
        Some(before) if is_list && is_text_task(before) => before.blocks.push(inner),
        _ => {
            let form = AdfForm { name: Spelling::Bare, ..AdfForm::default() };
            out.push(Item { checked: None, blocks: vec![inner], kept: Kept::adf(form) });
        }
    }
}

/// Whether the item is a task of running text, with lists of tasks below it: what `taskItem` can say.
pub(super) fn is_text_task(item: &Item) -> bool {
    let named = item.kept.adf_form().is_none_or(|f| f.name == Spelling::Canonical);
    let Some((Block { kind: BlockKind::Paragraph(_), kept }, below)) = item.blocks.split_first() else {
        return false;
    };
    let is_tasks = |b: &Block| matches!(b.kind, BlockKind::List { style: ListStyle::Task, .. });
    named && (kept.is_canonical() || kept.adf_form().is_none()) && below.iter().all(is_tasks)
}
