//! Comparing a container with the index, step by step: what is new or changed is read as the app and indexed, what is gone
//! leaves. The first comparison of an empty index is the crawl, the nightly one of a full index the reconciliation.
//! It answers no search and decides no opt-in.
//!
//! INVARIANT: a step queues the next one before it writes that it is done, and an event behind the record is dropped; so a
//! crash between any two effects loses no step, and a second delivery repeats none that was done.

use serde::Serialize;

use super::compared::{Age, Compared, Walk};
use super::embedder::Embedder;
use super::embedding;
use super::held::Held;
use super::queue::{self, Work};
use super::reading::{self, Notes, Seen};
use super::upkeep;
use crate::audit::{Code, LogLine};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::{self, AsApp};
use crate::protocol::{Fault, Millis, Refusal};
use crate::record::{IndexSettings, Passed, ProblemCode, Progress, Switched};
use crate::search::manifest::{Container, ContainerState};

/// What a step did.
#[derive(Debug, Serialize)]
#[serde(tag = "did", rename_all = "kebab-case")]
pub(crate) enum Stepped {
    /// Documents were compared; the next event goes on.
    Further,
    /// The container is compared to its end.
    Finished,
    /// The container cannot be read any more: nothing of it is left in the index.
    Lost,
    /// The event was for a comparison that is over, or was delivered twice.
    Nothing,
}

/// One step of a comparison.
pub(crate) async fn step(
    session: &Session,
    name: &str,
    run: &str,
    step: u32,
    cursor: Option<&str>,
) -> Result<Stepped, Stop> {
    let settings = session.index_settings().await?.settings;
    let current = settings.container(name).filter(|c| c.run == run && !run.is_empty() && step >= c.step);
    let Some(container) = current else {
        session.host.log(LogLine::new(Code::EventDuplicate));
        return Ok(Stepped::Nothing);
    };
    let right = policy::as_app(session.invocation.source, &settings, container.kind, Some(&container.key))?;
    if step == 0 && !begin(session, &right, &settings, container).await? {
        return Ok(Stepped::Lost);
    }
    let mut walk = Walk::parse(cursor)?;
    let age = Age { today: session.host.now().as_days(), days: u32::from(settings.ttl_days) };
    let Some(held) = held(session, container).await? else { return Ok(Stepped::Nothing) };
    // Until it was read to its end once, every document is read: what an earlier life of the container left does not count.
    let counts = container.progress == Progress::Ready && !container.renew;
    let mut embedder = Embedder::open(session, &settings).await;
    embedder.knows(held.iter().map(|held| held.id.clone()).collect());
    let mut compared = Compared::of(container.kind, held, age, counts);
    let went = compare(session, &right, container, &mut walk, &mut compared, &mut embedder).await?;
    embedding::note(session, Some(name), &embedder).await?;
    let wait = match went {
        Went::ToTheEnd => {
            end(session, container, &walk, &compared.passed).await?;
            return Ok(Stepped::Finished);
        }
        Went::Further => None,
        Went::Waits(wait) => Some(queue::delay(wait)),
    };
    if compared.is_worth_a_merge() {
        queue::push(session, vec![Work::Merge], None).await?;
    }
    let next = step.saturating_add(1);
    let work = Work::Crawl { container: name.to_owned(), run: run.to_owned(), step: next, cursor: Some(walk.print()) };
    queue::push(session, vec![work], wait).await?;
    let change = |now: &mut Switched| {
        now.step = next;
        now.done = walk.done;
        now.pass(&compared.passed);
    };
    progress(session, container, change).await?;
    Ok(Stepped::Further)
}

