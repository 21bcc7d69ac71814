//! The platform's own events: installed, the hourly sweep, about to be uninstalled.
//! They act without a user, on ids and sealed records only.

use serde::Serialize;

use super::session::Session;
use super::settings::keys_of;
use super::stop::Stop;
use super::store::PAGE;
use super::{draft, index, rotate};
use crate::audit::{Code, LogLine};
use crate::protocol::op::{KvDelete, KvKeys, SecretDelete, Transact};
use crate::protocol::{Delete, FailCode, Millis, Refusal};
use crate::record::{CLASSES, Class, ProblemCode, State, entity, key};

/// How many records an act touched.
#[derive(Debug, Serialize)]
pub(crate) struct Touched {
    touched: usize,
}

/// Opening the session made the installation's secret; there is nothing else to prepare.
pub(crate) fn installed(session: &Session) -> Touched {
    session.host.log(LogLine::new(Code::Installed));
    Touched { touched: 1 }
}

/// Mends what was left behind: events that never came, consumers that died, drafts that outlived their time.
pub(crate) async fn sweep(session: &Session) -> Result<Touched, Stop> {
    let mut touched = 0_usize;
    for state in [State::Queued, State::Drafting, State::Review, State::Reading] {
        for mut kept in session.jobs_in(state).await? {
            if session.host.left() < ENOUGH_FOR_ONE {
                return Ok(swept(session, touched));
            }
            let age = session.host.now().since(kept.job.updated);
            let done = match state {
                State::Reading | State::Queued | State::Drafting | State::Review if age > expiry(state) => {
                    let ended = draft::fail(session, &mut kept, ProblemCode::Refusal(Refusal::Expired)).await;
                    match ended {
                        Ok(()) => session.forget_content(&kept.job.id).await.map(|()| true),
                        Err(stop) => Err(stop),
                    }
                }
                State::Queued if age > LOST_EVENT => draft::push(session, &kept, None).await.map(|()| true),
                State::Drafting if kept.job.lease.is_some_and(|until| until < session.host.now()) => {
                    draft::queue(session, &mut kept, None).await.map(|()| true)
                }
                _ => Ok(false),
            };
            match done {
                Ok(true) => touched = touched.saturating_add(1),
                // Somebody else moved the job on meanwhile; that is what the sweep wanted.
                Ok(false) | Err(Stop::Failed(FailCode::Conflict)) => {}
                Err(stop) => return Err(stop),
            }
        }
    }
    rotate::begin(session).await?;
    let mended = index::mend(session).await?;
    let forgotten = session.forget_loose(None).await?;
    Ok(swept(session, touched.saturating_add(mended).saturating_add(forgotten)))
}

fn swept(session: &Session, touched: usize) -> Touched {
    session.host.log(LogLine::new(Code::JobsSwept).count(touched));
    Touched { touched }
}

fn expiry(state: State) -> Millis {
    match state {
        State::Review => Class::Draft.lifetime().unwrap_or(Millis::HOUR),
        _ => Class::Material.lifetime().unwrap_or(Millis::HOUR),
    }
}

/// Erases keys first, then class by class, as far as the platform's time allows. What remains stays sealed under keys
/// that are gone.
pub(crate) async fn uninstall(session: &Session) -> Result<Touched, Stop> {
    let mut touched = 0_usize;
    for class in CLASSES {
        touched = touched.saturating_add(erase(session, *class).await?);
    }
    session.host.log(LogLine::new(Code::Erased).count(touched));
    Ok(Touched { touched })
}

async fn erase(session: &Session, class: Class) -> Result<usize, Stop> {
    match class {
        Class::InstallationSecret => {
            session.host.perform(SecretDelete { key: key::INSTALLATION.to_owned() }).await.map(|_| 1)
        }
        Class::NameKeys => session.host.perform(SecretDelete { key: key::NAME_KEYS.to_owned() }).await.map(|_| 1),
        Class::ProviderKey => erase_keys(session).await,
        Class::Settings => erase_rows(session, entity::MODELS, vec![key::SETTINGS.to_owned()]).await,
        Class::ModelsState => erase_rows(session, entity::MODELS, vec![key::MODELS_STATE.to_owned()]).await,
        Class::BakeOff => erase_rows(session, entity::MODELS, vec![key::BAKE_OFF.to_owned()]).await,
        Class::Rotation => erase_rows(session, entity::KEPT, vec![key::ROTATION.to_owned()]).await,
        Class::IndexSettings => erase_rows(session, entity::INDEX, vec![key::INDEX_SETTINGS.to_owned()]).await,
        Class::Masking => {
            let keys = [key::MASKING_POLICY, key::MASKING_REPORT].map(str::to_owned);
            erase_rows(session, entity::MASKING, keys.to_vec()).await
        }
        Class::AccessToken => erase_values(session, key::ACCESS_TOKENS).await,
        Class::Sets => erase_sets(session).await,
        // Content is keyed by job; it goes with the jobs below.
        Class::Material | Class::Draft => Ok(0),
        Class::Job => erase_jobs(session).await,
        Class::Index => index::erase(session).await.map(usize::from),
    }
}

/// The settings say where keys are; when they do not open, neither does any key.
async fn erase_keys(session: &Session) -> Result<usize, Stop> {
    let keys = keys_of(&session.settings().await.unwrap_or_default());
    for (route, version) in &keys {
        session.forget_key(*route, *version).await?;
    }
    Ok(keys.len())
}

async fn erase_values(session: &Session, prefix: &str) -> Result<usize, Stop> {
    let mut touched = 0_usize;
    loop {
        let page = session.host.perform(KvKeys { prefix: prefix.to_owned(), limit: PAGE }).await?;
        if page.keys.is_empty() || session.host.left() < ENOUGH_FOR_ONE {
            return Ok(touched);
        }
        for key in page.keys {
            session.host.perform(KvDelete { key }).await?;
            touched = touched.saturating_add(1);
        }
    }
}

async fn erase_rows(session: &Session, entity: &'static str, keys: Vec<String>) -> Result<usize, Stop> {
    let count = keys.len();
    let gone = keys.into_iter().map(|key| Delete { entity: Some(entity), key, conditions: Vec::new() });
    session.host.perform(Transact { set: Vec::new(), delete: gone.collect() }).await.map(|_| count)
}

async fn erase_sets(session: &Session) -> Result<usize, Stop> {
    let mut touched = 0_usize;
    loop {
        let found = session.listed_rows(Class::Sets, None).await?;
        if found.results.is_empty() || session.host.left() < ENOUGH_FOR_ONE {
            return Ok(touched);
        }
        let keys = found.results.into_iter().map(|row| row.key).collect();
        touched = touched.saturating_add(erase_rows(session, entity::KEPT, keys).await?);
    }
}

async fn erase_jobs(session: &Session) -> Result<usize, Stop> {
    let mut touched = 0_usize;
    for state in State::EVERY {
        loop {
            let jobs = session.job_ids_in(*state).await?;
            if jobs.is_empty() || session.host.left() < ENOUGH_FOR_ONE {
                break;
            }
            for id in jobs {
                session.forget_content(&id).await?;
                let gone = Delete { entity: Some(entity::JOB), key: id.to_string(), conditions: Vec::new() };
                session.host.perform(Transact { set: Vec::new(), delete: vec![gone] }).await?;
                touched = touched.saturating_add(1);
            }
        }
    }
    Ok(touched)
}

const ENOUGH_FOR_ONE: Millis = Millis(2_000);
const LOST_EVENT: Millis = Millis(60_000);
