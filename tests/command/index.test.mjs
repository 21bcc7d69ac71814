import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Index } from '../../dev/core.mjs';
import { CANARY, quillgate } from './command.mjs';

const folder = mkdtempSync(join(tmpdir(), 'quillgate-index-'));
after(() => rmSync(folder, { recursive: true }));
let made = 0;
const fresh = () => join(folder, `store-${(made += 1)}`);

const SPACE = { provider: 'test', model: 'm', dimensions: 4, task: 'd' };
const vector = (...numbers) => Buffer.from(new Float32Array(numbers).buffer).toString('base64url');
const LINES = [
  { id: 'A-1', container: 'alpha', title: 'Pump fails', text: 'The pump of hall 3 fails when pressure drops.', meta: { key: 'A-1', type: 'Bug', author: 'u1', updated: '2026-01-05' } },
  { id: 'A-2', container: 'alpha', title: 'Valve leaks', text: 'A valve leaks beside the pump.', meta: { type: 'Task' } },
  { id: 'B-1', container: 'beta', title: 'Tunnel closes', text: 'The gateway closes idle tunnels. See RetryPolicyFactory.' },
];
const ids = (answer) => answer.hits.map(({ id }) => id);

/** @param {string} store @param {object[]} lines */
async function indexed(store, lines = LINES) {
  const { code, answers } = await quillgate(['index', '--store', store], lines);
  assert.equal(code, 0);
  return answers;
}

/** @param {string} store @param {object[]} lines */
async function searched(store, ...lines) {
  const { code, answers } = await quillgate(['search', '--store', store], lines);
  assert.equal(code, 0);
  return answers;
}

/** The files of a store that hold values of the index. @param {string} store */
const values = (store) => readdirSync(store).filter((name) => name.startsWith('index%3A')).map((name) => join(store, name));
/** @param {string} store */
const manifest = (store) => join(store, readdirSync(store).find((name) => name.startsWith('entity')));

test('what is indexed is found, with what the search cost', async () => {
  const store = fresh();
  assert.deepEqual(await indexed(store), LINES.map(({ id }) => ({ id, segments: 2 })));
  const [pump, tunnel, none] = await searched(store, { id: 1, query: 'pump pressure' }, { id: 2, query: 'retry policy', k: 1 }, { id: 3, query: 'zeppelin ' });
  assert.deepEqual(ids(pump), ['A-1', 'A-2']);
  assert.ok(pump.hits[0].score > pump.hits[1].score);
  assert.deepEqual([ids(tunnel), ids(none)], [['B-1'], []]);
  for (const { reads, units, bytes, partial } of [pump, tunnel, none]) {
    assert.ok(reads >= 2 && reads <= 16 && units >= reads && bytes > 0 && bytes < 1 << 20);
    assert.equal(partial, undefined);
  }
});

test('what a search says it read is what it read', async () => {
  const store = fresh();
  await indexed(store);
  const [{ reads, bytes }] = await searched(store, { id: 1, query: 'pump' });
  // The installation's secret, the manifest, and the value of each container.
  assert.equal(reads, 2 + values(store).filter((file) => file.endsWith('%3As')).length);
  const sizes = values(store).filter((file) => file.endsWith('%3As')).map((file) => readFileSync(file).length);
  const { body } = JSON.parse(readFileSync(manifest(store), 'utf8'));
  assert.equal(bytes, sizes.reduce((sum, size) => sum + size, 43 + body.length));
});

test('a document takes the place of the one with its id, over several runs', async () => {
  const store = fresh();
  await indexed(store);
  await indexed(store, [{ id: 'A-1', container: 'alpha', title: 'Gasket worn', text: 'New words.' }]);
  const [pump, gasket, key] = await searched(store, { id: 1, query: 'pump' }, { id: 2, query: 'gasket' }, { id: 3, query: 'pressure ' });
  assert.deepEqual([ids(pump), ids(gasket), ids(key)], [['A-2'], ['A-1'], []]);
});

test('nothing in the folder can be read or told apart', async () => {
  const store = fresh();
  await indexed(store, [{ id: CANARY, container: CANARY, title: CANARY, text: CANARY, meta: { author: CANARY } }]);
  for (const name of readdirSync(store)) {
    assert.match(name, /^[A-Za-z0-9%_-]+$/);
    assert.ok(!`${name}${readFileSync(join(store, name), 'latin1')}`.includes(CANARY), name);
  }
});

