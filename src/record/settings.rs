//! The models an admin connected, which of them is used, and what may go where. What is known of a key is here; the key
//! is not, and whether a route may be used is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Who;
use crate::protocol::{DataClass, Fault, Millis, RouteMode};
use crate::provider::{Api, Field, Hint, RouteFields};

/// The admin's choices about models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Version of this form.
    pub v: u8,
    /// The chosen kind of route; none = what the environment offers.
    pub mode: Option<RouteMode>,
    /// The customer's routes, in the order in which they were connected.
    pub routes: Vec<RouteRecord>,
    /// Which of them is used when the customer's own are.
    pub chosen: Option<RouteId>,
    /// From which route to which other a request may go when the first fails.
    pub fallbacks: Vec<(RouteId, RouteId)>,
    /// Where texts of a class may be processed; a class that is not here may go wherever a route goes.
    pub classes: BTreeMap<DataClass, BTreeSet<Boundary>>,
    /// Most tokens a calendar month (UTC); none = no limit.
    pub monthly_tokens: Option<u64>,
    /// The number of the next route.
    pub next: u32,
    /// Keys that may lie in the secret store and belong to no route: being saved, or being removed.
    pub loose: Vec<LooseKey>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            v: Settings::VERSION,
            mode: None,
            routes: Vec::new(),
            chosen: None,
            fallbacks: Vec::new(),
            classes: BTreeMap::new(),
            monthly_tokens: None,
            next: 1,
            loose: Vec::new(),
        }
    }
}

impl Settings {
    /// The version of the form that is written.
    pub const VERSION: u8 = 2;
    /// Most routes of a site.
    pub const MOST_ROUTES: usize = 8;

    /// A route by its id.
    #[must_use]
    pub fn route(&self, id: RouteId) -> Option<&RouteRecord> {
        self.routes.iter().find(|route| route.id == id)
    }

    /// The route that is used when the customer's own are.
    #[must_use]
    pub fn chosen_route(&self) -> Option<&RouteRecord> {
        self.chosen.and_then(|id| self.route(id))
    }

    /// A version that no key of this route has or may still have.
    #[must_use]
    pub fn next_version(&self, id: RouteId) -> u32 {
        let kept = self.route(id).map(|route| route.version);
        let loose = self.loose.iter().filter(|key| key.route == id).map(|key| key.version);
        kept.into_iter().chain(loose).max().unwrap_or(0).saturating_add(1)
    }

    /// Puts a route in the place of the one of its id. What was allowed for the old one's place is not for another: when it
    /// goes elsewhere now, no fallback leads to it or from it any more.
    pub fn replace(&mut self, record: RouteRecord) {
        let Some(kept) = self.routes.iter_mut().find(|route| route.id == record.id) else { return };
        let (id, stays) = (record.id, kept.is_beside(&record));
        *kept = record;
        if !stays {
            self.fallbacks.retain(|(from, to)| *from != id && *to != id);
        }
    }

    /// Takes a route out, with everything that names it.
    pub fn forget(&mut self, id: RouteId) {
        self.routes.retain(|route| route.id != id);
        self.fallbacks.retain(|(from, to)| *from != id && *to != id);
        if self.chosen == Some(id) {
            self.chosen = None;
        }
    }
}

/// Names one of the customer's routes: `r1`, `r2`, …; never that of a route that was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RouteId(u32);

impl RouteId {
    /// The route of that number.
    #[must_use]
    pub const fn new(number: u32) -> RouteId {
        RouteId(number)
    }

    /// Reads an id as [`fmt::Display`] writes it.
    #[must_use]
    pub fn parse(text: &str) -> Option<RouteId> {
        let number: u32 = text.strip_prefix('r')?.parse().ok()?;
        let id = RouteId(number);
        (number > 0 && id.to_string() == text).then_some(id)
    }
}

impl fmt::Display for RouteId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "r{}", self.0)
    }
}

impl Serialize for RouteId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RouteId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        RouteId::parse(&text).ok_or_else(|| serde::de::Error::custom("not a route's id"))
    }
}

/// Where text is processed: `eu`, `us`, an area of OpenAI's, `global`, `own:<host>`, `atlassian`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Boundary(String);

impl Boundary {
    /// Anywhere the provider likes.
    #[must_use]
    pub fn global() -> Boundary {
        Boundary("global".to_owned())
    }

    /// Inside Atlassian.
    #[must_use]
    pub fn atlassian() -> Boundary {
        Boundary("atlassian".to_owned())
    }

    /// On the customer's own server.
    #[must_use]
    pub fn own(host: &str) -> Boundary {
        Boundary(format!("{OWN}{host}"))
    }

    /// Reads a boundary's name; an area is one label in lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Boundary> {
        let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = match text.strip_prefix(OWN) {
            Some(host) => (1..=253).contains(&host.len()) && host.bytes().all(|b| lower(b) || b == b'.' || b == b':'),
            None => (1..=63).contains(&text.len()) && text.bytes().all(lower),
        };
        fits.then(|| Boundary(text.to_owned()))
    }

    /// The name, as it is on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Boundary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Boundary::parse(&text).ok_or_else(|| serde::de::Error::custom("not a boundary"))
    }
}

