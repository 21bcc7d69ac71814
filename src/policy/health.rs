//! Whether a route is asked now, and what an attempt changes of that: a circuit breaker, the provider's own limits, and
//! the month's tokens. Pure: whoever keeps the row writes it on condition of its revision, so that one probe is one.

use crate::protocol::{Fault, Millis};
use crate::record::{Breaker, Health, Left, ModelsState, Spent};

/// A route that is not asked before then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rests {
    /// When to look again.
    pub until: Millis,
}

/// What became of a request, as far as it says something about the route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The provider answered.
    Answered,
    /// It answered with a no of its own: it is there, and somebody has to do something about it.
    SaidNo(Fault),
    /// It failed, or did not answer.
    Failed(Fault),
    /// It asked to wait until then.
    Limited(Millis),
    /// Nothing was sent, or nobody knows: the route is not judged by it.
    Unknown,
}

/// The health of a route, of what it is now.
#[must_use]
pub fn of<'a>(state: &'a ModelsState, name: &str, print: &str) -> Option<&'a Health> {
    state.routes.get(name).filter(|health| health.of == print)
}

/// Whether a route may be asked.
///
/// # Errors
/// [`Rests`] while it is open, while its probe is under way, and while its provider gives nothing.
pub fn admission(health: Option<&Health>, now: Millis) -> Result<(), Rests> {
    let Some(health) = health else { return Ok(()) };
    match health.breaker {
        Breaker::Open { until, .. } | Breaker::HalfOpen { until, .. } if now < until => return Err(Rests { until }),
        Breaker::Closed | Breaker::Open { .. } | Breaker::HalfOpen { .. } => {}
    }
    match health.left {
        Some(left) if now < left.reset_at && (left.requests == Some(0) || left.tokens == Some(0)) => {
            Err(Rests { until: left.reset_at })
        }
        Some(_) | None => Ok(()),
    }
}

/// Begins an attempt: claims the probe of a route that rested, and counts what it may cost at most.
///
/// # Errors
/// As [`admission`]: somebody else may have failed, or begun the probe, meanwhile.
pub fn begin(state: &mut ModelsState, name: &str, print: &str, cost: Cost, now: Millis) -> Result<Role, Rests> {
    let health = state.routes.entry(name.to_owned()).or_default();
    if health.of != print {
        *health = Health { of: print.to_owned(), ..Health::default() };
    }
    admission(Some(health), now)?;
    let role = match health.breaker {
        Breaker::Open { times, .. } | Breaker::HalfOpen { times, .. } => {
            health.breaker = Breaker::HalfOpen { until: now.plus(PROBE), times };
            Role::Probe
        }
        Breaker::Closed => Role::Usual,
    };
    match &mut health.left {
        Some(left) if now < left.reset_at => left.requests = left.requests.map(|n| n.saturating_sub(cost.requests)),
        left => *left = None,
    }
    let spent = this_month(&mut state.spent, now);
    spent.tokens = spent.tokens.saturating_add(cost.tokens);
    spent.requests = spent.requests.saturating_add(cost.requests);
    Ok(role)
}

/// What an attempt is to its route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// One among others.
    Usual,
    /// The one that tries a route that rested: what becomes of it decides, and nothing else does meanwhile.
    Probe,
}

/// What an attempt may cost at most, or did cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Requests sent.
    pub requests: u64,
    /// Tokens read and written.
    pub tokens: u64,
}

