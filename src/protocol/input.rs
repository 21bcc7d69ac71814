//! What the shim hands to a step: a call with its context, or the outcome of an effect.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::{Call, EffectId, FailCode, Millis};

/// One step's input.
pub enum Input {
    /// Opens a conversation; only the first input of an instance may be one.
    Call {
        /// The shim's clock.
        now: Millis,
        /// When the platform cuts the invocation.
        deadline: Millis,
        /// Where the call comes from, by the platform's word and not the caller's.
        context: Box<RawContext>,
        /// What is asked.
        call: Box<Call>,
    },
    /// An effect is done.
    Outcome {
        /// Which effect.
        id: EffectId,
        /// The shim's clock.
        now: Millis,
        /// What it gave; its shape is the operation's.
        outcome: Value,
    },
    /// An effect failed.
    Failed {
        /// Which effect.
        id: EffectId,
        /// The shim's clock.
        now: Millis,
        /// Why.
        code: FailCode,
    },
}

impl Input {
    /// Reads an input of the documented form; nothing when it is of another.
    #[must_use]
    pub fn read<'de>(input: impl Deserializer<'de>) -> Option<Input> {
        Members::deserialize(input).ok()?.whole()
    }
}

/// The members of every kind of input. A derived reader of tagged forms would hold all of them once more before it knew the kind, and
/// what an effect gave may be megabytes; so the kind is looked at when all are read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    r#type: Kind,
    now: Millis,
    deadline: Option<Millis>,
    context: Option<Box<RawContext>>,
    call: Option<Box<Call>>,
    id: Option<EffectId>,
    #[serde(default, deserialize_with = "there")]
    outcome: Option<Value>,
    code: Option<FailCode>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Call,
    Outcome,
    Failed,
}

/// What an effect gave, also when that is null.
fn there<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(input).map(Some)
}

impl Members {
    /// The input, when it has what its kind has and nothing else.
    fn whole(self) -> Option<Input> {
        let Members { r#type, now, deadline, context, call, id, outcome, code } = self;
        match (r#type, (deadline, context, call), id, outcome, code) {
            (Kind::Call, (Some(deadline), Some(context), Some(call)), None, None, None) => {
                Some(Input::Call { now, deadline, context, call })
            }
            (Kind::Outcome, (None, None, None), Some(id), Some(outcome), None) => {
                Some(Input::Outcome { id, now, outcome })
            }
            (Kind::Failed, (None, None, None), Some(id), None, Some(code)) => Some(Input::Failed { id, now, code }),
            _ => None,
        }
    }
}

/// Where an invocation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A person's page.
    Ui,
    /// An async event of our own queue.
    Consumer,
    /// An event of a product.
    Event,
    /// A scheduled trigger.
    Schedule,
    /// Installed or upgraded.
    Lifecycle,
    /// About to be uninstalled.
    Uninstall,
    /// The command line; no platform at all.
    Local,
}

/// The platform's environment of this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Environment {
    /// A developer's.
    Development,
    /// For tests.
    Staging,
    /// Customers'.
    Production,
}

/// The platform's context as the shim read it; [`crate::tenant`] turns it into identities.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RawContext {
    /// Where the invocation comes from.
    pub source: Source,
    /// The product the page is in.
    #[serde(default)]
    pub product: Option<super::Product>,
    /// The site.
    #[serde(default)]
    pub cloud_id: Option<String>,
    /// The installation.
    #[serde(default)]
    pub installation_id: Option<String>,
    /// The environment's id.
    #[serde(default)]
    pub environment_id: Option<String>,
    /// The environment's kind.
    #[serde(default)]
    pub environment_type: Option<Environment>,
    /// The asking user.
    #[serde(default)]
    pub account_id: Option<String>,
    /// The site's address.
    #[serde(default)]
    pub site_url: Option<String>,
    /// The manifest's module.
    #[serde(default)]
    pub module_key: Option<String>,
    /// The user's locale.
    #[serde(default)]
    pub locale: Option<String>,
    /// What the page was opened on.
    #[serde(default)]
    pub extension: Extension,
}

/// What the page was opened on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the names are the platform's own")]
pub struct Extension {
    #[serde(default)]
    pub issue_key: Option<String>,
    #[serde(default)]
    pub issue_id: Option<String>,
    #[serde(default)]
    pub project_key: Option<String>,
    #[serde(default)]
    pub page_id: Option<String>,
    #[serde(default)]
    pub space_key: Option<String>,
    #[serde(default)]
    pub space_id: Option<String>,
}
