// @ts-check
// What the core would send beside what the provider's own library sends for the same question: method, address, body, and
// the headers that mean something. Where we differ on purpose is said here, and nowhere else.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { loadCore } from '../../dev/core.mjs';
import { findNode22 } from '../../dev/setup/where.mjs';
import { CASES, PROOFS } from './cases.mjs';
import { questions } from './grid.mjs';

const core = loadCore();
const node = findNode22();
const libraries = fileURLToPath(new URL('node_modules', import.meta.url));

/** Says who calls, with which library, and how often it has tried: nothing that a provider answers by. */
const TALK = /^(user-agent|x-stainless-.*|x-goog-api-client|x-b3-.*)$/;

/**
 * Our differences, by what the name of a case begins with: headers we have and the library has not, or the other way round.
 * @type {{ of: string, ours?: Record<string, string>, theirs?: Record<string, string>, why: string }[]}
 */
const DIFFERENCES = [
  { of: 'vertex: ', ours: { accept: 'application/json' }, why: 'we say that we read JSON; the library for Google says nothing' },
  { of: 'gemini: ', ours: { accept: 'application/json' }, why: 'the same' },
  { of: 'vertex: Claude', ours: {}, why: "Anthropic's library says so too" },
  { of: 'azure-openai: v1, key', ours: { 'api-key': 'KEY' }, theirs: { authorization: 'Bearer KEY' }, why: 'both are taken; a gateway in front of Azure mostly knows api-key alone' },
  { of: 'forge-llm: ', theirs: { 'content-type': 'application/json' }, why: 'the shim sets it, beside the trace that only it knows' },
];

/** @param {string} name */
const differenceOf = (name) => DIFFERENCES.filter(({ of }) => name.startsWith(of)).at(-1) ?? { ours: {}, theirs: {} };

/** @type {Map<string, { sent: any[], problem?: string }>} */
const captured = new Map();

/**
 * The library that is asked what a request of the grid asks: address, frame and key are its own then, and fields that it refuses or
 * rewrites come out. Which fields there are is held against its types.
 * @type {Record<string, (line: any, body: any) => { client: string, options: any, call: string[], args: any[] }>}
 */
const ASKED = {
  compatible: ({ route }, body) => ({ client: 'openai', options: { apiKey: 'KEY', baseURL: route.endpoint }, call: ['chat', 'completions', 'create'], args: [body] }),
  compatibleEmbeddings: ({ route }, body) => ({ client: 'openai', options: { apiKey: 'KEY', baseURL: route.endpoint }, call: ['embeddings', 'create'], args: [body] }),
  rawPredict: ({ route }, { anthropic_version: _, ...body }) => ({ client: 'anthropic-vertex', options: { projectId: route.project, region: route.region }, call: ['messages', 'create'], args: [{ model: route.model, ...body }] }),
};
const asked = questions().filter(({ api }) => api in ASKED).map(({ api, name, line }, at) => {
  const { request } = core.request({ id: name, ...line });
  const body = JSON.parse(request.body);
  return { name: `${at}: ${name}`, request: { ...request, body }, ...ASKED[api]?.(line, body) };
});

test('the libraries are there, and run in Node 22', () => {
  assert.ok(node && existsSync(libraries), 'node dev/setup.mjs brings them');
  const output = execFileSync(node, [fileURLToPath(new URL('capture.mjs', import.meta.url))], { encoding: 'utf8', input: JSON.stringify(asked), stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 1 << 28 });
  const { node: version, captured: all } = JSON.parse(output.slice(output.indexOf('{"node"')));
  assert.match(version, /^v22\./);
  for (const { name, ...one } of all) captured.set(name, one);
});

for (const { name, line } of CASES) {
  test(name, () => {
    const { request } = core.request({ id: name, ...line });
    isTheSame(name, { ...request, body: JSON.parse(request.body) });
  });
}

const proofs = JSON.parse(readFileSync(new URL('../golden/provider/proofs.v1.json', import.meta.url), 'utf8'));
for (const { name } of PROOFS) test(`a test of a connection: ${name}`, () => isTheSame(name, { ...proofs[name], body: proofs[name].body ?? undefined }));

test("every request of the grid to a server of one's own, and to Claude on Vertex AI, is the library's own", () => {
  assert.ok(asked.length > 400, String(asked.length));
  for (const { name, request } of asked) {
    const [theirs, ...more] = captured.get(name)?.sent ?? [];
    assert.deepEqual([theirs?.method, theirs?.url, more.length], [request.method, request.url, 0], `${name}: ${captured.get(name)?.problem}`);
    assert.deepEqual([theirs.body, theirs.headers.authorization], [request.body, request.headers.authorization], name);
  }
  console.log(`# ${asked.length} requests are those of the libraries`);
});

test('every call by which a connection is tested is held against a library', () => {
  assert.deepEqual(PROOFS.map(({ name }) => name).sort(), Object.keys(proofs).sort());
});

/** @param {string} name @param {{ method: string, url: string, headers: Record<string, string>, body: any }} request */
function isTheSame(name, request) {
  const one = captured.get(name);
  assert.equal(one?.sent.length, 1, `the library made no request: ${one?.problem}`);
  const theirs = one?.sent[0];
  const { ours: added = {}, theirs: left = {} } = differenceOf(name);
  assert.deepEqual([request.method, request.url], [theirs.method, theirs.url]);
  assert.deepEqual(request.body, theirs.body);
  const meaningful = Object.fromEntries(Object.entries(theirs.headers).filter(([header]) => !TALK.test(header)));
  assert.deepEqual(without(request.headers, added), without(meaningful, left));
  for (const [header, value] of Object.entries(added)) assert.equal(request.headers[header], value, header);
  for (const [header, value] of Object.entries(left)) assert.equal(meaningful[header], value, header);
}

test('no difference is listed that is none', () => {
  for (const { of } of DIFFERENCES) assert.ok([...CASES, ...PROOFS].some(({ name }) => differenceOf(name) === DIFFERENCES.find((one) => one.of === of)), of);
});

/** @param {Record<string, any>} headers @param {Record<string, any>} names */
const without = (headers, names) => Object.fromEntries(Object.entries(headers).filter(([name]) => !(name in names)));
