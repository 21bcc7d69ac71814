//! What the shim hands to a step: a call with its context, or the outcome of an effect.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

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
    /// Reads an input of the documented form; nothing when it is of another. What an effect gave is taken over as it is: it may be
    /// megabytes, and a derived reader of tagged forms would copy it twice.
    #[must_use]
    pub fn read(input: Value) -> Option<Input> {
        let Value::Object(mut members) = input else { return None };
        match members.remove("type")?.as_str()? {
            "call" => {
                let Opening { now, deadline, context, call } = parse(members)?;
                Some(Input::Call { now, deadline, context, call })
            }
            "outcome" => {
                let outcome = members.remove("outcome")?;
                let Done { id, now } = parse(members)?;
                Some(Input::Outcome { id, now, outcome })
            }
            "failed" => {
                let Lost { id, now, code } = parse(members)?;
                Some(Input::Failed { id, now, code })
            }
            _ => None,
        }
    }
}

fn parse<T: DeserializeOwned>(members: Map<String, Value>) -> Option<T> {
    serde_json::from_value(Value::Object(members)).ok()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    now: Millis,
    deadline: Millis,
    context: Box<RawContext>,
    call: Box<Call>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    id: EffectId,
    now: Millis,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lost {
    id: EffectId,
    now: Millis,
    code: FailCode,
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