test('another key opens nothing, and says so', async () => {
  const store = fresh();
  await indexed(store);
  const key = join(folder, 'other-key');
  writeFileSync(key, Buffer.alloc(32, 1).map((_, at) => at));
  const { answers } = await quillgate(['search', '--store', store, '--key', key], [{ id: 1, query: 'pump' }]);
  assert.equal(answers[0].error.code, 'index-manifest-sealed');
});

test('containers that are named are the only ones that answer', async () => {
  const store = fresh();
  await indexed(store);
  const [beta, nowhere] = await searched(store, { id: 1, query: 'the pump closes', containers: ['beta'] }, { id: 2, query: 'pump', containers: ['gamma'] });
  assert.deepEqual([ids(beta), ids(nowhere)], [['B-1'], []]);
});

test('a value that does not open leaves the other containers answering, and is said', async () => {
  const store = fresh();
  await indexed(store);
  const singles = values(store).filter((file) => file.endsWith('%3As'));
  const whole = singles.map((file) => readFileSync(file, 'utf8'));
  const flipped = (text) => text.slice(0, 400) + (text[400] === 'A' ? 'B' : 'A') + text.slice(401);
  const damages = {
    'index-value-sealed': [(at) => writeFileSync(singles[at], flipped(whole[at])), (at) => writeFileSync(singles[at], whole[at].slice(0, 300)), (at) => writeFileSync(singles[at], whole[1 - at])],
    'index-value-missing': [(at) => rmSync(singles[at])],
  };
  for (const [code, acts] of Object.entries(damages)) {
    for (const act of acts) {
      for (const at of [0, 1]) {
        act(at);
        const [answer] = await searched(store, { id: 1, query: 'the pump closes' });
        assert.deepEqual(answer.partial, { code, values: 1 });
        const containers = new Set(ids(answer).map((id) => id[0]));
        assert.equal(containers.size, 1);
        writeFileSync(singles[at], whole[at]);
      }
    }
  }
});

test('a manifest that is not the one that was written is refused by code', async () => {
  const store = fresh();
  await indexed(store);
  const file = manifest(store);
  const { rev, body } = JSON.parse(readFileSync(file, 'utf8'));
  for (const text of ['{}', 'not json', JSON.stringify({ rev: rev + 1, body }), JSON.stringify({ rev, body: body.slice(4) })]) {
    writeFileSync(file, text);
    const [answer] = await searched(store, { id: 1, query: 'pump' });
    assert.equal(answer.error.code, 'index-manifest-sealed', text.slice(0, 20));
  }
});

test('an older manifest put back names values that are gone: the answer is partial and says so', async () => {
  const store = fresh();
  await indexed(store);
  const old = readFileSync(manifest(store));
  for (let run = 0; run < 8; run += 1) await indexed(store, [{ id: `A-${run + 10}`, container: 'alpha', title: 'More', text: 'about pumps' }]);
  writeFileSync(manifest(store), old);
  const [answer] = await searched(store, { id: 1, query: 'pump tunnels' });
  assert.equal(answer.partial.code, 'index-value-missing');
});

test('what is wrong with a line is said of that line, and the others are indexed', async () => {
  const store = fresh();
  const good = { id: 'V-1', container: 'v', title: 'T', text: 'pump', space: SPACE, vector: vector(1, 0, 0, 0) };
  const lines = [
    [good, undefined],
    [{ ...good, id: 'V-2', vector: vector(1, 0, 0) }, 'embedding-length'],
    [{ ...good, id: 'V-3', vector: vector(1, NaN, 0, 0) }, 'embedding-not-finite'],
    [{ ...good, id: 'V-4', vector: vector(1, Infinity, 0, 0) }, 'embedding-not-finite'],
    [{ ...good, id: 'V-5', vector: vector(0, 0, 0, 0) }, 'embedding-no-direction'],
    [{ ...good, id: 'V-6', space: { ...SPACE, model: 'other' } }, 'embedding-other-space'],
    [{ ...good, id: 'V-7', vector: '***' }, 'bad-input'],
    [{ ...good, id: 'V-8', space: undefined }, 'bad-input'],
    [{ ...good, id: 'V-9', extra: 1 }, 'bad-input'],
    [{ ...good, id: 7 }, 'bad-input'],
    [{ ...good, id: '' }, 'bad-input'],
    [{ id: 'V-10' }, 'bad-input'],
    [{ ...good, id: 'V-11', meta: { updated: CANARY } }, 'bad-input'],
    ['{"id": "V-12", ', 'not-json'],
    ['[]', 'bad-input'],
  ];
  const { code, answers, out } = await quillgate(['index', '--store', store], lines.map(([line]) => line));
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ error }) => error?.code), lines.map(([, expected]) => expected));
  assert.ok(!out.includes(CANARY));
  const asked = { id: 1, query: 'pump', space: SPACE, vector: vector(0.9, 0.1, 0, 0) };
  const found = await searched(store, asked, { ...asked, vector: vector(1) }, { ...asked, vector: vector(NaN, 0, 0, 1) }, { ...asked, space: { ...SPACE, task: 'q' } }, { ...asked, space: undefined }, { ...asked, k: 0 }, { ...asked, query: 'x'.repeat(1_000_000) });
  assert.deepEqual(found.map(({ error }) => error?.code), [undefined, 'embedding-length', 'embedding-not-finite', 'embedding-other-space', 'bad-input', 'bad-input', 'bad-query']);
  assert.deepEqual(ids(found[0]), ['V-1']);
});

