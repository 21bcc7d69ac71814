// @ts-check
// A million excerpts, indexed and asked for real: made words, because no public set is as large. What the platform's limits
// make of it is computed from what was counted. `node bench/search-million.mjs [excerpts]`

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Index } from '../dev/core.mjs';
import { CONTAINERS, cpuOf, kilo, mega, writer } from './search-passages.mjs';
import { mergesOf, UNIT, UNITS_A_MINUTE } from './search-store.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */

const QUESTIONS = 300;
/** What a value may hold: 240 KiB. */
const VALUE = 245_760;

/** @param {number} [count] @returns {Figure[]} */
export function searchMillion(count = 1_000_000) {
  const store = mkdtempSync(join(tmpdir(), 'quillgate-million-'));
  try {
    const made = build(store, count);
    return [...made.figures, ...asked(store, made)];
  } finally {
    rmSync(store, { recursive: true });
  }
}

/** @param {string} store @param {number} count */
function build(store, count) {
  const index = new Index({ store });
  const { passage, question } = writer();
  /** @type {{ id: string, query: string }[]} */
  const questions = [];
  let most = 0;
  const cpu = cpuOf(() => {
    for (let at = 0; at < count; at += 1) {
      const one = passage(at);
      if (at % Math.max(1, Math.floor(count / QUESTIONS)) === 0) questions.push({ id: one.id, query: question(one) });
      index.add(one);
      if (at % 20_000 === 0) most = Math.max(most, process.memoryUsage().rss);
    }
    index.commit();
  });
  const files = readdirSync(store).map((file) => ({ file, bytes: statSync(join(store, file)).size }));
  const largest = Math.max(...files.filter(({ file }) => file.startsWith('index')).map(({ bytes }) => bytes));
  const texts = files.filter(({ file }) => file.split('%3A')[2]?.startsWith('x')).reduce((sum, { bytes }) => sum + bytes, 0);
  const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const name = `${count} excerpts, run`;
  return {
    questions, name,
    figures: [
      { name: `${name}: in the store, texts apart`, value: `${mega(all - texts)} and ${mega(texts)}`, how: `made words in ${CONTAINERS} containers; ${files.length} values, the largest ${kilo(largest)} of the ${kilo(VALUE)} that one may hold` },
      { name: `${name}: built in`, value: `${(cpu / 60_000).toFixed(1)} min`, how: 'CPU of one process, words made, sealing and merging included' },
      { name: `${name}: memory while it is built`, value: mega(most), how: 'resident set of the process at most, looked at every 20,000 excerpts' },
      { name: `${name}: to write it once`, value: `${((all / UNIT) / UNITS_A_MINUTE).toFixed(0)} min`, how: `of an installation's storage quota; merging writes what is not texts again, about ${mergesOf(all - texts)} times` },
    ],
  };
}

/** @param {string} store @param {{ questions: { id: string, query: string }[], name: string }} made @returns {Figure[]} */
function asked(store, { questions, name }) {
  const index = new Index({ store });
  const sum = { found: 0, reads: 0, bytes: 0, units: 0, mostReads: 0, mostBytes: 0 };
  for (const { id, query } of questions) {
    const { hits, reads, bytes, units } = index.search({ id: 0, query, k: 10 });
    sum.found += hits.some((hit) => hit.id === id) ? 1 : 0;
    sum.reads += reads;
    sum.bytes += bytes;
    sum.units += units;
    sum.mostReads = Math.max(sum.mostReads, reads);
    sum.mostBytes = Math.max(sum.mostBytes, bytes);
  }
  const n = questions.length;
  return [
    { name: `${name}: a cold query`, value: `${(sum.reads / n).toFixed(1)} reads, ${kilo(sum.bytes / n)}`, how: `${n} queries of ten words of an excerpt; at most ${sum.mostReads} reads and ${kilo(sum.mostBytes)}; ${(UNITS_A_MINUTE / (sum.units / n)).toFixed(0)} such searches a minute` },
    { name: `${name}: the excerpt that was asked for is among ten`, value: (sum.found / n).toFixed(3), how: 'the same queries, within their budget' },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(searchMillion(Number(process.argv[2] ?? 1_000_000)));
