//! What follows from an attempt that failed. Pure: it neither waits nor asks.
//! It does not know what is asked.

use crate::protocol::Millis;
use crate::provider::{Code, Field, Hint, ModelError, Route};

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// Wait so long and ask the same route again.
    Again(Millis),
    /// Ask the same route again with this change, at once.
    Changed(Change),
    /// This route will not answer in this invocation; another may, or a later event, not before so long.
    Elsewhere(Millis),
    /// No route and no time will help.
    Over,
}

/// What is changed before a request is sent once more; each of them once, and each field once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// A new token in the place of one that was not accepted.
    Credential,
    /// Without this field, which the provider says the model does not take.
    Without(Field),
    /// Without the fields a model may not take; the provider does not say which.
    Slim,
    /// Half the text.
    Shorter,
    /// Nothing: an answer came that was none.
    Nothing,
    /// With a word on the form the answer must have.
    Repair,
}

/// What was tried of one request so far.
#[derive(Debug, Default)]
pub(super) struct Tried {
    /// Requests sent on this route.
    pub(super) sent: u8,
    credential: bool,
    slim: bool,
    learnt: Vec<Field>,
    shorter: bool,
    nothing: bool,
    repair: bool,
}

impl Tried {
    /// Whether this change was not made yet; it is, from now on.
    pub(super) fn once(&mut self, change: Change) -> bool {
        let made = match change {
            Change::Credential => &mut self.credential,
            Change::Without(field) if self.learnt.contains(&field) => return false,
            Change::Without(field) => {
                self.learnt.push(field);
                return true;
            }
            Change::Slim => &mut self.slim,
            Change::Shorter => &mut self.shorter,
            Change::Nothing => &mut self.nothing,
            Change::Repair => &mut self.repair,
        };
        !std::mem::replace(made, true)
    }

    /// What the model turned out not to take.
    pub(super) fn learnt(&self) -> &[Field] {
        &self.learnt
    }

    /// The route, for requests without that.
    pub(super) fn lean(&self, route: &Route) -> Route {
        route.without(&self.learnt)
    }
}

/// Time and chance, as they are now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Now {
    /// What is left of the invocation.
    pub(super) left: Millis,
    /// What one more attempt needs of it.
    pub(super) needs: Millis,
    /// 32 random bits.
    pub(super) random: u32,
}

/// What follows from an error of a provider's.
pub(super) fn after(error: &ModelError, tried: &mut Tried, now: Now) -> Next {
    let changed = |is_new: bool, change: Change| if is_new { Next::Changed(change) } else { Next::Over };
    match (error.code, error.hint) {
        (Code::Auth, _) => changed(tried.once(Change::Credential), Change::Credential),
        (Code::BadRequest, Some(Hint::UnsupportedParameter)) => {
            let change = error.field.map_or(Change::Slim, Change::Without);
            changed(tried.once(change), change)
        }
        (Code::TooLong, _) => changed(tried.once(Change::Shorter), Change::Shorter),
        (Code::Malformed, _) => changed(error.retryable && tried.once(Change::Nothing), Change::Nothing),
        (Code::Permission | Code::NotFound | Code::BadRequest | Code::Quota, _) => Next::Over,
        (Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout, _) if error.retryable => {
            passing(error.retry_after_ms.map(Millis), tried, now)
        }
        // The provider said that trying again is no use: of this route, and of this day.
        (Code::RateLimited | Code::Overloaded | Code::Server | Code::Timeout, _) => Next::Elsewhere(LATER),
    }
}

/// What passes by itself: ask again after a wait, if there is time for the wait and for the answer.
fn passing(said: Option<Millis>, tried: &Tried, now: Now) -> Next {
    let wait = wait(said, tried.sent, now.random);
    let fits = wait.plus(now.needs) <= now.left;
    if tried.sent < ATTEMPTS && fits { Next::Again(wait) } else { Next::Elsewhere(wait.max(said.unwrap_or(LATER))) }
}

/// Full jitter: anything up to the bound, which doubles (Brooker, "Exponential Backoff and Jitter", AWS 2015). What a
/// provider asked for is kept, and spread by a tenth above, so that those it turned away together do not come back together.
pub(super) fn wait(said: Option<Millis>, sent: u8, random: u32) -> Millis {
    let up_to = |most: Millis| Millis(most.0.saturating_mul(u64::from(random)) >> 32);
    match said {
        Some(said) => said.plus(up_to(Millis(said.0 / 10))),
        None => up_to(BASE.times(1 << u32::from(sent.saturating_sub(1).min(10))).min(LONGEST)),
    }
}

