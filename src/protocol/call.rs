//! What can be asked of the core.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DataClass, TypedRoute, WordList, WordMatch};

/// One call. Which of them may come from where is decided in [`crate::flow`].
#[derive(Deserialize)]
#[serde(tag = "type", rename_all_fields = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields are described in the view types and the README's call table")]
pub enum Call {
    /// The Studio opens.
    #[serde(rename = "studio.open")]
    StudioOpen {},
    /// Search tickets and pages the user may read.
    #[serde(rename = "sources.search")]
    SourcesSearch {
        text: String,
        kinds: Vec<SourceKind>,
        #[serde(default)]
        cursor: Option<String>,
        /// Keys of projects and spaces; none = everywhere.
        #[serde(default)]
        containers: Vec<String>,
        /// Whether the words are embedded too, where an admin switched that on.
        #[serde(default)]
        refine: bool,
    },
    /// What is like one ticket or page, itself left out.
    #[serde(rename = "sources.related")]
    SourcesRelated { kind: SourceKind, id: String },
    /// The user's saved sets of sources.
    #[serde(rename = "sets.list")]
    SetsList {},
    /// Keeps a set of sources under a name.
    #[serde(rename = "sets.save")]
    SetsSave { name: String, sources: Vec<SourceRef> },
    /// Removes a saved set.
    #[serde(rename = "sets.remove")]
    SetsRemove { id: String },
    /// Search spaces and pages to write to.
    #[serde(rename = "targets.search")]
    TargetsSearch { text: String },
    /// The exact bytes that would leave; nothing is sent.
    #[serde(rename = "draft.preview")]
    DraftPreview { use_case: UseCase, sources: Vec<SourceRef>, target: Target, language: String, tone: Tone },
    /// Starts a draft and reads the first sources.
    #[serde(rename = "draft.start")]
    DraftStart {
        request_id: String,
        use_case: UseCase,
        sources: Vec<SourceRef>,
        target: Target,
        language: String,
        tone: Tone,
        engine: Engine,
        /// The digest of the request the writer looked at, when they did.
        #[serde(default)]
        previewed: Option<String>,
    },
    /// Reads further sources.
    #[serde(rename = "draft.continue")]
    DraftContinue { job_id: String },
    /// The model's part of a draft (async event).
    #[serde(rename = "draft.run")]
    DraftRun { job_id: String, rev: u64 },
    /// Gives a draft up.
    #[serde(rename = "draft.cancel")]
    DraftCancel { job_id: String },
    /// One job.
    #[serde(rename = "job.get")]
    JobGet { job_id: String },
    /// The user's jobs.
    #[serde(rename = "job.list")]
    JobList {},
    /// What was done to a page.
    #[serde(rename = "history")]
    History { page_id: String },
    /// Keeps or leaves out changes.
    #[serde(rename = "review.choose")]
    ReviewChoose { job_id: String, left_out: Vec<String> },
    /// Writes what was approved.
    #[serde(rename = "publish")]
    Publish { job_id: String, hash: String },
    /// Finds out what became of a write whose answer was lost, and finishes it.
    #[serde(rename = "publish.resume")]
    PublishResume { job_id: String },
    /// Takes a publication back.
    #[serde(rename = "revert")]
    Revert {
        job_id: String,
        #[serde(default)]
        hash: Option<String>,
    },
    /// The extract of one issue.
    #[serde(rename = "issue.extract")]
    IssueExtract { issue_key: String },
    /// The admin page opens.
    #[serde(rename = "admin.open")]
    AdminOpen {},
    /// Tests a route as it was typed, and keeps it with its key sealed.
    #[serde(rename = "admin.saveRoute")]
    AdminSaveRoute(Box<TypedRoute>),
    /// Tests a route with synthetic text; none = the one in use.
    #[serde(rename = "admin.testRoute")]
    AdminTestRoute {
        #[serde(default)]
        id: Option<String>,
    },
    /// Removes a route with its key.
    #[serde(rename = "admin.removeRoute")]
    AdminRemoveRoute { id: String },
    /// Chooses what writers use; `id` where it is one of the customer's own.
    #[serde(rename = "admin.choose")]
    AdminChoose {
        mode: RouteMode,
        #[serde(default)]
        id: Option<String>,
    },
    /// The admin page's index section opens; `text` narrows the list, `cursor` goes on with it.
    #[serde(rename = "index.open")]
    IndexOpen {
        #[serde(default)]
        text: Option<String>,
        #[serde(default)]
        cursor: Option<String>,
    },
    /// Switches a project or space on or off.
    #[serde(rename = "index.set")]
    IndexSet { kind: ContainerKind, key: String, on: bool },
    /// How many days a document stays without being read again.
    #[serde(rename = "index.setLifetime")]
    IndexSetLifetime { days: u32 },
    /// Whether excerpts are embedded, by the configured route or by another of the customer's own; `model` where only whoever
    /// runs the endpoint knows.
    #[serde(rename = "index.setEmbedding")]
    IndexSetEmbedding {
        on: bool,
        #[serde(default)]
        model: Option<String>,
        /// One of the customer's routes; none = the configured one.
        #[serde(default)]
        route: Option<String>,
    },
    /// Reads a container again from the start; none = all of them.
    #[serde(rename = "index.rebuild")]
    IndexRebuild {
        #[serde(default)]
        kind: Option<ContainerKind>,
        #[serde(default)]
        key: Option<String>,
    },
    /// What the index holds of one ticket or page, as far as the asking admin may read it.
    #[serde(rename = "index.inspect")]
    IndexInspect { kind: SourceKind, id: String },
    /// Compares searches with few reads with searches of everything.
    #[serde(rename = "index.recall")]
    IndexRecall {},
    /// The admin page's masking section opens.
    #[serde(rename = "masking.open")]
    MaskingOpen {},
    /// Projects and spaces with their classes; `text` narrows the list, `cursor` goes on with it.
    #[serde(rename = "masking.containers")]
    MaskingContainers {
        #[serde(default)]
        text: Option<String>,
        #[serde(default)]
        cursor: Option<String>,
    },
    /// Masks a kind in a class, or no longer.
    #[serde(rename = "masking.setKind")]
    MaskingSetKind { class: DataClass, kind: String, on: bool },
    /// The class of a project's or space's texts; none = as if none had been chosen.
    #[serde(rename = "masking.setClass")]
    MaskingSetClass {
        kind: ContainerKind,
        key: String,
        #[serde(default)]
        class: Option<DataClass>,
    },
    /// Adds an own word, phrase or pattern.
    #[serde(rename = "masking.addWord")]
    MaskingAddWord {
        list: WordList,
        text: String,
        r#match: WordMatch,
        /// What a word that is always masked is masked as: `PERSON` or `SECRET`.
        #[serde(default)]
        kind: Option<String>,
    },
    /// Removes an own word.
    #[serde(rename = "masking.removeWord")]
    MaskingRemoveWord { list: WordList, id: String },
    /// Makes a value that must never leave; it is shown in the answer and never again.
    #[serde(rename = "masking.plantCanary")]
    MaskingPlantCanary { label: String },
    /// Forgets such a value.
    #[serde(rename = "masking.removeCanary")]
    MaskingRemoveCanary { id: String },
    /// Gives up rules that cannot be read, for those that mask everything.
    #[serde(rename = "masking.reset")]
    MaskingReset {},
    /// What would be masked in a text of a class; nothing of it is kept.
    #[serde(rename = "masking.try")]
    MaskingTry { text: String, class: DataClass },
    /// The admin page's rules for models open.
    #[serde(rename = "models.open")]
    ModelsOpen {},
    /// Lets a route stand in for another inside one boundary, or no longer.
    #[serde(rename = "models.setFallback")]
    ModelsSetFallback { from: String, to: String, on: bool },
    /// Where texts of a class may be processed; none = wherever the chosen route goes.
    #[serde(rename = "models.setClass")]
    ModelsSetClass {
        class: DataClass,
        #[serde(default)]
        boundaries: Option<Vec<String>>,
    },
    /// Most tokens of a month; none = no limit.
    #[serde(rename = "models.setBudget")]
    ModelsSetBudget {
        #[serde(default)]
        monthly_tokens: Option<u64>,
    },
    /// How the routes are.
    #[serde(rename = "models.health")]
    ModelsHealth {},
    /// Compares models on our own tickets.
    #[serde(rename = "models.bakeOff")]
    ModelsBakeOff { routes: Vec<String> },
    /// How the last comparison went.
    #[serde(rename = "models.bakeOffGet")]
    ModelsBakeOffGet {},
    /// Ends a comparison.
    #[serde(rename = "models.bakeOffCancel")]
    ModelsBakeOffCancel {},
    /// Goes on with a comparison (async event).
    #[serde(rename = "models.bakeOffRun")]
    ModelsBakeOffRun { run: String, step: u32 },
    /// A ticket or page changed (product event): its container's opt-in decides what follows.
    #[serde(rename = "product.changed")]
    ProductChanged { kind: SourceKind, ids: Vec<String> },
    /// Reads the next documents of a container (async event).
    #[serde(rename = "index.crawl")]
    IndexCrawl {
        container: String,
        run: String,
        step: u32,
        #[serde(default)]
        cursor: Option<String>,
    },
    /// Reads one document again (async event).
    #[serde(rename = "index.changed")]
    IndexChanged {
        kind: SourceKind,
        id: String,
        /// How often its embedding failed by now.
        #[serde(default)]
        tries: u8,
    },
    /// Brings small segments together, purges what was dropped (async event).
    #[serde(rename = "index.merge")]
    IndexMerge {},
    /// Goes on moving records under the primary root (async event).
    #[serde(rename = "keys.rotate")]
    KeysRotate {},
    /// Nightly: queues a comparison of each container with its product.
    #[serde(rename = "index.reconcile")]
    IndexReconcile {},
    /// Installed or upgraded.
    #[serde(rename = "lifecycle")]
    Lifecycle { event: String },
    /// Scheduled clean-up.
    #[serde(rename = "sweep")]
    Sweep {},
    /// About to be uninstalled.
    #[serde(rename = "uninstall")]
    Uninstall {},
    /// One line of the `quillgate` command.
    #[serde(rename = "command")]
    Command { verb: String, line: Value },
}

