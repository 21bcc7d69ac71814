//! By which bytes the keywords are looked for that may stand anywhere: as few as have one in every keyword, and rare ones.
//! It holds no keyword.
//!
//! A keyword whose anchor is not here is found too, by its first bytes; it only costs more. Bytes are written with their bit of case set, as
//! [`super::words::FOLDED`] sets it, but for the underscore.
//!
//! Source: chosen and grouped over tickets of public trackers, so that of 64 bytes about one has to be looked at: first the
//! fewest anchors by how often they are met, then groups in which bytes share their halves.

/// The groups of [`crate::privacy::classes::Openings`], each with its anchors: three bytes in a row, or two that anything may follow.
#[rustfmt::skip]
pub(super) const ANCHORS: [&[&[u8]]; 16] = [
    &[b"nf", b"n\xe2\xb0"],
    &[b"pwd", b"pw", b"q~"],
    &[b"\xf0\xbf\xf0", b"i_h", b"eyj", b"iml"],
    &[b"$2y", b"$2b", b"n\xe3\xa9", b"n2i", b"$2a", b"p8e", b"r8_", b"n\xe2\xba", b"i\xe4\xad", b"i\xe4\xac"],
    &[b"$y$", b"-tu", b"--u", b" -u", b"$5$"],
    &[b"pt$", b"$6$", b"tok"],
    &[b"ap4", b"apd", b"apb", b"apf", b"$1$", b"$pb", b"la ", b"ap0", b"ap5"],
    &[b"a3t", b"a3-", b"v-t", b"r1$", b"b1d", b"t1.", b"v1."],
    &[b"--b", b".sl", b"zug", b"x-a", b"-s4", b"//0"],
    &[b"enn", b"ecr", b"k\xe3\xb6", b"cmv", b"n\xe3\xba", b"-ca"],
    &[b"ab_", b"ha}", b"ras", b"pas", b"ig="],
    &[b"ap8", b"ap7", b"ap6", b"ap1", b"ap3", b"ap2", b"c\xe3\xa9", b"ap9", b"m\xe3\xa3", b"f\xe3\xb6", b"c\xe3\xb3", b"f\xe3\xbc", b"r\xe4\xad", b"r\xe4\xac", b"r\xe3\xa9", b"r.\xe4", b"f\xe3\xb8"],
    &[b"-nu", b"riz", b" iv", b"s__", b"xy-", b".o.", b".i.", b".n."],
    &[b"c.f", b"c.i", b"c/c", b"p.i", b"h&c", b"akc", b"\xe3\xa9c", b"sic"],
    &[b":aa", b"_au", b"\"au", b"dap"],
    &[b"bho", b"bea", b"key", b"eds", b"ede"],
];
