// @ts-check
// The index in the store and in memory: what it takes, what a cold query reads and loses, how fast it is beside npm's search
// packages, and what a million excerpts would cost an installation. `node bench/search-store.mjs [passages]`

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Index } from '../dev/core.mjs';
import { median } from './cold-start.mjs';
import { cpuOf, kilo, mega, passages } from './search-passages.mjs';
import { searchPeers } from './search-peers.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {import('./search-passages.mjs').Data} Data */

const TOP = 10;
/** The platform's limits of storage for an installation, a minute: units of 10 KB. */
export const UNITS_A_MINUTE = 4_000;
export const UNIT = 10_000;
/** How often a segment that grows while a site is read is written again, about: each time it is four times as large. @param {number} bytes of it in the end */
export const mergesOf = (bytes) => Math.ceil(Math.log(bytes / 200_000) / Math.log(4));

/** @param {number} [count] @returns {Promise<Figure[]>} */
export async function searchStore(count = 100_000) {
  const data = passages(count);
  const store = mkdtempSync(join(tmpdir(), 'quillgate-bench-'));
  try {
    const built = build(store, data);
    const memory = new Index();
    const resident = residentIndex(memory, data);
    const cold = searchCold(store, memory, data);
    return [...built.figures, ...resident, ...cold.figures, ...(await searchPeers(memory, data)), ...aMillion(built, cold, data.passages.length)];
  } finally {
    rmSync(store, { recursive: true });
  }
}

/** @param {string} store @param {Data} data */
function build(store, { passages: all, what }) {
  const index = new Index({ store });
  const cpu = cpuOf(() => {
    all.forEach((line) => index.add(line));
    index.commit();
  });
  const kinds = sizes(store);
  const lexical = (kinds['t'] ?? 0) + (kinds['d'] ?? 0) + (kinds['r'] ?? 0) + (kinds['s'] ?? 0);
  const name = `index of ${all.length} passages (${what})`;
  return {
    cpu, lexical, texts: kinds['x'] ?? 0, manifest: kinds['entity'] ?? 0,
    figures: [
      { name: `${name}, sealed in the store, texts apart`, value: `${mega(lexical)} and ${mega(kinds['x'] ?? 0)}`, how: `files of the folder: base64 of sealed bytes, ${mega(lexical * 0.75)} and ${mega((kinds['x'] ?? 0) * 0.75)} without it` },
      { name: `${name}, built in`, value: `${(cpu / 1000).toFixed(1)} s`, how: 'CPU of the process, sealing and writing included' },
    ],
  };
}

/** Bytes by kind of value. @param {string} store @returns {Record<string, number>} */
function sizes(store) {
  /** @type {Record<string, number>} */
  const kinds = {};
  for (const file of readdirSync(store)) {
    const kind = file.startsWith('index') ? file.split('%3A')[2]?.[0] ?? '?' : file.split('%')[0] ?? '?';
    kinds[kind] = (kinds[kind] ?? 0) + statSync(join(store, file)).size;
  }
  return kinds;
}

/** @param {Index} index @param {Data} data @returns {Figure[]} */
function residentIndex(index, { passages: all, queries }) {
  const cpu = cpuOf(() => {
    all.forEach((line) => index.add(line));
    index.commit();
  });
  queries.forEach((query) => index.search({ id: 0, query }));
  const each = queries.map((query) => cpuOf(() => index.search({ id: 0, query })));
  return [
    { name: 'the same in memory, built in', value: `${(cpu / 1000).toFixed(1)} s`, how: 'CPU of the process' },
    { name: 'a query in memory', value: `${median(each).toFixed(2)} ms`, how: `median of ${each.length}, CPU; the whole call` },
  ];
}

/** @param {string} store @param {Index} memory @param {Data} data */
function searchCold(store, memory, { queries }) {
  const index = new Index({ store });
  let [found, wanted, reads, bytes, units, mostReads, mostBytes] = [0, 0, 0, 0, 0, 0, 0];
  for (const query of queries) {
    const cold = index.search({ id: 0, query, k: TOP });
    const full = new Set(memory.search({ id: 0, query, k: TOP }).hits.map(({ id }) => id));
    found += cold.hits.filter(({ id }) => full.has(id)).length;
    wanted += full.size;
    [reads, bytes, units] = [reads + cold.reads, bytes + cold.bytes, units + cold.units];
    [mostReads, mostBytes] = [Math.max(mostReads, cold.reads), Math.max(mostBytes, cold.bytes)];
  }
  const count = queries.length;
  return {
    units: units / count, reads: mostReads, bytes: mostBytes,
    figures: [
      { name: 'a cold query: values read', value: `${(reads / count).toFixed(1)}, at most ${mostReads}`, how: `${count} queries, everything counted` },
      { name: 'a cold query: bytes as stored', value: `${kilo(bytes / count)}, at most ${kilo(mostBytes)}`, how: 'the same' },
      { name: `a cold query: recall@${TOP} of the whole index`, value: (found / Math.max(wanted, 1)).toFixed(3), how: 'against the same query in memory, without a budget' },
    ],
  };
}

/**
 * What a site of a million excerpts costs, by what each of these cost: computed, not run.
 * @param {{ cpu: number, lexical: number, texts: number, manifest: number }} built
 * @param {{ units: number }} cold @param {number} count @returns {Figure[]}
 */
function aMillion({ cpu, lexical, texts, manifest }, { units }, count) {
  const scale = 1_000_000 / count;
  const levels = mergesOf(lexical * scale);
  const written = texts * scale + lexical * scale * (levels + 1);
  const minutes = written / UNIT / UNITS_A_MINUTE;
  const how = `computed from ${count} excerpts`;
  return [
    { name: 'a million excerpts: in the store, texts apart', value: `${mega(lexical * scale)} and ${mega(texts * scale)}`, how },
    { name: 'a million excerpts: to index', value: `${minutes.toFixed(0)} min of the storage's quota, ${((cpu * scale) / 60_000).toFixed(0)} min of CPU`, how: `${how}: texts once, the rest ${levels + 1} times` },
    { name: 'a million excerpts: one whole merge', value: `${((lexical * scale) / UNIT / UNITS_A_MINUTE).toFixed(1)} min of the quota, read and written each`, how },
    { name: 'a million excerpts: manifest', value: kilo(manifest * Math.min(scale, 10)), how: `${how}, at worst; a value holds 240 KiB` },
    { name: 'searches a minute an installation can afford', value: (UNITS_A_MINUTE / units).toFixed(0), how: `${units.toFixed(0)} units a cold query; no query reads more than its budget, however large the site` },
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await searchStore(Number(process.argv[2] ?? 100_000)));
