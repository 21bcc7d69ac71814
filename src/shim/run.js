// @ts-check
// The loop: steps the core, performs what it asks for, steps it with each outcome as it arrives, until there is an answer.
// Knows the time that an invocation has, and nothing of what is done in it.

import { arrivals } from './arrivals.js';
import { log } from './log.js';

/** @typedef {import('./wire.d.ts').Answer} Answer */
/** @typedef {import('./wire.d.ts').Call} Call */
/** @typedef {import('./wire.d.ts').Outcome} Outcome */
/**
 * @typedef {object} Host what the loop runs on
 * @property {() => import('./wire.d.ts').Core} makeCore
 * @property {(effect: import('./wire.d.ts').Effect, signal: AbortSignal) => Promise<Outcome>} perform
 */

/** What the core gets, after long effects were given up, to save its work and to answer; and the rest, for the answer's way out. */
const SAVING_MS = 5_000;
const LEAVING_MS = 1_000;

/**
 * Answers one call.
 * @param {Host} host
 * @param {Pick<Call, 'context' | 'call'>} call
 * @param {number} remainingMs until the platform ends the invocation
 * @returns {Promise<Answer>} never throws
 */
export async function run(host, call, remainingMs) {
  const now = Date.now();
  const end = now + remainingMs - LEAVING_MS;
  const deadline = end - Math.min(SAVING_MS - LEAVING_MS, remainingMs / 4);
  const longEffects = new AbortController();
  const outcomes = arrivals(end);
  const timer = setTimeout(() => longEffects.abort(), deadline - now);
  try {
    return await converse(host, { type: 'call', now, deadline, ...call }, outcomes, longEffects.signal);
  } catch {
    log([{ code: 'shim.core-failed' }]);
    return { type: 'fault', code: 'internal' };
  } finally {
    clearTimeout(timer);
    longEffects.abort();
    outcomes.close();
  }
}

/**
 * @param {Host} host
 * @param {Call} call
 * @param {ReturnType<typeof arrivals>} outcomes
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function converse(host, call, outcomes, signal) {
  const core = host.makeCore();
  try {
    /** @type {Call | Outcome | undefined} */
    let input = call;
    while (input) {
      const reply = core.step(input);
      log(reply.log);
      if (reply.answer) return reply.answer;
      for (const effect of reply.effects) outcomes.expect(host.perform(effect, signal));
      input = await outcomes.next();
    }
  } finally {
    core.drop?.();
  }
  const code = outcomes.isLate() ? 'deadline' : 'internal';
  log([{ code: `shim.no-answer-${code}` }]);
  return { type: 'fault', code };
}
