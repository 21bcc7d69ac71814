// @ts-check
// Makes a fresh machine ready: each step is skipped when there is nothing to do, and says what it does and how long it takes.
// Needs Node and nothing else; builds nothing of the product.
//
//   node dev/setup.mjs                 everything, for tests too
//   node dev/setup.mjs --for start     what building and running needs

import { browser } from './setup/browser.mjs';
import { node22, packages, providerLibraries } from './setup/npm.mjs';
import { rust, wasmTarget } from './setup/rust.mjs';
import { say, seconds, timed } from './setup/step.mjs';
import { wasmBindgen, wasmPack } from './setup/tools.mjs';

/** @typedef {{ title: string, isDone: () => boolean, work: () => Promise<void> }} Step */

/** @type {Record<string, Step[][]>} for each purpose the steps, in lanes that do not need each other */
const purposes = {
  start: [[packages], [wasmTarget, wasmBindgen]],
  build: [[packages], [wasmTarget, wasmBindgen]],
  test: [[packages, node22, providerLibraries, browser], [wasmTarget, wasmBindgen, wasmPack]],
};

const purpose = process.argv[2] === '--for' ? process.argv[3] : 'test';
const lanes = purposes[purpose ?? ''];
if (!lanes || process.argv.length > 4) {
  say('usage: node dev/setup.mjs [--for start|build|test]');
  process.exit(2);
}

const start = Date.now();
const missing = [[rust], ...lanes].map((lane) => lane.filter((step) => !step.isDone()));
const titles = missing.flat().map(({ title }) => title);
if (titles.length > 0) {
  say(`Setting up: ${titles.join(', ')}`);
  const [first, ...others] = missing;
  const failed = (await all([first ?? []])) || (await all(others));
  if (failed) process.exit(1);
  say(`Set up in ${seconds(start)}.`);
}

/**
 * Works through lanes at once; says what failed, when all have ended.
 * @param {Step[][]} steps
 * @returns {Promise<boolean>} whether one failed
 */
async function all(steps) {
  const ended = await Promise.allSettled(
    steps.map(async (lane) => {
      for (const step of lane) await timed(step.title, step.work);
    }),
  );
  const reasons = ended.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  for (const reason of reasons) say(`✗ ${reason instanceof Error ? reason.message : reason}`);
  return reasons.length > 0;
}
