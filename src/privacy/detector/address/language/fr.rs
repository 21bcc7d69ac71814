//! French: France, Belgium, Switzerland, Canada.
//! It lists no towns.
//!
//! Source: AFNOR NF Z10-011 (types of ways and their abbreviations); bpost, address guidelines.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &[
        "rue", "r", "avenue", "av", "ave", "boulevard", "bd", "bld", "blvd", "boul", "chemin", "che", "chem", "place", "pl", "allée", "allee", "allées", "all", "impasse", "imp", "quai", "cours", "route", "rte", "square", "sq",
        "passage", "pass", "villa", "cité", "sentier", "ruelle", "faubourg", "fbg", "esplanade", "promenade", "chaussée", "chaussee", "résidence", "lotissement", "hameau", "montée", "traverse", "venelle", "voie", "rond-point", "parvis", "clos", "galerie", "mail", "autoroute",
    ],
    weak: &["r", "av", "ave", "place", "pl", "route", "rte", "square", "sq", "passage", "pass", "villa", "cours", "promenade", "voie", "clos", "mail", "esplanade", "imp", "all", "che", "cité", "galerie", "résidence", "traverse"],
    units: &["appt", "appartement", "bât", "bâtiment", "bat", "étage", "etage", "escalier", "esc", "porte", "boîte", "bte", "résidence", "immeuble", "lot", "hall", "entrée", "rdc", "bus", "bte"],
    boxes: &["bp", "cs", "postale", "boîte", "tsa"],
    links: &["de", "du", "des", "la", "le", "les", "l", "d", "à", "a", "au", "aux", "sur", "sous", "en", "et", "lès", "lez", "saint", "sainte", "st", "ste", "lieutenant"],
    repeats: &["bis", "ter", "quater"],
    marks: &["n°", "nº", "n", "numéro"],
    countries: &["france", "belgique", "belgië", "suisse", "luxembourg", "allemagne", "nouvelle-calédonie"],
    towns: &["cedex"],
    houses: &["immeuble", "société", "école", "université", "hôtel", "sarl", "résidence"],
    labels: &["adresse", "habite", "domicilié", "domiciliée", "demeurant", "réside", "siège", "livrer"],
    ..super::super::lexicon::EMPTY
};
