//! Vectors from a model: several requests at once, counted together, the failed ones asked again.
//! It neither masks texts nor checks vectors, and takes no other route: vectors of two models never mix.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::judged;
use super::keyed::Keyed;
use super::next::{Change, Next, Now, Tried, after};
use super::routes::{Routes, Want};
use super::state::{Begun, Held, Noted};
use crate::flow::masking::Rules;
use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::flow::task::together;
use crate::policy::Permit;
use crate::policy::health::{Cost, Outcome};
use crate::policy::route::{Need, No};
use crate::privacy::Masked;
use crate::protocol::op::{Http, Wait};
use crate::protocol::{DataClass, Fault, Millis, Refusal};
use crate::provider::registry::registry;
use crate::provider::{self, Credential, Embedding, Field, ModelError, Route};
use crate::record::{Learnt, ProblemCode, Settings};

/// One route that embeds, with its credential.
pub(crate) struct Caller {
    routes: Routes,
    keyed: Keyed,
    /// What the model turned out not to take.
    learnt: RefCell<Vec<Field>>,
}

/// The texts of one request.
pub(crate) struct Wanted {
    pub(crate) texts: Masked<Embedding>,
    /// The most tokens they can be.
    pub(crate) tokens: u64,
}

/// Why there are no vectors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unembedded {
    /// For the page.
    pub(crate) code: ProblemCode,
    /// When it may pass by itself: after how long, if anybody said.
    pub(crate) again: Option<Option<Millis>>,
}

type Vectors = Result<Vec<Vec<f32>>, Unembedded>;

impl From<Stop> for Unembedded {
    fn from(stop: Stop) -> Self {
        let (code, passes) = match stop {
            Stop::Refused(code, _) => (ProblemCode::Refusal(code), false),
            Stop::Fault(fault) => {
                let passes = matches!(fault, Fault::ModelTimeout | Fault::ModelServer | Fault::ProductUnavailable);
                (ProblemCode::Fault(fault), passes)
            }
            Stop::Failed(code) => (ProblemCode::Fault(code.into()), true),
        };
        Unembedded { code, again: passes.then_some(None) }
    }
}

impl From<ModelError> for Unembedded {
    fn from(error: ModelError) -> Self {
        let again = error.retryable.then(|| error.retry_after_ms.map(Millis));
        Unembedded { code: ProblemCode::Fault(route::fault(&error)), again }
    }
}

impl Caller {
    /// Calls this route.
    pub(crate) fn new(settings: Rc<Settings>, decided: Decided) -> Caller {
        Caller { routes: Routes::embedding(settings, decided), keyed: Keyed::default(), learnt: RefCell::default() }
    }

    /// Whether the length of a vector is asked for, as far as is known by now.
    pub(crate) fn asks_for_length(&self) -> bool {
        self.decided().is_ok_and(|decided| registry().embedding_rules(&self.lean(decided)).dimensions)
    }

    /// The route, for requests without what the model does not take.
    fn lean(&self, decided: &Decided) -> Route {
        decided.route.without(&self.learnt.borrow())
    }

    /// What the model turned out not to take is kept with the route, so that no later request has it.
    async fn keep_learnt(&self, session: &Session, tried: &Tried) {
        let record = self.decided().ok().and_then(Decided::record).filter(|_| !tried.learnt().is_empty());
        if let Some(record) = record {
            let learnt = Learnt { embedding: tried.learnt().to_vec(), ..Learnt::default() };
            drop(session.learn(record, &learnt).await);
        }
    }

    /// The route.
    ///
    /// # Errors
    /// Never: it was given one.
    pub(crate) fn decided(&self) -> Result<&Decided, Fault> {
        self.routes.chosen().ok_or(Fault::Internal)
    }

