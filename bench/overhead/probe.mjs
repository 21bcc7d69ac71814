// @ts-check
// One process that asks a model through each library and through the core, against a `fetch` that answers at once from memory.
// Prints the CPU of a call, in microseconds, and what each added to the heap. Run by bench/overhead.mjs, in the Node that Forge runs.

import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const ROUNDS = 15;
const WARM = 3;
const CALLS = 1000;
const gc = /** @type {() => void} */ (globalThis.gc);
const load = createRequire(fileURLToPath(new URL('../../tests/provider/package.json', import.meta.url)));

const SYSTEM = 'Answer with what the sources say, and name them. '.repeat(8);
const USER = 'The gateway closes idle tunnels after 60 minutes, and the "VPN" drops. '.repeat(60);
const TEXT = 'The VPN drops because the gateway closes idle tunnels [ITD-1].\\n'.repeat(16);
const KEY = 'sk-test-0123456789abcdef';

/** What each API answers; the form decides, the text is the same. @type {Record<string, object>} */
const ANSWERS = {
  chat: {
    id: 'chatcmpl-1', object: 'chat.completion', created: 1795324358, model: 'gpt-6-luna', service_tier: 'default', system_fingerprint: 'fp_1',
    choices: [{ index: 0, message: { role: 'assistant', content: TEXT, refusal: null, annotations: [] }, logprobs: null, finish_reason: 'stop' }],
    usage: { prompt_tokens: 900, completion_tokens: 300, total_tokens: 1200, prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 } },
  },
  messages: {
    id: 'msg_1', type: 'message', role: 'assistant', model: 'claude-haiku-5-5', content: [{ type: 'text', text: TEXT }], stop_reason: 'end_turn', stop_sequence: null,
    usage: { input_tokens: 900, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 300, service_tier: 'standard' },
  },
  gemini: {
    candidates: [{ content: { role: 'model', parts: [{ text: TEXT }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 300, totalTokenCount: 1200, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 900 }] },
    modelVersion: 'gemini-3.5-flash-lite', responseId: 'r1',
  },
};
const BODIES = Object.fromEntries(Object.entries(ANSWERS).map(([api, answer]) => [api, JSON.stringify(answer)]));

/** @param {string} api */
const stub = (api) => async () => new Response(BODIES[api], { status: 200, headers: { 'content-type': 'application/json', 'x-request-id': 'req_1', date: 'Sun, 22 Nov 2026 09:00:00 GMT' } });

/** @typedef {{ name: string, api: string, make: () => Promise<() => Promise<string>> }} Work */

const BARE = {
  chat: { url: 'https://api.openai.com/v1/chat/completions', body: { model: 'gpt-6-luna', messages: [{ role: 'developer', content: SYSTEM }, { role: 'user', content: USER }], max_completion_tokens: 1024, reasoning_effort: 'none', store: false } },
  messages: { url: 'https://api.anthropic.com/v1/messages', body: { model: 'claude-haiku-5-5', max_tokens: 1024, system: SYSTEM, messages: [{ role: 'user', content: USER }] } },
  gemini: { url: 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash-lite:generateContent', body: { contents: [{ role: 'user', parts: [{ text: USER }] }], systemInstruction: { parts: [{ text: SYSTEM }] }, generationConfig: { maxOutputTokens: 1024 } } },
};
/** @type {Record<string, (answer: any) => string>} */
const TEXT_OF = {
  chat: (answer) => answer.choices[0].message.content,
  messages: (answer) => answer.content[0].text,
  gemini: (answer) => answer.candidates[0].content.parts[0].text,
};
const ROUTES = { chat: { provider: 'openai', model: 'gpt-6-luna' }, messages: { provider: 'anthropic', model: 'claude-haiku-5-5' }, gemini: { provider: 'gemini', model: 'gemini-3.5-flash-lite' } };

/** @param {'chat' | 'messages' | 'gemini'} api @returns {Work} */
const bare = (api) => ({
  name: `bare ${api}`, api,
  make: async () => {
    const fetch = stub(api);
    const { url, body } = BARE[api];
    return async () => {
      const init = { method: 'POST', headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) };
      const response = await /** @type {any} */ (fetch)(url, init);
      return /** @type {any} */ (TEXT_OF)[api](await response.json());
    };
  },
});

