//! The executor: drives one flow, a plain `async fn`, by the outcomes of its effects.
//! It knows no time of its own and no thread; a step polls once, and again while one part of the flow set another free.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use serde_json::Value;

use super::stop::Stop;
use crate::audit::{Code, LogLine};
use crate::protocol::{Answer, Effect, EffectId, FailCode, Fault, Millis, Operation, Reply, op::Perform};

/// A flow under way.
pub(crate) struct Task {
    future: Pin<Box<dyn Future<Output = Answer>>>,
    shared: Rc<Shared>,
}

/// What a flow holds of the outside: the shim's clock, and a way to ask for effects.
#[derive(Clone)]
pub(crate) struct Host(Rc<Shared>);

struct Shared {
    now: Cell<Millis>,
    deadline: Millis,
    next: Cell<u32>,
    waiting: RefCell<BTreeMap<EffectId, Option<Result<Value, FailCode>>>>,
    effects: RefCell<Vec<Effect>>,
    log: RefCell<Vec<LogLine>>,
    /// Whether something that waits may go on, though no outcome came for it.
    again: Cell<bool>,
}

impl Task {
    /// Begins a flow; nothing runs before the first step.
    pub(crate) fn start<F, R>(now: Millis, deadline: Millis, flow: F) -> Task
    where
        F: FnOnce(Host) -> R,
        R: Future<Output = Answer> + 'static,
    {
        let shared = Rc::new(Shared {
            now: Cell::new(now),
            deadline,
            next: Cell::new(1),
            waiting: RefCell::default(),
            effects: RefCell::default(),
            log: RefCell::default(),
            again: Cell::new(false),
        });
        Task { future: Box::pin(flow(Host(Rc::clone(&shared)))), shared }
    }

    /// Gives the flow an outcome it waits for.
    ///
    /// # Errors
    /// [`Fault::Internal`] when nothing waits for it.
    pub(crate) fn settle(&self, id: EffectId, now: Millis, result: Result<Value, FailCode>) -> Result<(), Fault> {
        let mut waiting = self.shared.waiting.borrow_mut();
        match waiting.get_mut(&id) {
            Some(slot @ None) => *slot = Some(result),
            Some(Some(_)) | None => return Err(Fault::Internal),
        }
        self.shared.now.set(now);
        Ok(())
    }

    /// Runs the flow until it waits or ends.
    pub(crate) fn step(&mut self) -> Reply {
        let mut context = Context::from_waker(Waker::noop());
        let answer = loop {
            match self.future.as_mut().poll(&mut context) {
                Poll::Ready(answer) => break Some(answer),
                Poll::Pending if self.shared.again.take() => {}
                Poll::Pending => break None,
            }
        };
        Reply { effects: self.shared.effects.take(), answer, log: self.shared.log.take() }
    }
}

impl Host {
    /// The shim's clock, as of the last input.
    pub(crate) fn now(&self) -> Millis {
        self.0.now.get()
    }

    /// Time left in this invocation.
    pub(crate) fn left(&self) -> Millis {
        self.0.deadline.since(self.now())
    }

    /// Has the flow looked at once more before the step ends: what waits for another part of it may go on.
    pub(super) fn look_again(&self) {
        self.0.again.set(true);
    }

    /// Writes a log line.
    pub(crate) fn log(&self, line: LogLine) {
        self.0.log.borrow_mut().push(line);
    }

    /// Performs an operation.
    ///
    /// # Errors
    /// [`Stop::Failed`] with the shim's code, or with `deadline` before it was begun when too little time is left;
    /// [`Fault::Internal`] when the outcome has not the operation's shape.
    pub(crate) async fn perform<O: Perform>(&self, operation: O) -> Result<O::Outcome, Stop> {
        if self.left() < O::NEEDS {
            return Err(Stop::Failed(FailCode::Deadline));
        }
        let id = self.request(operation.into());
        let result = Settled { shared: &self.0, id }.await;
        match result {
            Ok(value) => serde_json::from_value(value).map_err(|_| Stop::Fault(Fault::Internal)),
            Err(code) => {
                self.log(LogLine::new(Code::EffectFailed).failed(code));
                Err(Stop::Failed(code))
            }
        }
    }

    fn request(&self, operation: Operation) -> EffectId {
        let id = EffectId(self.0.next.get());
        self.0.next.set(id.0.saturating_add(1));
        self.0.waiting.borrow_mut().insert(id, None);
        self.0.effects.borrow_mut().push(Effect { id, operation });
        id
    }
}

