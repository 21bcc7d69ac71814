// @ts-check
// Measures what a user or an operator feels, prints one table and writes it to RESULTS.md: `npm run bench`.
// With names of parts it takes these alone and leaves the other lines as they are: `node bench/run.mjs searchStore searchMemory`.
// Each figure says how it was taken.

import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { bundle } from './bundle.mjs';
import { coldStart } from './cold-start.mjs';
import { mainJob } from './main-job.mjs';
import { markdown } from './markdown.mjs';
import { masking } from './masking.mjs';
import { maskingQuality } from './masking-quality.mjs';
import { overhead } from './overhead.mjs';
import { searchMeaning } from './search-meaning.mjs';
import { searchMemory } from './search-memory.mjs';
import { searchMillion } from './search-million.mjs';
import { searchStore } from './search-store.mjs';
import { searchVectors } from './search-vectors.mjs';
import { size } from './size.mjs';

/** @typedef {{ name: string, value: string, how: string }} Figure */

/** @type {(() => Figure[] | Promise<Figure[]>)[]} */
const parts = [size, coldStart, bundle, mainJob, markdown, masking, maskingQuality, overhead, searchStore, searchMillion, searchMeaning, searchMemory, searchVectors];

/** From an empty machine with Node to a built app, taken by hand and not by this command, with both cores busy. @type {Figure[]} */
const byHand = [
  { name: 'set-up: npm packages', value: '59 s', how: 'by hand, two busy cores' },
  { name: 'set-up: wasm-bindgen-cli; wasm-pack and Node 22', value: '112 s; 88 s', how: 'by hand, two busy cores' },
  { name: 'set-up: first build of core and pages', value: '131 s', how: 'by hand, two busy cores' },
];

const file = new URL('RESULTS.md', import.meta.url);
const load = loadavg()[0] ?? 0;
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) throw new Error(`no part is called ${unknown.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}`);
/** @type {Figure[]} */
const figures = [];
for (const part of parts.filter(({ name }) => asked.length === 0 || asked.includes(name))) figures.push(...(await part()));

const text = asked.length === 0 ? whole() : mended(readFileSync(file, 'utf8'));
writeFileSync(file, text);
console.log(text);

function whole() {
  return `# Results

\`npm run bench\` writes this file. Where a figure is a median, the command took it n times; the lines by hand are not taken again.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${load.toFixed(1)} at the start.
Node ${process.version} on ${process.platform} ${process.arch}. Measured ${new Date().toISOString().slice(0, 10)}.

| what | figure | how |
|---|---|---|
${[...figures, ...byHand].map(line).join('\n')}
`;
}

/** The file with the new figures where those of the same names stand, unless they were not taken, and the others at its end. @param {string} before */
function mended(before) {
  const left = new Map(figures.map((figure) => [figure.name, figure]));
  const lines = before.trimEnd().split('\n').map((old) => {
    const name = /^\| (.*?) \| /.exec(old)?.[1] ?? '';
    const found = left.get(name);
    left.delete(name);
    return found && found.value !== 'not measured' ? line(found) : old;
  });
  return `${[...lines, ...[...left.values()].map(line)].join('\n')}\n`;
}

/** @param {Figure} figure */
function line({ name, value, how }) {
  const taken = asked.length === 0 ? how : `${how}; load ${load.toFixed(1)}`;
  return `| ${name} | ${value} | ${taken} |`;
}
