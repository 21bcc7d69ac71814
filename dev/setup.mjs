// @ts-check
// Makes a fresh machine ready: each step is skipped when there is nothing to do, and says what it does and how long it takes.
// Needs Node and nothing else; builds nothing of the product.
//
//   node dev/setup.mjs                 everything, for tests too
//   node dev/setup.mjs --for start     what building and running needs

import { browser } from './setup/browser.mjs';
import { node22, packages } from './setup/npm.mjs';
import { rust, wasmTarget } from './setup/rust.mjs';
import { say, seconds, timed } from './setup/step.mjs';
import { wasmBindgen, wasmPack } from './setup/tools.mjs';

/** @typedef {{ title: string, isDone: () => boolean, work: () => Promise<void> }} Step */

/** @type {Record<string, Step[]>} */
const purposes = {
  start: [rust, packages, wasmTarget, wasmBindgen],
  build: [rust, packages, wasmTarget, wasmBindgen],
  test: [rust, packages, wasmTarget, wasmBindgen, wasmPack, node22, browser],
};

const purpose = process.argv[2] === '--for' ? process.argv[3] : 'test';
const steps = purposes[purpose ?? ''];
if (!steps || process.argv.length > 4) {
  say('usage: node dev/setup.mjs [--for start|build|test]');
  process.exit(2);
}

const start = Date.now();
try {
  const missing = steps.filter((step) => !step.isDone());
  if (missing.length > 0) say(`Setting up: ${missing.map((step) => step.title).join(', ')}`);
  for (const step of missing) await timed(step.title, step.work);
  if (missing.length > 0) say(`Set up in ${seconds(start)}.`);
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
