// @ts-check
// Measures what a user or an operator feels, prints one table and writes it to RESULTS.md: `npm run bench`.
// Each figure says how it was taken.

import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { bundle } from './bundle.mjs';
import { coldStart } from './cold-start.mjs';
import { mainJob } from './main-job.mjs';
import { markdown } from './markdown.mjs';
import { masking } from './masking.mjs';
import { overhead } from './overhead.mjs';
import { searchMemory } from './search-memory.mjs';
import { searchStore } from './search-store.mjs';
import { searchVectors } from './search-vectors.mjs';
import { size } from './size.mjs';

/** @typedef {{ name: string, value: string, how: string }} Figure */

/** @type {(() => Figure[] | Promise<Figure[]>)[]} */
const parts = [size, coldStart, bundle, mainJob, markdown, masking, overhead, searchStore, searchMemory, searchVectors];

/** From an empty machine with Node to a built app, taken by hand and not by this command, with both cores busy. @type {Figure[]} */
const byHand = [
  { name: 'set-up: npm packages', value: '59 s', how: 'by hand, two busy cores' },
  { name: 'set-up: wasm-bindgen-cli; wasm-pack and Node 22', value: '112 s; 88 s', how: 'by hand, two busy cores' },
  { name: 'set-up: first build of core and pages', value: '131 s', how: 'by hand, two busy cores' },
];

const load = loadavg()[0] ?? 0;
/** @type {Figure[]} */
const figures = [];
for (const part of parts) figures.push(...(await part()));

const text = `# Results

\`npm run bench\` writes this file. Where a figure is a median, the command took it n times; the lines by hand are not taken again.

Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, load ${load.toFixed(1)} at the start.
Node ${process.version} on ${process.platform} ${process.arch}. Measured ${new Date().toISOString().slice(0, 10)}.

| what | figure | how |
|---|---|---|
${[...figures, ...byHand].map(({ name, value, how }) => `| ${name} | ${value} | ${how} |`).join('\n')}
`;
writeFileSync(new URL('RESULTS.md', import.meta.url), text);
console.log(text);
