//! JSON values of a body, borrowed: text as it reads, any other value as it is written, read when it is asked for.
//! They know no ADF; what is kept of a source leaves as [`Value`], which owns its text.

use serde_json::Value;

/// A JSON value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Json<'a> {
    /// Text, its escapes resolved.
    Text(&'a str),
    /// Any other value, as JSON.
    Raw(&'a str),
}

/// A member of an object. Of two with one name the last counts.
pub(super) type Member<'a> = (&'a str, Json<'a>);

/// The member of this name.
pub(super) fn find<'v, 'a>(members: &'v [Member<'a>], name: &str) -> Option<&'v Json<'a>> {
    members.iter().rfind(|(member, _)| *member == name).map(|(_, value)| value)
}

/// Members that own their text.
pub(super) fn owned(members: &[Member<'_>]) -> Vec<(String, Value)> {
    members.iter().map(|(name, value)| ((*name).to_owned(), value.to_value())).collect()
}

impl<'a> Json<'a> {
    pub(super) fn as_str(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Raw(_) => None,
        }
    }

    pub(super) fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Text(_) => None,
            Self::Raw(raw) => raw.parse().ok(),
        }
    }

    pub(super) fn as_i64(&self) -> Option<i64> {
        match self {
            // which is no whole number to JSON readers
            Self::Text(_) | Self::Raw("-0") => None,
            Self::Raw(raw) => raw.parse().ok(),
        }
    }

    /// The same, owning its text; members of one name are one.
    pub(super) fn to_value(self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.to_owned()),
            // it was read once, so it can be read
            Self::Raw(raw) => serde_json::from_str(raw).unwrap_or_default(),
        }
    }
}
