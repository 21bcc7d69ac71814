//! What is an address and what is none, by country.
//! Streets and towns are made up or those of public buildings.

use super::*;
use crate::privacy::detector::passages;

/// Addresses alone, and within a sentence.
fn whole(address: &str) {
    check(address, &[address]);
    check(&format!("Ticket ({address}) closed"), &[address]);
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(passages(text, Kind::Address), expected, "{text}");
}

#[test]
fn finds_american_addresses() {
    whole("123 N Example Ave Apt 4B, Springfield, IL 62701-1234");
    whole("123 Example Street\nSuite 500\nSpringfield, IL 62701\nUSA");
    whole("12 Old US Highway 50, Springfield, IL 62701");
    whole("53 W. Monroe, Ste. 1222, Chicago, IL 60603");
    whole("P.O. Box 1234, Springfield, IL 62701");
    check("375 valley example rd. w. springfield il 62701", &["375 valley example rd. w. springfield il 62701"]);
}

#[test]
fn finds_british_addresses() {
    whole("Flat 3, 12 Example Road, Little Norbury, SW1A 1AA");
    whole("12 High Street\nExampleton\nLS1 9TT\nUnited Kingdom");
    check("Willow House\nMoor Lane\nLondon\nEC2Y 9DP", &["Willow House\nMoor Lane\nLondon\nEC2Y 9DP"]);
}

#[test]
fn finds_german_addresses() {
    whole("Musterstraße 12a, 12345 Musterstadt");
    whole("Lange Str. 5\n60311 Frankfurt am Main\nDeutschland");
    whole("Am Alten Markt 3, D-12345 Musterstadt");
    whole("Mustergasse 4/2/17, 1010 Wien");
    whole("Postfach 12 34, 12345 Musterstadt");
    check("sie wohnt in der Lindenallee 5 in 10115 Berlin.", &["Lindenallee 5 in 10115 Berlin"]);
}

#[test]
fn finds_french_addresses() {
    whole("12 bis, rue de la Paix, 75002 Paris");
    whole("3 bd. des Exemples\nBât. C\n13001 Marseille Cedex\nFrance");
    whole("Chaussée de Liège 187, 4480 Engis");
}

#[test]
fn finds_spanish_addresses() {
    whole("C/ Mayor, 5, 3º B, 28013 Madrid");
    whole("Avda. de la Constitución 12\n41001 Sevilla\nEspaña");
}

#[test]
fn finds_italian_addresses() {
    whole("Via Roma 12, 00184 Roma (RM)");
    whole("P.zza Garibaldi, 3/A\n20121 Milano MI\nItalia");
}

#[test]
fn finds_russian_addresses() {
    whole("119019, г. Москва, ул. Примерная, д. 5, корп. 2, кв. 17");
    whole("Невский проспект, д. 28, Санкт-Петербург, 191186");
}

#[test]
fn finds_less_beside_a_label() {
    check("She lives at 5570 Kaarikatu 32, Exampleton.", &["5570 Kaarikatu 32, Exampleton"]);
    check("bring 5570 Parts by noon", &[]);
}

#[test]
fn stops_where_the_address_does() {
    check("12 Example Street. Then call", &["12 Example Street"]);
    check("Musterweg 5, bitte klingeln", &["Musterweg 5"]);
    check("12 Example Street\n\nRegards", &["12 Example Street"]);
    check("Musterstraße 5\n12345 Musterstadt\nTelefon: 1", &["Musterstraße 5\n12345 Musterstadt"]);
}

#[test]
fn leaves_what_only_looks_alike() {
    for text in [
        "3 drives failed in run 5",
        "see line 12 of Main Street parser",
        "version 5 way faster",
        "2 Test Drives",
        "Phase 3, Monitoring 5",
        "Java 8, Spring 5",
        "job ID 12345",
        "Errors IN 12345 rows",
        "at com.example.Place:12",
        "port 8080 Street",
        "10:15 Main loop",
        "CWE-295 by configuring",
        "23409 NameNode\n23889 SecondaryNameNode",
        "Copyright (c) 2012-2013, Example, Inc. All Rights Reserved.",
        "via Port 80",
        "2019 Annual Drive",
        "Curator 5.2.0 for Hadoop 3.4",
        "(c) 1999 Example",
    ] {
        check(text, &[]);
    }
}
