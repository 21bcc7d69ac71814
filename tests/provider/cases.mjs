// @ts-check
// Requests as the core makes them, each beside the call of the provider's own library that asks the same.
// Data only: the calls are made by capture.mjs in a process of its own.

export const SCHEMA = {
  type: 'object',
  properties: { title: { type: 'string' }, count: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
  required: ['title', 'count', 'tags'],
  additionalProperties: false,
};

/** What Anthropic's decoder refuses is moved into descriptions, by its library and by us. */
export const RICH = {
  type: 'object',
  title: 'Answer',
  properties: {
    score: { type: 'integer', minimum: 1, maximum: 5, description: 'From one to five.' },
    day: { type: 'string', format: 'date' },
    code: { type: 'string', format: 'regex', maxLength: 9, pattern: '^[A-Z]+$' },
    list: { type: 'array', minItems: 2, items: { enum: ['a', 'b'] } },
    either: { oneOf: [{ const: 'x' }, { type: 'null' }] },
    nested: { $ref: '#/$defs/nested' },
  },
  required: ['score', 'day', 'code', 'list', 'either', 'nested'],
  additionalProperties: false,
  $defs: { nested: { type: 'object', properties: { a: { type: 'boolean' } }, required: ['a'], additionalProperties: false } },
};

const SYSTEM = 'SYSTEM ünï';
const USER = 'USER "quoted" \\ 😀\nsecond line';
const key = { apiKey: 'KEY' };
const token = { accessToken: 'TOKEN' };
const one = [{ role: 'user', text: USER }];
const talk = [{ role: 'user', text: USER }, { role: 'assistant', text: 'REPLY' }, { role: 'user', text: 'AGAIN' }];
const said = [{ role: 'user', content: USER }];
const spoken = talk.map(({ role, text }) => ({ role, content: text }));
const text = { system: SYSTEM, messages: one, maxOutputTokens: 256 };
const json = { ...text, schema: { name: 'answer', schema: SCHEMA } };
const format = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: SCHEMA } };

/** @param {string} content */
const user = (content) => ({ role: 'user', parts: [{ text: content }] });
const contents = [user(USER)];
const google = [user(USER), { role: 'model', parts: [{ text: 'REPLY' }] }, user('AGAIN')];
const instruction = { role: 'user', parts: [{ text: SYSTEM }] };
const minimal = { contents, config: { systemInstruction: instruction, maxOutputTokens: 256 } };

const res = 'https://res.openai.azure.com';
const vertex = { provider: 'vertex', model: 'gemini-3.5-flash-lite', region: 'eu', project: 'cust-proj' };
const onVertex = { vertexai: true, project: 'cust-proj', location: 'eu', apiVersion: 'v1' };
const gemini = { provider: 'gemini', model: 'gemini-3.8-flash' };
const withKey = { apiKey: 'KEY', apiVersion: 'v1beta' };
const texts = ['a', 'b ü'];

/** A schema in words, for models without a form for it. @param {object} schema */
const inWords = (schema) => `Answer with one JSON object and nothing else. It must match this JSON Schema:\n${JSON.stringify(schema)}`;
/** What is added to a question whose answer had not the form: it is asked once more. */
const REMINDER = '\n\nAnswer with one JSON object of the given schema and nothing else: no words before it and none behind it.';
const spelled = `${SYSTEM}\n\n${inWords(SCHEMA)}`;
const again = { ...json, messages: [{ role: 'user', text: USER + REMINDER }] };
const saidAgain = [{ role: 'user', content: USER + REMINDER }];
const own = { provider: 'openai-compatible', model: 'org/model', endpoint: 'https://llm.example.com/v1' };
const toOwn = { apiKey: 'KEY', baseURL: 'https://llm.example.com/v1' };
const claude = { ...vertex, model: 'claude-haiku-5-5' };
const older = { ...vertex, model: 'claude-3-haiku@20240307', region: 'us-east5' };
const toClaude = { projectId: 'cust-proj', region: 'eu' };
const question = { system: 'SYSTEM', messages: [{ role: 'user', content: 'USER' }], thinking: { type: 'disabled' }, output_config: { effort: 'low' } };

