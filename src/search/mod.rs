//! Search within a key-value store: segments of postings, documents, texts and vectors, and the plan that reads few of them.
//! It performs no read and seals nothing: it says which values it wants, and flows fetch and open them.
//!
//! | part | what it is for |
//! |---|---|
//! | [`doc`] | what is indexed |
//! | [`fuse`] | one ranking out of the lexical and the dense one |
//! | [`near`] | hits that say nearly the same, folded into one |
//! | [`vector`] | embeddings: checked, coded, kept in cells, scanned |

pub mod doc;
pub mod fuse;
pub mod near;
pub mod vector;

pub use doc::{Doc, Meta, Piece, Space};
