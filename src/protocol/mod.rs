//! The only types that meet the wire: inputs, effects, answers, views and codes.
//! It decides nothing; [`crate::flow`] does.
//!
//! INVARIANT: unknown fields are refused, and no error made here carries a value that came in.

mod answer;
mod call;
mod code;
mod connect;
mod effect;
mod input;
mod masking;
pub mod parcel;
mod time;
pub mod view;

pub use answer::{Answer, Params, Reply};
pub use call::{Call, ContainerKind, Engine, RouteMode, SourceKind, SourceRef, Target, Tone, UseCase};
pub use code::{FailCode, Fault, Refusal};
pub use connect::TypedRoute;
pub use effect::{
    Actor, Because, Concurrency, Condition, Delete, Effect, EffectId, Event, Method, Operation, Product, Set, Test, op,
};
pub use input::{Environment, Extension, Input, RawContext, Source};
pub use masking::{DataClass, WordList, WordMatch};
pub use time::Millis;