/**
 * The calls by which a connection is tested, as the libraries make them; ours are in tests/golden/provider/proofs.v1.json.
 * @type {Omit<Case, 'line'>[]}
 */
export const PROOFS = [
  { name: 'vertex: count', client: 'genai', options: onVertex, call: ['models', 'countTokens'], args: [{ model: vertex.model, contents: [user('ping')] }] },
  {
    name: 'vertex: Claude, count', client: 'anthropic-vertex', options: { region: 'eu', projectId: 'cust-proj' }, call: ['messages', 'countTokens'],
    args: [{ model: 'claude-haiku-5-5', messages: [{ role: 'user', content: 'ping' }], thinking: { type: 'disabled' }, output_config: { effort: 'low' } }],
  },
  { name: 'gemini: count', client: 'genai', options: withKey, call: ['models', 'countTokens'], args: [{ model: gemini.model, contents: [user('ping')] }] },
  { name: 'openai: model', client: 'openai', options: { apiKey: 'KEY' }, call: ['models', 'retrieve'], args: ['gpt-6-luna'] },
  { name: 'openai: input tokens', client: 'openai', options: { apiKey: 'KEY' }, call: ['responses', 'inputTokens', 'count'], args: [{ model: 'gpt-6-luna', input: 'ping' }] },
  {
    name: 'anthropic: count', client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'countTokens'],
    args: [{ model: 'claude-haiku-5-5', messages: [{ role: 'user', content: 'ping' }], thinking: { type: 'disabled' }, output_config: { effort: 'low' } }],
  },
  {
    name: 'vertex: embed', client: 'genai', options: onVertex, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-001', contents: ['ping'], config: { taskType: 'RETRIEVAL_DOCUMENT', outputDimensionality: 768, autoTruncate: false } }],
  },
  {
    name: 'vertex: embed one text', client: 'genai', options: onVertex, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-2', contents: ['title: none | text: ping'], config: { outputDimensionality: 768 } }],
  },
  {
    name: 'gemini: embed', client: 'genai', options: withKey, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-001', contents: ['ping'], config: { taskType: 'RETRIEVAL_DOCUMENT', outputDimensionality: 768 } }],
  },
  { name: 'openai: embed', client: 'openai', options: { apiKey: 'KEY' }, call: ['embeddings', 'create'], args: [{ model: 'text-embedding-3-small', input: ['ping'], dimensions: 768, encoding_format: 'float' }] },
  { name: 'openai: embed without a length', client: 'openai', options: { apiKey: 'KEY' }, call: ['embeddings', 'create'], args: [{ model: 'text-embedding-ada-002', input: ['ping'], encoding_format: 'float' }] },
  { name: 'vertex: count a prompt', client: 'genai', options: onVertex, call: ['models', 'countTokens'], args: [{ model: vertex.model, contents: [user('USER')], config: { systemInstruction: { role: 'user', parts: [{ text: 'SYSTEM' }] } } }] },
  { name: 'vertex: Claude, count a prompt', client: 'anthropic-vertex', options: toClaude, call: ['messages', 'countTokens'], args: [{ model: 'claude-haiku-5-5', ...question }] },
  // The library refuses standing instructions for this API's counter; they are counted as what somebody says first.
  { name: 'gemini: count a prompt', client: 'genai', options: withKey, call: ['models', 'countTokens'], args: [{ model: gemini.model, contents: [user('SYSTEM'), user('USER')] }] },
  { name: 'openai: count a prompt', client: 'openai', options: { apiKey: 'KEY' }, call: ['responses', 'inputTokens', 'count'], args: [{ model: 'gpt-6-luna', instructions: 'SYSTEM', input: 'USER' }] },
  { name: 'anthropic: count a prompt', client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'countTokens'], args: [{ model: 'claude-haiku-5-5', ...question }] },
];

/**
 * `client` is the library, `options` its constructor's; `call` the path of the method.
 * @typedef {{ name: string, line: any, client: string, options: any, call: string[], args: any[] }} Case
 * @type {Case[]}
 */
