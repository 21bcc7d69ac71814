use super::*;
use crate::random::Xorshift;
use crate::search::words::{Weigher, weigh};

/// The terms of a query, marked.
fn check(text: &str, expected: &str) {
    let query = parse(text).unwrap();
    let own =
        query.terms.iter().filter(|t| !t.fuzzy && t.weight >= 0.5 && (t.weight > 0.8 || t.prefix || t.weight == 0.6));
    let shown: Vec<String> = own
        .map(|t| format!("{}{}{}", if t.required { "+" } else { "" }, t.text, if t.prefix { "*" } else { "" }))
        .collect();
    assert_eq!(shown.join(" "), expected, "{text}");
}

fn refused(text: &str, field: &'static str, reason: &'static str) {
    assert_eq!(parse(text), Err(BadQuery { field, reason }), "{text}");
}

#[test]
fn reads_words_signs_and_stars() {
    check("lost leases ", "lost leas");
    check("lost leases", "lost leas leases*");
    check("repl* lost ", "repl repl* lost");
    check("+lost lease ", "+lost leas");
    check("the lost lease of it ", "lost leas");
    check("to be ", "to be");
    check("lost* ! ", "lost lost*");
    check("DFSClient ", "dfsclient dfs client");
    check("lost lost ", "lost");
    check("lost +lost ", "+lost");
    check("DFSClient client ", "dfsclient dfs client");
    check("client -DFSClient ", "client");
    check("\"lost lease\"", "+lost +leas");
}

#[test]
fn reads_filters() {
    let query = parse("project:ABC,def type:\"New Feature\" -author:557058:x updated:7d in:wiki lease ").unwrap();
    let filters = &query.filters;
    assert_eq!(query.plain, "lease");
    assert!(filters.admits_container("project:DEF") && filters.admits_container("wiki"));
    assert!(!filters.admits_container("space:ABC"));
    assert!(
        filters.admits_kind(Some("new feature")) && !filters.admits_kind(Some("Bug")) && !filters.admits_kind(None)
    );
    assert!(!filters.admits_author(Some("557058:x")) && filters.admits_author(None));
    assert!(filters.admits_updated(Some(100), 107) && !filters.admits_updated(Some(99), 107));
}

#[test]
fn keeps_other_words_with_colons() {
    for text in ["java.lang:foo ", "https://example.com/x ", "Type: mismatch ", "10:30:00 ", "projects:x ", "updated: "]
    {
        let query = parse(text).unwrap();
        assert!(query.filters.is_empty() && !query.terms.is_empty(), "{text}");
    }
}

#[test]
fn leaves_out_words_but_not_flags() {
    let query = parse("lease -servers -\"data node\" -p -Xmx2g -DskipTests --create - -1 ").unwrap();
    assert!(query.filters.exclude.contains(&"server".to_owned()));
    assert_eq!(query.filters.exclude_phrases, [["data", "node"]]);
    assert!(query.words.iter().any(|word| word == "DskipTests"));
    assert!(query.words.iter().any(|word| word == "create"));
}

#[test]
fn leaves_out_words_written_without_spaces_as_phrases() {
    let query = parse("lease -日本語 ").unwrap();
    assert!(query.filters.exclude.is_empty());
    assert_eq!(query.filters.exclude_phrases, [["日", "本", "語"]]);
}

#[test]
fn reads_no_syntax_in_a_text_to_be_like() {
    let query = like("project:ABC -servers \"lost lease\"");
    assert!(query.filters.is_empty() && query.phrases.is_empty());
    assert!(
        query.terms.iter().any(|term| term.text == "server")
            && query.terms.iter().all(|term| !term.required && !term.prefix)
    );
    assert!(like(&"lost lease ".repeat(100_000)).words.len() <= MOST_WORDS);
}

#[test]
fn refuses_filters_that_say_nothing() {
    refused("updated:soon", "updated", "not-a-date");
    refused("updated:2026-02-01..2026-01-01", "updated", "not-a-range");
    refused("-updated:7d", "updated", "not-excludable");
    refused("project:\"\"", "project", "empty");
    refused("type:,", "type", "empty");
    refused(&format!("project:{}", ["A"; 60].join(",")), "project", "too-many");
    refused(&"a".repeat(1 << 20), "query", "too-long");
}

#[test]
fn keeps_the_most_telling_words_of_a_long_query() {
    let text = format!(
        "+must HDFS-1234 {} ",
        (0..100).map(|n| format!("w{}", "x".repeat(n % 9))).collect::<Vec<_>>().join(" ")
    );
    let query = parse(&text).unwrap();
    assert!(query.words.len() <= MOST_WORDS);
    assert!(query.words.iter().any(|w| w == "must") && query.words.iter().any(|w| w == "HDFS-1234"));
}

