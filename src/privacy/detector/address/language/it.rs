//! Italian: Italy, and Italian-speaking Switzerland.
//! It lists no towns.
//!
//! Source: Poste Italiane, standard for composing addresses (CAP); ISTAT, denominazioni urbanistiche generiche.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &[
        "via", "v", "viale", "v.le", "vle", "piazza", "p.za", "pza", "pzza", "p.zza", "piazzale", "ple", "p.le", "corso", "cso", "c.so", "largo", "lgo", "vicolo", "vico", "strada", "str", "contrada", "cda", "c.da", "borgo", "lungomare", "lungotevere", "lungarno", "salita",
        "calle", "campo", "fondamenta", "galleria", "piazzetta", "rampa", "traversa", "località", "loc", "frazione", "fraz", "circonvallazione", "stradone", "lungolago",
    ],
    weak: &["via", "v", "corso", "largo", "strada", "str", "borgo", "campo", "galleria", "rampa", "loc", "cda", "salita", "calle"],
    units: &["interno", "int", "scala", "sc", "piano", "palazzina", "pal", "edificio", "lotto"],
    boxes: &["casella", "postale"],
    links: &["di", "del", "della", "dello", "dei", "degli", "delle", "dell", "da", "dal", "dalla", "al", "alla", "san", "santa", "sant", "e", "in", "s", "lo", "il", "ai", "a"],
    marks: &["n", "nr", "civ", "civico", "snc"],
    regions: &[
        "mi", "rm", "to", "na", "bo", "fi", "ge", "pa", "ba", "ct", "ve", "vr", "pd", "ts", "bs", "pr", "mo", "rc", "re", "pg", "li", "ra", "ca", "fg", "fe", "sa", "lt", "mb", "si", "sr", "pe", "bg", "fc", "vi", "tn", "tr", "no", "pc", "an", "bz", "ar", "ud", "le",
        "pu", "pi", "ag", "sp", "co", "va", "lu", "cs", "tp", "cn", "tv", "me", "ss", "cz", "al", "at", "mn", "cr", "pv", "bt", "aq", "ch", "te", "gr", "lc", "so", "lo", "bl", "ro", "go", "pn", "im", "sv", "vb", "vc", "bi", "ao", "rn", "pt", "po", "ms", "vt", "ri", "fr", "is", "cb", "ce", "bn", "av", "pz", "mt", "br", "kr", "vv", "cl", "en", "rg", "nu", "or",
    ],
    countries: &["italia", "svizzera", "germania", "francia"],
    labels: &["indirizzo", "residente in", "residenza", "abita in", "domiciliato", "domiciliata", "sede", "abito in"],
    ..super::super::lexicon::EMPTY
};
