//! What keeps the index in order without anybody asking: merging, purging, the nightly comparison, mending what was interrupted.
//! It shows nothing.

use serde::Serialize;

use super::embedding;
use super::queue::{self, Work, new_run};
use crate::audit::{Code, LogLine};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::flow::store::PAGE;
use crate::flow::task::together;
use crate::protocol::op::{KvDelete, KvKeys};
use crate::protocol::{Fault, Millis};
use crate::record::{IndexSettings, Progress, Switched, key};

/// How much an act touched.
#[derive(Debug, Serialize)]
pub(crate) struct Kept {
    touched: usize,
}

/// Deletes what nothing names, merges once or, when nothing is to be merged, writes texts anew that are mostly dead; and goes on in
/// another event while there is more. What the merge replaces is deleted by the next one or the hourly look: searches under way may
/// still read it.
pub(crate) async fn merge(session: &Session) -> Result<Kept, Stop> {
    let dropped = session.drop_values().await?;
    let mut merged = session.merge_segments().await?;
    if merged.segments == 0 && !merged.more {
        merged = session.compact_texts().await?;
    }
    let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let segments = count(merged.segments);
    session.host.log(LogLine::new(Code::IndexMerged).count(segments).of(dropped));
    if merged.lost > 0 {
        session.host.log(LogLine::new(Code::IndexLost).count(count(merged.missing)).of(count(merged.lost)));
    }
    let goes_on = merged.more && merged.segments > 0;
    if goes_on || !look(session).await? {
        queue::push(session, vec![Work::Merge], None).await?;
    }
    Ok(Kept { touched: segments.saturating_add(dropped) })
}

/// Looks once a night whether stored values open, and has made anew what can be. False when there was no time for it.
async fn look(session: &Session) -> Result<bool, Stop> {
    if !session.index_settings().await?.settings.look {
        return Ok(true);
    }
    if session.host.left() < ENOUGH_TO_LOOK {
        return Ok(false);
    }
    let looked = session.look_at_values().await?;
    if looked.damaged > 0 {
        session.host.log(LogLine::new(Code::IndexHealed).count(looked.mended).of(looked.damaged));
    }
    let changed = session
        .change_index_settings(|settings| {
            settings.look = false;
            Ok(())
        })
        .await;
    changed.map(|_| true)
}

/// Deletes the whole index: what its manifest names, and whatever else has the name of a value. Whether all is gone.
pub(crate) async fn erase(session: &Session) -> Result<bool, Stop> {
    if !session.erase_index().await? {
        return Ok(false);
    }
    loop {
        let page = session.host.perform(KvKeys { prefix: key::INDEX_VALUES.to_owned(), limit: PAGE }).await?;
        if page.keys.is_empty() {
            return Ok(true);
        }
        if session.host.left() < ENOUGH_FOR_A_PAGE {
            return Ok(false);
        }
        let gone = page.keys.into_iter().map(|key| session.host.perform(KvDelete { key })).collect();
        together(gone).await.into_iter().collect::<Result<Vec<_>, _>>()?;
    }
}

/// Begins a comparison of each container, has mostly dead texts written anew and damaged values looked for, and purges.
pub(crate) async fn nightly(session: &Session) -> Result<Kept, Stop> {
    let healed = heal(session).await?;
    embedding::keep_up(session, true).await?;
    // Before the comparisons: what is mended, or found damaged, they read again.
    if !healed && !session.manifest().await?.segments.is_empty() {
        session
            .change_index_settings(|settings| {
                settings.look = true;
                Ok(())
            })
            .await?;
        queue::push(session, vec![Work::Merge], None).await?;
    }
    let touched = restart(session, |_, _| true).await?;
    if !healed {
        purge(session).await?;
    }
    Ok(Kept { touched })
}

/// Begins again what did not go on: comparisons whose event was lost, containers that are still waiting.
pub(crate) async fn mend(session: &Session) -> Result<usize, Stop> {
    let now = session.host.now();
    let is_stuck = |container: &Switched| {
        let waits = container.renew && container.progress == Progress::Ready;
        let is_due = !container.run.is_empty() || container.progress == Progress::Waiting || waits;
        is_due && now.since(container.moved) > STUCK
    };
    let settings = session.index_settings().await?.settings;
    if settings.containers.is_empty() {
        return Ok(0);
    }
    let healed = heal(session).await?;
    embedding::keep_up(session, false).await?;
    let restarted = restart(session, |_, container| healed || is_stuck(container)).await?;
    if !healed {
        purge(session).await?;
    }
    Ok(restarted)
}

/// Begins comparisons of the containers meant, each under a new name.
pub(super) async fn restart(
    session: &Session,
    is_meant: impl Fn(&IndexSettings, &Switched) -> bool,
) -> Result<usize, Stop> {
    let now = session.host.now();
    let (settings, begun) = session
        .change_index_settings(|settings| {
            let meant: Vec<bool> = settings.containers.iter().map(|container| is_meant(settings, container)).collect();
            let mut begun = Vec::new();
            for (container, _) in settings.containers.iter_mut().zip(meant).filter(|(_, is_meant)| *is_meant) {
                container.run = new_run()?;
                container.step = 0;
                container.moved = now;
                begun.push(container.name());
            }
            Ok(begun)
        })
        .await?;
    let works: Vec<Work> = begun.iter().filter_map(|name| settings.container(name)).map(Work::first).collect();
    let count = works.len();
    queue::push(session, works, None).await?;
    Ok(count)
}

/// An index whose manifest does not open is erased, to be built again from what is switched on. Whether it was.
async fn heal(session: &Session) -> Result<bool, Stop> {
    match session.manifest().await {
        Ok(_) => Ok(false),
        Err(Stop::Fault(Fault::StorageUnreadable)) => {
            session.host.log(LogLine::new(Code::IndexHealed));
            erase(session).await?;
            unread(session, |_| true).await?;
            Ok(true)
        }
        Err(stop) => Err(stop),
    }
}

/// Marks containers as not read yet: nothing of them is in the index.
pub(super) async fn unread(session: &Session, is_meant: impl Fn(&Switched) -> bool) -> Result<(), Stop> {
    let changed = session
        .change_index_settings(|settings| {
            for container in settings.containers.iter_mut().filter(|container| is_meant(container)) {
                container.progress = Progress::Waiting;
                container.problem = None;
                (container.done, container.documents, container.excerpts, container.bytes) = (0, 0, 0, 0);
            }
            Ok(())
        })
        .await;
    changed.map(|_| ())
}

async fn purge(session: &Session) -> Result<(), Stop> {
    let dropped = session.drop_values().await?;
    if dropped > 0 {
        session.host.log(LogLine::new(Code::IndexDropped).count(dropped));
    }
    Ok(())
}

/// A step takes two minutes at most, and its retries a few more.
const STUCK: Millis = Millis(30 * 60_000);
const ENOUGH_TO_LOOK: Millis = Millis(30_000);
const ENOUGH_FOR_A_PAGE: Millis = Millis(3_000);
