//! A comparison of models: started by an admin, gone on with in events, one task after the other, until all are done or
//! somebody cancels. It sends our own tasks alone; no text of a customer's is near it.
//!
//! INVARIANT: a result is written before the next task is asked, and an event of an earlier step does nothing.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Serialize;

use super::baking::{Oven, Tried, without};
use super::shown::{Connected, connected};
use crate::audit::{Code, LogLine};
use crate::flow::admin::{admin_name, admit};
use crate::flow::announce::{Channel, announce};
use crate::flow::ask::Routes;
use crate::flow::masking::Rules;
use crate::flow::row::{Address, Row};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::prompt::bakeoff::{VERSION, tasks};
use crate::protocol::op::QueuePush;
use crate::protocol::view::{BakeOffRoute, BakeOffView};
use crate::protocol::{Event, FailCode, Fault, Millis, Refusal};
use crate::record::{BakeOff, BakeOffState, Baked, BakedRoute, Class, Settings, Who, entity, key};
use crate::vault::{Entropy, HostEntropy};

impl Row for BakeOff {
    const ADDRESS: Address<'static> = Address { entity: entity::MODELS, key: key::BAKE_OFF, class: Class::BakeOff };
}

/// The comparison as it is.
pub(super) async fn read(session: &Session) -> Result<BakeOff, Stop> {
    Ok(session.row::<BakeOff>().await?.row)
}

/// Which task of which route is next, of which run.
pub(super) struct Place {
    pub(super) run: String,
    route: usize,
    task: usize,
}

/// Starts one over these routes; one that is under way ends.
pub(crate) async fn start(session: &Session, names: &[String]) -> Result<Option<BakeOffView>, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    let known = connected(session, &settings).await?;
    let mut routes: Vec<BakedRoute> = Vec::new();
    for name in names {
        let one = known.iter().find(|one| one.name == *name).ok_or_else(|| bad_field("routes"))?;
        if !routes.iter().any(|route| route.name == one.name) {
            routes.push(unbaked(one));
        }
    }
    if routes.is_empty() {
        return Err(bad_field("routes"));
    }
    let who = Who { account_id: session.user()?.account_id().to_owned(), name: admin_name(session).await? };
    let (run, now) = (new_run()?, session.host.now());
    let (row, ()) = session
        .change_row::<BakeOff, ()>(|row| {
            *row = BakeOff {
                v: 1,
                run: run.clone(),
                state: BakeOffState::Running,
                tasks: VERSION,
                by: Some(who.clone()),
                started: now,
                moved: now,
                step: 0,
                routes: routes.clone(),
            };
            Ok(())
        })
        .await?;
    push(session, &row, None).await?;
    Ok(view(&row))
}

fn unbaked(one: &Connected) -> BakedRoute {
    BakedRoute {
        name: one.name.clone(),
        label: one.label.clone(),
        route: one.decided.view.clone(),
        results: Vec::new(),
    }
}

/// The last one. An event that was lost is queued again.
pub(crate) async fn latest(session: &Session) -> Result<Option<BakeOffView>, Stop> {
    admit(session).await?;
    shown(session).await
}

/// The same for the section.
pub(super) async fn shown(session: &Session) -> Result<Option<BakeOffView>, Stop> {
    let row = read(session).await?;
    let is_lost = session.host.now().since(row.moved) > LOST;
    if row.state != BakeOffState::Running || !is_lost {
        return Ok(view(&row));
    }
    let row = step(session, &row, 0).await?;
    push(session, &row, None).await?;
    Ok(view(&row))
}

/// Ends one that is under way; what was found stays.
pub(crate) async fn cancel(session: &Session) -> Result<Option<BakeOffView>, Stop> {
    admit(session).await?;
    let (row, ()) = session
        .change_row::<BakeOff, ()>(|row| {
            if row.state == BakeOffState::Running {
                row.state = BakeOffState::Cancelled;
            }
            Ok(())
        })
        .await?;
    Ok(view(&row))
}

/// How far an event came.
#[derive(Debug, Serialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub(crate) enum Went {
    /// All tasks are done.
    Finished,
    /// Another event goes on.
    On,
    /// The event was of an earlier step, or of a comparison that is over.
    Nothing,
}

/// Goes on with one, as far as the time allows.
pub(crate) async fn go_on(session: &Session, run: &str, step_number: u32) -> Result<Went, Stop> {
    let row = read(session).await?;
    if row.run != run || row.step != step_number || row.state != BakeOffState::Running {
        session.host.log(LogLine::new(Code::EventDuplicate));
        return Ok(Went::Nothing);
    }
    // From here on a copy of this event does nothing.
    let mut row = match step(session, &row, 1).await {
        Err(Stop::Failed(FailCode::Conflict)) => return Ok(Went::Nothing),
        other => other?,
    };
    let settings = session.settings().await?;
    let rules = Rules::open(session).await?;
    let mut wait = None;
    while let Some(place) = next(&row) {
        if session.host.left() < ENOUGH {
            break;
        }
        match baked(session, &rules, &settings, &row, &place).await {
            Ok(Tried::Ended(result)) => {
                row = keep(session, &place, result).await?;
                announce(session, Channel::BakeOff).await;
            }
            Ok(Tried::Later(_, later)) if later <= LONGEST_WAIT && session.host.now().since(row.started) < WHOLE => {
                wait = Some(later);
                break;
            }
            Ok(Tried::Later(code, _)) => row = keep(session, &place, without(code, Millis(0), 0)).await?,
            Err(Stop::Failed(FailCode::Conflict)) => return Ok(Went::Nothing),
            Err(stop) => return Err(stop),
        }
        if row.state != BakeOffState::Running {
            return Ok(Went::Nothing);
        }
    }
    if next(&row).is_none() {
        finish(session, run).await?;
        announce(session, Channel::BakeOff).await;
        return Ok(Went::Finished);
    }
    push(session, &row, wait).await?;
    Ok(Went::On)
}

