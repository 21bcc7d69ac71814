//! Atlassian Document Format: JSON to the tree and back.
//! It validates nothing against the schema when reading: a node it does not know, or that is spelled wrong, is kept.
//!
//! Spec: `@atlaskit/adf-schema`, the JSON schema of stage 0 and full.
//!
//! INVARIANT: `print(&parse(body)?)` is the same JSON value as `body` (the order of members aside). What the tree does
//! not hold of a node lies in its [`Kept`].

mod atoms;
mod attrs;
mod canonical;
mod date;
mod fields;
mod fit;
mod inline;
mod json;
mod kind;
mod lists;
mod macros;
mod marks;
mod nodes;
mod read;
mod scan;
pub(crate) mod shown;
mod write;
mod write_inline;

use super::kept::{AdfForm, Kept, Spelling};
use super::{Document, MAX_BYTES, Malformed};
use bumpalo::Bump;
pub(crate) use marks::Meaning;
use nodes::Nodes;
pub(crate) use nodes::{Children, Node};
#[cfg(test)]
pub(crate) use scan::MAX_VALUES;
use scan::{Broken, MAX_NESTING};

pub(crate) use date::millis_of_date;
pub use write::{print, print_block};

/// Reads an ADF document.
///
/// # Errors
/// [`Malformed`]: too large (or of more values than a document of that size has), too deep, no JSON, no object of type `doc` with an array of content.
pub fn parse(body: &str) -> Result<Document, Malformed> {
    let arena = Bump::new();
    let nodes = read(body, &arena)?;
    let (root, content) = root(&nodes)?;
    Ok(document(root, content))
}

/// Does something with the blocks of a body, which are never made a tree.
///
/// # Errors
/// As [`parse`].
pub(crate) fn with_blocks<T>(body: &str, with: impl FnOnce(Children<'_>) -> T) -> Result<T, Malformed> {
    let arena = Bump::new();
    let nodes = read(body, &arena)?;
    let (_, content) = root(&nodes)?;
    Ok(with(content))
}

fn read<'a>(body: &'a str, arena: &'a Bump) -> Result<Nodes<'a>, Malformed> {
    if body.len() > MAX_BYTES {
        return Err(Malformed::TooLarge);
    }
    Nodes::read(body, arena).map_err(|broken| match broken {
        Broken::TooMany => Malformed::TooLarge,
        Broken::Syntax if depth(body) > MAX_NESTING => Malformed::TooDeep,
        Broken::Syntax => Malformed::NotJson,
    })
}

/// The document's node with its content.
fn root<'n>(nodes: &'n Nodes<'_>) -> Result<(Node<'n>, Children<'n>), Malformed> {
    let root = nodes.root().filter(|root| root.name() == Some("doc")).ok_or(Malformed::NotADocument)?;
    Ok((root, root.children().ok_or(Malformed::NotADocument)?))
}

fn document(root: Node<'_>, content: Children<'_>) -> Document {
    let besides = [("attrs", root.attrs_value()), ("text", root.text_value()), ("marks", root.marks_value())];
    let mut rest = json::owned(root.rest());
    rest.extend(besides.into_iter().filter_map(|(member, value)| Some((member.to_owned(), value?))));
    // always kept, so that the printer knows the document for one that is printed as it was
    let kept = Kept::adf(AdfForm { name: Spelling::Named("doc".to_owned()), rest, ..AdfForm::default() });
    Document { blocks: read::blocks(content), kept }
}

/// How deep brackets nest, strings aside.
fn depth(body: &str) -> usize {
    let (mut now, mut most, mut in_string, mut escaped) = (0_usize, 0_usize, false, false);
    for byte in body.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                now += 1;
                most = most.max(now);
            }
            b']' | b'}' if !in_string => now = now.saturating_sub(1),
            _ => {}
        }
    }
    most
}
