//! The boundary with JavaScript; the only file that names `JsValue`. It translates and decides nothing.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

use crate::conversation::Conversation;

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
        let reply = match serde_wasm_bindgen::from_value(input) {
            Ok(input) => self.conversation.step(input),
            // The decoder's message may hold what came in; it goes no further.
            Err(_) => Conversation::misunderstood(),
        };
        reply.serialize(&Serializer::json_compatible()).map_err(|_| JsError::new("reply"))
    }
}
