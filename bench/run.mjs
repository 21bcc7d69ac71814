// @ts-check
// Measures what a user or an operator feels, and prints one table: `npm run bench`.
// Compares with nothing yet that is not ours; each figure says how it was taken.

import { cpus } from 'node:os';
import { bundle } from './bundle.mjs';
import { coldStart } from './cold-start.mjs';
import { size } from './size.mjs';

/** @typedef {{ name: string, value: string, how: string }} Figure */

const parts = [size, coldStart, bundle];

/** @type {Figure[]} */
const figures = [];
for (const part of parts) figures.push(...(await part()));

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}\n`);
console.log('| what | figure | how |\n|---|---|---|');
for (const { name, value, how } of figures) console.log(`| ${name} | ${value} | ${how} |`);
