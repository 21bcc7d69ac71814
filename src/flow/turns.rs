//! One at a time: whoever takes a turn at a name goes on, and whoever comes meanwhile waits until it is given back.
//! It holds nothing but names.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::task::Poll;

use super::task::Host;

/// Names whose turn is taken.
#[derive(Default)]
pub(super) struct Turns(RefCell<BTreeSet<String>>);

/// A turn; given back when it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
    host: &'a Host,
    name: String,
}

impl Turns {
    /// Takes the turn at a name, when it is free.
    pub(super) async fn take<'a>(&'a self, host: &'a Host, name: &str) -> Turn<'a> {
        std::future::poll_fn(
            |_| {
                if self.0.borrow_mut().insert(name.to_owned()) { Poll::Ready(()) } else { Poll::Pending }
            },
        )
        .await;
        Turn { turns: self, host, name: name.to_owned() }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.turns.0.borrow_mut().remove(&self.name);
        // Whoever waits may have been looked at before this turn ended.
        self.host.look_again();
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use serde_json::json;

    use super::*;
    use crate::flow::task::{Task, together};
    use crate::protocol::op::KvGet;
    use crate::protocol::{Answer, EffectId, Millis};

    #[test]
    fn the_second_waits_for_the_first_and_then_goes_on() {
        let turns = Rc::new(Turns::default());
        let mut task = Task::start(Millis(0), Millis(25_000), |host| async move {
            let one = |key: &'static str| {
                let (turns, host) = (Rc::clone(&turns), host.clone());
                async move {
                    let _turn = turns.take(&host, "token").await;
                    host.perform(KvGet::of(key.to_owned())).await.is_ok()
                }
            };
            Answer::Ok { view: json!(together(vec![one("a"), one("b")]).await) }
        });
        let first = task.step();
        assert_eq!(first.effects.len(), 1);
        task.settle(EffectId(1), Millis(1), Ok(json!({}))).unwrap();
        let second = task.step();
        assert_eq!((second.effects.len(), second.answer.is_none()), (1, true));
        task.settle(EffectId(2), Millis(2), Ok(json!({}))).unwrap();
        assert_eq!(task.step().answer, Some(Answer::Ok { view: json!([true, true]) }));
    }

    #[test]
    fn who_was_looked_at_before_the_turn_ended_is_looked_at_again() {
        let turns = Rc::new(Turns::default());
        let mut task = Task::start(Millis(0), Millis(25_000), |host| async move {
            let taken = turns.take(&host, "token").await;
            let (waiting, holding) = (
                async {
                    drop(turns.take(&host, "token").await);
                    true
                },
                async {
                    let read = host.perform(KvGet::of("a".to_owned())).await.is_ok();
                    drop(taken);
                    read
                },
            );
            let (waited, held) = crate::flow::task::both(waiting, holding).await;
            Answer::Ok { view: json!([waited, held]) }
        });
        assert_eq!(task.step().effects.len(), 1);
        task.settle(EffectId(1), Millis(1), Ok(json!({}))).unwrap();
        assert_eq!(task.step().answer, Some(Answer::Ok { view: json!([true, true]) }));
    }
}
