//! Where a model is called: provider, model, region, project, endpoint; parsed once, at the door.
//! It does not decide whether a route may be used: that is the policy's.

use serde::Deserialize;

use super::azure::ApiVersion;
use super::endpoint::{Endpoint, EndpointProblem};
use fields::{api_version, base_model, context_tokens, endpoint, model, project, region};

mod fields;

/// The company whose API is called, or the kind of API for a customer's own endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provider {
    /// Gemini or Claude on Vertex AI, in a project and a location.
    Vertex,
    /// The Gemini API with a key; global only.
    Gemini,
    /// OpenAI's own API.
    #[serde(rename = "openai")]
    OpenAi,
    /// Azure OpenAI.
    #[serde(rename = "azure-openai")]
    AzureOpenAi,
    /// Anthropic's own API.
    Anthropic,
    /// Any server that speaks OpenAI's chat completions: vLLM, Ollama, LM Studio, a regional cloud.
    #[serde(rename = "openai-compatible")]
    OpenAiCompatible,
    /// The model hosted by Atlassian.
    ForgeLlm,
}

impl Provider {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Vertex => "vertex",
            Self::Gemini => "gemini",
            Self::OpenAi => "openai",
            Self::AzureOpenAi => "azure-openai",
            Self::Anthropic => "anthropic",
            Self::OpenAiCompatible => "openai-compatible",
            Self::ForgeLlm => "forge-llm",
        }
    }

    /// The provider of that wire name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        const ALL: [Provider; 7] = [
            Provider::Vertex,
            Provider::Gemini,
            Provider::OpenAi,
            Provider::AzureOpenAi,
            Provider::Anthropic,
            Provider::OpenAiCompatible,
            Provider::ForgeLlm,
        ];
        ALL.into_iter().find(|provider| provider.name() == name)
    }
}

/// Which of OpenAI's two text APIs a route uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Api {
    /// `POST /chat/completions`.
    #[default]
    Chat,
    /// `POST /responses`.
    Responses,
}

/// A route as a caller writes it, before anything about it was checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RouteFields {
    /// Wire name of the provider.
    pub provider: String,
    /// Model id in the provider's own spelling.
    pub model: String,
    /// Location (Vertex) or residency area (OpenAI).
    #[serde(default)]
    pub region: Option<String>,
    /// Google Cloud project id.
    #[serde(default)]
    pub project: Option<String>,
    /// Base URL of the customer's own server.
    #[serde(default)]
    pub endpoint: Option<String>,
    /// Version of a dated API.
    #[serde(default)]
    pub api_version: Option<String>,
    /// Which text API, where there are two.
    #[serde(default)]
    pub api: Option<Api>,
    /// Whether the customer's server takes `response_format`; without it the schema goes into the prompt.
    #[serde(default)]
    pub native_schema: bool,
    /// Tokens that a model of the customer's own server reads and writes in all.
    #[serde(default)]
    pub context_tokens: Option<u32>,
    /// The model behind an Azure deployment: its name says nothing, and the parameter rules are the model's.
    #[serde(default)]
    pub base_model: Option<String>,
}

/// A field of a request that some model does not take, so that the request can be built again without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The temperature.
    Temperature,
    /// How hard to think.
    Effort,
    /// The switch for thinking.
    Thinking,
    /// The usual name of the output limit; without it the other name is used.
    TokenLimit,
    /// The schema in the provider's own form; without it the schema goes into the prompt.
    Schema,
    /// The wish that nothing is stored.
    Store,
    /// The role `developer` for standing instructions; without it they are `system`.
    Developer,
    /// The length of a vector.
    Dimensions,
    /// What a vector is for.
    Task,
    /// That vectors are lists of numbers.
    Encoding,
}

/// A checked route. Its parts can be put into a URL as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    provider: Provider,
    model: String,
    region: Option<String>,
    project: Option<String>,
    endpoint: Option<Endpoint>,
    api: Api,
    api_version: ApiVersion,
    native_schema: bool,
    context_tokens: Option<u32>,
    base_model: Option<String>,
    omitted: Vec<Field>,
}

/// What is wrong with a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteProblem {
    /// No provider of that name.
    Provider,
    /// The model id is empty, too long, or has characters that no model id has.
    Model,
    /// The region is missing where it is needed, not one DNS label, or not one of the provider's areas.
    Region,
    /// The project is missing where it is needed, or not a project id.
    Project,
    /// The endpoint is missing where it is needed, or given where the provider's own host is used.
    EndpointUse,
    /// The endpoint is not one we call.
    Endpoint(EndpointProblem),
    /// The API version is not one, or does not have the chosen API.
    ApiVersion,
    /// Fewer tokens than a request of ours needs, or more than any model has.
    ContextTokens,
    /// The name of the model behind the deployment is not a model id.
    BaseModel,
    /// The field does not belong to this provider.
    ForeignField(&'static str),
}

impl RouteProblem {
    /// The field to show the message at.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Model => "model",
            Self::Region => "region",
            Self::Project => "project",
            Self::EndpointUse | Self::Endpoint(_) => "endpoint",
            Self::ApiVersion => "apiVersion",
            Self::ContextTokens => "contextTokens",
            Self::BaseModel => "baseModel",
            Self::ForeignField(name) => name,
        }
    }
}

