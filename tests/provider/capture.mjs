// @ts-check
// Makes each case's call with the provider's own library and prints what it would have sent. Runs in Node 22, which the
// newest libraries need; nothing leaves the process: `fetch` is a stand-in. More cases, without names of helpers, come as JSON by
// standard input.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { CASES, PROOFS } from './cases.mjs';

const require = createRequire(import.meta.url);
/** @type {any[]} */
let sent = [];

/** @param {any} input @param {any} [init] */
async function record(input, init = {}) {
  const request = input instanceof Request ? input : undefined;
  const headers = Object.fromEntries(new Headers(init.headers ?? request?.headers).entries());
  const body = init.body ?? (request ? await request.text() : undefined);
  sent.push({ method: init.method ?? request?.method ?? 'GET', url: String(request?.url ?? input), headers, body: body ? JSON.parse(String(body)) : undefined });
  return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
}

/** @type {Record<string, (options: any) => any>} */
const clients = {
  openai: (options) => new (require('openai').OpenAI)({ ...options, fetch: record }),
  azure: ({ azureADTokenProvider: token, ...options }) =>
    new (require('openai').AzureOpenAI)({ ...options, ...(token ? { azureADTokenProvider: async () => token } : {}), fetch: record }),
  anthropic: (options) => new (require('@anthropic-ai/sdk').Anthropic)({ ...options, fetch: record }),
  'anthropic-vertex': (options) =>
    new (require('@anthropic-ai/vertex-sdk').AnthropicVertex)({ ...options, accessToken: 'TOKEN', authClient: signed, fetch: record }),
  genai: (options) => {
    globalThis.fetch = /** @type {any} */ (record);
    return new (require('@google/genai').GoogleGenAI)({ ...options, ...(options.vertexai ? { googleAuthOptions: { authClient: signed } } : {}) });
  },
  forge: () => {
    const global = /** @type {any} */ (globalThis);
    global.__forge_runtime__ = { tracing: { traceId: 't', spanId: 's' } };
    global.__forge_fetch__ = async (/** @type {any} */ _, /** @type {string} */ url, /** @type {any} */ init) => record(url, init);
    return require('@forge/llm');
  },
};

/** Someone who has signed in already. */
const signed = {
  getRequestHeaders: async () => new Headers({ authorization: 'Bearer TOKEN' }),
  getAccessToken: async () => ({ token: 'TOKEN' }),
  getProjectId: async () => 'cust-proj',
};

/** The library's helper for schemas, where a case asks for it. @param {any} value @returns {any} */
function helped(value) {
  if (value?.jsonSchemaOutputFormat) return require('@anthropic-ai/sdk/helpers/json-schema').jsonSchemaOutputFormat(value.jsonSchemaOutputFormat);
  if (Array.isArray(value)) return value.map(helped);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, helped(inner)]));
  return value;
}

/** @type {any[]} */
const captured = [];
const more = JSON.parse(readFileSync(0, 'utf8') || '[]');
for (const { name, client, options, call, args } of [...CASES, ...PROOFS, ...more]) {
  sent = [];
  let target = clients[client]?.(options);
  let self = target;
  for (const step of call) [self, target] = [target, target[step]];
  let problem;
  // What the library makes of the empty answer is not asked here.
  await target.apply(self, args.map(helped)).catch((/** @type {Error} */ error) => { problem = String(error); });
  captured.push({ name, sent, problem });
}
console.log(JSON.stringify({ node: process.version, captured }));
