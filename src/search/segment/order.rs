//! The order of documents within a segment: by container, then by id as people count, so that ids of a range lie together.
//! It looks at ids alone.

use std::cmp::Ordering;

use super::documents::split;

/// Compares two documents by container and id.
pub(crate) fn by_place(one: (&str, &str), other: (&str, &str)) -> Ordering {
    one.0.cmp(other.0).then_with(|| by_id(one.1, other.1))
}

/// Compares two ids of a container: `ABC-9` comes before `ABC-10`.
pub(crate) fn by_id(one: &str, other: &str) -> Ordering {
    split(one).cmp(&split(other))
}
