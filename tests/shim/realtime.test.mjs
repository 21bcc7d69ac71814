import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const signal = (door, { timeoutMs = 1000, during = new AbortController().signal } = {}) => through(door, () => perform({ id: 1, type: 'realtime', channel: 'job-1', timeoutMs }, during));
const published = (more = {}) => json({ data: { ecosystem: { publishRealtimeChannel: { eventId: null, eventTimestamp: null, ...more } } } });
const silence = () => new Promise(() => {});

test('tells a channel of the whole installation that something moved, and nothing of what', async () => {
  const { result, calls } = await signal(() => published());
  const { variables } = JSON.parse(calls[0].init.body);
  assert.deepEqual([calls.length, calls[0].desc], [1, { type: 'realtime' }]);
  assert.deepEqual(variables, { installationId: 'installation-1', name: 'job-1', payload: '""', isGlobal: true });
  assert.deepEqual(result.outcome, {});
});

for (const [code, when, door] of [
  ['proxy', 'events come too fast', () => new Response('', { status: 429 })],
  ['proxy', 'the channel refuses', () => json({ data: null, errors: [{ message: 'CANARY' }] })],
  ['proxy', "Forge's proxy fails", () => json({}, 502, { 'forge-proxy-error': 'UPSTREAM_ERR' })],
  ['network', 'there is no connection', () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }); }],
]) {
  test(`fails with ${code} when ${when}`, async () => {
    const { result } = await signal(door);
    assert.deepEqual({ ...result, now: 0 }, { type: 'failed', id: 1, now: 0, code });
  });
}

test('holds nothing up: given up after its time, or when the invocation ends', async () => {
  assert.equal((await signal(silence, { timeoutMs: 5 })).result.code, 'timeout');
  const over = new AbortController();
  const pending = signal(silence, { timeoutMs: 60_000, during: over.signal });
  over.abort();
  assert.equal((await pending).result.code, 'deadline');
});
