//! The forms a name may take, in six languages. Names are made up.

use super::*;

fn check(name: &str, email: Option<&str>, expected: &[&str], unexpected: &[&str]) {
    let forms = Identity::forms_of(name, email);
    for form in expected {
        assert!(forms.iter().any(|one| one == form), "{form} of {forms:?}");
    }
    for form in unexpected {
        assert!(!forms.iter().any(|one| one == form), "{form} of {forms:?}");
    }
}

#[test]
fn derives_the_forms_of_a_name() {
    check(
        "Dr. Anna Schmidt (ACME)",
        None,
        &["Anna Schmidt", "Schmidt, Anna", "A. Schmidt", "Anna", "Schmidt"],
        &["Dr.", "ACME", "A."],
    );
    check("Schmidt, Anna", None, &["Anna Schmidt", "Schmidt, Anna", "Anna", "Schmidt"], &[]);
    check("Ludwig van Beethoven", None, &["van Beethoven", "Beethoven", "L. van Beethoven"], &["van"]);
    check("Jürgen Groß", None, &["Juergen Groß"], &[]);
    check("山田 太郎", None, &["山田太郎", "山田", "太郎"], &[]);
    check("Madonna", None, &["Madonna"], &[]);
}

#[test]
fn derives_the_forms_of_an_address() {
    check("Anna Schmidt", Some("anna.schmidt+x@example.com"), &["anna.schmidt"], &[]);
    check("Anna Schmidt", Some("anna@example.com"), &["@anna", "~anna"], &["anna"]);
    check("Anna Schmidt", Some("aschmidt@example.com"), &["aschmidt"], &[]);
    check("Anna Schmidt", Some("info@example.com"), &[], &["info", "@info"]);
}

/// Made names of syllables, in the ways six languages write them: none may stay open.
#[test]
fn every_way_to_write_a_named_person_is_found() {
    let mut random = crate::random::Xorshift::seeded(7);
    let mut pick = |from: &[&'static str]| -> &'static str { from[random.below(from.len())] };
    for _ in 0..40 {
        let first = format!(
            "{}{}",
            pick(&["Tor", "Ul", "Béné", "Xi", "Gae", "Zo", "Jür"]),
            pick(&["ven", "rike", "dicte", "mena", "tano", "gen"])
        );
        let last = format!(
            "{}{}",
            pick(&["Wen", "Bran", "Le", "Bar", "Gal", "Mül", "O'Kee"]),
            pick(&["zel", "dauer", "fort", "roso", "letti", "ler"])
        );
        let email = format!("{}.{}@example.com", first.to_lowercase(), last.to_lowercase());
        let mut masker = crate::privacy::Masker::new(
            &[Identity::named(&format!("{first} {last}"), Some(&email))],
            crate::privacy::KindSet::ALL,
        );
        let (f, l) = (first.chars().next().unwrap(), last.chars().next().unwrap());
        for written in [
            format!("{first} {last}"),
            format!("{last}, {first}"),
            format!("{last} {first}"),
            format!("{f}. {last}"),
            format!("{f} {last}"),
            format!("{f}.{last}"),
            format!("{last}, {f}."),
            format!("{last} {f}."),
            format!("{first} {l}."),
            first.clone(),
            last.clone(),
            first.to_uppercase(),
            format!("{first} {last}").to_lowercase(),
            format!("{first}.{last}").to_lowercase(),
            format!("{first}_{last}").to_lowercase(),
            Folded::of(&format!("{first} {last}")).text.to_uppercase(),
        ] {
            for (before, after) in [
                ("ask ", " now"),
                ("", "'s desk"),
                ("d'", ", s'il vous plaît"),
                ("(", ")"),
                ("„", "“"),
                ("@", ":"),
                ("*", "*"),
                ("\n", "\n"),
                ("bei ", "s Rechner"),
            ] {
                if after.starts_with('s')
                    && (written.ends_with('.')
                        || !written.chars().any(char::is_lowercase)
                        || written.contains([' ', '_'])
                        || !written.chars().next().is_some_and(char::is_uppercase))
                {
                    continue;
                }
                let masked = masker.mask(&format!("{before}{written}{after}"));
                assert!(
                    masked.as_ref().starts_with(&format!("{before}[PERSON_1")),
                    "{before}{written}{after} became {}",
                    masked.as_ref()
                );
            }
        }
    }
}

#[test]
fn russian_cases_are_the_same_person() {
    for (name, texts) in [
        ("Иван Петров", ["Ивана Петрова", "Петрову", "Иваном Петровым", "Иване", "И. Петровым"]),
        ("Орлова Мария Сергеевна", ["Марии Орловой", "Марию Орлову", "Мария Сергеевна", "Орловой", "М.С. Орлова"]),
    ] {
        let mut masker = crate::privacy::Masker::new(&[Identity::named(name, None)], crate::privacy::KindSet::ALL);
        for text in texts {
            let masked = masker.mask(&format!("для {text} и"));
            assert!(
                masked.as_ref().starts_with("для [PERSON_1") && masked.as_ref().ends_with("] и"),
                "{text}: {}",
                masked.as_ref()
            );
        }
    }
}

#[test]
fn no_person_has_no_forms() {
    for name in ["", "System", "Automation for Jira", "   ", "(x)"] {
        assert!(Identity::forms_of(name, None).is_empty(), "{name}");
    }
}
