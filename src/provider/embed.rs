//! Embeddings: request and answer for the providers that have them.
//! It does not decide which model's vectors belong to which index.

use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use crate::privacy::Masked;

use super::classify::{self, Family};
use super::registry::{EmbeddingRules, TaskForm, registry};
use super::{BuildProblem, Code, Credential, ModelError, Provider, Request, Route, azure, gemini, openai, vertex};

/// What the vectors are for; some models embed a question differently from the text that answers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EmbedTask {
    /// A search query.
    Query,
    /// A text to be found.
    Document,
}

/// Texts to embed in one request.
pub struct Embedding {
    /// At least one.
    pub texts: Vec<String>,
    /// What for.
    pub task: EmbedTask,
    /// How many numbers a vector has, where the model lets one choose.
    pub dimensions: Option<u32>,
}

impl Embedding {
    /// Texts that were masked.
    pub fn of_masked(texts: Vec<Masked<String>>, task: EmbedTask, dimensions: Option<u32>) -> Masked<Embedding> {
        let parts = (texts, task == EmbedTask::Query, dimensions);
        Masked::compose(parts, |(texts, query, dimensions)| Embedding {
            texts: texts.iter().map(|text| text.as_ref().clone()).collect(),
            task: if query { EmbedTask::Query } else { EmbedTask::Document },
            dimensions,
        })
    }
}

/// Builds the request for the vectors of some texts.
///
/// # Errors
/// As [`super::build`], and when the provider has no embeddings or takes fewer texts at once.
pub fn build_embed(
    route: &Route,
    credential: &Credential,
    wanted: &Masked<Embedding>,
) -> Result<Request, BuildProblem> {
    embed_as_typed(route, credential, wanted.expose_to_provider())
}

/// The same for texts of our own, and those an engineer typed on the command line; see [`super::build_as_typed`].
pub(crate) fn embed_as_typed(
    route: &Route,
    credential: &Credential,
    wanted: &Embedding,
) -> Result<Request, BuildProblem> {
    credential.fits(route)?;
    let rules = registry().embedding_rules(route);
    if wanted.texts.is_empty() || wanted.texts.len() > limit(route, rules) || wanted.dimensions == Some(0) {
        return Err(BuildProblem::Embedding);
    }
    let dimensions = wanted.dimensions.filter(|_| rules.dimensions);
    let wanted = Asked { texts: &wanted.texts, task: wanted.task, dimensions, rules };
    let (url, auth, body) = match route.provider() {
        _ if route.is_claude() => return Err(BuildProblem::Embedding),
        Provider::Vertex if rules.one_text => {
            (vertex::url(route, "embedContent"), vertex::auth(credential)?, vertex_content(&wanted))
        }
        Provider::Vertex => (vertex::url(route, "predict"), vertex::auth(credential)?, vertex_body(&wanted)),
        Provider::Gemini => {
            (gemini::url(route, "batchEmbedContents"), gemini::auth(credential), gemini_body(route, &wanted))
        }
        Provider::OpenAi => (openai::url(route, "embeddings"), openai::auth(credential), openai_body(route, &wanted)),
        Provider::AzureOpenAi => {
            (azure::url(route, "embeddings")?, azure::auth(credential)?, openai_body(route, &wanted))
        }
        Provider::OpenAiCompatible => {
            let endpoint = route.endpoint().ok_or(BuildProblem::NoAdapter)?;
            (endpoint.join("/embeddings"), openai::auth(credential), openai_body(route, &wanted))
        }
        Provider::Anthropic | Provider::ForgeLlm => return Err(BuildProblem::Embedding),
    };
    Ok(Request::post_json(url, auth, body))
}

/// What goes into a body.
struct Asked<'a> {
    texts: &'a [String],
    task: EmbedTask,
    dimensions: Option<u32>,
    rules: EmbeddingRules,
}

/// Reads the vectors, in the order of the texts.
///
/// # Errors
/// As [`super::read`].
pub fn read_embed(
    route: &Route,
    status: u16,
    headers: &[(String, String)],
    body: &str,
) -> Result<Vec<Vec<f32>>, ModelError> {
    if body.len() > MAX_BYTES {
        return Err(ModelError::of(Code::Malformed));
    }
    if !(200..300).contains(&status) {
        return Err(classify::error(Family::of(route), status, headers, body));
    }
    let value: Value = serde_json::from_str(body).map_err(|_| ModelError::of(Code::Malformed).retryable(true))?;
    let vectors = match route.provider() {
        Provider::Vertex if registry().embedding_rules(route).one_text => {
            value.pointer("/embedding/values").and_then(vector).map(|one| vec![one])
        }
        Provider::Vertex => all(&value, "predictions", |item| item.pointer("/embeddings/values")),
        Provider::Gemini => all(&value, "embeddings", |item| item.get("values")),
        _ => in_order(&value),
    };
    vectors.filter(|vectors| !vectors.is_empty()).ok_or(ModelError::of(Code::Malformed))
}

