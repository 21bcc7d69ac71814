//! Addresses, pictures and macros as Markdown writes them.
//! It escapes no running text: [`super::escape`] does.

use super::super::tree::{Macro, Media, MediaPlace, Target};
use std::borrow::Cow;

/// What stands for a macro that is not its body: its name, its text, its parameters.
pub(super) fn label(found: &Macro) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !found.text.trim().is_empty() {
        parts.push(found.text.trim().to_owned());
    }
    parts.extend(
        found
            .parameters
            .iter()
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| if name.is_empty() { value.clone() } else { format!("{name}={value}") }),
    );
    let name = if found.name.is_empty() { "macro" } else { &found.name };
    if parts.is_empty() { format!("[{name}]") } else { format!("[{name}: {}]", parts.join(", ")) }
}

/// A picture or file as an image.
pub(super) fn image(media: &Media) -> String {
    let (to, name) = match &media.place {
        MediaPlace::File { id, .. } => (format!("media:{id}"), ""),
        MediaPlace::Attachment(name) => (format!("attachment:{name}"), name.as_str()),
        MediaPlace::Url(url) => (url.clone(), ""),
        MediaPlace::Nowhere => (String::new(), ""),
    };
    let alt = media.alt.as_deref().filter(|a| !a.is_empty()).unwrap_or(name);
    if to.is_empty() && alt.is_empty() {
        return String::new();
    }
    format!("![{}]({})", bracketed(alt), address(&to))
}

/// Text between brackets.
fn bracketed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c => {
                if matches!(c, '[' | ']' | '\\' | '*' | '_' | '`' | '<' | '&' | '!' | '~') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out
}

/// An address as a link shown as itself.
pub(super) fn autolink(url: &str) -> String {
    if url.is_empty() {
        return String::new();
    }
    let plain = url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
    if plain && !url.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\')) {
        return format!("<{url}>");
    }
    format!("[{}]({})", bracketed(url), address(url))
}

/// The address of a link, in angle brackets where it needs them.
pub(super) fn address(to: &str) -> Cow<'_, str> {
    let plain = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '(' | ')' | '<' | '>' | '\\' | '&' | '"' | '\'')
    };
    let ascii = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'.' | b'-' | b':' | b'_' | b'#' | b'%' | b'=' | b'?' | b'~' | b'@' | b',' | b'+')
    };
    if !to.is_empty() && (to.bytes().all(ascii) || to.chars().all(plain)) {
        return Cow::Borrowed(to);
    }
    let mut out = String::from("<");
    for c in to.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            c => {
                if matches!(c, '<' | '>' | '\\' | '&') {
                    out.push('\\');
                }
                out.push(c);
            }
        }
    }
    out.push('>');
    Cow::Owned(out)
}

/// The address of something named: a scheme of ours with the name as it is.
pub(super) fn destination(target: &Target) -> Cow<'_, str> {
    match target {
        Target::Page { title, space, anchor } => {
            let space = space.as_deref().map(|s| format!("{s}:")).unwrap_or_default();
            let anchor = anchor.as_deref().map(|a| format!("#{a}")).unwrap_or_default();
            format!("page:{space}{title}{anchor}").into()
        }
        Target::Attachment(name) => format!("attachment:{name}").into(),
        Target::Space(key) => format!("space:{key}").into(),
        Target::Anchor(anchor) => format!("#{anchor}").into(),
        Target::Other(name) => name.into(),
    }
}
