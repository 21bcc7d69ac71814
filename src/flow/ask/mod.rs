//! Asking a model: the one place that sends a request to one, for a text or for vectors.
//! What is asked is the caller's ([`Errand`]); which route may be taken is [`crate::policy::route`]'s to say.
//!
//! One attempt is: decide, make the request, clear it by the masking rules, count it and claim the route in one
//! transaction, send, read, note what became of it. What follows is decided by [`next`]: wait and ask again, ask a
//! fallback, go on in a later event, or end.
//!
//! | file | what |
//! |---|---|
//! | `routes` | the connected routes, and the decision over them |
//! | `state` | the row of health and of the month's tokens, before and after an attempt |
//! | `judged` | what an attempt says of its route |
//! | `next` | what follows from a failure: pure |
//! | `keyed` | the credential of a route, renewed once |
//! | `slim` | a request without what a model may not take |
//! | `text` | a text, with everything that may go wrong |
//! | `vectors` | vectors, many requests at once |
//!
//! INVARIANT: an attempt is in the row before it is sent, at the most it can cost; what is not known afterwards stays.
//! INVARIANT: what a provider or a model held back goes to no other route.

mod judged;
mod keyed;
mod next;
mod routes;
mod slim;
mod state;
mod text;
mod vectors;

pub(crate) use routes::Routes;
pub(crate) use text::{Errand, How, Sending, Trouble, Unfit, Written, text};
pub(crate) use vectors::{Caller, Unembedded, Wanted};
