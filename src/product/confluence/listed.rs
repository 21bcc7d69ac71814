//! Confluence's lists: results and where the next page is.
//! It asks for no page.

use serde::Deserialize;

/// A list of results.
#[derive(Debug, Deserialize)]
#[serde(bound = "T: serde::de::DeserializeOwned")]
pub struct Listed<T> {
    /// The results.
    pub results: Vec<T>,
    /// Where the next page is.
    #[serde(default, rename = "_links")]
    pub links: Links,
}

/// Links of a list.
#[derive(Debug, Default, Deserialize)]
pub struct Links {
    /// Path of the next page.
    #[serde(default)]
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// The cursor of the next page.
    #[must_use]
    pub fn cursor(&self) -> Option<String> {
        let query = self.links.next.as_deref()?.split_once('?')?.1;
        query.split('&').find_map(|pair| pair.strip_prefix("cursor=")).map(decode)
    }
}

/// Percent-decodes a query value; what is no escape stays.
fn decode(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let escaped = (first == b'%').then(|| tail.get(..2)).flatten();
        let byte =
            escaped.and_then(|hex| std::str::from_utf8(hex).ok()).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match byte {
            Some(byte) => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => bytes.push(first),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::Space;
    use super::*;

    #[test]
    fn a_cursor_is_read_from_the_next_link() {
        let listed: Listed<Space> =
            serde_json::from_str(r#"{"results":[],"_links":{"next":"/wiki/x?limit=5&cursor=a%3D%3D"}}"#).unwrap();
        assert_eq!(listed.cursor().as_deref(), Some("a=="));
        let last: Listed<Space> = serde_json::from_str(r#"{"results":[]}"#).unwrap();
        assert_eq!(last.cursor(), None);
    }

    #[test]
    fn a_broken_escape_stays_as_it_is() {
        for (given, expected) in [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%41%", "A%"), ("a%20b", "a b")] {
            assert_eq!(decode(given), expected);
        }
    }
}
