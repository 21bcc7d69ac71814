//! The search index at work: what is switched on, comparing it with the products, following changes, answering searches.
//! The format of segments and the plan of reads are [`crate::search`]'s; values in and out of storage are the shelf's.
//!
//! INVARIANT: the products are read as the app in the background alone and for containers an admin switched on
//! ([`crate::policy::as_app`]); whatever is shown was read as the asking user in the same call.

mod admin;
mod changed;
mod compared;
mod crawl;
mod documents;
mod embeddable;
mod embedder;
mod embedding;
mod held;
mod inspect;
mod live;
mod query;
mod queue;
mod reading;
mod recall;
mod related;
mod settings;
mod upkeep;

pub(crate) use admin::{Cursors, open, others, parse_key, rebuild, seen, set, set_lifetime};
pub(crate) use changed::{again, notice};
pub(crate) use crawl::step;
pub(crate) use embedding::set_embedding;
pub(crate) use inspect::inspect;
pub(crate) use live::titles;
pub(crate) use query::{Within, parse, search, state};
pub(super) use queue::{Work, push};
pub(crate) use recall::recall;
pub(crate) use related::related;
pub(crate) use upkeep::{erase, mend, merge, nightly};
