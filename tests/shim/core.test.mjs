import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCore } from '../../src/shim/core.js';
import { inTurn } from '../../src/shim/turns.js';
import { context } from './calls.mjs';

const call = { type: 'call', now: 1_795_000_000_000, deadline: 1_795_000_020_000, context, call: { type: 'studio.open' } };

test('a core answers or asks', () => {
  const { effects, answer } = makeCore().step(call);
  assert.ok(answer || effects.length > 0);
});

test('a new core is in a memory of its own: the one before cannot be stepped any more', () => {
  const before = makeCore();
  before.step(call);
  makeCore();
  assert.throws(() => before.step(call), /stale/);
});

test('a core that was given nonsense leaves the next one whole', () => {
  for (const nonsense of [undefined, null, 7, 'call', [], { type: 'call' }, { type: 'outcome', id: 99 }, { get type() { throw new Error('no'); } }]) {
    try {
      makeCore().step(nonsense);
    } catch {
      // An exception drops the instance; the loop makes a fault of it.
    }
  }
  const { effects, answer } = makeCore().step(call);
  assert.ok(answer || effects.length > 0);
});

test('a new instance is made in well under a millisecond or two', () => {
  makeCore();
  const start = performance.now();
  for (let i = 0; i < 50; i += 1) makeCore();
  const each = (performance.now() - start) / 50;
  console.log(`# a fresh instance: ${each.toFixed(2)} ms`);
  assert.ok(each < 20);
});

test('one invocation at a time, in the order in which they came, also after one that fails', async () => {
  const events = [];
  const work = (name, ms, fail) => inTurn(async () => {
    events.push(`${name} starts`);
    await new Promise((resolve) => setTimeout(resolve, ms));
    events.push(`${name} ends`);
    if (fail) throw new Error(name);
  });
  const first = work('a', 20, true);
  const second = work('b', 1);
  await assert.rejects(first);
  await second;
  assert.deepEqual(events, ['a starts', 'a ends', 'b starts', 'b ends']);
});
