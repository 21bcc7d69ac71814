use super::*;

const ONE: Cost = Cost { requests: 1, tokens: 100 };
const DOWN: Outcome = Outcome::Failed(Fault::ModelServer);

/// One route under one name.
#[derive(Default)]
struct Row(ModelsState, Vec<Role>);

impl Row {
    fn begin(&mut self, now: u64) -> Result<(), Rests> {
        let role = begin(&mut self.0, "r1", "model", ONE, Millis(now))?;
        self.1.insert(0, role);
        Ok(())
    }

    fn end(&mut self, outcome: Outcome, now: u64) {
        self.ended(outcome, None, now);
    }

    fn ended(&mut self, outcome: Outcome, used: Option<u64>, now: u64) {
        let (month, role) = (Millis(now).month(), self.1.pop().unwrap());
        let ended = Ended { role, outcome, bound: ONE.tokens, used, month, left: None };
        end(&mut self.0, "r1", "model", &ended, Millis(now));
    }

    /// Begins and ends at once; when it rests, until when.
    fn ask(&mut self, outcome: Outcome, now: u64) -> Option<u64> {
        match self.begin(now) {
            Ok(()) => {
                self.end(outcome, now);
                None
            }
            Err(Rests { until }) => Some(until.0),
        }
    }

    fn rests(&self, now: u64) -> Option<u64> {
        admission(of(&self.0, "r1", "model"), Millis(now)).err().map(|rests| rests.until.0)
    }
}

/// A route that three failures opened at `now`.
fn opened(now: u64) -> Row {
    let mut row = Row::default();
    for _ in 0..FAILURES {
        assert_eq!(row.ask(DOWN, now), None);
    }
    row
}

#[test]
fn opens_by_failures_within_the_window_alone() {
    assert_eq!(opened(0).rests(1), Some(30_000));
    let mut slow = Row::default();
    for at in 0..10 {
        assert_eq!(slow.ask(DOWN, at * WINDOW.0 / 2), None, "two in a window open nothing");
    }
    let mut mixed = Row::default();
    for at in 0..20 {
        assert_eq!(mixed.ask(if at % 3 == 2 { Outcome::Answered } else { DOWN }, at), None, "an answer clears");
    }
}

#[test]
fn one_probe_at_a_time_and_its_answer_closes() {
    let mut row = opened(0);
    assert!(row.begin(29_999).is_err());
    assert!(row.begin(30_000).is_ok());
    assert!(row.begin(30_000).is_err(), "the probe is under way");
    row.end(Outcome::Answered, 31_000);
    assert_eq!(row.rests(31_000), None);
    assert_eq!(row.ask(DOWN, 32_000), None);
    assert_eq!(row.rests(32_000), None, "counted anew from there");
}

#[test]
fn a_probe_whose_invocation_died_is_followed_by_another() {
    let mut row = opened(0);
    row.begin(30_000).unwrap();
    assert_eq!(row.rests(30_001), Some(30_000 + PROBE.0));
    assert!(row.begin(30_000 + PROBE.0).is_ok());
}

#[test]
fn the_rest_doubles_up_to_a_cap_and_begins_anew_after_an_answer() {
    let mut row = opened(0);
    let mut rests = Vec::new();
    for _ in 0..7 {
        let until = row.rests(0).unwrap();
        row.begin(until).unwrap();
        row.end(DOWN, until);
        rests.push(row.rests(until).unwrap() - until);
    }
    assert_eq!(rests, [60_000, 120_000, 240_000, 480_000, 900_000, 900_000, 900_000]);
    let until = row.rests(0).unwrap();
    row.ask(Outcome::Answered, until);
    for _ in 0..FAILURES {
        row.ask(DOWN, until);
    }
    assert_eq!(row.rests(until).unwrap() - until, 30_000);
}

#[test]
fn a_late_answer_of_an_older_request_closes_nothing() {
    let mut row = Row::default();
    row.begin(0).unwrap();
    for _ in 0..FAILURES {
        row.begin(0).unwrap();
        row.1.rotate_right(1);
        row.end(DOWN, 1);
    }
    let old = row.1.pop().unwrap();
    row.begin(30_001).unwrap();
    row.1.push(old);
    row.end(Outcome::Answered, 30_002);
    assert!(row.rests(30_003).is_some(), "the probe is still under way");
    row.end(Outcome::Answered, 30_004);
    assert_eq!(row.rests(30_005), None);
}

