// @ts-check
// The index in memory beside npm's search packages: the same passages, the same questions, one process.
// The packages lie apart (bench/peers): a line says how to get a missing one.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { median } from './cold-start.mjs';
import { cpuOf, mega } from './search-passages.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {import('./search-passages.mjs').Data} Data */
/** @typedef {import('./search-passages.mjs').Passage} Passage */

const TOP = 10;
const QUERIES = 50;
const folder = fileURLToPath(new URL('./peers/', import.meta.url));

/** flexsearch: the one most installed, and no BM25; minisearch: BM25, as ours. @type {Record<string, (peer: any, all: Passage[]) => (query: string) => unknown>} */
const peers = {
  'flexsearch@0.8.212': ({ Index: Flex }, all) => {
    const index = new Flex({ tokenize: 'strict' });
    all.forEach(({ title, text }, at) => index.add(at, `${title} ${text}`));
    return (query) => index.search(query, { limit: TOP, suggest: true });
  },
  'minisearch@7.2.0': (module, all) => {
    const Mini = module.default ?? module;
    const index = new Mini({ fields: ['title', 'text'] });
    index.addAll(all.map(({ title, text }, id) => ({ id, title, text })));
    return (query) => index.search(query).slice(0, TOP);
  },
};

/** @param {import('../dev/core.mjs').Index} memory @param {Data} data @returns {Promise<Figure[]>} */
export async function searchPeers(memory, { passages: all, queries }) {
  const gc = collector();
  const few = queries.slice(0, QUERIES);
  /** @type {Figure[]} */
  const figures = [];
  for (const [package_, make] of Object.entries(peers)) {
    const name = package_.slice(0, package_.indexOf('@'));
    if (!existsSync(join(folder, 'node_modules', name))) {
      figures.push({ name: `a query in memory beside ${name}`, value: 'not measured', how: 'npm ci --prefix bench/peers' });
      continue;
    }
    const peer = createRequire(join(folder, 'package.json'))(name);
    const before = heap(gc);
    let search = (/** @type {string} */ _) => /** @type {unknown} */ (undefined);
    const built = cpuOf(() => (search = make(peer, all)));
    const taken = heap(gc) - before;
    few.slice(0, 5).forEach((query) => [search(query), memory.search({ id: 0, query })]);
    // One after the other on each query, so that what else the machine does meets both.
    const pairs = few.map((query) => [cpuOf(() => search(query)), Math.max(cpuOf(() => memory.search({ id: 0, query })), 0.001)]);
    const times = median(pairs.map(([peer = 0, ours = 1]) => peer / ours));
    const [theirs, ours] = [0, 1].map((side) => median(pairs.map((pair) => pair[side] ?? 0)).toFixed(2));
    figures.push({ name: `a query in memory: ${name} takes`, value: `${times.toFixed(1)} times as long`, how: `median ratio of ${few.length}, CPU, by turns: ${theirs} and ${ours} ms; it was built in ${(built / 1000).toFixed(1)} s of CPU and holds ${mega(taken)} of heap` });
  }
  return figures;
}

/** The collector, which a process has only when it asks for it. @returns {() => void} */
function collector() {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

/** @param {() => void} gc */
function heap(gc) {
  gc();
  return process.memoryUsage().heapUsed;
}
