//! How an input and a reply cross: JSON, and beside it the long texts of what they hold, as they are. To escape a text on one side of
//! the boundary and to read it on the other costs more than all the rest of a step.
//! It knows neither JavaScript nor what an input means.
//!
//! An input is its texts, one after the other, and from `head` on JSON: `[[bytes of each text], input]`. In the input each text is
//! [`MARK`], in the same order.
//!
//! INVARIANT: what crosses may hold keys, so no byte of it stays behind: it is overwritten when it was read, and as it grows.

mod placed;

use std::io::{Result as IoResult, Write};

use super::{Input, Reply};
pub use placed::MARK;

/// Bytes that are overwritten before they are given back, also when they are moved to a larger place.
#[derive(Default)]
pub struct Wiped(Vec<u8>);

impl Wiped {
    /// Takes bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Wiped {
        Wiped(bytes)
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text, if they are.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        simdutf8::basic::from_utf8(&self.0).ok()
    }
}

impl Wiped {
    /// Moves to a larger place.
    #[cold]
    fn grow(&mut self, needed: usize) {
        let mut larger = Wiped(Vec::with_capacity(needed.saturating_mul(2).max(FIRST_BYTES)));
        larger.0.extend_from_slice(&self.0);
        std::mem::swap(self, &mut larger);
    }
}

impl Write for Wiped {
    #[inline]
    fn write_all(&mut self, more: &[u8]) -> IoResult<()> {
        let needed = self.0.len().saturating_add(more.len());
        if needed > self.0.capacity() {
            self.grow(needed);
        }
        self.0.extend_from_slice(more);
        Ok(())
    }

    fn write(&mut self, more: &[u8]) -> IoResult<usize> {
        self.write_all(more).map(|()| more.len())
    }

    fn flush(&mut self) -> IoResult<()> {
        Ok(())
    }
}

impl Drop for Wiped {
    /// In one piece: `zeroize` writes byte after byte, which for a body of megabytes is milliseconds.
    fn drop(&mut self) {
        self.0.fill(0);
        zeroize::optimization_barrier(self.0.as_slice());
    }
}

/// A usual reply.
const FIRST_BYTES: usize = 4096;

/// Reads an input. Nothing when it has not the documented form: what is wrong with it may hold what came in, and goes no further.
#[must_use]
pub fn read(bytes: &[u8], head: usize) -> Option<Input> {
    let (texts, head) = bytes.split_at_checked(head)?;
    placed::read(simdutf8::basic::from_utf8(texts).ok()?, head)
}

/// A reply on its way out.
pub struct Written {
    /// The reply as JSON, without the bodies of its effects.
    pub json: Wiped,
    /// Bodies, each with the place of its effect in the list.
    pub bodies: Vec<(u32, String)>,
}

