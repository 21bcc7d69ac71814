//! Search by meaning: texts that were masked become vectors by the route that was chosen for it, through that route's permit.
//! It decides neither which texts nor what becomes of the vectors, and stores nothing.
//!
//! INVARIANT: nothing is sent before an admin switched it on for this very provider, and nothing that is not masked.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::ask::{Caller, Wanted};
use super::masking::Rules;
use super::route::{self, Decided};
use super::session::Session;
use super::stop::Stop;
use crate::audit::{Code, LogLine};
use crate::content::tokens::upper_bound_anywhere;
use crate::privacy::{KindSet, Masked, Masker};
use crate::protocol::view::EmbeddingOffer;
use crate::protocol::{DataClass, Fault, Millis, Refusal};
use crate::provider::registry::{EmbeddingModel, Retirement, registry, retirement};
use crate::provider::{EmbedTask, Embedding, Provider, Route};
use crate::record::{Embedded, EmbeddingChoice, IndexSettings, ProblemCode, RouteId, Settings};
use crate::search::Space;
use crate::search::vector::check;

pub(crate) use super::ask::Unembedded;

/// What a route could embed with.
pub(crate) struct Offer {
    /// Which of the customer's routes, when it is not the configured one.
    pub(crate) route: Option<RouteId>,
    /// Whose it is: a choice holds for this and no other.
    pub(crate) provider: String,
    /// The provider's name to show.
    pub(crate) name: String,
    /// How it embeds.
    pub(crate) known: &'static EmbeddingModel,
    decided: Decided,
    settings: Rc<Settings>,
}

impl Offer {
    /// All there are: the configured route's first, then those of the customer's other routes. None where no model is allowed.
    pub(crate) async fn all(session: &Session) -> Result<Vec<Offer>, Stop> {
        let settings = Rc::new(session.settings().await?);
        let Some(decided) = route::decide(session, &settings).await? else { return Ok(Vec::new()) };
        let others = settings.routes.iter().filter(|record| decided.id() != Some(record.id));
        let others: Vec<Offer> =
            others.filter_map(|record| Offer::of(Some(record.id), route::customer(record)?, &settings)).collect();
        Ok(Offer::of(None, decided, &settings).into_iter().chain(others).collect())
    }

    /// What a route offers, the configured one when none is named; none when it embeds nothing, or no model is allowed. A
    /// route keeps what was chosen for it when it becomes the configured one.
    pub(crate) async fn find(session: &Session, named: Option<RouteId>) -> Result<Option<Offer>, Stop> {
        let settings = Rc::new(session.settings().await?);
        let Some(configured) = route::decide(session, &settings).await? else { return Ok(None) };
        if named.is_none() || named == configured.id() {
            return Ok(Offer::of(None, configured, &settings));
        }
        let other = named.and_then(|id| settings.route(id)).and_then(route::customer);
        Ok(other.and_then(|decided| Offer::of(named, decided, &settings)))
    }

    /// Whether it is the named route's, or the configured one's when none is.
    pub(crate) fn is(&self, named: Option<RouteId>) -> bool {
        match named {
            Some(_) => named == self.route.or(self.decided.id()),
            None => self.route.is_none(),
        }
    }

    fn of(route: Option<RouteId>, decided: Decided, settings: &Rc<Settings>) -> Option<Offer> {
        let entry = registry().entry(decided.route.provider())?;
        let known = entry.embedding.as_ref()?;
        let wire = decided.route.provider().name();
        let provider = match decided.route.provider() {
            // Two endpoints are two providers.
            Provider::OpenAiCompatible | Provider::AzureOpenAi => format!("{wire} {}", decided.route.host()),
            _ => wire.to_owned(),
        };
        Some(Offer { route, provider, name: entry.name.clone(), known, decided, settings: Rc::clone(settings) })
    }

    /// As the admin's page lists it.
    pub(crate) fn listed(&self) -> EmbeddingOffer {
        let region = self.region().or_else(|| self.decided.route.region().map(str::to_owned));
        EmbeddingOffer {
            route: self.route,
            name: self.decided.record().map(|record| record.name.clone()).unwrap_or_default(),
            provider: self.name.clone(),
            model: self.model().unwrap_or_default().to_owned(),
            region,
        }
    }

    /// The model: the admin's for this route, else the registry's; none where it has to be named.
    pub(crate) fn model(&self) -> Option<&str> {
        self.own().map(|own| own.model.as_str()).or(self.known.model.as_deref())
    }

