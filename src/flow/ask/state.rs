//! The row of the routes' health and of the month's tokens, before and after an attempt.
//! What changes in it is [`crate::policy::health`]'s; this reads and writes.

use super::routes::{Routes, Want, print};
use crate::audit::{Code, LogLine};
use crate::flow::row::{Address, Row};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::health::{self, Cost, Ended, Outcome, Role};
use crate::policy::route::{Allowed, No};
use crate::protocol::FailCode;
use crate::record::{Class, Left, ModelsState, entity, key};

impl Row for ModelsState {
    const ADDRESS: Address<'static> =
        Address { entity: entity::MODELS, key: key::MODELS_STATE, class: Class::ModelsState };
}

/// An attempt that is counted, and the leave to send it.
pub(super) struct Begun {
    pub(super) allowed: Allowed,
    print: String,
    role: Role,
    bound: u64,
    month: u32,
}

/// What is known after an attempt.
pub(super) struct Noted {
    pub(super) outcome: Outcome,
    pub(super) used: Option<u64>,
    pub(super) left: Option<Left>,
}

impl Session {
    /// How the routes are.
    ///
    /// # Errors
    /// What storage says.
    pub(in crate::flow) async fn models_state(&self) -> Result<ModelsState, Stop> {
        Ok(self.row::<ModelsState>().await?.row)
    }

    /// Decides, counts the attempt at the most it can cost, and claims the probe of a route that rested: all in one
    /// transaction, so that what was decided is what is sent.
    ///
    /// # Errors
    /// What storage says. The inner one: the rule that forbids, or another route than `name` is first by now.
    pub(super) async fn begin_asking(
        &self,
        routes: &Routes,
        want: &Want<'_>,
        name: &str,
        cost: Cost,
    ) -> Result<Result<Begun, Held>, Stop> {
        let now = self.host.now();
        let changed = self.change_row::<ModelsState, _>(|state| {
            let choice = match routes.decide(state, want, now) {
                Ok(choice) => choice,
                Err(no) => return Ok(Err(Held::No(no))),
            };
            let mut allowed = std::iter::once(choice.first).chain(choice.then);
            let Some(allowed) = allowed.find(|allowed| allowed.name() == name) else { return Ok(Err(Held::Other)) };
            let print = print(allowed.route());
            Ok(match health::begin(state, name, &print, cost, now) {
                Ok(role) => Ok(Begun { allowed, print, role, bound: cost.tokens, month: now.month() }),
                Err(rests) => Err(Held::No(No::Resting(rests))),
            })
        });
        match changed.await {
            Ok((_, begun)) => Ok(begun),
            // Others kept writing. To a caller a conflict would mean that its own record moved on.
            Err(Stop::Failed(FailCode::Conflict)) => Err(Stop::Failed(FailCode::Storage)),
            Err(stop) => Err(stop),
        }
    }

    /// Notes what became of an attempt. What cannot be written is not lost with the answer: the bound stays counted, and
    /// a probe's time runs out by itself.
    pub(super) async fn end_asking(&self, begun: &Begun, noted: Noted) {
        let Noted { outcome, used, left } = noted;
        let ended = Ended { role: begun.role, outcome, bound: begun.bound, used, month: begun.month, left };
        let now = self.host.now();
        let changed = self.change_row::<ModelsState, ()>(|state| {
            health::end(state, begun.allowed.name(), &begun.print, &ended, now);
            Ok(())
        });
        if changed.await.is_err() {
            self.host.log(LogLine::new(Code::HealthUnnoted));
        }
    }
}

/// Why an attempt was not begun.
pub(super) enum Held {
    /// A rule forbids it.
    No(No),
    /// Another route is to be asked: this one rests by now.
    Other,
}
