// @ts-check
// The shipped core in process: each verb of the `quillgate` command as a synchronous function of one object.
// Holds no state between calls but the compiled module, and the indexes that were opened in memory.

import { readFileSync } from 'node:fs';
import { __wbg_reset_state, Core, initSync, Masking, Room } from '../pkg/quillgate.js';
import { step } from '../src/shim/door.js';
import { pack, unpack } from './packed.mjs';

export { Index } from './index.mjs';

/** Verbs that are answered in one step. */
export const VERBS = /** @type {const} */ ([
  'markdown', 'adf', 'storage', 'roundtrip', 'excerpts', 'passages', 'extract', 'detect', 'mask', 'restore',
  'request', 'response', 'check', 'diff', 'apply', 'seal', 'open', 'surface', 'schemas',
]);

/** Where a call of the command comes from. The ids are what values in a folder are sealed for. */
const CONTEXT = { source: 'local', cloudId: 'local', installationId: 'local', environmentId: 'local' };
/** The command line has no platform that cuts it off. */
const PATIENCE_MS = 86_400_000;
let isLoaded = false;
/** Counts the instances: what an older one held is gone. */
let instance = 0;

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
  load();
  const entries = VERBS.map((verb) => [verb, (/** @type {object} */ line) => conversation(verb, line)]);
  return { ...Object.fromEntries(entries), markdown, excerpts, request: wire('request'), response: wire('response') };
}

/**
 * The verb `markdown` for bodies of any size: the body crosses once, as UTF-16, and not as a part of an input.
 * A line that is refused this way is asked as a verb, which says why.
 * @param {any} line
 */
function markdown(line) {
  const { id = null, format, body, ...others } = line;
  const known = isText(format) && isText(body) && Object.keys(others).length === 0;
  const markdown = known ? inRoom(body, (room) => textIn(room, room.markdown(format, body.length))) : undefined;
  return markdown === undefined ? conversation('markdown', line) : { id, markdown };
}

/** The verb `excerpts` in the same way. @param {any} line */
function excerpts(line) {
  const { id = null, format, body, title, maxChars, ...others } = line;
  const known = isText(format) && isText(body) && (title === undefined || isText(title)) && (maxChars === undefined || (maxChars | 0) === maxChars);
  const found = known && Object.keys(others).length === 0 ? inRoom(body, (room) => room.excerpts(format, body.length, title, maxChars)) : undefined;
  return found === undefined ? conversation('excerpts', line) : { id, excerpts: withOrigins(found[0], found[1], found[2]) };
}

/**
 * Gives excerpts their origins, which crossed as numbers.
 * @param {any[]} excerpts
 * @param {Uint32Array} numbers first block, last block and the length of the first one's id, for each
 * @param {string} ids
 */
function withOrigins(excerpts, numbers, ids) {
  for (let at = 0, from = 0; at < excerpts.length; at++) {
    const length = numbers[at * 3 + 2] ?? 0;
    const blocks = { first: numbers[at * 3], last: numbers[at * 3 + 1] };
    excerpts[at].origin = length ? { ...blocks, id: ids.slice(from, from + length) } : blocks;
    from += length;
  }
  return excerpts;
}

/**
 * The verbs `request` and `response` in the same way: the long texts of a line cross beside it, as bytes.
 * @param {'request' | 'response'} verb
 * @returns {(line: any) => any}
 */
function wire(verb) {
  return (line) => {
    const packed = pack(verb, line);
    const answer = packed && guarded(() => Core.wire(verb, packed.bytes, packed.head));
    return answer === undefined ? conversation(verb, line) : unpack(verb, line.id, answer);
  };
}

/**
 * Masks plain texts and keeps no map: each is written into the memory of the instance, and only one that changed is read there.
 * @param {string[]} [kinds] by their wire names; without them all
 * @returns {(text: string) => string} throws LineError when the core stopped: nothing of the text may go anywhere then
 */
export function masking(kinds) {
  load();
  /** @type {{ masker: Masking, of: number, memory: WebAssembly.Memory, bytes: Buffer } | undefined} */
  let own;
  return (text) => guarded(() => {
    if (own?.of !== instance) own = lentTo(new Masking(kinds));
    const most = text.length > MOST_KEPT ? Buffer.byteLength(text) : text.length * 3;
    const place = own.masker.make(most);
    const written = memoryBytes(own).write(text, place, most, 'utf8');
    const masked = own.masker.mask(written);
    if (masked === undefined) throw new LineError('internal', 'the text cannot be masked');
    const found = masked === 0 ? unchanged(text, written) : read(memoryBytes(own), own.masker.place(), masked);
    if (most > MOST_KEPT) {
      own.masker.free();
      own = undefined;
    }
    return found;
  });
}

