// @ts-check
// Exact neighbors in wasm beside packages that search vectors, and what cells cost and lose. `node bench/search-vectors.mjs [count]`
// The kernels come from a build with the feature "bench"; the shipped core exports none. Without QUILLGATE_DATA vectors are
// made from a seed: topics with noise, 256 coordinates. The packages lie apart (bench/peers); a line says how to get a missing one.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { must } from '../dev/setup/step.mjs';
import { findWasmBindgen } from '../dev/setup/tools.mjs';
import { root, toolEnvironment } from '../dev/setup/where.mjs';
import { median } from './cold-start.mjs';

const QUERIES = 100;
const TOP = 10;
const folder = fileURLToPath(new URL('./peers/', import.meta.url));

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {{ dimensions: number, count: number, rows: Float32Array, queries: Float32Array[], what: string }} Data */
/** @typedef {{ build: number, search: (query: Float32Array) => number[] | Promise<number[]>, few?: number }} Peer */

/** @param {number} [count] of made vectors @returns {Promise<Figure[]>} */
export async function searchVectors(count = 100_000) {
  const { Vectors } = await kernels();
  /** @type {Figure[]} */
  const figures = [];
  for (const data of [made(count, 256), ...real()]) {
    const ours = scan(Vectors, data);
    figures.push(...ours.figures, ...cells(Vectors, data, ours.exact));
    if (data.dimensions !== 256) continue;
    for (const [name, make] of Object.entries(peers)) figures.push(await beside(name, make, data, ours));
    figures.push(...tenfold(Vectors, data));
  }
  return figures;
}