impl Route {
    /// Checks the fields for the provider they name.
    ///
    /// # Errors
    /// The first field that is missing, malformed, or of another provider.
    pub fn parse(fields: &RouteFields) -> Result<Self, RouteProblem> {
        let provider = Provider::parse(&fields.provider).ok_or(RouteProblem::Provider)?;
        let route = Self {
            provider,
            model: model(provider, &fields.model)?,
            region: region(provider, fields.region.as_deref())?,
            project: project(provider, fields.project.as_deref())?,
            endpoint: endpoint(provider, fields.endpoint.as_deref())?,
            api: fields.api.unwrap_or_default(),
            api_version: api_version(provider, fields.api_version.as_deref())?,
            native_schema: fields.native_schema,
            context_tokens: context_tokens(provider, fields.context_tokens)?,
            base_model: base_model(provider, fields.base_model.as_deref())?,
            omitted: Vec::new(),
        };
        match provider {
            Provider::OpenAi | Provider::AzureOpenAi => {}
            _ if fields.api.is_some() => return Err(RouteProblem::ForeignField("api")),
            _ => {}
        }
        if fields.native_schema && provider != Provider::OpenAiCompatible {
            return Err(RouteProblem::ForeignField("nativeSchema"));
        }
        if route.api == Api::Responses && !route.api_version.has_responses() {
            return Err(RouteProblem::ApiVersion);
        }
        Ok(route)
    }

    /// The same route for a model that does not take this field: requests are built without it.
    #[must_use]
    pub fn omitting(&self, field: Field) -> Self {
        let mut route = self.clone();
        if !route.omits(field) {
            route.omitted.push(field);
        }
        route
    }

    /// The same for all of these fields.
    #[must_use]
    pub fn without(&self, fields: &[Field]) -> Self {
        fields.iter().fold(self.clone(), |route, field| route.omitting(*field))
    }

    /// Whether requests are built without this field.
    #[must_use]
    pub fn omits(&self, field: Field) -> bool {
        self.omitted.contains(&field)
    }

    /// The same route with another model, for example one that an administrator was offered in place of a retired one.
    ///
    /// # Errors
    /// When the id is not one of a model.
    pub fn with_model(&self, id: &str) -> Result<Self, RouteProblem> {
        Ok(Self { model: model(self.provider, id)?, ..self.clone() })
    }

    /// The route that embeds beside this one: another model at the same server, with the same API's version, at another
    /// place where one is named. What belongs to the text model alone is left out.
    ///
    /// # Errors
    /// When the id is not one of a model, or the place not one of the provider's.
    pub fn embedding(&self, id: &str, place: Option<&str>) -> Result<Self, RouteProblem> {
        Ok(Self {
            model: model(self.provider, id)?,
            region: region(self.provider, place.or(self.region()))?,
            api: Api::default(),
            native_schema: false,
            context_tokens: None,
            base_model: None,
            omitted: Vec::new(),
            ..self.clone()
        })
    }

    /// The provider.
    #[must_use]
    pub fn provider(&self) -> Provider {
        self.provider
    }

    /// The model id.
    #[must_use]
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The model that the parameter rules, limits and prices are those of: behind an Azure deployment, the base model.
    /// None where nobody said what the deployment holds.
    #[must_use]
    pub fn known_model(&self) -> Option<&str> {
        match self.provider {
            Provider::AzureOpenAi => self.base_model.as_deref(),
            _ => Some(&self.model),
        }
    }

    /// Which of Azure's APIs; the newest elsewhere.
    pub(super) fn api_version(&self) -> &ApiVersion {
        &self.api_version
    }

    /// Whether the model is Anthropic's, on its own API or on Vertex AI.
    pub(super) fn is_claude(&self) -> bool {
        self.provider == Provider::Anthropic || (self.provider == Provider::Vertex && self.model.starts_with("claude-"))
    }

    /// Location or residency area, when the provider has one.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Google Cloud project, when the provider has one.
    #[must_use]
    pub fn project(&self) -> Option<&str> {
        self.project.as_deref()
    }

    /// The customer's endpoint, when the provider has one.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.endpoint.as_ref()
    }

    /// Which text API.
    #[must_use]
    pub fn api(&self) -> Api {
        self.api
    }

    /// Tokens that its model reads and writes in all, where an administrator said so.
    #[must_use]
    pub fn context_tokens(&self) -> Option<u32> {
        self.context_tokens
    }

    /// Whether the customer's server takes a JSON schema natively.
    #[must_use]
    pub fn native_schema(&self) -> bool {
        self.native_schema
    }

    /// The one host a request of this route goes to.
    #[must_use]
    pub fn host(&self) -> String {
        let region = self.region().unwrap_or_default();
        match self.provider {
            Provider::Vertex => super::registry::vertex_host(region),
            Provider::Gemini => super::registry::GEMINI_HOST.to_owned(),
            Provider::OpenAi => super::registry::openai_host(self.region()),
            Provider::Anthropic => super::registry::ANTHROPIC_HOST.to_owned(),
            Provider::AzureOpenAi | Provider::OpenAiCompatible => {
                self.endpoint().map(|endpoint| endpoint.host().to_owned()).unwrap_or_default()
            }
            // The platform carries it: no host of ours or the customer's is reached.
            Provider::ForgeLlm => String::new(),
        }
    }
}
