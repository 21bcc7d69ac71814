//! Searching the index for the asking user: candidates by the index, then the products' word on each of them, then what is shown.
//! It asks the products' own search nothing.
//!
//! INVARIANT: nothing of a document that the user may not read now is in the answer: no title, text, score or reason, and no count or
//! cost that would be another if the document were not there. What a query really cost is in the admin's report.

use std::collections::{BTreeMap, BTreeSet};

use super::live::{self, Live};
use crate::flow::meaning::{Meaning, Unembedded};
use crate::flow::people;
use crate::flow::session::Session;
use crate::flow::shelf::Kept;
use crate::flow::spot::{self, Plain};
use crate::flow::stop::Stop;
use crate::flow::task::both;
use crate::protocol::view::{Hit, IndexState, PartialIndex, Readiness, Refines, SnippetPart, Why};
use crate::protocol::{ContainerKind, Millis, Params, Product, Refusal, SourceKind};
use crate::record::{IndexSettings, Person, Progress, source_of};
use crate::search::near::{Folded, Print, fold};
use crate::search::plan::{self, Ask, Budget, Found, QueryVector};
use crate::search::query::{self, Choice, Query};
use crate::search::snippet::snippet;
use crate::search::words;

/// What the index gave.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) hits: Vec<Hit>,
    pub(crate) state: IndexState,
    /// Products whose documents could not be checked.
    pub(crate) failed: Vec<Product>,
}

impl Answered {
    fn nothing(state: IndexState) -> Answered {
        Answered { hits: Vec::new(), state, failed: Vec::new() }
    }
}

/// Where to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Within<'a> {
    pub(crate) kinds: &'a [SourceKind],
    /// Keys of projects and spaces; none = everywhere.
    pub(crate) containers: &'a [String],
    /// Whether the words are embedded too, where an admin switched that on.
    pub(crate) refine: bool,
}

/// Reads a query.
///
/// # Errors
/// [`Refusal::BadQuery`] with field and reason.
pub(crate) fn parse(text: &str) -> Result<Query, Stop> {
    query::parse(text).map_err(|bad| {
        let params = Params::field(bad.field).with_word("reason", bad.reason);
        Stop::Refused(Refusal::BadQuery, params)
    })
}

/// The index's state without a search.
pub(crate) async fn state(session: &Session) -> IndexState {
    match session.index_settings().await {
        Ok(kept) => state_of(&kept.settings),
        Err(_) => IndexState { state: Readiness::Unavailable, ..IndexState::off() },
    }
}

/// Searches.
pub(crate) async fn search(session: &Session, query: &Query, within: Within<'_>) -> Answered {
    let (kept, shelved) = both(session.index_settings(), session.shelved()).await;
    let Ok(kept) = kept else {
        return Answered::nothing(IndexState { state: Readiness::Unavailable, ..IndexState::off() });
    };
    let settings = kept.settings;
    let mut state = state_of(&settings);
    let containers = admitted(&settings, query, within);
    if containers.is_empty() || matches!(state.state, Readiness::Off | Readiness::Empty) {
        return Answered::nothing(state);
    }
    let Ok(shelved) = shelved else {
        state.state = Readiness::Unavailable;
        return Answered::nothing(state);
    };
    let ask = Ask {
        budget: Budget::QUERY,
        most: CANDIDATES,
        containers,
        today: session.host.now().as_days(),
        texts: false,
        spent: kept.spent,
    };
    let own = as_asked_by(session, query);
    let refines = within.refine && settings.embedding.is_some();
    // Values are kept only for a search that may come to a second one.
    let (mut kept, mut known) = (refines.then(Kept::new), Known::default());
    let mut found = session.find_on(&shelved, &own, None::<&QueryVector>, ask.clone(), kept.as_mut()).await;
    let mut hits = shown(session, &settings, query, &found, &mut known).await;
    if refines {
        match vector(session, &settings, query, &known).await {
            Ok(None) => {}
            Ok(vector) => {
                found = session.find_on(&shelved, &own, vector.as_ref(), ask, kept.as_mut()).await;
                hits = shown(session, &settings, query, &found, &mut known).await;
            }
            // What was found by words stands.
            Err(why) => state.unrefined = Some(why.code),
        }
    }
    if let Some(partial) = found.partial {
        // That something did not open is said; how much of it this query would have needed is not.
        state.state = Readiness::Partial;
        state.partial = Some(PartialIndex { code: partial.code.code() });
    }
    Answered { hits, state, failed: known.failed }
}

