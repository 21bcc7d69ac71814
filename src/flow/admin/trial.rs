//! The test of a connection: the cheapest honest calls to a provider, with synthetic text only.
//! It keeps nothing but what it found, and when.

use super::{admit, shown};
use crate::audit::{Code, LogLine};
use crate::flow::credential::{self, Unproved};
use crate::flow::masking::Cleared;
use crate::flow::route::{self, Decided};
use crate::flow::session::Session;
use crate::flow::stop::{Stop, bad_field};
use crate::policy::Permit;
use crate::protocol::view::{Admin, EmbeddingTest, TestResult};
use crate::protocol::{Fault, Millis, Refusal};
use crate::provider::{Credential, Hint, ModelError, Route, test};
use crate::record::{Found, Learnt, RouteId, RouteRecord, Settings, Tested};

/// What a test found.
#[derive(Default)]
pub(super) struct Tried {
    pub(super) code: Option<Fault>,
    hint: Option<Hint>,
    /// Whether the host did not answer at all.
    pub(super) is_unreachable: bool,
    took: Millis,
    /// What the models turned out not to take, beside what was known.
    pub(super) learnt: Learnt,
    /// The same of the model that embeds beside it; none where there is none, or the route itself does not work.
    embedding: Option<Beside>,
}

/// What a test found of the model that embeds beside a route.
struct Beside {
    route: Route,
    found: Found,
}

impl Tried {
    /// As the page shows it; `kept` where something was typed.
    pub(super) fn kept(&self, kept: bool, record: &RouteRecord) -> TestResult {
        TestResult { id: kept.then_some(record.id), kept: Some(kept), ..self.shown(Some(record)) }
    }

    fn shown(&self, record: Option<&RouteRecord>) -> TestResult {
        TestResult {
            id: record.map(|record| record.id),
            ok: self.code.is_none(),
            kept: None,
            code: self.code,
            hint: self.hint,
            account: record.and_then(|record| record.account.clone()),
            project: record.and_then(|record| record.project.clone()),
            latency_ms: self.took,
            embedding: self.embedding.as_ref().map(|Beside { route, found }| EmbeddingTest {
                ok: found.code.is_none(),
                model: route.model().to_owned(),
                region: route.region().map(str::to_owned),
                code: found.code,
                hint: found.hint,
            }),
        }
    }

    /// As it is kept with the route.
    pub(super) fn noted(&self, session: &Session) -> Tested {
        let embedding = self.embedding.as_ref().map(|beside| beside.found);
        Tested { ok: self.code.is_none(), code: self.code, hint: self.hint, at: session.host.now(), embedding }
    }
}

/// Tests a route; the one in use when none is named.
pub(crate) async fn test(session: &Session, id: Option<&str>) -> Result<Admin, Stop> {
    admit(session).await?;
    let settings = session.settings().await?;
    let named = id.map(|id| RouteId::parse(id).ok_or_else(|| bad_field("id"))).transpose()?;
    let named = named.map(|id| settings.route(id).ok_or(Refusal::NotFound)).transpose()?;
    let decided = match named {
        Some(record) => route::customer(record),
        None => route::decide(session, &settings).await?,
    };
    let decided = decided.ok_or(Refusal::NoRoute)?;
    let tried = run(session, &decided, credential::of(session, &decided).await).await?;
    let Some(record) = named.or_else(|| settings.chosen_route().filter(|_| decided.is_customers())) else {
        return shown::view(session, &settings, Some(tried.shown(None))).await;
    };
    let noted = note(session, record, &tried).await?;
    shown::view(session, &noted, Some(tried.shown(Some(record)))).await
}

/// Writes down what was found, unless the route is another by now.
async fn note(session: &Session, seen: &RouteRecord, tried: &Tried) -> Result<Settings, Stop> {
    let tested = tried.noted(session);
    let changed = session.change_settings(|settings| {
        let same = |route: &&mut RouteRecord| route.id == seen.id && route.version == seen.version;
        if let Some(route) = settings.routes.iter_mut().find(same) {
            route.tested = Some(tested);
            route.omit(&tried.learnt);
        }
        Ok(())
    });
    Ok(changed.await?.0)
}

