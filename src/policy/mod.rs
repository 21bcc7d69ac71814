//! Pure decisions: each takes what it judges by value or reference and returns a proof or a refusal.
//! It asks nobody; flows fetch, policies judge.

mod egress;
pub mod health;
pub mod key;
pub mod masking;
mod origin;
pub mod route;

pub use egress::{Holds, NotSent, Passed, Permit, host_of};
pub use origin::{AsApp, admit, as_app};
