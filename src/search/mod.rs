//! Search within a key-value store: segments of postings, documents, texts and vectors, and the plan that reads few of them.
//! It performs no read and seals nothing: it says which values it wants, and flows fetch and open them.
//!
//! | part | what it is for |
//! |---|---|
//! | [`doc`] | what is indexed |
//! | [`words`] | from text to terms |
//! | [`query`] | from what was typed to terms and filters |
//! | [`score`] | what a posting and a document count |
//! | [`snippet`] | the part of a text that shows why it is a hit |
//! | [`vector`] | embeddings: checked, coded, kept in cells, scanned |
//! | [`fuse`] | one ranking out of the lexical and the dense one |
//! | [`near`] | hits that say nearly the same, folded into one |
//! | [`posting`] | lists of postings and dictionaries, as bytes |
//! | [`segment`] | immutable values: built, merged, opened |
//! | [`manifest`] | what the index consists of: containers, segments, routing, statistics |
//! | [`plan`] | the reads of one query, within its budget |

pub mod doc;
pub mod fuse;
#[cfg(test)]
mod laws;
pub mod manifest;
#[cfg(test)]
mod measured;
pub mod near;
pub mod plan;
pub mod posting;
pub mod query;
pub mod score;
pub mod segment;
pub mod snippet;
pub mod vector;
pub mod words;

pub use doc::{Doc, Meta, Piece, Space, Vector};