/// Kind of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A Jira issue; its id is the key.
    Issue,
    /// A Confluence page; its id is the number.
    Page,
}

/// A source as the page names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SourceRef {
    /// Issue or page.
    pub kind: SourceKind,
    /// Issue key or page id.
    pub id: String,
}

/// Kind of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContainerKind {
    /// A Jira project.
    Project,
    /// A Confluence space.
    Space,
}

impl ContainerKind {
    /// What lies in one.
    #[must_use]
    pub const fn source(self) -> SourceKind {
        match self {
            ContainerKind::Project => SourceKind::Issue,
            ContainerKind::Space => SourceKind::Page,
        }
    }
}

/// What is made of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseCase {
    /// A new page from tickets.
    Page,
    /// An existing page brought up to date.
    Update,
}

/// Where the result goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Target {
    /// A new page.
    New {
        /// The space's numeric id.
        space_id: String,
        /// The page's title.
        title: String,
        /// The page above it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent_id: Option<String>,
    },
    /// An existing page.
    Page {
        /// The page's numeric id.
        page_id: String,
    },
}

/// Tone of a model's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Tone {
    Neutral,
    Plain,
    Formal,
}

/// What makes the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// No model: ranked sentences with citations.
    Extract,
    /// The model the policy's route names.
    Route,
}

/// The admin's choice of route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RouteMode {
    /// No model.
    Extract,
    /// Vertex AI in the EU with the vendor's project.
    Default,
    /// The customer's own.
    Customer,
}
