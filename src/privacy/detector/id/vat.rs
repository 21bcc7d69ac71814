//! VAT numbers of the European Union, Great Britain, Norway and Switzerland, with their country's prefix or beside a label.
//! Tax numbers of persons are in each country's file.
//!
//! Source: Council Directive 2006/112/EC art. 215 and the check algorithms of the VIES documentation; HMRC VATREC; Skatteetaten; MWSTG art. 66.

use super::Id;
use super::check::{digit, mod11_10, number, part, varies, weigh};
use crate::privacy::Kind;

const WORDS: &[&str] = &[
    "vat",
    "vat id",
    "vat-id",
    "vat no",
    "vat number",
    "vat reg",
    "vat reg no",
    "vat registration",
    "vat registration number",
    "vatin",
    "vat identification number",
    "ust-id",
    "ust-idnr",
    "ust-id-nr",
    "ust. id",
    "ust id",
    "ustid",
    "ustidnr",
    "umsatzsteuer-id",
    "umsatzsteuer-identifikationsnummer",
    "umsatzsteueridentifikationsnummer",
    "mwst-nr",
    "mwst",
    "mwst-nummer",
    "uid",
    "uid-nr",
    "uid-nummer",
    "uid nummer",
    "atu",
    "tva",
    "n° tva",
    "numéro de tva",
    "n° de tva",
    "tva intracommunautaire",
    "numéro tva",
    "no tva",
    "partita iva",
    "p. iva",
    "p.iva",
    "iva",
    "nif-iva",
    "vat/nif",
    "nif iva",
    "nº iva",
    "número de iva",
    "btw",
    "btw-nummer",
    "btw-id",
    "btw nr",
    "btw-nr",
    "btw-identificatienummer",
    "omzetbelastingnummer",
    "nip",
    "vat ue",
    "vat eu",
    "moms",
    "momsnummer",
    "momsregistreringsnummer",
    "mva",
    "mva-nummer",
    "alv",
    "alv-numero",
    "alv-nro",
    "dič",
    "DIČ",
    "dic",
    "ič dph",
    "IČ DPH",
    "dph",
    "adószám",
    "áfa",
    "Áfa",
    "ÁFA",
    "ддс",
    "ДДС",
    "ндс",
    "НДС",
    "φπα",
    "ΦΠΑ",
    "cod tva",
    "pdv",
    "ddv",
    "pvm",
    "pvm kodas",
    "pvn",
    "kmkr",
    "tax id",
    "eu vat",
];

macro_rules! vat {
    ($($country:literal $shapes:expr, $check:expr;)*) => {
        #[rustfmt::skip]
        pub(super) const IDS: &[Id] = &[
            $(Id::of(Kind::VatId, $country).shapes($shapes).alone($shapes).check($check).labels(WORDS),)*
            Id::of(Kind::VatId, "DE").shapes(&["d{9}"]).check(mod11_10).labels(&["ust-id", "ust-idnr", "ust-id-nr", "umsatzsteuer-id", "umsatzsteuer-identifikationsnummer"]),
            Id::of(Kind::VatId, "FR").shapes(&["x{2}_d{3}_d{3}_d{3}"]).check(|v| french(&[b"FR", v].concat()))
                .labels(&["tva", "n° tva", "numéro de tva", "n° de tva", "tva intracommunautaire", "numéro tva", "no tva", "vat number"]),
            Id::of(Kind::VatId, "NL").shapes(&["d{9}_Bd{2}"]).check(|v| dutch(&[b"NL", v].concat())).labels(&["btw", "btw-nummer", "btw-id", "btw nr", "btw-nr", "btw-identificatienummer", "vat number"]),
            Id::of(Kind::VatId, "GB").shapes(&["GD_?[01234]d{2}", "HA_?[56789]d{2}"]).labels(&["vat", "vat no", "vat number", "vat id", "vat reg no"]),
            Id::of(Kind::VatId, "AT").shapes(&["Ud{8}"]).labels(&["uid", "uid-nr", "uid-nummer", "uid nummer", "atu", "ust-id", "vat", "vat number", "vat id"]),
            Id::of(Kind::VatId, "").shapes(&["a{2,3}_?x{2}d{5,11}x{0,3}", "a{2}_d{2,12}", "d{7,14}a{0,3}", "d{3} d{3} d{3} a{2,4}"]).check(plausible)
                .labels(&["vat", "vat id", "vat-id", "vat no", "vat number", "vat reg no", "vat registration number", "vat identification number", "ust-id", "ust-idnr", "umsatzsteuer-identifikationsnummer", "tva", "n° tva", "numéro de tva", "partita iva", "p. iva", "btw-nummer", "btw", "btw-id", "mwst-nr", "uid-nummer", "momsnummer", "gst", "eu vat"]),
        ];
    };
}

