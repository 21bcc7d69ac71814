// @ts-check
// What a call to a model costs before and after the network: deciding the route, building the request and reading the answer, the
// boundary included, by the verbs and, as conversations, through the door that every call of the app takes; beside the providers' own
// libraries and the one most used in front of them. In one process, by turns, net of a bare `fetch` with JSON. What an invocation pays
// once, an instance and the opening of its key, stands beside it.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findNode22 } from '../dev/setup/where.mjs';
import { median } from './cold-start.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */

const probe = fileURLToPath(new URL('./overhead/probe.mjs', import.meta.url));
const libraries = fileURLToPath(new URL('../tests/provider/node_modules', import.meta.url));

/** @returns {Figure[]} */
export function overhead() {
  if (!existsSync(libraries)) return [{ name: 'overhead of a call', value: 'not measured', how: 'npm ci --prefix tests/provider' }];
  const output = execFileSync(findNode22() ?? process.execPath, ['--expose-gc', probe], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const { node, made, grown, memory, beside } = JSON.parse(output.slice(output.indexOf('{"node"')));
  /** @type {Map<string, number>} */
  const cpu = new Map(made.map((/** @type {any} */ { name, times }) => [name, median(times)]));
  const of = (/** @type {string} */ name) => cpu.get(name) ?? NaN;
  const how = `${node}; median of 15 rounds of 1,000 calls by turns, CPU of the process, less that of a bare fetch with JSON of the same API`;
  /** @type {Figure[]} */
  const figures = ['chat', 'messages', 'gemini'].map((api) => ({
    name: `overhead of a call: ours, ${api}`, value: `${(of(`ours ${api}`) - of(`bare ${api}`)).toFixed(1)} µs`, how: `${how} (${of(`bare ${api}`).toFixed(1)} µs)`,
  }));
  for (const api of ['chat', 'messages', 'gemini']) {
    figures.push({ name: `overhead of a call: ours, ${api}, as a conversation`, value: `${(of(`ours ${api}, as a conversation`) - of(`bare ${api}`)).toFixed(1)} µs`, how: `${how}; through the door that every call of the app takes: a core for it alone, the request an effect that passed the gate, its answer an outcome` });
  }
  for (const { name, api } of made.filter((/** @type {any} */ { name }) => !/^(bare|ours) /.test(name))) {
    const [theirs, own] = [of(name) - of(`bare ${api}`), of(`ours ${api}`) - of(`bare ${api}`)];
    figures.push({ name: `overhead of a call: ${name}`, value: `${theirs.toFixed(1)} µs, ${(theirs / own).toFixed(1)} times ours`, how });
  }
  const heaps = made.filter((/** @type {any} */ { name }) => !name.startsWith('bare')).map((/** @type {any} */ { name, heap }) => `${name} ${kilobytes(heap)}`);
  const once = (/** @type {string} */ name) => median(beside[name]);
  figures.push(
    { name: 'beside it, once an invocation: an instance', value: `${once('instance').toFixed(0)} µs`, how: `${node}; median of 15 rounds of 20: made of the compiled module, and its memory overwritten, CPU of the process` },
    { name: 'beside it, once an invocation: opening a sealed key', value: `${(once('opening') - once('conversation')).toFixed(1)} µs`, how: `${node}; median of 15 rounds of 1,000 of the verb open, less that of a conversation that does next to nothing (${once('conversation').toFixed(1)} µs)` },
    { name: 'heap that 15,000 calls of the core leave behind', value: kilobytes(grown), how: 'after a collection; linear memory beside it' },
    { name: 'linear memory of the core after them', value: `${(memory / 2 ** 20).toFixed(1)} MiB`, how: 'one instance for all calls of the process' },
    { name: 'heap with the code loaded and one call made', value: heaps.join(', '), how: 'in this order in one process: what comes later shares what was there' },
  );
  return figures;
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { name, value, how } of overhead()) console.log(`${name}: ${value}\n    ${how}`);
}
