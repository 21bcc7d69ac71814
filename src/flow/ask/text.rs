//! A text from a model, with everything that may go wrong on the way: waits, changes, another route, a later event.
//! It knows neither what is asked nor what becomes of the answer.

use std::collections::{BTreeMap, BTreeSet};

use super::keyed::Keyed;
use super::next::{Change, Next, Now, Tried, after};
use super::routes::{Routes, Want};
use super::state::{Begun, Held, Noted};
use super::{judged, slim};
use crate::audit::{Code as Logged, LogLine};
use crate::flow::masking::Rules;
use crate::flow::request::digest;
use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::policy::Permit;
use crate::policy::health::{Cost, Outcome};
use crate::policy::route::{Need, No};
use crate::privacy::Masked;
use crate::protocol::op::Wait;
use crate::protocol::{DataClass, Fault, Millis, Refusal, view};
use crate::provider::{self, Completion, Finish, ModelError, Prompt, Usage};
use crate::record::{Learnt, ProblemCode, RequestDigest};

/// What somebody wants of a model.
pub(crate) trait Errand {
    /// What an answer is read to.
    type Done;

    /// Makes the prompt for a route.
    ///
    /// # Errors
    /// When it cannot be made; nothing is sent then.
    fn write(&mut self, decided: &Decided, how: How) -> Result<Written, Stop>;

    /// Told before a request leaves; whoever keeps a record writes it here.
    ///
    /// # Errors
    /// Nothing is sent then: cancelled, or the record cannot be written.
    async fn sending(&mut self, session: &Session, sending: Sending) -> Result<(), Stop>;

    /// Reads an answer.
    ///
    /// # Errors
    /// [`Unfit`] when it has not the form that was asked for.
    fn read(&mut self, text: &str) -> Result<Self::Done, Unfit>;
}

/// How a prompt is to be made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct How {
    /// Of half the length it could have: the provider said that it was too long.
    pub(crate) half: bool,
    /// With a word on the form of the answer: the last one had not the form.
    pub(crate) repair: bool,
}

/// A prompt, and the most tokens it can be.
pub(crate) struct Written {
    pub(crate) prompt: Masked<Prompt>,
    pub(crate) input_tokens: u32,
}

/// A request about to leave.
pub(crate) struct Sending {
    pub(crate) digest: RequestDigest,
}

/// An answer that has not the form that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unfit;

/// An answer that was read.
pub(crate) struct Answered<T> {
    pub(crate) done: T,
    /// Which route it came by.
    pub(crate) route: view::Route,
    /// What the last request took.
    pub(crate) usage: Usage,
}

/// Why there is no answer.
#[derive(Debug, PartialEq)]
pub(crate) enum Trouble {
    /// The flow has to stop.
    Stop(Stop),
    /// No route and no time will help.
    Over(ProblemCode),
    /// A later event may go on, not before so long.
    Later(ProblemCode, Millis),
}

impl<S: Into<Stop>> From<S> for Trouble {
    fn from(stop: S) -> Self {
        Trouble::Stop(stop.into())
    }
}

impl From<No> for ProblemCode {
    fn from(no: No) -> Self {
        ProblemCode::Refusal(no.refusal().0)
    }
}

/// Asks for a text over texts of these classes.
///
/// # Errors
/// See [`Trouble`].
pub(crate) async fn text<E: Errand>(
    session: &Session,
    rules: &Rules,
    routes: &Routes,
    classes: &BTreeSet<DataClass>,
    errand: &mut E,
) -> Result<Answered<E::Done>, Trouble> {
    let mut asking = Asking {
        session,
        rules,
        routes,
        classes,
        errand,
        of: BTreeMap::new(),
        shut: BTreeSet::new(),
        last: None,
        requests: 0,
    };
    for _ in 0..ROUNDS {
        let Some(name) = asking.pick().await? else { continue };
        let Some(turn) = asking.turn(&name).await? else { continue };
        match turn {
            Turn::Done(done, usage) => {
                asking.keep_learnt(&name).await;
                return asking.answered(&name, done, usage);
            }
            Turn::Failed(error) => asking.follow(&name, error).await?,
            Turn::Changed(change) => asking.change(&name, change)?,
        }
    }
    Err(asking.given_up())
}

struct Asking<'a, E> {
    session: &'a Session,
    rules: &'a Rules,
    routes: &'a Routes,
    classes: &'a BTreeSet<DataClass>,
    errand: &'a mut E,
    of: BTreeMap<String, OfRoute>,
    /// Routes that are not asked any more in this invocation.
    shut: BTreeSet<String>,
    /// What went wrong last, and when to look again.
    last: Option<(Fault, Millis)>,
    requests: u8,
}

/// What was tried on one route.
#[derive(Default)]
struct OfRoute {
    tried: Tried,
    keyed: Keyed,
    how: How,
    is_slim: bool,
}

/// What came of one request.
enum Turn<T> {
    Done(T, Usage),
    Failed(ModelError),
    /// An answer came that is none: ask again with this change, if it was not made yet.
    Changed(Change),
}