async fn baked(
    session: &Session,
    rules: &Rules,
    settings: &Settings,
    row: &BakeOff,
    place: &Place,
) -> Result<Tried, Stop> {
    let route = row.routes.get(place.route).ok_or(Fault::Internal)?;
    let bake = tasks().get(place.task).ok_or(Fault::Internal)?;
    let known = connected(session, settings).await?;
    let same = known.into_iter().find(|one| one.name == route.name && one.decided.view == route.route);
    let Some(one) = same else {
        // Disconnected, or another model by now.
        return Ok(Tried::Ended(without(Refusal::NoRoute.into(), Millis(0), 0)));
    };
    let routes = Routes::only(Rc::new(settings.clone()), one.decided);
    Oven::new(session, place, bake).bake(session, rules, &routes).await
}

/// Task by task, each on every route, so that all are seen to come on.
fn next(row: &BakeOff) -> Option<Place> {
    let (route, found) = row.routes.iter().enumerate().min_by_key(|(_, route)| route.results.len())?;
    let task = found.results.len();
    (task < tasks().len()).then(|| Place { run: row.run.clone(), route, task })
}

/// Writes a result down where it belongs, if it is not there.
async fn keep(session: &Session, place: &Place, result: Baked) -> Result<BakeOff, Stop> {
    let now = session.host.now();
    let (row, ()) = session
        .change_row::<BakeOff, ()>(|row| {
            if row.run == place.run
                && let Some(route) = row.routes.get_mut(place.route)
                && route.results.len() == place.task
            {
                route.results.push(result.clone());
                row.moved = now;
            }
            Ok(())
        })
        .await?;
    Ok(row)
}

/// Takes the next step of a comparison, if it is still at this one.
async fn step(session: &Session, at: &BakeOff, ahead: u32) -> Result<BakeOff, Stop> {
    let now = session.host.now();
    let (row, ()) = session
        .change_row::<BakeOff, ()>(|row| {
            if row.run != at.run || row.step != at.step {
                return Err(Stop::Failed(FailCode::Conflict));
            }
            row.step = row.step.saturating_add(ahead);
            row.moved = now;
            Ok(())
        })
        .await?;
    Ok(row)
}

async fn finish(session: &Session, run: &str) -> Result<(), Stop> {
    session
        .change_row::<BakeOff, ()>(|row| {
            if row.run == run && row.state == BakeOffState::Running {
                row.state = BakeOffState::Done;
            }
            Ok(())
        })
        .await?;
    session.host.log(LogLine::new(Code::BakedOff));
    Ok(())
}

async fn push(session: &Session, row: &BakeOff, wait: Option<Millis>) -> Result<(), Stop> {
    let body =
        BTreeMap::from([("type", "bake-off".into()), ("run", row.run.as_str().into()), ("step", row.step.into())]);
    let delay_seconds = wait.map(|wait| u32::try_from(wait.as_seconds_up()).unwrap_or(u32::MAX).clamp(1, 900));
    let event = Event { body, delay_seconds, concurrency: None };
    session.host.perform(QueuePush { queue: QUEUE, events: vec![event] }).await?;
    Ok(())
}

fn view(row: &BakeOff) -> Option<BakeOffView> {
    (row.state != BakeOffState::None).then(|| BakeOffView {
        state: row.state,
        started: row.started,
        by: row.by.as_ref().map(|who| who.name.clone()),
        done: row.routes.iter().map(|route| route.results.len()).sum(),
        total: row.routes.len().saturating_mul(tasks().len()),
        routes: row.routes.iter().map(route_view).collect(),
    })
}

fn route_view(route: &BakedRoute) -> BakeOffRoute {
    let scores = || route.results.iter().filter_map(|result| result.score);
    let sum = |of: fn(&crate::record::Score) -> u32| scores().map(|score| of(&score)).sum();
    let mut times: Vec<Millis> = route.results.iter().filter(|r| r.score.is_some()).map(|r| r.took).collect();
    times.sort_unstable();
    let costs: Vec<Option<u64>> = route.results.iter().filter(|r| r.score.is_some()).map(|r| r.cost).collect();
    BakeOffRoute {
        id: route.name.clone(),
        label: route.label.clone(),
        route: route.route.clone(),
        tasks: route.results.len(),
        valid: scores().filter(|score| score.is_valid).count(),
        claims: sum(|score| score.claims),
        supported: sum(|score| score.supported),
        unknown: sum(|score| score.unknown),
        altered: sum(|score| score.altered),
        lost: sum(|score| score.lost),
        obeyed: scores().filter(|score| score.obeyed).count(),
        input_tokens: route.results.iter().map(|result| result.input_tokens).sum(),
        output_tokens: route.results.iter().map(|result| result.output_tokens).sum(),
        cost: if costs.is_empty() { None } else { costs.into_iter().sum() },
        took: times.get(times.len() / 2).copied(),
        problems: route.results.iter().filter_map(|result| result.problem).collect(),
    }
}

/// A name for a comparison, unlike any other's.
fn new_run() -> Result<String, Stop> {
    let mut bytes = [0; 8];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}

const QUEUE: &str = "drafts";
/// One task, with a wait or two.
const ENOUGH: Millis = Millis(18_000);
/// A consumer has five minutes; one that wrote nothing for longer died.
const LOST: Millis = Millis(330_000);
/// A route that rests for longer is not waited for.
const LONGEST_WAIT: Millis = Millis(120_000);
/// After that no route is waited for any more.
const WHOLE: Millis = Millis::HOUR;
