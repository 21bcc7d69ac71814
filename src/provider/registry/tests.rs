//! The facts of the registry hold together, and lead where they should.

use super::*;

#[test]
fn holds_well_formed_facts() {
    let registry = registry();
    let is_day = |day: &str| day.len() == 10 && day.starts_with("20") && day.split('-').count() == 3;
    assert!(is_day(&registry.reviewed));
    for entry in &registry.providers {
        let embedding = entry.embedding.as_ref().map(|embedding| &embedding.source);
        for fact in [&entry.training, &entry.retention].into_iter().chain(embedding) {
            assert!(fact.url.starts_with("https://") && is_day(&fact.reviewed) && fact.text.ends_with('.'));
        }
        for model in &entry.models {
            assert!(model.retires.as_deref().is_none_or(is_day));
            assert!(model.price.is_none_or(|price| 0.0 < price.input && price.input < price.output), "{}", model.id);
            assert!(model.regions.iter().all(|region| entry.regions.contains(region)), "{}", model.id);
        }
    }
}

#[test]
fn embeddings_stay_in_the_eu_and_fit_an_answer() {
    let all: Vec<&EmbeddingModel> = registry().providers.iter().filter_map(|entry| entry.embedding.as_ref()).collect();
    assert_eq!(all.len(), 5);
    for embedding in &all {
        assert!(embedding.texts > 0 && embedding.at_once > 0 && !embedding.task.is_empty());
        // A number is 40 bytes of an answer at most, indented; the gate takes 4 MiB.
        assert!(embedding.dimensions.is_none_or(|n| usize::try_from(n).unwrap() * embedding.texts * 40 < 4 << 20));
    }
    let vertex = registry().entry(Provider::Vertex).unwrap().embedding.as_ref().unwrap();
    assert_eq!(vertex.region.as_deref(), Some("europe-west1"));
}

#[test]
fn default_route_is_the_eu_and_lives_a_year() {
    let route = Route::parse(&registry().default_route("quillgate-eu")).unwrap();
    assert_eq!(route.host(), "aiplatform.eu.rep.googleapis.com");
    let model = registry().model(&route).unwrap();
    assert!(model.retires.as_deref() > Some("2027-07"), "{}", model.id);
}

#[test]
fn knows_the_host_of_each_location() {
    assert_eq!(vertex_host("eu"), "aiplatform.eu.rep.googleapis.com");
    assert_eq!(vertex_host("us"), "aiplatform.us.rep.googleapis.com");
    assert_eq!(vertex_host("global"), "aiplatform.googleapis.com");
    assert_eq!(vertex_host("europe-west1"), "europe-west1-aiplatform.googleapis.com");
}

#[test]
fn lists_every_host_once() {
    let hosts = hosts();
    let mut unique = hosts.clone();
    unique.dedup();
    assert_eq!(hosts, unique);
    assert!(hosts.iter().all(|host| !host.contains('*')));
    for host in ["aiplatform.eu.rep.googleapis.com", "api.openai.com", "eu.api.openai.com", "oauth2.googleapis.com"] {
        assert!(hosts.iter().any(|listed| listed == host), "{host}");
    }
}

#[test]
fn offers_all_seven_providers() {
    let listed: Vec<&str> = registry().providers.iter().map(|entry| entry.id.name()).collect();
    let all = ["vertex", "openai", "anthropic", "azure-openai", "gemini", "openai-compatible", "forge-llm"];
    assert!(all.iter().all(|name| listed.contains(name)), "{listed:?}");
    assert_eq!(listed.len(), all.len());
}

#[test]
fn tells_the_end_of_models_that_are_not_offered() {
    let route = |provider: &str, model: &str| {
        let text = |value: &str| Some(value.to_owned());
        let vertex = provider == "vertex";
        let fields = RouteFields {
            provider: provider.to_owned(),
            model: model.to_owned(),
            region: text("europe-west1").filter(|_| vertex),
            project: text("p").filter(|_| vertex),
            ..RouteFields::default()
        };
        Route::parse(&fields).unwrap()
    };
    let now = Millis::parse("2026-11-22T09:00:00Z").unwrap();
    let soon = |on: &str| Retirement::Soon { on: on.to_owned() };
    assert_eq!(retirement(&route("gemini", "text-embedding-004"), now), Retirement::Gone);
    assert_eq!(retirement(&route("vertex", "gemini-2.5-flash"), now), Retirement::Gone);
    assert_eq!(retirement(&route("vertex", "gemini-3.7-flash"), now), soon("2027-01-28"));
    assert_eq!(retirement(&route("vertex", "text-embedding-004"), now), Retirement::None);
    let spring = Millis::parse("2027-01-02T00:00:00Z").unwrap();
    assert_eq!(retirement(&route("vertex", "text-embedding-004"), spring), soon("2027-04-01"));
    assert_eq!(retirement(&route("openai", "something-new"), now), Retirement::None);
}
