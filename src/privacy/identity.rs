//! Persons the host names in its own fields (reporter, assignee, mentions, authors), and the forms a text may use for them.
//! It does not search; [`super::detector`] does.

use super::fold::Folded;
use super::person::cases;

/// One person: whatever form a text uses, the token carries one number.
#[derive(Clone, Default)]
pub struct Identity {
    /// The host's account id, where known; two identities of one id are one person.
    pub id: Option<String>,
    /// The forms to look for, most telling first. See [`Identity::forms_of`].
    pub forms: Vec<String>,
    /// What the person is in this request ("reporter"); goes to the model as a legend, never into the token.
    pub role: Option<String>,
}

impl Identity {
    /// An identity from a display name and, where the host tells it, an e-mail address.
    pub fn named(display_name: &str, email: Option<&str>) -> Identity {
        Identity { id: None, forms: Identity::forms_of(display_name, email), role: None }
    }

    /// The forms a text may use for a person: display name, "Last, First", first name, surname, initials with surname, and the
    /// local part of the address. A name that is no person's ("System", "Automation for Jira") has none.
    ///
    /// ```
    /// use quillgate::privacy::Identity;
    /// let forms = Identity::forms_of("Anna Maria Schmidt", Some("aschmidt@example.com"));
    /// for form in ["Anna Maria Schmidt", "Anna Schmidt", "Schmidt, Anna", "A. Schmidt", "A. M. Schmidt", "Anna", "Schmidt", "aschmidt"] {
    ///     assert!(forms.iter().any(|one| one == form), "{form}");
    /// }
    /// ```
    pub fn forms_of(display_name: &str, email: Option<&str>) -> Vec<String> {
        let mut forms = Forms::default();
        let name = without_additions(display_name);
        if !NOBODY.contains(&Folded::of(&name).text.as_str()) {
            name_forms(&name, &mut forms);
        }
        if let Some((local, _)) = email.and_then(|address| address.trim().split_once('@')) {
            local_part_forms(local, &mut forms);
        }
        forms.0
    }
}

/// Forms in order, each once.
#[derive(Default)]
struct Forms(Vec<String>);

impl Forms {
    fn push(&mut self, form: String) {
        if form.chars().count() > 1 && !self.0.contains(&form) {
            self.0.push(form);
        }
    }
}

