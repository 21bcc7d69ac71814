//! Settings as they are written and read, and what they forget.

use super::*;
use crate::record::{decode, encode};

const FIRST: RouteId = RouteId::new(1);

fn settings() -> Settings {
    let route = RouteRecord {
        id: FIRST,
        name: String::new(),
        provider: "openai".to_owned(),
        model: "gpt-6-luna".to_owned(),
        region: None,
        project: None,
        endpoint: None,
        api_version: None,
        api: None,
        native_schema: false,
        context_tokens: None,
        base_model: None,
        omits: Vec::new(),
        embedding: None,
        embedding_omits: Vec::new(),
        credential: CredentialKind::Api,
        account: None,
        expires: None,
        last_four: Some("cdef".to_owned()),
        fingerprint: "0a1b2c3d".to_owned(),
        version: 3,
        saved_at: Millis(1_800_000_000_000),
        saved_by: "acc".to_owned(),
        saved_by_name: "Ada".to_owned(),
        tested: None,
    };
    Settings { chosen: Some(FIRST), next: 2, routes: vec![route], ..Settings::default() }
}

#[test]
fn comes_back_as_it_was_written() {
    let mut settings = settings();
    settings.classes.insert(DataClass::Internal, [Boundary::own("llm.example"), Boundary::global()].into());
    settings.fallbacks.push((FIRST, RouteId::new(2)));
    settings.loose.push(LooseKey { route: RouteId::new(2), version: 7, at: Millis(1) });
    assert_eq!(decode::<Settings>(&encode(&settings)).unwrap(), settings);
    assert_eq!((settings.next_version(FIRST), settings.next_version(RouteId::new(2))), (4, 8));
}

#[test]
fn keeps_what_a_model_does_not_take_once_and_reads_records_from_before() {
    let mut settings = settings();
    let before = String::from_utf8(encode(&settings)).unwrap();
    assert!(!before.contains("omits"));
    let route = settings.routes.first_mut().unwrap();
    let text = |text: &[Field]| Learnt { text: text.to_vec(), ..Learnt::default() };
    route.omit(&text(&[Field::Effort, Field::Store]));
    route.omit(&text(&[Field::Store]));
    route.omit(&Learnt { embedding: vec![Field::Dimensions], ..Learnt::default() });
    assert_eq!(
        (&route.omits[..], &route.embedding_omits[..]),
        (&[Field::Effort, Field::Store][..], &[Field::Dimensions][..])
    );
    assert_eq!(decode::<Settings>(&encode(&settings)).unwrap(), settings);
}

/// What one model does not take says nothing of another.
#[test]
fn what_was_learnt_of_a_model_is_kept_as_long_as_it_is_that_model() {
    let kept = RouteRecord {
        omits: vec![Field::Effort],
        embedding_omits: vec![Field::Dimensions],
        ..settings().routes.first().unwrap().clone()
    };
    let learnt = Learnt { text: vec![Field::Effort], embedding: vec![Field::Dimensions] };
    assert_eq!(kept.known_for(&RouteRecord { name: "Ours".to_owned(), ..kept.clone() }), learnt);
    let named = EmbeddingChoice { model: "other".to_owned(), region: None, dimensions: None };
    let other = kept.known_for(&RouteRecord { embedding: Some(named), ..kept.clone() });
    assert_eq!(other, Learnt { embedding: Vec::new(), ..learnt });
    assert!(kept.known_for(&RouteRecord { model: "gpt-6-sol".to_owned(), ..kept.clone() }).is_nothing());
}

#[test]
fn forgets_what_names_a_route_that_is_gone() {
    let mut settings = settings();
    settings.fallbacks.push((RouteId::new(2), FIRST));
    settings.forget(FIRST);
    assert_eq!((settings.routes.len(), settings.fallbacks.len(), settings.chosen), (0, 0, None));
}

#[test]
fn what_was_allowed_for_a_place_is_not_for_another() {
    let mut settings = settings();
    settings.fallbacks.push((RouteId::new(2), FIRST));
    let kept = settings.routes.first().unwrap().clone();
    settings.replace(RouteRecord { model: "gpt-6-sol".to_owned(), ..kept.clone() });
    assert_eq!(settings.fallbacks.len(), 1);
    settings.replace(RouteRecord { region: Some("eu".to_owned()), ..kept });
    assert_eq!(settings.fallbacks.len(), 0);
}

#[test]
fn reads_ids_and_boundaries_in_one_spelling() {
    assert_eq!(RouteId::parse("r12"), Some(RouteId::new(12)));
    for text in ["", "r", "r0", "r01", "R1", "r-1", "r+1", "1", "r4294967296"] {
        assert_eq!(RouteId::parse(text), None, "{text}");
    }
    for text in ["eu", "us", "global", "atlassian", "own:llm.example.com", "europe-west1"] {
        assert_eq!(Boundary::parse(text).unwrap().as_str(), text);
    }
    for text in ["", "EU", "own:", "own:a b", "a.b", "own:é"] {
        assert_eq!(Boundary::parse(text), None, "{text}");
    }
}
