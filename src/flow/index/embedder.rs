//! Documents on their way into the index get vectors, when an admin switched search by meaning on: title, headings and
//! excerpt, masked with the people the documents name. What fails leaves excerpts without vectors, found by their words.
//!
//! INVARIANT: an excerpt whose masked text, title and headings included, has a vector of the same space in the index is not sent.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::embeddable::{Embeddable, embeddable, placed, shortened};
use crate::flow::cut::Cut;
use crate::flow::masking::Rules;
use crate::flow::meaning::{self, Meaning, Unembedded};
use crate::flow::session::Session;
use crate::flow::shelf::Earlier;
use crate::flow::stop::Stop;
use crate::privacy::{Masked, Part};
use crate::protocol::{DataClass, Fault, Millis};
use crate::record::{IndexSettings, Person, Place, ProblemCode};
use crate::search::vector::Code;
use crate::search::{Doc, Piece, Space, Vector};

/// One event's embedding. After the first failure it asks no more.
pub(super) struct Embedder {
    meaning: Option<Meaning>,
    is_on: bool,
    earlier: Earlier,
    known: Option<BTreeSet<String>>,
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
        Embedder {
            meaning,
            is_on,
            earlier: Earlier::default(),
            known: None,
            trouble,
            lacks: 0,
            asked: false,
            gave_up: false,
        }
    }

    /// Where the vectors live; none when there are none.
    pub(super) fn space(&self) -> Option<&Space> {
        self.meaning.as_ref().map(|meaning| &meaning.space)
    }

    /// Of these documents alone the index has anything: no other is looked for.
    pub(super) fn knows(&mut self, ids: BTreeSet<String>) {
        self.known = Some(ids);
    }

    /// Whether it has to know whom the documents name: to mask them, and to tell what is the same as before.
    pub(super) fn is_masking(&self) -> bool {
        self.meaning.is_some()
    }

    /// Gives the excerpts of documents their vectors, as far as it goes: what the index has of the same text is taken over, the rest
    /// is asked for; none where the people the documents name could not be learned. `cuts` are what the excerpts of each document
    /// were cut from. The ids of documents with an excerpt longer than the model takes.
    pub(super) async fn fill(
        &mut self,
        session: &Session,
        docs: &mut [Doc],
        cuts: &[Vec<Cut>],
        people: Result<Vec<Person>, Stop>,
    ) -> BTreeSet<String> {
        if !self.is_on || docs.is_empty() {
            return BTreeSet::new();
        }
        for doc in docs.iter_mut().filter(|doc| doc.pieces.is_empty()) {
            // One without texts is found by its title, and has a meaning too.
            doc.pieces.push(Piece { heading: Vec::new(), text: String::new(), vector: None });
        }
        let Some(meaning) = self.meaning.take() else {
            self.lack(docs.iter().map(|doc| doc.pieces.len()).sum());
            return BTreeSet::new();
        };
        let long = match people {
            Ok(people) => {
                let texts = masked(&meaning, docs, cuts, &people);
                self.fill_by(session, &meaning, docs, texts).await
            }
            Err(stop) => {
                self.trouble.get_or_insert(stop.into());
                self.lack(docs.iter().map(|doc| doc.pieces.len()).sum());
                BTreeSet::new()
            }
        };
        self.meaning = Some(meaning);
        long
    }

    async fn fill_by(
        &mut self,
        session: &Session,
        meaning: &Meaning,
        docs: &mut [Doc],
        texts: Vec<Embeddable>,
    ) -> BTreeSet<String> {
        let classes = classes(&meaning.rules, docs);
        let kept = self.kept(session, meaning, docs).await;
        let of: Vec<String> = docs.iter().flat_map(|doc| vec![doc.id.clone(); doc.pieces.len()]).collect();
        let mut long = BTreeSet::new();
        let (mut open, mut asked) = (Vec::new(), Vec::new());
        let pieces = docs.iter_mut().flat_map(|doc| &mut doc.pieces);
        for ((piece, text), id) in pieces.zip(texts).zip(of) {
            if text.is_cut {
                long.insert(id.clone());
            }
            match kept.get(&text.print) {
                Some(code) => piece.vector = Some(Vector::Kept(code.clone())),
                None => {
                    open.push((piece, text.print, id));
                    asked.push(text.text);
                }
            }
        }
        let answers = self.ask(session, meaning, &classes, asked).await;
        for ((piece, print, id), answer) in open.into_iter().zip(answers) {
            match answer {
                Answer::Vector(coordinates) => piece.vector = Some(Vector::Made { coordinates, print }),
                Answer::Long => drop(long.insert(id)),
                Answer::None => self.lack(1),
            }
        }
        long
    }

    /// What the index has of these documents already.
    async fn kept(&mut self, session: &Session, meaning: &Meaning, docs: &[Doc]) -> HashMap<u64, Code> {
        let is_known = |doc: &&Doc| self.known.as_ref().is_none_or(|known| known.contains(&doc.id));
        let places: Vec<(&str, &str)> =
            docs.iter().filter(is_known).map(|doc| (doc.container.as_str(), doc.id.as_str())).collect();
        session.embedded(&places, &meaning.space, &mut self.earlier).await
    }

    /// Asks for the vectors of texts, for each one what came of it. One that the model finds too long is looked for among those it
    /// was sent with, and halved until it is taken.
    async fn ask(
        &mut self,
        session: &Session,
        meaning: &Meaning,
        classes: &BTreeSet<DataClass>,
        texts: Vec<Masked<String>>,
    ) -> Vec<Answer> {
        let wanted = texts.len();
        let mut answers = Vec::with_capacity(wanted);
        let mut rest = VecDeque::from(texts);
        let (mut together, mut made) = (usize::MAX, 0);
        while !rest.is_empty() && self.trouble.is_none() {
            let batch: Vec<Masked<String>> = rest.iter().take(together).cloned().collect();
            let (found, why) = meaning.texts(session, classes, batch).await;
            made += found.len();
            rest.drain(..found.len().min(rest.len()));
            answers.extend(found.into_iter().map(Answer::Vector));
            self.asked = true;
            match why {
                None => together = together.saturating_mul(4),
                Some(why) if why.code != TOO_LONG => self.trouble = Some(why),
                Some(_) if together > 1 && rest.len() > 1 => together = (together.min(rest.len()) / 4).max(1),
                Some(_) => match rest.pop_front().as_ref().and_then(shortened) {
                    Some(shorter) => {
                        rest.push_front(shorter);
                        together = 1;
                    }
                    None => answers.push(Answer::Long),
                },
            }
        }
        if wanted > 0 {
            meaning::log(session, made, wanted, self.trouble);
        }
        answers.resize_with(wanted, || Answer::None);
        answers
    }

    fn lack(&mut self, count: usize) {
        self.lacks = self.lacks.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
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

/// What came of asking for a vector.
enum Answer {
    Vector(Vec<f32>),
    /// The text is longer than the model takes, however short it was made.
    Long,
    /// Nothing yet.
    None,
}

/// The texts of all excerpts, one masker over all of them: a name found late in the last is masked in the first too. What only the
/// whole text shows of an excerpt is masked in it.
fn masked(meaning: &Meaning, docs: &[Doc], cuts: &[Vec<Cut>], people: &[Person]) -> Vec<Embeddable> {
    let wholes = meaning.rules.masker_of_all(people);
    let mut pieces: Vec<(&str, &Piece, Vec<Part>)> = Vec::new();
    for (doc, cuts) in docs.iter().zip(cuts) {
        // The document's excerpts are those of its cuts; one without any has an empty one.
        let parts = cuts.iter().flat_map(|cut| cut.parts(&wholes)).chain(std::iter::repeat_with(Vec::new));
        pieces.extend(doc.pieces.iter().zip(parts).map(|(piece, parts)| (doc.title.as_str(), piece, parts)));
    }
    let places: Vec<Option<Place>> = docs.iter().map(|doc| Place::named(&doc.container)).collect();
    let mut masker = meaning.rules.masker(people, places.iter().map(Option::as_ref));
    for (title, piece, parts) in &pieces {
        let (text, parts) = placed(title, piece, parts);
        masker.learn_cut(&text, &parts);
    }
    let most = meaning.most_tokens();
    pieces.iter().map(|(title, piece, parts)| embeddable(&mut masker, title, piece, parts, most)).collect()
}

/// The classes of the containers of documents.
fn classes(rules: &Rules, docs: &[Doc]) -> BTreeSet<DataClass> {
    let places: Vec<Option<Place>> = docs.iter().map(|doc| Place::named(&doc.container)).collect();
    rules.classes(places.iter().map(Option::as_ref))
}

const MAX_TRIES: u8 = 3;
const TOO_LONG: ProblemCode = ProblemCode::Fault(Fault::ModelTooLong);
const FIRST_WAIT: Millis = Millis(5_000);
/// A queue delays no event for longer.
const LONGEST_WAIT: Millis = Millis(900_000);
