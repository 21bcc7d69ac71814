import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCore } from '../../src/shim/core.js';
import { manifest, text } from './manifest.mjs';

const nobody = {
  source: 'local', product: null, cloudId: null, installationId: null, environmentId: null, environmentType: null,
  accountId: null, siteUrl: null, moduleKey: null, locale: null, extension: {},
};
const { answer } = makeCore().step({ type: 'call', now: 0, deadline: 0, context: nobody, call: { type: 'command', verb: 'surface', line: {} } });
const { operations, hosts } = answer?.view ?? {};
const { scopes, external } = manifest.permissions;
const declaredHosts = external.fetch.backend.map(({ address }) => new URL(address));

test('the core says what it can ask for', () => {
  assert.equal(answer?.type, 'ok');
  assert.ok(operations.length > 0 && hosts.length > 0);
});

for (const { method, product, pattern, as, scopes: needed } of operations ?? []) {
  test(`${method} ${pattern} as ${as} has its scopes`, () => {
    assert.match(`${product} ${pattern}`, /^(jira \/rest\/|confluence \/wiki\/)/);
    assert.match(`${method} ${as}`, /^(GET|POST|PUT|DELETE) (user|app)$/);
    assert.ok(needed.length > 0);
    for (const scope of needed) assert.ok(scopes.includes(scope), scope);
  });
}

// Ledger: ES-11.
test('no scope is declared that nothing asks for', () => {
  const needed = new Set([...(operations ?? []).flatMap((operation) => operation.scopes), 'storage:app']);
  assert.deepEqual([...scopes].sort(), [...needed].sort());
});

test('the declared hosts are those that a route can go to', () => {
  assert.deepEqual(declaredHosts.map(({ host }) => host).sort(), [...(hosts ?? [])].sort());
});

test('a host is a whole one, by https, for the function alone', () => {
  for (const { href, protocol, host } of declaredHosts) {
    assert.equal(protocol, 'https:');
    assert.ok(!host.includes('*'), href);
  }
  assert.deepEqual(Object.keys(external).sort(), ['configurable', 'fetch']);
  assert.deepEqual(Object.keys(external.fetch), ['backend']);
  assert.equal(manifest.permissions.content, undefined, 'the pages need no relaxed policy');
});

test('each scope and each host has its reason beside it', () => {
  const lines = text.slice(text.indexOf('\npermissions:')).split('\n');
  const asked = lines.flatMap((line, index) => (/^\s+(- |configurable:)/.test(line) ? [{ line, reason: lines[index - 1] }] : []));
  assert.equal(asked.length, scopes.length + declaredHosts.length + 1);
  for (const { line, reason } of asked) assert.match(reason, /^\s+# \S.{15,}/, line);
});

test('nothing acts for a user who is not there', () => {
  for (const scope of scopes) assert.equal(typeof scope, 'string', 'no scope allows impersonation');
});
