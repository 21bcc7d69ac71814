// Realtime channels: what a function publishes reaches the pages that listen, and nobody else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostFor, value } from './fixture.mjs';

const publish = (host, channel, payload, more) => value(host, 'publish', { channel, payload, ...more });

test('an event reaches every page that listens to its channel, in order, and no other', async (t) => {
  const host = await hostFor(t, { seed: 'none' });
  const [one, other, elsewhere] = ['a', 'a', 'b'].map((channel) => host.realtime.subscribe(channel));
  const waiting = host.realtime.next(one);
  const { eventId } = await publish(host, 'a', { n: 1 });
  assert.equal(typeof eventId, 'string');
  await publish(host, 'a', { n: 2 });
  assert.deepEqual(await waiting, [{ n: 1 }]);
  assert.deepEqual(await host.realtime.next(one), [{ n: 2 }]);
  assert.deepEqual(await host.realtime.next(other), [{ n: 1 }, { n: 2 }]);
  assert.deepEqual(host.realtime.published(), [{ channel: 'a', heard: 2 }, { channel: 'a', heard: 2 }]);
  host.realtime.unsubscribe(elsewhere);
  assert.equal(await host.realtime.next(elsewhere), undefined);
});

test('nobody listens: the event has no id, and whoever comes later does not get it', async (t) => {
  const host = await hostFor(t, { seed: 'none' });
  assert.deepEqual(await publish(host, 'a', 'x'), { eventId: null, eventTimestamp: null });
  const late = host.realtime.subscribe('a');
  const waiting = host.realtime.next(late);
  host.realtime.unsubscribe(late);
  assert.equal(await waiting, undefined);
});

test('refuses what it does not serve, and fails on purpose', async (t) => {
  const host = await hostFor(t, { seed: 'none' });
  assert.match((await publish(host, 'a', 'x', { isGlobal: false })).errors[0].message, /global channels/);
  assert.match((await publish(host, '', 'x')).errors[0].message, /not valid/);
  host.faults.add({ kind: 'realtime', action: 'rate' });
  assert.equal((await publish(host, 'a', 'x')).errors[0].status, 429);
});
