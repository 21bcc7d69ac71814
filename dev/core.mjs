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
  return { ...Object.fromEntries(entries), markdown, excerpts };
}

/**
 * The verb `markdown` for bodies of any size: the body crosses once, as bytes, and not as a part of an input.
 * A line that is refused this way is asked as a verb, which says why.
 * @param {any} line
 */
function markdown(line) {
  const { id = null, format, body, ...others } = line;
  const known = isText(format) && isText(body) && Object.keys(others).length === 0;
  const markdown = known ? guarded(() => Core.markdown(format, encode(body))) : undefined;
  return markdown === undefined ? ask('markdown', line) : { id, markdown };
}

/** The verb `excerpts` in the same way. @param {any} line */
function excerpts(line) {
  const { id = null, format, body, title, maxChars, ...others } = line;
  const known = isText(format) && isText(body) && (title === undefined || isText(title)) && (maxChars === undefined || (maxChars | 0) === maxChars);
  const excerpts = known && Object.keys(others).length === 0 ? guarded(() => Core.excerpts(format, encode(body), title, maxChars)) : undefined;
  return excerpts === undefined ? ask('excerpts', line) : { id, excerpts };
}

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';

const encoder = new TextEncoder();
let room = new Uint8Array(1 << 16);
const MOST_KEPT = 1 << 21;

/** A text as UTF-8, in a room that is used again when the text is of usual length. @param {string} text */
function encode(text) {
  if (text.length > MOST_KEPT) return encoder.encode(text);
  if (room.length < text.length * 3) room = new Uint8Array(text.length * 3);
  return room.subarray(0, encoder.encodeInto(text, room).written);
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
  return guarded(() => {
    const core = new Core();
    const reply = core.step(input);
    core.free();
    return reply;
  });
}

/** @template T @param {() => T} work @returns {T} */
function guarded(work) {
  try {
    return work();
  } catch (error) {
    // A panicked instance is dropped with its memory.
    __wbg_reset_state();
    const hasStopped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    throw hasStopped ? new LineError('internal', 'the core stopped') : error;
  }
}
