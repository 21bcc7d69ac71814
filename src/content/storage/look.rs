//! What an element is before it is read: running text, a block, or either by its place.
//! It reads nothing.

use super::dom::{Element, Node};

/// Whether the node can stand in running text: text, marks, links, and elements that may be either.
pub(super) fn may_be_inline(node: &Node<'_>) -> bool {
    match node {
        Node::Text { .. } | Node::Silent(_) => true,
        Node::Element(element) => is_either(element) || is_inline_element(element),
    }
}

/// Whether the node is running text wherever it stands.
pub(super) fn is_inline(node: &Node<'_>) -> bool {
    match node {
        Node::Text { .. } => !node.is_blank(),
        Node::Silent(_) => false,
        Node::Element(element) => is_inline_element(element),
    }
}

fn is_inline_element(element: &Element<'_>) -> bool {
    let named = INLINE.contains(&element.name) || (is_macro(element) && macro_name(element) == "status");
    named && !holds_blocks(element)
}

/// Whether an element is running text beside running text, and a block beside blocks.
fn is_either(element: &Element<'_>) -> bool {
    element.name == "ac:image" || element.name == "img" || (is_macro(element) && body(element).is_none())
}

/// Whether something in it can be read as a block only.
pub(super) fn holds_blocks(element: &Element<'_>) -> bool {
    element.elements().any(|e| {
        if e.name == "ac:image" || e.name == "img" {
            return false;
        }
        if is_macro(e) {
            return body(e).is_some();
        }
        !(INLINE.contains(&e.name) || e.name.starts_with("ri:") || e.name.starts_with("ac:")) && BLOCK.contains(&e.name)
            || AC_BLOCK.contains(&e.name)
            || holds_blocks(e)
    })
}

/// Whether it is a macro, of the new or the old form.
pub(super) fn is_macro(element: &Element<'_>) -> bool {
    matches!(element.name, "ac:structured-macro" | "ac:macro")
}

/// The name of a macro.
pub(super) fn macro_name<'e>(element: &'e Element<'_>) -> &'e str {
    element.attribute("ac:name").unwrap_or_default()
}

/// The body of a macro.
pub(super) fn body<'e, 'a>(element: &'e Element<'a>) -> Option<&'e Element<'a>> {
    element.elements().find(|e| matches!(e.name, "ac:rich-text-body" | "ac:plain-text-body"))
}

/// The address of a paragraph that is nothing but a link shown as a card.
pub(super) fn block_card<'e>(paragraph: &'e Element<'_>) -> Option<&'e str> {
    let mut children = paragraph.children.iter().filter(|n| !n.is_blank());
    let (Some(Node::Element(link)), None) = (children.next(), children.next()) else {
        return None;
    };
    let look = link.attribute("data-card-appearance");
    let href = link.attribute("href").filter(|href| link.name == "a" && *href == link.text());
    href.filter(|_| matches!(look, Some("block" | "embed")))
}

/// Elements of running text.
#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "ac:link", "ac:emoticon", "ac:placeholder", "ac:inline-comment-marker", "at:var",
];

/// Elements of HTML that are blocks only.
#[rustfmt::skip]
const BLOCK: &[&str] = &[
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th", "pre",
    "blockquote", "div", "hr", "section", "article", "dl", "dt", "dd", "details", "summary", "figure", "center",
];

/// Elements of Confluence that are blocks only.
const AC_BLOCK: &[&str] = &["ac:task-list", "ac:layout", "ac:layout-section", "ac:layout-cell", "ac:adf-extension"];
