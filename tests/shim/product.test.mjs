import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forge, json, never, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const read = { id: 1, type: 'product', as: 'user', product: 'jira', method: 'GET', path: '/rest/api/3/issue/A-1?fields=a%2Cb' };
const ask = (effect, door) => through(door, () => perform(effect, never));

test('reads from Jira as the user, with the path as it is', async () => {
  const { result, calls } = await ask(read, () => json({ key: 'A-1' }));
  assert.deepEqual(result.outcome, { status: 200, body: '{"key":"A-1"}' });
  assert.deepEqual({ type: calls[0].desc.type, provider: calls[0].desc.provider, remote: calls[0].desc.remote }, { type: 'fpp', provider: 'user', remote: 'jira' });
  assert.equal(calls[0].path, read.path);
  assert.deepEqual(calls[0].init.headers, { Accept: 'application/json' });
});

test('writes to Confluence as the app, with the body as it is', async () => {
  const write = { ...read, as: 'app', product: 'confluence', method: 'POST', path: '/wiki/api/v2/pages', body: '{"title":"T"}' };
  const { result, calls } = await ask(write, () => json({ id: '9' }, 200));
  assert.equal(result.outcome.status, 200);
  assert.deepEqual([calls[0].desc.provider, calls[0].desc.remote], ['app', 'confluence']);
  assert.deepEqual([calls[0].init.method, calls[0].init.body, calls[0].init.headers['Content-Type']], ['POST', '{"title":"T"}', 'application/json']);
});

for (const status of [404, 409, 429, 500]) {
  test(`a ${status} is an outcome, not a failure`, async () => {
    const { result } = await ask(read, () => json({ message: 'CANARY' }, status));
    assert.deepEqual(result.outcome, { status, body: '{"message":"CANARY"}' });
  });
}

const cases = [
  ['denied', 'the user has not given consent', () => json({}, 401, { 'forge-proxy-error': 'NEEDS_AUTHENTICATION_ERR' })],
  ['proxy', "Forge's proxy fails", () => json({}, 502, { 'forge-proxy-error': 'UPSTREAM_ERR' })],
  ['network', 'there is no connection', () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }); }],
  ['unknown', 'something else is thrown', () => { throw new Error('CANARY'); }],
  ['too-large', 'the answer says that it is huge', () => json({}, 200, { 'content-length': '50000000' })],
  ['too-large', 'the answer is huge', () => new Response(new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1_000_000)) }))],
  ['too-large', 'a host without streams answers too much', () => ({ status: 200, headers: new Headers(), text: async () => 'x'.repeat(20_000_001) })],
];
for (const [code, when, door] of cases) {
  test(`fails with ${code} when ${when}`, async () => {
    const { result } = await ask(read, door);
    assert.deepEqual({ ...result, now: 0 }, { type: 'failed', id: 1, now: 0, code });
  });
}

for (const wrong of [{ as: 'admin' }, { product: 'bitbucket' }, { as: '__proto__' }]) {
  test(`asks nothing of ${JSON.stringify(wrong)}`, async () => {
    const { result, calls } = await ask({ ...read, ...wrong }, () => json({}));
    assert.notEqual(result.type, 'outcome');
    assert.equal(calls.length, 0);
  });
}

test('hands the signal to the door', async () => {
  const over = new AbortController();
  forge.door = (desc, path, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  const pending = perform(read, over.signal);
  over.abort();
  assert.equal((await pending).code, 'deadline');
});
