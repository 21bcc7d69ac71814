// @ts-check
// Questions of every shape for every model that is known, as lines of the verb `request`.
// Data only.

import { RICH, SCHEMA } from './cases.mjs';

const key = { apiKey: 'KEY' };
const token = { accessToken: 'TOKEN' };
const res = 'https://res.openai.azure.com';

/** @type {{ name: string, prompt: any }[]} */
const PROMPTS = [
  { name: 'one question', prompt: { messages: [{ role: 'user', text: 'What changed?' }], maxOutputTokens: 64 } },
  { name: 'instructions', prompt: { system: 'Answer briefly.', messages: [{ role: 'user', text: 'What changed? 😀 "x" \\ \n' }], maxOutputTokens: 4096 } },
  { name: 'a conversation', prompt: { system: 'S', messages: [{ role: 'user', text: 'a' }, { role: 'assistant', text: 'b' }, { role: 'user', text: 'c' }], maxOutputTokens: 1 } },
  { name: 'a temperature', prompt: { messages: [{ role: 'user', text: 'x' }], maxOutputTokens: 64, temperature: 0.2 } },
];

/** Plain, rich, with optional properties, and one that no strict form has. @type {{ name: string, schema?: any }[]} */
const SCHEMAS = [
  { name: 'free text' },
  { name: 'a schema', schema: SCHEMA },
  { name: 'a rich schema', schema: RICH },
  { name: 'an optional property', schema: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'array', items: { type: 'object', properties: { c: { const: 1 } } } } } } },
  { name: 'a map', schema: { type: 'object', properties: { m: { type: 'object', additionalProperties: { type: 'string' } } } } },
];

/** @type {{ api: string, routes: any[], credential: any, models: string[] }[]} */
const TEXT = [
  { api: 'chat', routes: [{ provider: 'openai' }, { provider: 'openai', region: 'eu' }], credential: key, models: ['gpt-6-luna', 'gpt-6-sol', 'gpt-6.1-sol', 'gpt-6.1-terra', 'gpt-6-astra', 'gpt-5.4-mini', 'gpt-5', 'gpt-5-pro', 'o3', 'gpt-4.1', 'gpt-4o', 'gpt-3.5-turbo', 'unknown'] },
  { api: 'responses', routes: [{ provider: 'openai', api: 'responses' }], credential: key, models: ['gpt-6-luna', 'gpt-6.1-sol', 'gpt-5', 'o3', 'gpt-4.1', 'unknown'] },
  { api: 'chat', routes: [{ provider: 'azure-openai', endpoint: res }, { provider: 'azure-openai', endpoint: res, apiVersion: '2024-10-21', baseModel: 'gpt-4.1' }, { provider: 'azure-openai', endpoint: res, apiVersion: 'v1', baseModel: 'gpt-6-luna' }], credential: key, models: ['my-deployment'] },
  { api: 'responses', routes: [{ provider: 'azure-openai', endpoint: res, api: 'responses' }, { provider: 'azure-openai', endpoint: res, api: 'responses', apiVersion: '2025-04-01-preview', baseModel: 'gpt-6.1-sol' }], credential: token, models: ['my-deployment'] },
  { api: 'generateContent', routes: ['eu', 'us', 'global', 'europe-west1'].map((region) => ({ provider: 'vertex', region, project: 'cust-proj' })), credential: token, models: ['gemini-3.5-flash-lite', 'gemini-3.5-flash', 'gemini-3.8-flash', 'gemini-3.1-flash-lite', 'gemini-2.5-flash', 'unknown'] },
  { api: 'generateContent', routes: [{ provider: 'gemini' }], credential: key, models: ['gemini-3.5-flash-lite', 'gemini-3.8-flash', 'unknown'] },
  { api: 'messages', routes: [{ provider: 'anthropic' }], credential: key, models: ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5', 'claude-opus-5', 'claude-sonnet-4-6', 'claude-haiku-4-5', 'claude-3-haiku-20240307', 'claude-next'] },
  { api: 'rawPredict', routes: ['eu', 'global', 'us-east5'].map((region) => ({ provider: 'vertex', region, project: 'cust-proj' })), credential: token, models: ['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5', 'claude-sonnet-4-6', 'claude-3-haiku@20240307', 'claude-next'] },
  { api: 'compatible', routes: [{ provider: 'openai-compatible', endpoint: 'https://llm.example.com/v1' }, { provider: 'openai-compatible', endpoint: 'https://llm.example.com:8443/a/b', nativeSchema: true }], credential: key, models: ['llama-4', 'org/model:tag'] },
  { api: 'forge', routes: [{ provider: 'forge-llm' }], credential: undefined, models: ['claude-sonnet-5-5'] },
];

/** @type {{ api: string, route: any, credential: any, texts: string[] }[]} */
const EMBEDDINGS = [
  { api: 'embeddings', route: { provider: 'openai', model: 'text-embedding-3-small' }, credential: key, texts: ['a', 'b'] },
  { api: 'embeddings', route: { provider: 'azure-openai', model: 'emb', endpoint: res }, credential: key, texts: ['a', 'b'] },
  { api: 'embeddings', route: { provider: 'azure-openai', model: 'emb', endpoint: res, apiVersion: '2024-10-21' }, credential: token, texts: ['a'] },
  { api: 'embeddings', route: { provider: 'openai', model: 'text-embedding-ada-002' }, credential: key, texts: ['a', 'b'] },
  { api: 'compatibleEmbeddings', route: { provider: 'openai-compatible', model: 'bge-m3', endpoint: 'https://llm.example.com/v1' }, credential: key, texts: ['a', 'b'] },
  { api: 'predict', route: { provider: 'vertex', model: 'text-embedding-004', region: 'europe-west1', project: 'cust-proj' }, credential: token, texts: ['a', 'b'] },
  { api: 'predict', route: { provider: 'vertex', model: 'gemini-embedding-001', region: 'europe-west1', project: 'cust-proj' }, credential: token, texts: ['a'] },
  { api: 'embedContent', route: { provider: 'vertex', model: 'gemini-embedding-2', region: 'eu', project: 'cust-proj' }, credential: token, texts: ['a'] },
  { api: 'batchEmbedContents', route: { provider: 'gemini', model: 'gemini-embedding-001' }, credential: key, texts: ['a', 'b'] },
  { api: 'batchEmbedContents', route: { provider: 'gemini', model: 'gemini-embedding-2' }, credential: key, texts: ['a'] },
];

/**
 * @typedef {{ api: string, name: string, line: any }} Question
 * @returns {Question[]}
 */
export function questions() {
  const text = TEXT.flatMap(({ api, routes, credential, models }) =>
    routes.flatMap((route) => models.flatMap((model) => PROMPTS.flatMap((prompt) => SCHEMAS.map((schema) => ({
      api,
      name: `${route.provider} ${model}: ${prompt.name}, ${schema.name}`,
      line: {
        route: { ...route, model },
        ...(credential ? { credential } : {}),
        prompt: { ...prompt.prompt, ...(schema.schema ? { schema: { name: 'answer', schema: schema.schema } } : {}) },
      },
    }))))),
  );
  const embeddings = EMBEDDINGS.flatMap(({ api, route, credential, texts }) =>
    ['query', 'document'].flatMap((task) => [undefined, 256].map((dimensions) => ({
      api,
      name: `${route.provider} ${route.model}: embeddings, ${task}, ${dimensions ?? 'all'} numbers`,
      line: { route, credential, embed: { texts, task, ...(dimensions ? { dimensions } : {}) } },
    }))),
  );
  return [...text, ...embeddings];
}
