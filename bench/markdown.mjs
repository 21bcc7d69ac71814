// @ts-check
// ADF as Markdown and as excerpts, from JSON text, beside the npm packages that do the same, in one run.
// The packages lie apart (bench/peers). Without them the lines say how to get them.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadCore } from '../dev/core.mjs';
import { median } from './cold-start.mjs';
import { documents, longDocument, realDocuments } from './documents.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {Record<string, (body: string) => unknown>} Works by name */

const ROUNDS = 15;
const WARM = 3;
const folder = fileURLToPath(new URL('./peers/', import.meta.url));

/** @returns {Promise<Figure[]>} */
export async function markdown() {
  const core = loadCore();
  const made = documents(600);
  const real = process.env['QUILLGATE_DATA'];
  const figures = await compared(core, made, `${made.length} made documents`);
  if (real) {
    const found = realDocuments(real);
    figures.push(...(await compared(core, found, `${found.length} real documents`)));
  }
  return [...figures, growth(core)];
}

/** @param {ReturnType<typeof loadCore>} core @param {string[]} bodies @param {string} what */
async function compared(core, bodies, what) {
  const megabytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(body), 0) / 1e6;
  const works = { ...ours(core), ...(await peers(core)) };
  const took = await quietly(() => rounds(works, bodies));
  const speed = (/** @type {string} */ name) => megabytes / ((took[name] ?? Infinity) / 1000);
  const how = `median of ${ROUNDS} rounds over ${megabytes.toFixed(1)} MB of ADF, CPU, all of them by turns in one warm process`;
  const lines = Object.keys(works).map((name) => ({ name: `${what}: ${name}`, value: `${speed(name).toFixed(0)} MB/s`, how }));
  if (!('JSON.parse, adf-to-md' in works)) return [...lines, absent(what)];
  const times = (/** @type {string} */ one, /** @type {string} */ other) => `${(speed(one) / speed(other)).toFixed(2)} ×`;
  return [
    ...lines,
    { name: `${what}: Markdown, ours to adf-to-md`, value: times(MARKDOWN, 'JSON.parse, adf-to-md'), how: 'that package drops half the kinds of nodes' },
    { name: `${what}: Markdown, ours to adf-to-markdown`, value: times(MARKDOWN, 'JSON.parse, adf-to-markdown'), how: 'that package escapes no Markdown and drops layouts' },
    { name: `${what}: excerpts, ours from ADF to langchain's from ADF`, value: times(EXCERPTS, LANGCHAIN_ADF), how: 'that package cuts the Markdown of adf-to-md, and bounds no tokens' },
    { name: `${what}: excerpts, ours from ADF to langchain's from finished Markdown`, value: times(EXCERPTS, LANGCHAIN), how: 'for the same documents: theirs reads no ADF here' },
  ];
}

const MARKDOWN = 'Markdown';
const EXCERPTS = 'excerpts';
const LANGCHAIN = 'finished Markdown, langchain MarkdownTextSplitter';
const LANGCHAIN_ADF = 'JSON.parse, adf-to-md, langchain MarkdownTextSplitter';

/** @param {ReturnType<typeof loadCore>} core @returns {Works} */
function ours(core) {
  return {
    [MARKDOWN]: (body) => core.markdown({ id: 1, format: 'adf', body }),
    [EXCERPTS]: (body) => core.excerpts({ id: 1, format: 'adf', body }),
  };
}

/** @param {ReturnType<typeof loadCore>} core @returns {Promise<Works>} */
async function peers(core) {
  if (!existsSync(`${folder}node_modules/adf-to-md`)) return {};
  const require = createRequire(folder);
  const [plain, kept, splitters] = [require('adf-to-md'), require('adf-to-markdown'), require('@langchain/textsplitters')];
  const splitter = new splitters.MarkdownTextSplitter({ chunkSize: 1800, chunkOverlap: 0 });
  /** @type {Map<string, string>} made once: in the rounds that warm up */
  const made = new Map();
  const finished = (/** @type {string} */ body) => {
    const markdown = made.get(body) ?? core.markdown({ id: 1, format: 'adf', body }).markdown;
    made.set(body, markdown);
    return markdown;
  };
  return {
    'JSON.parse': (body) => JSON.parse(body),
    'JSON.parse, adf-to-md': (body) => plain.convert(JSON.parse(body)),
    'JSON.parse, adf-to-markdown': (body) => kept.convertADFToMarkdown(JSON.parse(body)),
    [LANGCHAIN_ADF]: (body) => splitter.splitText(plain.convert(JSON.parse(body)).result),
    [LANGCHAIN]: (body) => splitter.splitText(finished(body)),
  };
}

