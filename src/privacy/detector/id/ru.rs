//! Russia: INN, SNILS, OGRN, internal and foreign passport, licence, health policy, plates, bank accounts.
//! It does not check a bank account against the bank's code.
//!
//! Source: приказ ФНС ЕД-7-14/559@ (ИНН); Постановление ПФР 192п (СНИЛС); приказ ФНС ММВ-7-14/481@ (ОГРН); Постановление 828
//! (паспорт); ГОСТ Р 50577-2018 (plates); приказ Минздрава 108н (полис ОМС).

use super::Id;
use super::check::{digit, luhn, number, part, varies, weigh};
use crate::privacy::Kind;

#[rustfmt::skip]
pub(super) const IDS: &[Id] = &[
    Id::of(Kind::TaxId, "RU").shapes(&["d{12}", "d{10}"]).check(inn)
        .labels(&["инн", "ИНН", "Инн", "inn", "идентификационный номер налогоплательщика", "Идентификационный номер налогоплательщика", "russian tax id", "tax id", "tax number", "tin", "taxpayer identification number", "tax identification number"]),
    Id::of(Kind::NationalId, "RU").shapes(&["d{3}_d{3}_d{3}_d{2}"]).alone(&["d{3}-d{3}-d{3} d{2}", "d{3}-d{3}-d{3}-d{2}"]).check(snils)
        .labels(&["снилс", "СНИЛС", "Снилс", "snils", "страховой номер", "Страховой номер", "пенсионное страхование", "social security number", "страховое свидетельство"]),
    Id::of(Kind::TaxId, "RU").shapes(&["d{15}", "d{13}"]).check(ogrn)
        .labels(&["огрн", "ОГРН", "огрнип", "ОГРНИП", "ogrn", "ogrnip"]),
    Id::of(Kind::Passport, "RU").shapes(&["d{2}_d{2}_№?d{6}", "d{2}_d{2} № ?d{6}", "d{4}, номер d{6}", "d{2}_?d{2} номер d{6}", "d{2}_d{7}"]).check(varies)
        .labels(&["паспорт", "Паспорт", "ПАСПОРТ", "паспорта", "Паспорта", "паспортные данные", "Паспортные данные", "серия и номер", "Серия и номер", "серия", "Серия", "загранпаспорт", "Загранпаспорт", "загранпаспорта", "russian passport"]),
    Id::of(Kind::DriverLicence, "RU").shapes(&["d{2}_d{2}_№?d{6}", "d{2}_p{2}_d{6}"])
        .labels(&["водительское удостоверение", "Водительское удостоверение", "водительского удостоверения", "водительские права", "права серии", "в/у", "ву №", "ВУ №", "ВУ"]),
    Id::of(Kind::HealthId, "RU").shapes(&["d{16}"]).check(luhn)
        .labels(&["полис омс", "Полис ОМС", "полис ОМС", "омс", "ОМС", "полис", "Полис", "енп", "ЕНП"]),
    Id::of(Kind::Vehicle, "RU").shapes(&["p d{3} p{2} d{2,3}", "p{1}d{3}p{2}_d{2,3}", "p{1}d{3}p{2}", "p{2}d{3}_d{2,3}"])
        .labels(&["госномер", "Госномер", "гос. номер", "Гос. номер", "гос.номер", "номер автомобиля", "Номер автомобиля", "номер машины", "грз", "ГРЗ", "автомобиль", "Автомобиль", "регистрационный знак", "государственный номер"]),
    Id::of(Kind::BankAccount, "RU").shapes(&["d{20}"]).check(varies)
        .labels(&["расчетный счет", "расчётный счёт", "Расчетный счет", "Расчётный счёт", "р/с", "Р/с", "р/сч", "к/с", "К/с", "корр. счет", "корсчет", "корреспондентский счет", "лицевой счет", "Лицевой счет", "счет", "счёт", "счета", "счёта", "Счет", "Счёт", "номер счета", "номер счёта", "Номер счета", "банковский счет"]),
    Id::of(Kind::Bic, "RU").shapes(&["04d{7}"]).labels(&["бик", "БИК", "Бик", "bik"]),
    Id::of(Kind::TaxId, "RU").shapes(&["d{9}"]).labels(&["кпп", "КПП"]),
];

fn inn(value: &[u8]) -> bool {
    const WEIGHTS: &[u32] = &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let check = |digits: usize| {
        let weights = WEIGHTS.get(WEIGHTS.len() - digits..).unwrap_or_default();
        weigh(value, weights) % 11 % 10 == digit(value, digits)
    };
    varies(value) && if value.len() == 10 { check(9) } else { check(10) && check(11) }
}

fn snils(value: &[u8]) -> bool {
    let sum = weigh(value, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    number(part(value, 9, 11)) == Some(u64::from(sum % 101 % 100)) && varies(part(value, 0, 9))
}

fn ogrn(value: &[u8]) -> bool {
    let body = value.len().saturating_sub(1);
    let modulus = if body == 12 { 11 } else { 13 };
    let rest = number(part(value, 0, body)).map(|number| number % modulus % 10);
    rest == Some(u64::from(digit(value, body))) && matches!(value.first(), Some(b'1'..=b'9'))
}