    /// The vectors of each request, in their order.
    pub(crate) async fn vectors(
        &self,
        session: &Session,
        rules: &Rules,
        classes: &BTreeSet<DataClass>,
        wanted: &[Wanted],
    ) -> Vec<Vectors> {
        let mut found: Vec<Option<Vectors>> = wanted.iter().map(|_| None).collect();
        let mut tried = Tried::default();
        loop {
            let open: Vec<&Wanted> =
                wanted.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(wanted, _)| wanted).collect();
            let answers = match self.wave(session, rules, classes, &open).await {
                Ok(answers) => answers,
                Err(why) => return settled(found, why),
            };
            tried.sent = tried.sent.saturating_add(1);
            let worst = answers.iter().find_map(|answer| answer.as_ref().err().copied());
            for (slot, answer) in found.iter_mut().filter(|slot| slot.is_none()).zip(answers) {
                *slot = answer.map_or_else(|_| None, |vectors| Some(Ok(vectors)));
            }
            let Some(error) = worst else {
                self.keep_learnt(session, &tried).await;
                return settled(found, INTERNAL);
            };
            if let Err(why) = self.follow(session, error, &mut tried).await {
                return settled(found, why);
            }
        }
    }

    /// Does what follows from an error.
    ///
    /// # Errors
    /// The error, when nothing more is asked.
    async fn follow(&self, session: &Session, error: ModelError, tried: &mut Tried) -> Result<(), Unembedded> {
        let now = Now { left: session.host.left(), needs: ENOUGH, random: judged::random() };
        match after(&error, tried, now) {
            Next::Again(wait) => match session.host.perform(Wait { ms: wait }).await {
                Ok(_) => Ok(()),
                Err(_) => Err(error.into()),
            },
            Next::Changed(Change::Credential) => {
                let decided = self.decided().map_err(Stop::from)?;
                match self.keyed.renew(session, decided).await {
                    Some(renewed) => Ok(renewed?),
                    None => Err(error.into()),
                }
            }
            Next::Changed(Change::Without(field)) => {
                self.learnt.borrow_mut().push(field);
                Ok(())
            }
            Next::Changed(Change::Nothing) => Ok(()),
            Next::Changed(_) | Next::Elsewhere(_) | Next::Over => Err(error.into()),
        }
    }

    /// Several requests at once: counted before, noted after.
    async fn wave(
        &self,
        session: &Session,
        rules: &Rules,
        classes: &BTreeSet<DataClass>,
        open: &[&Wanted],
    ) -> Result<Vec<Result<Vec<Vec<f32>>, ModelError>>, Unembedded> {
        let decided = self.decided().map_err(Stop::from)?;
        let credential = self.keyed.get(session, decided).await?;
        let tokens = open.iter().map(|wanted| wanted.tokens).fold(0, u64::saturating_add);
        let cost = Cost { requests: u64::try_from(open.len()).unwrap_or(u64::MAX), tokens };
        let want = Want { classes, need: Need::Vectors { tokens } };
        let name = self.routes.first().ok_or(Stop::from(Fault::Internal))?;
        let begun = match session.begin_asking(&self.routes, &want, name, cost).await? {
            Ok(begun) => begun,
            Err(held) => return Err(self::held(session, held)),
        };
        let permit = Permit::of(&begun.allowed);
        let route = self.lean(decided);
        let sent = open.iter().map(|wanted| send(session, rules, &route, &credential, &permit, wanted)).collect();
        let sent: Vec<Result<Result<Http, ModelError>, Stop>> = together(sent).await;
        let stopped = sent.iter().find_map(|sent| sent.as_ref().err().cloned());
        let answers: Vec<Result<Vec<Vec<f32>>, ModelError>> = sent
            .iter()
            .flatten()
            .map(|sent| match sent {
                Ok(http) => provider::read_embed(&route, http.status, &http.headers, &http.body),
                Err(error) => Err(*error),
            })
            .collect();
        let headers = sent.iter().flatten().flatten().last().map(|http| http.headers.as_slice()).unwrap_or_default();
        note(session, &begun, &answers, headers).await;
        match stopped {
            Some(stop) => Err(stop.into()),
            None => Ok(answers),
        }
    }
}

/// One request through the gate. The outer error: nothing was sent.
async fn send(
    session: &Session,
    rules: &Rules,
    route: &Route,
    credential: &Rc<Credential>,
    permit: &Permit,
    wanted: &Wanted,
) -> Result<Result<Http, ModelError>, Stop> {
    let request = provider::build_embed(route, credential, &wanted.texts);
    let request = request.map_err(|_| Stop::from(Fault::ModelBadRequest))?;
    let request = rules.clear(session, request, wanted.texts.counts()).await?;
    match session.send(permit, request).await {
        Ok(http) => Ok(Ok(http)),
        Err(stop) => judged::lost(&stop).map(Err).ok_or(stop),
    }
}

/// One failure of a wave is one failure of the route, however many of its requests failed. The tokens stay counted at
/// their bound unless nothing was read at all.
async fn note(
    session: &Session,
    begun: &Begun,
    answers: &[Result<Vec<Vec<f32>>, ModelError>],
    headers: &[(String, String)],
) {
    let now = session.host.now();
    let errors: Vec<&ModelError> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    let outcome = match errors.first() {
        Some(error) => judged::outcome(error, now),
        None if answers.is_empty() => Outcome::Unknown,
        None => Outcome::Answered,
    };
    let is_free = errors.len() == answers.len() && errors.iter().all(|error| judged::is_free(error));
    let left = judged::left(begun.allowed.route(), headers, now);
    session.end_asking(begun, Noted { outcome, used: is_free.then_some(0), left }).await;
}

fn held(session: &Session, held: Held) -> Unembedded {
    match held {
        Held::No(No::Resting(rests)) => Unembedded {
            code: ProblemCode::Refusal(Refusal::RouteResting),
            again: Some(Some(rests.until.since(session.host.now()))),
        },
        Held::No(no) => Unembedded { code: no.into(), again: None },
        Held::Other => INTERNAL,
    }
}

fn settled(found: Vec<Option<Vectors>>, why: Unembedded) -> Vec<Vectors> {
    found.into_iter().map(|found| found.unwrap_or(Err(why))).collect()
}

/// Cannot happen: every request has its answer.
const INTERNAL: Unembedded = Unembedded { code: ProblemCode::Fault(Fault::Internal), again: None };
/// Vectors come at once; with less left, a later event asks.
const ENOUGH: Millis = Millis(4_000);
