//! Lists of ADF: bullets, numbers, tasks, decisions.
//! A list with anything but its own items in it is kept as an unknown node, with its blocks.

use super::super::kept::{AdfForm, Childless, Kept, Spelling};
use super::super::tree::{Block, BlockKind, Item, ListStyle};
use super::fields::{Fields, open};
use super::json::Json;
use super::kind::Kind;
use super::nodes::Node;
use super::read::{block, children, other, take_all, text_of};

/// A list node.
pub(super) fn list(mut fields: Fields<'_>) -> Block {
    let (style, kinds, name) = match fields.kind {
        Kind::BulletList => (ListStyle::Bullet, &[Kind::ListItem][..], "bulletList"),
        Kind::OrderedList => (ListStyle::Ordered { start: None }, &[Kind::ListItem][..], "orderedList"),
        Kind::TaskList => (ListStyle::Task, &[Kind::TaskItem, Kind::BlockTaskItem, Kind::TaskList][..], "taskList"),
        _ => (ListStyle::Decision, &[Kind::DecisionItem][..], "decisionList"),
    };
    let Some(nodes) = take_all(&mut fields, kinds) else {
        return other(fields);
    };
    let style = match style {
        ListStyle::Ordered { .. } => ListStyle::Ordered { start: start(&mut fields) },
        ListStyle::Task | ListStyle::Decision => {
            fields.attrs.expect("localId", "");
            style
        }
        ListStyle::Bullet => style,
    };
    let mut items = Vec::with_capacity(nodes.count());
    nodes.for_each(|node| item(node, &mut items));
    Block { kind: BlockKind::List { style, items }, kept: fields.keep(name, Childless::Empty) }
}

/// The number a list starts with.
pub(super) fn start(fields: &mut Fields<'_>) -> Option<u64> {
    fields.attrs.read("order", Json::as_u64)
}

fn item(node: Node<'_>, out: &mut Vec<Item>) {
    if node.kind() == Kind::TaskList {
        nested(node, out);
        return;
    }
    let Some(mut fields) = open(node) else { return };
    match fields.kind {
        Kind::TaskItem | Kind::BlockTaskItem => {
            fields.attrs.expect("localId", "");
            let done = is_done(&mut fields);
            let item = if fields.kind == Kind::TaskItem { text_item(fields, "taskItem") } else { block_item(fields) };
            out.push(Item { checked: Some(done), ..item });
        }
        Kind::DecisionItem => {
            fields.attrs.expect("localId", "");
            fields.attrs.expect("state", "DECIDED");
            out.push(text_item(fields, "decisionItem"));
        }
        _ => out.push(block_item(fields)),
    }
}

/// Whether a task is done.
pub(super) fn is_done(fields: &mut Fields<'_>) -> bool {
    let done = fields.attrs.require("state", |v| match v.as_str() {
        Some("DONE") => Some(true),
        Some("TODO") => Some(false),
        Some(_) | None => None,
    });
    done.unwrap_or(false)
}

/// An item whose children are running text.
fn text_item(mut fields: Fields<'_>, name: &str) -> Item {
    let inlines = text_of(&mut fields);
    Item { checked: None, blocks: vec![Block::paragraph(inlines)], kept: fields.keep(name, Childless::Absent) }
}

/// An item whose children are blocks.
fn block_item(mut fields: Fields<'_>) -> Item {
    let blocks = children(&mut fields);
    Item { checked: None, blocks, kept: fields.keep("listItem", Childless::Empty) }
}

/// A list of tasks within one: it belongs to the task before it, or stands for itself.
fn nested(node: Node<'_>, out: &mut Vec<Item>) {
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