/// Without brackets ("(ACME)", "[X]"), titles and endings.
fn without_additions(display_name: &str) -> String {
    let mut depth = 0u32;
    let kept: String = display_name
        .chars()
        .filter(|c| {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect();
    let is_title = |word: &&str| !TITLES.contains(&word.trim_matches(['.', ',']).to_lowercase().as_str());
    kept.split_whitespace().filter(is_title).collect::<Vec<_>>().join(" ")
}

fn name_forms(name: &str, forms: &mut Forms) {
    let (given, family) = split(name);
    forms.push(name.to_owned());
    let (Some(first), false) = (given.first(), family.is_empty()) else { return };
    let surname = family.join(" ");
    let all_given = given.join(" ");
    for given in [all_given.as_str(), first] {
        forms.push(format!("{given} {surname}"));
        forms.push(format!("{surname}, {given}"));
        forms.push(format!("{surname} {given}"));
    }
    if name.chars().all(|c| !c.is_ascii() || c == ' ') && !name.chars().any(char::is_uppercase) {
        forms.push(name.replace(' ', ""));
    }
    initials(&given, &surname, forms);
    handles(first, family.last().copied().unwrap_or_default(), forms);
    russian(&given, &surname, forms);
    for single in given.iter().chain(&[surname.as_str()]).chain(family.last()) {
        if single.chars().count() > 2 || !single.ends_with('.') {
            forms.push((*single).to_owned());
        }
    }
    for form in forms.0.clone() {
        let spelt = spell_out(&form);
        forms.push(spelt);
    }
}

/// Given names and family name, from "First Last" or "Last, First"; particles belong to the family name.
fn split(name: &str) -> (Vec<&str>, Vec<&str>) {
    if let Some((family, given)) = name.split_once(',') {
        return (given.split_whitespace().collect(), family.split_whitespace().collect());
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    // "Petrov Ivan Ivanovich": a patronymic at the end says that the surname came first.
    if let [family, given @ ..] = words.as_slice()
        && given.len() == 2
        && given.last().is_some_and(|last| is_patronymic(last))
    {
        return (given.to_vec(), vec![family]);
    }
    let particle = words.iter().skip(1).position(|word| PARTICLES.contains(&word.to_lowercase().as_str()));
    let at = particle.map_or(words.len().saturating_sub(1), |at| at + 1);
    let (given, family) = words.split_at(at);
    (given.to_vec(), family.to_vec())
}

fn is_patronymic(word: &str) -> bool {
    ["ович", "евич", "ич", "овна", "евна", "ична", "инична"].iter().any(|ending| word.ends_with(ending))
}

/// User names made of both names.
fn handles(first: &str, last: &str, forms: &mut Forms) {
    let (first, last) = (first.to_lowercase(), last.to_lowercase());
    if first.chars().count() > 1 && last.chars().count() > 2 && !first.ends_with('.') {
        for sign in [".", "_", "-"] {
            forms.push(format!("{first}{sign}{last}"));
        }
        forms.push(format!("{last}.{first}"));
    }
}

/// The cases of a Russian name, first name and surname in the same.
fn russian(given: &[&str], surname: &str, forms: &mut Forms) {
    let Some(first) = given.first() else { return };
    let both = given.join(" ");
    if given.len() > 1 {
        forms.push(both);
    }
    let (firsts, surnames) = (cases(first), cases(surname));
    for form in firsts.iter().chain(&surnames).chain(&given.get(1).map(|second| cases(second)).unwrap_or_default()) {
        forms.push(form.clone());
    }
    // The accusative of a feminine name goes with another ending of the surname than its genitive: every pair is meant.
    for (first, surname) in firsts.iter().flat_map(|first| surnames.iter().map(move |surname| (first, surname))) {
        forms.push(format!("{first} {surname}"));
        forms.push(format!("{surname} {first}"));
    }
    for surname in &surnames {
        if let Some(letter) = first.chars().next() {
            forms.push(format!("{letter}. {surname}"));
            forms.push(format!("{surname} {letter}."));
        }
    }
}

fn initials(given: &[&str], surname: &str, forms: &mut Forms) {
    let letters: Vec<char> =
        given.iter().filter_map(|name| name.chars().next()).filter(|c| c.is_alphabetic()).collect();
    let Some(first) = letters.first() else { return };
    for initials in [format!("{first}."), first.to_string(), joined(&letters, ". ", "."), joined(&letters, ".", ".")] {
        forms.push(format!("{initials} {surname}"));
        forms.push(format!("{surname}, {initials}"));
    }
    forms.push(format!("{surname} {first}."));
    for all in [joined(&letters, ". ", "."), joined(&letters, ".", ".")] {
        forms.push(format!("{surname} {all}"));
    }
    if let (Some(name), Some(letter)) = (given.first(), surname.chars().find(|c| c.is_alphabetic())) {
        forms.push(format!("{name} {}.", letter.to_uppercase()));
    }
    forms.push(format!("{first}.{surname}"));
}

fn joined(letters: &[char], between: &str, last: &str) -> String {
    letters.iter().map(char::to_string).collect::<Vec<_>>().join(between) + last
}

/// German and Nordic letters in two, as addresses and keyboards without them write.
fn spell_out(form: &str) -> String {
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'Ä' | 'Æ' => out.push_str("Ae"),
            'Ö' | 'Ø' => out.push_str("Oe"),
            'Ü' => out.push_str("Ue"),
            'å' => out.push_str("aa"),
            _ => out.push(c),
        }
    }
    out
}

/// "anna.schmidt" and "aschmidt" are names anywhere; a local part that is an ordinary word is one only after `@` or `~`.
fn local_part_forms(local: &str, forms: &mut Forms) {
    let local = local.split('+').next().unwrap_or_default().to_lowercase();
    if ROLES.contains(&local.as_str()) || local.chars().count() < 3 {
        return;
    }
    let is_name = forms.0.iter().any(|form| form.to_lowercase() == local);
    let composed = local.contains(|c: char| !c.is_alphabetic());
    if composed || (!is_name && local.chars().count() > 5) {
        forms.push(local);
    } else {
        forms.push(format!("@{local}"));
        forms.push(format!("~{local}"));
    }
}

const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
    "herr",
    "frau",
    "mme",
    "mlle",
    "m",
    "sr",
    "sra",
    "sig",
    "jr",
    "ii",
    "iii",
    "iv",
    "phd",
    "msc",
    "bsc",
    "mba",
    "dipl",
    "ing",
    "dipl-ing",
    "sir",
    "dame",
];
const PARTICLES: &[&str] = &[
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "do", "du", "la", "le", "ter", "ten",
    "zu", "zum", "zur", "bin", "ibn", "al", "el", "af", "av",
];
/// Display names of no person, folded.
const NOBODY: &[&str] = &[
    "",
    "system",
    "admin",
    "administrator",
    "anonymous",
    "unknown",
    "unassigned",
    "former user",
    "automation",
    "automation for jira",
    "jira",
    "confluence",
    "bot",
    "root",
    "user",
    "test",
    "service desk",
    "jira service management",
    "quillgate",
];
const ROLES: &[&str] = &[
    "info",
    "admin",
    "administrator",
    "support",
    "help",
    "helpdesk",
    "service",
    "servicedesk",
    "contact",
    "office",
    "mail",
    "noreply",
    "no-reply",
    "donotreply",
    "jira",
    "confluence",
    "root",
    "test",
    "user",
    "team",
    "sales",
    "hr",
    "it",
    "security",
    "postmaster",
    "webmaster",
    "abuse",
    "hello",
    "kontakt",
];

#[cfg(test)]
mod tests {
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
        let mut seed = 7u32;
        let mut pick = |from: &[&'static str]| -> &'static str {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            from[usize::try_from(seed >> 8).unwrap() % from.len()]
        };
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
}
