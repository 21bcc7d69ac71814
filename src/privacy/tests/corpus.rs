//! A made corpus in six languages with what is personal marked, and one of credentials: what is found of each kind, in bounds.
//! Figures over real sets are in `measured`, where the sets are at hand.

use super::Random;
use crate::privacy::{Kind, KindSet, Masker};
use std::collections::BTreeMap;

/// Sentences of a language: with something personal in them, and with what only looks alike.
struct Language {
    carriers: &'static [&'static str],
    plain: &'static [&'static str],
    /// Patterns of telephone numbers, see [`filled`].
    phones: &'static [&'static str],
    /// Patterns of addresses.
    addresses: &'static [&'static str],
}

#[rustfmt::skip]
const LANGUAGES: &[Language] = &[
    Language {
        carriers: &["Please send it to {} by Friday.", "The customer left {} in the ticket", "Contact: {}\nThanks"],
        plain: &["Fixed in 2.13.0, see HALL-4312 of 2025-03-04.", "Order 30123456 of 04/03/2025 took 1500 ms at 10:11:12.", "It is not 4111 1111 1111 1112, says the log of 12.5 s."],
        phones: &["(%12) %55-####", "%12-%55-####", "020 7946 ####", "+1 %12 %55 ####", "07700 900###"],
        addresses: &["%# Main Street, Springfield, IL 62##1", "%# Baker Street, London NW1 6XE", "1## Oak Avenue, Apt %, Portland, OR 972##"],
    },
    Language {
        carriers: &["Bitte an {} schicken.", "Der Kunde hat {} hinterlassen", "Kontakt: {}\nDanke"],
        plain: &["Behoben in 2.13.0, siehe HALL-4312 vom 04.03.2025.", "Auftrag 30123456 dauerte 1.500 ms um 10:11:12.", "Die Nummer 5555 5555 5555 4445 ist keine."],
        phones: &["030 90%####", "(0221) %2####", "0171 %######", "+49 30 90%####", "089/%2####"],
        addresses: &["Musterstraße %#, 10115 Berlin", "Am Markt %, 50667 Köln", "Goethestr. %#a, 80331 München"],
    },
    Language {
        carriers: &["Merci de l'envoyer à {} vendredi.", "Le client a laissé {} dans le ticket", "Contact : {}\nMerci"],
        plain: &["Corrigé en 2.13.0, voir HALL-4312 du 04/03/2025.", "La commande 30123456 a pris 1 500 ms à 10:11:12.", "Ce n'est pas 4111-1111-1111-1113."],
        phones: &["01 99 00 ## ##", "06.39.98.##.##", "+33 1 99 00 ## ##", "06 39 98 ## ##"],
        addresses: &["%# rue de la Paix, 75002 Paris", "% avenue Victor Hugo, 69003 Lyon", "%# bis boulevard Voltaire, 75011 Paris"],
    },
    Language {
        carriers: &["Envíelo a {} el viernes.", "El cliente dejó {} en la incidencia", "Contacto: {}\nGracias"],
        plain: &["Corregido en 2.13.0, véase HALL-4312 del 04/03/2025.", "El pedido 30123456 tardó 1500 ms a las 10:11:12.", "No es 6011 1111 1111 1118."],
        phones: &["612 ## ## ##", "91% ### ###", "+34 612 ## ## ##", "712 ## ## ##"],
        addresses: &["Calle Mayor %#, 28013 Madrid", "Avenida de la Constitución %, 41001 Sevilla", "Plaza de España %, 50001 Zaragoza"],
    },
    Language {
        carriers: &["Inviare a {} entro venerdì.", "Il cliente ha lasciato {} nel ticket", "Contatto: {}\nGrazie"],
        plain: &["Corretto in 2.13.0, vedi HALL-4312 del 04/03/2025.", "L'ordine 30123456 ha richiesto 1500 ms alle 10:11:12.", "Non è 5105 1051 0510 5101."],
        phones: &["02 12%4 ####", "31% 34# ####", "+39 02 12%4 ####", "06 12%4 ####"],
        addresses: &["Via Roma %#, 00184 Roma", "Piazza Garibaldi %, 80142 Napoli", "Corso Italia %#, 20122 Milano"],
    },
    Language {
        carriers: &["Отправьте, пожалуйста, на {} до пятницы.", "Клиент оставил {} в заявке", "Контакт: {}\nСпасибо"],
        plain: &["Исправлено в 2.13.0, см. HALL-4312 от 04.03.2025.", "Заказ 30123456 занял 1500 мс в 10:11:12.", "Это не 2200 0000 0000 0001."],
        phones: &["8 (912) 345-##-##", "+7 912 345-##-##", "8 912 345-##-##", "+7 (495) 123-##-##"],
        addresses: &["ул. Ленина, д. %#, кв. %", "г. Москва, ул. Тверская, д. %", "проспект Мира, д. %#, кв. 1%"],
    },
];

