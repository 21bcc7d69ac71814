//! Cues: words beside a run that say a person stands in it (titles, greetings, closings, sender lines, "assigned to", "wrote").
//! Languages: English, German, French, Spanish, Italian, Russian. It weighs nothing: a cue decides, within what can be a name.

use super::features::Seen;
use super::lists::hash;
use super::names::{Known, mix};
use super::words::{Run, Shape, Word};
use std::ops::Range;

/// How much a cue takes for a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// "Frau X": any word that is not known to be something else.
    Title,
    /// "Regards,\nX", "Kunde: X", "X wrote:": the same, but a single word must be nothing but a name or unknown.
    Line,
    /// "Hi X", "thanks X": a known name.
    Greeting,
}

/// The cue words of all languages, in a table that is looked into for every run.
pub(super) struct Cues {
    slots: Vec<Option<(u32, Role)>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Greeting,
    Closing,
    Label,
    Thanks,
    /// "assigned" of "assigned to X", and "to".
    Assigned,
    Preposition,
    Wrote,
}

impl Cues {
    pub(super) fn new() -> Cues {
        let lists = [
            (Role::Title, TITLES),
            (Role::Greeting, GREETINGS),
            (Role::Closing, CLOSINGS),
            (Role::Label, LABELS),
            (Role::Thanks, THANKS),
            (Role::Assigned, ASSIGNED),
            (Role::Preposition, PREPOSITIONS),
            (Role::Wrote, WROTE),
        ];
        let mut slots = vec![None; SLOTS];
        for (role, words) in lists {
            for word in words.split_whitespace().map(hash) {
                let free = places(word)
                    .find(|at| slots.get(*at).is_some_and(|slot| slot.is_none_or(|(known, _)| known == word)));
                if let Some(slot @ None) = free.and_then(|at| slots.get_mut(at)) {
                    *slot = Some((word, role));
                }
            }
        }
        Cues { slots }
    }

    fn role(&self, hash: u32) -> Option<Role> {
        let slots = places(hash).map_while(|at| self.slots.get(at).copied().flatten());
        slots.into_iter().find(|(word, _)| *word == hash).map(|(_, role)| role)
    }

    /// The words of a run that a cue makes a person.
    pub(super) fn person(&self, run: &Run, seen: &Seen<'_>) -> Option<Range<usize>> {
        self.inside(run, seen).or_else(|| self.before(run, seen)).or_else(|| self.behind(run, seen))
    }

    /// "Herr Schmidt", "Hi Anna": the cue is the run's own capitalised word.
    fn inside(&self, run: &Run, seen: &Seen<'_>) -> Option<Range<usize>> {
        run.words().iter().enumerate().rev().skip(1).find_map(|(at, word)| {
            let cue = match self.role(word.hash)? {
                Role::Title => Cue::Title,
                Role::Greeting | Role::Thanks => Cue::Greeting,
                Role::Closing => Cue::Line,
                Role::Label | Role::Assigned | Role::Preposition | Role::Wrote => return None,
            };
            let is_abbreviated_first_name = word.shape == Shape::Initial && word.end == word.start + 1;
            (!is_abbreviated_first_name).then(|| take(run, seen, at + 1, cue)).flatten()
        })
    }

    fn before(&self, run: &Run, seen: &Seen<'_>) -> Option<Range<usize>> {
        let [near, far] = run.left;
        let (near, far) = (self.role(near), self.role(far));
        let cue = match (run.before, near) {
            (b' ' | b'.', Some(Role::Title)) => Cue::Title,
            (b'\n' | b',', Some(Role::Closing)) => Cue::Line,
            (b':', Some(Role::Label | Role::Assigned)) => Cue::Line,
            (b' ', Some(Role::Preposition)) if far == Some(Role::Assigned) => Cue::Line,
            (b',' | b' ' | b'!', Some(Role::Thanks | Role::Greeting | Role::Closing)) => Cue::Greeting,
            (b'\n', Some(Role::Thanks)) => Cue::Greeting,
            (b'@', _) => Cue::Greeting,
            _ => return None,
        };
        take(run, seen, 0, cue)
    }

    /// "Anna wrote:"
    fn behind(&self, run: &Run, seen: &Seen<'_>) -> Option<Range<usize>> {
        let [near, far] = run.right;
        let wrote = [near, far].into_iter().any(|word| self.role(word) == Some(Role::Wrote));
        let near_wrote = self.role(near) == Some(Role::Wrote) || (wrote && self.role(near).is_none());
        (near_wrote && run.after == b' ').then(|| take(run, seen, 0, Cue::Line)).flatten()
    }
}

