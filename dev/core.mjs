// @ts-check
// The shipped core in process: each verb of the `quillgate` command as a synchronous function of one object.
// Holds no state between calls but the compiled module; performs no effect, because a verb asks for none.

import { __wbg_reset_state, Core, initSync } from '../pkg/quillgate.js';
import bytes from '../pkg/quillgate_bg.wasm.js';

/** Verbs that are answered today. */
export const VERBS = /** @type {const} */ ([
  'markdown', 'adf', 'storage', 'roundtrip', 'excerpts', 'extract', 'detect', 'mask', 'restore',
  'request', 'response', 'check', 'diff', 'apply', 'seal', 'open', 'surface', 'schemas',
]);

const CONTEXT = { source: 'local' };

/** A line that could not be answered. The message names our fields and echoes nothing. */
export class LineError extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * Loads the core once.
 * @returns {Record<typeof VERBS[number], (line: object) => any>} throws LineError for a line that cannot be answered
 */
export function loadCore() {
  initSync({ module: new WebAssembly.Module(Buffer.from(bytes, 'base64')) });
  const entries = VERBS.map((verb) => [verb, (/** @type {object} */ line) => ask(verb, line)]);
  return Object.fromEntries(entries);
}

/** @param {string} verb @param {object} line */
function ask(verb, line) {
  const { answer } = step({ type: 'call', now: 0, deadline: 0, context: CONTEXT, call: { type: 'command', verb, line } });
  if (answer?.type === 'ok') return answer.view;
  if (answer?.type === 'rejected') throw new LineError(answer.code, answer.message);
  throw new LineError(answer?.code ?? 'internal', 'the line cannot be answered');
}

/** @param {object} input */
function step(input) {
  const core = new Core();
  try {
    const reply = core.step(input);
    core.free();
    return reply;
  } catch (error) {
    // A panicked instance is dropped with its memory.
    __wbg_reset_state();
    const hasStopped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    throw hasStopped ? new LineError('internal', 'the core stopped') : error;
  }
}