export const CASES = [
  {
    name: 'openai: chat', line: { route: { provider: 'openai', model: 'gpt-6-luna' }, credential: key, prompt: { ...text, temperature: 0.5 } },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'gpt-6-luna', messages: [{ role: 'developer', content: SYSTEM }, ...said], max_completion_tokens: 256, reasoning_effort: 'none', temperature: 0.5, store: false }],
  },
  {
    name: 'openai: chat with a schema, in the EU', line: { route: { provider: 'openai', model: 'gpt-6.1-sol', region: 'eu' }, credential: key, prompt: { ...json, messages: talk } },
    client: 'openai', options: { apiKey: 'KEY', baseURL: 'https://eu.api.openai.com/v1' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'gpt-6.1-sol', messages: [{ role: 'developer', content: SYSTEM }, ...spoken], max_completion_tokens: 256, reasoning_effort: 'low', store: false, response_format: format }],
  },
  {
    name: 'openai: chat with an older model', line: { route: { provider: 'openai', model: 'gpt-4.1' }, credential: key, prompt: { ...text, temperature: 0.5 } },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'gpt-4.1', messages: [{ role: 'system', content: SYSTEM }, ...said], max_completion_tokens: 256, temperature: 0.5, store: false }],
  },
  {
    name: 'openai: responses', line: { route: { provider: 'openai', model: 'gpt-6-luna', api: 'responses' }, credential: key, prompt: text },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['responses', 'create'],
    args: [{ model: 'gpt-6-luna', instructions: SYSTEM, input: USER, max_output_tokens: 256, store: false, reasoning: { effort: 'none' } }],
  },
  {
    name: 'openai: responses with a schema and a conversation', line: { route: { provider: 'openai', model: 'gpt-6-sol', api: 'responses' }, credential: key, prompt: { ...json, messages: talk } },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['responses', 'create'],
    args: [{ model: 'gpt-6-sol', instructions: SYSTEM, input: spoken, max_output_tokens: 256, store: false, reasoning: { effort: 'none' }, text: { format: { type: 'json_schema', name: 'answer', strict: true, schema: SCHEMA } } }],
  },
  {
    name: 'openai: embeddings', line: { route: { provider: 'openai', model: 'text-embedding-3-small' }, credential: key, embed: { texts, task: 'document', dimensions: 768 } },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['embeddings', 'create'], args: [{ model: 'text-embedding-3-small', input: texts, dimensions: 768, encoding_format: 'float' }],
  },
  {
    name: 'azure-openai: v1, key, unknown model', line: { route: { provider: 'azure-openai', model: 'my-deployment', endpoint: res }, credential: key, prompt: { ...json, temperature: 0.5 } },
    client: 'openai', options: { apiKey: 'KEY', baseURL: `${res}/openai/v1` }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'my-deployment', messages: [{ role: 'system', content: SYSTEM }, ...said], max_completion_tokens: 256, response_format: format }],
  },
  {
    name: 'azure-openai: v1, responses, Entra token', line: { route: { provider: 'azure-openai', model: 'my-deployment', endpoint: `${res}/openai/v1/`, api: 'responses', baseModel: 'gpt-6-luna' }, credential: token, prompt: text },
    client: 'openai', options: { apiKey: 'TOKEN', baseURL: `${res}/openai/v1` }, call: ['responses', 'create'],
    args: [{ model: 'my-deployment', instructions: SYSTEM, input: USER, max_output_tokens: 256, store: false, reasoning: { effort: 'none' } }],
  },
  {
    name: 'azure-openai: classic, key', line: { route: { provider: 'azure-openai', model: 'my-deployment', endpoint: res, apiVersion: '2024-10-21', baseModel: 'gpt-4.1' }, credential: key, prompt: { ...text, temperature: 0.5 } },
    client: 'azure', options: { apiKey: 'KEY', endpoint: res, apiVersion: '2024-10-21', deployment: 'my-deployment' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'my-deployment', messages: [{ role: 'system', content: SYSTEM }, ...said], max_completion_tokens: 256, temperature: 0.5 }],
  },
  {
    name: 'azure-openai: classic, Entra token', line: { route: { provider: 'azure-openai', model: 'my-deployment', endpoint: res, apiVersion: '2024-10-21' }, credential: token, prompt: { messages: one, maxOutputTokens: 256 } },
    client: 'azure', options: { azureADTokenProvider: 'TOKEN', endpoint: res, apiVersion: '2024-10-21', deployment: 'my-deployment' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'my-deployment', messages: said, max_completion_tokens: 256 }],
  },
  {
    name: 'azure-openai: classic, embeddings', line: { route: { provider: 'azure-openai', model: 'emb', endpoint: res, apiVersion: '2024-10-21' }, credential: key, embed: { texts, task: 'query' } },
    client: 'azure', options: { apiKey: 'KEY', endpoint: res, apiVersion: '2024-10-21', deployment: 'emb' }, call: ['embeddings', 'create'], args: [{ model: 'emb', input: texts, encoding_format: 'float' }],
  },
  {
    name: 'openai-compatible: a schema by response_format', line: { route: { provider: 'openai-compatible', model: 'org/model', endpoint: 'https://llm.example.com/v1', nativeSchema: true }, credential: key, prompt: { ...json, temperature: 0.5 } },
    client: 'openai', options: { apiKey: 'KEY', baseURL: 'https://llm.example.com/v1' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'org/model', messages: [{ role: 'system', content: SYSTEM }, ...said], max_tokens: 256, temperature: 0.5, response_format: format }],
  },
  {
    name: 'openai-compatible: text', line: { route: own, credential: key, prompt: { ...text, messages: talk, temperature: 0.5 } },
    client: 'openai', options: toOwn, call: ['chat', 'completions', 'create'],
    args: [{ model: 'org/model', messages: [{ role: 'system', content: SYSTEM }, ...spoken], max_tokens: 256, temperature: 0.5 }],
  },
  {
    name: 'openai-compatible: a schema in the prompt, asked again', line: { route: own, credential: key, prompt: again },
    client: 'openai', options: toOwn, call: ['chat', 'completions', 'create'],
    args: [{ model: 'org/model', messages: [{ role: 'system', content: spelled }, ...saidAgain], max_tokens: 256 }],
  },
  {
    name: 'openai-compatible: embeddings', line: { route: { ...own, model: 'bge-m3' }, credential: key, embed: { texts, task: 'document' } },
    client: 'openai', options: toOwn, call: ['embeddings', 'create'], args: [{ model: 'bge-m3', input: texts, encoding_format: 'float' }],
  },
  {
    name: 'openai: a schema in the prompt, asked again', line: { route: { provider: 'openai', model: 'gpt-4' }, credential: key, prompt: again },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'gpt-4', messages: [{ role: 'system', content: spelled }, ...saidAgain], max_completion_tokens: 256, store: false }],
  },
  {
    name: 'openai: responses with a schema in the prompt', line: { route: { provider: 'openai', model: 'gpt-4', api: 'responses' }, credential: key, prompt: again },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['responses', 'create'],
    args: [{ model: 'gpt-4', instructions: spelled, input: USER + REMINDER, max_output_tokens: 256, store: false }],
  },
  {
    name: 'openai: embeddings of a model that has one length', line: { route: { provider: 'openai', model: 'text-embedding-ada-002' }, credential: key, embed: { texts, task: 'query', dimensions: 768 } },
    client: 'openai', options: { apiKey: 'KEY' }, call: ['embeddings', 'create'], args: [{ model: 'text-embedding-ada-002', input: texts, encoding_format: 'float' }],
  },
  {
    name: 'azure-openai: v1, embeddings, Entra token', line: { route: { provider: 'azure-openai', model: 'emb', endpoint: res }, credential: token, embed: { texts, task: 'query', dimensions: 768 } },
    client: 'openai', options: { apiKey: 'TOKEN', baseURL: `${res}/openai/v1` }, call: ['embeddings', 'create'], args: [{ model: 'emb', input: texts, dimensions: 768, encoding_format: 'float' }],
  },
  {
    name: 'azure-openai: classic, a schema in the prompt', line: { route: { provider: 'azure-openai', model: 'my-deployment', endpoint: res, apiVersion: '2024-10-21', baseModel: 'gpt-4' }, credential: key, prompt: again },
    client: 'azure', options: { apiKey: 'KEY', endpoint: res, apiVersion: '2024-10-21', deployment: 'my-deployment' }, call: ['chat', 'completions', 'create'],
    args: [{ model: 'my-deployment', messages: [{ role: 'system', content: spelled }, ...saidAgain], max_completion_tokens: 256 }],
  },
  {
    name: 'anthropic: a schema in the prompt, asked again', line: { route: { provider: 'anthropic', model: 'claude-3-haiku-20240307' }, credential: key, prompt: again },
    client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'create'], args: [{ model: 'claude-3-haiku-20240307', max_tokens: 256, system: spelled, messages: saidAgain }],
  },
  {
    name: 'vertex: Claude, text and a conversation', line: { route: { ...claude, model: 'claude-sonnet-5-5' }, credential: token, prompt: { ...text, messages: talk, temperature: 0.5 } },
    client: 'anthropic-vertex', options: toClaude, call: ['messages', 'create'],
    args: [{ model: 'claude-sonnet-5-5', max_tokens: 256, system: SYSTEM, messages: spoken, output_config: { effort: 'low' } }],
  },
  {
    name: 'vertex: Claude, a region, a schema in the prompt, asked again', line: { route: older, credential: token, prompt: again },
    client: 'anthropic-vertex', options: { projectId: 'cust-proj', region: 'us-east5' }, call: ['messages', 'create'],
    args: [{ model: older.model, max_tokens: 256, system: spelled, messages: saidAgain }],
  },
  {
    name: 'vertex: Claude, anywhere', line: { route: { ...claude, region: 'global' }, credential: token, prompt: text },
    client: 'anthropic-vertex', options: { projectId: 'cust-proj', region: 'global' }, call: ['messages', 'create'],
    args: [{ model: 'claude-haiku-5-5', max_tokens: 256, system: SYSTEM, messages: said, thinking: { type: 'disabled' }, output_config: { effort: 'low' } }],
  },
  {
    name: 'gemini: text', line: { route: gemini, credential: key, prompt: { ...text, messages: talk, temperature: 0.5 } },
    client: 'genai', options: withKey, call: ['models', 'generateContent'],
    args: [{ model: gemini.model, contents: google, config: { ...minimal.config, thinkingConfig: { thinkingLevel: 'LOW' } } }],
  },
  {
    name: 'forge-llm: a schema in the prompt, asked again', line: { route: { provider: 'forge-llm', model: 'claude-sonnet-5-5' }, prompt: again },
    client: 'forge', options: {}, call: ['chat'], args: [{ model: 'claude-sonnet-5-5', messages: [{ role: 'system', content: spelled }, ...saidAgain], max_completion_tokens: 256 }],
  },
  {
    name: 'anthropic: text', line: { route: { provider: 'anthropic', model: 'claude-sonnet-5-5' }, credential: key, prompt: { ...text, temperature: 0.5 } },
    client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'create'],
    args: [{ model: 'claude-sonnet-5-5', max_tokens: 256, system: SYSTEM, messages: said, output_config: { effort: 'low' } }],
  },
  {
    name: 'anthropic: a schema, and thinking switched off', line: { route: { provider: 'anthropic', model: 'claude-haiku-5-5' }, credential: key, prompt: { ...json, messages: talk } },
    client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'create'],
    args: [{ model: 'claude-haiku-5-5', max_tokens: 256, system: SYSTEM, messages: spoken, thinking: { type: 'disabled' }, output_config: { effort: 'low', format: { type: 'json_schema', schema: SCHEMA } } }],
  },
  {
    name: "anthropic: a schema with what the decoder refuses, as the library's helper writes it",
    line: { route: { provider: 'anthropic', model: 'claude-haiku-4-5' }, credential: key, prompt: { messages: one, maxOutputTokens: 256, schema: { name: 'answer', schema: RICH } } },
    client: 'anthropic', options: { apiKey: 'KEY' }, call: ['messages', 'create'],
    args: [{ model: 'claude-haiku-4-5', max_tokens: 256, messages: said, output_config: { format: { jsonSchemaOutputFormat: RICH } } }],
  },
  {
    name: 'vertex: Claude', line: { route: { ...vertex, model: 'claude-haiku-5-5' }, credential: token, prompt: json },
    client: 'anthropic-vertex', options: { projectId: 'cust-proj', region: 'eu' }, call: ['messages', 'create'],
    args: [{ model: 'claude-haiku-5-5', max_tokens: 256, system: SYSTEM, messages: said, thinking: { type: 'disabled' }, output_config: { effort: 'low', format: { type: 'json_schema', schema: SCHEMA } } }],
  },
  {
    name: 'vertex: text', line: { route: vertex, credential: token, prompt: text },
    client: 'genai', options: onVertex, call: ['models', 'generateContent'], args: [{ model: vertex.model, ...minimal }],
  },
  {
    name: 'vertex: a schema and a conversation', line: { route: vertex, credential: token, prompt: { ...json, messages: talk } },
    client: 'genai', options: onVertex, call: ['models', 'generateContent'],
    args: [{ model: vertex.model, contents: google, config: { ...minimal.config, responseMimeType: 'application/json', responseJsonSchema: SCHEMA } }],
  },
  {
    name: 'vertex: a region, and a thinking model', line: { route: { ...vertex, model: 'gemini-3.8-flash', region: 'europe-west1' }, credential: token, prompt: text },
    client: 'genai', options: { ...onVertex, location: 'europe-west1' }, call: ['models', 'generateContent'],
    args: [{ model: 'gemini-3.8-flash', contents, config: { ...minimal.config, thinkingConfig: { thinkingLevel: 'LOW' } } }],
  },
  {
    name: 'vertex: global', line: { route: { ...vertex, region: 'global' }, credential: token, prompt: text },
    client: 'genai', options: { ...onVertex, location: 'global' }, call: ['models', 'generateContent'], args: [{ model: vertex.model, ...minimal }],
  },
  {
    name: 'vertex: embeddings by predict', line: { route: { ...vertex, model: 'gemini-embedding-001', region: 'europe-west1' }, credential: token, embed: { texts, task: 'document', dimensions: 768 } },
    client: 'genai', options: { ...onVertex, location: 'europe-west1' }, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-001', contents: texts, config: { taskType: 'RETRIEVAL_DOCUMENT', outputDimensionality: 768, autoTruncate: false } }],
  },
  {
    name: 'vertex: embeddings by embedContent', line: { route: { ...vertex, model: 'gemini-embedding-2' }, credential: token, embed: { texts: ['a'], task: 'query', dimensions: 768 } },
    client: 'genai', options: onVertex, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-2', contents: ['task: search result | query: a'], config: { outputDimensionality: 768 } }],
  },
  {
    name: 'gemini: a schema', line: { route: gemini, credential: key, prompt: json },
    client: 'genai', options: withKey, call: ['models', 'generateContent'],
    args: [{ model: gemini.model, contents, config: { ...minimal.config, thinkingConfig: { thinkingLevel: 'LOW' }, responseMimeType: 'application/json', responseJsonSchema: SCHEMA } }],
  },
  {
    name: 'gemini: embeddings', line: { route: { provider: 'gemini', model: 'gemini-embedding-001' }, credential: key, embed: { texts, task: 'query', dimensions: 768 } },
    client: 'genai', options: withKey, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-001', contents: texts, config: { taskType: 'RETRIEVAL_QUERY', outputDimensionality: 768 } }],
  },
  {
    name: 'gemini: embeddings of the model without tasks', line: { route: { provider: 'gemini', model: 'gemini-embedding-2' }, credential: key, embed: { texts: ['a'], task: 'document', dimensions: 768 } },
    client: 'genai', options: withKey, call: ['models', 'embedContent'],
    args: [{ model: 'gemini-embedding-2', contents: ['title: none | text: a'], config: { outputDimensionality: 768 } }],
  },
  {
    name: 'forge-llm: chat', line: { route: { provider: 'forge-llm', model: 'claude-sonnet-5-5' }, prompt: { ...text, messages: talk } },
    client: 'forge', options: {}, call: ['chat'], args: [{ model: 'claude-sonnet-5-5', messages: [{ role: 'system', content: SYSTEM }, ...spoken], max_completion_tokens: 256 }],
  },
];
