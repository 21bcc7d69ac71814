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
  const bytes = readFileSync(bundle);
  console.log(`# bundle: ${kilobytes(bytes.length)}, gzip ${kilobytes(gzipSync(bytes).length)}, made in ${((Date.now() - start) / 1000).toFixed(1)} s`);
});

function kilobytes(size) {
  return `${(size / 1000).toFixed(0)} kB`;
}

/** What a handler of the bundle answers in a process of its own; the last line, after the log's. */
function call(node, handler, payload) {
  const output = execFileSync(node, [join(root, 'tests/bundle/call.mjs'), bundle, handler, JSON.stringify(payload)], { encoding: 'utf8' });
  return JSON.parse(output.trimEnd().split('\n').pop());
}

test("Forge's bundler makes one file that holds the wasm, and its source map", () => {
  assert.deepEqual(readdirSync(join(folder, 'bundle')).sort(), ['index.cjs', 'index.cjs.map']);
  assert.ok(statSync(bundle).size > statSync(join(root, 'pkg/quillgate_bg.wasm')).size);
});

test('the bundle is far below what a function may weigh', () => {
  assert.ok(statSync(bundle).size < 20_000_000);
});

const nodes = [['the current Node', process.execPath], ['Node 22, which Forge runs', findNode22()]];
for (const [name, node] of nodes) {
  test(`${name}: the bundle has the handlers of the manifest and opens the Studio`, () => {
    assert.ok(node, 'node dev/setup.mjs brings Node 22');
    const { node: version, names, answer, loadMs, answerMs } = call(node, 'resolve', { type: 'studio.open' });
    console.log(`# ${version}: loaded in ${loadMs.toFixed(0)} ms, answered in ${answerMs.toFixed(0)} ms`);
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
