//! The Americas without the United States: Canada, Brazil, Argentina, Chile, Mexico, Colombia, Peru, Ecuador and their neighbors.
//! US numbers are in `us`.
//!
//! Source: Employment and Social Development Canada (SIN, Luhn); Receita Federal (CPF, CNPJ); ANSES (CUIT, CBU); SII (RUT); RENAPO (CURP);
//! SAT (RFC); DIAN (NIT).

use super::Id;
use super::check::{digit, has_day, luhn, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::NationalId, "CA").shapes(&["d{3}_d{3}_d{3}"]).alone(&["d{3}-d{3}-d{3}"]).check(sin).labels(&["sin", "sin number", "social insurance number", "social insurance", "numéro d'assurance sociale", "nas", "tax id"]),
    Id::of(Kind::TaxId, "CA").shapes(&["d{9}_?a{2}_?d{4}", "d{9}"]).check(luhn9).labels(&["business number", "gst/hst", "hst", "canadian bn"]),
    Id::of(Kind::HealthId, "CA").shapes(&["d{4}_d{3}_d{3}_?a{0,2}", "a{4}_d{4}_d{4}"]).labels(&["ohip", "health card", "health card number", "phn", "ramq", "personal health number"]),
    Id::of(Kind::TaxId, "BR").shapes(&["d{3}_d{3}_d{3}_d{2}"]).alone(&["d{3}.d{3}.d{3}-d{2}"]).check(cpf).labels(&["cpf", "cadastro de pessoas físicas", "brazilian tax id", "tax id", "tin"]),
    Id::of(Kind::TaxId, "BR").shapes(&["x{2}_x{3}_x{3}_x{4}_d{2}"]).alone(&["d{2}.d{3}.d{3}/d{4}-d{2}"]).check(cnpj).labels(&["cnpj", "cadastro nacional da pessoa jurídica"]),
    Id::of(Kind::NationalId, "BR").shapes(&["d{1,2}_d{3}_d{3}_x"]).labels(&["registro geral", "carteira de identidade"]),
    Id::of(Kind::TaxId, "AR").shapes(&["d{2}_d{8}_d"]).alone(&["d{2}-d{8}-d"]).check(cuit).labels(&["cuit", "cuil", "cuit/cuil", "tax id"]),
    Id::of(Kind::NationalId, "AR").shapes(&["d{2}.d{3}.d{3}", "d{7,8}"]).labels(&["dni", "documento nacional de identidad"]),
    Id::of(Kind::BankAccount, "AR").shapes(&["d{22}", "d{8} d{14}"]).labels(&["cbu", "cvu"]),
    Id::of(Kind::NationalId, "CL").shapes(&["d{1,2}_d{3}_d{3}_x"]).alone(&["d{1,2}.d{3}.d{3}-[0123456789K]", "d{8}-[0123456789K]"]).check(rut).labels(&["rut", "run", "rol único tributario", "cédula de identidad"]),
    Id::of(Kind::NationalId, "MX").shapes(&["a{4}d{6}[HMX]a{5}xd"]).alone(&["a{4}d{6}[HMX]a{5}xd"]).check(curp).labels(&["curp", "clave única de registro de población"]),
    Id::of(Kind::TaxId, "MX").shapes(&["p{3,4}_d{6}_x{3}"]).alone(&["a{4}d{6}x{3}"]).check(rfc).labels(&["rfc", "registro federal de contribuyentes", "tax id"]),
    Id::of(Kind::TaxId, "CO").shapes(&["d{3}_d{3}_d{3}_d?", "d{9,10}-?d?"]).labels(&["nit", "número de identificación tributaria"]),
    Id::of(Kind::NationalId, "CO").shapes(&["d{6,10}", "d{1,3}.d{3}.d{3}.d{3}"]).labels(&["cédula", "cedula", "cédula de ciudadanía", "cédula de identidad"]),
    Id::of(Kind::TaxId, "").shapes(&["x{1,2}_d{5,13}_d?", "d{6,14}_d?", "d{1,2}.d{3}.d{3}-x"]).check(varies).labels(&["ruc", "rut", "rif", "nit", "rnc", "registro único de contribuyentes"]),
    Id::of(Kind::NationalId, "CU").shapes(&["d{11}"]).labels(&["carnet de identidad", "carné de identidad"]),
    Id::of(Kind::NationalId, "DO").shapes(&["d{3}-?d{7}-?d"]).alone(&["d{3}-d{7}-d"]).check(luhn).labels(&["cédula", "cedula"]),
];

fn sin(value: &[u8]) -> bool {
    !matches!(value.first(), Some(b'0' | b'8')) && luhn(value)
}

fn luhn9(value: &[u8]) -> bool {
    luhn(part(value, 0, 9))
}

fn cpf(value: &[u8]) -> bool {
    let check = |rest: u32| if rest < 2 { 0 } else { 11 - rest };
    let first = check(weigh(value, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    let second = check(weigh(value, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    varies(value) && first == digit(value, 9) && second == digit(value, 10)
}

/// Letters, which numbers have since 2026, count by their place in ASCII.
fn cnpj(value: &[u8]) -> bool {
    let worth = |at: usize| value.get(at).map_or(0, |byte| u32::from(byte.saturating_sub(b'0')));
    let check = |weights: &[u32]| {
        let sum: u32 = weights.iter().enumerate().map(|(at, weight)| worth(at) * weight).sum();
        if sum % 11 < 2 { 0 } else { 11 - sum % 11 }
    };
    let first = check(&[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second = check(&[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
    varies(value) && first == digit(value, 12) && second == digit(value, 13)
}

fn cuit(value: &[u8]) -> bool {
    let rest = (11 - weigh(value, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11;
    matches!(
        part(value, 0, 2),
        b"20" | b"23" | b"24" | b"25" | b"26" | b"27" | b"30" | b"33" | b"34" | b"50" | b"51" | b"55"
    ) && rest % 10 == digit(value, 10)
}

fn rut(value: &[u8]) -> bool {
    let Some((check, body)) = value.split_last() else { return false };
    let sum: u32 = body
        .iter()
        .rev()
        .zip([2, 3, 4, 5, 6, 7].into_iter().cycle())
        .map(|(byte, weight)| u32::from(byte.saturating_sub(b'0')) * weight)
        .sum();
    let dated = body.len() == 8 && matches!(part(body, 0, 2), b"19" | b"20") && has_day(body, 4, 6);
    !dated && b"0K987654321".get(usize::try_from(sum % 11).unwrap_or(0)) == Some(check) && varies(body)
}

fn curp(value: &[u8]) -> bool {
    has_day(value, 6, 8)
}

/// Letters of the name, then the day of birth or founding.
fn rfc(value: &[u8]) -> bool {
    let letters = value.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    has_day(value, letters + 2, letters + 4)
}
