//! The catalogue of everything stored: class, purpose, lifetime and key of each record, and its codec.
//! Key grammar, entity and index names live here and nowhere else. It reads and writes nothing itself.
//!
//! INVARIANT: every value is sealed under its class, key and version; what an index must see in clear is a token
//! (a keyed digest), never an id of a person or page.

mod bakeoff;
mod draft;
mod health;
mod ids;
mod index;
mod job;
mod masking;
mod material;
mod rotation;
mod settings;

pub use bakeoff::{BakeOff, BakeOffState, Baked, BakedRoute, Score};
pub use draft::{Draft, DraftClaim, Quoted};
pub use health::{Breaker, Health, Left, ModelsState, Spent};
pub use ids::{JobId, RequestDigest, RequestId};
pub use index::{
    Embedded, IndexSettings, MOST_PASSED, Passed, Progress, SavedSet, SavedSets, Switched, container_name, document_id,
    source_of,
};
pub use job::{
    Done, Intent, Job, Problem, ProblemCode, SourceRecord, SourceState, Stage, StageName, State, TargetRecord,
    WriteKind,
};
pub use masking::{
    AllowWord, Canary, Change, ChangeAct, Classed, DayCount, DenyWord, MaskingPolicy, MaskingReport, Place, Seen, Who,
};
pub use material::{Field, Material, MaterialBlock, MaterialPage, MaterialSource, Person, Spot};
pub use rotation::{Phase, Rotation, Stage as RotationStage};
pub use settings::{
    Boundary, CredentialKind, EmbeddingChoice, Found, Learnt, LooseKey, RouteId, RouteRecord, Settings, Tested,
};

use crate::protocol::Millis;

/// What kind of thing a record is. The name is part of what a sealed value is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A job: states, ids, counts, titles.
    Job,
    /// Packed excerpts waiting for the model call.
    Material,
    /// The edit script between draft and approval.
    Draft,
    /// The admin's choices.
    Settings,
    /// A key of one of the customer's routes.
    ProviderKey,
    /// A token made from a service account.
    AccessToken,
    /// The installation's own secret, from which its keys are derived.
    InstallationSecret,
    /// The search index: its manifest and its values.
    Index,
    /// Which projects and spaces are indexed.
    IndexSettings,
    /// A person's saved sets of sources.
    Sets,
    /// What is masked: the admin's choices, and counts of the last week.
    Masking,
    /// How the routes to models are, and the month's tokens.
    ModelsState,
    /// The last comparison of models.
    BakeOff,
    /// The keys of names, see [`crate::vault::NameKeys`].
    NameKeys,
    /// How far the records have followed the root.
    Rotation,
}

