// @ts-check
// Answers that providers really gave, read by the core and by a plain oracle. They are read where QUILLGATE_DATA says;
// without it the part is passed over, and says so. Nothing of them is part of the project.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadCore } from '../../dev/core.mjs';
import * as oracle from './oracle.mjs';

const core = loadCore();
const folder = join(process.env['QUILLGATE_DATA'] ?? '', 'providers/recorded');
const isHere = Boolean(process.env['QUILLGATE_DATA']) && existsSync(folder);
const files = isHere ? readdirSync(folder).filter((name) => /\.(json|chunks\.txt)$/.test(name)) : [];
const skip = isHere ? false : 'QUILLGATE_DATA names no folder with providers/recorded';

const vertex = { provider: 'vertex', model: 'm', region: 'eu', project: 'p' };
const azure = { provider: 'azure-openai', model: 'm', endpoint: 'https://res.openai.azure.com' };
const compatible = { provider: 'openai-compatible', model: 'm', endpoint: 'https://llm.example.com/v1' };

/**
 * Whose answer a file holds, by how its name begins. The older completions are another operation, and chunks of Azure's
 * chat are told from its responses by what is in them.
 * @type {[RegExp, { api: string, route: any, kind?: string } | undefined][]}
 */
const OF = [
  [/^google__interactions__/, undefined],
  [/embedding/, { api: 'vectors', route: { provider: 'openai', model: 'm' }, kind: 'embed' }],
  [/^anthropic__/, { api: 'messages', route: { provider: 'anthropic', model: 'm' } }],
  [/^azure__azure-deepseek/, { api: 'chat', route: azure }],
  [/^azure__/, { api: 'responses', route: { ...azure, api: 'responses' } }],
  [/^google__google-vertex/, { api: 'gemini', route: vertex }],
  [/^google__/, { api: 'gemini', route: { provider: 'gemini', model: 'm' } }],
  [/^openai-compatible__|^openai__completion__/, { api: 'chat', route: compatible }],
  [/^openai__chat__azure/, { api: 'chat', route: azure }],
  [/^openai__chat__/, { api: 'chat', route: { provider: 'openai', model: 'm' } }],
  [/^openai__responses__/, { api: 'responses', route: { provider: 'openai', model: 'm', api: 'responses' } }],
];

/** The errors, with their status, which the files do not hold. @type {[RegExp, number, object][]} */
const ERRORS = [
  [/google-429-retry-info/, 429, { code: 'rate-limited', retryable: true, retryAfterMs: 34_400 }],
  [/openai-error/, 429, { code: 'quota', retryable: false }],
  [/reasoning-model-.*-error/, 400, { code: 'bad-request', retryable: false }],
];

/** @param {string} name */
const whose = (name) => {
  const of = OF.find(([pattern]) => pattern.test(name))?.[1];
  return name.startsWith('google-vertex__') && of ? { ...of, route: vertex } : of;
};

test('every recorded file is of an API that is known here', { skip }, () => {
  assert.ok(files.length >= 70);
  for (const name of files) assert.ok(OF.some(([pattern]) => pattern.test(name)), name);
  const passed = files.filter((name) => !whose(name));
  console.log(`# ${files.length - passed.length} recorded answers; ${passed.length} of Google's Interactions API, which is not called`);
});

for (const name of files.length > 0 ? files : ['recorded answers']) {
  const of = whose(name);
  if (isHere && !of) continue;
  test(name, { skip }, () => {
    const { api, route, kind = 'text' } = /** @type {any} */ (of);
    const content = readFileSync(join(folder, name), 'utf8');
    const [, status = 200, problem] = ERRORS.find(([pattern]) => pattern.test(name)) ?? [];
    if (name.endsWith('.chunks.txt')) {
      const lines = content.split('\n').filter((line) => line.trim());
      // One of the recordings has a chunk that is no JSON.
      const chunks = lines.flatMap(parsed);
      const body = lines.map((line) => `data: ${line}\n\n`).join('') + (api === 'chat' ? 'data: [DONE]\n\n' : '');
      const answer = core.response({ id: name, route, kind, status: 200, headers: { 'content-type': 'text/event-stream' }, body });
      check(answer, problem ? { error: problem } : oracle.streams[api]?.(chunks));
    } else {
      const answer = core.response({ id: name, route, kind, status, headers: {}, body: content });
      check(answer, problem ? { error: problem } : /** @type {any} */ (oracle)[api](JSON.parse(content)));
    }
  });
}

/** @param {any} answer @param {any} expected */
function check(answer, expected) {
  if (expected.vectors) {
    assert.deepEqual(singles(answer.vectors), singles(expected.vectors));
  } else if (expected.error) {
    assert.deepEqual(answer.error, typeof expected.error === 'string' ? { code: expected.error, retryable: expected.retryable } : expected.error);
  } else {
    assert.deepEqual(answer.answer, expected);
  }
}

/** @param {string} line @returns {any[]} */
function parsed(line) {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

/** Numbers as vectors hold them. @param {number[][]} vectors */
const singles = (vectors) => vectors.map((vector) => vector.map(Math.fround));
