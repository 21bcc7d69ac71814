//! The boundary with JavaScript; the only file that names `JsValue`. It translates and decides nothing.

use js_sys::{Object, Uint16Array};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use crate::command::{self, content::ExcerptsIn, provider::packed};
use crate::content;
use crate::conversation::Conversation;
use crate::privacy::{Kind, KindSet, Masker};
use crate::protocol::Input;

/// One conversation with the core: a call, then outcomes, until there is an answer.
#[wasm_bindgen]
#[derive(Default)]
pub struct Core {
    conversation: Conversation,
}

#[wasm_bindgen]
impl Core {
    /// A core that waits for its call.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Core {
        Core::default()
    }

    /// Takes one input, gives one reply.
    ///
    /// # Errors
    /// When the reply cannot be made a JavaScript value, which no reply is.
    pub fn step(&mut self, input: JsValue) -> Result<JsValue, JsError> {
        let reply = match read(input) {
            Some(input) => self.conversation.step(input),
            None => Conversation::misunderstood(),
        };
        reply.serialize(&Serializer::json_compatible()).map_err(|_| JsError::new("reply"))
    }
}

#[wasm_bindgen]
impl Core {
    /// The verb `markdown` for a body of UTF-8 bytes (`adf`, `storage` or `markdown`), which crosses here once and not as a
    /// part of an input. Nothing when the line is refused: the verb says why.
    ///
    /// Text beyond ASCII comes as UTF-16 (a `Uint16Array`), which is how an engine holds it: it decodes UTF-8 at a third of a
    /// gigabyte a second.
    #[must_use]
    pub fn markdown(format: &str, body: &[u8]) -> JsValue {
        match markdown_of(format, body) {
            Some(text) if text.is_ascii() => text.into(),
            Some(text) => Uint16Array::from(content::utf16(&text).as_slice()).into(),
            None => JsValue::UNDEFINED,
        }
    }

    /// The verb `excerpts` in the same way: the list of its excerpts.
    #[must_use]
    pub fn excerpts(format: &str, body: &[u8], title: Option<String>, max_chars: Option<usize>) -> Option<JsValue> {
        let format = serde_json::from_value(format.into()).ok()?;
        let body = core::str::from_utf8(body).ok()?.to_owned();
        let line = ExcerptsIn { id: Value::Null, format, body, title, max_chars, tokenizer: None };
        let found = command::content::excerpts(line).ok()?;
        found.excerpts.serialize(&Serializer::json_compatible()).ok()
    }

    /// The verbs `request` and `response` for a packed line, which crosses as one piece, as its answer does; their forms are
    /// `command::provider::packed`'s. Nothing when the line is refused: the verb says why.
    #[must_use]
    pub fn wire(verb: &str, packed: &[u8], head: usize) -> Option<String> {
        match verb {
            "request" => packed::request(packed, head),
            "response" => packed::response(packed, head),
            _ => None,
        }
    }
}

/// Masks plain texts, each with a map of its own that is dropped: for bulk work that restores nothing.
#[wasm_bindgen]
pub struct Masking {
    kinds: KindSet,
}

#[wasm_bindgen]
impl Masking {
    /// For kinds by their wire names; without them for all.
    ///
    /// # Errors
    /// When a name is no kind's.
    #[wasm_bindgen(constructor)]
    pub fn new(kinds: Option<Vec<String>>) -> Result<Masking, JsError> {
        let named = |name: String| serde_json::from_value::<Kind>(name.into()).map_err(|_| JsError::new("kind"));
        let kinds =
            kinds.map(|names| names.into_iter().map(named).collect::<Result<KindSet, JsError>>()).transpose()?;
        Ok(Masking { kinds: kinds.unwrap_or(KindSet::ALL) })
    }

    /// A text of UTF-8 bytes, masked. Nothing when the bytes are not UTF-8.
    #[must_use]
    pub fn mask(&self, text: &[u8]) -> Option<String> {
        let text = core::str::from_utf8(text).ok()?;
        Some(Masker::new(&[], self.kinds).mask(text).as_ref().clone())
    }
}

fn markdown_of(format: &str, body: &[u8]) -> Option<String> {
    let format = serde_json::from_value(format.into()).ok()?;
    content::markdown_of(format, core::str::from_utf8(body).ok()?).ok()
}

/// An input of the documented shape. The decoder's message may hold what came in; it goes no further.
fn read(input: JsValue) -> Option<Input> {
    if is_too_deep(&input) { None } else { serde_wasm_bindgen::from_value(input).ok() }
}

/// The decoder calls itself for each level, and a stack that ends takes the instance with it.
fn is_too_deep(input: &JsValue) -> bool {
    let mut level = vec![input.clone()];
    for _ in 0..MAX_DEPTH {
        level = level
            .iter()
            .filter_map(|value| value.dyn_ref::<Object>())
            .flat_map(|object| Object::values(object).to_vec())
            .collect();
        if level.is_empty() {
            return false;
        }
    }
    true
}

/// Levels of objects and lists in an input; what `serde_json` reads of text.
const MAX_DEPTH: usize = 128;
