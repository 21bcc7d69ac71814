import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, never, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const BODY = '{"messages":[{"role":"user","content":"ping"}],"max_completion_tokens":16,"stream":false}';
const ask = (more = {}) => perform({ id: 1, type: 'llm', model: 'claude-x', body: BODY, timeoutMs: 2_000, maxBytes: 50_000, ...more }, more.signal ?? never);
const reply = { choices: [{ finish_reason: 'end_turn', message: { role: 'assistant', content: [{ type: 'text', text: 'héllo' }] } }], usage: { input_tokens: 3, output_tokens: 2, total_tokens: 5 } };

test('asks the platform for the model with the body as it is, and gives back the whole answer', async () => {
  const { result, calls } = await through(() => json(reply), ask);
  assert.deepEqual([calls[0].desc, calls[0].path, calls[0].init.method], [{ type: 'llm', model: 'claude-x' }, 'https://llm/claude-x', 'POST']);
  assert.deepEqual(JSON.parse(calls[0].init.body), JSON.parse(BODY));
  assert.equal(result.outcome.status, 200);
  assert.deepEqual(JSON.parse(result.outcome.body), reply);
});

test('lists the models when none is named', async () => {
  const models = { models: [{ model: 'claude-x', status: 'active' }] };
  const { result, calls } = await through(() => json(models), () => ask({ model: undefined, body: undefined }));
  assert.deepEqual([calls[0].desc, calls[0].init.method], [{ type: 'llm' }, 'GET']);
  assert.deepEqual(JSON.parse(result.outcome.body), models);
});

test('an answer that is no success is an answer, with its status and code', async () => {
  const { result } = await through(() => json({ code: 'LLM_NOT_APPROVED', message: 'An admin has to approve' }, 403), ask);
  assert.deepEqual([result.outcome.status, JSON.parse(result.outcome.body).error.code], [403, 'LLM_NOT_APPROVED']);
});

test("the platform's own error stands in a header", async () => {
  const { result } = await through(() => new Response('blocked', { status: 429, headers: { 'forge-proxy-error': 'RATE_LIMIT' } }), ask);
  assert.deepEqual([result.outcome.status, JSON.parse(result.outcome.body).error.code], [429, 'RATE_LIMIT']);
});

test('gives up at its own time limit, at the deadline, and when nothing answers', async () => {
  const slow = () => new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal((await through(slow, () => ask({ timeoutMs: 10 }))).result.code, 'timeout');
  assert.equal((await through(slow, () => ask({ signal: AbortSignal.timeout(10) }))).result.code, 'deadline');
  const broken = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }));
  assert.equal((await through(broken, ask)).result.code, 'network');
});

test('an answer larger than allowed, and one that is none, are failures without its text', async () => {
  assert.equal((await through(() => json(reply), () => ask({ maxBytes: 10 }))).result.code, 'too-large');
  const { result } = await through(() => new Response('CANARY<html>'), ask);
  assert.equal(result.type, 'failed');
  assert.ok(!JSON.stringify(result).includes('CANARY'));
});

test('a body that is no prompt is not sent', async () => {
  const { result, calls } = await through(() => json(reply), () => ask({ body: '{"messages":[]}' }));
  assert.deepEqual([result.type, calls.length], ['failed', 0]);
});
