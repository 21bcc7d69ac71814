//! English: United States, United Kingdom, Ireland, Canada.
//! It lists no towns.
//!
//! Source: USPS Publication 28, appendices B (state codes), C1 (street suffixes) and C2 (unit designators); Royal Mail's
//! Programmer's Guide to the Postcode Address File, thoroughfare descriptors.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &[],
    closes: &[
        "street", "st", "str", "avenue", "ave", "av", "aven", "boulevard", "blvd", "boul", "road", "rd", "drive", "dr", "drv", "lane", "ln", "court", "ct", "crt", "place", "pl",
        "square", "sq", "way", "wy", "terrace", "ter", "terr", "circle", "cir", "circ", "parkway", "pkwy", "pky", "pwy", "pkway", "highway", "hwy", "hiway", "hgwy", "plaza", "plz", "plza",
        "trail", "trl", "pike", "alley", "aly", "loop", "run", "row", "path", "crescent", "cres", "close", "gardens", "gdns", "grove", "grv", "mews", "hill", "walk", "park",
        "expressway", "expy", "freeway", "fwy", "turnpike", "tpke", "tpk", "causeway", "cswy", "esplanade", "crossing", "xing", "pass", "point", "pt", "ridge", "rdg", "bend", "bnd",
        "broadway", "bypass", "byp", "cove", "cv", "green", "heights", "hts", "landing", "lndg", "line", "manor", "mnr", "mall", "quay", "rise", "view", "vale", "wharf", "yard",
        "commons", "common", "center", "centre", "ctr", "concourse", "speedway", "extension", "route", "rte", "rt", "creek", "ferry", "hollow", "spur", "springs", "station",
        "interstate", "frontage", "promenade", "parade", "gate", "drove", "glen", "junction", "overlook", "bluff", "villas", "village", "estates", "meadows", "curve", "byway", "trce", "trace",
    ],
    weak: &[
        "st", "str", "av", "dr", "drv", "court", "ct", "crt", "place", "pl", "way", "wy", "ter", "terr", "circle", "cir", "circ", "square", "sq", "plaza", "plz", "drive", "trail", "trl", "pike", "loop", "run", "row", "path", "close", "grove", "hill", "walk",
        "park", "crossing", "pass", "point", "pt", "ridge", "bend", "cove", "cv", "green", "heights", "landing", "line", "mall", "rise", "view", "yard", "common", "commons", "center", "centre", "ctr",
        "concourse", "extension", "route", "rte", "rt", "creek", "ferry", "spur", "springs", "station", "interstate", "gate", "junction", "bluff", "village", "estates", "curve", "trace", "trce", "bypass",
        "overlook", "parade", "vale", "glen", "hollow", "gardens", "manor", "broadway", "expy", "circ", "terrace", "xing", "landing", "meadows", "villas", "mews",
    ],
    routes: &["highway", "hwy", "hiway", "route", "rte", "rt", "interstate", "road", "rd", "cr", "fm", "sr", "us", "county", "state", "business", "avenue", "ave"],
    units: &[
        "apt", "apartment", "apartments", "suite", "ste", "unit", "flat", "fl", "flr", "floor", "room", "rm", "bldg", "building", "dept", "department", "lot", "trlr", "spc", "space", "slip",
        "hangar", "penthouse", "ph", "bsmt", "basement", "lobby", "lower", "upper", "rear", "frnt", "front", "office", "ofc", "pmb", "box", "tower", "level", "block", "wing", "mezzanine", "studio", "condo", "first", "second", "third", "fourth",
    ],
    boxes: &["box", "po", "pob", "pobox", "post", "rr", "hc", "psc"],
    links: &["of", "the", "upon", "on", "by", "in", "and", "&", "under", "st", "saint", "mount", "mt", "ft", "fort", "le", "cum"],
    directions: &[
        "n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "no", "so",
    ],
    marks: &["no", "num", "number", "#"],
    regions: &[
        "al", "ak", "az", "ar", "ca", "co", "ct", "de", "dc", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky", "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm",
        "ny", "nc", "nd", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv", "wi", "wy", "as", "gu", "mp", "pr", "vi", "aa", "ae", "ap",
        "on", "qc", "bc", "ab", "mb", "sk", "ns", "nb", "nl", "pe", "yt", "nt", "nu",
        "alabama", "alaska", "arizona", "arkansas", "california", "calif", "colorado", "connecticut", "conn", "delaware", "florida", "georgia", "hawaii", "idaho", "illinois", "ill", "indiana", "iowa", "kansas",
        "kentucky", "louisiana", "maine", "maryland", "massachusetts", "mass", "michigan", "mich", "minnesota", "minn", "mississippi", "missouri", "montana", "nebraska", "nevada", "hampshire",
        "jersey", "mexico", "york", "carolina", "dakota", "ohio", "oklahoma", "oregon", "pennsylvania", "penn", "island", "tennessee", "tenn", "texas", "tex", "utah", "vermont", "virginia",
        "washington", "wisconsin", "wis", "wisc", "wyoming", "columbia", "ontario", "quebec", "manitoba", "saskatchewan", "scotia", "brunswick", "alberta",
    ],
    countries: &[
        "usa", "us", "states", "america", "uk", "kingdom", "england", "scotland", "wales", "ireland", "canada", "germany", "france", "spain", "italy", "russia", "federation", "austria", "switzerland", "belgium",
        "netherlands", "poland", "gb",
    ],
    towns: &["city", "town", "township", "twp", "county", "co"],
    houses: &["house", "cottage", "lodge", "hall", "farm", "building", "court", "mansions", "tower", "towers", "barn", "manor", "mill", "rectory", "centre", "estate", "university", "school", "college", "hospital", "hotel", "library", "ltd", "inc", "plc"],
    labels: &[
        "address", "addresses", "lives at", "lives on", "living at", "live at", "live on", "located at", "location", "resides at", "residing at", "ship to", "deliver to", "bill to", "delivery to", "send to", "taxi to",
        "meet me at", "meet you at", "you off at", "enter on", "it's in", "office at", "mail to", "sent to", "corner of", "street", "headquarters", "based at", "are here",
    ],
    ..super::super::lexicon::EMPTY
};
