// @ts-check
// Gives up work whose door listens to no signal. The work itself goes on where it is; only nobody waits for it any more.

import { failure } from './failure.js';

/**
 * @template T
 * @param {() => Promise<T>} work not begun when the signal is over already
 * @param {AbortSignal} signal
 * @param {import('./wire.d.ts').FailedCode} code what giving up means
 * @returns {Promise<T>}
 */
export function unlessAborted(work, signal, code) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(failure(code));
    if (signal.aborted) return giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    work().then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
