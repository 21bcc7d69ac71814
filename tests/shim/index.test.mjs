import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleOf, forge, through } from './forge.mjs';
import { backend, emptySite, request } from './calls.mjs';

process.env.QUILLGATE_ROOT_1 = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64url');
const { resolve, consume, sweep, lifecycle, uninstall } = await import('../../src/index.js');
const page = (payload) => consoleOf(() => through(emptySite, () => resolve(request(payload), backend)));

test('opens the Studio on an empty site', async () => {
  const { result: { result } } = await page({ type: 'studio.open' });
  assert.deepEqual([result.type, result.view?.product], ['ok', 'jira'], JSON.stringify(result));
});

test('answers two pages at once, each with its own', async () => {
  const [a, b] = await Promise.all([1, 2].map(() => through(emptySite, () => resolve(request({ type: 'studio.open' }), backend))));
  assert.deepEqual([a.result.type, b.result.type], ['ok', 'ok']);
});

for (const payload of [{}, { type: 'no.such.call' }, { type: 'sweep' }, { type: 'draft.run', jobId: 'j', rev: 1 }, { type: 'command', verb: 'surface', line: {} }, { type: 'studio.open', CANARY: 'CANARY' }, 'CANARY', null]) {
  test(`a page's ${JSON.stringify(payload)} is answered with a code and does nothing`, async () => {
    const { result: { result, calls }, lines } = await page(payload);
    assert.notEqual(result.type, 'ok');
    assert.match(result.code, /^[a-z-]+$/);
    assert.deepEqual(calls, []);
    assert.ok(!`${lines} ${JSON.stringify(result)}`.includes('CANARY'));
  });
}

test('the resolver has one door', async () => {
  await assert.rejects(resolve({ ...request({}), call: { functionKey: 'other', payload: {} } }, backend), /no definition/);
});

test('background invocations return nothing that could hold a secret', async () => {
  const run = () => Promise.all([sweep({}, backend), lifecycle({ eventType: 'avi:forge:installed:app' }, backend), uninstall({}, backend)]);
  const { result } = await consoleOf(() => through(emptySite, run));
  assert.deepEqual(result.result, [undefined, undefined, undefined]);
});

test('an event of a job that is gone is done with', async () => {
  const { result } = await consoleOf(() => through(emptySite, () => consume({ body: { jobId: 'gone', rev: 1 } }, backend)));
  assert.equal(result.result, undefined);
});

test('an event that ends in a fault is asked for again', async () => {
  forge.remainingMs = () => 0;
  const { result } = await consoleOf(() => through(() => new Promise(() => {}), () => consume({ body: { jobId: 'j', rev: 1 } }, backend)));
  forge.remainingMs = () => 25_000;
  assert.deepEqual(result.result, { _retry: true, retryOptions: { retryAfter: 30, retryReason: 'FUNCTION_RETRY_REQUEST' } });
});