/// How the records of a class lie in storage: what has to be known to re-wrap them when the root changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lies {
    /// It is not sealed: it is what seals.
    Unsealed,
    /// In the secret store, each version under a name of its own. The store has no condition for a write and the last one
    /// wins; under its name a secret's content never changes, so the one that wins is the right one whoever wrote it.
    Secrets,
    /// Rows under these keys of an entity, written on condition of their revision.
    Rows(&'static str, &'static [&'static str]),
    /// Rows listed by their class, written on condition of their revision.
    ListedRows,
    /// Jobs, listed by their state, written on condition of their revision.
    Jobs,
    /// Plain values that never change under their key, named by the index's manifest.
    NamedValues,
    /// Plain values that are gone within this time: they are not re-wrapped, a root is kept for as long.
    ShortLived(Millis),
}

/// Every class, in the order in which an uninstall erases them: keys first, and of these the customer's own.
pub const CLASSES: &[Class] = &[
    Class::ProviderKey,
    Class::AccessToken,
    Class::NameKeys,
    Class::InstallationSecret,
    Class::Material,
    Class::Draft,
    Class::Job,
    Class::Settings,
    Class::Index,
    Class::IndexSettings,
    Class::Sets,
    Class::Masking,
    Class::ModelsState,
    Class::BakeOff,
    Class::Rotation,
];

impl Class {
    /// Stable name; part of the sealing context.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Class::Job => "job",
            Class::Material => "input",
            Class::Draft => "draft",
            Class::Settings => "settings",
            Class::ProviderKey => "provider-key",
            Class::AccessToken => "access-token",
            Class::InstallationSecret => "installation",
            Class::Index => "index",
            Class::IndexSettings => "index-settings",
            Class::Sets => "sets",
            Class::Masking => "masking",
            Class::ModelsState => "models-state",
            Class::BakeOff => "bake-off",
            Class::NameKeys => "name-keys",
            Class::Rotation => "rotation",
        }
    }

    /// Why it is stored.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Class::Job => "so that a draft can be resumed, published once and reverted",
            Class::Material => "so that a model call can outlive the page's call",
            Class::Draft => "so that what is approved is what is written",
            Class::Settings => "the models an admin connected, which is used, and what may go where",
            Class::ProviderKey => "the customer's own AI keys",
            Class::AccessToken => "so that a service account's token is not made anew with each call",
            Class::InstallationSecret => "so that no other installation's keys open this one's records",
            Class::IndexSettings => "the admin's choice of projects and spaces to index, and how far each is",
            Class::Masking => "the admin's choice of what is masked where, and counts of what was masked in a week",
            Class::ModelsState => "so that a model that fails is left alone for a while, and a month's limit holds",
            Class::BakeOff => "so that an admin sees how the connected models did on our own made-up tickets",
            Class::Sets => "so that a writer finds a set of tickets and pages again",
            Class::Index => "so that tickets and pages of containers that were switched on are found",
            Class::NameKeys => "so that ids stand for the same records whatever root is in use",
            Class::Rotation => "so that a change of the root goes on where it was interrupted",
        }
    }

    /// How long it is kept; none = until an admin or the uninstall removes it.
    #[must_use]
    pub const fn lifetime(self) -> Option<Millis> {
        match self {
            Class::Job => Some(Millis::HOUR.times(24 * 90)),
            // The default; an admin's own choice is in the manifest.
            Class::Index => Some(Millis::HOUR.times(24 * 90)),
            Class::Material => Some(Millis::MINUTE.times(15)),
            Class::Draft => Some(Millis::HOUR.times(24)),
            // A token says itself when it ends, which is sooner.
            Class::AccessToken => Some(Millis::HOUR),
            Class::Settings
            | Class::ProviderKey
            | Class::InstallationSecret
            | Class::IndexSettings
            | Class::Sets
            | Class::Masking
            | Class::ModelsState
            | Class::BakeOff
            | Class::NameKeys
            | Class::Rotation => None,
        }
    }

    /// How its records lie in storage.
    #[must_use]
    pub const fn lies(self) -> Lies {
        match self {
            Class::InstallationSecret => Lies::Unsealed,
            Class::ProviderKey | Class::NameKeys => Lies::Secrets,
            Class::Settings => Lies::Rows(entity::MODELS, &[key::SETTINGS]),
            Class::ModelsState => Lies::Rows(entity::MODELS, &[key::MODELS_STATE]),
            Class::BakeOff => Lies::Rows(entity::MODELS, &[key::BAKE_OFF]),
            Class::Index => Lies::NamedValues,
            Class::IndexSettings => Lies::Rows(entity::INDEX, &[key::INDEX_SETTINGS]),
            Class::Masking => Lies::Rows(entity::MASKING, &[key::MASKING_POLICY, key::MASKING_REPORT]),
            Class::Sets => Lies::ListedRows,
            Class::Job => Lies::Jobs,
            // Each write of the sweep seals it anew.
            Class::Rotation => Lies::Rows(entity::KEPT, &[]),
            Class::Material | Class::Draft | Class::AccessToken => match self.lifetime() {
                Some(lifetime) => Lies::ShortLived(lifetime),
                None => Lies::Unsealed,
            },
        }
    }
}

/// The entity of jobs, its attributes and indexes, as the manifest declares them.
pub mod entity {
    /// The entity's name.
    pub const JOB: &str = "job";
    /// Partition: token of the owner; range: updated.
    pub const BY_OWNER: &str = "by-owner";
    /// Partition: token of the page; range: updated.
    pub const BY_PAGE: &str = "by-page";
    /// Partition: state; range: updated.
    pub const BY_STATE: &str = "by-state";
    /// The entity of the index's manifest: one record under [`super::key::INDEX_SITE`].
    pub const INDEX: &str = "index";
    /// The entity of masking: [`super::key::MASKING_POLICY`] and [`super::key::MASKING_REPORT`].
    pub const MASKING: &str = "masking";
    /// The entity of models: the admin's choices under [`super::key::SETTINGS`], and beside them
    /// [`super::key::MODELS_STATE`] and [`super::key::BAKE_OFF`].
    pub const MODELS: &str = "models";
    /// The entity of everything else that is kept until somebody removes it, one row a record.
    pub const KEPT: &str = "kept";
    /// Partition: class; range: revision.
    pub const BY_CLASS: &str = "by-class";
    /// The attribute that makes every write conditional.
    pub const REV: &str = "rev";
}

