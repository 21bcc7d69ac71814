// @ts-check
// Forge's entry: one handler for each function of the manifest.
// No logic: a handler names the call, its context and its time.

import { InvocationError, InvocationErrorCode } from '@forge/events';
import { makeResolver } from '@forge/resolver';
import { backgroundContext, pageContext, remainingMs } from './shim/context.js';
import { makeCore } from './shim/core.js';
import { perform } from './shim/perform.js';
import { draftWork, indexWork, productChange } from './shim/events.js';
import { run } from './shim/run.js';
import { inTurn } from './shim/turns.js';

/** @typedef {import('./shim/wire.d.ts').Context} Context */
/** @typedef {import('./shim/context.js').Backend} Backend */

/** The platform's limit of each function in seconds; the consumers have their own in the manifest. */
const LIMIT = { page: 25, consume: 300, index: 900, changed: 25, sweep: 55, nightly: 55, lifecycle: 25, uninstall: 55 };

/**
 * @param {unknown} call
 * @param {Context} context
 * @param {number} seconds
 */
const answer = (call, context, seconds) =>
  inTurn(() => run({ makeCore, perform }, { context, call }, remainingMs(seconds * 1000)));

/** The pages' one door: `invoke('call', { type, … })`. */
export const resolve = makeResolver({
  call: ({ payload, context }) => answer(payload, pageContext(context), LIMIT.page),
});

/**
 * One event of the queue of drafts: the model's part of one, or tasks of a comparison of models. A fault asks the queue to deliver it again.
 * @param {{ body: object }} event
 * @param {Backend} [backend]
 */
export async function consume({ body }, backend) {
  return again(await answer(draftWork(body), backgroundContext('consumer', backend), LIMIT.consume));
}

/**
 * One event of the queue of the index: a step of a comparison, a document that changed, a merge.
 * @param {{ body: object }} event
 * @param {Backend} [backend]
 */
export async function index({ body }, backend) {
  return again(await answer(indexWork(body), backgroundContext('consumer', backend), LIMIT.index));
}

/**
 * An issue or page changed, moved, or is gone.
 * @param {object} event
 * @param {Backend} [backend]
 */
export async function changed(event, backend) {
  const call = productChange(event);
  if (call) return again(await answer(call, backgroundContext('event', backend), LIMIT.changed));
}

/**
 * Asks the platform to deliver the event again, if it ended in a fault.
 * @param {{ type: string }} ended
 */
function again({ type }) {
  if (type === 'fault') return new InvocationError({ retryAfter: 30, retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST });
}

/**
 * The hourly look at what is unfinished or has outlived its time.
 * @param {unknown} _request
 * @param {Backend} [backend]
 */
export async function sweep(_request, backend) {
  await answer({ type: 'sweep' }, backgroundContext('schedule', backend), LIMIT.sweep);
}

/**
 * The nightly comparison of the index with the products.
 * @param {unknown} _request
 * @param {Backend} [backend]
 */
export async function nightly(_request, backend) {
  await answer({ type: 'index.reconcile' }, backgroundContext('schedule', backend), LIMIT.nightly);
}

/**
 * The app was installed or upgraded.
 * @param {{ eventType: string }} event
 * @param {Backend} [backend]
 */
export async function lifecycle({ eventType }, backend) {
  const call = { type: 'lifecycle', event: /^avi:forge:(\w+):app$/.exec(eventType)?.[1] };
  await answer(call, backgroundContext('lifecycle', backend), LIMIT.lifecycle);
}

/**
 * The app is about to be uninstalled.
 * @param {unknown} _request
 * @param {Backend} [backend]
 */
export async function uninstall(_request, backend) {
  await answer({ type: 'uninstall' }, backgroundContext('uninstall', backend), LIMIT.uninstall);
}