/**
 * A call by the verbs of the command line, whose texts cross as bytes: the route is decided and the request built in one crossing, the
 * answer read in another.
 * @param {'chat' | 'messages' | 'gemini'} api @returns {Work}
 */
const ours = (api) => ({
  name: `ours ${api}`, api,
  make: async () => {
    const { loadCore } = await import('../../dev/core.mjs');
    const core = loadCore();
    const [{ Core }, { pack, unpack }] = await Promise.all([import('../../pkg/quillgate.js'), import('../../dev/packed.mjs')]);
    const fetch = stub(api);
    const route = ROUTES[api];
    const routes = [route, SECOND[api]];
    return async () => {
      const { bytes, head } = /** @type {any} */ (pack('request', { routes, now: Date.now(), credential: { apiKey: KEY }, prompt: { system: SYSTEM, messages: [{ role: 'user', text: USER }], maxOutputTokens: 1024 } }));
      const { request } = /** @type {any} */ (unpack('request', null, /** @type {any} */ (Core).wire('ask', bytes, head)));
      const response = await /** @type {any} */ (fetch)(request.url, { method: request.method, headers: request.headers, body: request.body });
      const { answer } = core.response({ route, status: response.status, headers: [...response.headers], body: await response.text() });
      return answer.text;
    };
  },
});

/** Which provider is asked when the first does not answer; the decision looks at both. */
const SECOND = { chat: { provider: 'openai', model: 'gpt-6-sol' }, messages: { provider: 'anthropic', model: 'claude-sonnet-5-5' }, gemini: { provider: 'gemini', model: 'gemini-3.8-flash' } };
const CONTEXT = { source: 'local', product: null, cloudId: 'local', installationId: 'local', environmentId: 'local', environmentType: null, accountId: null, siteUrl: null, moduleKey: null, locale: null, extension: {} };

/**
 * A call as the app makes one: through the door that all its calls take, one conversation. The route is decided, the request built and
 * sent as an effect that passed the gate, its answer handed back as an outcome, and read.
 * @param {'chat' | 'messages' | 'gemini'} api @returns {Work}
 */
const conversed = (api) => ({
  name: `ours ${api}, as a conversation`, api,
  make: async () => {
    const { loadCore } = await import('../../dev/core.mjs');
    loadCore();
    const [{ Core }, { step }] = await Promise.all([import('../../pkg/quillgate.js'), import('../../src/shim/door.js')]);
    const fetch = stub(api);
    const routes = [ROUTES[api], SECOND[api]];
    return async () => {
      const core = new Core();
      const now = Date.now();
      const line = { routes, credential: { apiKey: KEY }, prompt: { system: SYSTEM, messages: [{ role: 'user', text: USER }], maxOutputTokens: 1024 } };
      const { effects: [{ id, method, url, headers, body }] } = step(core, { type: 'call', now, deadline: now + 25_000, context: CONTEXT, call: { type: 'command', verb: 'ask', line } });
      const response = await /** @type {any} */ (fetch)(url, { method, headers: Object.fromEntries(headers), body });
      const outcome = { status: response.status, headers: [...response.headers], body: await response.text() };
      const { answer } = step(core, { type: 'outcome', id, now: Date.now(), outcome });
      core.free();
      return answer.view.answer.text;
    };
  },
});

