import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { manifest, root } from './manifest.mjs';

const source = readFileSync(resolve(root, 'src/index.js'), 'utf8');
const [, list = ''] = /^const LIMIT = \{(.*)\};$/m.exec(source) ?? [];
const limits = Object.fromEntries([...list.matchAll(/(\w+): (\d+)/g)].map(([, name, seconds]) => [name, Number(seconds)]));
const functionOf = (key) => manifest.modules.function.find((one) => one.key === key);

test('the entry knows a limit for each function', () => {
  const handlers = manifest.modules.function.map(({ handler }) => handler.split('.')[1]);
  assert.deepEqual(Object.keys(limits).sort(), handlers.map((name) => (name === 'resolve' ? 'page' : name)).sort());
});

test('the consumers count on the very time that the manifest asks for', () => {
  for (const key of ['consume', 'index']) assert.equal(limits[key], functionOf(key).timeoutSeconds);
});

test('no other function counts on more than the platform gives one that asks for nothing', () => {
  const given = { page: 25, lifecycle: 25, changed: 25, sweep: 55, nightly: 55, uninstall: 55 };
  for (const [name, seconds] of Object.entries(given)) {
    assert.ok(limits[name] <= seconds, name);
    assert.equal(functionOf(name === 'page' ? 'resolve' : name).timeoutSeconds, undefined, name);
  }
});