struct Settled<'a> {
    shared: &'a Shared,
    id: EffectId,
}

impl Future for Settled<'_> {
    type Output = Result<Value, FailCode>;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        let mut waiting = self.shared.waiting.borrow_mut();
        match waiting.remove(&self.id) {
            Some(Some(result)) => Poll::Ready(result),
            Some(None) => {
                waiting.insert(self.id, None);
                Poll::Pending
            }
            None => Poll::Ready(Err(FailCode::Unknown)),
        }
    }
}

/// Runs futures concurrently; the results come in the order given.
pub(crate) async fn together<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut running: Vec<Running<F>> = futures.into_iter().map(|future| Running::Going(Box::pin(future))).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for slot in &mut running {
            pending |= !slot.poll(context);
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    running.into_iter().filter_map(Running::output).collect()
}

/// Runs two futures concurrently.
pub(crate) async fn both<A: Future, B: Future>(one: A, other: B) -> (A::Output, B::Output) {
    let (mut one, mut other) = (Running::Going(Box::pin(one)), Running::Going(Box::pin(other)));
    std::future::poll_fn(|context| {
        let is_done = (one.poll(context), other.poll(context));
        if is_done == (true, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    match (one.output(), other.output()) {
        (Some(one), Some(other)) => (one, other),
        // Both are done here; a future that never ends would be the only other way.
        _ => std::future::pending().await,
    }
}

enum Running<F: Future> {
    Going(Pin<Box<F>>),
    Done(F::Output),
}

impl<F: Future> Running<F> {
    /// Goes on; whether it is done.
    fn poll(&mut self, context: &mut Context<'_>) -> bool {
        if let Running::Going(future) = self {
            match future.as_mut().poll(context) {
                Poll::Ready(output) => *self = Running::Done(output),
                Poll::Pending => return false,
            }
        }
        true
    }

    fn output(self) -> Option<F::Output> {
        match self {
            Running::Done(output) => Some(output),
            Running::Going(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::op::KvGet;
    use serde_json::json;

    fn reading(keys: &'static [&'static str]) -> Task {
        Task::start(Millis(0), Millis(25_000), |host| async move {
            let reads = keys.iter().map(|key| host.perform(KvGet::of((*key).to_owned()))).collect();
            let found = together(reads).await.into_iter().filter(Result::is_ok).count();
            Answer::Ok { view: json!(found) }
        })
    }

    #[test]
    fn effects_of_concurrent_reads_come_in_one_reply() {
        let mut task = reading(&["a", "b", "c"]);
        let reply = task.step();
        assert_eq!(reply.effects.len(), 3);
        assert!(reply.answer.is_none());
    }

    #[test]
    fn outcomes_may_come_in_any_order() {
        let mut task = reading(&["a", "b"]);
        task.step();
        task.settle(EffectId(2), Millis(1), Ok(json!({}))).unwrap();
        assert!(task.step().answer.is_none());
        task.settle(EffectId(1), Millis(2), Err(FailCode::Storage)).unwrap();
        assert_eq!(task.step().answer, Some(Answer::Ok { view: json!(1) }));
    }

    #[test]
    fn an_outcome_nobody_waits_for_is_refused() {
        let mut task = reading(&["a"]);
        task.step();
        assert_eq!(task.settle(EffectId(7), Millis(1), Ok(json!({}))), Err(Fault::Internal));
        task.settle(EffectId(1), Millis(1), Ok(json!({}))).unwrap();
        assert_eq!(task.settle(EffectId(1), Millis(1), Ok(json!({}))), Err(Fault::Internal));
    }

    #[test]
    fn nothing_is_begun_without_time_to_end_it() {
        let mut task = Task::start(Millis(0), Millis(100), |host| async move {
            let read = host.perform(KvGet::of("a".to_owned())).await;
            Answer::Ok { view: json!(matches!(read, Err(Stop::Failed(FailCode::Deadline)))) }
        });
        let reply = task.step();
        assert!(reply.effects.is_empty());
        assert_eq!(reply.answer, Some(Answer::Ok { view: json!(true) }));
    }

    #[test]
    fn an_outcome_of_the_wrong_shape_is_a_fault() {
        let mut task = reading(&["a"]);
        task.step();
        task.settle(EffectId(1), Millis(1), Ok(json!({"value": 7}))).unwrap();
        assert_eq!(task.step().answer, Some(Answer::Ok { view: json!(0) }));
    }
}
