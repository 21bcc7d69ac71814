//! Tells open pages that what they show has moved, so that they ask at once instead of at their next turn.
//! It says nothing of what moved, and nothing depends on it: a signal that is lost costs a page a second or two.

use super::session::Session;
use crate::protocol::Millis;
use crate::protocol::op::Realtime;
use crate::record::JobId;

/// What a page may listen to.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Channel<'a> {
    /// A draft under way. Its id is random, and known to its writer alone.
    Job(&'a JobId),
    /// The comparison of models.
    BakeOff,
}

impl Channel<'_> {
    /// The name both sides use; the pages' are in `static/src/parts/use-job.js` and `static/src/admin/models-rules/use-rules.js`.
    fn name(self) -> String {
        match self {
            Channel::Job(id) => format!("job-{id}"),
            Channel::BakeOff => "bake-off".to_owned(),
        }
    }
}

/// Says that it moved. Whether anybody hears it, or it cannot be said, changes nothing.
pub(crate) async fn announce(session: &Session, channel: Channel<'_>) {
    let signal = Realtime { channel: channel.name(), timeout_ms: PATIENCE };
    // The failure is in the log already.
    let _ = session.host.perform(signal).await;
}

/// What follows a signal must not wait for it.
const PATIENCE: Millis = Millis(2_000);
