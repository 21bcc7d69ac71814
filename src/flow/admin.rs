//! The admin page's models section: choose, enter a key, test, remove. Every act asks the product first whether the
//! user administers it. A key comes in once and never goes out again.

use super::masking::Cleared;
use super::route::{self, Decided};
use super::session::Session;
use super::stop::{Stop, bad_field};
use crate::audit::{Code, LogLine};
use crate::product::{confluence, jira};
use crate::protocol::view::{
    Admin, CatalogEntry, CatalogModel, DefaultRoute, Fact, KeyView, Route, SavedBy, TestResult,
};
use crate::protocol::{Fault, Product, Refusal, RouteMode};
use crate::provider::registry::{self, registry};
use crate::provider::{Credential, Provider, RouteFields, test};
use crate::record::{CredentialKind, LooseKey, RouteId, RouteRecord, Settings};
use crate::vault::{SecretText, last_four};

/// The page's first view.
pub(crate) async fn open(session: &Session) -> Result<Admin, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    view(session, &settings, None).await
}

/// Tests a key and keeps it sealed, unless the provider says that it is wrong.
pub(crate) async fn save_key(
    session: &Session,
    provider: &str,
    model: &str,
    endpoint: Option<&str>,
    key: SecretText,
) -> Result<Admin, Stop> {
    admit(session).await?;
    let name = admin_name(session).await?;
    let fields = RouteFields {
        provider: provider.to_owned(),
        model: model.trim().to_owned(),
        endpoint: endpoint.map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()),
        ..RouteFields::default()
    };
    let route = route::parse_customer(&fields).map_err(|problem| match problem.field() {
        "endpoint" => Refusal::EndpointNotAllowed.into(),
        other => bad_field(other),
    })?;
    let key = SecretText::new(key.expose().trim().to_owned());
    // Exposed to the request's header and to nothing else.
    let credential = Credential::api_key(key.expose()).map_err(|_| bad_field("key"))?;
    let settings = session.settings().await?;
    let mut record = RouteRecord {
        id: settings.chosen.unwrap_or(RouteId::FIRST),
        name: String::new(),
        provider: route.provider().name().to_owned(),
        model: route.model().to_owned(),
        region: None,
        project: None,
        endpoint: fields.endpoint,
        api_version: None,
        api: None,
        native_schema: false,
        base_model: None,
        embedding: None,
        credential: CredentialKind::Api,
        last_four: last_four(&key),
        fingerprint: session.vault().fingerprint(&key),
        version: 0,
        saved_at: session.host.now(),
        saved_by: session.user()?.account_id().to_owned(),
        saved_by_name: name,
        tested: None,
    };
    let decided = route::customer(&record).ok_or(Fault::Internal)?;
    let result = try_out(session, &decided, &credential).await?;
    if matches!(result.code, Some(Fault::ModelAuth | Fault::ModelPermission | Fault::ModelNotFound)) {
        return view(session, &settings, Some(result)).await;
    }
    let place = session.reserve_key(settings.chosen).await?;
    session.keep_key(&place, &key).await?;
    record.id = place.route;
    record.version = place.version;
    let (settings, ()) = session.change_settings(|settings| adopt(settings, &record, place)).await?;
    session.host.log(LogLine::new(Code::KeySaved));
    session.forget_loose(Some(record.id)).await?;
    view(session, &settings, Some(result)).await
}

/// Takes a route up whose key lies at its place; the key it had is loose from now on.
fn adopt(settings: &mut Settings, record: &RouteRecord, place: LooseKey) -> Result<(), Stop> {
    if !settings.loose.contains(&place) {
        return Err(Refusal::Stale.into());
    }
    settings.loose.retain(|key| *key != place);
    match settings.routes.iter_mut().find(|route| route.id == record.id) {
        Some(kept) => {
            let old = LooseKey { route: kept.id, version: kept.version, at: place.at };
            *kept = record.clone();
            settings.loose.push(old);
        }
        None => settings.routes.push(record.clone()),
    }
    settings.chosen = Some(record.id);
    settings.mode = Some(RouteMode::Customer);
    Ok(())
}

/// Tests the chosen route with synthetic text.
pub(crate) async fn test(session: &Session) -> Result<Admin, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    let decided = route::decide(session, &settings).await?.ok_or(Refusal::NoRoute)?;
    let result = match route::credential(session, &decided).await {
        Ok(credential) => try_out(session, &decided, &credential).await?,
        Err(Stop::Fault(code)) => TestResult { ok: false, code: Some(code), latency_ms: crate::protocol::Millis(0) },
        Err(stop) => return Err(stop),
    };
    view(session, &settings, Some(result)).await
}