/** @param {Masking} masker */
function lentTo(masker) {
  const memory = Masking.memory();
  return { masker, of: instance, memory, bytes: Buffer.from(memory.buffer) };
}

/** A text of which nothing was masked: itself, but a half of a surrogate pair is U+FFFD, as it is in all that is masked. @param {string} text @param {number} written */
const unchanged = (text, written) => (written === text.length ? text : text.replace(/\p{Surrogate}/gu, '\ufffd'));

/** @param {Buffer} bytes @param {number} place @param {number} length negative for ASCII */
const read = (bytes, place, length) => (length < 0 ? bytes.toString('latin1', place, place - length) : bytes.toString('utf8', place, place + length));

/** @param {unknown} value */
const isText = (value) => typeof value === 'string';

const MOST_KEPT = 1 << 21;

/** The room of an instance, its memory, and the bytes of that as long as it does not grow. @type {{ room: Room, of: number, memory: WebAssembly.Memory, bytes: Buffer } | undefined} */
let lent;

/**
 * Does something with a body that was written into the room; nothing when no body is as long.
 * @template T
 * @param {string} body
 * @param {(room: Room) => T | undefined} run
 * @returns {T | undefined}
 */
function inRoom(body, run) {
  return guarded(() => {
    if (lent?.of !== instance) lent = newRoom();
    const { room } = lent;
    const place = room.make(body.length);
    if (place === undefined) return undefined;
    memoryBytes(lent).write(body, place, body.length * 2, 'utf16le');
    const found = run(room);
    if (body.length > MOST_KEPT) {
      room.free();
      lent = undefined;
    }
    return found;
  });
}

function newRoom() {
  const room = new Room();
  const memory = Room.memory();
  return { room, of: instance, memory, bytes: Buffer.from(memory.buffer) };
}

/** The text of so many units in the room. @param {Room} room @param {number | undefined} units */
function textIn(room, units) {
  if (units === undefined || !lent) return undefined;
  const place = room.place();
  const bytes = memoryBytes(lent);
  return room.is_ascii() ? bytes.toString('latin1', place, place + units) : bytes.toString('utf16le', place, place + units * 2);
}

/** The bytes of the instance's memory: others when it has grown. @param {{ memory: WebAssembly.Memory, bytes: Buffer }} of */
function memoryBytes(of) {
  if (of.bytes.buffer !== of.memory.buffer) of.bytes = Buffer.from(of.memory.buffer);
  return of.bytes;
}

function load() {
  if (isLoaded) return;
  initSync({ module: new WebAssembly.Module(readFileSync(new URL('../pkg/quillgate_bg.wasm', import.meta.url))) });
  isLoaded = true;
}

/**
 * One conversation: the call, then the outcome of each effect it asks for, until it answers.
 * @param {string} verb
 * @param {object} line
 * @param {(effect: any) => { outcome: object } | { code: string }} [perform]
 */
export function conversation(verb, line, perform = () => ({ code: 'denied' })) {
  load();
  return guarded(() => {
    const core = new Core();
    const waiting = [];
    let reply = step(core, call(verb, line));
    while (!reply.answer) {
      waiting.push(...reply.effects);
      const effect = waiting.shift();
      if (!effect) break;
      const done = perform(effect);
      const now = Date.now();
      reply = step(core, 'code' in done ? { type: 'failed', id: effect.id, now, ...done } : { type: 'outcome', id: effect.id, now, ...done });
    }
    core.free();
    return view(reply.answer);
  });
}

/** Opens an index in the memory of the instance; it takes call after call. */
export function open() {
  load();
  const core = new Core();
  const own = instance;
  step(core, call('resident', {}));
  /** @param {string} verb @param {object} line */
  const ask = (verb, line) => {
    if (own !== instance) throw new LineError('internal', 'the index went with its instance');
    return guarded(() => view(step(core, call(verb, line)).answer));
  };
  return { ask };
}

/** @param {string} verb @param {object} line */
function call(verb, line) {
  const now = Date.now();
  return { type: 'call', now, deadline: now + PATIENCE_MS, context: CONTEXT, call: { type: 'command', verb, line } };
}

/** @param {any} answer */
function view(answer) {
  if (answer?.type === 'ok') return answer.view;
  if (answer?.type === 'rejected') throw new LineError(answer.code, answer.message);
  throw new LineError(answer?.code ?? 'internal', 'the line cannot be answered');
}

/**
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
function guarded(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof LineError) throw error;
    // A panicked instance is dropped with its memory.
    __wbg_reset_state();
    instance += 1;
    const hasStopped = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    throw hasStopped ? new LineError('internal', 'the core stopped') : error;
  }
}
