//! The verbs of the `quillgate` command: one line in, one line out, answered in one step.
//! It asks the host for nothing: a verb runs on what its line holds.

pub mod content;
pub mod refused;
