//! How storage format spells marks and running text when no source says otherwise.
//! It spells no blocks: [`super::canonical`] does.

use super::super::tree::{Inline, InlineKind, MarkKind, Target};
use super::canonical::{Frame, any_macro, element, escaped, macro_frame, media};

/// The frame of a mark.
pub(super) fn mark(mark: &MarkKind) -> Frame {
    match mark {
        MarkKind::Strong => Frame::tag("strong"),
        MarkKind::Em => Frame::tag("em"),
        MarkKind::Code => Frame::tag("code"),
        MarkKind::Strike => Frame::tag("del"),
        MarkKind::Underline => Frame::tag("u"),
        MarkKind::Sub => Frame::tag("sub"),
        MarkKind::Sup => Frame::tag("sup"),
        MarkKind::Color(color) => {
            Frame::new(element("span", &[("style", &format!("color: {color};"))], ">"), "</span>")
        }
        MarkKind::Background(color) => {
            Frame::new(element("span", &[("style", &format!("background-color: {color};"))], ">"), "</span>")
        }
        MarkKind::Link { href, title: None } => Frame::new(element("a", &[("href", href)], ">"), "</a>"),
        MarkKind::Link { href, title: Some(title) } => {
            Frame::new(element("a", &[("href", href), ("title", title)], ">"), "</a>")
        }
        MarkKind::Annotation(id) => {
            Frame::new(element("ac:inline-comment-marker", &[("ac:ref", id)], ">"), "</ac:inline-comment-marker>")
        }
        MarkKind::Other(_) => Frame::default(),
    }
}

/// The frame of a piece of running text, its marks aside.
pub(super) fn inline(inline: &Inline) -> Frame {
    match &inline.kind {
        InlineKind::Text(text) => Frame::new(escaped(text), ""),
        InlineKind::Break => Frame::new("<br />", ""),
        InlineKind::Mention { id: Some(id), .. } => {
            Frame::new(format!("<ac:link>{}</ac:link>", element("ri:user", &[("ri:account-id", id)], " />")), "")
        }
        InlineKind::Mention { id: None, text } => Frame::new(escaped(&format!("@{text}")), ""),
        InlineKind::Emoji { short_name, text } => emoji(short_name, text.as_deref()),
        InlineKind::Date { iso } => Frame::new(element("time", &[("datetime", iso)], " />"), ""),
        InlineKind::Status { text, color } => status(text, color.as_deref()),
        InlineKind::Card { url } => inline_card(url.as_deref()),
        InlineKind::Media(one) => Frame::new(media(one, ""), ""),
        InlineKind::Placeholder(text) => Frame::new(format!("<ac:placeholder>{}</ac:placeholder>", escaped(text)), ""),
        InlineKind::Reference { target, inlines } => reference(target, !inlines.is_empty()),
        InlineKind::Macro(found) => any_macro(found),
        InlineKind::Other { text, .. } => Frame::new(escaped(text), ""),
    }
}

fn reference(target: &Target, shown: bool) -> Frame {
    let (attributes, resource) = match target {
        Target::Page { title, space, anchor } => {
            let mut of = vec![("ri:content-title", title.as_str())];
            of.extend(space.as_deref().map(|key| ("ri:space-key", key)));
            (anchor.as_deref(), element("ri:page", &of, " />"))
        }
        Target::Attachment(name) => (None, element("ri:attachment", &[("ri:filename", name)], " />")),
        Target::Space(key) => (None, element("ri:space", &[("ri:space-key", key)], " />")),
        Target::Anchor(anchor) => (Some(anchor.as_str()), String::new()),
        Target::Other(_) => (None, String::new()),
    };
    let of: Vec<_> = attributes.into_iter().map(|anchor| ("ac:anchor", anchor)).collect();
    let mut open = element("ac:link", &of, ">");
    open.push_str(&resource);
    if shown {
        open.push_str("<ac:link-body>");
        return Frame::new(open, "</ac:link-body></ac:link>");
    }
    Frame::new(open, "</ac:link>")
}

fn emoji(short_name: &str, text: Option<&str>) -> Frame {
    let mut of = vec![("ac:name", "blue-star"), ("ac:emoji-shortname", short_name)];
    of.extend(text.map(|text| ("ac:emoji-fallback", text)));
    Frame::new(element("ac:emoticon", &of, " />"), "")
}

fn status(text: &str, color: Option<&str>) -> Frame {
    let colour = match color {
        Some("green") => Some("Green"),
        Some("yellow") => Some("Yellow"),
        Some("red") => Some("Red"),
        Some("blue") => Some("Blue"),
        Some("purple") => Some("Purple"),
        Some("neutral") | None => None,
        Some(other) => Some(other),
    };
    let mut parameters: Vec<(String, String)> = vec![("title".to_owned(), text.to_owned())];
    parameters.extend(colour.map(|c| ("colour".to_owned(), c.to_owned())));
    macro_frame("status", &parameters, false)
}

fn inline_card(url: Option<&str>) -> Frame {
    let Some(url) = url else {
        return Frame::default();
    };
    let of = [("href", url), ("data-card-appearance", "inline")];
    Frame::new(format!("{}{}</a>", element("a", &of, ">"), escaped(url)), "")
}
