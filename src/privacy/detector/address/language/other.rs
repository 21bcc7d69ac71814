//! Dutch, Polish, and the Nordic languages: grown-together street types and the commonest words alone.
//! It lists no towns.
//!
//! Source: PostNL, Poczta Polska, Posti, PostNord, Posten: addressing guides.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &["ul", "ulica", "al", "aleja", "os", "rua", "avenida", "praça", "travessa", "rue", "ulice", "nám", "náměstí"],
    closes_before_number: &["utca", "út", "útja", "tér", "gata", "vägen", "vej"],
    weak: &["al", "os", "ul"],
    endings: &["straat", "laan", "plein", "gracht", "kade", "singel", "gatan", "vägen", "gränd", "vegen", "veien", "gata", "gaten", "katu", "tie", "kuja", "polku", "gade", "allé", "stræde", "gate", "dreef", "steeg", "stien", "braut", "götu", "plaats"],
    weak_endings: &["vej", "vang", "weg", "dijk", "hof", "tún", "tun", "straete", "plads", "väg", "torget", "backen"],
    units: &["bus", "lok", "m", "huis", "krs", "as"],
    boxes: &["postbus", "skrytka", "pl", "postboks", "box"],
    links: &["van", "het", "ter", "ten", "der", "'t", "och", "dos", "das", "do", "da"],
    countries: &["nederland", "polska", "sverige", "norge", "danmark", "suomi", "portugal", "finland", "sweden", "norway", "denmark"],
    labels: &["adres", "adresie", "mieszka", "woont"],
    ..super::super::lexicon::EMPTY
};
