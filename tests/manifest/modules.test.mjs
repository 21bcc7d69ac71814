import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import '../shim/forge.mjs';
import { manifest, root } from './manifest.mjs';

// `llm` declares what the function may ask for; nothing calls it.
const { function: functions, llm, ...rest } = manifest.modules;
const modules = Object.entries(rest).flatMap(([type, list]) => list.map((module) => ({ type, ...module })));
const functionOf = (module) => module.function ?? module.resolver?.function;
const handlers = await import('../../src/index.js');

for (const { key, handler } of functions) {
  test(`the handler of function ${key} is there: ${handler}`, () => {
    const [file, name] = handler.split('.');
    assert.equal(file, 'index');
    assert.equal(typeof handlers[name], 'function');
  });
}

test('src/index.js exports nothing that no function names', () => {
  assert.deepEqual(Object.keys(handlers).sort(), functions.map(({ handler }) => handler.split('.')[1]).sort());
});

test('each module has a function, and each function a module', () => {
  const known = functions.map(({ key }) => key).sort();
  assert.deepEqual([...new Set(modules.map(functionOf))].sort(), known);
});

test('one module asks for the models hosted by Atlassian, as the platform wants it', () => {
  assert.deepEqual(llm.map(({ model }) => model), [['claude']]);
});

test('every page goes through the one resolver', () => {
  for (const module of modules.filter(({ resource }) => resource)) assert.equal(functionOf(module), 'resolve', module.key);
});

test('only the consumers have a long timeout, and share their functions with nothing', () => {
  const long = functions.filter(({ timeoutSeconds = 25 }) => timeoutSeconds > 25);
  assert.deepEqual(long.map(({ key }) => modules.filter((module) => functionOf(module) === key).map(({ type }) => type)), [['consumer'], ['consumer']]);
});

test('the Studio, the panel, the page action and the administration are in both products where they belong', () => {
  assert.deepEqual(modules.filter(({ resource }) => resource).map(({ type, resource }) => `${type} ${resource}`).sort(), [
    'confluence:contentAction studio', 'confluence:globalPage studio', 'confluence:globalSettings admin',
    'jira:adminPage admin', 'jira:globalPage studio', 'jira:issuePanel panel',
  ]);
});

for (const { key, path } of manifest.resources) {
  test(`resource ${key} is built: ${path}`, () => {
    assert.ok(existsSync(join(root, path, key === 'icons' ? 'quillgate.svg' : 'index.html')));
  });
}

test('each resource is used', () => {
  const icons = modules.map(({ icon }) => /^resource:([a-z]+);/.exec(icon ?? '')?.[1]);
  const used = new Set([...modules.map(({ resource }) => resource), ...icons].filter(Boolean));
  assert.deepEqual([...used].sort(), manifest.resources.map(({ key }) => key).sort());
});
