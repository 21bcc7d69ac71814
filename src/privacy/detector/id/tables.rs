//! Which tables there are, in the order in which a label's numbers are tried: countries first, the general shapes last.
//! It holds no number itself.

use super::Id;
use super::{americas, asia, benelux, dach, de, es, europe, fr, gb, it, nordic, pl, ru, south, us, vat, world};

pub(super) const ALL: &[&[Id]] = &[
    vat::IDS,
    de::IDS,
    fr::IDS,
    es::IDS,
    it::IDS,
    gb::IDS,
    us::IDS,
    ru::IDS,
    dach::IDS,
    benelux::IDS,
    pl::IDS,
    nordic::IDS,
    europe::IDS,
    asia::IDS,
    americas::IDS,
    south::IDS,
    world::IDS,
];
