// The key-value store's rules, through the app's own @forge/kvs: limits, TTL, policies, entities, conditions, transactions.
import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';
import { startHost } from '../../dev/host/host.mjs';
import { FIXTURE, entity, hostFor, kvs, value } from './fixture.mjs';

let host;
before(async () => { host = await startHost({ appDir: FIXTURE, seed: 'none', workers: 1 }); });
after(() => host.stop());

const refuses = (promise, code) => assert.rejects(promise, { code });
const job = (rev, owner = 'a', updated = rev) => ({ rev, owner, updated, state: 'queued' });
const deep = (levels) => (levels === 0 ? 1 : { in: deep(levels - 1) });

test('keeps, answers and deletes a value; a missing key is undefined', async () => {
  await kvs(host, 'set', 'one', { a: [1, 'two'] });
  assert.deepEqual(await kvs(host, 'get', 'one'), { a: [1, 'two'] });
  await kvs(host, 'delete', 'one');
  assert.equal(await kvs(host, 'get', 'one'), undefined);
});

test('refuses keys outside the grammar and over 500 characters', async () => {
  await refuses(kvs(host, 'set', 'a/b', 1), 'INVALID_KEY');
  await refuses(kvs(host, 'set', 'k'.repeat(501), 1), 'KEY_TOO_LONG');
  await kvs(host, 'set', 'k'.repeat(500), 1);
});

test('refuses values over 240 KiB and deeper than 31', async () => {
  await kvs(host, 'set', 'big', 'x'.repeat(240 * 1024 - 2));
  await refuses(kvs(host, 'set', 'big', 'x'.repeat(240 * 1024 - 1)), 'MAX_SIZE');
  await kvs(host, 'set', 'deep', deep(31));
  await refuses(kvs(host, 'set', 'deep', deep(32)), 'MAX_DEPTH');
});

test('a record is gone when its time to live is over', async () => {
  await kvs(host, 'set', 'ttl', 1, { ttl: { value: 2, unit: 'HOURS' } });
  host.clock.advance(3600e3 * 2 - 5000);
  assert.equal(await kvs(host, 'get', 'ttl'), 1);
  host.clock.advance(6000);
  assert.equal(await kvs(host, 'get', 'ttl'), undefined);
});

test('FAIL_IF_EXISTS loses against a living key only', async () => {
  await kvs(host, 'set', 'lock', 1, { keyPolicy: 'FAIL_IF_EXISTS', ttl: { value: 1, unit: 'MINUTES' } });
  await assert.rejects(kvs(host, 'set', 'lock', 2, { keyPolicy: 'FAIL_IF_EXISTS' }), { code: 'KEY_CONFLICT', status: 409 });
  assert.equal(await kvs(host, 'get', 'lock'), 1);
  host.clock.advance(61e3);
  await kvs(host, 'set', 'lock', 3, { keyPolicy: 'FAIL_IF_EXISTS' });
});

test('with late expiry an expired key still answers and still conflicts', async (t) => {
  const late = await hostFor(t, { seed: 'none', lateExpiry: true, workers: 1 });
  await kvs(late, 'set', 'lock', 1, { ttl: { value: 1, unit: 'MINUTES' } });
  late.clock.advance(120e3);
  assert.equal(await kvs(late, 'get', 'lock'), 1);
  await refuses(kvs(late, 'set', 'lock', 2, { keyPolicy: 'FAIL_IF_EXISTS' }), 'KEY_CONFLICT');
});

test('answers the previous or latest record with its metadata', async () => {
  await kvs(host, 'set', 'meta', 1);
  const previous = await kvs(host, 'set', 'meta', 2, { returnValue: 'PREVIOUS', returnMetadataFields: ['CREATED_AT'] });
  assert.equal(previous.value, 1);
  assert.equal(typeof previous.createdAt, 'number');
  const got = await kvs(host, 'get', 'meta', { metadataFields: ['UPDATED_AT'] });
  assert.equal(got.value, 2);
  assert.ok(got.updatedAt >= previous.createdAt);
});

test('secrets and plain values do not see each other', async () => {
  await kvs(host, 'setSecret', 'same', 'hidden');
  assert.equal(await kvs(host, 'get', 'same'), undefined);
  assert.equal(await kvs(host, 'getSecret', 'same'), 'hidden');
  const { results } = await value(host, 'query', { prefix: 'same' });
  assert.deepEqual(results, []);
});

