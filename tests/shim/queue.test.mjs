import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, never, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const push = (events, door) => through(door, () => perform({ id: 1, type: 'queue-push', queue: 'drafts', events }, never));
const created = () => new Response(null, { status: 201 });

test('pushes events with their delay and concurrency, and gives back the id of the push', async () => {
  const events = [{ body: { jobId: 'j', rev: 1 }, delaySeconds: 30, concurrency: { key: 'i', limit: 1 } }, { body: { jobId: 'k', rev: 1 } }];
  const { result, calls } = await push(events, created);
  const { queueName, payload, jobId } = JSON.parse(calls[0].init.body);
  assert.deepEqual([queueName, payload], ['drafts', [{ body: { jobId: 'j', rev: 1 }, delayInSeconds: 30, concurrency: { key: 'i', limit: 1 } }, { body: { jobId: 'k', rev: 1 } }]]);
  assert.deepEqual(result.outcome, { jobId });
});

for (const [code, when, door] of [
  ['too-large', 'the platform says so', () => json({ errorMessage: 'CANARY' }, 413)],
  ['proxy', 'events come too fast', () => new Response('', { status: 429 })],
  ['proxy', 'events push events too often', () => new Response('', { status: 405 })],
  ['proxy', 'the platform fails', () => json({ message: 'CANARY' }, 500)],
  ['proxy', "Forge's proxy fails", () => json({}, 502, { 'forge-proxy-error': 'UPSTREAM_ERR' })],
  ['unknown', 'only some events were taken', () => json({ failedEvents: [{ index: '0', errorMessage: 'CANARY' }] }, 202)],
  ['network', 'there is no connection', () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }); }],
]) {
  test(`fails with ${code} when ${when}`, async () => {
    const { result } = await push([{ body: {} }], door);
    assert.deepEqual({ ...result, now: 0 }, { type: 'failed', id: 1, now: 0, code });
  });
}

for (const [code, when, events] of [
  ['too-large', 'an event is larger than the platform takes', [{ body: { text: 'x'.repeat(300_000) } }]],
  ['unknown', 'there is no event', []],
  ['unknown', 'an event has no body', [{}]],
]) {
  test(`fails with ${code}, asking nothing, when ${when}`, async () => {
    const { result, calls } = await push(events, created);
    assert.deepEqual([result.code, calls.length], [code, 0]);
  });
}
