//! Pictures and files of ADF.
//! It fetches none of them.

use super::super::tree::{Media, MediaPlace};
use super::fields::Fields;

/// A `media` or `mediaInline` node.
pub(super) fn media(mut fields: Fields<'_>, canonical: &str) -> Media {
    let place = match fields.attrs.look_text("type") {
        Some("external") => external(&mut fields),
        _ => file(&mut fields),
    };
    let alt = fields.attrs.text("alt");
    Media { place, alt, kept: fields.keep_leaf(canonical) }
}

fn external(fields: &mut Fields<'_>) -> MediaPlace {
    fields.attrs.expect("type", "external");
    match fields.attrs.require("url", |v| v.as_str().map(str::to_owned)) {
        Some(url) => MediaPlace::Url(url),
        None => MediaPlace::Nowhere,
    }
}

fn file(fields: &mut Fields<'_>) -> MediaPlace {
    fields.attrs.expect("type", "file");
    let id = fields.attrs.require("id", |v| v.as_str().map(str::to_owned));
    let collection = fields.attrs.require("collection", |v| v.as_str().map(str::to_owned));
    match (id, fields.attrs.look_text("url")) {
        (Some(id), _) => MediaPlace::File { id, collection: collection.unwrap_or_default() },
        (None, Some(url)) => MediaPlace::Url(url.to_owned()),
        (None, None) => MediaPlace::Nowhere,
    }
}
