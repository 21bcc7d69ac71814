//! The typed operations that flows perform; each names the outcome it gives and the time it needs.
//! It performs nothing.

mod events;
mod outside;
mod storage;

pub use events::{EventBody, Pushed, QueuePush, Realtime, Sign, Signed, Wait};
pub use outside::{Egress, Http, Llm, ProductAnswer, ProductCall, SecretHeader};
pub use storage::{
    Done, Entities, Entity, EntityGet, EntityQuery, Keyed, Keys, KvDelete, KvGet, KvKeys, KvSet, SecretDelete,
    SecretGet, SecretSet, SecretSource, Stored, Transact,
};

use serde::de::DeserializeOwned;

use super::Operation;
use crate::protocol::Millis;

/// An operation decides the type of its outcome and how long it may take at worst.
pub trait Perform: Into<Operation> {
    /// What the shim gives back.
    type Outcome: DeserializeOwned;
    /// Time that must be left in the invocation to begin it.
    const NEEDS: Millis;
}

macro_rules! performs {
    ($($name:ident => $outcome:ty, $needs:expr;)*) => {$(
        impl Perform for $name {
            type Outcome = $outcome;
            const NEEDS: Millis = $needs;
        }
        impl From<$name> for Operation {
            fn from(operation: $name) -> Self { Operation::$name(operation) }
        }
    )*};
}

const STORAGE: Millis = Millis(300);

performs! {
    KvGet => Stored, STORAGE;
    KvSet => Done, STORAGE;
    KvDelete => Done, STORAGE;
    KvKeys => Keys, STORAGE;
    SecretGet => Stored, STORAGE;
    SecretSet => Done, STORAGE;
    SecretDelete => Done, STORAGE;
    EntityGet => Entity, STORAGE;
    EntityQuery => Entities, STORAGE;
    Transact => Done, STORAGE;
    QueuePush => Pushed, STORAGE;
    Realtime => Done, Millis(3_000);
    Sign => Signed, STORAGE;
    Wait => Done, Millis(0);
    Egress => Http, Millis(4_000);
    Llm => Http, Millis(4_000);
}

impl Perform for ProductCall {
    type Outcome = ProductAnswer;
    const NEEDS: Millis = Millis(2_000);
}
impl From<ProductCall> for Operation {
    fn from(operation: ProductCall) -> Self {
        Operation::Product(operation)
    }
}
