// The index on the local host: the real app, its queue, its triggers, the products' events and every reader's own rights.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startHost } from '../../dev/host/host.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let host;
before(async () => {
  host = await startHost({ appDir: ROOT, seed: 'small', workers: 1 });
  for (const [kind, key] of [['project', 'DESK'], ['project', 'SEC'], ['space', 'OPS']]) {
    const answer = await call('mira', { type: 'index.set', kind, key, on: true });
    assert.equal(answer.type, 'ok', JSON.stringify(answer));
  }
  await settled();
});
after(() => host.stop());

const call = (as, payload) => host.invoke('call', payload, { as, module: 'admin-confluence', product: 'confluence' });
const search = async (as, text) => {
  const { type, view, code } = await call(as, { type: 'sources.search', text, kinds: [] });
  assert.equal(type, 'ok', code);
  return view;
};
const ids = (view) => view.hits.map((hit) => hit.id);
/** A trigger runs shortly after the write, and its event after that. */
const settled = async () => {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((done) => { setTimeout(done, 200); });
    await host.queue.idle();
  }
};
const rest = (as, method, path, body) => host.as(as).request('confluence', method, path, body);

test('what an administrator switched on is indexed, as the app', async () => {
  const { view } = await call('mira', { type: 'index.open' });
  const on = view.containers.filter((container) => container.on).map(({ key, state, documents }) => [key, state, documents > 0]);
  assert.deepEqual(on, [['DESK', 'ready', true], ['SEC', 'ready', true], ['OPS', 'ready', true]]);
  assert.ok(view.containers.some((container) => !container.on), 'and there is more to switch on');
  assert.equal((await call('wren', { type: 'index.open' })).code, 'admin-only');
});

test('a search finds by the text, marks the words, and says how far the index is', async () => {
  const view = await search('tomas', 'certificate rotation');
  assert.equal(view.index.state, 'ready');
  const marked = view.hits.filter((hit) => hit.snippet?.some((part) => part.hit));
  assert.ok(marked.length > 0, JSON.stringify(view.hits.slice(0, 2)));
});

// Ledger: SO-27.
test('nobody finds what they may not read', async () => {
  assert.ok(ids(await search('tomas', 'phishing')).includes('SEC-1'));
  const view = await search('wren', 'phishing');
  assert.ok(!JSON.stringify(view).includes('SEC-'), JSON.stringify(view));
});

test('a page that is written is found, one that is trashed is not', async () => {
  const space = JSON.parse(rest('tomas', 'GET', '/wiki/api/v2/spaces?keys=OPS').body).results[0];
  const made = JSON.parse(rest('tomas', 'POST', '/wiki/api/v2/pages', { spaceId: space.id, status: 'current', title: 'Kingfisher notes', body: { representation: 'storage', value: '<p>The kingfisher relay trips at dusk.</p>' } }).body);
  await settled();
  const hit = (await search('wren', 'kingfisher relay')).hits.find(({ id }) => id === made.id);
  assert.ok(hit?.snippet?.some((part) => part.hit), JSON.stringify(hit));
  host.site.restrictPage(made.id, [host.people.find('tomas').accountId]);
  assert.ok(!ids(await search('wren', 'kingfisher relay')).includes(made.id), 'at once, before any event');
  await settled();
  rest('tomas', 'DELETE', `/wiki/api/v2/pages/${made.id}`);
  await settled();
  assert.ok(!ids(await search('tomas', 'kingfisher relay')).includes(made.id));
});

test('an issue that changes is found by what it says now', async () => {
  const row = host.site.issue('DESK-1', { kind: 'app' });
  host.site.addIssue({ ...row, summary: `${row.summary} with a pangolin`, updated: host.clock.now() });
  await settled();
  assert.ok(ids(await search('wren', 'pangolin')).includes('DESK-1'));
});

test('the nightly run goes through, and reads no document twice', async () => {
  host.clock.advance(25 * 3600 * 1000);
  await settled();
  const { view } = await call('mira', { type: 'index.open' });
  assert.ok(view.containers.filter(({ on }) => on).every(({ state }) => state === 'ready'));
});

test('nothing that the app stores holds a word of a document', () => {
  const stored = JSON.stringify([host.db.all('SELECT value FROM kv'), host.db.all('SELECT value FROM entity'), host.db.all('SELECT body FROM event')]);
  for (const word of ['pangolin', 'phishing', 'kingfisher']) assert.ok(!stored.toLowerCase().includes(word), word);
});

test('what is switched off is found by the products alone, and its values go', async () => {
  for (const [kind, key] of [['project', 'DESK'], ['project', 'SEC'], ['space', 'OPS']]) await call('mira', { type: 'index.set', kind, key, on: false });
  await settled();
  assert.equal((await search('tomas', 'phishing')).index.state, 'off');
  await host.lifecycle.runSchedule('every-night');
  await host.lifecycle.runSchedule('hourly');
  await settled();
  assert.deepEqual(host.db.all("SELECT key FROM kv WHERE key LIKE 'index:%'"), []);
});
