//! From sources to a prompt, and from a model's answer to a plan whose every claim was checked.
//! It calls no model, reads no product, and writes no page: the plan is text and citations, our encoder makes the blocks.
//!
//! INVARIANT: untrusted text enters a prompt only as `Masked`, between markers that are random for each request.
//! INVARIANT: whatever a model answers, a plan holds plain text: no links, no markup, no invisible characters.

pub mod budget;
pub mod clean;
pub mod plan;
pub mod schema;
pub mod task;

mod facts;
mod inert;
mod words;

pub use plan::{Anchor, Body, Claim, ClaimText, Drop, Edit, Item, ItemKind, Op, Plan, Quote, Reason, Section};
pub use schema::schema;
pub use task::{Excerpt, Language, Marker, OutlineBlock, Source, SourceKind, Task, Tone, UseCase};
