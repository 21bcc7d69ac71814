//! The section as the page shows it, from the settings, the row of health and the last comparison.
//! It changes nothing.

use std::collections::BTreeSet;

use super::bakeoff;
use crate::flow::admin::admit;
use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::health;
use crate::policy::route::boundary;
use crate::prompt::bakeoff::tasks;
use crate::protocol::view::{Budget, ClassRule, Fallback, HealthState, ModelRoute, Models, Remaining, RouteHealth};
use crate::protocol::{DataClass, Millis};
use crate::provider::registry::{Retirement, retirement};
use crate::record::{Breaker, Health, ModelsState, RouteId, Settings};

/// The section.
pub(crate) async fn open(session: &Session) -> Result<Models, Stop> {
    admit(session).await?;
    view(session).await
}

/// How the routes are.
pub(crate) async fn health(session: &Session) -> Result<Vec<RouteHealth>, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    let connected = connected(session, &settings).await?;
    Ok(all_health(&connected, &session.models_state().await?, session.host.now()))
}

/// A route with what an admin calls it.
pub(super) struct Connected {
    pub(super) name: String,
    pub(super) id: Option<RouteId>,
    pub(super) label: String,
    pub(super) is_used: bool,
    pub(super) decided: Decided,
}

/// Every connected route; the one that is used first.
pub(super) async fn connected(session: &Session, settings: &Settings) -> Result<Vec<Connected>, Stop> {
    let used = route::decide(session, settings).await?;
    let id = used.as_ref().and_then(Decided::id);
    let others = settings.routes.iter().filter(|record| Some(record.id) != id).filter_map(route::customer);
    let all = used.map(|decided| (decided, true)).into_iter().chain(others.map(|decided| (decided, false)));
    let label = |decided: &Decided| {
        let typed = decided.id().and_then(|id| settings.route(id)).map(|record| record.name.trim().to_owned());
        typed.filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let names = [decided.view.provider_name.as_deref(), decided.view.model.as_deref()];
            names.into_iter().flatten().collect::<Vec<_>>().join(", ")
        })
    };
    let connected = all.map(|(decided, is_used)| Connected {
        name: decided.name(),
        id: decided.id(),
        label: label(&decided),
        is_used,
        decided,
    });
    Ok(connected.collect())
}

/// The section's view.
pub(super) async fn view(session: &Session) -> Result<Models, Stop> {
    let settings = session.settings().await?;
    let connected = connected(session, &settings).await?;
    let state = session.models_state().await?;
    let now = session.host.now();
    let mut boundaries: BTreeSet<String> =
        connected.iter().map(|one| boundary(&one.decided.route).as_str().to_owned()).collect();
    boundaries.extend(settings.classes.values().flatten().map(|boundary| boundary.as_str().to_owned()));
    Ok(Models {
        can_edit: true,
        routes: connected.iter().map(|one| shown(one, now)).collect(),
        boundaries: boundaries.into_iter().collect(),
        fallbacks: pairs(&connected, &settings),
        classes: DataClass::ALL.into_iter().map(|class| rule(&settings, class)).collect(),
        budget: Budget {
            monthly_tokens: settings.monthly_tokens,
            spent: health::spent(&state, now),
            requests: if state.spent.month == now.month() { state.spent.requests } else { 0 },
            until: now.next_month(),
        },
        health: all_health(&connected, &state, now),
        bake_off: bakeoff::shown(session).await?,
        bake_off_tasks: tasks().len(),
    })
}

fn shown(one: &Connected, now: Millis) -> ModelRoute {
    let retires = retirement(&one.decided.route, now);
    ModelRoute {
        id: one.name.clone(),
        label: one.label.clone(),
        route: one.decided.view.clone(),
        boundary: boundary(&one.decided.route).as_str().to_owned(),
        is_used: one.is_used,
        is_gone: retires == Retirement::Gone,
        retires: match retires {
            Retirement::Soon { on } => Some(on),
            Retirement::None | Retirement::Gone => None,
        },
    }
}

/// Every pair that may be allowed: two of the customer's routes inside one boundary.
fn pairs(connected: &[Connected], settings: &Settings) -> Vec<Fallback> {
    let mut pairs = Vec::new();
    for (from, one) in connected.iter().filter_map(|one| Some((one.id?, one))) {
        for (to, other) in connected.iter().filter_map(|other| Some((other.id?, other))) {
            if from != to && boundary(&one.decided.route) == boundary(&other.decided.route) {
                let on = settings.fallbacks.contains(&(from, to));
                pairs.push(Fallback { from: from.to_string(), to: to.to_string(), on });
            }
        }
    }
    pairs
}

fn rule(settings: &Settings, class: DataClass) -> ClassRule {
    let boundaries = settings.classes.get(&class);
    let names = boundaries.map(|set| set.iter().map(|boundary| boundary.as_str().to_owned()).collect());
    ClassRule { class, boundaries: names }
}

fn all_health(connected: &[Connected], state: &ModelsState, now: Millis) -> Vec<RouteHealth> {
    let of = |one: &Connected| {
        let text = state.routes.get(&one.name).map(|health| route_health(&one.name, false, health, now));
        let vectors = state.routes.get(&format!("{}:vectors", one.name));
        let vectors = vectors.map(|health| route_health(&one.name, true, health, now));
        let unknown = || route_health(&one.name, false, &Health::default(), now);
        [Some(text.unwrap_or_else(unknown)), vectors]
    };
    connected.iter().flat_map(of).flatten().collect()
}

fn route_health(id: &str, vectors: bool, health: &Health, now: Millis) -> RouteHealth {
    let (state, until) = match health.breaker {
        Breaker::Closed => (HealthState::Closed, None),
        // Its rest is over; the next request tries it.
        Breaker::Open { until, .. } if until <= now => (HealthState::HalfOpen, None),
        Breaker::Open { until, .. } => (HealthState::Open, Some(until)),
        Breaker::HalfOpen { until, .. } => (HealthState::HalfOpen, Some(until)),
    };
    let remaining = health.left.filter(|left| now < left.reset_at);
    RouteHealth {
        id: id.to_owned(),
        vectors,
        state,
        until,
        last_code: health.last,
        remaining: remaining.map(|left| Remaining {
            requests: left.requests,
            tokens: left.tokens,
            reset_at: left.reset_at,
        }),
    }
}
