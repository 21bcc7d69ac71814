//! Spanish: Spain and Latin America.
//! It lists no towns.
//!
//! Source: Correos, normas de dirección postal; INE, claves de tipos de vía.

use super::Lexicon;

#[rustfmt::skip]
pub(super) const LEXICON: Lexicon = Lexicon {
    opens: &[
        "calle", "c", "c/", "cl", "cll", "avenida", "avda", "av", "avd", "avinguda", "plaza", "pza", "plza", "pl", "plaça", "paseo", "pº", "passeig", "camino", "cno", "cmno", "carretera", "ctra", "ronda", "rda", "travesía", "travesia", "trva", "glorieta", "gta",
        "callejón", "carrer", "rambla", "rbla", "cuesta", "pasaje", "pje", "urbanización", "urb", "polígono", "pol", "barrio", "bulevar", "rúa", "rua", "vía", "carrera", "alameda", "costanilla", "bajada", "praza", "kalea",
    ],
    weak: &["c", "cl", "pl", "pol", "vía", "carrera", "plaza", "ronda", "urb", "cuesta", "barrio", "pasaje", "rua", "av"],
    units: &["piso", "puerta", "pta", "esc", "escalera", "planta", "portal", "bajo", "ático", "atico", "dcha", "izq", "izqda", "izda", "derecha", "izquierda", "local", "bloque", "blq", "oficina", "dpto", "depto", "casa", "entresuelo", "principal", "interior"],
    boxes: &["apartado", "correos", "apdo"],
    links: &["de", "del", "la", "las", "los", "el", "y", "san", "santa", "da", "do", "d", "l", "i"],
    marks: &["nº", "n°", "núm", "num", "número", "s/n"],
    countries: &["españa", "espana", "alemania", "francia", "méxico", "argentina"],
    labels: &["dirección", "direccion", "domicilio", "vive en", "vivo en", "reside en", "domiciliado", "domiciliada", "sede"],
    ..super::super::lexicon::EMPTY
};