/// Removes the chosen route with its key; none takes its place.
pub(crate) async fn remove_key(session: &Session) -> Result<Admin, Stop> {
    admit(session).await?;
    let at = session.host.now();
    let (settings, removed) = session
        .change_settings(|settings| {
            let Some((id, version)) = settings.chosen_route().map(|route| (route.id, route.version)) else {
                return Ok(None);
            };
            settings.forget(id);
            settings.loose.push(LooseKey { route: id, version, at });
            if settings.mode == Some(RouteMode::Customer) {
                settings.mode = Some(RouteMode::Extract);
            }
            Ok(Some(id))
        })
        .await?;
    session.forget_loose(removed).await?;
    session.host.log(LogLine::new(Code::KeyRemoved));
    view(session, &settings, None).await
}

/// Chooses the route.
pub(crate) async fn set_mode(session: &Session, mode: RouteMode) -> Result<Admin, Stop> {
    admit(session).await?;
    let offered = mode != RouteMode::Default || route::vendor(session).await?.is_some();
    let changed = session.change_settings(|settings| {
        let available = mode != RouteMode::Customer || settings.chosen_route().is_some();
        if !offered || !available {
            return Err(Refusal::NoRoute.into());
        }
        settings.mode = Some(mode);
        Ok(())
    });
    let (settings, ()) = changed.await?;
    view(session, &settings, None).await
}

/// Only an administrator of the product the page is in.
pub(super) async fn admit(session: &Session) -> Result<(), Stop> {
    let is_admin = match session.invocation.product {
        Some(Product::Confluence) => session.fetch(confluence::current_user(), confluence::read_is_admin).await?,
        Some(Product::Jira) | None => session.fetch(jira::is_admin(), jira::read_is_admin).await?,
    };
    if is_admin { Ok(()) } else { Err(Refusal::AdminOnly.into()) }
}

/// The admin's name for the others' information; the id decides.
pub(super) async fn admin_name(session: &Session) -> Result<String, Stop> {
    match session.fetch(confluence::current_user(), confluence::read_name).await {
        Ok(name) => Ok(name),
        // A site without Confluence has no such endpoint; the entry then shows no name.
        Err(Stop::Refused(..) | Stop::Failed(_) | Stop::Fault(_)) => Ok(String::new()),
    }
}

async fn try_out(session: &Session, decided: &Decided, credential: &Credential) -> Result<TestResult, Stop> {
    let begun = session.host.now();
    let mut step = Some(test::first(&decided.route));
    let mut code = None;
    while let Some(now) = step.take() {
        let request = test::build(&decided.route, credential, now).map_err(|_| Fault::ModelBadRequest)?;
        match session.send(&decided.permit, Cleared::own(request)).await {
            Ok(http) => match test::outcome(&decided.route, now, http.status, &http.headers, &http.body) {
                test::Outcome::Works => {}
                test::Outcome::Next(next) => step = Some(next),
                test::Outcome::Reachable(error) | test::Outcome::Failed(error) => code = Some(route::fault(&error)),
            },
            Err(Stop::Fault(fault)) => code = Some(fault),
            Err(stop) => return Err(stop),
        }
    }
    session.host.log(LogLine::new(Code::RouteTested));
    Ok(TestResult { ok: code.is_none(), code, latency_ms: session.host.now().since(begun) })
}

async fn view(session: &Session, settings: &Settings, test: Option<TestResult>) -> Result<Admin, Stop> {
    let decided = route::decide(session, settings).await?;
    let available = route::vendor(session).await?.is_some();
    let route = decided.map_or_else(Route::extract, |decided| decided.view);
    Ok(Admin {
        can_edit: true,
        mode: settings.mode.unwrap_or(route.mode),
        route,
        catalog: catalog(),
        key: settings.chosen_route().map(key_view),
        default_route: DefaultRoute { available, reason: (!available).then_some("not-configured") },
        test,
    })
}

fn catalog() -> Vec<CatalogEntry> {
    let offered = route::OFFERED.iter().filter_map(|provider| registry().entry(*provider));
    offered.map(entry).collect()
}

fn entry(entry: &'static registry::Entry) -> CatalogEntry {
    CatalogEntry {
        provider: entry.id.name(),
        name: &entry.name,
        models: entry
            .models
            .iter()
            .map(|model| CatalogModel { id: model.id.clone(), label: model.label.clone() })
            .collect(),
        needs_endpoint: entry.id == Provider::OpenAiCompatible,
        key_hint: &entry.key_hint,
        training: fact(&entry.training),
        retention: fact(&entry.retention),
    }
}

fn fact(fact: &registry::Fact) -> Fact {
    Fact { text: fact.text.clone(), url: fact.url.clone(), reviewed: fact.reviewed.clone() }
}

fn key_view(record: &RouteRecord) -> KeyView {
    KeyView {
        provider: record.provider.clone(),
        model: record.model.clone(),
        endpoint: record.endpoint.clone(),
        last_four: record.last_four.clone(),
        fingerprint: record.fingerprint.clone(),
        version: record.version,
        saved_at: record.saved_at,
        saved_by: SavedBy { account_id: record.saved_by.clone(), name: record.saved_by_name.clone() },
    }
}
