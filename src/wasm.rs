//! The boundary with JavaScript; the only file that names `JsValue`.
