//! A route as an admin typed it, checked field by field: the first thing that is wrong is named, with the reason.
//! It asks nobody, and echoes nothing.

use crate::flow::route;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::host_of;
use crate::policy::key::{Accepted, KeyProblem, accept};
use crate::policy::route::boundary;
use crate::protocol::{Millis, Params, Refusal, TypedRoute};
use crate::provider::{Provider, Route, RouteFields, RouteProblem};
use crate::record::{CredentialKind, EmbeddingChoice, RouteId, RouteRecord};

/// What was typed, as far as it can be checked without asking anybody.
pub(super) struct Checked {
    pub(super) id: Option<RouteId>,
    pub(super) name: String,
    pub(super) route: Route,
    pub(super) fields: RouteFields,
    pub(super) embedding: Option<EmbeddingChoice>,
    /// The key that was typed; none = the one that is kept, or none is needed.
    pub(super) key: Option<Accepted>,
}

/// Checks what was typed.
///
/// # Errors
/// [`Refusal::BadInput`], [`Refusal::EndpointNotAllowed`] or [`Refusal::KeyRejected`], with field and reason.
pub(super) fn check(typed: TypedRoute, now: Millis) -> Result<Checked, Stop> {
    let id = typed.id.as_deref().map(|id| RouteId::parse(id).ok_or_else(|| bad_field("id"))).transpose()?;
    let provider = Provider::parse(&typed.provider).ok_or_else(|| bad_field("provider"))?;
    let key = typed.key.as_ref().map(|key| accept(provider, key, now)).transpose().map_err(rejected)?;
    let account_project =
        key.as_ref().and_then(|key| key.account.as_ref()).and_then(|account| account.project()).map(str::to_owned);
    let fields = RouteFields {
        provider: typed.provider,
        model: typed.model.trim().to_owned(),
        region: filled(typed.region),
        project: filled(typed.project).or(account_project),
        endpoint: filled(typed.endpoint),
        api_version: filled(typed.api_version),
        api: typed.api,
        native_schema: typed.native_schema,
        context_tokens: filled(typed.context_tokens)
            .map(|text| text.parse().map_err(|_| bad_field("contextTokens")))
            .transpose()?,
        base_model: filled(typed.base_model),
    };
    let route = route::parse_customer(&fields).map_err(refused)?;
    // Where text may be processed anywhere, an admin says so in so many words.
    if route.region() == Some(GLOBAL) && !typed.accept_global {
        return Err(Stop::Refused(Refusal::BadInput, Params::field("region").with_word("reason", GLOBAL)));
    }
    let embedding = embedding(&route, &fields, filled(typed.embedding_model), filled(typed.embedding_region))?;
    Ok(Checked { id, name: name(typed.name)?, route, fields, embedding, key })
}

/// What embeds beside the route; it is a route too, and has to be one.
fn embedding(
    route: &Route,
    fields: &RouteFields,
    model: Option<String>,
    region: Option<String>,
) -> Result<Option<EmbeddingChoice>, Stop> {
    let Some(model) = model else { return Ok(None) };
    let beside = RouteFields {
        model: model.clone(),
        base_model: None,
        region: region.clone().or_else(|| fields.region.clone()),
        ..fields.clone()
    };
    let beside = route::parse_customer(&beside).map_err(|problem| match problem.field() {
        "model" => bad_field("embeddingModel"),
        "region" => bad_field("embeddingRegion"),
        _ => refused(problem),
    })?;
    // The route's own place would be taken instead, which is not what was typed.
    if region.is_some() && boundary(&beside) != boundary(route) {
        let params = Params::field("embeddingRegion").with_word("reason", "boundary");
        return Err(Stop::Refused(Refusal::BadInput, params));
    }
    Ok(Some(EmbeddingChoice { model, region, dimensions: None }))
}

/// A name is for people: short, and on one line.
fn name(typed: Option<String>) -> Result<String, Stop> {
    let name = filled(typed).unwrap_or_default();
    let fits = name.chars().count() <= MAX_NAME && !name.chars().any(char::is_control);
    if fits { Ok(name) } else { Err(bad_field("name")) }
}

fn filled(typed: Option<String>) -> Option<String> {
    typed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn refused(problem: RouteProblem) -> Stop {
    match problem {
        RouteProblem::Endpoint(why) => {
            Stop::Refused(Refusal::EndpointNotAllowed, Params::field("endpoint").with_word("reason", why.code()))
        }
        other => bad_field(other.field()),
    }
}

/// What was pasted is no key for this provider.
pub(super) fn rejected(problem: KeyProblem) -> Stop {
    let params = Params::field("key").with_word("reason", problem.code());
    let params = match problem {
        KeyProblem::LooksLike(look) => params.with_word("looksLike", look.name()),
        _ => params,
    };
    Stop::Refused(Refusal::KeyRejected, params)
}

/// Whether a kept key may serve what was typed now: nothing but the same provider's, at the same place, gets it.
pub(super) fn may_keep_key(kept: &RouteRecord, route: &Route) -> bool {
    let kept_host = Route::parse(&kept.fields()).map(|kept| host_of(&kept)).ok();
    let same_place = route.endpoint().is_none() || kept_host == Some(host_of(route));
    kept.provider == route.provider().name() && kept.credential != CredentialKind::None && same_place
}

const GLOBAL: &str = "global";
const MAX_NAME: usize = 60;
