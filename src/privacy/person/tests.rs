//! Persons whom nobody named to us: by cue, by tagger, by mention. Names are made up.

use super::*;
use crate::privacy::{KindSet, Masker};

fn check(text: &str, expected: &[&str]) {
    let found = Masker::new(&[], KindSet::NONE.with(Kind::Person)).findings(text);
    let found: Vec<&str> = found.iter().map(|finding| text.get(finding.start..finding.end).unwrap()).collect();
    assert_eq!(found, expected, "{text}");
}

fn masked(names: &[&str], text: &str) -> String {
    let identities: Vec<Identity> = names.iter().map(|name| Identity::named(name, None)).collect();
    Masker::new(&identities, KindSet::NONE.with(Kind::Person)).mask(text).as_ref().clone()
}

#[test]
fn finds_persons_by_title() {
    check("Ask Mr. Wenzel about it", &["Wenzel"]);
    check("Herr Dr. Wenzel und Frau Brandauer kommen", &["Wenzel", "Brandauer"]);
    check("Mme Lefort et M. Girardin", &["Lefort", "Girardin"]);
    check("la señora Quintana y el Sr. Barroso", &["Quintana", "Barroso"]);
    check("la Sig.ra Bonfanti e il signor Galletti", &["Bonfanti", "Galletti"]);
    check("г-н Кузьмин и госпожа Орлова", &["Кузьмин", "Орлова"]);
}

#[test]
fn finds_persons_before_a_line_break_of_markdown() {
    check("Reported by Torsten Wenzel\\\nand again", &["Torsten Wenzel"]);
    check("assigned to Torsten Wenzel\\", &["Torsten Wenzel"]);
    check("in Users\\Torsten Wenzel\\Documents", &[]);
    check("Regards,\\\nTorsten\\\nTeam", &["Torsten"]);
}

#[test]
fn finds_persons_by_line() {
    check("Works now.\nRegards,\nTorsten", &["Torsten"]);
    check("Viele Grüße\nUlrike Brandauer", &["Ulrike Brandauer"]);
    check("Cordialement,\nSolène", &["Solène"]);
    check("Saludos,\nXimena", &["Ximena"]);
    check("С уважением,\nГеннадий", &["Геннадий"]);
    check("From: Torsten Wenzel\nTo: Wenzel, Ulrike", &["Torsten Wenzel", "Wenzel", "Ulrike"]);
    check("Kunde: Ulrike Brandauer", &["Ulrike Brandauer"]);
    check("Customer: Torsten Wenzel", &["Torsten Wenzel"]);
    check("@Torsten Wenzel please look", &["Torsten Wenzel"]);
    check("assigned to Torsten Wenzel", &["Torsten Wenzel"]);
    check("Torsten wrote: it is broken", &["Torsten"]);
    check("thanks, Torsten", &["Torsten"]);
    check("Hi Torsten, could you check?", &["Torsten"]);
}

#[test]
fn finds_persons_in_sentences() {
    check("The report was written by Torsten Wenzel in 2019.", &["Torsten Wenzel"]);
    check("Gestern hat Ulrike Brandauer angerufen.", &["Ulrike Brandauer"]);
    check("Ce roman de Solène Girardin est paru en 2001.", &["Solène Girardin"]);
    check("La película fue dirigida por Ximena Barroso.", &["Ximena Barroso"]);
}

#[test]
fn leaves_products_and_ordinary_words() {
    for text in [
        "Apache Hadoop and the Name Node do not start.",
        "Will it be done in May? Mark it as fixed.",
        "Mark as Read does nothing. Bill is not created.",
        "See Red Hat Enterprise Linux and Visual Studio Code",
        "Monday, March 3; Steps to Reproduce: Open Jenkins",
        "Create Issue, Select All, Open File, Add User",
        "Dear Team, dear Customer, Hi All,",
        "From: Name Node\nTo: Data Node",
        "NullPointerException in RegionServer",
        "Version 2.3 of Spring Boot",
    ] {
        check(text, &[]);
    }
}

#[test]
fn leaves_code_paths_and_stack_frames() {
    for text in [
        "at com.Torsten.Wenzel.run(Wenzel.java:12)",
        "/home/Torsten/Wenzel/x",
        "{code}\nFrom: Torsten Wenzel\n{code}",
        "```\nTorsten Wenzel\n```",
        "{noformat}Herr Wenzel{noformat}",
        "Torsten.Wenzel() TorstenWenzel torsten_Wenzel Torsten=1",
        "{{Torsten Wenzel}}",
    ] {
        check(text, &[]);
    }
}

#[test]
fn later_mentions_are_the_same_person() {
    assert_eq!(
        masked(&[], "Wenzel is out. Please ask Mr. Torsten Wenzel; Wenzel knows."),
        "[PERSON_1] is out. Please ask Mr. [PERSON_1.b]; [PERSON_1] knows."
    );
    assert_eq!(
        masked(&[], "Dear Torsten Wenzel, dear Ulrike Wenzel, which Wenzel?"),
        "Dear [PERSON_1], dear [PERSON_2], which [PERSON_3]?"
    );
}

#[test]
fn a_host_and_a_stranger_of_one_surname_stay_apart() {
    assert_eq!(
        masked(&["Anna Schmidt"], "Anna Schmidt met Mr. Torsten Schmidt. Schmidt left."),
        "[PERSON_1] met Mr. [PERSON_2]. [PERSON_3] left."
    );
}

#[test]
fn a_product_name_is_no_guess() {
    let found = |allowed: &[&str], text: &str| {
        let allowed: Vec<String> = allowed.iter().map(|name| (*name).to_owned()).collect();
        Persons::of(&[], Allowed::of(&allowed)).find(&Text::new(text)).len()
    };
    let text = "Dear Torsten Wenzel, Wenzel";
    assert_eq!(found(&[], text), 2);
    assert_eq!(found(&["Torsten Wenzel"], text), 0);
    assert_eq!(found(&["torsten wenzel "], text), 0);
    assert_eq!(found(&["Wenzelberg"], text), 2);
}
