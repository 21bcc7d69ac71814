//! Who a block is: the ids by which comments, tasks and links to a place know it, handed on when it is rewritten.
//! It makes no id: what is new has none until the product gives it one.
//!
//! An id (`localId` of ADF; `local-id`, `ac:macro-id` and the numbers of tasks in storage format) names the thing, not its
//! words: an editor keeps it while a person types. So a rewritten block keeps the id of the block it replaces, and what
//! stands in it (items, rows, cells, mentions) keeps those of what it says again.

mod adf;
#[cfg(test)]
pub(super) mod made;
mod storage;

use super::align::{Fate, Keys, Piece, align};
use super::page::Form;
use super::sketch::Sketch;
use std::collections::BTreeSet;

/// One id of one node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Id {
    /// How the format spells it: an attribute, or the start tag of an element that holds it.
    key: String,
    /// As it is written.
    value: String,
}

/// The ids of each element or node of a text, in its order.
type Ids = Vec<Vec<Id>>;

/// A node as far as it can be told apart from another.
#[derive(Debug, Default)]
struct Node {
    /// Nodes of different kinds are different things. Of what stands in running text it says all.
    kind: String,
    text: String,
    children: Vec<Node>,
    /// Its place among the text's elements.
    at: usize,
}

/// What a text has of nodes and ids.
#[derive(Debug, Default)]
struct Found {
    roots: Vec<Node>,
    ids: Ids,
}

fn find(form: Form, text: &str) -> Found {
    match form {
        Form::Storage => storage::find(text),
        Form::Adf => adf::find(text),
    }
}

/// The same text with these ids and no others.
fn write(form: Form, text: &str, ids: &Ids) -> String {
    match form {
        Form::Storage => storage::write(text, ids),
        Form::Adf => adf::write(text, ids),
    }
}

/// The new block with the ids of the old one. A block of another kind is another block, and keeps none.
///
/// INVARIANT: it has no id that the old block has not, and none of them twice.
pub(crate) fn inherit(form: Form, old: &str, new: &str) -> String {
    let (before, after) = (find(form, old), find(form, new));
    let mut ids: Ids = vec![Vec::new(); after.ids.len()];
    for (from, to) in pairs(&before, &after) {
        if let (Some(from), Some(to)) = (before.ids.get(from), ids.get_mut(to)) {
            to.clone_from(from);
        }
    }
    if ids == after.ids { new.to_owned() } else { write(form, new, &ids) }
}

/// Which of the new blocks is the old one rewritten: of its kind, the most alike; else the first.
pub(crate) fn heir(form: Form, old: &str, new: &[String]) -> usize {
    let before = find(form, old);
    let [old] = before.roots.as_slice() else { return 0 };
    let sketch = Sketch::new(0, &old.text);
    let likeness = |text: &String| match find(form, text).roots.as_slice() {
        [root] if root.kind == old.kind => Some(sketch.alike(&Sketch::new(0, &root.text))),
        _ => None,
    };
    // Of equals the first.
    let found = new.iter().enumerate().filter_map(|(at, text)| Some((likeness(text)?, at))).rev();
    found.max_by_key(|(alike, _)| *alike).map_or(0, |(_, at)| at)
}

/// Every id in a text, as what must not be on a page twice.
pub(crate) fn names(form: Form, text: &str) -> Vec<String> {
    find(form, text).ids.iter().flatten().map(Id::name).collect()
}

/// The id of the block itself.
pub(crate) fn own(form: Form, text: &str) -> Option<String> {
    let found = match form {
        Form::Storage => storage::first(text),
        Form::Adf => adf::first(text),
    };
    found.first().map(Id::name)
}

/// The text without ids that are taken.
pub(crate) fn without(form: Form, text: &str, taken: &BTreeSet<String>) -> Option<String> {
    let mut ids = find(form, text).ids;
    let is_free = |id: &Id| !taken.contains(&id.name());
    if ids.iter().flatten().all(is_free) {
        return None;
    }
    ids.iter_mut().for_each(|of| of.retain(is_free));
    Some(write(form, text, &ids))
}

impl Id {
    fn new(key: &str, value: &str) -> Option<Self> {
        (!value.is_empty()).then(|| Self { key: key.to_owned(), value: value.to_owned() })
    }

    /// The same for all spellings of one id.
    fn name(&self) -> String {
        let scope = if self.key.contains("local") { "local" } else { self.key.as_str() };
        format!("{scope} {}", self.value)
    }
}

/// Which node of the new block is which of the old one.
fn pairs(before: &Found, after: &Found) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    if let ([old], [new]) = (before.roots.as_slice(), after.roots.as_slice())
        && old.kind == new.kind
    {
        descend(old, new, &mut found);
    }
    found
}

fn descend(old: &Node, new: &Node, found: &mut Vec<(usize, usize)>) {
    found.push((old.at, new.at));
    let kinds: BTreeSet<&str> = new.children.iter().map(|child| child.kind.as_str()).collect();
    for kind in kinds {
        let of = |node: &'_ Node| -> Vec<usize> {
            node.children.iter().enumerate().filter(|(_, child)| child.kind == kind).map(|(at, _)| at).collect()
        };
        let (olds, news) = (of(old), of(new));
        for (from, to) in matched(kind, (old, &olds), (new, &news)) {
            if let (Some(from), Some(to)) = (child(old, &olds, from), child(new, &news, to)) {
                descend(from, to, found);
            }
        }
    }
}

fn child<'a>(node: &'a Node, of: &[usize], at: usize) -> Option<&'a Node> {
    node.children.get(*of.get(at)?)
}

/// Pairs of children of one kind: one by one, cells by their column, others by what they say.
fn matched(kind: &str, (old, olds): (&Node, &[usize]), (new, news): (&Node, &[usize])) -> Vec<(usize, usize)> {
    if olds.len() == news.len() && (olds.len() == 1 || kind == CELL) {
        return (0..olds.len()).map(|at| (at, at)).collect();
    }
    let mut keys = Keys::default();
    let mut pieces = |node, of: &[usize]| -> Vec<Piece> {
        (0..of.len()).filter_map(|at| child(node, of, at)).map(|child| piece(child, &mut keys)).collect()
    };
    let (before, after) = (pieces(old, olds), pieces(new, news));
    let fates = align(&before, &after, &[(0..before.len(), 0..after.len())]).before;
    let partner = |fate: &Fate| match *fate {
        Fate::Stayed(to) | Fate::Moved(to) | Fate::Rewritten(to) => Some(to),
        Fate::Alone => None,
    };
    fates.iter().enumerate().filter_map(|(from, fate)| Some((from, partner(fate)?))).collect()
}

fn piece<'a>(node: &'a Node, keys: &mut Keys<'a>) -> Piece {
    let telling = node.text.chars().any(char::is_alphanumeric);
    Piece { key: keys.of(&node.text), telling, sketch: Sketch::new(0, &node.text) }
}

/// The kind of cells, which a row tells apart by their column.
const CELL: &str = "cell";
