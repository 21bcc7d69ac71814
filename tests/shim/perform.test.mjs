import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleOf, never } from './forge.mjs';
import { executors, perform } from '../../src/shim/perform.js';

test('has an executor for each effect of the wire and for nothing else', () => {
  assert.deepEqual(Object.keys(executors).sort(), [
    'egress', 'entity-get', 'entity-query', 'kv-delete', 'kv-get', 'kv-keys', 'kv-set', 'llm', 'product', 'queue-push',
    'realtime', 'secret-delete', 'secret-get', 'secret-set', 'sign', 'transact', 'wait',
  ]);
});

for (const type of ['shell', 'constructor', '__proto__', 'toString', undefined]) {
  test(`refuses an effect of type ${type}`, async () => {
    const result = await perform({ id: 7, type }, never);
    assert.deepEqual({ ...result, now: 0 }, { type: 'failed', id: 7, now: 0, code: 'unknown' });
  });
}

test('gives each outcome the id of its effect and the time', async () => {
  const before = Date.now();
  const result = await perform({ id: 'e1', type: 'wait', ms: 1 }, never);
  assert.deepEqual({ ...result, now: 0 }, { type: 'outcome', id: 'e1', now: 0, outcome: {} });
  assert.ok(result.now >= before);
});

for (const effect of [
  { type: 'product' }, { type: 'egress' }, { type: 'sign' }, { type: 'queue-push' }, { type: 'transact', set: 1 },
  { type: 'entity-query' }, { type: 'egress', url: 'not a url', headers: [], timeoutMs: 10, maxBytes: 10 },
]) {
  test(`fails with a code, never an error, when ${effect.type} lacks what it needs`, async () => {
    const { result, lines } = await consoleOf(() => perform({ id: 1, ...effect }, never));
    assert.equal(result.type, 'failed');
    assert.deepEqual(Object.keys(result).sort(), ['code', 'id', 'now', 'type']);
    assert.deepEqual(lines, []);
  });
}

test('gives up a long effect at the signal though its executor does not listen', async () => {
  const over = new AbortController();
  const deaf = { product: () => new Promise(() => {}) };
  const pending = perform({ id: 1, type: 'product' }, over.signal, deaf);
  over.abort();
  assert.equal((await pending).code, 'deadline');
});

test('starts no long effect after the signal', async () => {
  const over = new AbortController();
  over.abort();
  let calls = 0;
  const result = await perform({ id: 1, type: 'egress' }, over.signal, { egress: async () => ((calls += 1), {}) });
  assert.deepEqual([result.code, calls], ['deadline', 0]);
});

test('lets storage finish after the signal: half a transaction is worse than a late one', async () => {
  const over = new AbortController();
  over.abort();
  const result = await perform({ id: 1, type: 'transact' }, over.signal, { transact: async () => ({}) });
  assert.equal(result.type, 'outcome');
});

test('ends a wait at the signal', async () => {
  const over = new AbortController();
  const pending = perform({ id: 1, type: 'wait', ms: 60_000 }, over.signal);
  over.abort();
  assert.equal((await pending).code, 'deadline');
});
