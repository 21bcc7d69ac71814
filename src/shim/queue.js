// @ts-check
// The one file that knows Forge's async events.
// Puts nothing into an event: its body is the core's, ids and versions alone.

import { PayloadTooBigError, Queue } from '@forge/events';
import { failure, platformCode } from './failure.js';

/** @type {import('./wire.d.ts').Executor} */
export async function queuePush({ queue, events }) {
  try {
    const { jobId } = await new Queue({ key: queue }).push(events.map(event));
    return { jobId };
  } catch (error) {
    throw failure(pushCode(error));
  }
}

/** @param {{ body: object, delaySeconds?: number, concurrency?: { key: string, limit: number } }} event */
function event({ body, delaySeconds, concurrency }) {
  return { body, ...(delaySeconds ? { delayInSeconds: delaySeconds } : {}), ...(concurrency ? { concurrency } : {}) };
}

/**
 * Errors of the events package carry no code, only their class.
 * @param {any} error
 * @returns {import('./wire.d.ts').FailedCode}
 */
function pushCode(error) {
  if (error instanceof PayloadTooBigError) return 'too-large';
  return BY_CLASS.includes(error?.constructor?.name) ? 'proxy' : platformCode(error);
}

const BY_CLASS = ['RateLimitError', 'InternalServerError', 'InvocationLimitReachedError'];
