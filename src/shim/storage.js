// @ts-check
// The one file that knows Forge's key-value store, secret store and custom entities, and the app's encrypted variables.
// Holds no key, name of an entity or index: those come with the effect.

import { Filter, kvs, MetadataField, WhereConditions } from '@forge/kvs';
import { failure, platformCode } from './failure.js';
import { cool, warm } from './warm.js';

/** @typedef {import('./wire.d.ts').Executor} Executor */

/** The variables that the core may read: set with `forge variables set --encrypt`. */
const VARIABLES = /^QUILLGATE_(?:ROOT_(?:WINDOW|[1-9][0-9]{0,3})|VERTEX_KEY|DEV_MODEL|DEV_MODEL_ENDPOINT)$/;

/** @type {Executor} */
export const kvGet = ({ key, expiry }) =>
  store(async () => (expiry ? withExpiry(await kvs.get(key, { metadataFields: [MetadataField.EXPIRE_TIME] })) : present(await warm(key, () => kvs.get(key)))));

/** @type {Executor} */
export const kvSet = (effect) =>
  store(() => {
    cool(effect.key);
    return kvs.set(effect.key, effect.value, options(effect));
  });

/** @type {Executor} */
export const kvDelete = ({ key }) =>
  store(() => {
    cool(key);
    return kvs.delete(key);
  });

/** Keys by their beginning; their values stay here. @type {Executor} */
export const kvKeys = ({ prefix, limit }) =>
  store(async () => {
    const { results } = await kvs.query().where('key', WhereConditions.beginsWith(prefix)).limit(limit).getMany();
    return { keys: results.map(({ key }) => key) };
  });

/** @type {Executor} */
export async function secretGet({ key, source }) {
  if (source !== 'env') return store(async () => present(await kvs.getSecret(key)));
  if (!VARIABLES.test(key)) throw failure('denied');
  return present(process.env[key]);
}

/** @type {Executor} */
export const secretSet = (effect) => store(() => kvs.setSecret(effect.key, effect.value, options(effect)));

/** @type {Executor} */
export const secretDelete = ({ key }) => store(() => kvs.deleteSecret(key));

/** @type {Executor} */
export const entityGet = ({ entity, key }) => store(async () => present(await kvs.entity(entity).get(key)));

/** @type {Executor} */
export const entityQuery = ({ entity, index, partition, range, sort, limit, cursor }) =>
  store(async () => {
    const query = kvs.entity(entity).query().index(index, { partition }).limit(limit);
    if (range) query.where(range);
    if (sort) query.sort(sort);
    if (cursor) query.cursor(cursor);
    const { results, nextCursor } = await query.getMany();
    return { results: results.map(({ key, value }) => ({ key, value })), ...(nextCursor ? { cursor: nextCursor } : {}) };
  });

/** @type {Executor} */
export const transact = (effect) =>
  store(() => {
    const transaction = kvs.transact();
    for (const item of effect.set ?? []) transaction.set(item.key, item.value, guarded(item), ttl(item));
    for (const item of effect.delete ?? []) transaction.delete(item.key, guarded(item));
    for (const item of effect.check ?? []) transaction.check(item.key, /** @type {any} */ (guarded(item)));
    return transaction.execute();
  });

/**
 * Runs one storage operation; what it gives back besides an object is not the core's.
 * @param {() => Promise<unknown>} operation
 * @returns {Promise<object>}
 */
async function store(operation) {
  try {
    const result = await operation();
    return typeof result === 'object' && result !== null ? result : {};
  } catch (error) {
    throw failure(storageCode(error));
  }
}

/**
 * @param {any} error
 * @returns {import('./wire.d.ts').FailedCode}
 */
function storageCode(error) {
  if (!String(error?.name).startsWith('ForgeKvs') && !error?.responseDetails) return platformCode(error);
  const code = String(error.code);
  if (error.responseDetails?.status === 409 || /CONFLICT|CONDITION/.test(code)) return 'conflict';
  if (error.responseDetails?.status === 413 || /^MAX_SIZE|TOO_LARGE/.test(code)) return 'too-large';
  return 'storage';
}

/** @param {unknown} value */
const present = (value) => (value === undefined || value === null ? {} : { value });

/** A value with the time at which the platform deletes it. @param {any} found */
const withExpiry = (found) => (found?.value === undefined ? {} : { value: found.value, ...(found.expireTime ? { expiresAt: Date.parse(found.expireTime) } : {}) });

/**
 * @param {import('./wire.d.ts').Effect | { ttlSeconds?: number }} effect
 * @returns {{ ttl: { value: number, unit: 'SECONDS' } } | undefined}
 */
const ttl = ({ ttlSeconds }) => (ttlSeconds ? { ttl: { value: ttlSeconds, unit: 'SECONDS' } } : undefined);

/**
 * @param {import('./wire.d.ts').Effect} effect
 * @returns {any}
 */
const options = (effect) => (effect.ifAbsent ? { ...ttl(effect), keyPolicy: 'FAIL_IF_EXISTS' } : ttl(effect));

/**
 * The entity an item of a transaction belongs to, and what must hold of it.
 * @param {{ entity?: string, conditions?: { property: string, condition: string, values: unknown[] }[] }} item
 * @returns {any}
 */
function guarded({ entity, conditions = [] }) {
  if (!entity) return undefined;
  /** @type {any} */
  let filter = new Filter();
  for (const { property, condition, values } of conditions) filter = filter.and(property, { condition, values });
  return { entityName: entity, ...(conditions.length > 0 ? { conditions: filter } : {}) };
}
