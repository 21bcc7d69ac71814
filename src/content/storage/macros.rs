//! Macros, pictures and the elements that wrap ADF nodes, as blocks.
//! It runs no macro and looks nothing up; an unknown one keeps its name, parameters and body.

use super::super::kept::{Kept, Piece, Source};
use super::super::tree::{Block, BlockKind, Caption, Item, ListStyle, Macro, Media, MediaPlace, PanelStyle};
use super::canonical;
use super::dom::Element;
use super::look;
use super::read::{Placed, Reader, inner};
use core::ops::Range;

impl<'a> Reader<'a> {
    /// A macro that stands as a block.
    pub(super) fn block_macro(self, element: &Element<'a>) -> Block {
        let rich = element.child("ac:rich-text-body");
        let plain = element.child("ac:plain-text-body");
        match (look::macro_name(element), rich, plain) {
            ("code" | "noformat", None, Some(body)) => self.code(element, body),
            ("expand", Some(body), None) => {
                let (blocks, ranges) = self.blocks(&body.children);
                let title = parameter(element, "title");
                self.settle(BlockKind::Expand { title, blocks }, element, &ranges)
            }
            (name, Some(body), None) if panel(name).is_some() => {
                let (blocks, ranges) = self.blocks(&body.children);
                let style = panel(name).unwrap_or(PanelStyle::Custom);
                let title = parameter(element, "title");
                self.settle(BlockKind::Panel { style, title, blocks }, element, &ranges)
            }
            _ => {
                let (found, ranges) = self.any_macro(element);
                self.settle(BlockKind::Macro(found), element, &ranges)
            }
        }
    }

    /// A macro of any name, with the places of its blocks.
    pub(super) fn any_macro(self, element: &Element<'a>) -> (Macro, Vec<Range<usize>>) {
        let rich = element.child("ac:rich-text-body");
        let (blocks, ranges) = rich.map_or_else(Placed::default, |body| self.blocks(&body.children));
        let text = element.child("ac:plain-text-body").map(Element::text).unwrap_or_default();
        let parameters = element
            .elements()
            .filter(|e| matches!(e.name, "ac:parameter" | "ac:default-parameter"))
            .map(|e| (e.attribute("ac:name").unwrap_or_default().to_owned(), value(e)))
            .collect();
        let name = look::macro_name(element).to_owned();
        (Macro { name, parameters, text, blocks }, ranges)
    }

    /// Code; with a title it is a titled block that holds the code.
    fn code(self, element: &Element<'a>, body: &Element<'a>) -> Block {
        let kind = BlockKind::Code { language: parameter(element, "language"), text: body.text() };
        let Some(title) = parameter(element, "title") else {
            return self.settle(kind, element, &[]);
        };
        let range = body.range.clone();
        let written = self.source.get(range.clone()).unwrap_or_default().to_owned();
        let kept = Kept(Source::Storage(vec![Piece::Raw(written)]));
        let name = look::macro_name(element).to_owned();
        let outer = BlockKind::Other { name, text: title, blocks: vec![Block { kind, kept }] };
        self.settle(outer, element, &[range])
    }

    /// A picture that stands as a block.
    pub(super) fn image(self, element: &Element<'a>) -> Block {
        let caption = element.child("ac:caption").filter(|c| !c.children.is_empty());
        let place = caption.map(|c| match c.children.as_slice() {
            [super::dom::Node::Element(only)] if only.name == "p" => only,
            _ => c,
        });
        let items = vec![media(element)];
        let kind = BlockKind::Media {
            items,
            caption: place.map(|c| Caption { inlines: self.inlines(&c.children), kept: Kept::NONE }),
        };
        self.settle(kind, element, &place.map(inner).unwrap_or_default())
    }

    /// An ADF node in a page. Its fallback says the same again and is not read.
    pub(super) fn adf_extension(self, element: &Element<'a>) -> Block {
        let mut nodes = element.elements().filter(|e| e.name == "ac:adf-node");
        if let (Some(node), None) = (nodes.next(), nodes.next()) {
            let (kind, ranges) = self.adf_node(node);
            return self.settle(kind, element, &ranges);
        }
        match element.child("ac:adf-fallback") {
            Some(fallback) => {
                let (blocks, ranges) = self.blocks(&fallback.children);
                let kind = BlockKind::Other { name: element.name.to_owned(), text: String::new(), blocks };
                self.settle(kind, element, &ranges)
            }
            None => self.other(element),
        }
    }