impl<E: Errand> Asking<'_, E> {
    /// The route to ask now; none after a wait, when it is to be looked at again.
    async fn pick(&mut self) -> Result<Option<String>, Trouble> {
        if self.requests >= MOST_REQUESTS || self.session.host.left() < ENOUGH {
            return Err(self.given_up());
        }
        let now = self.session.host.now();
        let state = self.session.models_state().await?;
        let want = Want { classes: self.classes, need: Need::Text { input: 1, output: 1 } };
        match self.routes.decide(&state, &want, now) {
            Ok(choice) => {
                let mut order = std::iter::once(choice.first).chain(choice.then);
                let open = order.find(|allowed| !self.shut.contains(allowed.name()));
                open.map(|allowed| Some(allowed.name().to_owned())).ok_or_else(|| self.given_up())
            }
            Err(no) => self.held(no).await.map(|()| None),
        }
    }

    /// A rule says no: what rests for a moment is waited for.
    async fn held(&mut self, no: No) -> Result<(), Trouble> {
        let No::Resting(rests) = no else {
            return Err(match no.refusal() {
                (code @ (Refusal::BudgetSpent | Refusal::ClassBoundary), params) => Stop::Refused(code, params).into(),
                (code, _) => Trouble::Over(ProblemCode::Refusal(code)),
            });
        };
        let wait = rests.until.since(self.session.host.now());
        // A route that was given up is not waited for: a later event asks.
        if wait > PATIENCE || !self.shut.is_empty() || wait.plus(ENOUGH) > self.session.host.left() {
            let code = self.last.map_or(ProblemCode::Refusal(Refusal::RouteResting), |(fault, _)| fault.into());
            return Err(Trouble::Later(code, wait));
        }
        self.pause(wait).await
    }

    /// One request; none when nothing was sent, because the route is another by now.
    async fn turn(&mut self, name: &str) -> Result<Option<Turn<E::Done>>, Trouble> {
        let decided = self.routes.decided(name).ok_or(Fault::Internal)?;
        let of = self.of.entry(name.to_owned()).or_default();
        let written = self.errand.write(decided, of.how)?;
        let credential = of.keyed.get(self.session, decided).await?;
        let route = of.tried.lean(&decided.route);
        let request = provider::build(&route, &credential, &written.prompt);
        let request = request.map_err(|_| Fault::ModelBadRequest)?;
        let request = if of.is_slim { slim::slim(request).ok_or(Fault::ModelBadRequest)? } else { request };
        let (input, output) = (u64::from(written.input_tokens), u64::from(written.prompt.as_ref().max_output_tokens));
        let want = Want { classes: self.classes, need: Need::Text { input, output } };
        let cost = Cost { requests: 1, tokens: input.saturating_add(output) };
        let begun = match self.session.begin_asking(self.routes, &want, name, cost).await? {
            Ok(begun) => begun,
            Err(Held::Other) => return Ok(None),
            Err(Held::No(No::TooLong)) => return Err(Trouble::Over(Fault::ModelTooLong.into())),
            Err(Held::No(no)) => return self.held(no).await.map(|()| None),
        };
        let sending = Sending { digest: digest(&request) };
        of.tried.sent = of.tried.sent.saturating_add(1);
        self.requests = self.requests.saturating_add(1);
        let cleared = async {
            self.errand.sending(self.session, sending).await?;
            self.session.host.log(LogLine::new(Logged::ModelCalled).count(usize::from(self.requests)));
            self.rules.clear(self.session, request, written.prompt.counts()).await
        };
        let cleared = match cleared.await {
            Ok(cleared) => cleared,
            Err(stop) => return Err(nothing_sent(self.session, &begun, stop).await.into()),
        };
        let answer = match self.session.send(&Permit::of(&begun.allowed), cleared).await {
            Ok(http) => {
                let answer = provider::read(&route, http.status, &http.headers, &http.body);
                note(self.session, &begun, &answer, &http.headers).await;
                answer
            }
            Err(stop) => match judged::lost(&stop) {
                Some(error) => {
                    note(self.session, &begun, &Err(error), &[]).await;
                    Err(error)
                }
                None => return Err(nothing_sent(self.session, &begun, stop).await.into()),
            },
        };
        Ok(Some(match answer {
            Ok(completion) => self.read(&completion)?,
            Err(error) => Turn::Failed(error),
        }))
    }

    /// Reads an answer. What was held back goes to no other route.
    fn read(&mut self, completion: &Completion) -> Result<Turn<E::Done>, Trouble> {
        match completion.finish {
            Finish::Filtered => return Err(Trouble::Over(Fault::ModelFiltered.into())),
            Finish::Refused => return Err(Trouble::Over(Fault::ModelRefused.into())),
            Finish::Length => return Err(Trouble::Over(Fault::ModelTooLong.into())),
            Finish::Stop if completion.text.trim().is_empty() => return Ok(Turn::Changed(Change::Nothing)),
            Finish::Stop => {}
        }
        Ok(match self.errand.read(&completion.text) {
            Ok(done) => Turn::Done(done, completion.usage),
            Err(Unfit) => Turn::Changed(Change::Repair),
        })
    }

    /// Does what follows from an error.
    async fn follow(&mut self, name: &str, error: ModelError) -> Result<(), Trouble> {
        let of = self.of.entry(name.to_owned()).or_default();
        let now = Now { left: self.session.host.left(), needs: ENOUGH, random: judged::random() };
        let fault = route::fault(&error);
        match after(&error, &mut of.tried, now) {
            Next::Again(wait) => {
                self.last = Some((fault, wait));
                self.pause(wait).await
            }
            Next::Changed(Change::Credential) => {
                let decided = self.routes.decided(name).ok_or(Fault::Internal)?;
                match of.keyed.renew(self.session, decided).await {
                    Some(renewed) => Ok(renewed?),
                    None => Err(Trouble::Over(fault.into())),
                }
            }
            Next::Changed(Change::Slim) => {
                of.is_slim = true;
                Ok(())
            }
            Next::Changed(Change::Shorter) => {
                of.how.half = true;
                Ok(())
            }
            Next::Changed(Change::Nothing | Change::Repair | Change::Without(_)) => Ok(()),
            Next::Elsewhere(wait) => {
                self.last = Some((fault, wait));
                self.shut.insert(name.to_owned());
                self.session.host.log(LogLine::new(Logged::ModelFellBack).fault(fault));
                Ok(())
            }
            Next::Over => Err(Trouble::Over(fault.into())),
        }
    }

    /// An answer that is none is asked for once more.
    fn change(&mut self, name: &str, change: Change) -> Result<(), Trouble> {
        let of = self.of.entry(name.to_owned()).or_default();
        if !of.tried.once(change) {
            return Err(Trouble::Over(Fault::ModelMalformed.into()));
        }
        of.how.repair |= change == Change::Repair;
        Ok(())
    }

    /// What the model turned out not to take is kept with the route, so that the next request is built without it. An answer is
    /// no worse for it when it cannot be kept.
    async fn keep_learnt(&self, name: &str) {
        let text = self.of.get(name).map(|of| of.tried.learnt().to_vec()).unwrap_or_default();
        let learnt = Learnt { text, ..Learnt::default() };
        let record = self.routes.decided(name).and_then(Decided::record);
        if let Some(record) = record.filter(|_| !learnt.is_nothing()) {
            drop(self.session.learn(record, &learnt).await);
        }
    }

    async fn pause(&self, wait: Millis) -> Result<(), Trouble> {
        self.session.host.log(LogLine::new(Logged::ModelPaused).count(usize::from(self.requests)));
        match self.session.host.perform(Wait { ms: wait }).await {
            // A wait that was cut short is no harm: what is left is looked at before anything is sent.
            Ok(_) | Err(Stop::Failed(_)) => Ok(()),
            Err(stop) => Err(stop.into()),
        }
    }

    fn given_up(&self) -> Trouble {
        match self.last {
            Some((fault, wait)) => Trouble::Later(fault.into(), wait),
            None => Trouble::Later(Fault::Deadline.into(), Millis::SECOND),
        }
    }

    fn answered(self, name: &str, done: E::Done, usage: Usage) -> Result<Answered<E::Done>, Trouble> {
        let route = self.routes.decided(name).ok_or(Fault::Internal)?.view.clone();
        Ok(Answered { done, route, usage })
    }
}

