//! One task of a comparison, asked of one route by the same way as a draft, and scored.
//! An answer that has not the form is a result here: nothing is repaired.

use super::bakeoff::{self, Place};
use crate::flow::ask::{self, Errand, How, Routes, Sending, Trouble, Unfit, Written};
use crate::flow::masking::Rules;
use crate::flow::route::Decided;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::prompt::bakeoff::{Bake, Baking, VERSION, score};
use crate::prompt::{Marker, Room, template};
use crate::protocol::{FailCode, Millis};
use crate::provider::registry::registry;
use crate::provider::{Route, Usage};
use crate::record::{BakeOffState, Baked, ProblemCode, Score};

/// A task on its way.
pub(super) struct Oven<'a> {
    bake: &'a Bake,
    baking: Baking,
    marker: Marker,
    place: &'a Place,
    requests: u8,
    begun: Option<Millis>,
}

impl<'a> Oven<'a> {
    /// Prepares a task. Its sources are our own words, so that their fence may be known.
    pub(super) fn new(session: &Session, place: &'a Place, bake: &'a Bake) -> Oven<'a> {
        let fence = session.vault().fence(&[b"bake-off", &VERSION.to_be_bytes(), bake.name.as_bytes()]);
        Oven { bake, baking: bake.masked(), marker: Marker(fence), place, requests: 0, begun: None }
    }

    /// Asks, and says what came of it; none when the comparison is over, or has to go on later.
    pub(super) async fn bake(mut self, session: &Session, rules: &Rules, routes: &Routes) -> Result<Tried, Stop> {
        let route = routes.chosen().map(|decided| decided.route.clone());
        let answered = ask::text(session, rules, routes, &std::collections::BTreeSet::new(), &mut self).await;
        let took = self.begun.map_or(Millis(0), |begun| session.host.now().since(begun));
        let requests = self.requests;
        Ok(match answered {
            Ok(answered) => {
                let usage = answered.usage;
                Tried::Ended(Baked {
                    problem: None,
                    score: Some(answered.done),
                    input_tokens: usage.input_tokens,
                    output_tokens: usage.output_tokens,
                    cost: route.and_then(|route| cost(&route, &usage)),
                    took,
                    requests,
                })
            }
            Err(Trouble::Over(code)) => Tried::Ended(without(code, took, requests)),
            Err(Trouble::Stop(Stop::Refused(code, _))) => {
                Tried::Ended(without(ProblemCode::Refusal(code), took, requests))
            }
            Err(Trouble::Stop(Stop::Fault(fault))) => Tried::Ended(without(fault.into(), took, requests)),
            Err(Trouble::Stop(stop @ Stop::Failed(_))) => return Err(stop),
            Err(Trouble::Later(code, wait)) => Tried::Later(code, wait),
        })
    }
}

/// What came of a task.
pub(super) enum Tried {
    /// A result, if only that there is none.
    Ended(Baked),
    /// The route rests, or the time is up.
    Later(ProblemCode, Millis),
}

impl Errand for Oven<'_> {
    type Done = Score;

    fn write(&mut self, decided: &Decided, how: How) -> Result<Written, Stop> {
        let room = Room::on(&decided.route);
        let room = if how.half { room.halved() } else { room };
        let built = template::build(&self.baking.task, self.marker, room);
        Ok(Written { prompt: built.prompt, input_tokens: built.input_tokens })
    }

    /// A comparison that was cancelled, or begun anew, asks no more.
    async fn sending(&mut self, session: &Session, _: Sending) -> Result<(), Stop> {
        let kept = bakeoff::read(session).await?;
        if kept.run != self.place.run || kept.state != BakeOffState::Running {
            return Err(Stop::Failed(FailCode::Conflict));
        }
        self.requests = self.requests.saturating_add(1);
        self.begun.get_or_insert(session.host.now());
        Ok(())
    }

    fn read(&mut self, text: &str) -> Result<Score, Unfit> {
        Ok(score(self.bake, &self.baking, text))
    }
}

/// A task without an answer.
pub(super) fn without(code: ProblemCode, took: Millis, requests: u8) -> Baked {
    Baked { problem: Some(code), took, requests, ..Baked::default() }
}

/// By the list price, in millionths of a US dollar: a price is in dollars for a million tokens.
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "tokens of one answer are below 2^52, and what comes out is finite, not negative and below 2^53"
)]
fn cost(route: &Route, usage: &Usage) -> Option<u64> {
    let price = registry().model(route)?.price?;
    let cost = price.input.mul_add(usage.input_tokens as f64, price.output * usage.output_tokens as f64);
    (cost.is_finite() && (0.0..MOST).contains(&cost)).then_some(cost.ceil() as u64)
}

/// A thousand million dollars.
const MOST: f64 = 1e15;
