//! What somebody typed, as terms to look up and filters to hold documents against.
//! It looks nothing up: dictionary, postings and texts are the plan's.

use super::words;

/// A query, parsed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// What to look up, the most telling first.
    pub terms: Vec<QueryTerm>,
    /// The phrases, each as the words [`words::holds`] looks for.
    pub phrases: Vec<Vec<String>>,
    /// What a document must be or not be.
    pub filters: Filters,
    /// The text without operators and filters: for an embedding, and for the products' own search.
    pub plain: String,
}

/// One term to look up.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// The term as the index has it.
    pub text: String,
    /// What it counts, beside its idf: 1 for a whole word.
    pub weight: f32,
    /// Which typed word it stands for: terms of one word are alternatives or parts of one another.
    pub word: usize,
    /// Whether terms that begin so count as well: the word is still being typed, or ends in `*`.
    pub prefix: bool,
    /// Whether a similar term of the dictionary may stand in when this one is absent or rare (see [`near`]).
    pub fuzzy: bool,
    /// Whether a document without the word is no hit.
    pub required: bool,
    /// The phrase it is of, as an index into [`Query::phrases`].
    pub phrase: Option<usize>,
}

/// What a document must be or not be. Nothing set admits everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Its container.
    pub containers: Choice<Place>,
    /// Its kind: an issue type, or `page`.
    pub kinds: Choice<String>,
    /// Its author, by account id; `me` stands for the asking user, whom the caller puts in.
    pub authors: Choice<String>,
    /// When it was last changed.
    pub updated: Updated,
    /// Terms no piece of it may have.
    pub exclude: Vec<String>,
    /// Phrases no piece of it may have, as [`words::holds`] takes them.
    pub exclude_phrases: Vec<Vec<String>>,
}

/// A choice among values.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<T> {
    /// One of these; all, when empty.
    pub any: Vec<T>,
    /// None of these.
    pub none: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self { any: Vec::new(), none: Vec::new() }
    }
}

impl<T> Choice<T> {
    fn admits(&self, fits: impl Fn(&T) -> bool) -> bool {
        (self.any.is_empty() || self.any.iter().any(&fits)) && !self.none.iter().any(&fits)
    }
}

/// A container as somebody names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// `project` or `space`, when the filter said which.
    pub kind: Option<String>,
    /// Its key, or the whole of the caller's own name for it.
    pub key: String,
}

impl Place {
    /// Whether it names this container; letters of either case.
    #[must_use]
    pub fn names(&self, container: &str) -> bool {
        if self.kind.is_none() && same(container, &self.key) {
            return true;
        }
        container
            .split_once(':')
            .is_some_and(|(kind, key)| self.kind.as_deref().is_none_or(|wanted| wanted == kind) && same(key, &self.key))
    }
}

/// When a document was last changed: both ends count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Updated {
    /// Not before.
    pub from: Option<Day>,
    /// Not after.
    pub to: Option<Day>,
}

/// A day, absolute or relative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Days since the Unix epoch.
    On(u32),
    /// Days before today.
    Ago(u32),
}

impl Day {
    /// The day in days since the Unix epoch.
    #[must_use]
    pub fn resolve(self, today: u32) -> u32 {
        match self {
            Self::On(day) => day,
            Self::Ago(days) => today.saturating_sub(days),
        }
    }
}

impl Filters {
    /// Whether a document of this container can be a hit: what routing asks.
    #[must_use]
    pub fn admits_container(&self, container: &str) -> bool {
        self.containers.admits(|place| place.names(container))
    }

    /// Whether a document of this kind can be a hit; one of unknown kind only when no kind is asked for.
    #[must_use]
    pub fn admits_kind(&self, kind: Option<&str>) -> bool {
        self.kinds.admits(|wanted| kind.is_some_and(|kind| same(kind, wanted)))
    }

    /// Whether a document of this author can be a hit; one of unknown author only when no author is asked for.
    #[must_use]
    pub fn admits_author(&self, author: Option<&str>) -> bool {
        self.authors.admits(|wanted| author == Some(wanted.as_str()))
    }

    /// Whether a document last changed on this day can be a hit; both in days since the Unix epoch.
    #[must_use]
    pub fn admits_updated(&self, updated: Option<u32>, today: u32) -> bool {
        let Updated { from, to } = self.updated;
        from.is_none_or(|from| updated.is_some_and(|day| day >= from.resolve(today)))
            && to.is_none_or(|to| updated.is_some_and(|day| day <= to.resolve(today)))
    }
}

fn same(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

/// Why a query is refused; it carries nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadQuery {
    /// The filter, or `query` when it is the whole.
    pub field: &'static str,
    /// Why: `too-long`, `empty`, `not-a-date`, `not-a-range`, `too-many`.
    pub reason: &'static str,
}

/// Parses what somebody typed.
///
/// # Errors
/// [`BadQuery`] for a filter that says nothing, and for a text beyond every query.
pub fn parse(text: &str) -> Result<Query, BadQuery> {
    if text.len() > MAX_BYTES {
        return Err(BadQuery { field: "query", reason: "too-long" });
    }
    let open = !text.ends_with(char::is_whitespace);
    let found = words::words(text);
    let last = found.len().saturating_sub(1);
    let terms = found.into_iter().enumerate().map(|(word, text)| QueryTerm {
        text,
        weight: 1.0,
        word,
        prefix: open && word == last,
        fuzzy: true,
        required: false,
        phrase: None,
    });
    Ok(Query { terms: terms.collect(), plain: text.trim().to_owned(), ..Query::default() })
}

/// What a term of the dictionary counts as a stand-in for a typed one that is absent or rare: below 1, or nothing when
/// they are too far apart.
#[must_use]
pub fn near(term: &str, candidate: &str) -> Option<f32> {
    (term != candidate && term.chars().count() >= 5 && candidate.starts_with(term)).then_some(0.5)
}

/// Longest query.
const MAX_BYTES: usize = 4_096;