#[test]
fn counts_stand_ins_less() {
    let query = parse("replication").unwrap();
    let counts = |candidate: &str| query.terms.iter().filter_map(|t| t.counts(candidate)).fold(0.0, f32::max);
    assert_eq!(counts("replic"), 1.0);
    assert!(counts("replicationmonitor") > 0.0 && counts("replicationmonitor") < 0.8);
    assert_eq!(counts("other"), 0.0);
    let query = parse("replicati").unwrap();
    assert!(query.terms.iter().any(|t| t.counts("replic").is_some()));
}

#[test]
fn bounds_what_is_looked_up() {
    for text in ["日本語".repeat(1_800), "aB".repeat(8_000), "aBcD.eFgH-".repeat(1_600), "+a1 ".repeat(4_000)] {
        let query = parse(&text).unwrap();
        assert!(query.terms.iter().all(|term| term.group < 96) && query.terms.len() < 2_000);
    }
}

/// Text in the six languages, scripts without spaces, names and noise.
const WORDS: &[&str] = &[
    "replication",
    "servers",
    "the",
    "Häuser",
    "der",
    "und",
    "configuración",
    "los",
    "utilisées",
    "les",
    "impostazioni",
    "della",
    "настройки",
    "и",
    "日本語の文書",
    "DFSClient",
    "HDFS-1234",
    "org.apache.Foo",
    "snake_case_name",
    "3.5.8",
    "C++",
    "l'index",
    "don't",
    "e\u{301}tude",
    "ＦＵＬＬ",
    "naïve",
    "Größe",
    "ß",
    "\u{202e}rtl\u{202c}",
    "שלום",
    "สวัสดี",
    "한국어",
    "ORA-00942",
    "HTTP/1.1",
    "x",
    "-",
    "\"",
    "+",
    "*",
    "project:A",
    "updated:7d",
    "-not",
    "(",
    ")",
    "🎉",
    "\u{301}",
    "İstanbul",
];

struct Random(Xorshift);

impl Random {
    fn new(seed: u64) -> Self {
        Self(Xorshift::seeded(seed))
    }

    fn below(&mut self, most: usize) -> usize {
        self.0.below(most)
    }

    fn text(&mut self) -> String {
        let count = self.below(12);
        (0..count)
            .map(|_| WORDS[self.below(WORDS.len())])
            .zip([" ", " ", ""].into_iter().cycle())
            .fold(String::new(), |text, (word, space)| text + word + space)
    }
}

#[test]
fn reads_again_what_it_prints() {
    for seed in 1..1_000 {
        let text = Random::new(seed).text();
        let typed = syntax::read(&text).unwrap();
        assert_eq!(syntax::read(&typed.to_string()).unwrap(), typed, "seed {seed}: {text}");
    }
}

#[test]
fn finds_every_word_in_a_text_that_has_it() {
    let mut weigher = Weigher::new();
    for seed in 1..500 {
        let text = Random::new(seed).text() + " ";
        let Ok(query) = parse(&text) else { continue };
        // the filters and what is left out are no words of the text
        let weighed = weigher.weigh("", &[], &query.plain, None);
        for at in 0..query.words.len() {
            let found = query
                .terms
                .iter()
                .filter(|t| t.word == at)
                .any(|t| weighed.terms.iter().any(|(name, _)| t.counts(name).is_some()));
            // a word typed twice has its terms at the first; a stop word of the text's language is not indexed
            let first = query.terms.iter().any(|t| t.word == at);
            let is_stop = |text: &str| weigh("", &[], &format!("{text} zzz"), None).terms.len() < 2;
            let only_stop = is_stop(&query.plain) || is_stop(&query.words[at]);
            assert!(found || !first || only_stop, "seed {seed}: {} of {text}", query.words[at]);
        }
    }
}

#[test]
fn finds_words_in_the_six_languages_whatever_the_query_is_in() {
    for (text, word) in [
        ("The servers were replicating all of the blocks", "replicated"),
        ("Die Häuser sind nicht mehr da und wir suchen die Einstellungen", "einstellung"),
        ("Les configurations utilisées ne sont pas dans la page", "configuration"),
        ("Las configuraciones de los servidores no están en la página", "configuración"),
        ("Le impostazioni della rete non sono nella pagina", "impostazione"),
        ("Все настройки сервера не были сохранены", "настройка"),
    ] {
        let weighed = weigh("", &[], text, None);
        let query = parse(&format!("{word} ")).unwrap();
        assert!(query.terms.iter().any(|t| weighed.terms.iter().any(|(name, _)| t.counts(name).is_some())), "{word}");
    }
}

#[test]
fn never_panics_on_noise() {
    let signs: Vec<char> = "\"-+:*,.'’“<>=§ \t\u{0}\u{301}\u{200d}é日🎉a1_/".chars().collect();
    for seed in 1..1_500 {
        let mut random = Random::new(seed);
        let count = random.below(40);
        let text: String = (0..count).map(|_| signs[random.below(signs.len())]).collect();
        let fields = ["", "updated:", "project:", "-in:"];
        let text = format!("{}{text}", fields[random.below(fields.len())]);
        if let Ok(query) = parse(&text) {
            assert!(query.words.len() <= MOST_WORDS, "seed {seed}");
        }
    }
}
