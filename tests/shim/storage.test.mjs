import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json, never, through } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const missing = () => json({ code: 'KEY_NOT_FOUND', message: 'CANARY' }, 404);
const done = () => new Response('', { status: 200 });

/** Performs an effect against a door, and gives back its outcome or code, and what was asked. */
async function ask(effect, door) {
  const { result, calls } = await through(door, () => perform({ id: 1, ...effect }, never));
  return { got: result.outcome ?? result.code, asked: calls.map(({ path, init }) => [path, JSON.parse(init.body)]) };
}

/** Effect, what the store is asked, what it answers, what the core gets. */
const cases = [
  ['reads a value', { type: 'kv-get', key: 'k' }, '/api/v1/get', { key: 'k' }, () => json({ key: 'k', value: 'v' }), { value: 'v' }],
  ['reads a value with its expiry', { type: 'kv-get', key: 'k', expiry: true }, '/api/v1/get', { key: 'k', options: { metadataFields: ['EXPIRE_TIME'] } },
    () => json({ key: 'k', value: 'v', expireTime: '2026-11-22T00:00:00.000Z' }), { value: 'v', expiresAt: Date.UTC(2026, 10, 22) }],
  ['reads a value that does not expire', { type: 'kv-get', key: 'k', expiry: true }, '/api/v1/get', { key: 'k', options: { metadataFields: ['EXPIRE_TIME'] } },
    () => json({ key: 'k', value: 'v' }), { value: 'v' }],
  ['reads no value with its expiry', { type: 'kv-get', key: 'k', expiry: true }, '/api/v1/get', { key: 'k', options: { metadataFields: ['EXPIRE_TIME'] } }, missing, {}],
  ['reads nothing', { type: 'kv-get', key: 'k' }, '/api/v1/get', { key: 'k' }, missing, {}],
  ['sets a value', { type: 'kv-set', key: 'k', value: 'v' }, '/api/v1/set', { key: 'k', value: 'v' }, done, {}],
  ['sets a value with a lifetime', { type: 'kv-set', key: 'k', value: 'v', ttlSeconds: 60 }, '/api/v1/set',
    { key: 'k', value: 'v', options: { ttl: { value: 60, unit: 'SECONDS' } } }, done, {}],
  ['sets a value only once', { type: 'kv-set', key: 'k', value: 'v', ttlSeconds: 60, ifAbsent: true }, '/api/v1/set',
    { key: 'k', value: 'v', options: { ttl: { value: 60, unit: 'SECONDS' }, keyPolicy: 'FAIL_IF_EXISTS' } }, done, {}],
  ['deletes a value', { type: 'kv-delete', key: 'k' }, '/api/v1/delete', { key: 'k' }, done, {}],
  ['deletes what is not there', { type: 'kv-delete', key: 'k' }, '/api/v1/delete', { key: 'k' }, missing, {}],
  ['lists keys without their values', { type: 'kv-keys', prefix: 'sets:', limit: 20 }, '/api/v1/query',
    { limit: 20, where: [{ property: 'key', condition: 'BEGINS_WITH', values: ['sets:'] }] }, () => json({ data: [{ key: 'sets:a', value: 'CANARY' }] }), { keys: ['sets:a'] }],
  ['reads a secret', { type: 'secret-get', key: 'k', source: 'store' }, '/api/v1/secret/get', { key: 'k' }, () => json({ key: 'k', value: 's' }), { value: 's' }],
  ['sets a secret only once', { type: 'secret-set', key: 'k', value: 's', ifAbsent: true }, '/api/v1/secret/set',
    { key: 'k', value: 's', options: { keyPolicy: 'FAIL_IF_EXISTS' } }, done, {}],
  ['deletes a secret', { type: 'secret-delete', key: 'k' }, '/api/v1/secret/delete', { key: 'k' }, done, {}],
  ['reads an entity', { type: 'entity-get', entity: 'job', key: 'j' }, '/api/v1/entity/get', { entityName: 'job', key: 'j' },
    () => json({ key: 'j', value: { rev: 1 } }), { value: { rev: 1 } }],
  ['reads no entity', { type: 'entity-get', entity: 'job', key: 'j' }, '/api/v1/entity/get', { entityName: 'job', key: 'j' }, missing, {}],
  ['queries an index', { type: 'entity-query', entity: 'job', index: 'by-owner', partition: ['m'], limit: 10 }, '/api/v1/entity/query',
    { entityName: 'job', indexName: 'by-owner', partition: ['m'], limit: 10 }, () => json({ data: [{ key: 'j', value: { rev: 1 } }] }), { results: [{ key: 'j', value: { rev: 1 } }] }],
  ['queries on from a cursor', { type: 'entity-query', entity: 'job', index: 'by-state', partition: ['s'], range: { condition: 'LESS_THAN', values: [5] }, sort: 'DESC', limit: 1, cursor: 'c' },
    '/api/v1/entity/query', { entityName: 'job', indexName: 'by-state', partition: ['s'], range: { condition: 'LESS_THAN', values: [5] }, sort: 'DESC', limit: 1, cursor: 'c' },
    () => json({ data: [], cursor: 'd' }), { results: [], cursor: 'd' }],
  ['commits a transaction with its conditions',
    {
      type: 'transact',
      set: [{ entity: 'job', key: 'j', value: { rev: 2 }, conditions: [{ property: 'rev', condition: 'EQUAL_TO', values: [1] }] }, { key: 'draft:j', value: 'sealed', ttlSeconds: 60 }],
      delete: [{ key: 'input:j' }],
      check: [{ entity: 'job', key: 'i', conditions: [{ property: 'rev', condition: 'NOT_EXISTS', values: [true] }, { property: 'state', condition: 'EQUAL_TO', values: ['review'] }] }],
    },
    '/api/v1/transaction',
    {
      set: [
        { key: 'j', value: { rev: 2 }, entityName: 'job', conditions: { and: [{ property: 'rev', condition: 'EQUAL_TO', values: [1] }] } },
        { key: 'draft:j', value: 'sealed', options: { ttl: { value: 60, unit: 'SECONDS' } } },
      ],
      delete: [{ key: 'input:j' }],
      check: [{ key: 'i', entityName: 'job', conditions: { and: [{ property: 'rev', condition: 'NOT_EXISTS', values: [true] }, { property: 'state', condition: 'EQUAL_TO', values: ['review'] }] } }],
    },
    done, {}],
];
for (const [name, effect, path, body, door, expected] of cases) {
  test(name, async () => {
    const { got, asked } = await ask(effect, door);
    assert.deepEqual(asked, [[path, body]]);
    assert.deepEqual(got, expected);
  });
}

