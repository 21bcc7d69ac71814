//! What is an address and what is none, by country.
//! Streets and towns are made up or those of public buildings.

use super::*;
use crate::privacy::detector::passages;

fn whole(text: &str) {
    check(text, &[text]);
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(passages(text, Kind::Address), expected, "{text}");
}

#[test]
fn finds_american_addresses() {
    whole("123 N Example Ave Apt 4B, Springfield, IL 62701-1234");
    whole("123 Example Street\nSuite 500\nSpringfield, IL 62701\nUSA");
    whole("P.O. Box 1234, Springfield, IL 62701");
}
