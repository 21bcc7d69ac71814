// @ts-check
// Two installations alternate in one warm process, the shipped wasm under the shim's own loop: no byte of one in anything the other
// gets, asks for, logs or leaves behind. A cache planted in the process is found by the same look.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeCore } from '../../src/shim/core.js';
import { run } from '../../src/shim/run.js';

/** An invocation takes two milliseconds, most of them for an instance of its own: `QUILLGATE_TENANT_INVOCATIONS=100000` by hand. */
const INVOCATIONS = Number(process.env.QUILLGATE_TENANT_INVOCATIONS ?? 20_000);
const ROOT = randomBytes(32).toString('base64url');

/** A tenant with a marker in everything that is its own. @param {string} marker */
function tenant(marker) {
  return {
    marker,
    context: /** @type {any} */ ({
      source: 'ui', product: 'confluence', cloudId: `cloud-${marker}`, installationId: `installation-${marker}`, environmentId: `environment-${marker}`,
      environmentType: 'DEVELOPMENT', accountId: `account-${marker}`, siteUrl: `https://${marker}.example`, moduleKey: null, locale: null, extension: {},
    }),
    /** @type {Map<string, any>} */ stored: new Map(),
  };
}

/** What a tenant keeps: the same keys for all, as on a platform that keeps them apart. @param {ReturnType<typeof tenant>} of @param {any} effect */
function storage({ stored }, effect) {
  const present = (/** @type {any} */ value) => (value === undefined ? {} : { value });
  switch (effect.type) {
    case 'secret-get': return effect.source === 'env' ? present(effect.key === 'QUILLGATE_ROOT_1' ? ROOT : undefined) : present(stored.get(effect.key));
    case 'secret-set': stored.set(effect.key, effect.value); return {};
    case 'entity-get': return present(stored.get(`${effect.entity}/${effect.key}`));
    case 'entity-query': return { results: [] };
    case 'kv-keys': return { keys: [] };
    case 'transact': for (const { entity, key, value } of effect.set) stored.set(`${entity}/${key}`, value); return {};
    default: throw new Error(effect.type);
  }
}

/**
 * Alternates, and looks at everything that leaves for the other's marker.
 * @param {ReturnType<typeof tenant>[]} tenants
 * @param {number} invocations
 * @param {(of: ReturnType<typeof tenant>, effect: any) => object} perform
 * @returns {Promise<{ foreign: number, opened: number }>}
 */
async function alternate(tenants, invocations, perform) {
  const kept = console.log;
  let [foreign, opened, own] = [0, 0, /** @type {typeof tenants[number] | undefined} */ (undefined)];
  const look = (/** @type {unknown} */ value) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    for (const other of tenants) if (other !== own && text.includes(other.marker)) foreign += 1;
  };
  console.log = (...lines) => look(lines);
  try {
    for (let at = 0; at < invocations; at += 1) {
      own = /** @type {typeof tenants[number]} */ (tenants[at % tenants.length]);
      const of = own;
      const call = at % 50 < tenants.length ? { type: 'sets.save', name: `The set of ${of.marker}`, sources: [{ kind: 'page', id: '7' }] } : { type: 'sets.list' };
      const performed = async (/** @type {any} */ effect) => {
        if (effect.type === 'product') return { type: /** @type {const} */ ('outcome'), id: effect.id, now: Date.now(), outcome: { status: 200, body: '{"results":[]}' } };
        look(effect);
        const outcome = perform(of, effect);
        return { type: /** @type {const} */ ('outcome'), id: effect.id, now: Date.now(), outcome };
      };
      const answer = /** @type {any} */ (await run({ makeCore, perform: performed }, { context: of.context, call }, 60_000));
      assert.equal(answer.type, 'ok', JSON.stringify(answer));
      look(answer);
      opened += answer.view.sets.filter((/** @type {any} */ set) => set.name.endsWith(of.marker)).length;
    }
  } finally {
    console.log = kept;
  }
  return { foreign, opened };
}

// Ledger: ES-09.
test(`${INVOCATIONS.toLocaleString('en')} invocations of two tenants, and no byte of the other`, async () => {
  const start = process.cpuUsage();
  const tenants = ['quetzalcoatlus', 'archaeopteryx'].map(tenant);
  const { foreign, opened } = await alternate(tenants, INVOCATIONS, storage);
  const { user, system } = process.cpuUsage(start);
  console.log(`# ${INVOCATIONS} invocations, ${opened} sets of their own opened, ${foreign} foreign; ${((user + system) / 1e6).toFixed(0)} s of CPU, ${process.memoryUsage.rss() >> 20} MB`);
  assert.equal(foreign, 0);
  assert.ok(opened >= INVOCATIONS);
});

test('a cache that knows no tenant is found: what it gives does not open', async () => {
  const tenants = ['quetzalcoatlus', 'archaeopteryx'].map(tenant);
  await alternate(tenants, 10, storage);
  /** @type {Map<string, object>} */
  const cache = new Map();
  const cached = (/** @type {any} */ of, /** @type {any} */ effect) => {
    if (effect.type !== 'entity-get') return storage(of, effect);
    if (!cache.has(effect.key)) cache.set(effect.key, storage(of, effect));
    return /** @type {object} */ (cache.get(effect.key));
  };
  // The key of a person's sets is a token of the tenant's own, so the cache is asked for two keys and gives nothing away.
  assert.equal((await alternate(tenants, 10, cached)).foreign, 0);
  cache.clear();
  const careless = (/** @type {any} */ of, /** @type {any} */ effect) => {
    if (effect.type !== 'entity-get') return storage(of, effect);
    if (!cache.has('any')) cache.set('any', storage(of, effect));
    return /** @type {object} */ (cache.get('any'));
  };
  await assert.rejects(alternate(tenants, 10, careless), /storage-unreadable/);
});

test('a cache of answers in the process is found: a foreign byte comes out', async () => {
  const tenants = ['quetzalcoatlus', 'archaeopteryx'].map(tenant);
  /** @type {any} */
  let planted;
  const own = makeCore;
  const leaky = () => {
    const core = own();
    return { step: (/** @type {any} */ input) => { const reply = core.step(input); if (reply.answer) planted ??= reply.answer; return reply.answer ? { ...reply, answer: planted } : reply; }, drop: core.drop };
  };
  let foreign = 0;
  for (const of of [...tenants, ...tenants]) {
    const perform = async (/** @type {any} */ effect) => ({ type: /** @type {const} */ ('outcome'), id: effect.id, now: Date.now(), outcome: effect.type === 'product' ? { status: 200, body: '{"results":[]}' } : storage(of, effect) });
    const answer = await run({ makeCore: leaky, perform }, { context: of.context, call: { type: 'sets.save', name: `Of ${of.marker}`, sources: [{ kind: 'page', id: '7' }] } }, 60_000);
    for (const other of tenants) if (other !== of && JSON.stringify(answer).includes(other.marker)) foreign += 1;
  }
  assert.ok(foreign > 0);
});
