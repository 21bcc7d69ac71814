//! What the pages show. Each type is one screen's or one card's data; nothing here is computed.
//! One file for each noun: routes, sources, jobs, administration.

mod admin;
mod job;
mod route;
mod sources;

pub use admin::{Admin, CatalogEntry, CatalogModel, DefaultRoute, Fact, KeyView, SavedBy, TestResult};
pub use job::{
    Claim, Conflict, ExtractSentence, History, HistoryPage, IssueExtract, Job, JobCard, LeftOut, Masked, Preview,
    PreviewRequest, Previewed, Published, Review, SourceView, Target, Written,
};
pub use route::{KeyOwner, Route};
pub use sources::{Container, Hit, Hits, Limits, Studio, TargetPage, TargetSpace, Targets, Why};

pub use crate::publish::{Row, Summary};
