//! Every effect fails once, in three ways: not done, done but the answer lost, done and the invocation killed.
//! Whatever fails, what a writer approved is written exactly once or not at all, and nothing is stuck.

use serde_json::{Value, json};

use crate::host::{Fault, World};
use crate::main_job::{WRITER, existing, new_page, site, start};

const FAULTS: [Fault; 3] = [Fault::Before, Fault::After, Fault::Crash];

/// A writer who does what the page offers until the job is done.
fn publish_stubbornly(world: &mut World, job: &Value) -> Value {
    let id = &job["id"];
    for _ in 0..6 {
        world.now += 400_000;
        let Some(answer) = world.page(WRITER, json!({"type": "job.get", "jobId": id})) else { continue };
        let view = &answer["view"];
        match view["state"].as_str() {
            Some("review") => {
                world.page(WRITER, json!({"type": "publish", "jobId": id, "hash": view["review"]["hash"]}));
            }
            Some("publishing") => {
                world.page(WRITER, json!({"type": "publish.resume", "jobId": id}));
            }
            Some("published") => return view.clone(),
            other => panic!("stuck in {other:?}: {answer}"),
        }
    }
    panic!("never published");
}

fn ours(world: &World) -> usize {
    let bodies = world.site.pages.values().filter(|page| !page.is_trashed).flat_map(|page| &page.versions);
    bodies.filter(|version| version.body.contains("ITD-1")).count()
}

/// Ledger: IM-24.
#[test]
fn whatever_fails_while_publishing_is_published_exactly_once() {
    for (target, use_case) in [(new_page(), "page"), (existing(), "update")] {
        let mut reached = 0;
        for fault in FAULTS {
            for at in 1.. {
                let mut world = World::new(site());
                let job = world.view(WRITER, start(&target, use_case, "extract"));
                world.fault = Some((at, fault));
                world.page(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
                if world.fault.take().is_some() {
                    break;
                }
                publish_stubbornly(&mut world, &job);
                assert_eq!(ours(&world), 1, "{use_case}: effect {at} failed {fault:?}");
                reached += 1;
            }
        }
        assert!(reached > 20, "only {reached} effects were failed");
    }
}

#[test]
fn whatever_fails_while_reverting_the_page_ends_as_it_was() {
    for fault in FAULTS {
        for at in 1.. {
            let mut world = World::new(site());
            let before = world.site.pages["7"].versions[0].body.clone();
            let job = world.view(WRITER, start(&existing(), "update", "extract"));
            world.view(WRITER, json!({"type": "publish", "jobId": job["id"], "hash": job["review"]["hash"]}));
            world.fault = Some((at, fault));
            world.page(WRITER, json!({"type": "revert", "jobId": job["id"]}));
            if world.fault.take().is_some() {
                break;
            }
            for _ in 0..4 {
                world.now += 100_000;
                world.page(WRITER, json!({"type": "revert", "jobId": job["id"]}));
            }
            let versions = &world.site.pages["7"].versions;
            assert_eq!((versions.len(), &versions[2].body), (3, &before), "effect {at} failed {fault:?}");
            let seen = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}));
            assert_eq!(seen["state"], "reverted", "effect {at} failed {fault:?}");
        }
    }
}

#[test]
fn whatever_fails_while_drafting_the_same_request_ends_in_review() {
    for fault in FAULTS {
        for at in 1.. {
            let mut world = World::new(site());
            world.fault = Some((at, fault));
            world.page(WRITER, start(&new_page(), "page", "extract"));
            if world.fault.take().is_some() {
                break;
            }
            world.now += 1_000;
            let job = world.view(WRITER, start(&new_page(), "page", "extract"));
            let job = if job["state"] == "reading" {
                world.view(WRITER, json!({"type": "draft.continue", "jobId": job["id"]}))
            } else {
                job
            };
            assert_eq!(job["state"], "review", "effect {at} failed {fault:?}: {job}");
            assert_eq!(world.jobs.len(), 1);
        }
    }
}

fn answering(_: &Value) -> (u16, String) {
    crate::answer::drafted("Fixed", &[("The VPN drops after 60 minutes.", "S1")])
}

#[test]
fn whatever_fails_in_the_event_the_job_ends_in_review_or_visibly_failed() {
    for fault in FAULTS {
        for at in 1.. {
            let mut world = World::with_model(site(), answering);
            let job = world.view(WRITER, start(&new_page(), "page", "route"));
            let event = world.queue.remove(0);
            world.fault = Some((at, fault));
            world.own(
                "consumer",
                json!({"type": "draft.run", "jobId": event["body"]["jobId"], "rev": event["body"]["rev"]}),
            );
            if world.fault.take().is_some() {
                break;
            }
            let mut state = Value::Null;
            for _ in 0..6 {
                world.now += 340_000 / 2;
                world.deliver();
                state = world.view(WRITER, json!({"type": "job.get", "jobId": job["id"]}))["state"].clone();
            }
            assert!(state == "review" || state == "failed", "effect {at} failed {fault:?}: {state}");
        }
    }
}
