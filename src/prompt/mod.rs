//! From sources to a prompt, and from a model's answer to a plan whose every claim was checked.
//! It calls no model, reads no product, and writes no page: the plan is text and citations, our encoder makes the blocks.
//!
//! INVARIANT: untrusted text enters a prompt only as `Masked`, between markers its author cannot know.
//! INVARIANT: whatever a model answers, a plan holds plain text: no links, no markup, no invisible characters.

pub mod bakeoff;
pub mod budget;
pub mod check;
pub mod clean;
pub mod extract;
pub mod output;
pub mod plan;
pub mod render;
mod restore;
pub mod schema;
pub mod task;
pub mod template;

mod facts;
mod headings;
mod inert;
mod words;

pub use budget::Room;
pub use check::{Evidence, Overlap, Settled, settle};
pub use plan::{
    Anchor, Body, Claim, ClaimText, DropCode, Dropped, Edit, Item, ItemKind, Op, Plan, Quote, Reason, Section,
};
pub use restore::restored;
pub use schema::schema;
pub use task::{Excerpt, Language, Marker, OutlineBlock, Source, SourceKind, Task, Tone, UseCase};
pub use template::{Built, TEMPLATE_VERSION, build};