test('an index in memory answers as the one in a folder', async () => {
  const store = fresh();
  await indexed(store);
  const index = new Index();
  for (const line of LINES) assert.deepEqual(index.add(line), { id: line.id });
  assert.deepEqual(index.commit(), { segments: 1, lines: [] });
  for (const query of ['pump', 'valve pump', 'retry', '"idle tunnels"', 'type:bug pump', 'in:beta the']) {
    const [cold] = await searched(store, { id: 1, query });
    assert.deepEqual(ids(index.search({ id: 1, query })), ids(cold), query);
  }
  index.add({ ...LINES[0], title: 'Gasket', text: 'worn' });
  index.commit();
  assert.deepEqual(ids(index.search({ id: 1, query: 'gasket' })), ['A-1']);
  assert.deepEqual(ids(index.search({ id: 1, query: 'pressure ' })), []);
  assert.throws(() => index.add({ id: 'x' }), { code: 'bad-input' });
  assert.throws(() => index.search({ query: 'updated:never' }), { code: 'bad-query' });
});

test('an index in a folder is the same in process', () => {
  const store = fresh();
  const index = new Index({ store });
  LINES.forEach((line) => index.add(line));
  assert.equal(index.commit().segments, 2);
  assert.deepEqual(ids(new Index({ store }).search({ id: 1, query: 'valve' })), ['A-2']);
  assert.ok(existsSync(join(store, 'root-key')));
});

test('an index that is copied away with its key still answers', async () => {
  const [store, copy] = [fresh(), fresh()];
  await indexed(store);
  cpSync(store, copy, { recursive: true });
  rmSync(store, { recursive: true });
  assert.deepEqual(ids((await searched(copy, { id: 1, query: 'valve' }))[0]), ['A-2']);
});

test('index and search refuse to start without a folder', async () => {
  for (const args of [['index'], ['search', '--key', 'x'], ['index', '--store'], ['search', '--store', fresh(), '--key', join(folder, 'nothing')], ['index', '--folder', 'x']]) {
    const { code, out } = await quillgate(args);
    assert.deepEqual([code, out], [2, '']);
  }
});

test('no value is larger than the store takes, however much there is to index', () => {
  const index = new Index({ store: fresh() });
  const store = join(folder, `store-${made}`);
  let seed = 0x2545f491;
  const random = (most) => {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (seed >>> 0) % most;
  };
  // Words of every length, some of them everywhere, some once; texts from one word to the longest that is kept; embeddings.
  const word = () => (random(4) === 0 ? ['the', 'pump', 'fails', 'valve'][random(4)] : `${'x'.repeat(random(12))}${random(60_000).toString(36)}`);
  const text = (words) => Array.from({ length: words }, word).join(' ');
  const space = { ...SPACE, dimensions: 256 };
  for (let at = 1; at <= 6_000; at += 1) {
    const many = at % 1_000 === 0 ? 30_000 : 20 + random(60);
    index.add({ id: `C-${at}`, container: `c${at % 3}`, title: text(at % 500 === 0 ? 3_000 : 5), text: text(many), meta: { key: `C-${at}`, type: text(1), author: text(1) }, space, vector: vector(...Array.from({ length: 256 }, () => random(1_000) / 500 - 1)) });
    if (at % 1_500 === 0) index.commit();
  }
  index.commit();
  const files = readdirSync(store).map((name) => join(store, name));
  const kinds = new Set(values(store).map((file) => /%3A([a-z])\d*$/.exec(file)?.[1]));
  assert.deepEqual([...kinds].sort().filter((kind) => 'cdtvx'.includes(kind)), ['c', 'd', 't', 'v', 'x']);
  // 240 KiB is what a value may have; the store counts it as JSON, which sealed text in base64 is but for its quotes.
  const largest = Math.max(...files.map((file) => readFileSync(file).length + 2));
  assert.ok(largest <= 240 * 1024, `${largest} bytes`);
});
