//! German: Germany, Austria, Switzerland.
//! It lists no towns.
//!
//! Source: DIN 5008:2020, address field; Österreichische Post and Die Schweizerische Post, rules for addressing.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &["straße", "strasse", "platz", "allee"],
    closes_before_number: &["straße", "strasse", "str", "weg", "platz", "pl", "allee", "gasse", "ring", "damm", "ufer", "chaussee", "steig", "promenade", "markt", "hof", "graben", "stieg", "kai", "wall", "zeile"],
    weak: &["platz", "ring", "markt", "hof", "damm", "ufer", "graben", "kai", "wall", "zeile", "weg", "steig", "str", "promenade"],
    endings: &["straße", "strasse", "str", "gasse", "gässchen", "gässli", "chaussee", "allee", "platz", "weg", "twiete"],
    weak_endings: &["ring", "damm", "ufer", "markt", "hof", "graben", "stieg", "steig", "pfad", "kai", "wall", "zeile", "park", "berg", "tor", "brücke", "plätze", "rain", "anger", "wiese", "feld", "kamp", "garten"],
    prepositions: &["am", "an", "im", "in", "auf", "unter", "zum", "zur", "beim", "hinter", "vor", "alter", "alte", "neuer", "neue"],
    units: &["top", "stiege", "tür", "hinterhaus", "vorderhaus", "wohnung", "whg", "stock", "og", "eg", "ug", "dg", "haus", "etage", "zimmer", "zi", "gebäude", "aufgang", "stg", "obergeschoss", "erdgeschoss", "c/o", "we"],
    boxes: &["postfach", "pf"],
    links: &["der", "die", "das", "den", "dem", "des", "von", "vom", "zu", "zur", "am", "an", "im", "in", "bei", "ob", "auf", "und", "unter", "vor", "a", "i", "d", "b"],
    countries: &["deutschland", "österreich", "schweiz", "germany", "austria", "switzerland", "liechtenstein"],
    houses: &["gmbh", "ag", "schule", "universität", "klinik", "krankenhaus"],
    labels: &["adresse", "anschrift", "wohnhaft", "wohnt in", "wohne in", "lieferanschrift", "rechnungsanschrift", "lieferadresse", "straße", "sitz"],
    ..super::super::lexicon::EMPTY
};
