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
import type { chat } from '@forge/llm';
type Messages = Anthropic.MessageCreateParamsNonStreaming;
type Forge = Omit<Parameters<typeof chat>[0], 'model'> & { stream: false };
`;
const TYPES = { messages: 'Messages', forge: 'Forge' };

/** @param {string} source @returns {string} what the compiler says */
function compile(source) {
  writeFileSync(join(folder, 'requests.ts'), HEAD + source);
  const tsc = join(here, '../../node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
  const { stdout } = spawnSync(process.execPath, [tsc, ...flags, join(folder, 'requests.ts')], { encoding: 'utf8', cwd: folder });
  return stdout;
}

test("Anthropic's and Atlassian's requests have the types of their libraries", () => {
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const all = questions().filter(({ api }) => api in TYPES);
  const literals = all.map(({ api, name, line }, n) => {
    const { request } = core.request({ id: name, ...line });
    const type = TYPES[/** @type {keyof typeof TYPES} */ (api)];
    return `// ${name.replaceAll('\n', ' ')}\nexport const r${n}: ${type} = ${request.body};`;
  });
  assert.ok(all.length > 150);
  assert.equal(compile(literals.join('\n')), '');
});

test('the types refuse what the API does not have', () => {
  const wrong = `export const a: Messages = { "model": "m", "max_tokens": 1, "messages": [], "temperature": 1 };
export const b: Messages = { "model": "m", "max_tokens": 1, "messages": [], "output_config": { "effort": "some" } };
export const c: Forge = { "messages": [], "stream": false, "response_format": {} };`;
  const lines = new Set([...compile(wrong).matchAll(/requests\.ts\((\d+),/g)].map((match) => match[1]));
  assert.equal(lines.size, 3);
});
