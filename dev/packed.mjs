// @ts-check
// Lines of the verbs `request` and `response` as they cross to the core: long texts beside the line, as bytes, and the answer's
// parts in one text. The other side is src/command/provider/packed.rs.
// Judges nothing: what does not fit goes the long way, where the core says why.

const encoder = new TextEncoder();
let room = new Uint8Array(1 << 16);
const MOST_KEPT = 1 << 21;

/**
 * @param {'request' | 'response'} verb
 * @param {any} line
 * @returns {{ bytes: Uint8Array, head: number } | undefined}
 */
export function pack(verb, line) {
  try {
    const { texts, rest } = verb === 'request' ? question(line) : { texts: [line.body], rest: { ...line, body: '' } };
    return texts.every((text) => typeof text === 'string') ? packed(texts, rest) : undefined;
  } catch {
    return undefined;
  }
}

/** A prompt's texts, the system's first. @param {any} line @returns {{ texts: string[], rest: any }} */
function question(line) {
  const { prompt } = line;
  if (!prompt) return { texts: [], rest: line };
  const texts = prompt.messages.map((/** @type {any} */ message) => message.text);
  const messages = prompt.messages.map((/** @type {any} */ message) => ({ ...message, text: '' }));
  const { system } = prompt;
  if (system === undefined || system === null) return { texts, rest: { ...line, prompt: { ...prompt, messages } } };
  return { texts: [system, ...texts], rest: { ...line, prompt: { ...prompt, messages, system: '' } } };
}

/** @param {string[]} texts @param {any} rest */
function packed(texts, rest) {
  const most = texts.reduce((sum, text) => sum + text.length * 3, 0);
  // What is left of a line is short and mostly ASCII; if it is not, the room is made anew.
  const space = roomFor(most);
  const lengths = [];
  let at = 0;
  for (const text of texts) {
    const { written } = encoder.encodeInto(text, space.subarray(at));
    lengths.push(written);
    at += written;
  }
  const head = JSON.stringify([rest, lengths]);
  const whole = space.length - at < head.length * 3 ? grown(space, at, head.length * 3) : space;
  const { written } = encoder.encodeInto(head, whole.subarray(at));
  return { bytes: whole.subarray(0, at + written), head: at };
}

/** @param {number} most */
function roomFor(most) {
  if (most > MOST_KEPT) return new Uint8Array(most + 4096);
  if (room.length < most + 4096) room = new Uint8Array(most + 4096);
  return room;
}

/** @param {Uint8Array} space @param {number} used @param {number} more */
function grown(space, used, more) {
  const larger = new Uint8Array(used + more);
  larger.set(space.subarray(0, used));
  return larger;
}

/**
 * @param {'request' | 'response'} verb
 * @param {any} id
 * @param {string} answer
 */
export function unpack(verb, id, answer) {
  const known = id === undefined || id === null ? {} : { id };
  return verb === 'request' ? { ...known, request: request(answer) } : { ...known, ...response(answer) };
}

/** @param {string} answer */
function request(answer) {
  const parts = answer.split('\0');
  const [method, url] = parts;
  /** @type {Record<string, string>} */
  const headers = {};
  for (let at = 2; at + 1 < parts.length; at += 2) headers[/** @type {string} */ (parts[at])] = /** @type {string} */ (parts[at + 1]);
  return { method, url, headers, body: parts[parts.length - 1] };
}

/** The text comes last: it may hold what parts the others. @param {string} answer */
function response(answer) {
  if (answer.startsWith('\0')) return JSON.parse(answer.slice(1));
  const first = answer.indexOf('\0');
  const second = answer.indexOf('\0', first + 1);
  const third = answer.indexOf('\0', second + 1);
  const usage = { inputTokens: Number(answer.slice(first + 1, second)), outputTokens: Number(answer.slice(second + 1, third)) };
  return { answer: { text: answer.slice(third + 1), finish: answer.slice(0, first), usage } };
}
