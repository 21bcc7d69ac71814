// The app's functions: context, warm processes, time limits, crashes and faults, queue, schedules, life cycle, restart.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startHost } from '../../dev/host/host.mjs';
import { FIXTURE, hostFor, kvs, value } from './fixture.mjs';

const none = { seed: 'none' };
const seen = async (host, name = 'events') => Promise.all(host.queue.list().map((event) => event.id).filter((id, i, all) => all.indexOf(id) === i).map((id) => kvs(host, 'get', `${name}:${id}`)));

test('a resolver gets the user and context the host fixed, whatever the payload says', async (t) => {
  const host = await hostFor(t, none);
  const answer = await host.invoke('whoami', { accountId: 'forged', context: { accountId: 'forged' } }, { as: 'wren', module: 'panel', product: 'jira', extension: { issue: { key: 'DESK-1' } } });
  assert.equal(answer.accountId, host.people.find('wren').accountId);
  assert.deepEqual([answer.moduleKey, answer.extension.issue.key, answer.extension.type], ['panel', 'DESK-1', 'jira:issuePanel']);
});

test('a process stays warm and runs one invocation at a time', async (t) => {
  const host = await hostFor(t, { ...none, workers: 1 });
  const started = performance.now();
  const slow = [host.invoke('sleep', { ms: 150 }), host.invoke('sleep', { ms: 150 })];
  await Promise.all(slow);
  assert.ok(performance.now() - started >= 300);
  const [first, second] = [await host.invoke('whoami', {}), await host.invoke('whoami', {})];
  assert.equal(first.pid, second.pid);
  assert.equal(second.warm, first.warm + 1);
});

test('a function sees its own variables and nothing of the machine', async (t) => {
  process.env.HOST_ONLY_SECRET = 'x';
  const host = await hostFor(t, { ...none, variables: { GIVEN: '1' } });
  assert.deepEqual(await host.invoke('environment', {}), ['GIVEN', 'NODE_ENV', 'PATH', 'QUILLGATE_ROOT_1', 'TZ']);
});

test('a page function is stopped at its limit and its process replaced', async (t) => {
  const host = await hostFor(t, { ...none, workers: 1, limits: { uiMs: 2000 } });
  const before = await host.invoke('whoami', {});
  await assert.rejects(host.invoke('sleep', { ms: 60000 }), /did not answer within 2 s and was stopped/);
  const after = await host.invoke('whoami', {});
  assert.notEqual(after.pid, before.pid);
});

test('a consumer has its own limit, longer than a page', async (t) => {
  const host = await hostFor(t, { ...none, limits: { uiMs: 2000 } });
  await value(host, 'push', { events: [{ body: { ms: 2500 } }] });
  await host.queue.idle();
  assert.equal(host.queue.list()[0].state, 'done');
});

test('a function that throws is an error of the call, with its message', async (t) => {
  const host = await hostFor(t, none);
  await assert.rejects(host.invoke('fail', {}), /There was an error invoking the function - as asked/);
  await assert.rejects(host.invoke('nothing', {}), /Resolver has no definition for 'nothing'/);
});

test('delivers an event once, and twice with the same id when told to duplicate', async (t) => {
  const host = await hostFor(t, none);
  await value(host, 'push', { events: [{ body: {} }] });
  await host.queue.idle();
  assert.deepEqual(await seen(host), [1]);
  host.faults.add({ kind: 'event', action: 'duplicate' });
  const { jobId } = await value(host, 'push', { events: [{ body: { name: 'twice' } }] });
  await host.queue.idle();
  assert.ok((await seen(host, 'twice')).includes(2));
  assert.deepEqual(await value(host, 'stats', { jobId }), { success: 2, inProgress: 0, failed: 0 });
});

test('holds an event back for its delay, and retries when the consumer asks', async (t) => {
  const host = await hostFor(t, none);
  await value(host, 'push', { events: [{ body: { act: 'retry-once', name: 'later' }, delayInSeconds: 600 }] });
  await host.queue.idle();
  assert.equal(await kvs(host, 'get', 'later:last'), undefined);
  host.clock.advance(601e3);
  await host.queue.idle();
  assert.equal((await kvs(host, 'get', 'later:last')).retry, null);
  host.clock.advance(31e3);
  await host.queue.idle();
  const { retry } = await kvs(host, 'get', 'later:last');
  assert.deepEqual([retry.retryCount, retry.retryReason, retry.retryData], [1, 'FUNCTION_UPSTREAM_RATE_LIMITED', { step: 1 }]);
});

test('a concurrency key keeps events apart', async (t) => {
  const host = await hostFor(t, { ...none, workers: 3 });
  const started = performance.now();
  await value(host, 'push', { events: [1, 2].map(() => ({ body: { ms: 250 }, concurrency: { key: 'one', limit: 1 } })) });
  await host.queue.idle();
  assert.ok(performance.now() - started >= 500);
});