/** @param {string} what @returns {Figure} */
function absent(what) {
  return { name: `${what}: other packages`, value: 'not measured', how: 'npm ci --prefix bench/peers' };
}

/**
 * What CPU each takes for all bodies, in milliseconds, the collector's included. They take turns, so that what else the machine does meets all.
 * @param {Works} works @param {string[]} bodies @returns {Promise<Record<string, number>>}
 */
async function rounds(works, bodies) {
  const took = Object.fromEntries(Object.keys(works).map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < ROUNDS + WARM; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const start = process.cpuUsage();
      for (const body of bodies) {
        const pending = attempt(work, body);
        if (pending instanceof Promise) await pending;
      }
      const { user, system } = process.cpuUsage(start);
      took[name]?.push((user + system) / 1000);
    }
  }
  return Object.fromEntries(Object.entries(took).map(([name, all]) => [name, median(all.slice(WARM))]));
}

/** Some packages throw at what they do not know. @param {(body: string) => unknown} work @param {string} body */
function attempt(work, body) {
  try {
    return work(body);
  } catch {
    return undefined;
  }
}

/** Runs without the packages' warnings, whose printing would cost more than their work. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
async function quietly(work) {
  const { log, warn, error } = console;
  Object.assign(console, { log: () => {}, warn: () => {}, error: () => {} });
  try {
    return await work();
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

/** Eight times the body, how many times as long: the worst of several kinds of bodies. @param {ReturnType<typeof loadCore>} core @returns {Figure} */
function growth(core) {
  const once = (/** @type {string} */ body) => {
    const start = performance.now();
    core.markdown({ id: 1, format: 'adf', body });
    return performance.now() - start;
  };
  const found = Object.entries(bodies).map(([name, make]) => {
    const [short, long] = [make(1), make(8)];
    // the least of many, by turns: what else the machine does only adds to it
    let [least, most] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS + WARM; round += 1) {
      for (let turn = 0; turn < 8; turn += 1) least = Math.min(least, once(short));
      most = Math.min(most, once(long));
    }
    return { name, times: most / least };
  });
  const worst = found.reduce((a, b) => (b.times > a.times ? b : a));
  return { name: 'eight times the body, at most so many times as long', value: `${worst.times.toFixed(1)} ×`, how: `Markdown of ${found.length} kinds of bodies, the least of ${ROUNDS} rounds by turns; the worst is ${worst.name}` };
}

/** Bodies that a quadratic step anywhere would show in. @type {Record<string, (times: number) => string>} */
const bodies = {
  paragraphs: (n) => longDocument('paragraph', 500 * n),
  'code blocks': (n) => longDocument('code', 300 * n),
  lists: (n) => longDocument('bullets', 200 * n),
  tables: (n) => longDocument('table', 100 * n),
  'one paragraph': (n) => adf([{ type: 'paragraph', content: Array.from({ length: 2000 * n }, (_, at) => ({ type: 'text', text: `a${at}*_ `, marks: [{ type: at % 2 ? 'strong' : 'em' }] })) }]),
  'one text': (n) => adf([{ type: 'paragraph', content: [{ type: 'text', text: 'a*b_c[d]\n&<'.repeat(5000 * n) }] }]),
  'one link': (n) => adf([{ type: 'paragraph', content: Array.from({ length: 2000 * n }, () => ({ type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'https://example.com/' } }] })) }]),
  'one table': (n) => adf([{ type: 'table', content: Array.from({ length: 200 * n }, () => ({ type: 'tableRow', content: Array.from({ length: 10 }, () => ({ type: 'tableHeader', content: [{ type: 'paragraph', content: [{ type: 'text', text: '|' }] }] })) })) }]),
  'unknown nodes': (n) => adf(Array.from({ length: 1000 * n }, (_, at) => ({ type: 'unheardOf', attrs: { at }, content: [{ type: 'text', text: 'a' }, null, 5, 'b'] }))),
  'members of one node': (n) => adf([{ type: 'paragraph', attrs: Object.fromEntries(Array.from({ length: 2000 * n }, (_, at) => [`a${at}`, at])), content: [] }]),
  'lists in lists': (n) => adf(Array.from({ length: 6 * n }, () => nested(25))),
};

/** @param {unknown[]} content */
const adf = (content) => JSON.stringify({ version: 1, type: 'doc', content });

/** @param {number} depth @returns {object} */
function nested(depth) {
  const text = { type: 'paragraph', content: [{ type: 'text', text: 'deep' }] };
  return { type: 'bulletList', content: [{ type: 'listItem', content: depth === 0 ? [text] : [text, nested(depth - 1)] }] };
}
