// @ts-check
// What one query takes of a function's memory, in a fresh process that goes the shipped way: the shim's loop, a new instance for each
// invocation, the platform's storage package, values that a warm process keeps. `node bench/search-memory.mjs [passages]`
// The store is a folder behind the platform's door; vectors of 256 coordinates are made from a seed.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Index } from '../dev/core.mjs';
import { kilo, mega, passages, randomFrom } from './search-passages.mjs';

const DIMENSIONS = 256;
const SPACE = { provider: 'local', model: 'made', dimensions: DIMENSIONS, task: 'document' };
const QUERIES = 20;
/** Passages that are about one thing. */
const TOPIC = 40;

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {{ linear: number, fresh: number, first: number, heap: number, kept: number, resident: number, peak: number, hits: number, reads: number }} Taken bytes */

/** @param {number} [count] @returns {Promise<Figure[]>} */
export async function searchMemory(count = 100_000) {
  const data = passages(count);
  const store = mkdtempSync(join(tmpdir(), 'quillgate-bench-'));
  try {
    const vector = vectors();
    const index = new Index({ store });
    data.passages.forEach((line, at) => index.add({ ...line, space: SPACE, vector: vector(at) }));
    index.commit();
    const lexical = data.queries.slice(0, QUERIES).map((query) => ({ id: 0, query }));
    const hybrid = lexical.map((line, at) => ({ ...line, space: SPACE, vector: vector(at * 997) }));
    const what = `${data.passages.length} passages (${data.what})`;
    return [...figures(`a query by words, ${what}`, ask(store, lexical)), ...figures(`a query by words and meaning, ${what}`, ask(store, hybrid))];
  } finally {
    rmSync(store, { recursive: true });
  }
}

/** @param {string} name @param {Taken} taken @returns {Figure[]} */
function figures(name, { linear, fresh, first, heap, kept, resident, peak, hits, reads }) {
  const how = `a fresh process, the shim's loop; ${(reads / QUERIES).toFixed(1)} reads and ${(hits / QUERIES).toFixed(1)} hits a query`;
  return [
    { name: `${name}: memory of the first one`, value: mega(linear + Math.max(0, first)), how: `${mega(linear)} of the instance (${mega(fresh)} of it before the call) and ${mega(first)} of JavaScript's heap and buffers; the resident set grew by ${mega(resident)}, compiled code and garbage included; ${how}` },
    { name: `${name}: after ${QUERIES}`, value: mega(linear + Math.max(0, heap)), how: `${kilo(kept)} of it sealed values that a warm process keeps; the resident set grew by ${mega(peak)} at most` },
  ];
}

/** @param {string} store @param {object[]} lines @returns {Taken} */
function ask(store, lines) {
  const output = execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), '--ask', store], { input: JSON.stringify(lines), encoding: 'utf8' });
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

/** The process that is measured. */
async function measured() {
  const store = process.argv[3] ?? '';
  const lines = JSON.parse(readFileSync(0, 'utf8'));
  const { forge, json } = await import('../tests/shim/forge.mjs');
  process.env['QUILLGATE_ROOT_1'] = readFileSync(join(store, 'root-key'), 'utf8');
  forge.door = (_, path, init) => opened(store, path, JSON.parse(init.body), json);
  const { initSync } = await import('../pkg/quillgate.js');
  const { makeCore } = await import('../src/shim/core.js');
  const { perform } = await import('../src/shim/perform.js');
  const { run } = await import('../src/shim/run.js');
  const { held } = await import('../src/shim/warm.js');
  // Gives what is already there.
  const linear = () => initSync(/** @type {any} */ (undefined)).memory.buffer.byteLength;
  const own = async () => {
    // An earlier instance's memory goes with the second collection.
    for (let time = 0; time < 3; time += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc?.();
    }
    const { heapUsed, external } = process.memoryUsage();
    // Node counts an instance's memory as external.
    return heapUsed + external - linear();
  };
  const context = /** @type {any} */ ({ source: 'local', cloudId: 'local', installationId: 'local', environmentId: 'local' });
  makeCore();
  const taken = { linear: 0, fresh: linear(), first: 0, heap: 0, kept: 0, resident: 0, peak: 0, hits: 0, reads: 0 };
  const [before, whole] = [await own(), process.memoryUsage().rss];
  for (const [at, line] of lines.entries()) {
    const answer = /** @type {any} */ (await run({ makeCore, perform }, { context, call: { type: 'command', verb: 'search', line } }, 25_000));
    if (answer.type !== 'ok') throw new Error(JSON.stringify(answer));
    forge.calls = [];
    taken.hits += answer.view.hits.length;
    taken.reads += answer.view.reads;
    taken.peak = Math.max(taken.peak, process.memoryUsage().rss - whole);
    taken.linear = Math.max(taken.linear, linear());
    if (at === 0) taken.resident = taken.peak;
    if (at === 0) taken.first = (await own()) - before;
  }
  taken.heap = (await own()) - before;
  taken.kept = held().bytes;
  process.stdout.write(`\n${JSON.stringify(taken)}\n`);
}

/** The platform's answer to a read. @param {string} store @param {string} path @param {any} asked @param {typeof import('../tests/shim/forge.mjs').json} json */
function opened(store, path, { key, entityName }, json) {
  const kind = /\/api\/v1\/(?:(secret|entity)\/)?get$/.exec(path);
  const name = kind?.[1] === 'entity' ? `entity#${entityName}#${key}` : kind?.[1] === 'secret' ? `secret#${key}` : key;
  const file = join(store, encodeURIComponent(name).replaceAll('.', '%2E'));
  if (!kind || !existsSync(file)) return json({ code: 'KEY_NOT_FOUND', message: 'not there' }, 404);
  const text = readFileSync(file, 'utf8');
  return json({ key, value: kind[1] === 'entity' ? JSON.parse(text) : text });
}

/** Embeddings by passage, near each other where the passages are. */
function vectors() {
  const one = (/** @type {number} */ seed) => {
    const random = randomFrom(seed * 2_654_435_761 + 1 || 1);
    for (let skip = 0; skip < 8; skip += 1) random();
    return Float32Array.from({ length: DIMENSIONS }, () => random() + random() + random() - 1.5);
  };
  return (/** @type {number} */ at) => {
    const topic = one(1_000_003 + Math.floor(at / TOPIC));
    const vector = one(at + 1).map((x, place) => x + (topic[place] ?? 0));
    return Buffer.from(vector.buffer).toString('base64url');
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--ask') await measured();
  else for (const { name, value, how } of await searchMemory(Number(process.argv[2] ?? 100_000))) console.log(`${name}: ${value} (${how})`);
}
