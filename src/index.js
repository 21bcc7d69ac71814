// @ts-check
// Forge's entry: one handler for each function of the manifest.
// No logic: a handler names the call, its context and its time.

import { InvocationError, InvocationErrorCode } from '@forge/events';
import { makeResolver } from '@forge/resolver';
import { backgroundContext, pageContext, remainingMs } from './shim/context.js';
import { makeCore } from './shim/core.js';
import { perform } from './shim/perform.js';
import { run } from './shim/run.js';
import { inTurn } from './shim/turns.js';

/** @typedef {import('./shim/wire.d.ts').Context} Context */
/** @typedef {import('./shim/context.js').Backend} Backend */

/** The platform's limit of each function in seconds; `consume` has its own in the manifest. */
const LIMIT = { page: 25, consume: 300, sweep: 55, lifecycle: 25, uninstall: 55 };

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
 * One event of the queue of drafts. A fault asks the queue to deliver it again.
 * @param {{ body: { jobId: string, rev: number } }} event
 * @param {Backend} [backend]
 */
export async function consume({ body }, backend) {
  const call = { type: 'draft.run', jobId: body.jobId, rev: body.rev };
  const { type } = await answer(call, backgroundContext('consumer', backend), LIMIT.consume);
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
