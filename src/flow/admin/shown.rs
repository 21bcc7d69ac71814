//! What the page shows of models: the routes with what is known of their keys, and the providers one can connect.
//! No key is within its reach.

use crate::flow::route;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::host_of;
use crate::protocol::Millis;
use crate::protocol::view::{
    Admin, CatalogEntry, CatalogModel, DefaultRoute, Fact, FailedView, KeyView, LifeState, ModelLife, Route, RouteView,
    SavedBy, TestResult, TestedView,
};
use crate::provider::registry::{self, Retirement, registry};
use crate::provider::{self, Provider};
use crate::record::{RouteRecord, Settings};

/// The section's view.
pub(super) async fn view(session: &Session, settings: &Settings, test: Option<TestResult>) -> Result<Admin, Stop> {
    let decided = route::decide(session, settings).await?;
    let available = route::vendor(session).await?.is_some();
    let route = decided.map_or_else(Route::extract, |decided| decided.view);
    let today = session.host.now();
    Ok(Admin {
        can_edit: true,
        mode: settings.mode.unwrap_or(route.mode),
        route,
        routes: settings.routes.iter().map(|record| route_view(record, settings, today)).collect(),
        most_routes: Settings::MOST_ROUTES,
        catalog: registry().providers.iter().map(|entry| entry_view(entry, today)).collect(),
        default_route: DefaultRoute { available, reason: (!available).then_some("not-configured") },
        test,
    })
}

fn route_view(record: &RouteRecord, settings: &Settings, today: Millis) -> RouteView {
    let route = provider::Route::parse(&record.fields()).ok();
    let embeds =
        route::customer(record).and_then(|decided| route::embeds_at(&decided, None)).map(|beside| host_of(&beside));
    let entry = Provider::parse(&record.provider).and_then(|provider| registry().entry(provider));
    RouteView {
        id: record.id,
        name: record.name.clone(),
        is_chosen: settings.chosen == Some(record.id),
        provider: record.provider.clone(),
        provider_name: entry.map_or_else(|| record.provider.clone(), |entry| entry.name.clone()),
        model: record.model.clone(),
        region: record.region.clone(),
        project: record.project.clone(),
        endpoint: record.endpoint.clone(),
        api_version: record.api_version.clone(),
        api: record.api,
        native_schema: record.native_schema,
        context_tokens: record.context_tokens,
        base_model: record.base_model.clone(),
        embedding_model: record.embedding.as_ref().map(|embedding| embedding.model.clone()),
        embedding_region: record.embedding.as_ref().and_then(|embedding| embedding.region.clone()),
        embedding_host: embeds.filter(|host| route.as_ref().map(host_of).as_ref() != Some(host)),
        host: route.as_ref().map(host_of).filter(|host| !host.is_empty()),
        key: key_view(record),
        tested: record.tested.map(|found| TestedView {
            ok: found.ok,
            code: found.code,
            hint: found.hint,
            at: found.at,
            embedding: found.embedding.and_then(|found| Some(FailedView { code: found.code?, hint: found.hint })),
        }),
        life: life(route.as_ref(), today),
    }
}

fn key_view(record: &RouteRecord) -> KeyView {
    KeyView {
        kind: record.credential,
        account: record.account.clone(),
        last_four: record.last_four.clone(),
        fingerprint: record.fingerprint.clone(),
        version: record.version,
        saved_at: record.saved_at,
        saved_by: SavedBy { account_id: record.saved_by.clone(), name: record.saved_by_name.clone() },
        expires: record.expires,
    }
}

fn entry_view(entry: &'static registry::Entry, today: Millis) -> CatalogEntry {
    let models = entry.models.iter().map(|model| CatalogModel {
        id: model.id.clone(),
        label: model.label.clone(),
        regions: &model.regions,
        life: listed(model, today),
    });
    CatalogEntry {
        provider: entry.id.name(),
        name: &entry.name,
        models: models.collect(),
        regions: &entry.regions,
        default_region: entry.default_region.as_deref(),
        needs_endpoint: entry.needs_endpoint,
        needs_key: entry.id != Provider::ForgeLlm,
        key_hint: &entry.key_hint,
        embedding_model: entry.embedding.as_ref().and_then(|embedding| embedding.model.as_deref()),
        embeds: entry.embedding.is_some(),
        training: fact(&entry.training),
        retention: fact(&entry.retention),
    }
}

fn fact(fact: &registry::Fact) -> Fact {
    Fact { text: fact.text.clone(), url: fact.url.clone(), reviewed: fact.reviewed.clone() }
}

/// What is known of the end and the price of a route's model.
fn life(route: Option<&provider::Route>, today: Millis) -> ModelLife {
    let model = route.and_then(|route| registry().model(route));
    let known = model.and_then(|model| model.retires.clone());
    let (state, retires) = match route.map_or(Retirement::None, |route| registry::retirement(route, today)) {
        Retirement::None => (LifeState::Open, known),
        Retirement::Soon { on } => (LifeState::Soon, Some(on)),
        Retirement::Gone => (LifeState::Gone, known),
    };
    let instead = route.filter(|_| state != LifeState::Open).and_then(|route| registry().instead(route, today));
    let instead = instead.map(|model| model.label.clone());
    ModelLife { state, retires, instead, price: model.and_then(|model| model.price) }
}

/// The same of a model that is offered.
fn listed(model: &registry::Model, today: Millis) -> ModelLife {
    let state = match registry::lifetime(model.retires.as_deref(), today) {
        Retirement::None => LifeState::Open,
        Retirement::Soon { .. } => LifeState::Soon,
        Retirement::Gone => LifeState::Gone,
    };
    ModelLife { state, retires: model.retires.clone(), instead: None, price: model.price }
}
