//! Search by meaning as an admin switches it: for which provider, how far it is, and what is to be read again for it.
//! It sends one text of our own when it is switched on, and nothing else.

use super::admin::after;
use super::embedder::Embedder;
use super::upkeep;
use crate::audit::{Code, LogLine};
use crate::flow::admin::admit;
use crate::flow::meaning::{Meaning, Offer, Unembedded};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::protocol::view::{IndexAdmin, IndexEmbedding};
use crate::protocol::{Params, Refusal};
use crate::provider::registry::Retirement;
use crate::record::{Embedded, IndexSettings, ProblemCode, Progress, RouteId, Switched};

/// Switches it on for the provider of the configured route or of another one of the customer's, or off. Both read everything
/// again in the background: on to embed it, off so that no vector is kept.
pub(crate) async fn set_embedding(
    session: &Session,
    on: bool,
    model: Option<&str>,
    route: Option<&str>,
) -> Result<IndexAdmin, Stop> {
    admit(session).await?;
    let route = route.map(|id| RouteId::parse(id).ok_or_else(|| bad_field("route"))).transpose()?;
    let chosen = if on { Some(chosen(session, model, route).await?) } else { None };
    let (_, is_new) = session
        .change_index_settings(|settings| {
            let space = |of: &Option<Embedded>| of.as_ref().map(|embedded| embedded.space.clone());
            if space(&settings.embedding) == space(&chosen) {
                // The same vectors, by whichever route.
                settings.embedding.iter_mut().for_each(|embedded| embedded.route = route);
                return Ok(false);
            }
            settings.embedding.clone_from(&chosen);
            settings.containers.iter_mut().for_each(renew);
            Ok(true)
        })
        .await?;
    session.host.log(LogLine::new(Code::EmbeddingSwitched));
    if is_new {
        upkeep::restart(session, |_, _| true).await?;
    }
    after(session).await
}

/// Tries the route out, and says where its vectors live.
async fn chosen(session: &Session, model: Option<&str>, named: Option<RouteId>) -> Result<Embedded, Stop> {
    let offer = Offer::find(session, named).await?.ok_or(Refusal::NoRoute)?;
    let is_named = model.is_some_and(|model| !model.trim().is_empty());
    if offer.model().is_none() && !is_named {
        return Err(bad_field("model"));
    }
    let (name, route) = (offer.name.clone(), offer.route);
    let space = Meaning::probe(session, offer, model).await.map_err(|Unembedded { code, .. }| match code {
        ProblemCode::Fault(fault) => Stop::Fault(fault),
        ProblemCode::Refusal(Refusal::BadInput) => bad_field("model"),
        ProblemCode::Refusal(refusal) => Stop::Refused(refusal, Params::none()),
    })?;
    Ok(Embedded { space, route, name, vectors: 0, problem: None })
}

fn renew(container: &mut Switched) {
    container.renew = true;
    container.done = 0;
}

/// What the admin's page shows of it; nothing where there is nothing to switch.
pub(super) async fn shown(session: &Session, settings: &IndexSettings) -> Option<IndexEmbedding> {
    let offers = Offer::all(session).await.unwrap_or_default();
    let listed = offers.iter().map(Offer::listed).collect();
    let named = settings.embedding.as_ref().and_then(|chosen| chosen.route);
    let offer = match &settings.embedding {
        Some(_) => offers.into_iter().find(|offer| offer.is(named)),
        None => offers.into_iter().next(),
    };
    let is_under_way = |c: &&Switched| c.renew || c.progress != Progress::Ready;
    let whole = |c: &Switched| c.total.max(c.done);
    let total = settings.containers.iter().map(whole).sum();
    let left = settings.containers.iter().filter(is_under_way).map(|c| whole(c).saturating_sub(c.done)).sum();
    let chosen = settings.embedding.as_ref();
    match (offer, chosen) {
        (Some(offer), chosen) => {
            // A choice for another provider is none for this one.
            let chosen = chosen.filter(|chosen| offer.space_of(chosen).is_some());
            let space = chosen.map(|chosen| &chosen.space);
            let model = space.map(|space| space.model.clone()).unwrap_or_default();
            let ends = offer.retirement(&model, session.host.now());
            Some(IndexEmbedding {
                retires: match &ends {
                    Retirement::Soon { on } => Some(on.clone()),
                    Retirement::None | Retirement::Gone => None,
                },
                is_gone: ends == Retirement::Gone,
                instead: match &ends {
                    Retirement::None => None,
                    Retirement::Soon { .. } | Retirement::Gone => offer.instead(&model, session.host.now()),
                },
                model: space.map(|space| space.model.as_str()).or(offer.model()).unwrap_or_default().to_owned(),
                dimensions: space.map(|space| space.dimensions).or(offer.dimensions()).unwrap_or_default(),
                region: offer.region(),
                route: offer.route,
                offers: listed,
                provider: offer.name,
                code: chosen.and_then(|chosen| chosen.problem),
                on: chosen.is_some(),
                done: if chosen.is_some() { u64::saturating_sub(total, left) } else { 0 },
                total,
                lacks: chosen.map_or(0, |_| settings.containers.iter().map(|container| container.lacks).sum()),
                available: true,
            })
        }
        (None, Some(chosen)) => Some(IndexEmbedding {
            route: chosen.route,
            offers: listed,
            provider: chosen.name.clone(),
            model: chosen.space.model.clone(),
            dimensions: chosen.space.dimensions,
            region: None,
            retires: None,
            is_gone: false,
            instead: None,
            code: None,
            on: true,
            done: total,
            total,
            lacks: 0,
            available: false,
        }),
        (None, None) => None,
    }
}

/// Writes down what an event could not embed, and why; and that it could, once it can.
pub(super) async fn note(session: &Session, container: Option<&str>, embedder: &Embedder) -> Result<(), Stop> {
    if !embedder.is_on() {
        return Ok(());
    }
    let changed = session
        .change_index_settings(|settings| {
            if let Some(embedded) = settings.embedding.as_mut().filter(|_| embedder.has_tried()) {
                embedded.problem = embedder.problem();
            }
            if let Some(container) = container.and_then(|name| settings.container_mut(name)) {
                container.lacks = container.lacks.saturating_add(embedder.lacks());
            }
            Ok(())
        })
        .await;
    changed.map(|_| ())
}

/// Reads again what lacks vectors, and everything when the provider's vectors live elsewhere by now (another model of it).
/// A choice for another provider is not carried over to it.
pub(super) async fn keep_up(session: &Session, is_night: bool) -> Result<(), Stop> {
    let settings = session.index_settings().await?.settings;
    let Some(chosen) = &settings.embedding else { return Ok(()) };
    let offer = Offer::find(session, chosen.route).await?;
    let Some(space) = offer.and_then(|offer| offer.space_of(chosen)) else { return Ok(()) };
    let moved = space != chosen.space;
    if !moved && !is_night {
        return Ok(());
    }
    let (_, count) = session
        .change_index_settings(|settings| {
            let Some(embedded) = &mut settings.embedding else { return Ok(0) };
            embedded.space = space.clone();
            let lacking = settings.containers.iter_mut().filter(|container| moved || container.lacks > 0);
            Ok(lacking.map(renew).count())
        })
        .await?;
    if moved && count > 0 {
        upkeep::restart(session, |_, _| true).await?;
    }
    Ok(())
}
