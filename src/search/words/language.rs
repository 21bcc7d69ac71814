//! The six languages the index knows: their stop words, their stems, and a guess which one a text is in.
//! It knows no other: words of those are kept as they are.

use super::fold::fold;
use foldhash::{HashMap, HashMapExt};
use frostem::{Algorithm, Stemmer};

/// A language with stop words and stems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
    /// What a text is in when nothing says otherwise.
    English,
    German,
    French,
    Spanish,
    Italian,
    /// Every word in Cyrillic, whatever the text around it.
    Russian,
}

impl Language {
    /// Those in Latin letters, the most likely first.
    pub(crate) const LATIN: [Self; 5] = [Self::English, Self::German, Self::French, Self::Spanish, Self::Italian];

    fn algorithm(self) -> Algorithm {
        match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
            Self::Italian => Algorithm::Italian,
            Self::Russian => Algorithm::Russian,
        }
    }

    fn stop_words(self) -> &'static str {
        match self {
            Self::English => ENGLISH,
            Self::German => GERMAN,
            Self::French => FRENCH,
            Self::Spanish => SPANISH,
            Self::Italian => ITALIAN,
            Self::Russian => RUSSIAN,
        }
    }

    /// This language's bit in a mask of languages.
    pub(crate) fn bit(self) -> u8 {
        match self {
            Self::English => 1,
            Self::German => 2,
            Self::French => 4,
            Self::Spanish => 8,
            Self::Italian => 16,
            Self::Russian => 32,
        }
    }
}

/// The stop words of every language.
#[derive(Debug, Clone)]
pub(crate) struct StopWords(HashMap<&'static str, u8>);

impl StopWords {
    /// Reads the lists.
    pub(crate) fn new() -> Self {
        let mut masks = HashMap::with_capacity(1_024);
        for language in Language::LATIN.into_iter().chain([Language::Russian]) {
            for word in language.stop_words().split(' ') {
                *masks.entry(word).or_default() |= language.bit();
            }
        }
        Self(masks)
    }

    /// The languages a folded word is a stop word of, as a mask of their bits.
    pub(crate) fn mask(&self, word: &str) -> u8 {
        self.0.get(word).copied().unwrap_or_default()
    }
}

/// How often each Latin language's stop words stand in a text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Guess {
    counts: [u32; 5],
}

impl Guess {
    /// Counts a word by its mask of [`StopWords`].
    pub(crate) fn see(&mut self, mask: u8) {
        if mask == 0 {
            return;
        }
        for (count, language) in self.counts.iter_mut().zip(Language::LATIN) {
            *count += u32::from(mask & language.bit() != 0);
        }
    }

    /// The language, when one has clearly more stop words than English; English otherwise.
    pub(crate) fn language(self) -> Language {
        let [english, ..] = self.counts;
        let most = self.counts.iter().copied().max().unwrap_or_default();
        let best = self.counts.iter().position(|count| *count == most).unwrap_or_default();
        let clear = most >= 2 && most > english + english / 2;
        Language::LATIN.get(best).copied().filter(|_| clear).unwrap_or(Language::English)
    }
}

/// The stem of a lower-case word in a language, folded. Short words, names with digits and other scripts keep their form.
pub(crate) fn stem(lower: &str, language: Language, out: &mut String) {
    let mut letters = lower.chars();
    let cyrillic = lower.chars().all(|c| matches!(c, 'а'..='ё'));
    let latin = letters.all(|c| c.is_ascii_lowercase() || matches!(c, 'à'..='ÿ' | 'œ'));
    let language = if cyrillic { Language::Russian } else { language };
    if lower.len() < SHORTEST || !(cyrillic || latin && language != Language::Russian) {
        return fold(lower, out);
    }
    if language == Language::English {
        if lower.is_ascii() {
            return out.push_str(&Stemmer::new(Algorithm::English).stem(lower));
        }
        let mut plain = String::with_capacity(lower.len());
        fold(lower, &mut plain);
        return out.push_str(&Stemmer::new(Algorithm::English).stem(&plain));
    }
    fold(&Stemmer::new(language.algorithm()).stem(lower), out);
}

/// Shortest word that has a stem, in bytes.
const SHORTEST: usize = 4;

// Articles, prepositions, pronouns, conjunctions and auxiliaries, folded; and what an apostrophe leaves of them.
const ENGLISH: &str = "a an and any are as at be been being but by can could did do does doesn don for from had has have he her \
    here his how i if in into is isn it its just me more most my no nor not of on or our out over own she should so some such \
    than that the their them then there these they this those to too up us very was wasn we were what when where which while \
    who why will with won would you your also after before about because between both each other only same through during \
    ll ve re";