/// Requests of one invocation on one route, for what passes by itself.
pub(super) const ATTEMPTS: u8 = 3;
/// The bound of the first wait.
const BASE: Millis = Millis(1_000);
/// No bound is longer.
const LONGEST: Millis = Millis(20_000);
/// When a later event looks again, where nobody said.
const LATER: Millis = Millis(10_000);

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Now = Now { left: Millis(60_000), needs: Millis(15_000), random: u32::MAX };

    fn error(code: Code) -> ModelError {
        ModelError::of(code)
    }

    #[track_caller]
    fn check(error: &ModelError, expected: &[Next]) {
        let mut tried = Tried::default();
        for next in expected {
            tried.sent += 1;
            assert_eq!(after(error, &mut tried, NOW), *next, "{error:?} after {}", tried.sent);
        }
    }

    #[test]
    fn what_does_not_pass_is_never_asked_again() {
        for code in [Code::Permission, Code::NotFound, Code::BadRequest, Code::Quota] {
            check(&error(code), &[Next::Over, Next::Over]);
        }
        check(&ModelError { retry_after_ms: Some(5), retryable: true, ..error(Code::Quota) }, &[Next::Over]);
    }

    #[test]
    fn what_a_change_may_mend_is_asked_once_more_with_it() {
        check(&error(Code::Auth), &[Next::Changed(Change::Credential), Next::Over]);
        check(&error(Code::TooLong), &[Next::Changed(Change::Shorter), Next::Over]);
        check(&ModelError { retryable: true, ..error(Code::Malformed) }, &[Next::Changed(Change::Nothing), Next::Over]);
        check(&error(Code::Malformed), &[Next::Over]);
        let unsupported = ModelError { hint: Some(Hint::UnsupportedParameter), ..error(Code::BadRequest) };
        check(&unsupported, &[Next::Changed(Change::Slim), Next::Over]);
        let named = ModelError { field: Some(Field::Effort), ..unsupported };
        check(&named, &[Next::Changed(Change::Without(Field::Effort)), Next::Over]);
    }

    #[test]
    fn each_field_that_is_named_is_left_out_once() {
        let mut tried = Tried::default();
        for field in [Field::Effort, Field::Store] {
            assert!(tried.once(Change::Without(field)) && !tried.once(Change::Without(field)));
        }
        assert_eq!(tried.learnt(), [Field::Effort, Field::Store]);
    }

    #[test]
    fn what_passes_is_asked_three_times_and_then_elsewhere() {
        for code in [Code::RateLimited, Code::Overloaded, Code::Server, Code::Timeout] {
            check(&error(code), &[Next::Again(Millis(999)), Next::Again(Millis(1_999)), Next::Elsewhere(LATER)]);
            check(&ModelError { retryable: false, ..error(code) }, &[Next::Elsewhere(LATER)]);
        }
    }

    #[test]
    fn what_the_provider_asked_for_is_kept() {
        let said = ModelError { retry_after_ms: Some(8_000), ..error(Code::RateLimited) };
        check(&said, &[Next::Again(Millis(8_799)), Next::Again(Millis(8_799))]);
        assert_eq!(wait(Some(Millis(8_000)), 1, 0), Millis(8_000));
        let long = ModelError { retry_after_ms: Some(46_000), ..error(Code::RateLimited) };
        check(&long, &[Next::Elsewhere(Millis(50_599))]);
    }

    /// However long the provider asks to wait: what is left is enough for the wait and for one more answer.
    #[test]
    fn a_wait_never_outlives_the_invocation() {
        let mut numbers = crate::random::Xorshift::seeded(1);
        for _ in 0..20_000 {
            let random = numbers.next();
            let said = (!random.is_multiple_of(3)).then_some(random % 90_000);
            let error = ModelError { retry_after_ms: said, ..error(Code::Server) };
            let mut tried = Tried { sent: 1 + u8::try_from(random % 4).unwrap(), ..Tried::default() };
            let left = Millis((random >> 20) % 100_000);
            let now = Now { left, needs: Millis(4_000), random: u32::try_from(random >> 32).unwrap() };
            match after(&error, &mut tried, now) {
                Next::Again(wait) => {
                    assert!(wait.plus(now.needs) <= left && said.is_none_or(|said| wait >= Millis(said)));
                    assert!(tried.sent < ATTEMPTS);
                }
                Next::Elsewhere(wait) => assert!(said.is_none_or(|said| wait >= Millis(said))),
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn waits_are_spread_over_everything_up_to_the_bound() {
        assert_eq!((wait(None, 1, 0), wait(None, 1, u32::MAX)), (Millis(0), Millis(999)));
        assert_eq!(wait(None, 200, u32::MAX), Millis(19_999));
        assert_eq!(wait(None, 2, u32::MAX / 2), Millis(999));
    }
}
