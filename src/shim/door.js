// @ts-check
// An input on its way into the core: JSON, and beside it the texts of what it holds, as they are and in their order. The other side is
// src/protocol/parcel.rs.
// Judges nothing, and keeps no byte of what crossed.

/** @typedef {{ step(input: Uint8Array, head: number): any }} Stepped the core's own door */

/** Texts that are members of what an input holds cross beside it, also short ones: a key is one of them. Of what is deeper, long ones. */
const LONG = 200;
const LEVELS = 6;
/** Stands in the JSON where a text was. */
const MARK = '\x7f';
/** Bytes of the room that inputs are written into; one that had to be larger than the most is given up. */
const LEAST = 1 << 16;
const MOST_KEPT = 1 << 20;
let room = Buffer.alloc(LEAST);

/**
 * Steps a core.
 * @param {Stepped} core
 * @param {any} input
 * @returns {any} its reply
 */
export function step(core, input) {
  /** @type {string[]} */
  const texts = [];
  const held = input?.call === undefined ? 'outcome' : 'call';
  const rest = isObject(input?.[held]) ? { ...input, [held]: without(input[held], 0, texts) } : input;
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const head = wellFormed(JSON.stringify([lengths, rest]));
  const most = lengths.reduce((sum, length) => sum + length, Buffer.byteLength(head));
  return crossed(core, texts, head, most);
}

/**
 * Halves of surrogate pairs as U+FFFD, which texts beside it get from their encoder: JSON writes them, and nothing else, as these
 * escapes, and the core's reader takes none of them.
 * @param {string} json
 */
const wellFormed = (json) => (json.includes('\\ud') ? json.replace(HALVES, '$1\ufffd') : json);

const HALVES = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g;

/**
 * @param {Stepped} core
 * @param {string[]} texts
 * @param {string} head
 * @param {number} most bytes of all of it
 */
function crossed(core, texts, head, most) {
  if (room.length < most) room = Buffer.alloc(most);
  let at = 0;
  try {
    for (const text of texts) at += room.write(text, at);
    room.write(head, at);
    return core.step(room.subarray(0, most), at);
  } finally {
    room.fill(0, 0, most);
    if (room.length > MOST_KEPT) room = Buffer.alloc(LEAST);
  }
}

/**
 * A value in which a mark stands for each of the texts that are put into the list; the value itself where there are none. Members are
 * taken in the order in which JSON writes them.
 * @param {any} value an object or a list
 * @param {number} level
 * @param {string[]} texts
 * @returns {any}
 */
function without(value, level, texts) {
  /** @type {any} */
  let copy;
  for (const name of Object.keys(value)) {
    const member = value[name];
    let left = member;
    if (typeof member === 'string') {
      if ((level > 0 && member.length < LONG && member !== MARK) || name === '__proto__') continue;
      texts.push(member);
      left = MARK;
    } else if (typeof member === 'object' && member !== null && level < LEVELS && name !== '__proto__') {
      left = without(member, level + 1, texts);
    }
    if (left === member) continue;
    copy ??= Array.isArray(value) ? [...value] : { ...value };
    copy[name] = left;
  }
  return copy ?? value;
}

/** @param {unknown} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
