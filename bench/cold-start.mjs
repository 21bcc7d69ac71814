// @ts-check
// How long the core takes to be ready in a new process, and a new instance of it in a warm one.
// Calls no use case.

import { execFileSync } from 'node:child_process';

const RUNS = 15;
const probe = `
  const heap = () => (globalThis.gc?.(), process.memoryUsage().heapUsed);
  const before = heap();
  const start = performance.now();
  const { makeCore } = await import(process.argv[1]);
  makeCore();
  const cold = performance.now() - start;
  const added = heap() - before;
  const warm = performance.now();
  for (let i = 0; i < 200; i += 1) makeCore();
  console.log(JSON.stringify({ cold, added, fresh: (performance.now() - warm) / 200 }));
`;

/** @returns {import('./run.mjs').Figure[]} */
export function coldStart() {
  const core = new URL('../src/shim/core.js', import.meta.url).href;
  const runs = Array.from({ length: RUNS }, () => JSON.parse(execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', probe, core], { encoding: 'utf8' })));
  const how = `median of ${RUNS} new processes`;
  return [
    { name: 'cold start of the core', value: milliseconds(runs.map(({ cold }) => cold)), how: `import, compile, instantiate; ${how}` },
    { name: 'JS heap that the loaded core adds', value: `${(median(runs.map(({ added }) => added)) / 1000).toFixed(0)} kB`, how: `after a collection; its linear memory and its code are the engine's; ${how}` },
    { name: 'a fresh instance', value: milliseconds(runs.map(({ fresh }) => fresh)), how: `mean of 200 in a warm process; ${how}` },
  ];
}

/** @param {number[]} values */
export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @param {number[]} values */
export const milliseconds = (values) => `${median(values).toFixed(2)} ms`;
