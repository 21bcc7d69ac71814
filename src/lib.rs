//! Quillgate's core: it decides, the shim performs.
//!
//! The core is pure: no clock, network, storage, console or JavaScript type outside [`wasm`]. One door,
//! `Core.step(input) -> Reply`, takes a call and then the outcomes of the effects it asked for, until there is an answer.
//!
//! # The map
//! | room | what it is for |
//! |---|---|
//! | [`protocol`] | the only types that meet the wire: call, effect, outcome, view, fault |
//! | [`flow`] | one use case a file, written as ordinary `async fn`, on a small executor |
//! | [`tenant`] | installation and principal: values only the context parser can make |
//! | [`policy`] | pure decisions that return a proof or a refusal |
//! | [`content`] | ADF, storage format, Markdown: parse, print, view; excerpts; the extract |
//! | [`privacy`] | detectors, names, tokens: mask and restore |
//! | [`provider`] | one adapter per model API; the registry; errors in one vocabulary |
//! | [`prompt`] | templates, budget, output schema, claim check |
//! | [`product`] | every endpoint of Jira and Confluence the app asks, with its scope |
//! | [`publish`] | page blocks, edit script, diff |
//! | [`record`] | the catalogue of everything stored: class, lifetime, key, codec |
//! | [`vault`] | sealing: envelope, keys, secrets |
//! | [`audit`] | log lines that are safe by type |
//! | [`command`] | the verbs of the `quillgate` command, answered in one step |

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
pub mod record;
pub mod tenant;
pub mod vault;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
