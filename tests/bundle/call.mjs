// @ts-check
// Calls one handler of a bundle, as a new process of the platform would: `node call.mjs BUNDLE HANDLER PAYLOAD`.
// Prints the answer, how long it took, and what the loaded bundle added to the heap (with `--expose-gc`), as JSON.

import { createRequire } from 'node:module';
import { backend, emptySite, request } from '../shim/calls.mjs';
import { forge } from '../shim/forge.mjs';

const [bundle, handler, payload] = /** @type {[string, string, string]} */ (process.argv.slice(2));
process.chdir('/');
process.env.QUILLGATE_ROOT_1 = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64url');
forge.door = emptySite;

const before = heap();
const start = performance.now();
const handlers = createRequire(import.meta.url)(bundle);
const loadMs = performance.now() - start;
const heapBytes = heap() - before;
const value = JSON.parse(payload);
const asked = performance.now();
const answer = await handlers[handler](handler === 'resolve' ? request(value) : value, backend);
const answerMs = performance.now() - asked;
process.stdout.write(`${JSON.stringify({ node: process.version, names: Object.keys(handlers).sort(), answer, loadMs, heapBytes, answerMs })}\n`);

/** Bytes of live objects. */
function heap() {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
