//! What the pages show. Each type is one screen's or one card's data; nothing here is computed.
//! One file for each noun: routes, sources, jobs, administration, the index, masking.

mod admin;
mod index;
mod job;
mod masking;
mod models;
mod route;
mod sources;

pub use admin::{
    Admin, CatalogEntry, CatalogModel, DefaultRoute, EmbeddingTest, Fact, FailedView, KeyView, LifeState, ModelLife,
    RouteView, SavedBy, TestResult, TestedView,
};
pub use index::{
    ContainerState, EmbeddingOffer, IndexAdmin, IndexContainer, IndexEmbedding, IndexPassed, IndexState, IndexTotals,
    Inspected, InspectedDocument, InspectedPiece, MeanAndMax, PartialIndex, Readiness, Recall, Refines, Spent,
};
pub use job::{
    Claim, ClaimSpot, Conflict, ExtractSentence, History, HistoryPage, IssueExtract, Job, JobCard, LeftOut, Masked,
    Preview, PreviewRequest, Previewed, Published, Review, SourceView, Target, Written,
};
pub use masking::{
    CanaryView, ClassView, KindView, MaskingAdmin, MaskingChange, MaskingContainer, MaskingContainers,
    MaskingReportView, MaskingTrial, OwnWord, OwnWords, PlantedCanary, ReportDay, TrialPart,
};
pub use models::{
    BakeOffRoute, BakeOffView, Budget, ClassRule, Fallback, HealthState, ModelRoute, Models, Remaining, RouteHealth,
};
pub use route::{KeyOwner, Route};
pub use sources::{
    Container, Hit, Hits, Limits, SetSource, SnippetPart, SourceSet, SourceSets, Spot, Studio, TargetPage, TargetSpace,
    Targets, Why,
};

pub use crate::publish::{Row, Summary};