/// What the index holds of the container. Values that do not open for the second time are given up: the containers that miss
/// documents then are compared from their start, by another comparison than this one. Where that is not what is wrong, all of this
/// container is given up.
async fn held(session: &Session, container: &Switched) -> Result<Option<Vec<Held>>, Stop> {
    let name = container.name();
    match session.held(&name).await {
        Err(Stop::Fault(Fault::StorageUnreadable)) if container.problem == Some(UNREADABLE) => {
            session.host.log(LogLine::new(Code::IndexHealed));
            let mut missing = session.give_up_unreadable(&name).await?;
            if missing.is_empty() {
                forget(session, &name).await?;
                upkeep::unread(session, |other| other.name() == name).await?;
                missing.insert(name);
            }
            upkeep::restart(session, |_, other| missing.contains(&other.name())).await?;
            Ok(None)
        }
        Err(stop @ Stop::Fault(Fault::StorageUnreadable)) => {
            progress(session, container, |now| now.problem = Some(UNREADABLE)).await?;
            Err(stop)
        }
        held => held.map(Some),
    }
}

/// How far a step came.
enum Went {
    ToTheEnd,
    Further,
    /// The next page could not be embedded, and may be in a while.
    Waits(Millis),
}

/// Compares pages of the container as long as there are any and time is left.
async fn compare(
    session: &Session,
    right: &AsApp<'_>,
    container: &Switched,
    walk: &mut Walk,
    compared: &mut Compared,
    embedder: &mut Embedder,
) -> Result<Went, Stop> {
    let until = walk.done.saturating_add(PER_EVENT);
    loop {
        let page = reading::listing(session, right, container, walk.token.as_deref()).await?;
        let differs = compared.differs(walk, &page);
        let before = embedder.lacks();
        let read = reading::documents(session, right, container, &differs.changed, embedder).await?;
        let lacks = embedder.lacks() > before;
        if let Some(wait) = embedder.wait(walk.tries).filter(|_| lacks) {
            // This page comes again; what came before it is kept.
            embedder.forget_from(before);
            walk.tries = walk.tries.saturating_add(1);
            write(session, compared, embedder).await?;
            return Ok(Went::Waits(wait));
        }
        compared.keep(read, differs);
        walk.move_on(&page);
        let stops = walk.token.is_none() || walk.done >= until || session.host.left() < ENOUGH_FOR_A_PAGE;
        if stops || compared.is_full() {
            write(session, compared, embedder).await?;
        }
        if stops {
            return Ok(if walk.token.is_none() { Went::ToTheEnd } else { Went::Further });
        }
    }
}

/// Writes what was found so far.
async fn write(session: &Session, compared: &mut Compared, embedder: &Embedder) -> Result<(), Stop> {
    let (docs, gone) = compared.take();
    if !docs.is_empty() || !gone.is_empty() {
        compared.note(session.write_embedded(&docs, &gone, embedder.space()).await?);
        session.host.log(LogLine::new(Code::Indexed).count(docs.len()).of(gone.len()));
    }
    Ok(())
}

/// Makes sure that the container can be read and that the index knows it. False when it cannot: nothing of it is left then.
async fn begin(
    session: &Session,
    right: &AsApp<'_>,
    settings: &IndexSettings,
    container: &Switched,
) -> Result<bool, Stop> {
    let seen = match reading::container(session, right, container).await? {
        Some(seen) if seen.key == container.key => seen,
        // Under another key each of its issues has another one too: it is another container.
        Some(_) | None => {
            lose(session, container).await?;
            return Ok(false);
        }
    };
    admit(session, settings, container, &seen).await?;
    let total = reading::count(session, right, container).await.unwrap_or(0);
    let change = |now: &mut Switched| {
        now.title.clone_from(&seen.title);
        now.total = total;
        now.done = 0;
        now.problem = None;
        if now.renew || now.progress != Progress::Ready {
            now.lacks = 0;
            now.passed.clear();
        }
        // Of these nothing is in the index: each is met again, or is not there any more.
        now.passed.retain(|_, passed| *passed != Passed::DocumentTooLarge);
        if now.progress != Progress::Ready {
            now.progress = Progress::Indexing;
        }
    };
    progress(session, container, change).await?;
    Ok(true)
}

