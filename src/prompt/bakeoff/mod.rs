//! The tasks that models are compared by: tickets and pages we made up, of nobody, with names, addresses and orders in
//! them. It asks no model.
//!
//! | file | what |
//! |---|---|
//! | `tasks.json` | the tasks |
//! | `score` | what is found in an answer |

mod score;

use std::sync::OnceLock;

use serde::Deserialize;

pub use score::score;

use super::task::{Excerpt, Language, OutlineBlock, Source, SourceKind, Task, Tone, UseCase};
use crate::privacy::{Identity, KindSet, Masked, Masker};

/// The version of the tasks: results of another one are not compared with these.
pub const VERSION: u32 = 1;

/// One task.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bake {
    /// What it is about, in our words.
    pub name: String,
    use_case: UseCase,
    language: Language,
    title: String,
    people: Vec<Made>,
    sources: Vec<MadeSource>,
    #[serde(default)]
    outline: Vec<MadeBlock>,
    /// Values whose tokens a good answer holds.
    keep: Vec<String>,
    /// The word that a ticket orders to be written.
    #[serde(default)]
    order: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    name: String,
    email: String,
    role: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeSource {
    key: Option<String>,
    title: String,
    excerpts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeBlock {
    heading: Option<u8>,
    text: String,
}

/// A task, masked as every draft is, with the way back.
pub struct Baking {
    /// What is asked.
    pub task: Task<Masked<String>>,
    /// What knows its tokens.
    pub masker: Masker,
}

/// The tasks, in the order in which they are asked.
#[must_use]
pub fn tasks() -> &'static [Bake] {
    static TASKS: OnceLock<Vec<Bake>> = OnceLock::new();
    TASKS.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "the file is part of the build and a test parses it")]
        serde_json::from_str(include_str!("tasks.json")).expect("tasks.json is well formed")
    })
}

impl Bake {
    /// The task, masked with every kind on.
    #[must_use]
    pub fn masked(&self) -> Baking {
        let mut masker = Masker::new(&self.people.iter().map(Made::identity).collect::<Vec<_>>(), KindSet::ALL);
        let plain = self.plain();
        plain.map(|text| masker.learn(text));
        let mut task = plain.map(|text| masker.mask(text));
        task.count_tokens();
        let legend = masker.legend();
        task.legend = Some(legend).filter(|legend| !legend.as_ref().is_empty());
        Baking { task, masker }
    }

    fn plain(&self) -> Task<String> {
        Task {
            use_case: self.use_case,
            title: Some(self.title.clone()),
            language: self.language,
            tone: Tone::Neutral,
            sources: self.sources.iter().map(MadeSource::source).collect(),
            outline: self
                .outline
                .iter()
                .map(|block| OutlineBlock { heading: block.heading, text: block.text.clone() })
                .collect(),
            legend: None,
        }
    }
}

impl Made {
    fn identity(&self) -> Identity {
        Identity { role: Some(self.role.clone()), ..Identity::named(&self.name, Some(&self.email)) }
    }
}

impl MadeSource {
    fn source(&self) -> Source<String> {
        let count = u32::try_from(self.excerpts.len()).unwrap_or(u32::MAX);
        Source {
            kind: if self.key.is_some() { SourceKind::Issue } else { SourceKind::Page },
            key: self.key.clone(),
            title: self.title.clone(),
            group: None,
            excerpts: self
                .excerpts
                .iter()
                .zip((0..count).rev())
                .map(|(text, value)| Excerpt { text: text.clone(), tokens: 0, value })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::{Marker, Room, template};

    #[test]
    fn every_task_is_masked_and_fits_the_smallest_model() {
        assert!((6..=10).contains(&tasks().len()));
        for bake in tasks() {
            let Baking { task, masker } = bake.masked();
            let built = template::build(&task, Marker([7; 8]), Room { input: 6_000, output: u32::MAX });
            let prompt = built.prompt.expose_to_provider();
            let sent = format!("{:?}{}", prompt.system, prompt.messages[0].text);
            assert!(built.left.is_empty() && built.input_tokens <= 6_000, "{}", bake.name);
            for person in &bake.people {
                assert!(
                    !sent.contains(&person.email) && !sent.contains(&person.name),
                    "{}: {}",
                    bake.name,
                    person.name
                );
            }
            for value in &bake.keep {
                assert!(!sent.contains(value), "{}: {value} is sent", bake.name);
                assert!(masker.pairs().iter().any(|(_, known)| known == value), "{}: {value}", bake.name);
            }
            assert!(bake.order.as_ref().is_none_or(|order| sent.contains(order)), "{}", bake.name);
        }
        assert!(tasks().iter().any(|bake| bake.order.is_some()));
        assert!(tasks().iter().any(|bake| bake.use_case == UseCase::Update && !bake.outline.is_empty()));
    }
}