#[test]
fn a_probe_that_was_never_sent_is_taken_back() {
    let mut row = opened(0);
    row.begin(30_000).unwrap();
    row.end(Outcome::Unknown, 30_001);
    assert!(row.begin(30_001).is_ok());
}

#[test]
fn rests_while_the_provider_gives_nothing_and_no_longer_than_an_hour() {
    let mut row = Row::default();
    row.begin(0).unwrap();
    row.end(Outcome::Limited(Millis(20_000)), 1);
    assert_eq!((row.rests(19_999), row.rests(20_000)), (Some(20_000), None));
    row.begin(20_000).unwrap();
    row.end(Outcome::Limited(Millis(u64::MAX)), 20_000);
    assert_eq!(row.rests(20_001), Some(20_000 + Millis::HOUR.0));
}

#[test]
fn what_is_left_is_counted_down_by_those_who_ask() {
    let mut row = Row::default();
    row.begin(0).unwrap();
    let left = Left { requests: Some(2), tokens: Some(5_000), reset_at: Millis(9_000) };
    let (role, month) = (Role::Usual, Millis(0).month());
    let ended = Ended { role, outcome: Outcome::Answered, bound: 100, used: None, month, left: Some(left) };
    end(&mut row.0, "r1", "model", &ended, Millis(1));
    assert!(row.begin(2).is_ok() && row.begin(3).is_ok());
    assert_eq!(row.begin(4), Err(Rests { until: Millis(9_000) }));
    assert!(row.begin(9_000).is_ok());
}

#[test]
fn another_route_under_the_same_name_begins_anew() {
    let mut row = opened(0);
    row.1.push(Role::Usual);
    assert_eq!(admission(of(&row.0, "r1", "other"), Millis(1)), Ok(()));
    assert!(begin(&mut row.0, "r1", "other", ONE, Millis(1)).is_ok());
    row.end(DOWN, 2);
    assert_eq!(row.0.routes["r1"].of, "other", "what the old one says is not noted of it");
    assert!(row.0.routes["r1"].failures.is_empty());
}

#[test]
fn a_month_counts_what_was_used_and_the_bound_where_nobody_knows() {
    let november = 1_795_339_800_000;
    let mut row = Row::default();
    row.begin(november).unwrap();
    row.ended(Outcome::Answered, Some(40), november);
    row.begin(november).unwrap();
    row.ended(Outcome::Unknown, None, november);
    assert_eq!(spent(&row.0, Millis(november)), 140);
    let december = november + 10 * 86_400_000;
    assert_eq!(spent(&row.0, Millis(december)), 0);
    row.begin(december).unwrap();
    assert_eq!((row.0.spent.tokens, row.0.spent.requests), (100, 1));
    let late = Ended {
        role: Role::Usual,
        outcome: Outcome::Answered,
        bound: 100,
        used: Some(7),
        month: Millis(november).month(),
        left: None,
    };
    end(&mut row.0, "r1", "model", &late, Millis(december));
    assert_eq!(row.0.spent.tokens, 100, "what was begun in another month changes nothing in this one");
}

#[test]
fn however_it_goes_two_probes_never_run_side_by_side() {
    let mut numbers = crate::random::Xorshift::seeded(1);
    for _ in 0..200 {
        let mut row = opened(0);
        let (mut now, mut running) = (30_000, 0_u32);
        for _ in 0..60 {
            let random = numbers.next();
            now += random % 1_000;
            let is_half = matches!(row.0.routes["r1"].breaker, Breaker::Open { .. } | Breaker::HalfOpen { .. });
            if is_half && row.begin(now).is_ok() {
                running += 1;
                assert_eq!(running, 1);
            } else if running == 1 && random & 3 == 0 {
                row.end(if random & 4 == 0 { DOWN } else { Outcome::Answered }, now);
                running = 0;
            }
        }
    }
}
