// The models hosted by Atlassian: the module opens the door, a server on this machine stands in for them.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { hostFor, value } from './fixture.mjs';

const REPLY = { choices: [{ finish_reason: 'end_turn', message: { role: 'assistant', content: [{ type: 'text', text: 'pong' }] } }], usage: { input_tokens: 3, output_tokens: 1, total_tokens: 4 } };
const prompt = (more) => ({ model: 'claude-haiku', messages: [{ role: 'user', content: 'ping' }], max_completion_tokens: 16, ...more });

async function models(t) {
  const got = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    got.push({ method: request.method, url: request.url, body: text && JSON.parse(text) });
    const answer = request.method === 'GET' ? { models: [{ model: 'claude-haiku', status: 'active' }] } : REPLY;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  t.after(() => server.close());
  return { base: `http://127.0.0.1:${server.address().port}`, got };
}

test('a chat and the list reach the stand-in as @forge/llm sends them, and leave nothing', async (t) => {
  const { base, got } = await models(t);
  const host = await hostFor(t, { seed: 'none', hostedModel: base });
  assert.deepEqual(await value(host, 'llm', { act: 'chat', prompt: prompt() }), REPLY);
  assert.deepEqual(await value(host, 'llm', { act: 'list' }), { models: [{ model: 'claude-haiku', status: 'active' }] });
  assert.deepEqual(got.map(({ method, url }) => `${method} ${url}`), ['POST /claude-haiku', 'GET /']);
  assert.deepEqual(got[0].body, { messages: [{ role: 'user', content: 'ping' }], max_completion_tokens: 16, stream: false });
  assert.equal(host.traffic.list().length, 0);
});

test('refuses a model of a family that the manifest does not declare', async (t) => {
  const { base, got } = await models(t);
  const host = await hostFor(t, { seed: 'none', hostedModel: base });
  await assert.rejects(value(host, 'llm', { act: 'chat', prompt: prompt({ model: 'gpt-6' }) }), { code: 'INVALID_REQUEST', status: 400 });
  assert.equal(got.length, 0);
});

test('says that no model was approved when nothing stands in, and fails on purpose', async (t) => {
  const host = await hostFor(t, { seed: 'none' });
  await assert.rejects(value(host, 'llm', { act: 'list' }), { code: 'LLM_NOT_APPROVED', status: 403 });
  host.faults.add({ kind: 'llm', action: 'rate' });
  await assert.rejects(value(host, 'llm', { act: 'list' }), { status: 429 });
});

test('the stand-in is on this machine', async (t) => {
  await assert.rejects(hostFor(t, { seed: 'none', hostedModel: 'https://models.example' }), /loopback/);
});
