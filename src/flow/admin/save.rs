//! Connecting a model: what was typed is tested first, and kept with its key sealed unless it is plainly wrong.
//! It changes no choice of an admin but the first: the only route there is is used.

use super::trial::{self, Tried};
use super::typed::{self, Checked};
use super::{admin_name, admit, shown};
use crate::audit::{Code, LogLine};
use crate::flow::credential::{self, Unproved};
use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::key::Accepted;
use crate::protocol::view::Admin;
use crate::protocol::{Fault, Refusal, RouteMode, TypedRoute};
use crate::provider::{Credential, Provider, Route};
use crate::record::{CredentialKind, LooseKey, RouteId, RouteRecord, Settings};
use crate::vault::{SecretText, last_four};

/// Tests a route and keeps it, unless it is plainly wrong; then nothing is kept, and the view says why.
pub(crate) async fn save(session: &Session, typed: TypedRoute) -> Result<Admin, Stop> {
    admit(session).await?;
    let mut checked = typed::check(typed, session.host.now())?;
    let name = admin_name(session).await?;
    let settings = session.settings().await?;
    let kept = checked.id.map(|id| settings.route(id).ok_or(Refusal::NotFound)).transpose()?;
    if kept.is_none() && settings.routes.len() >= Settings::MOST_ROUTES {
        return Err(Refusal::TooManyRoutes.into());
    }
    let key = checked.key.take();
    let mut record = match &key {
        Some(key) => of_key(session, &checked, key, &name)?,
        None => without_key(session, &checked, kept, &name)?,
    };
    if let Some(kept) = kept {
        record.omit(&kept.known_for(&record));
    }
    let decided = route::customer(&record).ok_or(Fault::Internal)?;
    let tried = trial::run(session, &decided, proof(session, &decided, key.as_ref()).await).await?;
    if tried.is_plainly_wrong(&decided.route) {
        return shown::view(session, &settings, Some(tried.kept(false, &record))).await;
    }
    record.tested = Some(tried.noted(session));
    record.omit(&tried.learnt);
    let (settings, record) = keep(session, record, key.as_ref(), kept).await?;
    session.host.log(LogLine::new(Code::KeySaved));
    shown::view(session, &settings, Some(tried.kept(true, &record))).await
}

async fn proof(session: &Session, decided: &Decided, key: Option<&Accepted>) -> Result<Credential, Unproved> {
    match key {
        Some(key) => credential::of_key(session, decided, key.kind, &key.secret).await,
        None => credential::of(session, decided).await,
    }
}

/// The route with the key that was typed.
fn of_key(session: &Session, checked: &Checked, key: &Accepted, name: &str) -> Result<RouteRecord, Stop> {
    // A file ends in the same braces as every other; its key's id tells keys apart.
    let shown = key.account.as_ref().map(|account| SecretText::new(account.key_id().to_owned()));
    let record = RouteRecord {
        credential: key.kind,
        account: key.account.as_ref().map(|account| account.client_email().to_owned()),
        expires: key.expires,
        last_four: last_four(shown.as_ref().unwrap_or(&key.secret)),
        fingerprint: session.vault().fingerprint(&key.secret),
        ..bare(session, checked, name)?
    };
    Ok(record)
}

/// The route with the key that is kept, or with none where none is needed.
fn without_key(
    session: &Session,
    checked: &Checked,
    kept: Option<&RouteRecord>,
    name: &str,
) -> Result<RouteRecord, Stop> {
    let bare = bare(session, checked, name)?;
    if checked.route.provider() == Provider::ForgeLlm {
        return Ok(bare);
    }
    let kept = kept.filter(|kept| typed::may_keep_key(kept, &checked.route));
    let kept = kept.ok_or_else(|| bad_field("key"))?.clone();
    Ok(RouteRecord {
        id: kept.id,
        credential: kept.credential,
        account: kept.account,
        expires: kept.expires,
        last_four: kept.last_four,
        fingerprint: kept.fingerprint,
        version: kept.version,
        saved_at: kept.saved_at,
        saved_by: kept.saved_by,
        saved_by_name: kept.saved_by_name,
        ..bare
    })
}