    fn adf_node(self, node: &Element<'a>) -> (BlockKind, Vec<Range<usize>>) {
        match node.attribute("type").unwrap_or_default() {
            "panel" => {
                let (blocks, ranges) = self.adf_content(node);
                let style = adf_attribute(node, "panel-type").and_then(|s| PanelStyle::named(&s));
                (BlockKind::Panel { style: style.unwrap_or(PanelStyle::Custom), title: None, blocks }, ranges)
            }
            "decision-list" => {
                let found: Vec<_> = node.elements().filter(|e| e.name == "ac:adf-node").collect();
                let items = found.iter().map(|e| self.adf_item(e)).collect();
                let ranges = found.iter().map(|e| e.range.clone()).collect();
                (BlockKind::List { style: ListStyle::Decision, items }, ranges)
            }
            name => {
                let (blocks, ranges) = self.adf_content(node);
                (BlockKind::Other { name: name.to_owned(), text: String::new(), blocks }, ranges)
            }
        }
    }

    fn adf_item(self, node: &Element<'a>) -> Item {
        let (blocks, ranges) = self.adf_content(node);
        let kept = self.kept(node.range.clone(), &ranges, &canonical::item(None));
        Item { checked: None, blocks, kept }
    }

    /// What the `ac:adf-content` elements of a node hold, those of nodes within it included.
    fn adf_content(self, node: &Element<'a>) -> Placed {
        let mut out = Placed::default();
        for part in node.elements() {
            let (blocks, ranges) = match part.name {
                "ac:adf-content" => self.blocks(&part.children),
                "ac:adf-node" => self.adf_content(part),
                _ => Placed::default(),
            };
            out.0.extend(blocks);
            out.1.extend(ranges);
        }
        out
    }
}

/// What a picture element says.
pub(super) fn media(element: &Element<'_>) -> Media {
    let text = |name: &str| element.attribute(name).map(str::to_owned);
    if element.name == "img" {
        return Media {
            place: text("src").map_or(MediaPlace::Nowhere, MediaPlace::Url),
            alt: text("alt"),
            kept: Kept::NONE,
        };
    }
    let file = element.child("ri:attachment").and_then(|e| e.attribute("ri:filename"));
    let url = element.child("ri:url").and_then(|e| e.attribute("ri:value"));
    let place = match (file, url) {
        (Some(name), _) => MediaPlace::Attachment(name.to_owned()),
        (None, Some(url)) => MediaPlace::Url(url.to_owned()),
        (None, None) => MediaPlace::Nowhere,
    };
    Media { place, alt: text("ac:alt").or_else(|| text("ac:title")), kept: Kept::NONE }
}

/// A parameter's value, when it says something.
pub(super) fn parameter(element: &Element<'_>, name: &str) -> Option<String> {
    let found = element.elements().find(|e| e.name == "ac:parameter" && e.attribute("ac:name") == Some(name));
    found.map(value).filter(|v| !v.is_empty())
}

/// The text of a parameter, or the name of the page, file or person it points to.
fn value(parameter: &Element<'_>) -> String {
    let text = parameter.text();
    if !text.trim().is_empty() {
        return text;
    }
    let resource = |e: &Element<'_>| resource_name(e).map(str::to_owned);
    let direct = parameter.elements().find_map(resource);
    direct.or_else(|| parameter.elements().find_map(|e| e.elements().find_map(resource))).unwrap_or(text)
}

/// What an `ri:` element points to, in its own words.
pub(super) fn resource_name<'e>(element: &'e Element<'_>) -> Option<&'e str> {
    RESOURCE_NAMES.iter().find_map(|name| element.attribute(name))
}

fn adf_attribute(node: &Element<'_>, key: &str) -> Option<String> {
    node.elements().find(|e| e.name == "ac:adf-attribute" && e.attribute("key") == Some(key)).map(Element::text)
}

fn panel(name: &str) -> Option<PanelStyle> {
    match name {
        "info" => Some(PanelStyle::Info),
        "note" => Some(PanelStyle::Note),
        "tip" => Some(PanelStyle::Tip),
        "warning" => Some(PanelStyle::Warning),
        "panel" => Some(PanelStyle::Custom),
        _ => None,
    }
}

/// The attributes by which `ri:` elements name what they point to.
#[rustfmt::skip]
const RESOURCE_NAMES: &[&str] = &[
    "ri:content-title", "ri:filename", "ri:value", "ri:account-id", "ri:userkey", "ri:username", "ri:space-key",
    "ri:content-id", "ri:key",
];