/** The kernels as a class: cargo with the feature, then wasm-bindgen. @returns {Promise<{ Vectors: any }>} */
async function kernels() {
  // In many units the build is short; they have to be optimized together, as the shipped one unit is ("false", not "off"):
  // apart, the loops call their iterators, and a scan takes three times as long, a pure read twice.
  const env = { ...toolEnvironment(), CARGO_PROFILE_RELEASE_LTO: 'false', CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16' };
  const args = ['build', '--release', '--lib', '--features', 'bench', '--target', 'wasm32-unknown-unknown', '--message-format=json-render-diagnostics'];
  const wasm = (await must('cargo', args, { env })).match(/"[^"]*quillgate\.wasm"/g)?.pop();
  const tool = findWasmBindgen();
  if (!wasm || !tool) throw new Error('run "node dev/setup.mjs --for build" first');
  const out = join(root, 'target/bench-vectors');
  execFileSync(tool, ['--target', 'web', '--out-dir', out, '--out-name', 'vectors', JSON.parse(wasm)]);
  const module = await import(pathToFileURL(join(out, 'vectors.js')).href);
  module.initSync({ module: readFileSync(join(out, 'vectors_bg.wasm')) });
  return module;
}

/** @param {any} Vectors @param {Data} data */
function scan(Vectors, data) {
  const { dimensions, count, rows, queries, what } = data;
  const vectors = new Vectors(dimensions, count);
  const build = cpu(() => blocks(data, (part) => vectors.push(part)));
  const exact = queries.map((query) => [...vectors.top(query, TOP)]);
  const { top, read, ratio, wide } = againstRead(vectors, queries);
  const right = queries.slice(0, 20).map((query, at) => shared(exact[at] ?? [], plainly(rows, dimensions, query)));
  vectors.free();
  const name = `exact top ${TOP} of ${count} × ${dimensions}`;
  const figures = [
    { name, value: `${top.toFixed(2)} ms`, how: `${what}; wasm, CPU, median of ${QUERIES}; recall ${mean(right).toFixed(3)} against doubles in JavaScript` },
    ...ratios(name, { read, ratio, wide }),
    { name: `${name}: building it`, value: `${build.toFixed(0)} ms`, how: 'CPU' },
  ];
  return { exact, took: top, build, figures };
}

/** A scan, then a read of the same codes, then another, for each query. @param {any} vectors @param {Float32Array[]} queries */
function againstRead(vectors, queries) {
  const all = queries.map((query) => [cpu(() => vectors.top(query, TOP)), cpu(() => vectors.touch()), cpu(() => vectors.touch())]);
  const [top = 0, read = 0] = [0, 1].map((side) => median(all.map((times) => times[side] ?? 0)));
  const ratio = median(all.map(([one = 0, other = 1]) => one / other));
  return { top, read, ratio, wide: median(all.map(([one = 0, other = 1, again = 1]) => one / (other + again))) };
}

/** @param {string} name @param {{ read: number, ratio: number, wide: number }} of @returns {Figure[]} */
function ratios(name, { read, ratio, wide }) {
  return [
    { name: `${name}: to a pure read of its codes`, value: `${ratio.toFixed(2)}×`, how: `half a byte a coordinate; median ratio, one after the other; the read took ${read.toFixed(2)} ms` },
    { name: `${name}: to a pure read of a byte a coordinate`, value: `${wide.toFixed(2)}×`, how: 'what a scan of 8-bit codes has to read; the codes, read twice' },
  ];
}

/**
 * Ten times as many: the coordinates cut at ten places, so that each time other vectors come out.
 * @param {any} Vectors @param {Data} data @returns {Figure[]}
 */
function tenfold(Vectors, { dimensions, count, rows, queries }) {
  const vectors = new Vectors(dimensions, count * 10);
  const build = cpu(() => {
    for (let place = 0; place < 10; place += 1) {
      const begin = Math.floor((place * dimensions) / 10);
      const cut = rows.subarray(begin, begin + (count - 1) * dimensions);
      blocks({ dimensions, count: count - 1, rows: cut }, (part) => vectors.push(part));
    }
  });
  const few = queries.slice(0, 25);
  few.slice(0, 3).forEach((query) => vectors.top(query, TOP));
  const found = againstRead(vectors, few);
  vectors.free();
  const name = `exact top ${TOP} of ${(count - 1) * 10} × ${dimensions}`;
  return [
    { name, value: `${found.top.toFixed(1)} ms`, how: `wasm, CPU, median of ${few.length}; built in ${(build / 1000).toFixed(1)} s` },
    ...ratios(name, found),
  ];
}

/** What a query that reads few values loses. @param {any} Vectors @param {Data} data @param {number[][]} exact @returns {Figure[]} */
function cells(Vectors, data, exact) {
  const vectors = new Vectors(data.dimensions, 0);
  const coded = cpu(() => blocks(data, (part) => vectors.code(part)));
  let values = 0;
  const grouped = cpu(() => (values = vectors.group(80_000)));
  const name = `cells of ${data.count} × ${data.dimensions}`;
  const how = `${data.what}; 4 bits a coordinate, ${values} values and a routing of ${vectors.routing()} bytes; recall@${TOP} of the embeddings alone`;
  const figures = [{ name: `${name}: building them`, value: `${(coded + grouped).toFixed(0)} ms`, how: `CPU, ${coded.toFixed(0)} of it coding` }];
  for (const budget of [300_000, 500_000, 700_000]) {
    const found = data.queries.map((query, at) => within(vectors, query, budget, exact[at] ?? []));
    const reads = mean(found.map(({ reads }) => reads));
    figures.push({ name: `${name}: recall within ${budget / 1000} kB stored`, value: mean(found.map(({ recall }) => recall)).toFixed(3), how: `${reads.toFixed(1)} reads; ${how}` });
  }
  vectors.free();
  return figures;
}

/** @param {any} vectors @param {Float32Array} query @param {number} budget @param {number[]} exact */
function within(vectors, query, budget, exact) {
  const stored = (/** @type {number} */ bytes) => (bytes * 4) / 3;
  let left = budget - stored(vectors.routing());
  let reads = 1;
  /** @type {[number, number][]} */
  const found = [];
  for (const value of vectors.probe(query, 16)) {
    const [bytes, ...pairs] = vectors.scan(value, query);
    left -= stored(bytes);
    if (left < 0) break;
    reads += 1;
    for (let at = 0; at < pairs.length; at += 2) found.push([pairs[at], pairs[at + 1]]);
  }
  found.sort((a, b) => b[1] - a[1]);
  return { reads, recall: shared(found.slice(0, TOP).map(([ordinal]) => ordinal), exact) };
}

/** @param {string} name @param {(data: Data) => Promise<Peer>} make @param {Data} data @param {{ took: number, build: number, exact: number[][] }} ours @returns {Promise<Figure>} */
async function beside(name, make, data, ours) {
  const label = `the same, ${name}`;
  if (!existsSync(join(folder, 'node_modules', name.slice(0, name.lastIndexOf('@'))))) return { name: label, value: 'not measured', how: 'npm ci --prefix bench/peers' };
  try {
    const peer = await make(data);
    const took = [];
    const right = [];
    for (const [at, query] of data.queries.entries()) {
      const start = process.cpuUsage();
      const found = await peer.search(query);
      took.push(since(start));
      const wanted = peer.few ? plainly(data.rows.subarray(0, peer.few * data.dimensions), data.dimensions, query) : ours.exact[at];
      right.push(shared(found, wanted ?? []));
    }
    const ratio = `${peer.few ? `of ${peer.few} only; ` : ''}ours takes ${(ours.took / median(took)).toFixed(3)} times as long, its build ${(ours.build / peer.build).toFixed(4)} times`;
    return { name: label, value: `${median(took).toFixed(2)} ms`, how: `CPU, median; recall ${mean(right).toFixed(3)} after ${(peer.build / 1000).toFixed(1)} s of build; ${ratio}` };
  } catch (error) {
    return { name: label, value: 'not measured', how: `does not run here: ${error instanceof Error ? error.message.slice(0, 80) : error}` };
  }
}

/** @type {Record<string, (data: Data) => Promise<Peer>>} */
const peers = {
  'hnswlib-node@3.0.0': async ({ dimensions, count, rows }) => {
    const { HierarchicalNSW } = await load('hnswlib-node');
    const index = new HierarchicalNSW('cosine', dimensions);
    index.initIndex(count, 16, 200);
    const build = cpu(() => { for (let at = 0; at < count; at += 1) index.addPoint([...row(rows, dimensions, at)], at); });
    index.setEf(64);
    return { build, search: (query) => index.searchKnn([...query], TOP).neighbors };
  },
  'usearch@2.26.2': async ({ dimensions, count, rows }) => {
    const usearch = await load('usearch');
    const index = new usearch.Index({ dimensions, metric: 'cos', quantization: 'f32' });
    // In parts and in one thread: what else the machine does must not be waited for.
    const build = cpu(() => {
      for (let at = 0; at < count; at += 1_000) {
        const many = Math.min(1_000, count - at);
        index.add(BigUint64Array.from({ length: many }, (_, one) => BigInt(at + one)), rows.slice(at * dimensions, (at + many) * dimensions), 1);
      }
    });
    return { build, search: (query) => [...index.search(query, TOP, 1).keys].map(Number) };
  },
  '@orama/orama@3.1.18': async ({ dimensions, count, rows }) => {
    const { create, insertMultiple, searchVector } = await load('@orama/orama');
    const index = create({ schema: { place: 'number', embedding: `vector[${dimensions}]` } });
    const all = Array.from({ length: count }, (_, place) => ({ id: String(place), place, embedding: [...row(rows, dimensions, place)] }));
    const start = process.cpuUsage();
    await insertMultiple(index, all, 1000);
    const build = since(start);
    const ask = async (/** @type {Float32Array} */ query) => searchVector(index, { mode: 'vector', vector: { value: [...query], property: 'embedding' }, similarity: 0, limit: TOP });
    return { build, search: async (query) => (await ask(query)).hits.map((/** @type {{ id: string }} */ { id }) => Number(id)) };
  },
  'voy-search@0.6.3': async ({ dimensions, count, rows }) => {
    const few = Math.min(count, 20_000);
    const { Voy } = await loadVoy();
    // It ranks by distance, which is the order of the angles for vectors of length 1 alone.
    const unit = (/** @type {Float32Array} */ vector) => { const length = Math.hypot(...vector); return vector.map((x) => x / length); };
    const embeddings = Array.from({ length: few }, (_, at) => ({ id: String(at), title: '', url: '', embeddings: [...unit(row(rows, dimensions, at))] }));
    let index = /** @type {any} */ (undefined);
    const build = cpu(() => (index = new Voy({ embeddings })));
    return { build, few, search: (query) => index.search(unit(query), TOP).neighbors.map((/** @type {{ id: string }} */ { id }) => Number(id)) };
  },
};

/** Made for bundlers: it has no entry that Node finds, its modules do not say that they are, and one of them is the wasm. */
async function loadVoy() {
  const at = join(folder, 'node_modules/voy-search');
  const glue = await import(`data:text/javascript;base64,${readFileSync(join(at, 'voy_search_bg.js')).toString('base64')}`);
  const { instance } = await WebAssembly.instantiate(readFileSync(join(at, 'voy_search_bg.wasm')), { './voy_search_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  return glue;
}

/** @param {string} name */
async function load(name) {
  const path = createRequire(folder).resolve(name);
  const module = await import(pathToFileURL(path).href);
  return module.default ?? module;
}

/** Topics with noise, from a seed: neighbors are not far apart, as with texts. @param {number} count @param {number} dimensions @returns {Data} */
function made(count, dimensions) {
  let state = 2026;
  const uniform = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const normal = () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
  const vector = (/** @type {number} */ scale) => Float32Array.from({ length: dimensions }, () => normal() * scale);
  const topics = Array.from({ length: Math.ceil(count / 200) }, () => vector(1));
  const near = () => {
    const topic = topics[Math.floor(uniform() * topics.length)] ?? vector(1);
    return vector(1.1).map((x, at) => x + (topic[at] ?? 0));
  };
  const rows = new Float32Array(count * dimensions);
  for (let at = 0; at < count; at += 1) rows.set(near(), at * dimensions);
  return { dimensions, count, rows, queries: Array.from({ length: QUERIES }, near), what: 'made from a seed' };
}

/** Embeddings of public tickets, as float16 in .npy files. @returns {Data[]} */
function real() {
  const data = process.env.QUILLGATE_DATA;
  if (!data) return [];
  const open = (/** @type {string} */ name) => npy(readFileSync(join(data, 'retrieval/embeddings', name)));
  const { dimensions, rows } = open('jira-known-item.docs.npy');
  const asked = open('jira-known-item.q.npy').rows;
  const queries = Array.from({ length: QUERIES }, (_, at) => row(asked, dimensions, at));
  return [{ dimensions, count: rows.length / dimensions, rows, queries, what: 'MiniLM vectors of tickets' }];
}

/** @param {Buffer} file */
function npy(file) {
  const begin = 10 + file.readUInt16LE(8);
  const dimensions = Number(/, (\d+)\)/.exec(file.toString('latin1', 10, begin))?.[1]);
  const rows = new Float32Array((file.length - begin) / 2);
  for (let at = 0; at < rows.length; at += 1) rows[at] = half(file.readUInt16LE(begin + at * 2));
  return { dimensions, rows };
}

/** @param {number} bits */
function half(bits) {
  const exponent = (bits >> 10) & 31;
  const size = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
  return bits >> 15 ? -size : size;
}

/** @param {Float32Array} rows @param {number} dimensions @param {number} at */
const row = (rows, dimensions, at) => rows.subarray(at * dimensions, (at + 1) * dimensions);

/** @param {Pick<Data, 'dimensions' | 'count' | 'rows'>} data @param {(part: Float32Array) => void} work */
function blocks({ dimensions, count, rows }, work) {
  for (let at = 0; at < count; at += 5_000) work(rows.subarray(at * dimensions, Math.min(at + 5_000, count) * dimensions));
}

/** @param {Float32Array} rows @param {number} dimensions @param {Float32Array} query */
function plainly(rows, dimensions, query) {
  const scores = Array.from({ length: rows.length / dimensions }, (_, at) => {
    let [dot, squares] = [0, 0];
    for (let place = 0; place < dimensions; place += 1) {
      const x = rows[at * dimensions + place] ?? 0;
      dot += x * (query[place] ?? 0);
      squares += x * x;
    }
    return /** @type {const} */ ([at, dot / Math.sqrt(squares)]);
  });
  return scores.sort((a, b) => b[1] - a[1]).slice(0, TOP).map(([at]) => at);
}

/** @param {number[]} found @param {number[]} wanted */
const shared = (found, wanted) => wanted.filter((at) => found.includes(at)).length / wanted.length;

/** @param {number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {() => void} work */
function cpu(work) {
  const start = process.cpuUsage();
  work();
  return since(start);
}

/** @param {NodeJS.CpuUsage} start */
function since(start) {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 100_000);
  for (const { name, value, how } of await searchVectors(count)) console.log(`${name}: ${value} (${how})`);
}
