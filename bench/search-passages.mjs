// @ts-check
// Passages and questions that the index is measured with: public tickets cut into pieces with QUILLGATE_DATA, made from a seed without.
// Measures nothing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ id: string, container: string, title: string, text: string }} Passage */
/** @typedef {{ passages: Passage[], queries: string[], what: string }} Data */

const WORDS_EACH = 44;
/** Small enough for 100,000 passages out of the 25,816 tickets there are. */
const STRIDE = 14;
const QUERIES = 300;
export const CONTAINERS = 12;

/** @param {number} count @returns {Data} */
export function passages(count) {
  const folder = process.env['QUILLGATE_DATA'];
  return folder ? real(join(folder, 'retrieval'), count) : made(count);
}

/** @param {string} folder @param {number} count @returns {Data} */
function real(folder, count) {
  const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  /** @type {Passage[]} */
  const all = [];
  for (const { _id: id, title, text, project } of [...read('hadoop-dup/corpus.jsonl'), ...read('jira-known-item/corpus.jsonl')]) {
    const words = (text ?? '').split(/\s+/);
    for (let at = 0; all.length < count && (at === 0 || at + WORDS_EACH - STRIDE < words.length); at += STRIDE) {
      all.push({ id: `${id}#${at}`, container: `project:${project ?? 'HADOOP'}`, title, text: words.slice(at, at + WORDS_EACH).join(' ') });
    }
  }
  const queries = read('jira-known-item/queries.jsonl').slice(0, QUERIES).map(({ text }) => `${text} `);
  return { passages: all, queries, what: 'real tickets' };
}

/** @param {number} count @returns {Data} */
function made(count) {
  const { passage, question, random } = writer();
  const all = Array.from({ length: count }, (_, at) => passage(at));
  const pick = () => question(/** @type {Passage} */ (all[Math.floor(random() * all.length)]));
  return { passages: all, queries: Array.from({ length: QUERIES }, pick), what: 'made words' };
}

/** Makes passages of words by Zipf's law, a few of them with an identifier's form, and questions of ten words of a passage; from a seed. */
export function writer() {
  const random = randomFrom(88_172_645);
  const word = () => {
    const rank = Math.floor(Math.exp(random() * Math.log(120_000)));
    return rank % 11 === 0 ? `load${rank.toString(36)}Config` : `w${((rank * 2_654_435_761) % 2 ** 32).toString(36)}`;
  };
  const text = (/** @type {number} */ words) => Array.from({ length: words }, word).join(' ');
  const passage = (/** @type {number} */ at) => ({ id: `PRJ-${at}`, container: `project:P${at % CONTAINERS}`, title: text(6), text: text(WORDS_EACH) });
  const question = (/** @type {Passage} */ of) => {
    const words = of.text.split(' ');
    return `${Array.from({ length: 10 }, () => words[Math.floor(random() * words.length)]).join(' ')} `;
  };
  return { passage, question, random };
}

/** Numbers from 0 to 1. @param {number} seed */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Milliseconds of CPU. @param {() => unknown} work */
export function cpuOf(work) {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** @param {number} bytes */
export const mega = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
/** @param {number} bytes */
export const kilo = (bytes) => `${(bytes / 1e3).toFixed(0)} kB`;