const MAILS: &[&str] = &[
    "anna@example.com",
    "j.doe+tag@mail.example.org",
    "jürgen@müller.example",
    "иван@пример.рф",
    "a_b-c@sub.example.co.uk",
    "o'hara@example.net",
];

/// `%` as a digit from 2 on, `#` as any.
fn filled(random: &mut Random, pattern: &str) -> String {
    let mut digit = |from: usize| char::from(b"0123456789"[from + random.below(10 - from)]);
    let fill = |character| match character {
        '%' => digit(2),
        '#' => digit(0),
        other => other,
    };
    pattern.chars().map(fill).collect()
}

/// A number of a network with its check digit by Luhn's rule, computed from the left.
fn card(random: &mut Random) -> String {
    let mut digits: Vec<usize> = if random.below(2) == 0 { vec![4] } else { vec![5, 1 + random.below(5)] };
    while digits.len() < 15 {
        digits.push(random.below(10));
    }
    let sum: usize = digits
        .iter()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    digits.push((10 - sum % 10) % 10);
    let separator = random.pick(&["", " ", "-"]);
    let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().map(ToString::to_string).collect()).collect();
    groups.join(separator)
}

/// Ledger: SY-24.
#[test]
fn finds_mail_phone_address_and_card_in_six_languages() {
    const KINDS: [Kind; 4] = [Kind::Email, Kind::Phone, Kind::Address, Kind::Card];
    let prototype = Masker::new(&[], KindSet::ALL);
    let random = &mut Random::new(24);
    let (mut all, mut hit, mut wrong) =
        (BTreeMap::<Kind, usize>::new(), BTreeMap::<Kind, usize>::new(), BTreeMap::<Kind, usize>::new());
    for language in LANGUAGES {
        for round in 0..240 {
            let kind = KINDS[round % 4];
            let value = match kind {
                Kind::Email => random.pick(MAILS).to_owned(),
                Kind::Card => card(random),
                Kind::Phone => {
                    let pattern = random.pick(language.phones);
                    filled(random, pattern)
                }
                _ => {
                    let pattern = random.pick(language.addresses);
                    filled(random, pattern)
                }
            };
            let text =
                format!("{} {}", random.pick(language.plain), random.pick(language.carriers).replace("{}", &value));
            let start = text.find(&value).unwrap();
            let (mut masker, mut found) = (prototype.fresh(), false);
            for finding in masker.findings(&text).iter().filter(|finding| KINDS.contains(&finding.kind)) {
                let right = finding.kind == kind && finding.start < start + value.len() && start < finding.end;
                found |= right && finding.start <= start && start + value.len() <= finding.end;
                *wrong.entry(finding.kind).or_default() += usize::from(!right);
            }
            let masked = masker.mask(&text);
            assert_eq!(masker.restore(masked.as_ref()).text, text);
            *all.entry(kind).or_default() += 1;
            *hit.entry(kind).or_default() += usize::from(found);
        }
    }
    for kind in KINDS {
        let (all, hit, wrong) = (all[&kind], hit[&kind], wrong.get(&kind).copied().unwrap_or_default());
        // Found whole, and nothing else taken for it: .97 at least of each.
        assert!(hit * 100 >= all * 97, "{kind}: {hit} of {all}");
        assert!(wrong * 100 <= hit * 3, "{kind}: {wrong} wrong");
    }
}

