//! The recall report: words of documents that are indexed, searched within the budget and without one, and compared.
//! It shows no document: counts and costs alone.

use crate::flow::admin::admit;
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::protocol::Refusal;
use crate::protocol::view::{MeanAndMax, Recall, Spent};
use crate::search::plan::{Ask, Budget, Found};
use crate::search::query::{self, Query};
use crate::search::words;

/// Measures.
pub(crate) async fn recall(session: &Session) -> Result<Recall, Stop> {
    admit(session).await?;
    let settings = session.index_settings().await?.settings;
    let names: Vec<String> = settings.containers.iter().map(crate::record::Switched::name).collect();
    if names.is_empty() {
        return Err(Refusal::IndexOff.into());
    }
    let mut measured = Measured::default();
    for query in queries(session, &names).await? {
        let cheap = find(session, &query, &names, Budget::QUERY).await?;
        let full = find(session, &query, &names, Budget::NONE).await?;
        let spent = full.spent.units.saturating_add(cheap.spent.units);
        measured.add(&cheap, &full);
        // The platform's limit is shared with everybody's searches.
        if measured.units.saturating_add(u64::from(spent)) > MOST_UNITS || session.host.left() < ENOUGH_FOR_ONE {
            break;
        }
    }
    let report = measured.report(session);
    if measured.asked > 0 {
        let mean = measured.mean();
        session
            .change_index_settings(|settings| {
                settings.measured = Some(mean);
                Ok(())
            })
            .await?;
    }
    Ok(report)
}

async fn find(session: &Session, query: &Query, names: &[String], budget: Budget) -> Result<Found, Stop> {
    let ask = Ask {
        budget,
        most: BEST,
        containers: names.to_vec(),
        today: session.host.now().as_days(),
        texts: false,
        spent: session.index_settings().await?.spent,
    };
    session.find(query, None, ask).await
}

/// What somebody might type who looks for a document: some words of one of its excerpts. Documents are taken at even distances.
async fn queries(session: &Session, names: &[String]) -> Result<Vec<Query>, Stop> {
    let mut held = Vec::new();
    for name in names {
        let documents = session.held(name).await?;
        held.extend(documents.into_iter().map(|document| (name, document.id)));
    }
    let distance = (held.len() / ASKED).max(1);
    let mut queries = Vec::new();
    for (name, id) in held.iter().step_by(distance).take(ASKED) {
        let Some(indexed) = session.indexed(name, id).await? else { continue };
        let middle = indexed.pieces.get(indexed.pieces.len() / 2);
        let text = middle.map(|(_, text)| words::words(text)).unwrap_or_default();
        let telling: Vec<String> = text.into_iter().filter(|word| word.chars().count() > 3).take(WORDS).collect();
        queries.extend(query::parse(&telling.join(" ")).ok().filter(|query| !query.terms.is_empty()));
    }
    Ok(queries)
}

#[derive(Default)]
struct Measured {
    asked: usize,
    found: usize,
    full: usize,
    reads: Sum,
    bytes: Sum,
    units: u64,
    cheap_units: u64,
}

#[derive(Default)]
struct Sum {
    sum: u64,
    max: u64,
}

impl Sum {
    fn add(&mut self, value: u64) {
        self.sum = self.sum.saturating_add(value);
        self.max = self.max.max(value);
    }

    fn mean(&self, of: usize) -> u64 {
        self.sum / u64::try_from(of).unwrap_or(u64::MAX).max(1)
    }
}

impl Measured {
    fn add(&mut self, cheap: &Found, full: &Found) {
        let best: Vec<&str> = cheap.hits.iter().take(BEST).map(|hit| hit.doc.as_str()).collect();
        let wanted = full.hits.iter().take(BEST);
        self.asked = self.asked.saturating_add(1);
        self.full = self.full.saturating_add(full.hits.len().min(BEST));
        self.found = self.found.saturating_add(wanted.filter(|hit| best.contains(&hit.doc.as_str())).count());
        self.reads.add(u64::from(cheap.spent.reads));
        self.bytes.add(cheap.spent.bytes);
        self.cheap_units = self.cheap_units.saturating_add(u64::from(cheap.spent.units));
        self.units =
            self.units.saturating_add(u64::from(cheap.spent.units)).saturating_add(u64::from(full.spent.units));
    }

    fn mean(&self) -> Spent {
        let asked = u64::try_from(self.asked).unwrap_or(u64::MAX).max(1);
        Spent {
            reads: self.reads.mean(self.asked),
            units: self.cheap_units.div_ceil(asked),
            bytes: self.bytes.mean(self.asked),
        }
    }

    fn report(&self, session: &Session) -> Recall {
        let shown = |sum: &Sum| MeanAndMax { mean: sum.mean(self.asked), max: sum.max };
        let share = |part: usize, of: usize| {
            f64::from(u32::try_from(part).unwrap_or(0)) / f64::from(u32::try_from(of).unwrap_or(1).max(1))
        };
        Recall {
            asked: self.asked,
            found: self.found,
            full: self.full,
            at_ten: if self.full == 0 { 1.0 } else { share(self.found, self.full) },
            reads: shown(&self.reads),
            bytes: shown(&self.bytes),
            at: session.host.now(),
        }
    }
}

/// Queries of a report, and words of each.
const ASKED: usize = 20;
const WORDS: usize = 5;
const BEST: usize = 10;
/// Half of what an installation may read in a minute.
const MOST_UNITS: u64 = 2_000;
const ENOUGH_FOR_ONE: crate::protocol::Millis = crate::protocol::Millis(4_000);
