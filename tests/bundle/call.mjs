// @ts-check
// Calls one handler of a bundle, as a new process of the platform would: `node call.mjs BUNDLE HANDLER PAYLOAD`.
// Prints the answer and how long it took, as JSON.

import { createRequire } from 'node:module';
import { backend, emptySite, request } from '../shim/calls.mjs';
import { forge } from '../shim/forge.mjs';

const [bundle, handler, payload] = /** @type {[string, string, string]} */ (process.argv.slice(2));
process.chdir('/');
process.env.QUILLGATE_ROOT_1 = Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64url');
forge.door = emptySite;

const start = performance.now();
const handlers = createRequire(import.meta.url)(bundle);
const loaded = performance.now();
const value = JSON.parse(payload);
const answer = await handlers[handler](handler === 'resolve' ? request(value) : value, backend);
const answered = performance.now();
process.stdout.write(`${JSON.stringify({ node: process.version, names: Object.keys(handlers).sort(), answer, loadMs: loaded - start, answerMs: answered - loaded })}\n`);