const failures = [
  ['conflict', 'the key is taken', () => json({ code: 'KEY_CONFLICT', message: 'CANARY' }, 409)],
  ['conflict', 'a condition does not hold', () => json({ code: 'TRANSACTION_CONDITION_FAILED', message: 'CANARY' }, 400)],
  ['too-large', 'the value is too large', () => json({ code: 'MAX_SIZE', message: 'CANARY' }, 400)],
  ['storage', 'the store is asked too often', () => json({ code: 'RATE_LIMIT_EXCEEDED', message: 'CANARY' }, 429)],
  ['storage', 'the store fails', () => new Response('CANARY', { status: 500 })],
  ['storage', 'the store answers no JSON', () => new Response('CANARY')],
  ['network', 'there is no connection', () => { throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } }); }],
  ['unknown', 'something else is thrown', () => { throw new Error('CANARY'); }],
];
for (const [code, when, door] of failures) {
  for (const type of ['kv-get', 'secret-get', 'entity-get']) {
    test(`${type} fails with ${code} when ${when}`, async () => assert.equal((await ask({ type, key: 'k', entity: 'job' }, door)).got, code));
  }
  if (when === 'the store answers no JSON') continue;
  for (const effect of [
    { type: 'kv-set', key: 'k', value: 'v' }, { type: 'secret-set', key: 'k', value: 'v' }, { type: 'kv-delete', key: 'k' }, { type: 'secret-delete', key: 'k' },
    { type: 'transact', set: [{ key: 'k', value: 'v' }] }, { type: 'entity-query', entity: 'job', index: 'by-owner', partition: ['m'], limit: 1 },
  ]) {
    test(`${effect.type} fails with ${code} when ${when}`, async () => assert.equal((await ask(effect, door)).got, code));
  }
}

test('reads an encrypted variable of the app', async () => {
  process.env.QUILLGATE_ROOT_1 = 'root';
  const { got, asked } = await ask({ type: 'secret-get', key: 'QUILLGATE_ROOT_1', source: 'env' }, done);
  delete process.env.QUILLGATE_ROOT_1;
  assert.deepEqual([got, asked], [{ value: 'root' }, []]);
});

test('reads no value of a variable that is not set', async () => {
  assert.deepEqual((await ask({ type: 'secret-get', key: 'QUILLGATE_VERTEX_KEY', source: 'env' }, done)).got, {});
});

for (const key of ['QUILLGATE_ROOT_2', 'QUILLGATE_ROOT_17', 'QUILLGATE_ROOT_WINDOW', 'QUILLGATE_DEV_MODEL']) {
  test(`knows the variable "${key}"`, async () => {
    assert.deepEqual((await ask({ type: 'secret-get', key, source: 'env' }, done)).got, {});
  });
}

for (const key of ['PATH', 'FORGE_TOKEN', 'QUILLGATE_ROOT_0', 'QUILLGATE_ROOT_12345', 'XQUILLGATE_ROOT_1', 'QUILLGATE_ROOT_1\n', '']) {
  test(`refuses the variable "${key}"`, async () => {
    assert.equal((await ask({ type: 'secret-get', key, source: 'env' }, done)).got, 'denied');
  });
}