    /// Length of a vector asked for; none = what the model gives, which may be all it can.
    pub(crate) fn dimensions(&self) -> Option<u32> {
        let asked = self.own().and_then(|own| own.dimensions).or(self.known.dimensions)?;
        let takes_it = |route: Route| registry().embedding_rules(&route).dimensions;
        route::embeds_at(&self.decided, self.model()).is_none_or(takes_it).then_some(asked)
    }

    /// The model and what it is asked for, as an admin chose them for this route.
    fn own(&self) -> Option<&EmbeddingChoice> {
        self.decided.record().and_then(|record| record.embedding.as_ref())
    }

    /// Where it is processed, when that is another region than the route's.
    pub(crate) fn region(&self) -> Option<String> {
        let route = route::embeds_at(&self.decided, self.model())?;
        route.region().filter(|region| self.decided.route.region() != Some(*region)).map(str::to_owned)
    }

    /// When the model is switched off; `chosen` where only its endpoint knows what it is called.
    pub(crate) fn retirement(&self, chosen: &str, now: Millis) -> Retirement {
        let route = route::embeds_at(&self.decided, Some(chosen));
        route.map_or(Retirement::None, |route| retirement(&route, now))
    }

    /// A model of the same provider that does not end, to choose instead.
    pub(crate) fn instead(&self, chosen: &str, now: Millis) -> Option<&'static str> {
        registry().embedding_instead(&route::embeds_at(&self.decided, Some(chosen))?, now)
    }

    /// Where its vectors would live now, for a choice that was made for it; none when the choice was for another.
    pub(crate) fn space_of(&self, chosen: &Embedded) -> Option<Space> {
        (chosen.space.provider == self.provider).then(|| Space {
            provider: self.provider.clone(),
            model: self.model().unwrap_or(&chosen.space.model).to_owned(),
            dimensions: self.dimensions().unwrap_or(chosen.space.dimensions),
            task: self.known.task.clone(),
        })
    }
}

/// The right to embed in one space: it was chosen, and the route and the masking rules are there.
pub(crate) struct Meaning {
    /// What is masked where.
    pub(crate) rules: Rules,
    caller: Caller,
    known: &'static EmbeddingModel,
    /// Length of a vector asked for.
    dimensions: Option<u32>,
    /// Where the vectors live.
    pub(crate) space: Space,
}

impl Meaning {
    /// The right to embed as an admin chose. None when it is off.
    ///
    /// # Errors
    /// [`Refusal::NoRoute`] when the route is gone, or another than the one chosen for, or embeds elsewhere by now.
    pub(crate) async fn open(session: &Session, settings: &IndexSettings) -> Result<Option<Meaning>, Unembedded> {
        let Some(chosen) = &settings.embedding else { return Ok(None) };
        let offer = Offer::find(session, chosen.route).await?.ok_or(Stop::from(Refusal::NoRoute))?;
        if offer.space_of(chosen).as_ref() != Some(&chosen.space) {
            return Err(Stop::from(Refusal::NoRoute).into());
        }
        Ok(Some(Meaning::of(session, offer, chosen.space.clone()).await?))
    }

    /// Tries a route out with a text of our own, and learns how long its vectors are.
    ///
    /// # Errors
    /// What the provider says; [`Refusal::BadInput`] when a model has to be named and is not.
    pub(crate) async fn probe(session: &Session, offer: Offer, named: Option<&str>) -> Result<Space, Unembedded> {
        let model = offer.model().or(named).map(str::trim).filter(|model| !model.is_empty());
        let model = model.ok_or_else(|| super::stop::bad_field("model"))?.to_owned();
        let space = Space {
            provider: offer.provider.clone(),
            model,
            dimensions: offer.dimensions().unwrap_or_default(),
            task: offer.known.task.clone(),
        };
        let mut meaning = Meaning::of(session, offer, space).await?;
        let text = Masker::new(&[], KindSet::ALL).mask(PROBE);
        // Our own words, of no class.
        let vectors = meaning.one(session, &BTreeSet::new(), vec![text], EmbedTask::Document).await?;
        if meaning.dimensions.is_none() || !meaning.caller.asks_for_length() {
            let length = vectors.first().and_then(|vector| u32::try_from(vector.len()).ok());
            meaning.space.dimensions = length.filter(|n| *n <= MOST_DIMENSIONS).ok_or(MALFORMED)?;
        }
        meaning.checked(vectors, 1)?;
        Ok(meaning.space)
    }

