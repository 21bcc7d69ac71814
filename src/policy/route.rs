//! Which routes a request may take, and in which order: one decision, from what is asked, what an admin allowed, what is
//! known of each model, how each route is just now, and what is left of the month. It asks nobody and sends nothing.
//!
//! INVARIANT: an [`Allowed`] is made here alone, and a permit to send somebody's text from an `Allowed` alone. Its
//! boundary is allowed for every class of the text, and a fallback lies in the boundary of the chosen route.
//!
//! The extract takes no route, so it needs no leave: it is always possible.

use std::collections::{BTreeMap, BTreeSet};

use super::health::{self, Rests};
use crate::protocol::{DataClass, Millis, Params, Refusal};
use crate::provider::{self, Provider};
use crate::record::{Boundary, Health, RouteId};

/// What a request needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A text, of the form of a schema or of none: every route can, natively or by words in the prompt.
    Text {
        /// Tokens it reads, at most.
        input: u64,
        /// Tokens it writes, at most.
        output: u64,
    },
    /// Vectors.
    Vectors {
        /// Tokens they are made of, at most.
        tokens: u64,
    },
}

impl Need {
    fn tokens(self) -> u64 {
        match self {
            Need::Text { input, output } => input.saturating_add(output),
            Need::Vectors { tokens } => tokens,
        }
    }
}

/// A request to be routed.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The classes of its texts; none for words of our own.
    pub classes: &'a BTreeSet<DataClass>,
    /// What it needs.
    pub need: Need,
    /// Now.
    pub now: Millis,
}

/// What an admin allows.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Where texts of a class may be processed; a class that is not here may go wherever a route goes.
    pub classes: &'a BTreeMap<DataClass, BTreeSet<Boundary>>,
    /// From which route to which other.
    pub fallbacks: &'a [(RouteId, RouteId)],
    /// Most tokens a month.
    pub monthly: Option<u64>,
    /// Tokens of this month so far.
    pub spent: u64,
}

/// A route that is connected.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its name in the row of health: a route's id, or ours for one that is not a customer's.
    pub name: &'a str,
    /// Its id, when it is a customer's.
    pub id: Option<RouteId>,
    /// Where it goes.
    pub route: &'a provider::Route,
    /// What is known of its model.
    pub facts: Facts,
    /// How it is; none = nothing was noted.
    pub health: Option<&'a Health>,
}

/// What is known of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Most tokens it reads; none = not known.
    pub input: Option<u64>,
    /// Whether its provider switched it off.
    pub is_gone: bool,
    /// Whether it gives vectors.
    pub embeds: bool,
}

/// A route that this request may take. Only [`decide`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    name: String,
    route: provider::Route,
}

impl Allowed {
    /// Its name, as the candidate's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where it goes.
    #[must_use]
    pub fn route(&self) -> &provider::Route {
        &self.route
    }
}

/// The routes a request may take now, in order; one at least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The first to ask.
    pub first: Allowed,
    /// What may be asked when it fails.
    pub then: Vec<Allowed>,
}

/// The rule that forbids a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    /// No model is connected and chosen.
    NoRoute,
    /// Texts of this class may not go where the chosen route goes.
    Class(DataClass, Boundary),
    /// The model was switched off by its provider.
    Gone,
    /// The chosen route gives no vectors.
    NoVectors,
    /// It is longer than the model reads.
    TooLong,
    /// Too little is left of the month.
    Budget {
        /// Tokens of a month.
        monthly: u64,
        /// Tokens so far.
        spent: u64,
        /// When the next one begins.
        until: Millis,
    },
    /// Every allowed route rests.
    Resting(Rests),
}

/// Who can change what forbids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody who administers the product.
    Admin,
    /// The writer: by asking for less.
    Writer,
    /// Nobody needs to: it passes.
    Time,
}

impl No {
    /// Who can change it.
    #[must_use]
    pub fn who(&self) -> Who {
        match self {
            No::NoRoute | No::Class(..) | No::Gone | No::NoVectors | No::Budget { .. } => Who::Admin,
            No::TooLong => Who::Writer,
            No::Resting(_) => Who::Time,
        }
    }

    /// The same for the page.
    #[must_use]
    pub fn refusal(&self) -> (Refusal, Params) {
        match self {
            No::NoRoute | No::NoVectors => (Refusal::NoRoute, Params::none()),
            No::Class(class, _) => (Refusal::ClassBoundary, Params::none().with_word("class", class.name())),
            No::Gone => (Refusal::ModelGone, Params::none()),
            No::TooLong => (Refusal::TooLarge, Params::none()),
            No::Budget { monthly, spent, until } => {
                let params = Params::none().with_number("limit", *monthly).with_number("spent", *spent);
                (Refusal::BudgetSpent, params.with_number("until", until.0))
            }
            No::Resting(Rests { until }) => (Refusal::RouteResting, Params::none().with_number("until", until.0)),
        }
    }
}

