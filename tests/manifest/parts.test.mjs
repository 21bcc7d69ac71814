import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lanes, parts } from '../../dev/test/parts.mjs';
import { root } from './manifest.mjs';

const holdsTests = (folder) => readdirSync(join(root, 'tests', folder)).some((name) => name.endsWith('.test.mjs'));
const folders = readdirSync(join(root, 'tests'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

test('each folder of tests is a part of the run, and each part has its tests', () => {
  const run = parts.filter(({ counts }) => counts === 'node').map(({ name }) => name);
  assert.deepEqual([...run].sort(), folders.filter(holdsTests).sort());
});

test('the native and the wasm tests are there', () => {
  for (const file of ['tests/it/main.rs', 'tests/wasm.rs']) assert.ok(existsSync(join(root, file)), file);
});

test('what is tested on the build comes after it in its lane, and what cargo locks stands in the other', () => {
  const [rust, product] = lanes.map((lane) => lane.map(({ name }) => name));
  assert.equal(product[0], 'build');
  for (const { name, counts } of parts) if (counts === 'node') assert.ok(product.includes(name), name);
  for (const { name, counts } of parts) if (counts === 'cargo') assert.ok(rust.includes(name), name);
});

test('the main job is run in Chromium at the end, after the pages', () => {
  assert.deepEqual(parts.slice(-2).map(({ name, title }) => `${name}: ${title}`), ['ui: The pages, in Chromium', 'e2e: The main job, end to end in Chromium']);
});
