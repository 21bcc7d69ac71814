// @ts-check
// What a cold search of the store finds by words alone and by words and embeddings, beside the same without a budget: tickets with
// given embeddings (QUILLGATE_DATA), as many as there are, and four times as many (copies with every third word dropped, and
// embeddings turned by noise of 0.6 times their length). `node bench/search-meaning.mjs [copies]`

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Index } from '../dev/core.mjs';
import { kilo } from './search-passages.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */

const TOP = 10;

/**
 * What a cold search finds by words alone and by words and embeddings, beside the same without a budget.
 * @param {number} [copies] @returns {Figure[]} none without QUILLGATE_DATA
 */
export function searchMeaning(copies = 1) {
  const folder = join(process.env['QUILLGATE_DATA'] ?? '', 'retrieval');
  if (!process.env['QUILLGATE_DATA'] || !existsSync(join(folder, 'embeddings'))) return [];
  const lines = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const [vectors, asked] = ['docs', 'q'].map((kind) => embeddings(join(folder, `embeddings/jira-known-item.${kind}.npy`)));
  const space = { provider: 'given', model: 'all-MiniLM-L6-v2', dimensions: 384, task: 'search' };
  const store = mkdtempSync(join(tmpdir(), 'quillgate-bench-'));
  try {
    const [index, memory] = [new Index({ store }), new Index()];
    let count = 0;
    for (let copy = 0; copy < copies; copy += 1) {
      for (const [at, { _id: id, text, project }] of lines('jira-known-item/corpus.jsonl').entries()) {
        const own = vectors?.[at] ?? new Float32Array(384);
        const line = copy === 0 ? { id, text, vector: coded(own) } : { id: `${id}-${copy}`, text: thinned(text, copy), vector: coded(turned(own)) };
        for (const to of [index, memory]) to.add({ container: `project:${project ?? id.split('-')[0]}`, title: '', space, ...line });
        count += 1;
      }
    }
    for (const to of [index, memory]) to.commit();
    /** @type {Record<string, { gain: number, reads: number, bytes: number }[]>} */
    const rows = {};
    for (const { _id: answer, text, row } of lines('jira-known-item/queries.jsonl')) {
      const meaning = { space, vector: coded(asked?.[row] ?? new Float32Array(384)) };
      for (const [name, from, by] of /** @type {[string, Index, object][]} */ ([['words, cold', index, {}], ['both, cold', index, meaning], ['words, no budget', memory, {}], ['both, no budget', memory, meaning]])) {
        const { hits, reads, bytes } = from.search({ id: 0, query: `${text} `, k: TOP, ...by });
        const rank = hits.findIndex(({ id }) => id === answer);
        (rows[name] ??= []).push({ gain: rank < 0 ? 0 : 1 / Math.log2(rank + 2), reads, bytes });
      }
    }
    return Object.entries(rows).map(([name, all]) => {
      const mean = (/** @type {(row: { gain: number, reads: number, bytes: number }) => number} */ of) => all.reduce((sum, row) => sum + of(row), 0) / all.length;
      return { name: `${count} tickets with embeddings, ${name}: nDCG@${TOP}`, value: mean(({ gain }) => gain).toFixed(3), how: `${all.length} queries; ${mean(({ reads }) => reads).toFixed(1)} reads, ${kilo(mean(({ bytes }) => bytes))}, at most ${Math.max(...all.map(({ reads }) => reads))} and ${kilo(Math.max(...all.map(({ bytes }) => bytes)))}` };
    });
  } finally {
    rmSync(store, { recursive: true });
  }
}

/** Rows of a file of 16-bit floats. @param {string} file @returns {Float32Array[]} */
function embeddings(file) {
  const bytes = readFileSync(file);
  const begin = 10 + bytes.readUInt16LE(8);
  const half = (/** @type {number} */ bits) => {
    const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
    return (bits >> 15 ? -1 : 1) * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  };
  const count = (bytes.length - begin) / 2 / 384;
  return Array.from({ length: count }, (_, row) => Float32Array.from({ length: 384 }, (_, at) => half(bytes.readUInt16LE(begin + (row * 384 + at) * 2))));
}

/** @param {Float32Array} vector */
const coded = (vector) => Buffer.from(vector.buffer).toString('base64url');
/** @param {string} text @param {number} copy */
const thinned = (text, copy) => text.split(/\s+/).filter((_, at) => (at + copy) % 3 !== 0).join(' ');
let noise = 88_172_645;
/** @param {Float32Array} vector */
const turned = (vector) => vector.map((x) => {
  noise ^= noise << 13;
  noise ^= noise >>> 17;
  noise ^= noise << 5;
  return x + (((noise >>> 0) / 2 ** 32 - 0.5) * 0.6 * Math.sqrt(12)) / Math.sqrt(384);
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, how } of searchMeaning(Number(process.argv[2] ?? 1))) console.log(`${name}: ${value} (${how})`);
}
