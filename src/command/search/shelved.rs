//! The verbs over a store, by the flows that ship: the same values, sealed, under the same keys.
//! Every search is cold: nothing is kept between lines.

use serde_json::Value;

use super::lines::{Batch, SearchLine, asked, documents};
use super::{BatchOut, FoundOut, LineOut, SettledOut, written};
use crate::command::refused::{Refused, unreadable_line};
use crate::flow::Stop;
use crate::flow::{NoManifest, Session};
use crate::protocol::Answer;
use crate::search::manifest::{Container, ContainerState};
use crate::search::plan::{Ask, Budget, Spent};

/// Answers one line of `index`, `settle` or `search`.
pub(crate) async fn answer(session: &Session, verb: &str, line: Value) -> Answer {
    let answered = match verb {
        "index" => index(session, line).await,
        "settle" => settle(session).await,
        _ => search(session, line).await,
    };
    match answered {
        Ok(view) => Answer::Ok { view },
        Err(Refused { code, message }) => Answer::Rejected { code, message },
    }
}

/// Indexes a batch of lines. What is wrong with a line is said of that line; the others are indexed.
async fn index(session: &Session, line: Value) -> Result<Value, Refused> {
    let batch: Batch = serde_json::from_value(line).map_err(|error| unreadable_line(&error))?;
    let manifest = session.shelved().await.map_err(unreadable)?.manifest;
    let mut space = manifest.space.clone();
    let (docs, lines) = documents(&batch.lines, session.host.now().as_days(), &mut space);
    session
        .change_manifest(|manifest| {
            manifest.space.clone_from(&space);
            for doc in &docs {
                if manifest.container(&doc.container).is_none() {
                    let (name, state) = (doc.container.clone(), ContainerState::Indexing);
                    manifest.containers.push(Container { name, state, ..Container::default() });
                }
            }
            Ok(())
        })
        .await
        .map_err(stopped)?;
    session.write_segment(&docs, &[]).await.map_err(stopped)?;
    // Now and then, so that a long run does not pile up small segments.
    // What cannot be merged stays as it is; `settle` says so.
    if session.merge_segments().await.is_ok() {
        session.drop_values().await.map_err(stopped)?;
    }
    let lines = lines.into_iter().map(|(id, error)| LineOut { id, error: error.map(Into::into) });
    written(&BatchOut { lines: lines.collect() })
}

/// Merges until the index is as it should be. What cannot be merged stays as it is and is searched all the same.
async fn settle(session: &Session) -> Result<Value, Refused> {
    let ready = session.change_manifest(|manifest| {
        for container in &mut manifest.containers {
            container.state = ContainerState::Ready;
        }
        Ok(())
    });
    ready.await.map_err(stopped)?;
    let mut problem = None;
    loop {
        match session.merge_segments().await {
            Ok(merged) if merged.more && merged.segments > 0 => {}
            Ok(_) => break,
            Err(stop) => {
                problem = Some(stopped(stop).code);
                break;
            }
        }
        session.drop_values().await.map_err(stopped)?;
    }
    session.drop_values().await.map_err(stopped)?;
    let segments = session.manifest().await.map_err(stopped)?.segments.len();
    written(&SettledOut { segments, problem })
}

async fn search(session: &Session, line: Value) -> Result<Value, Refused> {
    let line: SearchLine = serde_json::from_value(line).map_err(|error| unreadable_line(&error))?;
    let shelved = session.shelved().await.map_err(unreadable)?;
    let asked = asked(line, shelved.manifest.space.as_ref())?;
    let ask = Ask {
        budget: Budget::QUERY,
        most: asked.most,
        containers: asked.containers,
        today: session.host.now().as_days(),
        texts: false,
        spent: Spent::default(),
    };
    let found = session.find_on(&shelved, &asked.query, asked.vector.as_ref(), ask, None).await;
    written(&FoundOut::new(asked.id, found))
}

fn unreadable(why: NoManifest) -> Refused {
    Refused { code: why.code(), message: "the index cannot be read".to_owned() }
}

fn stopped(stop: Stop) -> Refused {
    let code = match stop {
        Stop::Refused(..) => "refused",
        Stop::Fault(crate::protocol::Fault::StorageUnreadable) => "index-unreadable",
        Stop::Fault(_) | Stop::Failed(_) => "index-unavailable",
    };
    Refused { code, message: "the index cannot be written".to_owned() }
}
