//! The signs somebody typed: words, phrases, what must and must not be, filters.
//! It knows the filters' names and no term: values are kept as typed.

use super::BadQuery;
use core::fmt;

/// What was typed, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Typed {
    pub items: Vec<Item>,
    /// Whether the last word may go on.
    pub open: bool,
}

/// One thing that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// What stands between white space.
    Words { sign: Sign, text: String, star: bool },
    /// What stands between quotes.
    Phrase { sign: Sign, text: String },
    /// A field and its values.
    Filter { field: Field, sign: Sign, values: Vec<String> },
}

/// What stands in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    None,
    Must,
    Not,
}

/// What can be filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Project,
    Space,
    Container,
    Kind,
    Author,
    Updated,
}

impl Field {
    /// The field of a name in letters of either case.
    fn parse(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "project" => Some(Self::Project),
            "space" => Some(Self::Space),
            "container" | "in" => Some(Self::Container),
            "type" => Some(Self::Kind),
            "author" => Some(Self::Author),
            "updated" => Some(Self::Updated),
            _ => None,
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Space => "space",
            Self::Container => "container",
            Self::Kind => "type",
            Self::Author => "author",
            Self::Updated => "updated",
        }
    }
}

/// Reads what was typed.
///
/// # Errors
/// [`BadQuery`] for a filter without a value.
pub(super) fn read(text: &str) -> Result<Typed, BadQuery> {
    let mut typed = Typed { items: Vec::new(), open: !text.ends_with(char::is_whitespace) };
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (item, after) = item(rest)?;
        typed.items.extend(item);
        rest = after.trim_start();
    }
    typed.open &= matches!(typed.items.last(), Some(Item::Words { .. }));
    Ok(typed)
}

/// The item at the beginning, and what follows.
fn item(text: &str) -> Result<(Option<Item>, &str), BadQuery> {
    let (sign, body) = sign(text);
    if let Some((phrase, after)) = quoted(body) {
        let text = phrase.trim().to_owned();
        return Ok(((!text.is_empty()).then_some(Item::Phrase { sign, text }), after));
    }
    if let Some(unclosed) = body.strip_prefix(is_quote) {
        return Ok((None, unclosed));
    }
    let (word, after) =
        body.split_at_checked(body.find(char::is_whitespace).unwrap_or(body.len())).unwrap_or((body, ""));
    if let Some(field) =
        word.split_once(':').filter(|(_, value)| !value.is_empty()).and_then(|(name, _)| Field::parse(name))
    {
        let body = body.split_once(':').map_or("", |(_, values)| values);
        let (values, after) = values(body);
        if values.is_empty() {
            return Err(BadQuery { field: field.name(), reason: "empty" });
        }
        return Ok((Some(Item::Filter { field, sign, values }), after));
    }
    let plain = word.trim_end_matches('*');
    let star = plain.len() < word.len() && plain.ends_with(char::is_alphanumeric);
    let item = Item::Words { sign, text: plain.to_owned(), star };
    Ok(((!plain.is_empty()).then_some(item), after))
}

/// The sign in front of a word, a phrase or a filter.
fn sign(text: &str) -> (Sign, &str) {
    let signed = |rest: &str| rest.starts_with(|c: char| c.is_alphabetic() || is_quote(c));
    match (text.strip_prefix('-'), text.strip_prefix('+')) {
        (Some(rest), _) if signed(rest) && !is_flag(rest) => (Sign::Not, rest),
        (_, Some(rest)) if signed(rest) || rest.starts_with(|c: char| c.is_ascii_digit()) => (Sign::Must, rest),
        _ => (Sign::None, text),
    }
}

/// Whether what follows a hyphen is a flag of a command in pasted text rather than a word to leave out: `-p`, `-Xmx2g`, `-DskipTests`.
fn is_flag(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    let second = letters.next();
    second.is_none_or(|c| c.is_whitespace() || c == '=')
        || (matches!(first, Some('D' | 'X')) && second.is_some_and(char::is_lowercase))
}

/// What stands between quotes at the beginning, and what follows; none when the quotes are not closed.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(is_quote)?;
    let (phrase, after) = inside.split_at_checked(inside.find(is_quote)?)?;
    Some((phrase, after.strip_prefix(is_quote).unwrap_or(after)))
}

/// Values between commas, quoted or up to white space.
fn values(text: &str) -> (Vec<String>, &str) {
    let (mut out, mut rest) = (Vec::new(), text);
    loop {
        let (value, after) = quoted(rest).unwrap_or_else(|| {
            let end = rest.find(|c: char| c == ',' || c.is_whitespace()).unwrap_or(rest.len());
            rest.split_at_checked(end).unwrap_or((rest, ""))
        });
        let value = value.replace(is_quote, "").trim().to_owned();
        if !value.is_empty() {
            out.push(value);
        }
        match after.strip_prefix(',') {
            Some(more) if !more.is_empty() && !more.starts_with(char::is_whitespace) => rest = more,
            Some(more) => return (out, more),
            None => return (out, after),
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, item) in self.items.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{item}")?;
        }
        f.write_str(if self.open { "" } else { " " })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words { sign, text, star } => write!(f, "{sign}{text}{}", if *star { "*" } else { "" }),
            Self::Phrase { sign, text } => write!(f, "{sign}\"{text}\""),
            Self::Filter { field, sign, values } => {
                let values: Vec<_> = values.iter().map(|v| format!("\"{v}\"")).collect();
                write!(f, "{sign}{}:{}", field.name(), values.join(","))
            }
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "",
            Self::Must => "+",
            Self::Not => "-",
        })
    }
}
