import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { makeCore } from '../../src/shim/core.js';
import { manifest, root, text } from './manifest.mjs';

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

const { mapping } = JSON.parse(readFileSync(resolve(root, 'node_modules/@forge/manifest/out/mapping/product-event-to-scope-mapping.json'), 'utf8'));
const events = manifest.modules.trigger.flatMap((trigger) => trigger.events).filter((event) => !event.startsWith('avi:forge:'));
/** What the platform asks for an event: the classic scopes where the app has them, else every granular one. */
const scopesOf = (event) => {
  const { current, beta } = mapping.find(({ productEvent }) => productEvent === event).oAuthScopes;
  return current.every((scope) => scopes.includes(scope)) ? current : beta;
};

test('the index is told of everything that creates, changes, hides or removes an issue or page', () => {
  for (const act of ['created:issue', 'updated:issue', 'deleted:issue', 'commented:issue', 'deleted:comment']) assert.ok(events.includes(`avi:jira:${act}`), act);
  for (const act of ['created', 'updated', 'moved', 'copied', 'archived', 'unarchived', 'trashed', 'restored', 'deleted', 'permissions_updated']) assert.ok(events.includes(`avi:confluence:${act}:page`), act);
});

for (const event of events) test(`${event} is an event of Forge's, and the app has its scopes`, () => assert.ok(scopesOf(event).every((scope) => scopes.includes(scope))));

// Ledger: ES-11.
test('no scope is declared that nothing asks for', () => {
  const needed = new Set([...(operations ?? []).flatMap((operation) => operation.scopes), ...events.flatMap(scopesOf), 'storage:app']);
  assert.deepEqual([...scopes].sort(), [...needed].sort());
});

// Ledger: SA-11.
test('the declared hosts are those that a route can go to', () => {
  assert.deepEqual(declaredHosts.map(({ host }) => host).sort(), [...(hosts ?? [])].sort());
});

// Ledger: SO-37.
test('a host is a whole one, by https, for the function alone', () => {
  for (const { href, protocol, host } of declaredHosts) {
    assert.equal(protocol, 'https:');
    assert.ok(!host.includes('*'), href);
  }
  assert.deepEqual(Object.keys(external).sort(), ['configurable', 'fetch']);
  assert.deepEqual(Object.keys(external.fetch), ['backend']);
  assert.equal(manifest.permissions.content, undefined, 'the pages need no relaxed policy');
});

// Ledger: ES-12.
test('each scope and each host has its reason beside it', () => {
  const lines = text.slice(text.indexOf('\npermissions:')).split('\n');
  const asked = lines.flatMap((line, index) => (/^\s+(- |configurable:)/.test(line) ? [{ line, reason: lines[index - 1] }] : []));
  assert.equal(asked.length, scopes.length + declaredHosts.length + 1);
  for (const { line, reason } of asked) assert.match(reason, /^\s+# \S.{15,}/, line);
});

// Ledger: SA-14.
test('as the app nothing is written', () => {
  const asApp = (operations ?? []).filter(({ as }) => as === 'app');
  assert.ok(asApp.length > 0);
  // A bulk fetch, a count and a look-up of people are asked by POST; they read.
  for (const { method, pattern } of asApp) assert.ok(method === 'GET' || /\/(bulkfetch|approximate-count|users-bulk)$/.test(pattern), pattern);
});

test('nothing acts for a user who is not there', () => {
  for (const scope of scopes) assert.equal(typeof scope, 'string', 'no scope allows impersonation');
});