/** @type {Work[]} */
const works = [
  bare('chat'), bare('messages'), bare('gemini'), ours('chat'), ours('messages'), ours('gemini'), conversed('chat'), conversed('messages'), conversed('gemini'),
  {
    name: 'openai', api: 'chat',
    make: async () => {
      const client = new (load('openai').OpenAI)({ apiKey: KEY, fetch: stub('chat') });
      return async () => (await client.chat.completions.create(BARE.chat.body)).choices[0].message.content;
    },
  },
  {
    name: '@anthropic-ai/sdk', api: 'messages',
    make: async () => {
      const client = new (load('@anthropic-ai/sdk').Anthropic)({ apiKey: KEY, fetch: stub('messages') });
      return async () => (await client.messages.create(BARE.messages.body)).content[0].text;
    },
  },
  {
    name: '@google/genai', api: 'gemini',
    make: async () => {
      const client = new (load('@google/genai').GoogleGenAI)({ apiKey: KEY });
      globalThis.fetch = /** @type {any} */ (stub('gemini'));
      return async () => (await client.models.generateContent({ model: 'gemini-3.5-flash-lite', contents: USER, config: { systemInstruction: SYSTEM, maxOutputTokens: 1024 } })).text;
    },
  },
  {
    name: 'ai (generateText with @ai-sdk/openai)', api: 'chat',
    make: async () => {
      const [{ generateText }, { createOpenAI }] = await Promise.all([import(load.resolve('ai')), import(load.resolve('@ai-sdk/openai'))]);
      const model = createOpenAI({ apiKey: KEY, fetch: /** @type {any} */ (stub('chat')) }).chat('gpt-6-luna');
      return async () => (await generateText({ model, instructions: SYSTEM, prompt: USER, maxOutputTokens: 1024, providerOptions: { openai: { reasoningEffort: 'none', store: false } } })).text;
    },
  },
];

/** @param {() => Promise<unknown>} work @param {number} [calls] */
async function cpuOf(work, calls = CALLS) {
  const start = process.cpuUsage();
  for (let call = 0; call < calls; call += 1) await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / calls;
}

const made = [];
for (const { name, api, make } of works) {
  gc();
  const before = process.memoryUsage().heapUsed;
  const work = await make();
  if ((await work()) !== TEXT) throw new Error(`${name} read something else`);
  gc();
  made.push({ name, api, work, heap: process.memoryUsage().heapUsed - before, times: /** @type {number[]} */ ([]) });
}
// By turns, so that what else the machine does meets all.
for (let round = 0; round < ROUNDS + WARM; round += 1) {
  for (const { work, times } of made) {
    const took = await cpuOf(work);
    if (round >= WARM) times.push(took);
  }
}
gc();
const before = process.memoryUsage().heapUsed;
const own = made.filter(({ name }) => name.startsWith('ours'));
for (let call = 0; call < 5000; call += 1) for (const { work } of own) await work();
gc();
const grown = process.memoryUsage().heapUsed - before;
const { initSync } = await import('../../pkg/quillgate.js');
const memory = /** @type {any} */ (initSync)({ module: undefined }).memory.buffer.byteLength;
const beside = await once();
console.log(JSON.stringify({ node: process.version, made: made.map(({ name, api, heap, times }) => ({ name, api, heap, times })), grown, memory, beside }));

/** What an invocation pays once, however many models it asks: in microseconds of CPU, round by round. */
async function once() {
  const { conversation } = await import('../../dev/core.mjs');
  const [key, context] = [randomBytes(32).toString('base64url'), { tenant: 'tenant', class: 'provider-key', record: 'r1', version: 1 }];
  const { envelope } = conversation('seal', { id: 1, key, context, plaintext: Buffer.from(KEY).toString('base64url') });
  const { makeCore } = await import('../../src/shim/core.js');
  /** @type {Record<string, () => any>} */
  const parts = {
    conversation: () => conversation('storage', { id: 1, markdown: 'a' }),
    opening: () => conversation('open', { id: 1, key, context, envelope }),
  };
  /** @type {Record<string, number[]>} */
  const times = { conversation: [], opening: [], instance: [] };
  for (let round = 0; round < ROUNDS + WARM; round += 1) {
    for (const [name, part] of Object.entries(parts)) {
      const took = await cpuOf(async () => part());
      if (round >= WARM) times[name]?.push(took);
    }
  }
  // Last: the glue holds one instance, so that the one above is gone with the first of these.
  for (let round = 0; round < ROUNDS + WARM; round += 1) {
    const took = await cpuOf(async () => void makeCore().drop?.(), 20);
    if (round >= WARM) times['instance']?.push(took);
  }
  return times;
}
