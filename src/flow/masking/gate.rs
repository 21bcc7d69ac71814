//! The last look at a request before it leaves: no planted value may be in it. What leaves and what is held back is
//! counted by day. It changes no request.
//!
//! INVARIANT: there is no other way to a [`Cleared`] request that holds anybody's text.

use std::collections::BTreeMap;

use super::rules::Rules;
use crate::audit::{Code, LogLine};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::Holds;
use crate::policy::masking::canary_like;
use crate::privacy::Kind;
use crate::protocol::Refusal;
use crate::provider::Request;
use crate::record::{MaskingReport, Seen};
use crate::vault::is_same_mac;

/// A request that may leave.
pub(crate) struct Cleared {
    request: Request,
    holds: Holds,
}

impl Cleared {
    /// A request that holds our own words alone: a token's, or one that tries a route out.
    pub(crate) const fn own(request: Request) -> Cleared {
        Cleared { request, holds: Holds::OwnWords }
    }

    /// The request, and whose words it holds.
    pub(crate) fn into_parts(self) -> (Request, Holds) {
        (self.request, self.holds)
    }
}

impl Rules {
    /// Lets a request leave in which no planted value is, and counts it.
    ///
    /// # Errors
    /// [`Refusal::CanaryFound`]; nothing may be sent then.
    pub(crate) async fn clear(
        &self,
        session: &Session,
        request: Request,
        masked: &BTreeMap<Kind, usize>,
    ) -> Result<Cleared, Stop> {
        let met = self.met(session, &request);
        let (day, now) = (session.host.now().as_days(), session.host.now());
        let counted = session.change_row::<MaskingReport, ()>(|report| {
            let count = report.day_mut(day);
            if met.is_empty() {
                count.requests = count.requests.saturating_add(1);
                for (kind, n) in masked {
                    let sum = count.kinds.entry(*kind).or_default();
                    *sum = sum.saturating_add(u64::try_from(*n).unwrap_or(u64::MAX));
                }
            } else {
                count.blocked = count.blocked.saturating_add(1);
            }
            for id in &met {
                let seen = report.seen.entry(id.clone()).or_default();
                *seen = Seen { n: seen.n.saturating_add(1), at: now };
            }
            Ok(())
        });
        // A report that cannot be written keeps no request back: what is masked and what is refused do not hang on it.
        if counted.await.is_err() {
            session.host.log(LogLine::new(Code::MaskingUncounted));
        }
        if met.is_empty() {
            return Ok(Cleared { request, holds: Holds::Text });
        }
        session.host.log(LogLine::new(Code::CanaryFound).count(met.len()));
        Err(Refusal::CanaryFound.into())
    }

    /// Planted values in a request, by their id.
    fn met(&self, session: &Session, request: &Request) -> Vec<String> {
        if self.policy().canaries.is_empty() {
            return Vec::new();
        }
        let parts = [request.url.as_str(), request.body.as_deref().unwrap_or_default()];
        let found: Vec<String> =
            parts.iter().flat_map(|part| canary_like(part)).map(|value| session.canary_fingerprint(&value)).collect();
        let met = self
            .policy()
            .canaries
            .iter()
            .filter(|canary| found.iter().any(|one| is_same_mac(one, &canary.fingerprint)));
        met.map(|canary| canary.id.clone()).collect()
    }
}

impl Session {
    /// What is kept of a planted value: a MAC under a key of this installation.
    pub(super) fn canary_fingerprint(&self, value: &str) -> String {
        self.vault().index_token("canary", value)
    }
}
