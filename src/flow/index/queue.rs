//! Events of the index: one queue, one writer at a time, ids alone.
//! It does none of the work.

use serde_json::{Value, json};

use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::op::{EventBody, QueuePush};
use crate::protocol::{Concurrency, Event, Fault, Millis, SourceKind};
use crate::record::Switched;
use crate::vault::{Entropy, HostEntropy};

/// Work for the background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::flow) enum Work {
    /// Compare the next documents of a container.
    Crawl { container: String, run: String, step: u32, cursor: Option<String> },
    /// Read one document again; how often its embedding failed by now.
    Changed { kind: SourceKind, id: String, tries: u8 },
    /// Bring small segments together.
    Merge,
    /// Go on moving records under the primary root: of an index, none may be written meanwhile.
    Rotate,
}

impl Work {
    /// The first step of a container's comparison.
    pub(super) fn first(container: &Switched) -> Work {
        Work::Crawl { container: container.name(), run: container.run.clone(), step: 0, cursor: None }
    }

    fn body(self) -> EventBody {
        match self {
            Work::Crawl { container, run, step, cursor } => {
                let mut body = EventBody::from([
                    ("type", json!("crawl")),
                    ("container", json!(container)),
                    ("run", json!(run)),
                    ("step", json!(step)),
                ]);
                body.extend(cursor.map(|cursor| ("cursor", Value::String(cursor))));
                body
            }
            Work::Changed { kind, id, tries } => {
                let mut body = EventBody::from([("type", json!("changed")), ("kind", json!(kind)), ("id", json!(id))]);
                body.extend((tries > 0).then(|| ("tries", json!(tries))));
                body
            }
            Work::Merge => EventBody::from([("type", json!("merge"))]),
            Work::Rotate => EventBody::from([("type", json!("rotate"))]),
        }
    }
}

/// Queues work.
pub(in crate::flow) async fn push(session: &Session, works: Vec<Work>, delay_seconds: Option<u32>) -> Result<(), Stop> {
    // One writer at a time for an installation; the token keeps installations apart.
    let key = format!("index-{}", session.vault().index_token("queue", "index"));
    let mut events = works.into_iter().map(|work| Event {
        body: work.body(),
        delay_seconds,
        concurrency: Some(Concurrency { key: key.clone(), limit: 1 }),
    });
    loop {
        let together: Vec<Event> = events.by_ref().take(TOGETHER).collect();
        if together.is_empty() {
            return Ok(());
        }
        session.host.perform(QueuePush { queue: QUEUE, events: together }).await?;
    }
}

/// A wait as the queue takes it, in seconds.
pub(super) fn delay(wait: Millis) -> u32 {
    u32::try_from(wait.as_seconds_up()).unwrap_or(u32::MAX).clamp(1, 900)
}

/// A name for a comparison, unlike any other's.
pub(super) fn new_run() -> Result<String, Stop> {
    let mut bytes = [0; 8];
    HostEntropy.fill(&mut bytes).map_err(|_| Fault::Internal)?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}

const QUEUE: &str = "index";
/// The platform takes no more at once.
const TOGETHER: usize = 50;
