//! The admin page's models section: connect, test, remove, choose. Every act asks the product first whether the user
//! administers it. A key comes in once and never goes out again.
//!
//! | file | what |
//! |---|---|
//! | `typed` | what was typed, checked field by field |
//! | `save` | a route tested and kept |
//! | `trial` | the test of a connection |
//! | `shown` | the section's view |

mod save;
mod shown;
mod trial;
mod typed;

pub(crate) use save::save;
pub(crate) use trial::test;

use super::route;
use super::session::Session;
use super::stop::{Stop, bad_field};
use crate::audit::{Code, LogLine};
use crate::product::{confluence, jira};
use crate::protocol::view::Admin;
use crate::protocol::{Product, Refusal, RouteMode};
use crate::record::{LooseKey, RouteId};

/// The page's first view.
pub(crate) async fn open(session: &Session) -> Result<Admin, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    shown::view(session, &settings, None).await
}

/// Removes a route with its key. None takes its place: writers are set to the extract when it was in use.
pub(crate) async fn remove(session: &Session, id: &str) -> Result<Admin, Stop> {
    admit(session).await?;
    let id = RouteId::parse(id).ok_or_else(|| bad_field("id"))?;
    let at = session.host.now();
    let changed = session.change_settings(|settings| {
        let version = settings.route(id).ok_or(Refusal::NotFound)?.version;
        if settings.chosen == Some(id) && settings.mode == Some(RouteMode::Customer) {
            settings.mode = Some(RouteMode::Extract);
        }
        settings.forget(id);
        settings.loose.push(LooseKey { route: id, version, at });
        Ok(())
    });
    let (settings, ()) = changed.await?;
    // The route is gone and nothing can use its key; whatever of the key is not gone by now, the sweep finds.
    session.forget_loose(Some(id)).await?;
    session.host.log(LogLine::new(Code::KeyRemoved));
    shown::view(session, &settings, None).await
}

/// Chooses what writers use.
pub(crate) async fn choose(session: &Session, mode: RouteMode, id: Option<&str>) -> Result<Admin, Stop> {
    admit(session).await?;
    let id = id.map(|id| RouteId::parse(id).ok_or_else(|| bad_field("id"))).transpose()?;
    if mode == RouteMode::Default && route::vendor(session).await?.is_none() {
        return Err(Refusal::NoRoute.into());
    }
    let changed = session.change_settings(|settings| {
        if mode == RouteMode::Customer {
            let chosen = id.or(settings.chosen).filter(|id| settings.route(*id).is_some());
            settings.chosen = Some(chosen.ok_or(Refusal::NoRoute)?);
        }
        settings.mode = Some(mode);
        Ok(())
    });
    let (settings, ()) = changed.await?;
    shown::view(session, &settings, None).await
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