/// The meaning of the query's words, which leave masked: with the people that what was found by words names.
async fn vector(
    session: &Session,
    settings: &IndexSettings,
    query: &Query,
    known: &Known,
) -> Result<Option<QueryVector>, Unembedded> {
    let words = query.plain.trim();
    if words.is_empty() || session.host.left() < ENOUGH_TO_REFINE {
        return Ok(None);
    }
    let Some(meaning) = Meaning::open(session, settings).await? else { return Ok(None) };
    let people: Vec<Person> = known.live.values().flat_map(|live| live.people.iter().cloned()).collect();
    let people = people::named(session, None, people).await?;
    // What is typed is of no place: it is masked as strictly as anything.
    let masked = meaning.rules.masker(&people, [None]).mask(words);
    let vector = meaning.question(session, masked).await?;
    Ok(Some(QueryVector { space: meaning.space, vector }))
}

/// The containers a search may look into: switched on, of the kinds and keys asked for, and admitted by the query's own filters.
fn admitted(settings: &IndexSettings, query: &Query, within: Within<'_>) -> Vec<String> {
    let wants = |kind: ContainerKind| within.kinds.is_empty() || within.kinds.contains(&kind.source());
    let named =
        |key: &str| within.containers.is_empty() || within.containers.iter().any(|k| k.eq_ignore_ascii_case(key));
    let of = settings.containers.iter().filter(|c| c.progress != Progress::Failed && wants(c.kind) && named(&c.key));
    of.map(|container| container.name()).filter(|name| query.filters.admits_container(name)).collect()
}

/// The query with the asking user's id in the place of `me`.
fn as_asked_by(session: &Session, query: &Query) -> Query {
    let mut query = query.clone();
    let id = session.user().map(|user| user.account_id().to_owned()).unwrap_or_default();
    let Choice { any, none } = &mut query.filters.authors;
    for author in any.iter_mut().chain(none).filter(|author| author.eq_ignore_ascii_case("me")) {
        author.clone_from(&id);
    }
    query
}

/// What the products said in this call, for this user.
#[derive(Default)]
struct Known {
    asked: BTreeSet<(SourceKind, String)>,
    live: BTreeMap<(SourceKind, String), Live>,
    failed: Vec<Product>,
}

impl Known {
    /// Asks for what was not asked for yet.
    async fn ask(&mut self, session: &Session, settings: &IndexSettings, wanted: &[(SourceKind, String)]) {
        let new: Vec<_> = wanted.iter().filter(|of| !self.asked.contains(of)).cloned().collect();
        let checked = live::check(session, settings, &new, SHOWN).await;
        self.asked.extend(new);
        self.live.extend(checked.live);
        let failed = checked.failed.into_iter().filter(|product| !self.failed.contains(product));
        self.failed.extend(failed.collect::<Vec<_>>());
    }
}

/// The candidates the user may read now, as they are now.
async fn shown(
    session: &Session,
    settings: &IndexSettings,
    query: &Query,
    found: &Found,
    known: &mut Known,
) -> Vec<Hit> {
    let candidates: Vec<(SourceKind, String)> =
        found.hits.iter().filter_map(|hit| source_of(&hit.doc)).map(|(kind, id)| (kind, id.to_owned())).collect();
    known.ask(session, settings, &candidates).await;
    let ranked = found.hits.iter().zip(&candidates);
    let mut readable: Vec<(&plan::Hit, Live)> =
        ranked.filter_map(|(hit, of)| Some((hit, known.live.get(of)?.clone()))).collect();
    let folded = distinct(session, settings, &mut readable).await;
    let mut hits = Vec::with_capacity(folded.len());
    for kept in folded {
        if let Some((hit, live)) = readable.get(kept.at) {
            hits.push(Hit { same: usize::try_from(kept.same).unwrap_or(0), ..dressed(query, hit, live.clone()) });
        }
    }
    hits
}

/// The best that are not nearly the same as a better one: a copy takes no other's place. Texts of more are read only where copies
/// were found.
async fn distinct(session: &Session, settings: &IndexSettings, readable: &mut [(&plan::Hit, Live)]) -> Vec<Folded> {
    let (mut looked, mut folded) = (0, Vec::<Folded>::new());
    while folded.len() < SHOWN && looked < readable.len() {
        let next = looked.saturating_add((SHOWN - folded.len()).max(FEWEST)).min(readable.len());
        fill_in(session, settings, readable.get_mut(looked..next).unwrap_or_default()).await;
        looked = next;
        let prints: Vec<Print> = readable.iter().take(looked).map(|(_, live)| print(live)).collect();
        folded = fold(&prints);
    }
    folded.truncate(SHOWN);
    folded
}

