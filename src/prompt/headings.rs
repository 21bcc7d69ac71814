//! The headings that are ours, in the six languages.
//! What a model or a writer names is not here.

use super::task::Language;

/// The heading of a section of release notes.
pub(super) fn release(kind: &str, language: Language) -> &'static str {
    let row = match kind {
        "breaking" => [
            "Breaking changes",
            "Inkompatible Änderungen",
            "Ruptures de compatibilité",
            "Cambios incompatibles",
            "Modifiche incompatibili",
            "Несовместимые изменения",
        ],
        "security" => ["Security", "Sicherheit", "Sécurité", "Seguridad", "Sicurezza", "Безопасность"],
        "feature" => ["New features", "Neue Funktionen", "Nouveautés", "Novedades", "Novità", "Новые возможности"],
        "improvement" => ["Improvements", "Verbesserungen", "Améliorations", "Mejoras", "Miglioramenti", "Улучшения"],
        "fix" => ["Bug fixes", "Fehlerbehebungen", "Corrections", "Correcciones", "Correzioni", "Исправления"],
        _ => [
            "Other changes",
            "Weitere Änderungen",
            "Autres changements",
            "Otros cambios",
            "Altre modifiche",
            "Прочие изменения",
        ],
    };
    pick(row, language)
}

/// The heading of what fits no section of the page.
pub(super) fn added(language: Language) -> &'static str {
    pick(
        [
            "Recent changes",
            "Neueste Änderungen",
            "Changements récents",
            "Cambios recientes",
            "Modifiche recenti",
            "Последние изменения",
        ],
        language,
    )
}

fn pick(row: [&'static str; 6], language: Language) -> &'static str {
    let [en, de, fr, es, it, ru] = row;
    match language {
        Language::Source | Language::En => en,
        Language::De => de,
        Language::Fr => fr,
        Language::Es => es,
        Language::It => it,
        Language::Ru => ru,
    }
}
