//! Quillgate's core: it decides, the shim performs.
//!
//! The core is pure: no clock, network, storage, console or JavaScript type outside `wasm`. One door,
//! `Core.step(input) -> Reply`, takes a call and then the outcomes of the effects it asked for, until there is an answer.
//!
//! # In one breath
//! [`conversation::Conversation`] takes a call ([`protocol`]), has its source admitted ([`policy`]), and starts the flow of its use case
//! ([`flow`]): an ordinary `async fn` on a small executor. A flow asks the host for effects and waits; what it learns it hands to
//! pure rooms ([`content`], [`privacy`], [`prompt`], [`publish`]), and what it must remember it seals ([`record`], [`vault`]).
//!
//! # The map
//! | room | what it is for |
//! |---|---|
//! | [`protocol`] | the only types that meet the wire: call, effect, outcome, view, fault |
//! | [`conversation`] | the state behind the one door |
//! | [`flow`] | one use case a file; the executor; sessions and storage |
//! | [`tenant`] | installation and principal: values only the context parser can make |
//! | [`policy`] | pure decisions that return a proof or a refusal; the egress gate |
//! | [`product`] | every endpoint of Jira and Confluence the app asks, with its scope |
//! | [`content`] | ADF, storage format, Markdown: parse, print, view; excerpts; the extract |
//! | [`privacy`] | detectors, names, tokens: mask and restore |
//! | [`prompt`] | templates, budget, output schema, claim check |
//! | [`provider`] | one adapter per model API; the registry; errors in one vocabulary |
//! | [`publish`] | page blocks, edit script, diff, approval, revert |
//! | [`record`] | the catalogue of everything stored: class, lifetime, key, codec |
//! | [`vault`] | sealing: envelope, keys, secrets |
//! | [`audit`] | log lines that are safe by type |
//! | [`search`] | lexical and vector index as segments for a key-value store; the plan that reads few of them
//! | [`command`] | the verbs of the `quillgate` command, answered in one step |
//!
//! # What callers may rely on
//! - No product is asked but as the person at the page; or as the app, in the background, about projects and spaces an admin
//!   switched on for the index ([`policy::AsApp`]). Whatever of these is shown, the product gave to the asking person in the
//!   same call.
//! - No body outlives the invocation that read it, but as sealed excerpts: those of a draft for minutes, those of the index until
//!   the document goes, its container is switched off or its time is over.
//! - Nothing reaches a provider but a [`privacy::Masked`] prompt, through a [`policy::Permit`] for the decided route's hosts.
//! - Nothing is written to a page but a [`publish::Approved`] body, after its intent was stored.
//! - Every stored value is sealed under its installation, class, key and version; a swapped or older one does not open.
//! - No error, refusal or log line carries text that came in.

pub mod audit;
pub mod command;
pub mod content;
pub mod conversation;
pub mod flow;
pub mod policy;
pub mod privacy;
pub mod product;
pub mod prompt;
pub mod protocol;
pub mod provider;
pub mod publish;
#[cfg(test)]
mod random;
pub mod record;
pub mod search;
pub mod tenant;
pub mod vault;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