/// Formats of credentials: what stands before, how many characters of which letters, what stands behind.
#[rustfmt::skip]
const CREDENTIALS: &[(&str, usize, &str, &str)] = &[
    ("ghp_", 36, BASE62, ""), ("gho_", 36, BASE62, ""), ("ghu_", 36, BASE62, ""), ("ghs_", 36, BASE62, ""), ("github_pat_", 82, BASE62, ""), ("glpat-", 20, BASE62, ""),
    ("xoxb-123456789012-", 24, BASE62, ""), ("xoxp-123456789012-", 24, BASE62, ""), ("sk-ant-api03-", 93, BASE62, "AA"), ("sk-proj-", 48, BASE62, ""), ("AKIA", 16, BASE32, ""), ("ASIA", 16, BASE32, ""), ("AIza", 35, BASE62, ""),
    ("npm_", 36, BASE62, ""), ("pypi-AgEIcHlwaS5vcmc", 60, BASE62, ""), ("hf_", 34, LETTERS, ""), ("sk_live_", 24, BASE62, ""), ("rk_live_", 24, BASE62, ""), ("SG.", 22, BASE62, ".abcDEF0123456789abcDEF0123456789abcDEF01234"), ("dop_v1_", 64, HEX, ""),
    ("shpat_", 32, HEX, ""), ("shpss_", 32, HEX, ""), ("sq0atp-", 22, BASE62, ""), ("EAAA", 60, BASE62, ""), ("ATATT3", 186, BASE62, ""), ("dckr_pat_", 27, BASE62, ""), ("hvs.", 95, BASE62, ""), ("lin_api_", 40, BASE62, ""), ("PMAK-", 24, HEX, "-0123456789abcdef0123456789abcdef01"),
    ("glsa_", 32, BASE62, "_0123abcd"), ("dp.pt.", 43, BASE62, ""), ("rubygems_", 48, HEX, ""), ("oy2", 43, LOWER, ""), ("pul-", 40, HEX, ""), ("tfp_", 59, BASE62, ""),
    ("password=", 14, BASE62, ""), ("\"apiKey\": \"", 32, BASE62, "\""), ("Authorization: Bearer ", 40, BASE62, ""), ("client_secret: ", 32, BASE62, ""), ("AWS_SECRET_ACCESS_KEY=", 40, BASE62, ""), ("DB_PASSWORD='", 16, BASE62, "'"),
    ("https://user:", 16, BASE62, "@host.example"), ("export TOKEN=", 40, HEX, ""), ("-----BEGIN PRIVATE KEY-----\n", 120, BASE62, "\n-----END PRIVATE KEY-----"), ("AccountKey=", 86, BASE62, "=="), ("secret = \"", 40, BASE62, "\""), ("passwd: ", 12, BASE62, ""),
    // Random text between quotation marks, with no word that says what it is.
    ("it was \"", 44, BASE62, "\""), ("sends '", 64, BASE62, "'"),
];
const BASE62: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LOWER: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const HEX: &str = "0123456789abcdef";

/// Ledger: SA-21.
#[test]
fn finds_credentials_of_forty_formats_and_leaves_plain_tickets() {
    let prototype = Masker::new(&[], KindSet::ALL);
    let random = &mut Random::new(21);
    let (mut all, mut hit, mut missed) = (0, 0, Vec::new());
    assert!(CREDENTIALS.len() >= 40);
    for (before, length, letters, behind) in CREDENTIALS {
        for _ in 0..20 {
            let value: String =
                (0..*length).map(|_| char::from(letters.as_bytes()[random.below(letters.len())])).collect();
            let text = format!("The job failed with {before}{value}{behind} in the log.");
            let found = !prototype.fresh().mask(&text).as_ref().contains(&value);
            (all, hit) = (all + 1, hit + usize::from(found));
            missed.extend(Some(*before).filter(|_| !found));
        }
    }
    assert!(hit * 100 >= all * 99, "{hit} of {all}, missed {missed:?}");
    let (mut bytes, mut finds) = (0, 0);
    for _ in 0..4000 {
        let text = plain(random);
        bytes += text.len();
        let secrets = prototype
            .fresh()
            .findings(&text)
            .into_iter()
            .filter(|one| matches!(one.kind, Kind::Secret | Kind::UrlCredential));
        finds += secrets.count();
    }
    assert!(finds * 1_000_000 <= bytes, "{finds} in {bytes} bytes");
}

/// A ticket without a secret, with much that is as random as one.
fn plain(random: &mut Random) -> String {
    let hex = |random: &mut Random, length: usize| {
        (0..length).map(|_| char::from(HEX.as_bytes()[random.below(16)])).collect::<String>()
    };
    let lines: Vec<String> = (0..6)
        .map(|_| match random.below(9) {
            0 => format!("commit {} of branch main", hex(random, 40)),
            1 => format!(
                "task {}-{}-4{}-a{}-{} took 12.5 s",
                hex(random, 8),
                hex(random, 4),
                hex(random, 3),
                hex(random, 3),
                hex(random, 12)
            ),
            2 => format!("sha256:{} pulled", hex(random, 64)),
            3 => String::from("\tat org.example.client.Session.open(Session.java:431)"),
            4 => String::from(
                "2025-03-04 10:11:12,345 ERROR [main] o.e.client.Session - retry 3 of 5 failed after 1500 ms",
            ),
            5 => String::from("the password prompt and the token field are empty after the update"),
            6 => format!(
                "see https://example.org/browse/HALL-{}?focusedId={}",
                random.below(9999),
                random.below(99_999_999)
            ),
            7 => format!("fixed in 2.{}.0-rc.1, key HALL-{}", random.below(99), random.below(9999)),
            _ => String::from("the pump of hall three fails when pressure drops below the limit"),
        })
        .collect();
    lines.join("\n")
}
