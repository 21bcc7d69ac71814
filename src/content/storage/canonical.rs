//! How storage format spells each kind when no source says otherwise: what stands before and after the children.
//! It prints no children: [`super::write`] does.

use super::super::kept::Piece;
use super::super::tree::{Block, BlockKind, Cell, CellRole, ListStyle, Macro, Media, MediaPlace, PanelStyle};
use super::entities::{escape, escape_attribute};
use core::fmt::Write as _;

/// What stands before and after the children of a node.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Before them.
    pub(super) open: String,
    /// After them.
    pub(super) close: String,
}

impl Frame {
    pub(super) fn new(open: impl Into<String>, close: impl Into<String>) -> Self {
        Self { open: open.into(), close: close.into() }
    }

    pub(super) fn tag(name: &str) -> Self {
        Self::new(format!("<{name}>"), format!("</{name}>"))
    }

    /// Whether these pieces are this frame around the children.
    pub(super) fn is(&self, pieces: &[Piece]) -> bool {
        match pieces {
            [Piece::Raw(open), Piece::Rest, Piece::Raw(close)] => *open == self.open && *close == self.close,
            [Piece::Raw(all)] => all.strip_prefix(&self.open) == Some(&self.close),
            [] | [Piece::Rest] => self.open.is_empty() && self.close.is_empty(),
            _ => false,
        }
    }
}

/// The frame of a block.
pub(super) fn block(block: &Block) -> Frame {
    match &block.kind {
        BlockKind::Paragraph(_) => Frame::tag("p"),
        BlockKind::Heading { level, .. } => Frame::tag(&format!("h{level}")),
        BlockKind::List { style, .. } => list(*style),
        BlockKind::Code { language, text } => code(language.as_deref(), text),
        BlockKind::Quote(_) => Frame::tag("blockquote"),
        BlockKind::Panel { style, title, .. } => macro_frame(panel(*style), &named("title", title.as_deref()), true),
        BlockKind::Expand { title, .. } => macro_frame("expand", &named("title", title.as_deref()), true),
        BlockKind::Table { caption, .. } => table(caption.as_deref()),
        BlockKind::Rule => Frame::new("<hr />", ""),
        BlockKind::Media { items, caption } => media_block(items, caption.is_some()),
        BlockKind::Layout(columns) => layout(columns.len()),
        BlockKind::Card { url } => card(url.as_deref(), "block"),
        BlockKind::Macro(found) => any_macro(found),
        BlockKind::Other { text, .. } => loose_text(text),
    }
}

fn list(style: ListStyle) -> Frame {
    match style {
        ListStyle::Bullet => Frame::tag("ul"),
        ListStyle::Ordered { start: None | Some(1) } => Frame::tag("ol"),
        ListStyle::Ordered { start: Some(start) } => Frame::new(format!("<ol start=\"{start}\">"), "</ol>"),
        ListStyle::Task => Frame::tag("ac:task-list"),
        ListStyle::Decision => Frame::new("<ul class=\"decision-list\">", "</ul>"),
    }
}

/// The frame of an item; of a task when it is done or not.
pub(super) fn item(checked: Option<bool>) -> Frame {
    let Some(done) = checked else {
        return Frame::tag("li");
    };
    let status = if done { "complete" } else { "incomplete" };
    Frame::new(format!("<ac:task><ac:task-status>{status}</ac:task-status><ac:task-body>"), "</ac:task-body></ac:task>")
}

/// The frame of a column.
pub(super) fn column() -> Frame {
    Frame::tag("ac:layout-cell")
}

/// The frame of a row.
pub(super) fn row() -> Frame {
    Frame::tag("tr")
}

/// The frame of a cell.
pub(super) fn cell(cell: &Cell) -> Frame {
    let name = match cell.role {
        CellRole::Header => "th",
        CellRole::Value => "td",
    };
    let mut open = format!("<{name}");
    for (attribute, span) in [("colspan", cell.colspan), ("rowspan", cell.rowspan)] {
        if span > 1 {
            let _ = write!(open, " {attribute}=\"{span}\"");
        }
    }
    open.push('>');
    Frame::new(open, format!("</{name}>"))
}

fn card(url: Option<&str>, look: &str) -> Frame {
    let Some(url) = url else {
        return Frame::new("<p>", "</p>");
    };
    let of = [("href", url), ("data-card-appearance", look)];
    Frame::new(format!("<p>{}{}</a></p>", element("a", &of, ">"), escaped(url)), "")
}

