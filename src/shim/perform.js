// @ts-check
// From an effect to what performs it, and from whatever comes of it to an outcome of the wire.
// A type that is not in the table is refused; nothing else is decided here.

import { egress } from './egress.js';
import { codeOf } from './failure.js';
import { unlessAborted } from './give-up.js';
import { llm } from './llm.js';
import { product } from './product.js';
import { queuePush } from './queue.js';
import { realtime } from './realtime.js';
import { sign } from './sign.js';
import * as storage from './storage.js';
import { wait } from './wait.js';

/** @typedef {import('./wire.d.ts').Effect} Effect */
/** @typedef {import('./wire.d.ts').Outcome} Outcome */
/** @typedef {import('./wire.d.ts').FailedCode} FailedCode */

/** @type {Record<string, import('./wire.d.ts').Executor>} */
export const executors = {
  product,
  egress,
  llm,
  'kv-get': storage.kvGet,
  'kv-set': storage.kvSet,
  'kv-delete': storage.kvDelete,
  'kv-keys': storage.kvKeys,
  'secret-get': storage.secretGet,
  'secret-set': storage.secretSet,
  'secret-delete': storage.secretDelete,
  'entity-get': storage.entityGet,
  'entity-query': storage.entityQuery,
  transact: storage.transact,
  'queue-push': queuePush,
  realtime,
  sign,
  wait,
};

/** What may take longer than an invocation lives: given up when its time is nearly over, so that the core can still save its work. */
const LONG = new Set(['product', 'egress', 'llm', 'realtime', 'wait']);

/**
 * Performs one effect; never throws.
 * @param {Effect} effect
 * @param {AbortSignal} signal aborted when the time for long effects is over
 * @param {typeof executors} [table]
 * @returns {Promise<Outcome>}
 */
export async function perform(effect, signal, table = executors) {
  const { id, type } = effect;
  const executor = Object.hasOwn(table, type) ? table[type] : undefined;
  if (!executor) return failed(id, 'unknown');
  try {
    const outcome = await (LONG.has(type) ? unlessAborted(() => executor(effect, signal), signal, 'deadline') : executor(effect, signal));
    return { type: 'outcome', id, now: Date.now(), outcome };
  } catch (error) {
    return failed(id, codeOf(error) ?? 'unknown');
  }
}

/**
 * @param {Effect['id']} id
 * @param {FailedCode} code
 * @returns {Outcome}
 */
const failed = (id, code) => ({ type: 'failed', id, now: Date.now(), code });