test('refuses unknown queues, 51 events and 200 KB', async (t) => {
  const host = await hostFor(t, none);
  const push = (payload, queueName = 'work') => host.queue.handle('/webhook/queue/publish/{contextAri}/x', { queueName, jobId: 'j', payload });
  assert.equal(push([{ body: {} }], 'other').status, 400);
  assert.equal(push(Array.from({ length: 51 }, () => ({ body: {} }))).status, 400);
  assert.equal(push([{ body: { text: 'x'.repeat(200 * 1024) } }]).status, 413);
  assert.equal(push([{ body: { text: 'x'.repeat(100 * 1024) } }]).status, 413, 'a long-running consumer takes 100 KB an event');
  assert.equal(push([{ body: {}, delayInSeconds: 901 }]).status, 400);
  await assert.rejects(value(host, 'push', { queue: 'other', events: [{ body: {} }] }), /No consumer in the manifest/);
});

test('an event has no user: asUser needs authentication', async (t) => {
  const host = await hostFor(t, none);
  await value(host, 'push', { events: [{ body: { act: 'as-user' } }] });
  await host.queue.idle();
  assert.equal((await kvs(host, 'get', 'events:as-user')).error.name, 'NEEDS_AUTHENTICATION_ERR');
});

test('a crash after the first effect keeps that effect and only that', async (t) => {
  const host = await hostFor(t, none);
  host.faults.add({ kind: 'kvs', action: 'crash-after', match: 'effect:1' });
  await assert.rejects(host.invoke('twoEffects', {}), /process ended/);
  assert.deepEqual([await kvs(host, 'get', 'effect:1'), await kvs(host, 'get', 'effect:2')], [true, undefined]);
});

test('a lost reply is an error to the app, but the effect is done', async (t) => {
  const host = await hostFor(t, none);
  host.faults.add({ kind: 'kvs', action: 'lost-reply', match: '/api/v1/set' });
  await assert.rejects(kvs(host, 'set', 'lost', 1), { name: 'TypeError', cause: 'ECONNRESET' });
  assert.equal(await kvs(host, 'get', 'lost'), 1);
});

test('faults by chance repeat with their seed', async (t) => {
  const pattern = async (seed) => {
    const host = await hostFor(t, { ...none, faultSeed: seed, workers: 1 });
    host.faults.add({ kind: 'kvs', action: 'error', count: 100, chance: 0.5 });
    const list = [];
    for (let i = 0; i < 12; i += 1) list.push(await kvs(host, 'get', 'x').then(() => 0, () => 1));
    return list.join('');
  };
  const [first, again] = [await pattern(7), await pattern(7)];
  assert.equal(first, again);
  assert.match(first, /01|10/);
});

test('a schedule runs once when its time comes, however far the clock moves', async (t) => {
  const host = await hostFor(t, none);
  host.clock.advance(10 * 3600e3);
  for (let i = 0; i < 50 && (await kvs(host, 'get', 'swept')) === undefined; i += 1) await new Promise((done) => { setTimeout(done, 20); });
  assert.equal(await kvs(host, 'get', 'swept'), 1);
});

test('the app reads the moved clock', async (t) => {
  const host = await hostFor(t, none);
  host.clock.advance(86400e3);
  const { now, written } = await host.invoke('now', {});
  assert.ok(Math.abs(now - Date.now() - 86400e3) < 5000);
  assert.ok(Math.abs(Date.parse(written) - now) < 5000);
});

test('installs once, keeps everything over a restart, empties storage on uninstall', async (t) => {
  const state = mkdtempSync(join(tmpdir(), 'host-'));
  t.after(() => rmSync(state, { recursive: true, force: true }));
  const first = await startHost({ appDir: FIXTURE, ...none, state, workers: 1 });
  assert.deepEqual(await kvs(first, 'get', 'lifecycle'), { eventType: 'avi:forge:installed:app', installer: first.people.find('mira').accountId });
  await kvs(first, 'set', 'kept', 'over a restart');
  await kvs(first, 'delete', 'lifecycle');
  first.clock.advance(5000);
  await value(first, 'push', { events: [{ body: {}, delayInSeconds: 60 }] });
  const { cloudId } = first.installation;
  await first.stop();
  const second = await startHost({ appDir: FIXTURE, ...none, state, workers: 1 });
  t.after(() => second.stop());
  assert.equal(await kvs(second, 'get', 'kept'), 'over a restart');
  assert.equal(await kvs(second, 'get', 'lifecycle'), undefined);
  assert.deepEqual([second.installation.cloudId, second.clock.offset, second.queue.list()[0].state], [cloudId, 5000, 'queued']);
  await second.lifecycle.uninstall();
  assert.ok(second.invocations.lines.some((line) => line.text === 'goodbye'));
  assert.deepEqual([second.storage.list(), second.queue.list()], [[], []]);
});
