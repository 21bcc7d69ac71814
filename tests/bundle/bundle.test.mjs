import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findNode22 } from '../../dev/setup/where.mjs';
import { manifest, root } from '../manifest/manifest.mjs';

const folder = mkdtempSync(join(tmpdir(), 'quillgate-bundle-'));
const bundle = join(folder, 'bundle', 'index.cjs');
after(() => rmSync(folder, { recursive: true, force: true }));

before(() => {
  const start = Date.now();
  execFileSync(process.execPath, [join(root, 'tests/bundle/make.cjs'), folder], { stdio: ['ignore', 'inherit', 'pipe'] });
  const sizes = shipped().map((name) => `${name} ${kilobytes(statSync(join(folder, 'bundle', name)).size)}, gzip ${kilobytes(gzipSync(readFileSync(join(folder, 'bundle', name))).length)}`);
  console.log(`# bundle made in ${((Date.now() - start) / 1000).toFixed(1)} s: ${sizes.join('; ')}`);
});

/** What the bundler put out, all of which Forge's command puts into the zip. */
function shipped() {
  return readdirSync(join(folder, 'bundle')).sort();
}

function kilobytes(size) {
  return `${(size / 1000).toFixed(0)} kB`;
}

/** What a handler of the bundle answers in a process of its own; the last line, after the log's. */
function call(node, handler, payload) {
  const output = execFileSync(node, ['--expose-gc', join(root, 'tests/bundle/call.mjs'), bundle, handler, JSON.stringify(payload)], { encoding: 'utf8' });
  return JSON.parse(output.trimEnd().split('\n').pop());
}

test("Forge's bundler puts the core beside the function, byte for byte", () => {
  const [core, ...rest] = shipped();
  assert.deepEqual(rest, ['index.cjs', 'index.cjs.map']);
  assert.match(core, /^[0-9a-f]{20}\.wasm$/);
  assert.ok(readFileSync(join(folder, 'bundle', core)).equals(readFileSync(join(root, 'pkg/quillgate_bg.wasm'))));
});

test('the function is small, and names no folder of the machine that bundled it', () => {
  assert.ok(statSync(bundle).size < 1_000_000);
  assert.equal(readFileSync(bundle, 'utf8').includes(root), false);
});

const nodes = [['the current Node', process.execPath], ['Node 22, which Forge runs', findNode22()]];
for (const [name, node] of nodes) {
  test(`${name}: the bundle has the handlers of the manifest and opens the Studio`, () => {
    assert.ok(node, 'node dev/setup.mjs brings Node 22');
    const { node: version, names, answer, loadMs, heapBytes, answerMs } = call(node, 'resolve', { type: 'studio.open' });
    console.log(`# ${version}: loaded in ${loadMs.toFixed(0)} ms, ${kilobytes(heapBytes)} of heap, answered in ${answerMs.toFixed(0)} ms`);
    assert.ok(heapBytes < 3_000_000, "Forge's packages and ours take far less than the core would as text");
    assert.deepEqual(names, manifest.modules.function.map(({ handler }) => handler.split('.')[1]).sort());
    assert.deepEqual([answer.type, answer.view?.product], ['ok', 'jira'], JSON.stringify(answer));
  });

  test(`${name}: the bundle refuses what it does not know`, () => {
    assert.equal(call(node, 'resolve', { type: 'no.such.call' }).answer.type === 'ok', false);
  });

  test(`${name}: the bundle sweeps`, () => {
    assert.equal(call(node, 'sweep', {}).answer, undefined);
  });
}

test('the Node for the runtime of the manifest is the one that was tested', () => {
  assert.equal(manifest.app.runtime.name, 'nodejs22.x');
  assert.match(execFileSync(findNode22(), ['--version'], { encoding: 'utf8' }), /^v22\./);
});
