//! The boundary with JavaScript; the only file that names `JsValue`. It translates and decides nothing.

use js_sys::{Array, JSON, Uint32Array};
use serde::Serialize;
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use crate::command::{self, content::ExcerptsIn, provider::packed};
use crate::content::{self, Origin};
use crate::conversation::Conversation;
use crate::privacy::{Kind, KindSet, Masker};
use crate::protocol::Reply;
use crate::protocol::parcel::{self, Wiped};

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

    /// Takes one input, a parcel whose JSON begins at `head`; gives one reply. The shim's `door.js` makes the one of a JavaScript value.
    ///
    /// # Errors
    /// When the reply cannot be made a JavaScript value, which no reply is.
    pub fn step(&mut self, input: Vec<u8>, head: usize) -> Result<JsValue, JsError> {
        let bytes = Wiped::new(input);
        let input = parcel::read(bytes.bytes(), head);
        drop(bytes);
        let reply = match input {
            Some(input) => self.conversation.step(input),
            None => Conversation::misunderstood(),
        };
        unpacked(reply).ok_or_else(|| JsError::new("reply"))
    }

    /// The verbs `request`, `response` and, up to its request, `ask` for a packed line, which crosses as one piece, as its answer does; their forms are
    /// `command::provider::packed`'s. Nothing when the line is refused: the verb says why.
    #[must_use]
    pub fn wire(verb: &str, packed: &[u8], head: usize) -> Option<String> {
        match verb {
            "request" => packed::request(packed, head),
            "response" => packed::response(packed, head),
            "ask" => packed::ask(packed, head),
            _ => None,
        }
    }
}

/// Bodies and their Markdown as UTF-16 in the memory of the instance, in a room that is used again: for bulk work.
///
/// An engine holds text as UTF-16 and moves it in and out at ten times the speed at which it encodes and decodes UTF-8.
#[wasm_bindgen]
#[derive(Default)]
pub struct Room {
    units: Vec<u16>,
    bytes: Vec<u8>,
    /// Markdown that is ASCII stays as it is: an engine holds such a text in bytes.
    ascii: Option<String>,
}

#[wasm_bindgen]
impl Room {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Room {
        Room::default()
    }

    /// The memory that the rooms of this instance lie in.
    #[must_use]
    pub fn memory() -> JsValue {
        wasm_bindgen::memory()
    }

    /// Makes room for a body of so many units, and says at which byte of the memory it is; nothing when no body is as long.
    pub fn make(&mut self, units: usize) -> Option<usize> {
        if units > content::MAX_BYTES {
            return None;
        }
        if self.units.len() < units {
            self.units.resize(units, 0);
        }
        Some(self.units.as_ptr().addr())
    }

    /// At which byte of the memory the Markdown is.
    #[must_use]
    pub fn place(&self) -> usize {
        self.ascii.as_ref().map_or_else(|| self.units.as_ptr().addr(), |text| text.as_ptr().addr())
    }

    /// Whether the Markdown is ASCII, and its units are bytes.
    #[must_use]
    pub fn is_ascii(&self) -> bool {
        self.ascii.is_some()
    }

    /// The verb `markdown` for the body of so many units that was written here; the Markdown is kept until the next one. Gives
    /// how many units it has; nothing when the line is refused: the verb says why.
    pub fn markdown(&mut self, format: &str, units: usize) -> Option<usize> {
        let format = serde_json::from_value(format.into()).ok()?;
        let body = content::from_utf16(self.units.get(..units)?, &mut self.bytes);
        let text = content::markdown_of(format, body).ok()?;
        self.ascii = None;
        if !text.is_ascii() {
            return Some(content::to_utf16(&text, &mut self.units));
        }
        Some(self.ascii.insert(text).len())
    }

