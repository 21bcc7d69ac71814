// @ts-check
// Documents to measure with: made from a seed, in the proportions of tickets and handbooks (text, code, lists, links, tables).
// With QUILLGATE_DATA it also finds real ones, ADF files and lines of JSON with a `description`; nothing of them is kept.

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ type: string, [member: string]: unknown }} Node */

const WORDS = ('the pump of hall three fails when pressure drops below limit and operator restarts it by hand see log for details '
  + 'cluster node replica region timeout retry connection refused broker offset commit schema table column index query plan cache miss '
  + 'HttpServer.java max_retries ConfigLoader NullPointerException a.b.c.Client v2.13.0 HALL-431 getOrDefault user_name Größe café 東京').split(' ');

/** @param {number} seed */
function random(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  const next = () => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state;
  };
  return { below: (/** @type {number} */ most) => next() % most };
}

/**
 * Documents of ADF as JSON text.
 * @param {number} count
 * @param {number} seed
 */
export function documents(count, seed = 7) {
  return Array.from({ length: count }, (_, at) => JSON.stringify(document(random(seed * 10_000 + at), 8)));
}

/** One document of so many blocks, times 2 to 6. @param {{ below: (most: number) => number }} of @param {number} blocks */
function document(of, blocks) {
  const many = blocks * (2 + of.below(5));
  return { version: 1, type: 'doc', content: Array.from({ length: many }, () => block(of)) };
}

/** A document of a length a page seldom has, of blocks of one kind. @param {string} kind @param {number} size */
export function longDocument(kind, size) {
  const of = random(99);
  const make = kinds[kind] ?? paragraph;
  return JSON.stringify({ version: 1, type: 'doc', content: Array.from({ length: size }, () => make(of)) });
}

/** @typedef {{ below: (most: number) => number }} Of */
/** @param {Of} of @param {number} count */
const sentence = (of, count) => Array.from({ length: count }, () => WORDS[of.below(WORDS.length)]).join(' ');
/** @param {Of} of @returns {Node} */
const paragraph = (of) => ({ type: 'paragraph', content: inlines(of) });
/** @param {Of} of @returns {Node} */
const heading = (of) => ({ type: 'heading', attrs: { level: 1 + of.below(4) }, content: [{ type: 'text', text: sentence(of, 4) }] });
/** @param {Of} of @returns {Node} */
const code = (of) => ({ type: 'codeBlock', attrs: { language: 'java' }, content: [{ type: 'text', text: Array.from({ length: 3 + of.below(12) }, () => `  ${sentence(of, 5)};`).join('\n') }] });
/** @param {Of} of @returns {Node} */
const bullets = (of) => ({ type: of.below(4) === 0 ? 'orderedList' : 'bulletList', content: Array.from({ length: 2 + of.below(5) }, () => ({ type: 'listItem', content: [paragraph(of)] })) });
/** @param {Of} of @returns {Node} */
const panel = (of) => ({ type: 'panel', attrs: { panelType: 'info' }, content: [paragraph(of)] });
/** @param {Of} of @returns {Node} */
const tasks = (of) => ({ type: 'taskList', attrs: { localId: 'a' }, content: Array.from({ length: 3 }, (_, at) => ({ type: 'taskItem', attrs: { localId: String(at), state: at % 2 ? 'DONE' : 'TODO' }, content: inlines(of) })) });

/** @param {Of} of @returns {Node} */
function table(of) {
  const row = (/** @type {string} */ type) => ({ type: 'tableRow', content: Array.from({ length: 3 }, () => ({ type, attrs: {}, content: [{ type: 'paragraph', content: [{ type: 'text', text: sentence(of, 3) }] }] })) });
  return { type: 'table', content: [row('tableHeader'), ...Array.from({ length: 3 + of.below(5) }, () => row('tableCell'))] };
}

/** @type {Record<string, (of: Of) => Node>} */
const kinds = { paragraph, heading, code, bullets, table, panel, tasks };

/** @param {Of} of @returns {Node} */
function block(of) {
  const shares = [paragraph, paragraph, paragraph, paragraph, heading, heading, code, code, bullets, bullets, table, panel, tasks];
  return (shares[of.below(shares.length)] ?? paragraph)(of);
}

/** @param {Of} of @returns {Node[]} */
function inlines(of) {
  return Array.from({ length: 1 + of.below(4) }, () => {
    const text = `${sentence(of, 3 + of.below(12))} `;
    switch (of.below(8)) {
      case 0: return { type: 'text', text: sentence(of, 2), marks: [{ type: 'code' }] };
      case 1: return { type: 'text', text: sentence(of, 2), marks: [{ type: 'link', attrs: { href: `https://example.com/browse/${of.below(999)}` } }] };
      case 2: return { type: 'text', text: sentence(of, 2), marks: [{ type: of.below(2) ? 'strong' : 'em' }] };
      case 3: return of.below(4) === 0 ? { type: 'hardBreak' } : { type: 'text', text };
      default: return { type: 'text', text };
    }
  });
}

/** Bodies of ADF below a folder of data. @param {string} folder @returns {string[]} */
export function realDocuments(folder) {
  const files = below(folder).filter((file) => /adf[^/]*(\/[^/]*\.json|\.jsonl)$/.test(file) && !/(index|probes)\.json$/.test(file));
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (!file.endsWith('.jsonl')) return [text];
    const bodies = text.split('\n').filter(Boolean).map((line) => JSON.parse(line).description);
    return bodies.filter(Boolean).map((body) => JSON.stringify(body));
  });
}

/** @param {string} folder @returns {string[]} */
function below(folder) {
  return readdirSync(folder).sort().map((name) => join(folder, name)).flatMap((path) => (statSync(path).isDirectory() ? below(path) : [path]));
}
