//! What a draft is to be made of: use case, sources with their excerpts, the page to change, language and tone.
//! It does not read anything; whoever fills it decides what the asking user may see.

use crate::content::tokens::upper_bound_anywhere;
use crate::privacy::Masked;

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UseCase {
    /// A new page from sources.
    Page,
    /// Changes to an existing page.
    Update,
    /// A short summary.
    Summary,
    /// Release notes, grouped by the kind of change.
    ReleaseNotes,
}

/// The language to write in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// That of the sources.
    #[default]
    Source,
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Italian.
    It,
    /// Russian.
    Ru,
}

/// How it should sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As documentation does.
    #[default]
    Neutral,
    /// Short words, short sentences.
    Plain,
    /// As in a report.
    Formal,
}

/// What kind of thing a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A Jira issue.
    Issue,
    /// A Confluence page.
    Page,
}

/// The whole of what goes into a draft.
///
/// `T` is the type of every text: `Masked<String>` for a prompt, `String` for the extract, which leaves no machine.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Task<T> {
    /// What is written.
    pub use_case: UseCase,
    /// The title the writer chose, if any.
    pub title: Option<T>,
    /// Language of the answer.
    pub language: Language,
    /// Tone of the answer.
    pub tone: Tone,
    /// The sources; the first is `S1`.
    pub sources: Vec<Source<T>>,
    /// The blocks of the page to change, in order; the first is `B1`. Empty for a new page.
    pub outline: Vec<OutlineBlock<T>>,
    /// Which masked persons have which role, for the model.
    pub legend: Option<T>,
}

impl UseCase {
    /// The use case of that wire name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Page, Self::Update, Self::Summary, Self::ReleaseNotes]
            .into_iter()
            .find(|case| super::schema::name(*case) == name)
    }
}

/// One source with what was cut out of it.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Source<T> {
    /// Issue or page.
    pub kind: SourceKind,
    /// Issue key, when it has one.
    pub key: Option<T>,
    /// Title or summary.
    pub title: T,
    /// The issue's type, or the page's space: what the extract groups by.
    pub group: Option<T>,
    /// Excerpts in the order of the document.
    pub excerpts: Vec<Excerpt<T>>,
}

/// One excerpt.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Excerpt<T> {
    /// The text, with its headings if they help.
    pub text: T,
    /// A safe upper bound of its tokens.
    pub tokens: u32,
    /// How much it is worth to the task; only the order counts.
    pub value: u32,
}

/// One block of the page to change.
#[derive(Clone, Debug, serde::Serialize)]
pub struct OutlineBlock<T> {
    /// Its level when it is a heading.
    pub heading: Option<u8>,
    /// Its text.
    pub text: T,
}

/// What marks off untrusted text in one request: no text may hold its own, so whoever makes one makes it unpredictable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marker(pub [u8; 8]);

impl<T> Task<T> {
    /// The same task with every text passed through `each`, for example the masker.
    pub fn map<'a, U>(&'a self, mut each: impl FnMut(&'a T) -> U) -> Task<U> {
        Task {
            use_case: self.use_case,
            title: self.title.as_ref().map(&mut each),
            language: self.language,
            tone: self.tone,
            sources: self.sources.iter().map(|source| source.map(&mut each)).collect(),
            outline: self
                .outline
                .iter()
                .map(|block| OutlineBlock { heading: block.heading, text: each(&block.text) })
                .collect(),
            legend: self.legend.as_ref().map(&mut each),
        }
    }

    /// The label of a source in the prompt: `S1` for the first.
    #[must_use]
    pub fn label(source: usize) -> String {
        format!("S{}", source.saturating_add(1))
    }
}

impl Task<Masked<String>> {
    /// Counts each excerpt as it is now: a token of ours is often longer than the word it stands for.
    pub fn count_tokens(&mut self) {
        for excerpt in self.sources.iter_mut().flat_map(|source| &mut source.excerpts) {
            excerpt.tokens = upper_bound_anywhere(excerpt.text.as_ref()).saturating_add(AROUND);
        }
    }
}

/// The line ends around an excerpt.
const AROUND: u32 = 4;

impl<T> Source<T> {
    fn map<'a, U>(&'a self, each: &mut impl FnMut(&'a T) -> U) -> Source<U> {
        Source {
            kind: self.kind,
            key: self.key.as_ref().map(&mut *each),
            title: each(&self.title),
            group: self.group.as_ref().map(&mut *each),
            excerpts: self
                .excerpts
                .iter()
                .map(|excerpt| Excerpt { text: each(&excerpt.text), tokens: excerpt.tokens, value: excerpt.value })
                .collect(),
        }
    }
}