const GERMAN: &str = "aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin bis bist da \
    damit dann das dass dein dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein \
    eine einem einen einer eines er es etwas euch fur gegen haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre \
    ihrem ihren ihrer im in indem ins ist jede jedem jeden jeder jedes jetzt kann kein keine keinem keinen keiner konnen \
    man mehr mein meine mich mir mit muss mussen nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen \
    seiner sich sie sind so solche soll sollte sondern sonst uber um und uns unser unter viel vom von vor wahrend war waren \
    was weil welche welcher wenn wer werde werden wie wieder will wir wird wo wurde wurden zu zum zur zwar zwischen";
const FRENCH: &str = "a ai au aucun aussi autre aux avec avoir c car ce cela ces cet cette ceux chez comme dans de des deux donc \
    dont du elle elles en encore entre est et etait etaient ete etre eu eux fait ici il ils j je l la le les leur leurs lors \
    lorsque lui m mais me meme mes moi mon n ne ni nos notre nous on ont ou par pas pendant peu peut peuvent plus pour \
    pourquoi quand que quel quelle quelles quels qui s sa sans se sera ses si son sont sous sur ta te tes toi ton tous tout \
    toute toutes tres tu un une vers vos votre vous y aujourd qu";
const SPANISH: &str = "a al algo alguna algunas alguno algunos ante antes como con contra cual cuando de del desde donde dos el \
    ella ellas ellos en entre era eran eres es esa esas ese eso esos esta estaba estado estamos estan estar estas este esto \
    estos fue fueron ha hace han hasta hay la las le les lo los mas me mi mientras mis mucho muchos muy nada ni no nos nosotros \
    nuestra nuestro o otra otras otro otros para pero poco por porque pues que quien quienes se sea ser si sido sin sobre son \
    su sus tambien tanto te tiene tienen toda todas todo todos tu un una unas uno unos y ya yo";
const ITALIAN: &str = "a abbiamo ad agli ai al alla alle allo anche ancora avere aveva c che chi ci come con contro cosa cosi da \
    dagli dai dal dalla dalle dallo degli dei del dell della delle dello di dopo dove due e ed era erano essere fa fra gia gli \
    ha hai hanno ho i il in io la le lei li lo loro lui ma me mentre mi mia mio molto ne negli nei nel nella nelle nello no \
    noi non nostra nostro o ogni per perche piu poi prima puo qual quale quando quanto quella quelle quelli quello questa \
    queste questi questo qui se sei senza si sia siamo sono stata stati stato su sua sue sugli sui sul sulla sulle sullo suo \
    suoi tra tu tutta tutte tutti tutto un una uno vi voi";
const RUSSIAN: &str = "а без более был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если \
    есть еще же за и из или им их к как когда который которые которая кто ли либо мне может мы на над надо нас не него нее нет \
    ни них но ну о об он она они оно от по под после при про с со так также там то того тоже той только том ты у уже чего чем \
    что чтобы эта эти это этого этой этом этот я";

#[cfg(test)]
mod tests {
    use super::*;

    fn stem_of(word: &str, language: Language) -> String {
        let mut out = String::new();
        stem(word, language, &mut out);
        out
    }

    #[test]
    fn joins_the_forms_of_a_word() {
        for (language, words) in [
            (Language::English, ["replication", "replicated"]),
            (Language::German, ["häuser", "hauses"]),
            (Language::French, ["utilisé", "utilisée"]),
            (Language::Spanish, ["configuración", "configuraciones"]),
            (Language::Italian, ["configurazione", "configurazioni"]),
            (Language::Russian, ["настройка", "настройки"]),
        ] {
            let [one, other] = words;
            assert_eq!(stem_of(one, language), stem_of(other, language), "{one} {other}");
        }
    }

    #[test]
    fn guesses_the_language() {
        for (text, expected) in [
            ("der server ist nicht mehr erreichbar und wir warten auf die antwort", Language::German),
            ("le serveur ne repond pas et nous sommes dans une impasse", Language::French),
            ("el servidor no responde y los usuarios se quejan de la lentitud", Language::Spanish),
            ("il server non risponde e gli utenti sono in attesa della risposta", Language::Italian),
            ("the server does not answer and the users are waiting", Language::English),
            ("nullpointerexception dfsclient", Language::English),
        ] {
            let (mut guess, stops) = (Guess::default(), StopWords::new());
            text.split(' ').for_each(|w| guess.see(stops.mask(w)));
            assert_eq!(guess.language(), expected, "{text}");
        }
    }

    #[test]
    fn lists_stop_words_as_they_are_looked_up() {
        for language in Language::LATIN.into_iter().chain([Language::Russian]) {
            for word in language.stop_words().split(' ') {
                let mut folded = String::new();
                fold(word, &mut folded);
                assert_eq!(word, folded);
            }
        }
    }
}
