import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { forge, json, never, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';
import { held } from '../../src/shim/warm.js';

const runtime = globalThis.__forge_runtime__;
const key = (n) => `index:${String(n).padStart(16, '0')}:s`;
const SEALED = 'c2VhbGVk';

/** Reads a key as an installation; gives back the value and how often the store was asked. */
async function read(name, { as = 'installation-1', value = SEALED } = {}) {
  runtime.appContext.installationId = as;
  const { result, calls } = await through(() => json({ key: name, value }), () => perform({ id: 1, type: 'kv-get', key: name }, never));
  return { value: result.outcome?.value, asked: calls.length };
}

beforeEach(async () => {
  // What an earlier test left is not this one's.
  for (const name of held().names) {
    const [installation, own] = name.split(' ');
    runtime.appContext.installationId = installation;
    await through(() => new Response(''), () => perform({ id: 1, type: 'kv-delete', key: own }, never));
  }
  runtime.appContext.installationId = 'installation-1';
});

test('a value of the index is read once by a warm process', async () => {
  assert.deepEqual(await read(key(1)), { value: SEALED, asked: 1 });
  assert.deepEqual(await read(key(1)), { value: SEALED, asked: 0 });
});

// Ledger: ES-09.
test('no installation gets what another one read', async () => {
  await read(key(1), { as: 'installation-1', value: 'one' });
  assert.deepEqual(await read(key(1), { as: 'installation-2', value: 'two' }), { value: 'two', asked: 1 });
  assert.deepEqual(await read(key(1), { as: 'installation-1' }), { value: 'one', asked: 0 });
});

for (const name of ['settings', 'sets:abc', 'input:0123', 'index:site', `${key(1)}:x`, `x${key(1)}`]) {
  test(`nothing that can change is remembered: ${name}`, async () => {
    await read(name);
    assert.equal((await read(name)).asked, 1);
    assert.deepEqual(held().names, []);
  });
}

test('what is not there is asked for again', async () => {
  const missing = () => json({ code: 'KEY_NOT_FOUND', message: 'no' }, 404);
  for (const asked of [1, 1]) {
    const { calls } = await through(missing, () => perform({ id: 1, type: 'kv-get', key: key(2) }, never));
    assert.equal(calls.length, asked);
  }
});

test('what is deleted is forgotten', async () => {
  await read(key(3));
  await through(() => new Response(''), () => perform({ id: 1, type: 'kv-delete', key: key(3) }, never));
  assert.equal((await read(key(3))).asked, 1);
});

test('a process holds 16 MB at most, and forgets what was not used for longest', async () => {
  const value = 'a'.repeat(240 * 1024);
  for (let n = 0; n < 80; n += 1) {
    await read(key(n), { value });
    await read(key(0), { value });
  }
  assert.ok(held().bytes <= 16_000_000, `${held().bytes}`);
  assert.equal(held().bytes, held().values.reduce((sum, one) => sum + one.length, 0));
  assert.equal((await read(key(0))).asked, 0, 'used all the time');
  assert.equal((await read(key(1))).asked, 1, 'not used since');
});

test('a value is forgotten after a quarter of an hour', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000 });
  await read(key(4));
  t.mock.timers.tick(14 * 60_000);
  assert.equal((await read(key(4))).asked, 0);
  t.mock.timers.tick(2 * 60_000);
  assert.equal((await read(key(4))).asked, 1, 'use does not make it younger');
});

test('the fixture is as it was', () => assert.equal(typeof forge.door, 'function'));