/// Tries a route out with a credential, or says why there is none. A token that the provider no longer takes is renewed
/// once. Where it works, so is the model that embeds beside it, which may be at another place: an index is switched on
/// long after the admin who knows key and region has left the page.
pub(super) async fn run(
    session: &Session,
    decided: &Decided,
    proof: Result<Credential, Unproved>,
) -> Result<Tried, Stop> {
    let begun = session.host.now();
    let (mut found, mut credential) = attempt(session, decided, proof).await?;
    if found.code == Some(Fault::ModelAuth)
        && let Some(renewed) = credential::renewed(session, decided).await
    {
        (found, credential) = attempt(session, decided, renewed).await?;
    }
    if found.is_unreachable && decided.route.endpoint().is_some() {
        found.hint = Some(Hint::CheckEndpoint);
    }
    if found.code.is_none()
        && let (Some(route), Some(credential)) = (route::embeds_at(decided, None), credential)
    {
        let beside = ask(session, &route, &Permit::for_route(&route), &credential, test::Step::Embed).await?;
        found.learnt.embedding = beside.learnt.text;
        found.embedding = Some(Beside { route, found: Found { code: beside.code, hint: beside.hint } });
    }
    session.host.log(LogLine::new(Code::RouteTested));
    Ok(Tried { took: session.host.now().since(begun), ..found })
}

/// One try of the route's own model.
async fn attempt(
    session: &Session,
    decided: &Decided,
    proof: Result<Credential, Unproved>,
) -> Result<(Tried, Option<Credential>), Stop> {
    match proof {
        Ok(credential) => {
            let first = test::first(&decided.route);
            let found = ask(session, &decided.route, &decided.permit, &credential, first).await?;
            Ok((found, Some(credential)))
        }
        Err(unproved) => Ok((unproved.found()?, None)),
    }
}

/// The calls of the test of one model, from the first on.
async fn ask(
    session: &Session,
    route: &Route,
    permit: &Permit,
    credential: &Credential,
    first: test::Step,
) -> Result<Tried, Stop> {
    let mut step = Some(first);
    let mut route = route.clone();
    let mut learnt = Vec::new();
    let mut found = Tried::default();
    while let Some(now) = step.take() {
        if let test::Step::AskWithout(field) | test::Step::EmbedWithout(field) = now {
            route = route.omitting(field);
            learnt.push(field);
        }
        let Ok(request) = test::build(&route, credential, now) else {
            return Ok(Tried { code: Some(Fault::ModelBadRequest), ..found });
        };
        match session.send(permit, Cleared::own(request)).await {
            Ok(http) => match test::outcome(&route, now, http.status, &http.headers, &http.body) {
                // What was left out is what it took, now that it answers.
                test::Outcome::Works => found.learnt.text = std::mem::take(&mut learnt),
                test::Outcome::Next(next) => step = Some(next),
                test::Outcome::Reachable(error) | test::Outcome::Failed(error) => found = error.into(),
            },
            Err(stop) => found = Unproved::Stop(stop).found()?,
        }
    }
    Ok(found)
}

impl From<ModelError> for Tried {
    fn from(error: ModelError) -> Tried {
        let code = Some(route::fault(&error));
        let hint = error.hint.or(Some(Hint::of(error.code)));
        Tried { code, hint, ..Tried::default() }
    }
}

/// What to do where nothing was answered at all.
fn hint(fault: Fault) -> Option<Hint> {
    match fault {
        Fault::ModelServer | Fault::ModelTimeout => Some(Hint::TryLater),
        Fault::ModelMalformed => Some(Hint::CheckEndpoint),
        Fault::ModelAuth => Some(Hint::CheckKey),
        _ => None,
    }
}

impl Unproved {
    /// What a test says of it; what is no finding of a test stays a stop.
    fn found(self) -> Result<Tried, Stop> {
        match self {
            Unproved::Model(error) => Ok(error.into()),
            Unproved::Stop(Stop::Fault(fault)) => Ok(Tried {
                code: Some(fault),
                hint: hint(fault),
                // An answer of a server that fails is the provider's own error; this is the lack of any.
                is_unreachable: fault == Fault::ModelServer,
                ..Tried::default()
            }),
            Unproved::Stop(stop) => Err(stop),
        }
    }
}
