// Faults a person or a test plans ahead: the next calls of a kind fail, wait, lose their reply, repeat or take the process down.
// It decides which call is hit; the doors (`rpc.mjs`, `queue.mjs`) carry the fault out.
import { Random } from './random.mjs';

/** Where a fault can hit. `any` stands for all of them. */
export const KINDS = ['kvs', 'entity', 'secret', 'jira', 'confluence', 'egress', 'llm', 'realtime', 'queue', 'event', 'any'];

/**
 * What can happen.
 * - `error`: an answer with `status` (503) without the effect; `rate`: 429; `network`: the call throws
 * - `latency`: the effect after `ms`; `timeout`: no effect and never an answer
 * - `lost-reply`: the effect is done, the call throws; `hang-after`: done, never an answer
 * - `crash-before`, `crash-after`: the function's process dies before or after the effect
 * - `duplicate`: an event is delivered twice (kind `event` only)
 */
export const ACTIONS = ['error', 'rate', 'network', 'latency', 'timeout', 'lost-reply', 'hang-after', 'crash-before', 'crash-after', 'duplicate'];

export class Faults {
  #plan = [];
  #random;
  #hits = [];

  constructor(seed = 1) {
    this.#random = new Random(seed);
  }

  /**
   * Plans a fault: `{ kind, action, count?, skip?, match?, chance?, status?, ms? }`. It hits `count` (1) calls of the kind after letting
   * `skip` (0) pass; `match` is a text the call's label must contain; `chance` (1) is drawn from the seed.
   */
  add({ kind, action, count = 1, skip = 0, match = '', chance = 1, status = 503, ms = 1000 }) {
    if (!KINDS.includes(kind)) throw new RangeError(`unknown kind of fault: ${kind}`);
    if (!ACTIONS.includes(action)) throw new RangeError(`unknown fault: ${action}`);
    this.#plan.push({ kind, action, left: count, skip, match, chance, status, ms });
  }

  seed(seed) {
    this.#random = new Random(seed);
  }

  clear() {
    this.#plan = [];
  }

  /** What is still planned, and what has hit so far. */
  get state() {
    return { planned: this.#plan.map(({ left, ...rest }) => ({ ...rest, count: left })), hits: this.#hits.slice(-50) };
  }

  /** The fault for this call, or undefined. Consumes it. */
  take(kind, label = '') {
    for (const fault of this.#plan) {
      const ours = fault.kind === kind || (fault.kind === 'any' && kind !== 'event');
      if (!ours || fault.left === 0 || !label.includes(fault.match)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      if (this.#random.next() >= fault.chance) continue;
      fault.left -= 1;
      this.#plan = this.#plan.filter((entry) => entry.left > 0);
      this.#hits.push({ kind, label, action: fault.action });
      return fault;
    }
    return undefined;
  }
}