/// The name that begins at a word, if a cue of this strength may take it for one.
fn take(run: &Run, seen: &Seen<'_>, from: usize, cue: Cue) -> Option<Range<usize>> {
    let other =
        |at: usize| seen.known(at).has(Known::WORD | Known::THING) && !seen.known(at).has(Known::FIRST | Known::LAST);
    let words = run.words().iter().enumerate().skip(from).take(MOST);
    let goes_on = |(at, word): &(usize, &Word)| match word.shape {
        Shape::Capitalised | Shape::Joined | Shape::Prefixed | Shape::Capitals => !other(*at),
        Shape::Initial | Shape::Particle | Shape::Title => true,
        Shape::Mixed => false,
    };
    let mut end = words.take_while(goes_on).map(|(at, _)| at + 1).last()?;
    let start = from + run.words().iter().skip(from).take_while(|word| word.shape == Shape::Title).count();
    while end > start && !run.words().get(end - 1).is_some_and(Word::is_name_like) {
        end -= 1;
    }
    let names = (start..end).filter(|at| seen.known(*at).has(Known::FIRST | Known::LAST)).count();
    let plain = (start..end).filter(|at| seen.known(*at).has(Known::WORD | Known::THING)).count();
    let shouted = run.words().get(start..end)?.iter().all(|word| word.shape == Shape::Capitals);
    let fits = match (cue, end.saturating_sub(start)) {
        (_, 0) => false,
        (Cue::Title, _) => true,
        (Cue::Line, 1) => plain == 0 && !shouted && run.words().len() == 1,
        (Cue::Line, _) => names > 0 || (plain == 0 && !shouted),
        (Cue::Greeting, 1) => names == 1 && plain == 0,
        (Cue::Greeting, _) => names > 0 && seen.known(start).has(Known::FIRST),
    };
    fits.then_some(start..end)
}

/// Where a word may stand: its own slot and those behind it.
fn places(hash: u32) -> impl Iterator<Item = usize> {
    let first = usize::try_from(mix(hash)).unwrap_or_default();
    (0..SLOTS).map(move |by| first.wrapping_add(by) % SLOTS)
}

/// Four times the words.
const SLOTS: usize = 1024;
/// Words of a name, at most.
const MOST: usize = 5;

const TITLES: &str = "mr mrs ms miss mister sir dr doctor prof professor \
    herr herrn frau hr fr doktor \
    monsieur madame mademoiselle mme mlle docteur professeur maître \
    señor señora señorita sr sra srta don doña doctor doctora profesor profesora \
    signor signore signora signorina sig ra dott dottor dottore dottoressa avv professoressa \
    господин господина господину господином госпожа госпожи госпоже госпожу госпожой г-н г-на г-ну г-ном г-жа г-жи г-же г-жу гражданин гражданка товарищ";
const GREETINGS: &str = "hi hello hey dear hallo lieber liebe moin servus salut bonjour bonsoir cher chère coucou hola estimado estimada querido querida \
    ciao caro cara gentile egregio buongiorno привет здравствуйте здравствуй уважаемый уважаемая дорогой дорогая";
const CLOSINGS: &str = "regards cheers sincerely yours wishes grüße grüßen gruß gruss grüsse grüssen lg mfg cordialement amicalement sentiments salutations \
    best saludos saludo atentamente abrazo cordialmente saluti уважением пожеланиями";
const THANKS: &str = "thanks thank thx danke dank merci gracias grazie спасибо благодарю cc";
const LABELS: &str = "from to cc bcc by author reporter assignee owner customer client contact user name requester approver reviewer signed person caller employee patient \
    von an kunde kundin ansprechpartner ansprechpartnerin bearbeiter bearbeiterin autor autorin melder zuständig mitarbeiter mitarbeiterin benutzer \
    de à client cliente auteur demandeur responsable contacto contact para cliente autor responsable da mittente destinatario cliente contatto autore assegnatario \
    от кому клиент заказчик автор исполнитель ответственный ответственная контакт контактное";
const ASSIGNED: &str = "assigned reassigned reported zugewiesen zugeordnet assigné assignée attribué asignado asignada assegnato assegnata назначено назначена назначен";
const PREPOSITIONS: &str = "to by an à a von по на";
const WROTE: &str = "wrote writes schrieb schreibt geschrieben écrit escribió scritto scrive написал написала пишет";
