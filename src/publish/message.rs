//! The version message of a page, and the operation id in it that tells our version from anyone else's.
//!
//! The id is a hint to look further, not a proof: anyone can write any message.

use super::clean;
use std::fmt;

/// The id of one publish or revert: 32 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OpId(String);

impl OpId {
    /// The id made of random bytes.
    pub fn of(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// Reads an id.
    pub fn parse(raw: &str) -> Option<Self> {
        let digits = raw.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (raw.len() == 32 && digits).then(|| Self(raw.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The version message: which sources, which engine, which operation.
///
/// ```
/// # use quillgate::publish::{OpId, message};
/// let id = OpId::of([7; 16]);
/// let text = message(&["ITD-1", "ITD-2", "ITD-3"], "extract", &id);
/// assert_eq!(text, "Quillgate: ITD-1, ITD-2, ITD-3 · extract · op 07070707070707070707070707070707");
/// ```
///
/// INVARIANT: at most [`MESSAGE_MAX`] UTF-16 units; the id is always whole. Sources that do not fit are counted: `(+3)`.
pub fn message(sources: &[&str], engine: &str, op: &OpId) -> String {
    let engine: String = field(engine).chars().take(ENGINE_MAX).collect();
    let end = format!("{engine}{MARK}{op}");
    let sources: Vec<String> = sources.iter().map(|source| field(source)).filter(|source| !source.is_empty()).collect();
    let room = MESSAGE_MAX.saturating_sub(units(PREFIX) + units(SEPARATOR) + units(&end));
    match listed(&sources, room) {
        none if none.is_empty() => format!("{PREFIX}{end}"),
        listed => format!("{PREFIX}{listed}{SEPARATOR}{end}"),
    }
}

/// The operation id in a version message of ours.
pub fn parse_marker(message: &str) -> Option<OpId> {
    let (_, id) = message.strip_prefix(PREFIX)?.rsplit_once(MARK)?;
    OpId::parse(id)
}

/// As many sources as there is room for.
fn listed(sources: &[String], room: usize) -> String {
    let fits = |shown: usize| {
        let text = shown_of(sources, shown);
        (units(&text) <= room).then_some(text)
    };
    let most = sources.len().min(SOURCES_MAX);
    (0..=most).rev().find_map(fits).unwrap_or_default()
}

fn shown_of(sources: &[String], shown: usize) -> String {
    let names = sources.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
    match (sources.len().saturating_sub(shown), shown) {
        (0, _) => names,
        (left, 0) => format!("{left} sources"),
        (left, _) => format!("{names} (+{left})"),
    }
}

/// A field cannot bring a separator of its own.
fn field(raw: &str) -> String {
    clean::line(&raw.replace('·', "-"))
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

const PREFIX: &str = "Quillgate: ";
const SEPARATOR: &str = " · ";
const MARK: &str = " · op ";
const ENGINE_MAX: usize = 60;
const SOURCES_MAX: usize = 20;
/// The longest message, in UTF-16 units.
pub const MESSAGE_MAX: usize = 240;

#[cfg(test)]
mod tests {
    use super::{MESSAGE_MAX, OpId, message, parse_marker};

    #[test]
    fn counts_the_sources_that_do_not_fit() {
        let id = OpId::of([0xab; 16]);
        let names: Vec<String> = (1..=40).map(|n| format!("PROJECT-{n:04}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text = message(&names, "extract", &id);
        assert!(text.starts_with("Quillgate: PROJECT-0001, ") && text.contains(" (+"), "{text}");
        assert!(text.encode_utf16().count() <= MESSAGE_MAX);
        assert_eq!(message(&[], "extract", &id), format!("Quillgate: extract · op {id}"));
        let long = "x".repeat(300);
        assert_eq!(message(&[&long, &long], "e", &id), format!("Quillgate: 2 sources · e · op {id}"));
    }

    #[test]
    fn finds_the_id_it_wrote() {
        let id = OpId::of([0x5f; 16]);
        let rockets = "🚀".repeat(200);
        let odd = ["a · op b", "\u{202e}x", rockets.as_str(), ""];
        for engine in ["extract", "gemini · op x", &"é".repeat(300)] {
            for count in 0..=odd.len() {
                let text = message(&odd[..count], engine, &id);
                assert!(text.encode_utf16().count() <= MESSAGE_MAX, "{text}");
                assert_eq!(parse_marker(&text), Some(id.clone()), "{text}");
            }
        }
    }

    #[test]
    fn refuses_what_is_no_marker() {
        let id = "5f".repeat(16);
        let cases = [
            String::new(),
            format!("op {id}"),
            format!("quillgate: A · e · op {id}"),
            format!("Quillgate: A · e · op {id} "),
            format!("Quillgate: A · e · op {}", id.to_uppercase()),
            format!("Quillgate: A · e · op {}", id.trim_start_matches('5')),
            "Quillgate: A · e · op ".to_owned(),
        ];
        for bad in cases {
            assert_eq!(parse_marker(&bad), None, "{bad}");
        }
    }
}
