//! Placeholder line, replaced by the room's own description.

pub mod check;
pub mod provider;
