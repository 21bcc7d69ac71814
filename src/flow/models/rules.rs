//! What an admin allows: which route may stand in for which, where texts of a class may go, what a month may cost.
//! Every act asks the product first whether the user administers it.

use std::collections::BTreeSet;

use super::shown;
use crate::audit::{Code, LogLine};
use crate::flow::admin::admit;
use crate::flow::route;
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::route::boundary;
use crate::protocol::view::Models;
use crate::protocol::{DataClass, Refusal};
use crate::record::{Boundary, RouteId, Settings};

/// Lets a route stand in for another, or no longer.
///
/// # Errors
/// [`Refusal::OtherBoundary`] unless both are processed in one place.
pub(crate) async fn set_fallback(session: &Session, from: &str, to: &str, on: bool) -> Result<Models, Stop> {
    let from = RouteId::parse(from).ok_or_else(|| bad_field("from"))?;
    let to = RouteId::parse(to).filter(|to| *to != from).ok_or_else(|| bad_field("to"))?;
    act(session, |settings| {
        settings.fallbacks.retain(|pair| *pair != (from, to));
        if on {
            let place = |id: RouteId| {
                let decided = settings.route(id).and_then(route::customer).ok_or(Refusal::NotFound)?;
                Ok::<Boundary, Stop>(boundary(&decided.route))
            };
            if place(from)? != place(to)? {
                return Err(Refusal::OtherBoundary.into());
            }
            settings.fallbacks.push((from, to));
        }
        Ok(())
    })
    .await
}

/// Where texts of a class may be processed; none = wherever the chosen route goes.
pub(crate) async fn set_class(
    session: &Session,
    class: DataClass,
    boundaries: Option<&[String]>,
) -> Result<Models, Stop> {
    let read = |name: &String| Boundary::parse(name).ok_or_else(|| bad_field("boundaries"));
    let boundaries: Option<BTreeSet<Boundary>> =
        boundaries.map(|names| names.iter().map(read).collect::<Result<_, _>>()).transpose()?;
    if boundaries.as_ref().is_some_and(|boundaries| boundaries.len() > MOST_BOUNDARIES) {
        return Err(bad_field("boundaries"));
    }
    act(session, |settings| {
        match &boundaries {
            Some(boundaries) => settings.classes.insert(class, boundaries.clone()),
            None => settings.classes.remove(&class),
        };
        Ok(())
    })
    .await
}

/// Most tokens of a month; none = no limit.
pub(crate) async fn set_budget(session: &Session, monthly_tokens: Option<u64>) -> Result<Models, Stop> {
    if monthly_tokens.is_some_and(|tokens| tokens > MOST_TOKENS) {
        return Err(bad_field("monthlyTokens"));
    }
    act(session, |settings| {
        settings.monthly_tokens = monthly_tokens;
        Ok(())
    })
    .await
}

async fn act(session: &Session, change: impl FnMut(&mut Settings) -> Result<(), Stop>) -> Result<Models, Stop> {
    admit(session).await?;
    session.change_settings(change).await?;
    session.host.log(LogLine::new(Code::ModelsRuled));
    shown::view(session).await
}

/// More places than any site's routes lie in.
const MOST_BOUNDARIES: usize = 16;
/// A million million: whatever is typed stays a whole number in the page.
const MOST_TOKENS: u64 = 1_000_000_000_000;
