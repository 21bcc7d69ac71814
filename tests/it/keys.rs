//! The installation's own secret and keys of names: made once, never made anew over what they sealed, refused when they are no keys.

use serde_json::{Value, json};

use crate::host::{Act, Fault, World};
use crate::main_job::{WRITER, new_page, site, start};
use crate::rotation::{full, save_set};

pub(crate) const ROOT_1: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fn list() -> Value {
    json!({"type": "sets.list"})
}

/// What is stored, all of it.
fn stored(world: &World) -> Value {
    json!([world.kv, world.secrets, world.jobs, world.index, world.masking, world.kept])
}

#[test]
fn of_two_first_invocations_at_once_one_makes_the_secret_and_both_use_it() {
    for at in 1.. {
        let mut world = World::new(site());
        world.meanwhile = Some((at, |world| drop(world.view(WRITER, save_set("theirs")))));
        world.view("acc-other", save_set("ours"));
        if world.meanwhile.take().is_some() {
            assert!(at > 20, "the other one came only before {at} effects");
            return;
        }
        let secrets = world.secrets.clone();
        assert_eq!(world.view(WRITER, list())["sets"][0]["name"], "theirs", "before effect {at}");
        assert_eq!(world.view("acc-other", list())["sets"][0]["name"], "ours", "before effect {at}");
        assert_eq!(world.secrets, secrets);
    }
}

#[test]
fn whatever_fails_in_the_first_invocation_the_next_one_works_and_keeps_its_keys() {
    for fault in [Fault::Before, Fault::After, Fault::Crash] {
        for at in 1.. {
            let mut world = World::new(site());
            world.fault = Some((at, fault));
            world.page(WRITER, save_set("mine"));
            if world.fault.take().is_some() {
                break;
            }
            let made = world.secrets.clone();
            world.view(WRITER, save_set("mine"));
            assert_eq!(world.view(WRITER, list())["sets"][0]["name"], "mine", "effect {at} failed {fault:?}");
            assert!(
                made.iter().all(|(name, value)| world.secrets.get(name) == Some(value)),
                "effect {at} failed {fault:?}"
            );
        }
    }
}

/// What can be left of an installation whose secret is gone, one at a time.
const LEFT: [(&str, Act); 6] = [
    ("settings", |world| world.kept.retain(|key, _| key == "settings")),
    ("sets", |world| world.kept.retain(|key, _| key.starts_with("sets:"))),
    ("a job", |world| world.kept.clear()),
    ("masking", |world| world.kept.clear()),
    ("the index", |world| world.kept.clear()),
    ("values of the index", |world| world.kept.clear()),
];

#[test]
fn refuses_to_make_a_secret_over_records_that_it_would_not_open() {
    for (name, keep) in LEFT {
        let mut world = full();
        keep(&mut world);
        let jobs = std::mem::take(&mut world.jobs);
        let masking = std::mem::take(&mut world.masking);
        let index = std::mem::take(&mut world.index);
        let values = std::mem::take(&mut world.kv);
        match name {
            "a job" => world.jobs = jobs,
            "masking" => world.masking = masking,
            "the index" => world.index = index,
            "values of the index" => world.kv = values,
            _ => {}
        }
        world.secrets.clear();
        let before = stored(&world);
        for call in [list(), save_set("mine"), start(&new_page(), "page", "extract")] {
            let answer = world.page(WRITER, call).unwrap();
            assert_eq!(answer, json!({"type": "fault", "code": "keys-missing"}), "{name}");
        }
        world.own("schedule", json!({"type": "sweep"}));
        assert_eq!(stored(&world), before, "{name}: nothing was changed");
        assert!(world.logs.iter().any(|line| line["code"] == "keys-missing"));
    }
}