/// Writes a reply. Nothing when it cannot be written, which no reply is.
#[must_use]
pub fn write(mut reply: Reply) -> Option<Written> {
    let bodies =
        (0..).zip(&mut reply.effects).filter_map(|(at, effect)| Some((at, effect.operation.take_body()?))).collect();
    let mut json = Wiped::default();
    serde_json::to_writer(&mut json, &reply).ok()?;
    Some(Written { json, bodies })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Actor, Call, Effect, EffectId, Method, Operation, Product, op};
    use serde_json::{Value, json};

    fn parcel(input: &Value, texts: &[&str]) -> (Vec<u8>, usize) {
        let lengths: Vec<usize> = texts.iter().map(|text| text.len()).collect();
        let whole = texts.concat();
        ((whole.clone() + &json!([lengths, input]).to_string()).into_bytes(), whole.len())
    }

    fn outcome(outcome: &Value) -> Value {
        json!({"type": "outcome", "id": 3, "now": 1, "outcome": outcome})
    }

    #[test]
    fn puts_each_text_in_its_place() {
        let asked = json!({"type": "call", "now": 1, "deadline": 2, "context": {"source": "ui"}, "call": {"type": MARK, "name": MARK, "sources": []}});
        let (bytes, head) = parcel(&asked, &["sets.save", "\"\u{1F600}\n"]);
        let Some(Input::Call { call, .. }) = read(&bytes, head) else { panic!("no call") };
        assert!(matches!(*call, Call::SetsSave { name, .. } if name == "\"\u{1F600}\n"));

        let (bytes, head) = parcel(
            &outcome(&json!({"status": 200, "body": MARK, "value": {"x": [MARK, "y"]}, "none": null})),
            &["{\"a\":1}", MARK],
        );
        let Some(Input::Outcome { id: EffectId(3), outcome, .. }) = read(&bytes, head) else { panic!("no outcome") };
        assert_eq!(outcome, json!({"status": 200, "body": "{\"a\":1}", "value": {"x": [MARK, "y"]}, "none": null}));
    }

    /// Names of variants, of options and of lists are texts too, wherever they are.
    #[test]
    fn puts_texts_where_a_name_is_expected() {
        let asked = json!({"type": "call", "now": 1, "deadline": 2, "context": {"source": "ui"}, "call": {
            "type": MARK, "kind": MARK, "id": MARK}});
        let (bytes, head) = parcel(&asked, &["sources.related", "page", "7"]);
        let Some(Input::Call { call, .. }) = read(&bytes, head) else { panic!("no call") };
        assert!(matches!(*call, Call::SourcesRelated { kind: crate::protocol::SourceKind::Page, id } if id == "7"));
        let (bytes, head) = parcel(&json!({"type": MARK, "id": 3, "now": 1, "code": MARK}), &["failed", "timeout"]);
        assert!(matches!(read(&bytes, head), Some(Input::Failed { code: crate::protocol::FailCode::Timeout, .. })));
    }

    #[test]
    fn refuses_what_has_another_form() {
        let good = outcome(&json!({"value": MARK}));
        let long = "[".repeat(200) + &"]".repeat(200);
        let deep = format!(r#"[[],{{"type":"outcome","id":1,"now":1,"outcome":{long}}}]"#);
        let context = json!({"source": "ui", "locale": MARK});
        let cases = [
            (parcel(&outcome(&json!({"value": "x"})), &["y"]), "a text without a place"),
            (parcel(&good, &[]), "a place without a text"),
            (parcel(&good, &["x", "y"]), "a text too many"),
            (parcel(&outcome(&json!({MARK: "x"})), &["y"]), "a name is no place"),
            (
                parcel(
                    &json!({"type": "call", "now": 1, "deadline": 2, "context": context, "call": {"type": MARK}}),
                    &["studio.open"],
                ),
                "a mark of somebody else's",
            ),
            ((json!([[2], good]).to_string().into_bytes(), 0), "a text that is not there"),
            ((("\u{e9}".to_owned() + &json!([[1], good]).to_string()).into_bytes(), 2), "a cut letter"),
            ((json!([[], outcome(&json!({}))]).to_string().into_bytes(), 999), "a head beyond the end"),
            ((b"\xff".iter().copied().chain(json!([[1], good]).to_string().into_bytes()).collect(), 1), "no text"),
            ((json!([[], outcome(&json!({})), 1]).to_string().into_bytes(), 0), "a part too many"),
            ((json!([[]]).to_string().into_bytes(), 0), "a part too few"),
            (
                ([json!([[], outcome(&json!({}))]).to_string(), "x".to_owned()].concat().into_bytes(), 0),
                "more behind it",
            ),
            ((format!("[[],{long}]").into_bytes(), 0), "too deep"),
            ((deep.into_bytes(), 0), "too deep an outcome"),
            (parcel(&json!({"type": "outcome", "id": 3, "now": 1, "outcome": {}, "more": 1}), &[]), "a field too many"),
            (
                parcel(&json!({"type": "outcome", "id": 3, "now": 1, "outcome": {}, "code": "network"}), &[]),
                "a field of another kind",
            ),
            (parcel(&json!({"type": "outcome", "id": 3, "now": 1}), &[]), "a field too few"),
            (parcel(&json!({"type": "failed", "id": 3, "now": 1, "code": "\u{1F600}"}), &[]), "a code that is none"),
            ((Vec::new(), 0), "nothing"),
        ];
        for ((bytes, head), what) in cases {
            assert!(read(&bytes, head).is_none(), "{what}");
        }
        let null = parcel(&outcome(&Value::Null), &[]);
        assert!(matches!(read(&null.0, null.1), Some(Input::Outcome { outcome: Value::Null, .. })));
    }

    #[test]
    fn gives_bodies_out_beside_the_rest() {
        let request = |body: Option<&str>| {
            Operation::Product(op::ProductCall {
                r#as: Actor::User,
                because: None,
                product: Product::Jira,
                method: Method::Post,
                path: "/p".to_owned(),
                body: body.map(str::to_owned),
            })
        };
        let effects = vec![
            Effect { id: EffectId(1), operation: request(None) },
            Effect { id: EffectId(2), operation: request(Some("{\"q\":\"\u{e9}\"}")) },
        ];
        let Written { json, bodies } = write(Reply { effects, answer: None, log: Vec::new() }).unwrap();
        assert_eq!(bodies, [(1, "{\"q\":\"\u{e9}\"}".to_owned())]);
        let written: Value = serde_json::from_slice(json.bytes()).unwrap();
        let fields = json!({"type": "product", "as": "user", "product": "jira", "method": "POST", "path": "/p"});
        let expected: Vec<Value> = [1, 2]
            .map(|id| {
                let mut effect = fields.clone();
                effect["id"] = id.into();
                effect
            })
            .to_vec();
        assert_eq!(written, json!({"effects": expected, "log": []}));
    }

    #[test]
    fn grows_without_losing_a_byte() {
        let mut wiped = Wiped::default();
        let text = "0123456789abcdef\u{e9}".repeat(4000);
        for piece in text.as_bytes().chunks(77) {
            wiped.write_all(piece).unwrap();
        }
        assert_eq!(wiped.text(), Some(text.as_str()));
    }
}
