//! Which route a draft takes: the admin's choice, what the environment offers, and the credential for it.
//! It crosses no boundary by itself: there is no fallback from one route to another.

use super::session::Session;
use super::stop::Stop;
use crate::policy::route::boundary;
use crate::policy::{Permit, host_of};
use crate::protocol::op::{SecretGet, SecretSource};
use crate::protocol::view::{self, KeyOwner};
use crate::protocol::{Fault, RouteMode};
use crate::provider::google_auth::ServiceAccount;
use crate::provider::registry::registry;
use crate::provider::{self, Code, ModelError, Provider, Route, RouteFields, RouteProblem};
use crate::record::{RouteId, RouteRecord, Settings, key};

/// A decided route: where to, what the page says of it, and the only hosts it may reach.
pub(crate) struct Decided {
    pub(crate) route: Route,
    pub(crate) view: view::Route,
    pub(crate) permit: Permit,
    owner: Owner,
}

/// Whose key it is.
pub(super) enum Owner {
    /// The vendor's service account, from the environment.
    Vendor(ServiceAccount),
    /// The customer's key, from the secret store.
    Customer(Box<RouteRecord>),
    /// A developer's own endpoint, which takes no key.
    Developer,
}

impl Decided {
    /// Its id, when it is one of the customer's.
    pub(crate) fn id(&self) -> Option<RouteId> {
        match &self.owner {
            Owner::Customer(record) => Some(record.id),
            Owner::Vendor(_) | Owner::Developer => None,
        }
    }

    /// Its record, when it is one of the customer's.
    pub(crate) fn record(&self) -> Option<&RouteRecord> {
        match &self.owner {
            Owner::Customer(record) => Some(record),
            Owner::Vendor(_) | Owner::Developer => None,
        }
    }

    /// What it is called where routes are told apart.
    pub(crate) fn name(&self) -> String {
        match &self.owner {
            Owner::Customer(record) => record.id.to_string(),
            Owner::Vendor(_) => "default".to_owned(),
            Owner::Developer => "developer".to_owned(),
        }
    }
}

/// Decides the route. None when the admin, or the environment, allows no model.
pub(crate) async fn decide(session: &Session, settings: &Settings) -> Result<Option<Decided>, Stop> {
    match settings.mode {
        Some(RouteMode::Extract) => Ok(None),
        Some(RouteMode::Customer) => Ok(settings.chosen_route().and_then(customer)),
        Some(RouteMode::Default) => vendor(session).await,
        None => match developer(session).await? {
            Some(decided) => Ok(Some(decided)),
            None => vendor(session).await,
        },
    }
}

/// The vendor's route: Vertex AI in the EU, when the app was deployed with a service account.
pub(crate) async fn vendor(session: &Session) -> Result<Option<Decided>, Stop> {
    let Some(json) = env(session, key::VERTEX).await? else { return Ok(None) };
    let Ok(account) = ServiceAccount::parse(&json) else { return Ok(None) };
    let Some(project) = account.project() else { return Ok(None) };
    let Ok(route) = Route::parse(&registry().default_route(project)) else { return Ok(None) };
    Ok(Some(decided(route, RouteMode::Default, KeyOwner::Quillgate, Owner::Vendor(account))))
}

/// One of the customer's routes, as it was saved.
pub(crate) fn customer(record: &RouteRecord) -> Option<Decided> {
    let route = parse_customer(&record.fields()).ok()?;
    Some(decided(
        route.without(&record.omits),
        RouteMode::Customer,
        KeyOwner::Customer,
        Owner::Customer(Box::new(record.clone())),
    ))
}

/// Reads a route an admin typed.
///
/// # Errors
/// What is wrong, with its field.
pub(crate) fn parse_customer(typed: &RouteFields) -> Result<Route, RouteProblem> {
    let known = Provider::parse(&typed.provider).and_then(|provider| registry().entry(provider));
    known.ok_or(RouteProblem::Provider)?;
    Route::parse(typed)
}

