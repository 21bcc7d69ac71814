//! The routes that are connected, the chosen one first, and the decision over them.
//! It reads the admin's settings once; how the routes are is read again for each request.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::health;
use crate::policy::route::{self as policy, Asked, Candidate, Choice, Facts, Need, No, Rules};
use crate::prompt::Built;
use crate::protocol::{DataClass, Fault, Millis, Refusal, view};
use crate::provider::Route;
use crate::provider::registry::{Retirement, registry, retirement};
use crate::record::{Health, ModelsState, RouteId, Settings};

/// The connected routes of an installation.
pub(crate) struct Routes {
    settings: Rc<Settings>,
    named: Vec<Named>,
}

/// A route under the name its health is noted by.
struct Named {
    name: String,
    id: Option<RouteId>,
    decided: Decided,
}

/// What a request is, for the decision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Want<'a> {
    /// The classes of its texts.
    pub(super) classes: &'a BTreeSet<DataClass>,
    /// What it needs.
    pub(super) need: Need,
}

impl Routes {
    /// Reads them. None chosen when the admin, or the environment, allows no model.
    ///
    /// # Errors
    /// What storage says.
    pub(crate) async fn open(session: &Session) -> Result<Routes, Stop> {
        let settings = session.settings().await?;
        let chosen = route::decide(session, &settings).await?;
        Ok(Routes::of(Rc::new(settings), chosen))
    }

    fn of(settings: Rc<Settings>, chosen: Option<Decided>) -> Routes {
        let id = chosen.as_ref().and_then(Decided::id);
        // Only another route of the customer's can stand in for one of them.
        let others = settings.routes.iter().filter(|record| id.is_some_and(|id| id != record.id));
        let others: Vec<Decided> = others.filter_map(route::customer).collect();
        let named = chosen.into_iter().chain(others).map(Named::of).collect();
        Routes { settings, named }
    }

    /// This one route and no other, chosen or not: to compare models.
    pub(crate) fn only(settings: Rc<Settings>, decided: Decided) -> Routes {
        Routes { settings, named: vec![Named::of(decided)] }
    }

    /// The route that embeds beside a route, and no other: vectors of two models never mix.
    pub(crate) fn embedding(settings: Rc<Settings>, decided: Decided) -> Routes {
        let Named { name, id, decided } = Named::of(decided);
        Routes { settings, named: vec![Named { name: format!("{name}:vectors"), id, decided }] }
    }

    /// The chosen route; none when no model is allowed.
    pub(crate) fn chosen(&self) -> Option<&Decided> {
        self.named.first().map(|named| &named.decided)
    }

    /// The name of the chosen route.
    pub(super) fn first(&self) -> Option<&str> {
        self.named.first().map(|named| named.name.as_str())
    }

    /// What may be asked when the chosen route fails, as the page shows it.
    pub(crate) fn fallbacks(&self, now: Millis) -> Vec<view::Route> {
        let state = ModelsState::default();
        let candidates = self.candidates(&state, now);
        let Some((chosen, others)) = candidates.split_first() else { return Vec::new() };
        let allowed = policy::fallbacks(chosen, others, &self.settings.fallbacks);
        let shown = allowed.iter().filter_map(|candidate| self.named(candidate.name));
        shown.map(|named| named.decided.view.clone()).collect()
    }

    /// The routes a writer was shown, and no other.
    ///
    /// # Errors
    /// [`Refusal::NoRoute`] when the chosen one is another by now: it is not taken silently.
    pub(crate) fn pinned(mut self, chosen: &view::Route, fallbacks: &[view::Route]) -> Result<Routes, Refusal> {
        let is_same = self.chosen().is_some_and(|decided| decided.view == *chosen);
        if !is_same {
            return Err(Refusal::NoRoute);
        }
        let mut at = 0_usize;
        self.named.retain(|named| {
            at = at.saturating_add(1);
            at == 1 || fallbacks.contains(&named.decided.view)
        });
        Ok(self)
    }

    /// Whether a draft would be asked for, but for a route that rests: that passes.
    ///
    /// # Errors
    /// What it would be refused with.
    pub(crate) async fn admit(
        &self,
        session: &Session,
        classes: &BTreeSet<DataClass>,
        built: &Built,
    ) -> Result<(), Stop> {
        let state = session.models_state().await?;
        let output = u64::from(built.prompt.as_ref().max_output_tokens);
        let need = Need::Text { input: u64::from(built.input_tokens), output };
        match self.decide(&state, &Want { classes, need }, session.host.now()) {
            Ok(_) | Err(No::Resting(_)) => Ok(()),
            Err(no) => {
                let (code, params) = no.refusal();
                Err(Stop::Refused(code, params))
            }
        }
    }

    /// The routes as candidates.
    fn candidates<'a>(&'a self, state: &'a ModelsState, now: Millis) -> Vec<Candidate<'a>> {
        let candidate = |named: &'a Named| {
            let route = &named.decided.route;
            let health = health::of(state, &named.name, &print(route));
            Candidate { name: &named.name, id: named.id, route, facts: facts(route, health, now), health }
        };
        self.named.iter().map(candidate).collect()
    }

    /// Decides over them as they are now.
    ///
    /// # Errors
    /// The rule that forbids.
    pub(super) fn decide(&self, state: &ModelsState, want: &Want<'_>, now: Millis) -> Result<Choice, No> {
        let rules = Rules {
            classes: &self.settings.classes,
            fallbacks: &self.settings.fallbacks,
            monthly: self.settings.monthly_tokens,
            spent: health::spent(state, now),
        };
        let asked = Asked { classes: want.classes, need: want.need, now };
        policy::decide(&asked, &rules, &self.candidates(state, now))
    }

    /// The route of a name.
    pub(super) fn decided(&self, name: &str) -> Option<&Decided> {
        self.named(name).map(|named| &named.decided)
    }

    fn named(&self, name: &str) -> Option<&Named> {
        self.named.iter().find(|named| named.name == name)
    }
}

impl Named {
    fn of(decided: Decided) -> Named {
        Named { name: decided.name(), id: decided.id(), decided }
    }
}

/// What tells a route from another one under the same name.
pub(super) fn print(route: &Route) -> String {
    format!("{} {} {}", route.provider().name(), route.model(), route.host())
}

/// What is known of a route's model. The registry knows the earliest day on which it may be switched off, so that it is
/// gone takes the provider's word too.
fn facts(route: &Route, health: Option<&Health>, now: Millis) -> Facts {
    let registry = registry();
    let is_unknown_there = health.is_some_and(|health| health.last == Some(Fault::ModelNotFound));
    Facts {
        input: registry.limits(route).map(|limits| u64::from(limits.input)),
        is_gone: is_unknown_there && retirement(route, now) == Retirement::Gone,
        embeds: registry.entry(route.provider()).is_some_and(|entry| entry.embedding.is_some()),
    }
}
