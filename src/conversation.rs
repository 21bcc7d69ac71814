//! One conversation: the state behind the door. A call opens it, outcomes move it, an answer ends it.
//! It knows neither the wire's encoding nor any use case.

use crate::command::search::{RESIDENT, Resident};
use crate::flow::{self, Task};
use crate::protocol::{Answer, Call, Fault, Input, Params, Refusal, Reply, Source};

/// A conversation under way.
#[derive(Default)]
pub struct Conversation {
    state: State,
}

#[derive(Default)]
enum State {
    #[default]
    Fresh,
    Going(Task),
    /// An index in memory, of the command line alone: it takes call after call.
    Resident(Box<Resident>),
    Over,
}

impl Conversation {
    /// Takes one input.
    pub fn step(&mut self, input: Input) -> Reply {
        let mut task = match (std::mem::replace(&mut self.state, State::Over), input) {
            (State::Fresh, Input::Call { now, deadline, context, call }) => match *call {
                Call::Command { verb, .. } if verb == RESIDENT && context.source == Source::Local => {
                    self.state = State::Resident(Box::default());
                    return answer(Answer::Ok { view: serde_json::Value::Null });
                }
                call => flow::start(call, *context, now, deadline),
            },
            (State::Resident(mut index), Input::Call { now, call, .. }) => {
                let Call::Command { verb, line } = *call else { return ended(Fault::Internal) };
                let answered = index.answer(&verb, line, now);
                self.state = State::Resident(index);
                return answer(answered);
            }
            (State::Going(task), Input::Outcome { id, now, outcome }) => match task.settle(id, now, Ok(outcome)) {
                Ok(()) => task,
                Err(fault) => return ended(fault),
            },
            (State::Going(task), Input::Failed { id, now, code }) => match task.settle(id, now, Err(code)) {
                Ok(()) => task,
                Err(fault) => return ended(fault),
            },
            (State::Fresh, Input::Outcome { .. } | Input::Failed { .. })
            | (State::Going(_), Input::Call { .. })
            | (State::Resident(_), Input::Outcome { .. } | Input::Failed { .. })
            | (State::Over, _) => return ended(Fault::Internal),
        };
        let reply = task.step();
        if reply.answer.is_none() {
            self.state = State::Going(task);
        }
        reply
    }

    /// The reply to an input that has not the documented shape.
    #[must_use]
    pub fn misunderstood() -> Reply {
        answer(Answer::Refused { code: Refusal::BadInput, params: Params::field("call") })
    }
}

fn ended(code: Fault) -> Reply {
    answer(Answer::Fault { code })
}

fn answer(answer: Answer) -> Reply {
    Reply { effects: Vec::new(), answer: Some(answer), log: Vec::new() }
}