async fn note(session: &Session, begun: &Begun, answer: &Result<Completion, ModelError>, headers: &[(String, String)]) {
    let now = session.host.now();
    let (outcome, used) = match answer {
        Ok(completion) => {
            let used = completion.usage.input_tokens.saturating_add(completion.usage.output_tokens);
            (Outcome::Answered, Some(used).filter(|used| *used > 0))
        }
        Err(error) => (judged::outcome(error, now), judged::is_free(error).then_some(0)),
    };
    let left = judged::left(begun.allowed.route(), headers, now);
    session.end_asking(begun, Noted { outcome, used, left }).await;
}

/// Takes an attempt back that never left.
async fn nothing_sent(session: &Session, begun: &Begun, stop: Stop) -> Stop {
    session.end_asking(begun, Noted { outcome: Outcome::Unknown, used: Some(0), left: None }).await;
    stop
}

impl From<Refusal> for ProblemCode {
    fn from(refusal: Refusal) -> Self {
        ProblemCode::Refusal(refusal)
    }
}

impl From<Fault> for ProblemCode {
    fn from(fault: Fault) -> Self {
        ProblemCode::Fault(fault)
    }
}

/// A model's answer to a long prompt takes a while; with less left, a later event asks.
const ENOUGH: Millis = Millis(15_000);
/// What rests for no longer is waited for; a fallback would be asked before.
const PATIENCE: Millis = Millis(30_000);
/// Requests of one invocation, over all routes.
const MOST_REQUESTS: u8 = 8;
/// Looks at the routes, of which each ends in a request, a wait or an end.
const ROUNDS: u8 = 24;