test('queries by prefix in pages of at most 20', async () => {
  for (let i = 0; i < 25; i += 1) await kvs(host, 'set', `page:${String(i).padStart(2, '0')}`, i);
  const first = await value(host, 'query', { prefix: 'page:', limit: 20 });
  assert.equal(first.results.length, 20);
  const second = await value(host, 'query', { prefix: 'page:', limit: 20, cursor: first.nextCursor });
  assert.deepEqual(second.results.map((row) => row.value), [20, 21, 22, 23, 24]);
  assert.equal(second.nextCursor, undefined);
  await refuses(value(host, 'query', { prefix: 'page:', limit: 21 }), 'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE');
  await refuses(value(host, 'query', { prefix: 'page:', cursor: 'nonsense' }), 'INVALID_CURSOR');
});

test('refuses an entity, an attribute or a type the manifest does not declare', async () => {
  await refuses(value(host, 'entity', { name: 'other', act: 'set', args: ['x', {}] }), 'INVALID_ENTITY_TYPE');
  await refuses(entity(host, 'set', 'x', { ...job(1), extra: 1 }), 'INVALID_ENTITY_VALUE');
  await refuses(entity(host, 'set', 'x', { ...job(1), rev: 'one' }), 'INVALID_ENTITY_VALUE');
});

test('queries an index by partition, range, order, filter and cursor', async () => {
  for (let i = 1; i <= 12; i += 1) await entity(host, 'set', `job-${i}`, { ...job(i, i % 2 ? 'odd' : 'even', i * 10), state: i > 6 ? 'done' : 'queued' });
  const query = (more) => value(host, 'entityQuery', { name: 'job', index: 'by-owner', partition: ['odd'], ...more });
  assert.deepEqual((await query({ sort: 'DESC', limit: 2 })).results.map((row) => row.key), ['job-11', 'job-9']);
  assert.deepEqual((await query({ range: ['between', 30, 70] })).results.map((row) => row.key), ['job-3', 'job-5', 'job-7']);
  assert.deepEqual((await query({ filter: ['state', 'equalTo', 'done'] })).results.map((row) => row.key), ['job-7', 'job-9', 'job-11']);
  const first = await query({ limit: 4 });
  const rest = await query({ limit: 4, cursor: first.nextCursor });
  assert.deepEqual([...first.results, ...rest.results].map((row) => row.value.rev), [1, 3, 5, 7, 9, 11]);
  await refuses(query({ index: 'by-nothing' }), 'INVALID_ENTITY_INDEX');
  await refuses(query({ partition: [] }), 'INVALID_PARTITION');
});

test('a transaction whose condition does not hold writes nothing', async () => {
  await entity(host, 'set', 'cas', job(1));
  const sets = [{ entity: 'job', key: 'cas', value: job(2) }];
  await value(host, 'transact', { sets, ifRev: 1 });
  await assert.rejects(value(host, 'transact', { sets: [{ entity: 'job', key: 'cas', value: job(3) }], ifRev: 1 }), { status: 409 });
  assert.equal((await entity(host, 'get', 'cas')).rev, 2);
  const mixed = [{ key: 'beside', value: 1 }, { entity: 'job', key: 'cas', value: { ...job(9), rev: 'wrong type' } }];
  await refuses(value(host, 'transact', { sets: mixed }), 'INVALID_ENTITY_VALUE');
  assert.equal(await kvs(host, 'get', 'beside'), undefined);
});

test('refuses more than 25 operations together, and a key named twice', async () => {
  const items = Array.from({ length: 26 }, (_, i) => ({ key: `b:${i}`, value: i }));
  await refuses(value(host, 'batch', items), 'MAX_OPERATIONS');
  await refuses(value(host, 'transact', { sets: items }), 'MAX_OPERATIONS');
  await refuses(value(host, 'transact', { sets: [{ key: 'twice', value: 1 }, { key: 'twice', value: 2 }] }), 'BAD_REQUEST');
});

test('a batch tells which keys failed', async () => {
  const done = await value(host, 'batch', [{ key: 'ok:1', value: 1 }, { key: 'not/ok', value: 2 }]);
  assert.deepEqual(done.successfulKeys, [{ key: 'ok:1' }]);
  assert.equal(done.failedKeys[0].error.code, 'INVALID_KEY');
});

test('refuses writes beyond 4000 units of 10 KB a minute, and allows them a minute later', async (t) => {
  const busy = await hostFor(t, { seed: 'none', workers: 1 });
  for (let i = 0; i < 3999; i += 1) busy.storage.rate.count('write', 1);
  await refuses(kvs(busy, 'set', 'rate', 'x'.repeat(30 * 1024)), 'RATE_LIMIT_EXCEEDED');
  busy.clock.advance(60e3);
  await kvs(busy, 'set', 'rate', 1);
});

test('the list names records and sizes, never values', () => {
  assert.ok(host.storage.list().every((record) => !('value' in record)));
});