    async fn of(session: &Session, offer: Offer, space: Space) -> Result<Meaning, Unembedded> {
        let dimensions = offer.dimensions();
        let decided = route::embedding(offer.decided, Some(&space.model));
        // A name that is none is not a route.
        let decided = decided.ok_or_else(|| super::stop::bad_field("model"))?;
        let rules = Rules::open(session).await?;
        Ok(Meaning { rules, caller: Caller::new(offer.settings, decided), known: offer.known, dimensions, space })
    }

    /// The most tokens of one text, where that is known.
    pub(crate) const fn most_tokens(&self) -> Option<u32> {
        self.known.tokens
    }

    /// The vector of a question, whose words are of no place.
    ///
    /// # Errors
    /// What the provider says, and what the vector is not.
    pub(crate) async fn question(&self, session: &Session, text: Masked<String>) -> Result<Vec<f32>, Unembedded> {
        let vectors = self.one(session, &self.rules.classes([]), vec![text], EmbedTask::Query).await?;
        self.checked(vectors, 1)?.pop().ok_or(MALFORMED)
    }

    /// Vectors of texts of these classes in their order, as far as it goes: what is missing behind them failed for the
    /// reason given.
    pub(crate) async fn texts(
        &self,
        session: &Session,
        classes: &BTreeSet<DataClass>,
        texts: Vec<Masked<String>>,
    ) -> (Vec<Vec<f32>>, Option<Unembedded>) {
        let mut vectors = Vec::with_capacity(texts.len());
        let mut texts = texts.into_iter().peekable();
        while texts.peek().is_some() {
            if session.host.left() < ENOUGH_FOR_A_BATCH {
                return (vectors, Some(Unembedded { code: ProblemCode::Fault(Fault::Deadline), again: Some(None) }));
            }
            let mut asked = Vec::new();
            let mut counts = Vec::new();
            while asked.len() < self.known.at_once && texts.peek().is_some() {
                let batch: Vec<Masked<String>> = texts.by_ref().take(self.known.texts).collect();
                counts.push(batch.len());
                asked.push(self.wanted(batch, EmbedTask::Document));
            }
            let answers = self.caller.vectors(session, &self.rules, classes, &asked).await;
            for (answer, count) in answers.into_iter().zip(counts) {
                match answer.and_then(|found| self.checked(found, count)) {
                    Ok(found) => vectors.extend(found),
                    Err(why) => return (vectors, Some(why)),
                }
            }
        }
        (vectors, None)
    }

    /// One request.
    async fn one(
        &self,
        session: &Session,
        classes: &BTreeSet<DataClass>,
        texts: Vec<Masked<String>>,
        task: EmbedTask,
    ) -> Result<Vec<Vec<f32>>, Unembedded> {
        let asked = [self.wanted(texts, task)];
        self.caller.vectors(session, &self.rules, classes, &asked).await.pop().unwrap_or(Err(MALFORMED))
    }

    fn wanted(&self, texts: Vec<Masked<String>>, task: EmbedTask) -> Wanted {
        let tokens = texts.iter().map(|text| u64::from(upper_bound_anywhere(text.as_ref()))).sum();
        Wanted { texts: Embedding::of_masked(texts, task, self.dimensions), tokens }
    }

    /// As many as were asked for, each of the space's length and with a direction.
    fn checked(&self, vectors: Vec<Vec<f32>>, count: usize) -> Result<Vec<Vec<f32>>, Unembedded> {
        let fits = vectors.len() == count && vectors.iter().all(|vector| check(vector, &self.space).is_ok());
        if fits { Ok(vectors) } else { Err(MALFORMED) }
    }
}

/// Notes a batch in the log: counts and a code.
pub(super) fn log(session: &Session, done: usize, of: usize, why: Option<Unembedded>) {
    let line = LogLine::new(Code::Embedded).count(done).of(of);
    session.host.log(match why.map(|why| why.code) {
        Some(ProblemCode::Fault(fault)) => line.fault(fault),
        Some(ProblemCode::Refusal(refusal)) => line.refusal(refusal),
        None => line,
    });
}

const MALFORMED: Unembedded = Unembedded { code: ProblemCode::Fault(Fault::ModelMalformed), again: None };
/// What a route is tried out with; nobody's text.
const PROBE: &str = "The printer on the third floor is out of paper.";
/// Longer vectors are no model's.
const MOST_DIMENSIONS: u32 = 4_096;
/// Time to ask once and to write down what came of it.
const ENOUGH_FOR_A_BATCH: Millis = Millis(20_000);
