// @ts-check
// Requests to APIs without a public specification, held against the types of their own libraries by TypeScript, which
// refuses a field that a type does not have. Every request of the grid is one literal.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, test } from 'node:test';
import { loadCore } from '../../dev/core.mjs';
import { questions } from './grid.mjs';

const core = loadCore();
const here = fileURLToPath(new URL('.', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'quillgate-types-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const HEAD = `import type Anthropic from '@anthropic-ai/sdk';
import type { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import type { chat } from '@forge/llm';
import type OpenAI from 'openai';
type Messages = Anthropic.MessageCreateParamsNonStreaming;
/** The library takes the model out of the body, which is in the address, and puts the version in. */
type OnVertex = Omit<Parameters<AnthropicVertex['messages']['create']>[0], 'model' | 'stream'> & { anthropic_version: '2026-10-21' };
type Forge = Omit<Parameters<typeof chat>[0], 'model'> & { stream: false };
type Chat = OpenAI.ChatCompletionCreateParamsNonStreaming;
type Responses = OpenAI.Responses.ResponseCreateParamsNonStreaming;
type Embeddings = OpenAI.EmbeddingCreateParams;
`;
const TYPES = { messages: 'Messages', rawPredict: 'OnVertex', forge: 'Forge', chat: 'Chat', compatible: 'Chat', responses: 'Responses', embeddings: 'Embeddings', compatibleEmbeddings: 'Embeddings' };

/** @param {string} source @returns {string} what the compiler says */
function compile(source) {
  writeFileSync(join(folder, 'requests.ts'), HEAD + source);
  const tsc = join(here, '../../node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, join(folder, 'requests.ts')], { encoding: 'utf8', cwd: folder });
  return stdout;
}

test("Anthropic's, Atlassian's and OpenAI's requests, and those of servers that speak as OpenAI does, have the types of their libraries", () => {
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const all = questions().filter(({ api }) => api in TYPES);
  const literals = all.map(({ api, name, line }, n) => {
    const { request } = core.request({ id: name, ...line });
    const type = TYPES[/** @type {keyof typeof TYPES} */ (api)];
    return `// ${name.replaceAll('\n', ' ')}\nexport const r${n}: ${type} = ${request.body};`;
  });
  for (const api of Object.keys(TYPES)) assert.ok(all.some((one) => one.api === api), api);
  assert.ok(all.length > 700, String(all.length));
  console.log(`# ${all.length} requests have the types of the libraries`);
  assert.equal(compile(literals.join('\n')), '');
});

test('the types refuse what the API does not have', () => {
  const wrong = `export const a: Messages = { "model": "m", "max_tokens": 1, "messages": [], "temperature": 1 };
export const b: Messages = { "model": "m", "max_tokens": 1, "messages": [], "output_config": { "effort": "some" } };
export const c: Forge = { "messages": [], "stream": false, "response_format": {} };
export const d: OnVertex = { "anthropic_version": "2026-10-21", "max_tokens": 1, "messages": [], "top_k": 1 };
export const e: OnVertex = { "anthropic_version": "2023-10-16", "max_tokens": 1, "messages": [] };
export const f: OnVertex = { "anthropic_version": "2026-10-21", "max_tokens": 1, "messages": [], "model": "m" };
export const g: Chat = { "model": "m", "messages": [], "max_output_tokens": 1 };
export const h: Chat = { "model": "m", "messages": [{ "role": "robot", "content": "x" }] };
export const i: Embeddings = { "model": "m", "input": ["a"], "task_type": "x" };
export const j: Responses = { "model": "m", "input": "x", "max_tokens": 1 };`;
  const lines = new Set([...compile(wrong).matchAll(/requests\.ts\((\d+),/g)].map((match) => match[1]));
  assert.equal(lines.size, 10);
});
