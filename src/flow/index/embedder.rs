//! Documents on their way into the index get vectors, when an admin switched search by meaning on: title, headings and
//! excerpt, masked with the people the documents name. What fails leaves excerpts without vectors, found by their words.

use std::collections::BTreeSet;

use crate::content::Document;
use crate::flow::cut;
use crate::flow::masking::Rules;
use crate::flow::meaning::{self, Meaning, Unembedded};
use crate::flow::session::Session;
use crate::flow::stop::Stop;
use crate::privacy::{Masked, Part};
use crate::protocol::{DataClass, Millis};
use crate::record::{IndexSettings, Person, Place, ProblemCode};
use crate::search::{Doc, Piece, Space};

/// One event's embedding. After the first failure it asks no more.
pub(super) struct Embedder {
    meaning: Option<Meaning>,
    is_on: bool,
    trouble: Option<Unembedded>,
    lacks: u64,
    asked: bool,
    gave_up: bool,
}

impl Embedder {
    /// Opens the route, if an admin chose it.
    pub(super) async fn open(session: &Session, settings: &IndexSettings) -> Embedder {
        let is_on = settings.embedding.is_some();
        let (meaning, trouble) = match Meaning::open(session, settings).await {
            Ok(meaning) => (meaning, None),
            Err(why) => (None, Some(why)),
        };
        if trouble.is_some() {
            meaning::log(session, 0, 0, trouble);
        }
        Embedder { meaning, is_on, trouble, lacks: 0, asked: false, gave_up: false }
    }

    /// Where the vectors live; none when there are none.
    pub(super) fn space(&self) -> Option<&Space> {
        self.meaning.as_ref().map(|meaning| &meaning.space)
    }

    /// Whether it would send anything now.
    pub(super) fn is_asking(&self) -> bool {
        self.meaning.is_some() && self.trouble.is_none()
    }

    /// Gives the excerpts of documents their vectors, as far as it goes: none where the people the documents name could not be
    /// learned. `texts` are what the excerpts of each document were cut from.
    pub(super) async fn fill(
        &mut self,
        session: &Session,
        docs: &mut [Doc],
        texts: &[Vec<Document>],
        people: Result<Vec<Person>, Stop>,
    ) {
        if !self.is_on || docs.is_empty() {
            return;
        }
        for doc in docs.iter_mut().filter(|doc| doc.pieces.is_empty()) {
            // One without texts is found by its title, and has a meaning too.
            doc.pieces.push(Piece { heading: Vec::new(), text: String::new(), vector: None });
        }
        let wanted: usize = docs.iter().map(|doc| doc.pieces.len()).sum();
        let mut vectors = match (&self.meaning, self.trouble) {
            (Some(meaning), None) => {
                let (vectors, why) = match people.and_then(|people| masked(&meaning.rules, docs, texts, &people)) {
                    Ok(masked) => meaning.texts(session, &classes(&meaning.rules, docs), masked).await,
                    Err(stop) => (Vec::new(), Some(stop.into())),
                };
                meaning::log(session, vectors.len(), wanted, why);
                self.trouble = why;
                self.asked = true;
                vectors
            }
            _ => Vec::new(),
        }
        .into_iter();
        let lacking = wanted.saturating_sub(vectors.len());
        self.lacks = self.lacks.saturating_add(u64::try_from(lacking).unwrap_or(u64::MAX));
        for piece in docs.iter_mut().flat_map(|doc| &mut doc.pieces) {
            piece.vector = vectors.next();
        }
    }

    /// How long to wait before trying again, if that may help and it was not tried too often.
    pub(super) fn wait(&mut self, tries: u8) -> Option<Millis> {
        self.gave_up |= tries >= MAX_TRIES;
        let said = self.trouble?.again.filter(|_| !self.gave_up)?;
        Some(said.unwrap_or(FIRST_WAIT.times(1 << u32::from(tries.min(6)))).min(LONGEST_WAIT))
    }

    /// What went wrong, for the admin.
    pub(super) fn problem(&self) -> Option<ProblemCode> {
        self.trouble.map(|why| why.code)
    }

    /// Whether an admin switched it on.
    pub(super) fn is_on(&self) -> bool {
        self.is_on
    }

    /// Whether anything was asked, or could not be.
    pub(super) fn has_tried(&self) -> bool {
        self.asked || self.trouble.is_some()
    }

    /// Counts anew from there: the rest comes again.
    pub(super) fn forget_from(&mut self, lacks: u64) {
        self.lacks = lacks;
    }

    /// Excerpts that were to have vectors and have none.
    pub(super) fn lacks(&self) -> u64 {
        self.lacks
    }
}

/// The texts of all excerpts, one masker over all of them: a name found late in the last is masked in the first too. What only the
/// whole text shows of an excerpt is masked in it.
fn masked(
    rules: &Rules,
    docs: &[Doc],
    texts: &[Vec<Document>],
    people: &[Person],
) -> Result<Vec<Masked<String>>, Stop> {
    let wholes = rules.masker_of_all(people);
    let mut pieces: Vec<(String, Vec<Part>)> = Vec::new();
    for (doc, texts) in docs.iter().zip(texts) {
        let cuts = texts.iter().flat_map(|text| cut::excerpts(text, Some(&wholes))).map(|cut| cut.parts);
        let parts = cuts.chain(std::iter::repeat_with(Vec::new));
        pieces.extend(doc.pieces.iter().zip(parts).map(|(piece, parts)| text(&doc.title, piece, &parts)));
    }
    let places: Vec<Option<Place>> = docs.iter().map(|doc| Place::named(&doc.container)).collect();
    let mut masker = rules.masker(people, places.iter().map(Option::as_ref));
    for (text, parts) in &pieces {
        masker.learn_cut(text, parts);
    }
    Ok(pieces.iter().map(|(text, parts)| masker.mask_cut(text, parts)).collect())
}

/// The classes of the containers of documents.
fn classes(rules: &Rules, docs: &[Doc]) -> BTreeSet<DataClass> {
    let places: Vec<Option<Place>> = docs.iter().map(|doc| Place::named(&doc.container)).collect();
    rules.classes(places.iter().map(Option::as_ref))
}

/// An excerpt under its title and headings, and its parts where they are then.
fn text(title: &str, piece: &Piece, parts: &[Part]) -> (String, Vec<Part>) {
    let path = std::iter::once(title).chain(piece.heading.iter().map(String::as_str));
    let path: Vec<&str> = path.filter(|part| !part.trim().is_empty()).collect();
    let lead = format!("{}\n\n", path.join(" > "));
    let whole = format!("{lead}{}", piece.text);
    let parts = cut::moved(parts, lead.len(), whole.len().saturating_sub(whole.trim_start().len()));
    (whole.trim().to_owned(), parts)
}

const MAX_TRIES: u8 = 3;
const FIRST_WAIT: Millis = Millis(5_000);
/// A queue delays no event for longer.
const LONGEST_WAIT: Millis = Millis(900_000);
