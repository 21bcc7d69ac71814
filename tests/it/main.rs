//! Whole conversations with the core over a fake host: its storage, queue, products and a model, in memory.
//! What is asserted is what a user, an auditor or an attacker could see.

#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a fake host that is misused should stop the test"
)]

mod admin;
mod announce;
mod answer;
mod bad_input;
mod bake_off;
mod canaries;
mod connect;
mod cuts;
mod embedding;
mod embedding_again;
mod embedding_routes;
mod embedding_tested;
mod faults;
mod host;
mod index;
mod index_care;
mod index_changes;
mod index_faults;
mod keys;
mod main_job;
mod masking;
mod masking_rules;
mod models;
mod models_rules;
mod people;
mod preview;
mod providers;
mod queries;
#[path = "../../src/random.rs"]
mod random;
mod retirement;
mod rotation;
mod rotation_faults;
mod scenes;
mod site;
mod swaps;
mod tokens;
mod wire;