/// Plain keys.
pub mod key {
    use super::{JobId, RouteId};
    use crate::search::segment::ValueKey;

    /// The admin's choices about models, of the entity [`super::entity::MODELS`].
    pub const SETTINGS: &str = "settings";
    /// How the routes are, and the month's tokens, of the entity [`super::entity::MODELS`].
    pub const MODELS_STATE: &str = "state";
    /// The last comparison of models, of the entity [`super::entity::MODELS`].
    pub const BAKE_OFF: &str = "bake-off";
    /// How far the records have followed the root, of the entity [`super::entity::KEPT`].
    pub const ROTATION: &str = "rotation";
    /// The installation's own secret (secret store).
    pub const INSTALLATION: &str = "inst";
    /// The keys of names (secret store).
    pub const NAME_KEYS: &str = "name-keys";
    /// Which versions of the root are in use (environment variable); none = the first alone. See [`crate::vault::Window`].
    pub const ROOT_WINDOW: &str = "QUILLGATE_ROOT_WINDOW";

    /// A version of the root (environment variable).
    #[must_use]
    pub fn root(version: u32) -> String {
        format!("QUILLGATE_ROOT_{version}")
    }

    /// The vendor's service account for the default route (environment variable).
    pub const VERTEX: &str = "QUILLGATE_VERTEX_KEY";
    /// An OpenAI-compatible endpoint for a developer's environment (environment variable).
    pub const DEV_ENDPOINT: &str = "QUILLGATE_DEV_MODEL_ENDPOINT";

    /// The model that endpoint serves (environment variable).
    pub const DEV_MODEL: &str = "QUILLGATE_DEV_MODEL";

    /// A route's key (secret store). Each version has a place of its own.
    #[must_use]
    pub fn provider_key(route: RouteId, version: u32) -> String {
        format!("key:{route}:{version}")
    }

    /// What keys of tokens begin with.
    pub const ACCESS_TOKENS: &str = "token:";

    /// A service account's token, by whose it is.
    #[must_use]
    pub fn token(place: &str) -> String {
        format!("{ACCESS_TOKENS}{place}")
    }

    /// Packed excerpts of a job.
    #[must_use]
    pub fn material(job: &JobId) -> String {
        format!("input:{job}")
    }

    /// The index's manifest, of the entity [`super::entity::INDEX`].
    pub const INDEX_SITE: &str = "site";

    /// The containers that are switched on, of the entity [`super::entity::INDEX`].
    pub const INDEX_SETTINGS: &str = "settings";

    /// What is masked where, of the entity [`super::entity::MASKING`].
    pub const MASKING_POLICY: &str = "policy";

    /// Counts of what was masked in a week, of the entity [`super::entity::MASKING`].
    pub const MASKING_REPORT: &str = "report";

    /// What keys of saved sets begin with.
    pub const SETS: &str = "sets:";

    /// A person's saved sets; the token stands for them.
    #[must_use]
    pub fn sets(owner: &str) -> String {
        format!("{SETS}{owner}")
    }

    /// What keys of the index's values begin with.
    pub const INDEX_VALUES: &str = "index:";

    /// A value of the index.
    #[must_use]
    pub fn index_value(value: &ValueKey) -> String {
        format!("{INDEX_VALUES}{}:{}", value.segment, value.name)
    }

    /// Edit script of a job.
    #[must_use]
    pub fn draft(job: &JobId) -> String {
        format!("draft:{job}")
    }
}

/// A record that cannot be read back: of a later version, or not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Writes a record's plaintext.
pub(crate) fn encode<T: serde::Serialize>(record: &T) -> Vec<u8> {
    serde_json::to_vec(record).unwrap_or_default()
}

/// Reads a record's plaintext.
///
/// # Errors
/// [`Unreadable`] for anything but what [`encode`] wrote.
pub(crate) fn decode<T: serde::de::DeserializeOwned>(plaintext: &[u8]) -> Result<T, Unreadable> {
    serde_json::from_slice(plaintext).map_err(|_| Unreadable)
}
