// @ts-check
// What the shipped wasm gives to whoever has it: the door, and nothing that returns a key or was made for a test.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const wasm = readFileSync(new URL('../../pkg/quillgate_bg.wasm', import.meta.url));
const exported = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);

test('the exports are the door, what README says is beside it, and what the glue needs', () => {
  const door = ['core_new', 'core_step', '__wbg_core_free'];
  const beside = ['core_wire', ...['new', 'memory', 'make', 'place', 'is_ascii', 'markdown', 'excerpts'].map((name) => `room_${name}`), '__wbg_room_free', ...['new', 'memory', 'make', 'mask', 'place'].map((name) => `masking_${name}`), '__wbg_masking_free'];
  const glue = exported.filter((name) => /^(__wbindgen_|__externref_)/.test(name) || ['memory', '__abort_handler', '__instance_terminated'].includes(name));
  assert.deepEqual([...exported].sort(), [...door, ...beside, ...glue].sort());
  assert.ok(glue.length < 14, glue.join());
});

test('no vector and no test is in it', () => {
  for (const word of ['wycheproof', 'gcmEncryptExtIV256', 'UPDATE_VECTORS', 'an example key, 32 bytes, public']) assert.equal(wasm.indexOf(word), -1, word);
});