fn table(caption: Option<&str>) -> Frame {
    let mut open = "<table>".to_owned();
    if let Some(caption) = caption {
        let _ = write!(open, "<caption>{}</caption>", escaped(caption));
    }
    open.push_str("<tbody>");
    Frame::new(open, "</tbody></table>")
}

fn media_block(items: &[Media], caption: bool) -> Frame {
    let [one] = items else {
        return Frame::new(items.iter().map(|m| media(m, "")).collect::<String>(), "");
    };
    if !caption {
        return Frame::new(media(one, ""), "");
    }
    let whole = media(one, "<ac:caption></ac:caption>");
    match whole.split_once("</ac:caption>") {
        Some((open, close)) => Frame::new(open, format!("</ac:caption>{close}")),
        None => Frame::new(whole, ""),
    }
}

/// A picture. A file of the media store has no address in a page: its name stands for it.
pub(super) fn media(media: &Media, caption: &str) -> String {
    let resource = match &media.place {
        MediaPlace::Attachment(name) => element("ri:attachment", &[("ri:filename", name)], " />"),
        MediaPlace::Url(url) => element("ri:url", &[("ri:value", url)], " />"),
        MediaPlace::File { id, .. } => {
            let name = media.alt.as_deref().filter(|alt| !alt.is_empty()).unwrap_or(id);
            element("ri:attachment", &[("ri:filename", name)], " />")
        }
        MediaPlace::Nowhere => String::new(),
    };
    let of: Vec<_> = media.alt.as_deref().into_iter().map(|alt| ("ac:alt", alt)).collect();
    format!("{}{resource}{caption}</ac:image>", element("ac:image", &of, ">"))
}

fn layout(columns: usize) -> Frame {
    let name = match columns {
        0 | 1 => "fixed-width",
        2 => "two_equal",
        3 => "three_equal",
        4 => "four_equal",
        _ => "five_equal",
    };
    Frame::new(element("ac:layout-section", &[("ac:type", name)], ">"), "</ac:layout-section>")
}

fn code(language: Option<&str>, text: &str) -> Frame {
    let body = format!("<ac:plain-text-body>{}</ac:plain-text-body></ac:structured-macro>", cdata(text));
    let mut frame = macro_frame("code", &named("language", language), false);
    let cut = frame.open.len() - "</ac:structured-macro>".len().min(frame.open.len());
    frame.open.truncate(cut);
    Frame::new(frame.open + &body, "")
}

pub(super) fn any_macro(found: &Macro) -> Frame {
    let rich = !found.blocks.is_empty();
    let mut frame = macro_frame(&found.name, &found.parameters, rich);
    if !rich && !found.text.is_empty() {
        let body = format!("<ac:plain-text-body>{}</ac:plain-text-body>", cdata(&found.text));
        let at = frame.open.len() - "</ac:structured-macro>".len().min(frame.open.len());
        frame.open.insert_str(at, &body);
    }
    frame
}

/// The frame of a macro; without a rich body all of it stands before the (absent) children.
pub(super) fn macro_frame(name: &str, parameters: &[(String, String)], rich: bool) -> Frame {
    let mut open = element("ac:structured-macro", &[("ac:name", name)], ">");
    for (name, value) in parameters {
        open.push_str(&element("ac:parameter", &[("ac:name", name)], ">"));
        escape(value, &mut open);
        open.push_str("</ac:parameter>");
    }
    if rich {
        return Frame::new(open + "<ac:rich-text-body>", "</ac:rich-text-body></ac:structured-macro>");
    }
    Frame::new(open + "</ac:structured-macro>", "")
}

fn panel(style: PanelStyle) -> &'static str {
    match style {
        PanelStyle::Info => "info",
        PanelStyle::Note => "note",
        PanelStyle::Tip | PanelStyle::Success => "tip",
        PanelStyle::Warning | PanelStyle::Error => "warning",
        PanelStyle::Custom => "panel",
    }
}

fn named(name: &str, value: Option<&str>) -> Vec<(String, String)> {
    value.map(|v| (name.to_owned(), v.to_owned())).into_iter().collect()
}

fn loose_text(text: &str) -> Frame {
    if text.is_empty() { Frame::default() } else { Frame::new(format!("<p>{}</p>", escaped(text)), "") }
}

/// A CDATA section; one cannot hold its own end, so two do.
fn cdata(text: &str) -> String {
    format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

pub(super) fn element(name: &str, attributes: &[(&str, &str)], end: &str) -> String {
    let mut out = format!("<{name}");
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"");
        escape_attribute(value, &mut out);
        out.push('"');
    }
    out.push_str(end);
    out
}