vat! {
    "AT" &["ATU_d{8}", "AT_Ud{8}"], |v| { let sum: u32 = (0..7).map(|at| cross(digit(v, at + 3) * if at % 2 == 0 { 1 } else { 2 })).sum(); (96 - sum) % 10 == digit(v, 10) };
    "BE" &["BE_[01]d{3}_d{3}_d{3}", "BE_d{9}"], |v| { let body = part(v, 2, v.len() - 2); number(body).map(|body| 97 - body % 97) == number(part(v, v.len() - 2, v.len())) };
    "BG" &["BG_d{9,10}"], any;
    "HR" &["HR_d{11}"], |v| mod11_10(part(v, 2, 13));
    "CY" &["CY_d{8}a"], any;
    "CZ" &["CZ_d{8,10}"], any;
    "DK" &["DK_d{2}_d{2}_d{2}_d{2}"], |v| weigh(part(v, 2, 10), &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11);
    "EE" &["EE_d{9}"], |v| (10 - weigh(part(v, 2, 10), &[3, 7, 1, 3, 7, 1, 3, 7]) % 10) % 10 == digit(v, 10);
    "FI" &["FI_d{8}"], |v| (11 - weigh(part(v, 2, 9), &[7, 9, 10, 5, 8, 4, 2]) % 11) % 11 == digit(v, 9);
    "FR" &["FR_x{2}_d{3}_d{3}_d{3}"], french;
    "DE" &["DE_d{3}_d{3}_d{3}"], |v| mod11_10(part(v, 2, 11));
    "GR" &["EL_d{9}", "GR_d{9}"], |v| weigh(part(v, 2, 10), &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == digit(v, 10);
    "HU" &["HU_d{8}"], |v| weigh(part(v, 2, 10), &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10);
    "IE" &["IE_d{7}a{1,2}", "IE_dxd{5}a"], any;
    "IT" &["IT_d{11}"], |v| super::check::luhn(part(v, 2, 13));
    "LV" &["LV_d{11}"], any;
    "LT" &["LT_d{9}", "LT_d{12}"], any;
    "LU" &["LU_d{8}"], |v| number(part(v, 2, 8)).map(|body| body % 89) == number(part(v, 8, 10));
    "MT" &["MT_d{8}"], |v| (37 - weigh(part(v, 2, 8), &[3, 4, 6, 7, 8, 9]) % 37) == digit(v, 8) * 10 + digit(v, 9);
    "NL" &["NL_d{9}_Bd{2}", "NL_d{4}.d{2}.d{3}.Bd{2}"], dutch;
    "PL" &["PL_d{10}", "PL_d{3}_d{3}_d{2}_d{2}"], |v| weigh(part(v, 2, 11), &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == digit(v, 11);
    "PT" &["PT_d{9}"], |v| { let rest = weigh(part(v, 2, 10), &[9, 8, 7, 6, 5, 4, 3, 2]) % 11; (if rest < 2 { 0 } else { 11 - rest }) == digit(v, 10) };
    "RO" &["RO_d{6,10}"], |v| { let body = part(v, 2, v.len()); let padded = [b"0".repeat(10 - body.len().min(10)).as_slice(), body].concat(); weigh(&padded, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == digit(&padded, 9) };
    "SK" &["SK_d{10}"], |v| number(part(v, 2, 12)).is_some_and(|number| number % 11 == 0);
    "SI" &["SI_d{8}"], |v| (11 - weigh(part(v, 2, 9), &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == digit(v, 9);
    "ES" &["ES_x_d{7}_x"], any;
    "GB" &["GB_GDd{3}", "GB_HAd{3}"], |v| (part(v, 2, 4) == b"GD") == (digit(v, 4) < 5);
    "SE" &["SE_d{10}01"], |v| super::check::luhn(part(v, 2, 12));
    "GB" &["GB_d{3}_d{4}_d{2}", "GB_d{9}", "GB_d{12}", "XI_d{9}"], british;
    "NO" &["NO_d{9}_MVA", "d{3}_d{3}_d{3}_MVA"], |v| { let v = v.strip_prefix(b"NO").unwrap_or(v); (11 - weigh(v, &[3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 == digit(v, 8) };
    "CH" &["CHE_d{3}_d{3}_d{3}_MWST", "CHE_d{3}_d{3}_d{3}_TVA", "CHE_d{3}_d{3}_d{3}_IVA", "CHE_d{3}_d{3}_d{3}_TPV"], |v| (11 - weigh(part(v, 3, 11), &[5, 4, 3, 2, 7, 6, 5, 4]) % 11) % 11 == digit(v, 11);
}

const fn cross(number: u32) -> u32 {
    number / 10 + number % 10
}

fn any(value: &[u8]) -> bool {
    varies(part(value, 2, value.len()))
}

/// The two in front are a key of the SIREN, where they are digits.
fn french(value: &[u8]) -> bool {
    let (key, siren) = (part(value, 2, 4), part(value, 4, 13));
    let checked = number(siren).map(|siren| (siren * 100 + 12) % 97);
    super::check::luhn(siren) && (number(key).is_none() || checked == number(key))
}

/// By the BSN's elevens, or since 2020 by 97 over the whole with letters as two digits.
fn dutch(value: &[u8]) -> bool {
    let body = part(value, 2, 11);
    weigh(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == digit(body, 8) || super::check::mod97(value) == 1
}

/// The weighted digits and the last two add up to a multiple of 97, with 55 more since 2010.
fn british(value: &[u8]) -> bool {
    let digits = part(value, 2, 11);
    let sum = weigh(digits, &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    (sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)) && varies(digits)
}

fn plausible(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_digit()).count() >= 5 && varies(value)
}
