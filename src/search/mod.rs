//! Search within a key-value store: segments of postings, documents, texts and vectors, and the plan that reads few of them.
//! It performs no read and seals nothing: it says which values it wants, and flows fetch and open them.
//!
//! | part | what it is for |
//! |---|---|
//! | [`doc`] | what is indexed |

pub mod doc;

pub use doc::{Doc, Meta, Piece, Space};
