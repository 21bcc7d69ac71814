//! Endings that names take in a sentence: Russian cases, and the s of a German or English genitive.
//! It knows no grammar beyond the endings.
//!
//! Source: the declension of names in Russian (Rosenthal, *Справочник по правописанию и литературной правке*, §§ 148-150).

/// A Russian name in its other cases: genitive, dative, accusative, instrumental, prepositional. Empty for other scripts.
pub(in crate::privacy) fn cases(name: &str) -> Vec<String> {
    let Some(last) = name.chars().next_back().filter(|last| matches!(last, 'а'..='я' | 'ё')) else {
        return Vec::new();
    };
    let endings: (usize, [&str; 5]) = ADJECTIVES
        .iter()
        .find(|(ending, ..)| name.ends_with(ending))
        .map_or_else(|| of_noun(name, last), |(_, cut, endings)| (*cut, *endings));
    let (cut, endings) = endings;
    let stem: String = name.chars().take(name.chars().count().saturating_sub(cut)).collect();
    endings.iter().filter(|ending| **ending != "-").map(|ending| format!("{stem}{ending}")).collect()
}

fn of_noun(name: &str, last: char) -> (usize, [&'static str; 5]) {
    let soft = ["ка", "га", "ха", "ша", "жа", "ча", "ща"].iter().any(|ending| name.ends_with(ending));
    match last {
        'а' if soft => (1, ["и", "е", "у", "ой", "ей"]),
        'а' => (1, ["ы", "е", "у", "ой", "ою"]),
        'я' => (1, ["и", "е", "ю", "ей", "-"]),
        'й' => (1, ["я", "ю", "ем", "е", "и"]),
        'ь' => (1, ["я", "ю", "ем", "е", "и"]),
        'о' | 'е' | 'и' | 'у' | 'ю' | 'э' | 'ы' => (0, ["-"; 5]),
        _ => (0, ["а", "у", "ом", "е", "ем"]),
    }
}

/// Surnames that go like adjectives, with how many letters go.
const ADJECTIVES: &[(&str, usize, [&str; 5])] = &[
    ("ский", 2, ["ого", "ому", "им", "ом", "-"]),
    ("цкий", 2, ["ого", "ому", "им", "ом", "-"]),
    ("ская", 2, ["ой", "ую", "ою", "-", "-"]),
    ("цкая", 2, ["ой", "ую", "ою", "-", "-"]),
    ("ый", 2, ["ого", "ому", "ым", "ом", "-"]),
    ("ова", 1, ["ой", "у", "-", "-", "-"]),
    ("ева", 1, ["ой", "у", "-", "-", "-"]),
    ("ина", 1, ["ой", "у", "ы", "е", "-"]),
    ("ов", 0, ["а", "у", "ым", "е", "-"]),
    ("ев", 0, ["а", "у", "ым", "е", "-"]),
    ("ин", 0, ["а", "у", "ым", "ом", "е"]),
];

/// A folded word without the endings above, so that forms of one name are one.
pub(super) fn stem(word: &str) -> String {
    let letters = word.chars().count();
    if word.chars().any(|c| matches!(c, 'а'..='я' | 'ё')) {
        let word = word.strip_suffix("ией").map_or_else(|| word.to_owned(), |stem| format!("{stem}ия"));
        let ending = RUSSIAN.iter().find(|ending| word.ends_with(**ending) && letters >= ending.chars().count() + 3);
        return ending.and_then(|ending| word.strip_suffix(ending)).unwrap_or(&word).to_owned();
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    match word.strip_suffix('s') {
        Some(shorter) if letters > 4 => shorter.trim_end_matches('\'').to_owned(),
        _ => word.trim_end_matches('\'').to_owned(),
    }
}

/// Longest first.
const RUSSIAN: &[&str] = &[
    "ского",
    "скому",
    "ским",
    "ском",
    "ский",
    "ская",
    "скую",
    "ской",
    "ого",
    "ому",
    "ой",
    "ый",
    "ий",
    "ым",
    "ом",
    "ем",
    "ою",
    "ую",
    "ая",
    "а",
    "у",
    "е",
    "ы",
    "и",
    "я",
    "ю",
    "й",
    "ь",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declines_russian_names() {
        assert_eq!(cases("Петров"), ["Петрова", "Петрову", "Петровым", "Петрове"]);
        assert!(cases("Анна").contains(&String::from("Анной")));
        assert!(cases("Достоевский").contains(&String::from("Достоевского")));
        assert!(cases("Schmidt").is_empty() && cases("Шевченко").is_empty());
    }

    #[test]
    fn forms_of_one_name_have_one_stem() {
        for name in ["Петров", "Анна", "Достоевский", "Сергей", "Мария", "Игорь"] {
            let name = name.to_lowercase();
            for form in cases(&name) {
                assert_eq!(stem(&form), stem(&name), "{form}");
            }
        }
        assert_eq!(stem("schmidts"), stem("schmidt"));
    }
}