/// Ends an attempt that was begun with `bound`. `used` are the tokens the provider counted; none where it did not say.
pub fn end(state: &mut ModelsState, name: &str, print: &str, ended: &Ended, now: Millis) {
    if let Some(health) = state.routes.get_mut(name).filter(|health| health.of == print) {
        note(health, ended, now);
        if let Some(left) = ended.left {
            health.left = Some(Left { reset_at: left.reset_at.min(now.plus(LONGEST_LIMIT)), ..left });
        }
    }
    if let Some(used) = ended.used
        && state.spent.month == ended.month
    {
        state.spent.tokens = state.spent.tokens.saturating_sub(ended.bound).saturating_add(used);
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// As it was begun.
    pub role: Role,
    /// What it says of the route.
    pub outcome: Outcome,
    /// Tokens it was begun with.
    pub bound: u64,
    /// Tokens it took; none where nobody knows.
    pub used: Option<u64>,
    /// The month it was begun in.
    pub month: u32,
    /// What the provider said is left.
    pub left: Option<Left>,
}

fn note(health: &mut Health, ended: &Ended, now: Millis) {
    match ended.outcome {
        Outcome::Answered => answered(health, ended.role, None),
        Outcome::SaidNo(fault) => answered(health, ended.role, Some(fault)),
        Outcome::Limited(until) => {
            health.last = Some(Fault::ModelRateLimited);
            let reset_at = until.min(now.plus(LONGEST_LIMIT));
            health.left = Some(Left { requests: Some(0), tokens: None, reset_at });
            close(health, ended.role);
        }
        Outcome::Failed(fault) => {
            health.last = Some(fault);
            failed(health, ended.role, now);
        }
        // A probe that was never sent is taken back, so that the next request tries.
        Outcome::Unknown => {
            if let (Breaker::HalfOpen { times, .. }, Role::Probe) = (health.breaker, ended.role) {
                health.breaker = Breaker::Open { until: now, times };
            }
        }
    }
}

fn answered(health: &mut Health, role: Role, no: Option<Fault>) {
    health.failures.clear();
    health.last = no;
    close(health, role);
}

/// One that was asked before others opened it closes nothing: the probe does.
fn close(health: &mut Health, role: Role) {
    if let (Breaker::HalfOpen { .. }, Role::Probe) = (health.breaker, role) {
        health.breaker = Breaker::Closed;
    }
}

fn failed(health: &mut Health, role: Role, now: Millis) {
    health.failures.retain(|at| now.since(*at) < WINDOW);
    health.failures.push(now);
    let overflow = health.failures.len().saturating_sub(FAILURES);
    health.failures.drain(..overflow);
    let times = match (health.breaker, role) {
        (Breaker::HalfOpen { times, .. }, Role::Probe) => times.saturating_add(1),
        (Breaker::Closed, _) if health.failures.len() >= FAILURES => 1,
        (Breaker::Closed | Breaker::Open { .. } | Breaker::HalfOpen { .. }, _) => return,
    };
    health.breaker = Breaker::Open { until: now.plus(cooldown(times)), times };
}

/// How long a route rests: doubled each time its probe fails, up to a cap.
#[must_use]
pub fn cooldown(times: u8) -> Millis {
    COOLDOWN.times(1 << u32::from(times.saturating_sub(1).min(10))).min(LONGEST_COOLDOWN)
}

/// The count of this month: nothing, in a month in which nothing was asked yet.
#[must_use]
pub fn spent(state: &ModelsState, now: Millis) -> u64 {
    if state.spent.month == now.month() { state.spent.tokens } else { 0 }
}

fn this_month(spent: &mut Spent, now: Millis) -> &mut Spent {
    if spent.month != now.month() {
        *spent = Spent { month: now.month(), ..Spent::default() };
    }
    spent
}

/// So many failures within [`WINDOW`] open a route.
pub const FAILURES: usize = 3;
/// Failures longer ago say nothing of now.
pub const WINDOW: Millis = Millis(120_000);
/// The first rest.
const COOLDOWN: Millis = Millis(30_000);
/// No longer rest: a provider that is back is found within it.
const LONGEST_COOLDOWN: Millis = Millis(15 * 60_000);
/// What a probe has: longer than a model call may take, so that a second one never begins beside it.
const PROBE: Millis = Millis(150_000);
/// A provider that says to wait longer is asked again nevertheless.
const LONGEST_LIMIT: Millis = Millis::HOUR;

#[cfg(test)]
mod tests;
