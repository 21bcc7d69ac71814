//! The verb `ask` of the command line: a model is asked as every flow asks one, so that what a call costs can be measured through the
//! app's own door. The route is decided, the request built, sent through the gate as an effect, and its answer read.
//! Its words are those of whoever types the line, about nobody; no page and no event can reach it, and it keeps nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::stop::Stop;
use super::task::Host;
use crate::command::provider::{AskLine, ProviderRefusal, answered};
use crate::command::refused::{Refused, unreadable_line};
use crate::policy::route::{Allowed, Asked, Candidate, Facts, Need, Rules, decide};
use crate::policy::{Holds, Passed, Permit};
use crate::protocol::{Answer, DataClass, Fault, Millis};
use crate::provider::registry::{Retirement, registry, retirement};
use crate::provider::{self, Prompt, Route};
use crate::record::RouteId;

/// Its name.
pub(super) const VERB: &str = "ask";

/// Answers a line.
pub(super) async fn asked(host: &Host, line: Value) -> Answer {
    let line: AskLine = match serde_json::from_value(line) {
        Ok(line) => line,
        Err(error) => return rejected(unreadable_line(&error)),
    };
    let (id, routes, credential, prompt) = match line.parts() {
        Ok(parts) => parts,
        Err(problem) => return rejected(problem.into()),
    };
    let allowed = match routed(host.now(), &routes, &prompt) {
        Ok(allowed) => allowed,
        Err(stop) => return stop.answer(),
    };
    let route = allowed.route();
    let request = match provider::build_as_typed(route, &credential, &prompt) {
        Ok(request) => request,
        Err(problem) => return rejected(ProviderRefusal::Build(problem).into()),
    };
    let http = match Permit::of(&allowed).pass(request, Holds::OwnWords, host.left()) {
        Ok(Passed::Egress(effect)) => host.perform(effect).await,
        Ok(Passed::Llm(effect)) => host.perform(effect).await,
        Err(_) => Err(Fault::NotSent.into()),
    };
    match http {
        Ok(http) => {
            let read = provider::read(route, http.status, &http.headers, &http.body);
            super::ok(answered(id, read)).unwrap_or_else(Stop::answer)
        }
        Err(stop) => stop.answer(),
    }
}

/// The route that is asked first: decided as for every text, by rules that allow each route and each one behind it.
///
/// # Errors
/// The rule that forbids.
pub(crate) fn routed(now: Millis, routes: &[Route], prompt: &Prompt) -> Result<Allowed, Stop> {
    // A token is a byte at least.
    let text = prompt.messages.iter().map(|message| message.text.len()).chain(prompt.system.as_ref().map(String::len));
    let input = u64::try_from(text.sum::<usize>()).unwrap_or(u64::MAX);
    let names: Vec<String> = (1..=routes.len()).map(|number| format!("r{number}")).collect();
    let candidates: Vec<Candidate<'_>> = names
        .iter()
        .zip(routes)
        .map(|(name, route)| Candidate {
            name,
            id: RouteId::parse(name),
            route,
            facts: Facts {
                input: registry().limits(route).map(|limits| u64::from(limits.input)),
                is_gone: retirement(route, now) == Retirement::Gone,
                embeds: false,
            },
            health: None,
        })
        .collect();
    let pairs: Vec<(RouteId, RouteId)> =
        candidates.windows(2).filter_map(|pair| Some((pair.first()?.id?, pair.last()?.id?))).collect();
    let rules = Rules { classes: &BTreeMap::new(), fallbacks: &pairs, monthly: Some(u64::MAX), spent: 0 };
    let classes = BTreeSet::from([DataClass::Internal]);
    let need = Need::Text { input, output: u64::from(prompt.max_output_tokens) };
    let choice = decide(&Asked { classes: &classes, need, now }, &rules, &candidates).map_err(|no| {
        let (code, params) = no.refusal();
        Stop::Refused(code, params)
    })?;
    Ok(choice.first)
}

fn rejected(Refused { code, message }: Refused) -> Answer {
    Answer::Rejected { code, message }
}