/// Decides. The first candidate is the chosen route; the others may be fallbacks of it.
///
/// # Errors
/// The rule that forbids it, and by that who may change it.
pub fn decide(asked: &Asked<'_>, rules: &Rules<'_>, candidates: &[Candidate<'_>]) -> Result<Choice, No> {
    let (chosen, others) = candidates.split_first().ok_or(No::NoRoute)?;
    let home = boundary(chosen.route);
    within(asked.classes, rules.classes, &home)?;
    afford(asked, rules)?;
    // Vectors of two models never mix: nothing stands in for a route that embeds.
    let is_text = matches!(asked.need, Need::Text { .. });
    let able: Vec<&Candidate<'_>> = std::iter::once(chosen)
        .chain(others.iter().filter(|other| is_text && is_fallback(chosen, other, &home, rules.fallbacks)))
        .collect();
    let capable = able.iter().filter(|candidate| can(asked.need, candidate.facts).is_ok());
    let mut rests: Option<Rests> = None;
    let mut ready = Vec::new();
    for candidate in capable {
        match health::admission(candidate.health, asked.now) {
            Ok(()) => ready.push(Allowed { name: candidate.name.to_owned(), route: candidate.route.clone() }),
            Err(rest) => rests = Some(rests.map_or(rest, |other| if other.until <= rest.until { other } else { rest })),
        }
    }
    let mut ready = ready.into_iter();
    match (ready.next(), rests) {
        (Some(first), _) => Ok(Choice { first, then: ready.collect() }),
        (None, Some(rests)) => Err(No::Resting(rests)),
        (None, None) => Err(can(asked.need, chosen.facts).err().unwrap_or(No::NoRoute)),
    }
}

/// The routes a request may go to if the chosen one fails, as far as it can be said before it is asked: what a writer is
/// shown.
#[must_use]
pub fn fallbacks<'a, 'b>(
    chosen: &Candidate<'b>,
    others: &'a [Candidate<'b>],
    pairs: &[(RouteId, RouteId)],
) -> Vec<&'a Candidate<'b>> {
    let home = boundary(chosen.route);
    others.iter().filter(|other| is_fallback(chosen, other, &home, pairs) && !other.facts.is_gone).collect()
}

fn is_fallback(chosen: &Candidate<'_>, other: &Candidate<'_>, home: &Boundary, pairs: &[(RouteId, RouteId)]) -> bool {
    let (Some(from), Some(to)) = (chosen.id, other.id) else { return false };
    from != to && pairs.contains(&(from, to)) && boundary(other.route) == *home
}

/// Every class of the text allows it.
fn within(
    classes: &BTreeSet<DataClass>,
    allowed: &BTreeMap<DataClass, BTreeSet<Boundary>>,
    home: &Boundary,
) -> Result<(), No> {
    let forbids = |class: &&DataClass| allowed.get(class).is_some_and(|boundaries| !boundaries.contains(home));
    // The strictest is named: it is the last.
    match classes.iter().rev().find(forbids) {
        Some(class) => Err(No::Class(*class, home.clone())),
        None => Ok(()),
    }
}

fn afford(asked: &Asked<'_>, rules: &Rules<'_>) -> Result<(), No> {
    match rules.monthly {
        Some(monthly) if rules.spent.saturating_add(asked.need.tokens()) > monthly => {
            Err(No::Budget { monthly, spent: rules.spent, until: asked.now.next_month() })
        }
        Some(_) | None => Ok(()),
    }
}

fn can(need: Need, facts: Facts) -> Result<(), No> {
    if facts.is_gone {
        return Err(No::Gone);
    }
    match need {
        Need::Text { input, .. } if facts.input.is_some_and(|most| input > most) => Err(No::TooLong),
        Need::Vectors { .. } if !facts.embeds => Err(No::NoVectors),
        Need::Text { .. } | Need::Vectors { .. } => Ok(()),
    }
}

/// Where a route's text is processed. What its provider does not promise is `global`.
#[must_use]
pub fn boundary(route: &provider::Route) -> Boundary {
    let named = |name: &str| Boundary::parse(name).unwrap_or_else(Boundary::global);
    match (route.provider(), route.region()) {
        (Provider::Vertex, Some(location)) => match location {
            "eu" | "us" | "global" => named(location),
            location if EU_REGIONS.contains(&location) => named("eu"),
            location if location.starts_with("us-") => named("us"),
            // A region outside both stays a boundary of its own: Google promises no more of it.
            location => named(location),
        },
        (Provider::OpenAi | Provider::Anthropic, Some(area)) => named(area),
        (Provider::Vertex | Provider::OpenAi | Provider::Anthropic, None) | (Provider::Gemini, _) => Boundary::global(),
        // Where a resource or a server lies is the customer's to know; its host is what we know of it.
        (Provider::AzureOpenAi | Provider::OpenAiCompatible, _) => Boundary::own(&route.host()),
        (Provider::ForgeLlm, _) => Boundary::atlassian(),
    }
}

/// Google's regions in member states of the Union: London and Zurich are not
/// (<https://docs.cloud.google.com/vertex-ai/docs/general/locations>, read 2026-11-22).
const EU_REGIONS: &[&str] = &[
    "europe-central2",
    "europe-north1",
    "europe-north2",
    "europe-southwest1",
    "europe-west1",
    "europe-west3",
    "europe-west4",
    "europe-west8",
    "europe-west9",
    "europe-west10",
    "europe-west12",
];

#[cfg(test)]
mod tests;
