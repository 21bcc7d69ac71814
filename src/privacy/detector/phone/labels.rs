//! The words that say a number is a telephone number, in the languages of the countries covered.
//! It judges no number.

/// Words behind a number.
pub(super) const BEHIND: &[&str] = &["office", "fax", "mobile", "cell", "home", "work", "phone", "mobil", "privat"];

/// Words that say a number is another's than a telephone's.
#[rustfmt::skip]
pub(super) const OTHERS: &[&str] = &[
    "license", "licence", "passport", "account", "card", "ssn", "order", "invoice", "serial", "tracking", "routing", "konto", "ausweis",
    "security",
];

/// Words of the six languages that say a telephone number follows.
#[rustfmt::skip]
pub(super) const LABELS: &[&str] = &[
    "tel", "telephone", "phone", "phone no", "mobile", "mob", "cell", "fax", "call", "dial", "sms", "whatsapp", "hotline", "ring", "reached at",
    "reach me", "contact number", "contact", "answering at", "messages to", "text me", "ph", "telefon", "telefonnummer", "handy", "handynummer", "rufnummer", "mobil", "mobilnummer", "anrufen", "rückruf",
    "téléphone", "tél", "portable", "téléphonique", "appeler", "teléfono", "telefono", "móvil", "llamar", "celular", "cellulare", "chiamare",
    "телефон", "тел", "моб", "звонить", "факс", "phone number", "number is", "numéro",
    "landline", "pager", "voicemail", "toll-free", "helpline", "reach him", "reach her", "telephone no", "tel no", "mob no", "cell no", "call me", "durchwahl", "festnetz", "mobilfunk", "telefonisch", "natel", "gsm",
    "appelez", "joindre au", "fixe", "llame", "llámame", "fijo", "cell", "telefonare", "chiama", "fisso", "recapito", "позвоните", "звоните", "мобильный", "сотовый", "номер телефона", "bel", "telefoonnummer", "mobiel", "zadzwoń", "komórka", "tel kom",
];