fn vertex_body(wanted: &Asked<'_>) -> String {
    let one = |text: &String| {
        let mut instance = json!({ "content": text });
        add(&mut instance, "task_type", wanted.google_task());
        instance
    };
    let instances: Vec<Value> = wanted.texts.iter().map(one).collect();
    // Cutting a text silently would index less than we say; too long is an error instead.
    let mut parameters = json!({ "autoTruncate": false });
    add(&mut parameters, "outputDimensionality", wanted.dimensions);
    json!({ "instances": instances, "parameters": parameters }).to_string()
}

/// Adds a field that has a value.
fn add(fields: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let (Some(value), Some(fields)) = (value, fields.as_object_mut()) {
        fields.insert(name.to_owned(), value.into());
    }
}

/// The task in front of the text, for models that take no field for it.
fn with_task(task: EmbedTask, text: &str) -> String {
    let prefix = match task {
        EmbedTask::Query => "task: search result | query: ",
        EmbedTask::Document => "title: none | text: ",
    };
    format!("{prefix}{text}")
}

fn vertex_content(wanted: &Asked<'_>) -> String {
    let text = wanted.texts.first().map(|text| with_task(wanted.task, text)).unwrap_or_default();
    let mut body = json!({ "content": { "parts": [{ "text": text }], "role": "user" } });
    add(&mut body, "embedContentConfig", wanted.dimensions.map(|n| json!({ "outputDimensionality": n })));
    body.to_string()
}

fn gemini_body(route: &Route, wanted: &Asked<'_>) -> String {
    let model = format!("models/{}", route.model());
    let one = |text: &String| {
        let text = if wanted.rules.task == TaskForm::Words { with_task(wanted.task, text) } else { text.clone() };
        let mut request = json!({ "model": model, "content": { "parts": [{ "text": text }], "role": "user" } });
        add(&mut request, "taskType", wanted.google_task());
        add(&mut request, "outputDimensionality", wanted.dimensions);
        request
    };
    json!({ "requests": wanted.texts.iter().map(one).collect::<Vec<_>>() }).to_string()
}

fn openai_body(route: &Route, wanted: &Asked<'_>) -> String {
    let mut body = json!({ "model": route.model(), "input": wanted.texts });
    add(&mut body, "dimensions", wanted.dimensions);
    add(&mut body, "encoding_format", wanted.rules.encoding.then_some("float"));
    body.to_string()
}

impl Asked<'_> {
    /// Google's name of the task, for models that have a field for it.
    fn google_task(&self) -> Option<&'static str> {
        let name = match self.task {
            EmbedTask::Query => "RETRIEVAL_QUERY",
            EmbedTask::Document => "RETRIEVAL_DOCUMENT",
        };
        (self.rules.task == TaskForm::Field).then_some(name)
    }
}

/// Texts in one request, at most.
fn limit(route: &Route, rules: EmbeddingRules) -> usize {
    match route.provider() {
        Provider::Vertex if rules.one_text => 1,
        Provider::Vertex => 250,
        Provider::Gemini => 100,
        _ => 2048,
    }
}

fn all<'a>(value: &'a Value, list: &str, values: impl Fn(&'a Value) -> Option<&'a Value>) -> Option<Vec<Vec<f32>>> {
    value.get(list)?.as_array()?.iter().map(|item| vector(values(item)?)).collect()
}

/// OpenAI numbers the vectors; servers may send them in another order.
fn in_order(value: &Value) -> Option<Vec<Vec<f32>>> {
    let items = value.get("data")?.as_array()?;
    let mut numbered = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let index = item.get("index").and_then(Value::as_u64).and_then(|index| usize::try_from(index).ok());
        numbered.push((index.unwrap_or(place), vector(item.get("embedding")?)?));
    }
    numbered.sort_by_key(|(index, _)| *index);
    let dense = numbered.iter().enumerate().all(|(place, (index, _))| place == *index);
    dense.then(|| numbered.into_iter().map(|(_, vector)| vector).collect())
}

/// Numbers in a list, or, from servers that do not know `encoding_format`, their bytes in base64.
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "vectors are float32 by definition")]
fn vector(value: &Value) -> Option<Vec<f32>> {
    let numbers: Option<Vec<f32>> = match value {
        Value::String(packed) => unpacked(packed),
        other => other.as_array()?.iter().map(|number| number.as_f64().map(|number| number as f32)).collect(),
    };
    numbers.filter(|numbers| !numbers.is_empty() && numbers.iter().all(|number| number.is_finite()))
}

fn unpacked(packed: &str) -> Option<Vec<f32>> {
    let bytes = Base64::decode_vec(packed).ok()?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
}

/// Two thousand vectors of four hundred numbers in decimal; what a flow asks for at once fits a tenth of it.
const MAX_BYTES: usize = 32 * 1024 * 1024;