    /// The verb `excerpts` in the same way: the list of its excerpts, but their origins; these as three numbers each (first, last and
    /// the length of the id in units, 0 without one); and the ids in one text. An engine makes the small objects faster than they cross.
    pub fn excerpts(
        &mut self,
        format: &str,
        units: usize,
        title: Option<String>,
        max_chars: Option<usize>,
    ) -> Option<Array> {
        let format = serde_json::from_value(format.into()).ok()?;
        let body = content::from_utf16(self.units.get(..units)?, &mut self.bytes).to_owned();
        let line = ExcerptsIn { id: Value::Null, format, body, title, max_chars, tokenizer: None };
        let mut excerpts = command::content::excerpts(line).ok()?.excerpts;
        let (mut numbers, mut ids) = (Vec::with_capacity(excerpts.len() * 3), String::new());
        for Origin { first, last, id } in excerpts.iter_mut().filter_map(|excerpt| excerpt.origin.take()) {
            let id = id.unwrap_or_default();
            numbers.extend([first, last, u32::try_from(content::utf16_len(&id)).unwrap_or_default()]);
            ids.push_str(&id);
        }
        let list = excerpts.serialize(&Serializer::json_compatible()).ok()?;
        Some(Array::of3(&list, &Uint32Array::from(numbers.as_slice()).into(), &ids.into()))
    }
}

/// Masks plain texts, each with a map of its own that is dropped: for bulk work that restores nothing. A text is written as UTF-8
/// into its room in the memory of the instance, and what it became is read there.
#[wasm_bindgen]
pub struct Masking {
    masker: Masker,
    text: Vec<u8>,
    masked: String,
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
        let masker = Masker::new(&[], kinds.unwrap_or(KindSet::ALL));
        Ok(Masking { masker, text: Vec::new(), masked: String::new() })
    }

    /// The memory that the rooms of this instance lie in.
    #[must_use]
    pub fn memory() -> JsValue {
        wasm_bindgen::memory()
    }

    /// Makes room for a text of so many bytes, and says at which byte of the memory it is.
    pub fn make(&mut self, bytes: usize) -> usize {
        if self.text.len() < bytes {
            self.text.resize(bytes, 0);
        }
        self.text.as_ptr().addr()
    }

    /// Masks the text of so many bytes that was written here. Says how many bytes it has then, the number negative when all of them
    /// are ASCII; zero when nothing of it was masked. Nothing when it is not UTF-8.
    pub fn mask(&mut self, bytes: usize) -> Option<f64> {
        let text = simdutf8::basic::from_utf8(self.text.get(..bytes)?).ok()?;
        let masked = self.masker.mask_some(text);
        self.masker.forget();
        let Some(masked) = masked else { return Some(0.0) };
        masked.as_ref().clone_into(&mut self.masked);
        let length = f64::from(u32::try_from(self.masked.len()).ok()?);
        Some(if self.masked.is_ascii() { -length } else { length })
    }

    /// At which byte of the memory the masked text is.
    #[must_use]
    pub fn place(&self) -> usize {
        self.masked.as_ptr().addr()
    }
}

/// A reply as a JavaScript value: the engine's own parser makes it at a fraction of what it costs to set member after member from here.
fn unpacked(reply: Reply) -> Option<JsValue> {
    let written = parcel::write(reply)?;
    let reply = JSON::parse(written.json.text()?).ok()?;
    if !written.bodies.is_empty() {
        let effects = reply.unchecked_ref::<Parsed>().effects();
        for (at, body) in &written.bodies {
            effects.get(*at).unchecked_into::<Bodied>().set_body(body);
        }
    }
    Some(reply)
}

#[wasm_bindgen]
extern "C" {
    /// A reply that was parsed. Its members are read and set by name in the glue: no name crosses.
    type Parsed;

    #[wasm_bindgen(method, getter)]
    fn effects(this: &Parsed) -> Array;

    /// One of its effects that takes a body.
    type Bodied;

    #[wasm_bindgen(method, setter)]
    fn set_body(this: &Bodied, body: &str);
}
