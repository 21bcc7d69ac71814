//! Whole conversations with the core over a fake host: its storage, queue, products and a model, in memory.
//! What is asserted is what a user, an auditor or an attacker could see.

mod admin;
mod canaries;
mod faults;
mod host;
mod main_job;
mod site;