/// Writes the container into the index's manifest, without which no document of it is taken.
async fn admit(session: &Session, settings: &IndexSettings, container: &Switched, seen: &Seen) -> Result<(), Stop> {
    let name = container.name();
    session
        .change_manifest(|manifest| {
            manifest.ttl_days = settings.ttl_days;
            manifest.space = settings.embedding.as_ref().map(|embedded| embedded.space.clone());
            let state = state_of(container.progress);
            if let Some(known) = manifest.container_mut(&name) {
                known.title.clone_from(&seen.title);
                known.state = state;
            } else {
                let (id, title) = (seen.id.clone(), seen.title.clone());
                manifest.containers.push(Container { name: name.clone(), id, title, state, ..Container::default() });
            }
            Ok(())
        })
        .await
}

/// The container is gone or was closed to the app: its documents leave, the admin's choice stays and says why.
async fn lose(session: &Session, container: &Switched) -> Result<(), Stop> {
    forget(session, &container.name()).await?;
    queue::push(session, vec![Work::Merge], None).await?;
    session.host.log(LogLine::new(Code::IndexDropped));
    let change = |now: &mut Switched| {
        now.progress = Progress::Failed;
        now.problem = Some(ProblemCode::Refusal(Refusal::NoPermission));
        now.run.clear();
        (now.done, now.total) = (0, 0);
    };
    progress(session, container, change).await
}

/// Takes a container and all that is held of it out of the index.
pub(super) async fn forget(session: &Session, name: &str) -> Result<(), Stop> {
    session
        .change_manifest(|manifest| {
            manifest.remove_container(name);
            Ok(())
        })
        .await
}

/// Merges of containers that are being read wait for more.
fn state_of(progress: Progress) -> ContainerState {
    match progress {
        Progress::Ready => ContainerState::Ready,
        Progress::Waiting | Progress::Indexing | Progress::Failed => ContainerState::Indexing,
    }
}

async fn end(session: &Session, container: &Switched, walk: &Walk, passed: &Notes) -> Result<(), Stop> {
    let at = session.host.now();
    let name = container.name();
    let merge = session
        .change_manifest(|manifest| {
            if let Some(known) = manifest.container_mut(&name) {
                known.state = ContainerState::Ready;
                known.indexed_at = at.as_seconds();
            }
            Ok(manifest.to_merge().is_some())
        })
        .await?;
    if merge {
        queue::push(session, vec![Work::Merge], None).await?;
    }
    session.host.log(LogLine::new(Code::IndexCompared).count(usize::try_from(walk.done).unwrap_or(usize::MAX)));
    let change = |now: &mut Switched| {
        now.progress = Progress::Ready;
        now.run.clear();
        now.renew = false;
        now.step = 0;
        // Each document that is there was seen, and no other is left.
        (now.done, now.total, now.documents) = (walk.done, walk.done, walk.done);
        now.indexed_at = Some(at);
        now.pass(passed);
    };
    progress(session, container, change).await
}

/// Changes the container's record, unless another comparison has begun meanwhile; with what the index holds of it now.
async fn progress(session: &Session, container: &Switched, change: impl Fn(&mut Switched)) -> Result<(), Stop> {
    let name = container.name();
    let manifest = session.manifest().await?;
    let holds = manifest.container(&name).cloned().unwrap_or_default();
    let vectors = manifest.vectors();
    let at = session.host.now();
    let changed = session
        .change_index_settings(|settings| {
            if let Some(now) = settings.container_mut(&name).filter(|now| now.run == container.run) {
                (now.documents, now.excerpts) = (u64::from(holds.documents), u64::from(holds.pieces));
                now.bytes = holds.bytes;
                now.moved = at;
                change(now);
            }
            if let Some(embedded) = &mut settings.embedding {
                embedded.vectors = vectors;
            }
            Ok(())
        })
        .await;
    changed.map(|_| ())
}

/// What is noted when values of a container did not open.
const UNREADABLE: ProblemCode = ProblemCode::Fault(Fault::StorageUnreadable);
/// Documents of one event: a minute or two, so that changes of other documents get their turn.
const PER_EVENT: u64 = 1_000;
const ENOUGH_FOR_A_PAGE: Millis = Millis(90_000);
