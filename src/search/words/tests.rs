use super::*;

fn terms(text: &str) -> Vec<String> {
    let mut terms: Vec<_> = weigh("", &[], text, None).terms.into_iter().map(|(term, _)| term).collect();
    terms.sort();
    terms
}

fn frequency(weighed: &Weighed, term: &str) -> f32 {
    weighed.terms.iter().find(|(name, _)| name == term).map_or(0.0, |(_, frequency)| *frequency)
}

#[test]
fn indexes_names_whole_and_in_parts() {
    assert_eq!(terms("The DFSClients hang"), ["client", "dfs", "dfsclient", "hang"]);
    assert_eq!(terms("HDFS-1234"), ["1234", "hdfs", "hdfs1234"]);
    assert_eq!(terms("client-side"), ["client", "clientsid", "side"]);
    assert_eq!(terms("3.5.8"), ["3.5", "3.5.8"]);
    assert_eq!(terms("日本語"), ["日本", "本語"]);
}

#[test]
fn leaves_out_stop_words_unless_there_is_nothing_else() {
    assert_eq!(terms("this is the end"), ["end"]);
    assert_eq!(terms("to be or not to be"), ["be", "not", "or", "to"]);
}

#[test]
fn counts_title_heading_and_key_in_every_piece() {
    let weighed = weigh("Lost lease", &["Recovery".to_owned()], "The server starts", Some("HDFS-7"));
    assert!(frequency(&weighed, "leas") > frequency(&weighed, "server"));
    assert!(frequency(&weighed, "recoveri") > 1.0);
    assert!(frequency(&weighed, "hdfs7") > 1.0);
}

#[test]
fn counts_what_a_machine_printed_less() {
    let filler = "word ".repeat(200);
    let weighed = weigh(
        "",
        &[],
        &format!("{filler}\nleases\n\tat org.example.Frame.call(Frame.java:12)\n2026-01-01 10:00:00 logged"),
        None,
    );
    assert!(frequency(&weighed, "leas") > frequency(&weighed, "log"));
    assert!(frequency(&weighed, "log") > 0.0);
}

#[test]
fn weighs_the_same_whatever_was_seen_before() {
    let mut weigher = Weigher::new();
    let texts = ["The replica was lost", "Die Replikation ist nicht mehr da und wir warten", "the replica"];
    for text in texts.iter().chain(&texts) {
        assert_eq!(weigher.weigh("Title", &[], text, None), weigh("Title", &[], text, None));
    }
}

#[test]
fn finds_phrases_across_signs_and_case() {
    let phrase = words("data node");
    assert!(holds("the Data-Node fails", &phrase));
    assert!(holds("the data\nnode", &phrase));
    assert!(!holds("node data", &phrase));
    assert!(!holds("data the node", &phrase));
    assert!(holds("anything", &[]));
    assert!(holds("新しい日本語の文書", &words("日本語")));
    assert!(!holds("日本の語学", &words("日本語")));
}

#[test]
fn stays_bounded_on_hostile_text() {
    for text in [
        "a".repeat(1 << 20),
        "aB".repeat(1 << 19),
        "a.".repeat(1 << 19),
        "\u{301}".repeat(1 << 19),
        "e\u{301}\u{302}".repeat(1 << 17),
        "日本".repeat(1 << 17),
        "שלום مرحبا ".repeat(1 << 15),
        "a_".repeat(1 << 19),
        "\u{202e}abc\u{202c}".repeat(1 << 16),
    ] {
        let weighed = weigh(&text, &[], &text, None);
        assert!(weighed.terms.iter().all(|(term, frequency)| term.len() <= 2 * parts::MOST_BYTES && *frequency > 0.0));
        assert!(weighed.length.is_finite());
    }
}