const OWN: &str = "own:";

/// One of the customer's routes and what is known of its key; never the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it, and `RouteFields` says the rest")]
pub struct RouteRecord {
    pub id: RouteId,
    /// What an admin calls it; empty = by its provider and model.
    pub name: String,
    pub provider: String,
    pub model: String,
    pub region: Option<String>,
    pub project: Option<String>,
    pub endpoint: Option<String>,
    pub api_version: Option<String>,
    pub api: Option<Api>,
    pub native_schema: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<u32>,
    pub base_model: Option<String>,
    /// What the model turned out not to take, in the order in which that was learnt; whoever saves the route anew as another forgets it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omits: Vec<Field>,
    /// How it embeds, where an admin said so; else as the registry knows.
    pub embedding: Option<EmbeddingChoice>,
    /// The same of the model that embeds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub embedding_omits: Vec<Field>,
    pub credential: CredentialKind,
    /// The service account's name, when the key is one's.
    pub account: Option<String>,
    /// When a token ends, as far as it says so.
    pub expires: Option<Millis>,
    pub last_four: Option<String>,
    pub fingerprint: String,
    /// Counts up with each key saved; the sealed key is bound to it.
    pub version: u32,
    pub saved_at: Millis,
    pub saved_by: String,
    pub saved_by_name: String,
    pub tested: Option<Tested>,
}

impl RouteRecord {
    /// The route's fields, to be checked as when they were typed.
    #[must_use]
    pub fn fields(&self) -> RouteFields {
        RouteFields {
            provider: self.provider.clone(),
            model: self.model.clone(),
            region: self.region.clone(),
            project: self.project.clone(),
            endpoint: self.endpoint.clone(),
            api_version: self.api_version.clone(),
            api: self.api,
            native_schema: self.native_schema,
            context_tokens: self.context_tokens,
            base_model: self.base_model.clone(),
        }
    }

    /// Notes what its models turned out not to take.
    pub fn omit(&mut self, learnt: &Learnt) {
        let add = |known: &mut Vec<Field>, fields: &[Field]| {
            fields.iter().for_each(|field| {
                if !known.contains(field) {
                    known.push(*field);
                }
            });
        };
        add(&mut self.omits, &learnt.text);
        add(&mut self.embedding_omits, &learnt.embedding);
    }

    /// What is known by this record of what its models do not take, as far as it holds for another one: as long as the models
    /// are the same ones, asked in the same way.
    #[must_use]
    pub fn known_for(&self, other: &RouteRecord) -> Learnt {
        let is_same = self.fields() == other.fields();
        let embeds_same = is_same && self.embedding == other.embedding;
        Learnt {
            text: self.omits.iter().filter(|_| is_same).copied().collect(),
            embedding: self.embedding_omits.iter().filter(|_| embeds_same).copied().collect(),
        }
    }

    /// Whether another record is of the same provider at the same place.
    fn is_beside(&self, other: &RouteRecord) -> bool {
        let place = |route: &RouteRecord| (route.provider.clone(), route.region.clone(), route.endpoint.clone());
        place(self) == place(other)
    }

    /// Who saved it.
    #[must_use]
    pub fn who(&self) -> Who {
        Who { account_id: self.saved_by.clone(), name: self.saved_by_name.clone() }
    }
}

/// What the models of a route turned out not to take, beside what was known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learnt {
    /// The one that writes.
    pub text: Vec<Field>,
    /// The one that embeds.
    pub embedding: Vec<Field>,
}

impl Learnt {
    /// Whether it is nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.text.is_empty() && self.embedding.is_empty()
    }
}

/// The model that embeds beside a route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct EmbeddingChoice {
    pub model: String,
    pub region: Option<String>,
    pub dimensions: Option<u32>,
}

/// What kind of thing the sealed key of a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CredentialKind {
    /// A provider's key.
    Api,
    /// The JSON file of a Google service account.
    ServiceAccount,
    /// A token that expires: Entra's (Azure) or Google's.
    AccessToken,
    /// The route needs none.
    None,
}

/// What the last test of a route found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Tested {
    pub ok: bool,
    pub code: Option<Fault>,
    pub hint: Option<Hint>,
    pub at: Millis,
    /// The same of the model that embeds beside it; none where none was tried.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub embedding: Option<Found>,
}

/// What one model's test found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Found {
    pub code: Option<Fault>,
    pub hint: Option<Hint>,
}

/// A sealed key that belongs to no route.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LooseKey {
    /// The route it was sealed for.
    pub route: RouteId,
    /// The version it was sealed under.
    pub version: u32,
    /// Since when; whoever was saving it has long ended an hour later.
    pub at: Millis,
}

#[cfg(test)]
mod tests;