/// Texts of hits that came up because others before them may not be read.
async fn fill_in(session: &Session, settings: &IndexSettings, readable: &mut [(&plan::Hit, Live)]) {
    let lacking: Vec<(SourceKind, String)> = readable
        .iter()
        .filter(|(_, live)| live.text.is_none())
        .map(|(_, live)| (live.hit.kind, live.hit.id.clone()))
        .collect();
    if lacking.is_empty() {
        return;
    }
    let mut read = live::check(session, settings, &lacking, lacking.len()).await;
    for (_, live) in readable {
        if let Some(again) = read.live.remove(&(live.hit.kind, live.hit.id.clone())) {
            *live = again;
        }
    }
}

fn print(live: &Live) -> Print {
    live.text.as_ref().map_or_else(Print::default, |text| Print::of(&format!("{}\n{}", live.hit.title, text.text())))
}

/// A hit with its reasons, and the place in the text as it is now.
fn dressed(query: &Query, found: &plan::Hit, live: Live) -> Hit {
    let text = live.text.as_deref();
    let cut = snippet(text.map_or("", Plain::text), query, SNIPPET);
    let title = snippet(&live.hit.title, query, usize::MAX);
    let is_hit = cut.hit.is_some();
    let spot = text.zip(cut.hit).and_then(|(text, at)| text.spot(at)).map(|spot| spot::shown(&spot, &live.hit.url));
    let mut terms: Vec<String> = Vec::new();
    for (word, _) in title.parts.iter().chain(&cut.parts).filter(|(_, hit)| *hit) {
        let word = word.to_lowercase();
        if terms.len() < MOST_TERMS && !terms.contains(&word) {
            terms.push(word);
        }
    }
    let parts = cut.parts.into_iter().filter(|_| is_hit).map(|(text, hit)| SnippetPart { text, hit });
    Hit { why: why(query, found, &live.hit.title), terms, snippet: parts.collect(), spot, ..live.hit }
}

/// Why it is there, the strongest reason first.
fn why(query: &Query, found: &plan::Hit, title: &str) -> Vec<Why> {
    let title = words::words(title);
    let mut typed = words::words(&query.plain).into_iter().peekable();
    let in_title = typed.peek().is_some() && typed.all(|word| title.contains(&word));
    let mut why: Vec<Why> = found
        .why
        .iter()
        .map(|why| match why {
            plan::Why::Key => Why::Key,
            plan::Why::Text => Why::Text,
            plan::Why::Typo => Why::Typo,
            plan::Why::Phrase => Why::Phrase,
            plan::Why::Similar => Why::Similar,
            plan::Why::Recent => Why::Recent,
        })
        .chain(in_title.then_some(Why::Title))
        .collect();
    why.sort_unstable();
    why.dedup();
    why
}

/// The index's state by what is switched on: the same for whoever asks and whatever is asked.
fn state_of(settings: &IndexSettings) -> IndexState {
    let containers = settings.containers.len();
    let excerpts = settings.containers.iter().map(|container| container.excerpts).sum();
    let under_way = || {
        let unread = |progress| matches!(progress, Progress::Waiting | Progress::Indexing);
        settings.containers.iter().filter(move |container| unread(container.progress))
    };
    let is_under_way = under_way().next().is_some();
    let state = match (containers, excerpts) {
        (0, _) => Readiness::Off,
        (_, 0) if is_under_way => Readiness::Empty,
        _ if is_under_way => Readiness::Partial,
        _ => Readiness::Ready,
    };
    IndexState {
        state,
        done: is_under_way.then(|| under_way().map(|container| container.done).sum()),
        total: is_under_way.then(|| under_way().map(|container| container.total.max(container.done)).sum()),
        containers,
        excerpts,
        per_minute: (containers > 0).then(|| per_minute(settings)),
        partial: None,
        refines: settings
            .embedding
            .as_ref()
            .filter(|embedded| embedded.vectors > 0)
            .map(|embedded| Refines { provider: embedded.name.clone() }),
        unrefined: None,
    }
}

/// Searches a minute that the platform's limit of reads affords: at the measured cost, or at the most a search may cost.
pub(super) fn per_minute(settings: &IndexSettings) -> u64 {
    let most = u64::from(Budget::QUERY.reads).saturating_add(Budget::QUERY.bytes.div_ceil(UNIT));
    let units = settings.measured.map_or(most, |spent| spent.units);
    UNITS_A_MINUTE / units.max(1)
}

/// Documents the products are asked about.
const CANDIDATES: usize = 40;
/// Of these, at most so many are shown.
const SHOWN: usize = 20;
/// Texts that are read at once, at least, when copies were found.
const FEWEST: usize = 5;
/// UTF-16 units of a snippet.
const SNIPPET: usize = 240;
const MOST_TERMS: usize = 8;
/// Time to ask the provider and the products once more.
const ENOUGH_TO_REFINE: Millis = Millis(6_000);
/// The platform's reads a minute and installation, in units of 10 KB.
const UNITS_A_MINUTE: u64 = 4_000;
const UNIT: u64 = 10_000;
