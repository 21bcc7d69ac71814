// @ts-check
// Waits for the core, which has no clock.
// Waits no longer than the invocation lives.

import { setTimeout as sleep } from 'node:timers/promises';

/** @type {import('./wire.d.ts').Executor} */
export async function wait({ ms }, signal) {
  await sleep(ms, undefined, { signal });
  return {};
}