#[test]
fn the_secret_brought_back_opens_everything_again() {
    let mut world = full();
    let secrets = std::mem::take(&mut world.secrets);
    assert_eq!(world.page(WRITER, list()).unwrap()["code"], "keys-missing");
    world.secrets = secrets;
    crate::rotation::everything_opens(&mut world, "brought back");
}

#[test]
fn the_keys_of_names_come_back_as_they_were_while_the_first_root_is_there() {
    let mut world = full();
    world.secrets.remove("name-keys");
    crate::rotation::everything_opens(&mut world, "made again");
    assert!(world.secrets.contains_key("name-keys"));
}

#[test]
fn the_keys_of_names_are_not_made_again_from_a_later_root() {
    let mut world = full();
    crate::rotation::promote(&mut world);
    crate::rotation::hourly(&mut world);
    crate::rotation::window(&mut world, "minimum=2 primary=2 readable=2");
    world.secrets.remove("name-keys");
    let before = stored(&world);
    assert_eq!(world.page(WRITER, list()).unwrap()["code"], "keys-missing");
    assert_eq!(stored(&world), before);
    // A new installation under a later root makes them of it.
    let mut new = World::new(site());
    crate::rotation::window(&mut new, "minimum=2 primary=2 readable=2");
    new.view(WRITER, save_set("mine"));
    assert_eq!(new.view(WRITER, list())["sets"][0]["name"], "mine");
}

#[test]
fn refuses_a_secret_that_is_no_key_and_leaves_it() {
    let short = ROOT_1[..40].to_owned();
    for wrong in
        [String::new(), short, format!("{ROOT_1}AAAA"), "A".repeat(43), "_".repeat(42) + "8", "not base64!".to_owned()]
    {
        let mut world = full();
        world.secrets.insert("inst".to_owned(), wrong.clone());
        let before = stored(&world);
        assert_eq!(world.page(WRITER, list()).unwrap()["code"], "storage-unreadable", "{wrong}");
        assert_eq!(stored(&world), before);
    }
}

#[test]
fn refuses_another_installations_secret_and_keys_of_names() {
    let mut world = full();
    let other = full();
    for name in ["inst", "name-keys"] {
        let ours = world.secrets.insert(name.to_owned(), other.secrets[name].clone()).unwrap();
        assert_eq!(world.page(WRITER, list()).unwrap()["code"], "storage-unreadable", "{name}");
        world.secrets.insert(name.to_owned(), ours);
    }
    crate::rotation::everything_opens(&mut world, "its own again");
}

#[test]
fn refuses_variables_that_make_no_window_of_roots() {
    let windows = [
        "",
        "minimum=1 primary=2 readable=2",
        "minimum=2 primary=1 readable=2",
        "primary=1",
        "1 1 1",
        "minimum=2 primary=2 readable=2",
    ];
    for text in windows {
        let mut world = full();
        world.env.insert("QUILLGATE_ROOT_WINDOW".to_owned(), text.to_owned());
        let code = world.page(WRITER, list()).unwrap()["code"].clone();
        assert_eq!(code, if text.is_empty() { Value::Null } else { json!("no-root-key") }, "{text}");
    }
    for root in ["", "change me", "AAAA", &"A".repeat(43)] {
        let mut world = full();
        world.env.insert("QUILLGATE_ROOT_1".to_owned(), root.to_owned());
        assert_eq!(world.page(WRITER, list()).unwrap()["code"], "no-root-key", "{root}");
    }
}

#[test]
fn an_uninstall_without_the_secret_erases_what_is_left_and_makes_none() {
    let mut world = full();
    world.secrets.remove("inst");
    world.time = 50_000;
    let answer = world.own("uninstall", json!({"type": "uninstall"})).unwrap();
    assert_eq!(answer["type"], "ok", "{answer}");
    assert!(world.jobs.is_empty() && world.index.is_empty() && world.masking.is_empty() && world.kept.is_empty());
    assert!(!world.secrets.contains_key("inst") && !world.secrets.contains_key("name-keys"));
}