/// A developer's OpenAI-compatible endpoint; never outside a development environment.
async fn developer(session: &Session) -> Result<Option<Decided>, Stop> {
    if !session.invocation.tenant.is_development() {
        return Ok(None);
    }
    let Some(endpoint) = env(session, key::DEV_ENDPOINT).await? else { return Ok(None) };
    let model = env(session, key::DEV_MODEL).await?.unwrap_or_else(|| "default".to_owned());
    let fields = RouteFields {
        provider: Provider::OpenAiCompatible.name().to_owned(),
        model,
        endpoint: Some(endpoint),
        ..RouteFields::default()
    };
    let parsed = parse_customer(&fields);
    Ok(parsed.ok().map(|route| decided(route, RouteMode::Customer, KeyOwner::Customer, Owner::Developer)))
}

async fn env(session: &Session, name: &str) -> Result<Option<String>, Stop> {
    let get = SecretGet { source: SecretSource::Env, key: name.to_owned() };
    Ok(session.host.perform(get).await?.value.filter(|value| !value.is_empty()))
}

fn decided(route: Route, mode: RouteMode, key_owner: KeyOwner, owner: Owner) -> Decided {
    let name = registry().entry(route.provider()).map(|entry| entry.name.clone());
    let view = view::Route {
        mode,
        provider: Some(route.provider().name().to_owned()),
        provider_name: name,
        model: Some(route.model().to_owned()),
        region: route.region().map(str::to_owned),
        host: Some(host_of(&route)).filter(|host| !host.is_empty()),
        key_owner,
        leaves: true,
    };
    Decided { permit: Permit::for_route(&route), route, view, owner }
}

impl Decided {
    /// Whose key it is.
    pub(super) fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Whether it is one of the customer's own.
    pub(super) fn is_customers(&self) -> bool {
        matches!(self.owner, Owner::Customer(_))
    }
}

/// A provider's error as the code the page has a sentence for.
pub(crate) fn fault(error: &ModelError) -> Fault {
    match error.code {
        Code::Auth => Fault::ModelAuth,
        Code::Permission => Fault::ModelPermission,
        Code::NotFound => Fault::ModelNotFound,
        Code::BadRequest => Fault::ModelBadRequest,
        Code::RateLimited => Fault::ModelRateLimited,
        Code::Quota => Fault::ModelQuota,
        Code::Overloaded => Fault::ModelOverloaded,
        Code::Server => Fault::ModelServer,
        Code::Timeout => Fault::ModelTimeout,
        Code::TooLong => Fault::ModelTooLong,
        Code::Malformed => Fault::ModelMalformed,
    }
}

/// The decided route that embeds beside another, by the same credential.
pub(crate) fn embedding(decided: Decided, named: Option<&str>) -> Option<Decided> {
    let route = embeds_at(&decided, named)?;
    let Decided { view: view::Route { mode, key_owner, .. }, owner, .. } = decided;
    Some(self::decided(route, mode, key_owner, owner))
}

/// Where a decided route embeds: with the registry's model, or the one an admin named where only they know it; at the registry's
/// place if that lies inside the boundary of the decided route, and else at the decided route's own. None when the provider has
/// no embeddings, or no model is known.
pub(crate) fn embeds_at(decided: &Decided, named: Option<&str>) -> Option<Route> {
    let known = registry().entry(decided.route.provider())?.embedding.as_ref()?;
    let own = decided.record().and_then(|record| record.embedding.as_ref());
    let model = own.map(|own| own.model.as_str()).or(known.model.as_deref()).or(named)?;
    let at = |place: Option<&str>| decided.route.embedding(model.trim(), place).ok();
    let inside = |route: &Route| boundary(route) == boundary(&decided.route);
    let place = own.and_then(|own| own.region.as_deref()).or(known.region.as_deref());
    let route = place.and_then(|place| at(Some(place))).filter(inside).or_else(|| at(None))?;
    let learnt = decided.record().map(|record| record.embedding_omits.as_slice()).unwrap_or_default();
    Some(route.without(learnt))
}

/// Every host an egress effect can reach without the customer's own egress; the manifest lists exactly these.
#[must_use]
pub(crate) fn hosts() -> Vec<String> {
    provider::registry::hosts()
}