fn bare(session: &Session, checked: &Checked, name: &str) -> Result<RouteRecord, Stop> {
    let fields = checked.fields.clone();
    Ok(RouteRecord {
        id: checked.id.unwrap_or(RouteId::new(0)),
        name: checked.name.clone(),
        provider: checked.route.provider().name().to_owned(),
        model: checked.route.model().to_owned(),
        region: fields.region,
        project: fields.project,
        endpoint: fields.endpoint,
        api_version: fields.api_version,
        api: fields.api,
        native_schema: fields.native_schema,
        context_tokens: fields.context_tokens,
        base_model: fields.base_model,
        omits: Vec::new(),
        embedding: checked.embedding.clone(),
        embedding_omits: Vec::new(),
        credential: CredentialKind::None,
        account: None,
        expires: None,
        last_four: None,
        fingerprint: String::new(),
        version: 0,
        saved_at: session.host.now(),
        saved_by: session.user()?.account_id().to_owned(),
        saved_by_name: name.to_owned(),
        tested: None,
    })
}

/// Keeps a route: first its key at a place of its own, then the route, in one write, with that place.
async fn keep(
    session: &Session,
    mut record: RouteRecord,
    key: Option<&Accepted>,
    seen: Option<&RouteRecord>,
) -> Result<(Settings, RouteRecord), Stop> {
    let seen = seen.map(|seen| (seen.id, seen.version));
    let Some(key) = key.map(|key| &key.secret) else {
        let (settings, id) = session.change_settings(|settings| unkeyed(settings, record.clone(), seen)).await?;
        record.id = id;
        return Ok((settings, record));
    };
    let place = session.reserve_key(seen.map(|(id, _)| id)).await?;
    session.keep_key(&place, key).await?;
    (record.id, record.version) = (place.route, place.version);
    let change = |settings: &mut Settings| match seen {
        Some((id, _)) if settings.route(id).is_none() => Err(Refusal::NotFound.into()),
        Some(_) | None => adopt(settings, &record, place),
    };
    let (settings, ()) = session.change_settings(change).await?;
    // The key it had is of no use to anybody; what is not gone now, the sweep finds.
    drop(session.forget_loose(Some(record.id)).await);
    Ok((settings, record))
}

/// Changes a route whose key stays, or takes up one that needs none.
fn unkeyed(settings: &mut Settings, mut record: RouteRecord, seen: Option<(RouteId, u32)>) -> Result<RouteId, Stop> {
    match seen {
        Some((id, version)) => {
            // The key that was tested is the one of this version; another admin may have replaced it meanwhile.
            if settings.route(id).ok_or(Refusal::NotFound)?.version != version {
                return Err(Refusal::Stale.into());
            }
            (record.id, record.version) = (id, version);
            settings.replace(record);
            Ok(id)
        }
        None if settings.routes.len() >= Settings::MOST_ROUTES => Err(Refusal::TooManyRoutes.into()),
        None => {
            record.id = RouteId::new(settings.next);
            settings.next = settings.next.saturating_add(1);
            let id = record.id;
            add(settings, record);
            Ok(id)
        }
    }
}

/// Takes a route up whose key lies at its place; the key it had is loose from now on.
fn adopt(settings: &mut Settings, record: &RouteRecord, place: LooseKey) -> Result<(), Stop> {
    if !settings.loose.contains(&place) {
        return Err(Refusal::Stale.into());
    }
    settings.loose.retain(|key| *key != place);
    match settings.route(record.id).map(|kept| kept.version) {
        Some(version) => {
            settings.loose.push(LooseKey { route: record.id, version, at: place.at });
            settings.replace(record.clone());
        }
        None if settings.routes.len() >= Settings::MOST_ROUTES => return Err(Refusal::TooManyRoutes.into()),
        None => add(settings, record.clone()),
    }
    Ok(())
}

/// Adds a route. The only one is what the admin wants to use; any other waits until it is chosen.
fn add(settings: &mut Settings, record: RouteRecord) {
    if settings.routes.is_empty() {
        settings.chosen = Some(record.id);
        settings.mode = Some(RouteMode::Customer);
    }
    settings.routes.push(record);
}

impl Tried {
    /// Whether nothing of it can work before somebody changes something: it is not kept.
    fn is_plainly_wrong(&self, route: &Route) -> bool {
        match self.code {
            Some(
                Fault::ModelAuth
                | Fault::ModelPermission
                | Fault::ModelNotFound
                | Fault::ModelBadRequest
                | Fault::ModelMalformed
                | Fault::NotSent,
            ) => true,
            // A host that an admin typed and nobody answers at is a misspelt one more often than one at rest.
            Some(Fault::ModelServer) => self.is_unreachable && route.endpoint().is_some(),
            Some(_) | None => false,
        }
    }
}
