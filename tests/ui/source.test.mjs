// What the pages' source and their built files must and must not hold: words, one door to the bridge, nothing inline, and their size.
// It opens no browser.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { PAGES } from '../../static/build.mjs';
import { catalogues } from '../../static/src/words.js';
import { t } from '../../static/src/parts/t.js';
import { setLocale } from '../../static/src/parts/format.js';
import { foldsOf } from '../../static/src/review/reducer.js';
import { ensureBuilt } from './built.mjs';

const root = join(import.meta.dirname, '../../static');
const BUDGET = 300_000;
before(ensureBuilt);

const files = await readdir(join(root, 'src'), { recursive: true });
const sources = await Promise.all(files.filter((name) => /\.jsx?$/.test(name)).map(async (name) => ({ name, text: await readFile(join(root, 'src', name), 'utf8') })));

test('every text the pages ask for is in the catalogue', () => {
  const keys = Object.keys(catalogues.en);
  for (const { name, text } of sources) {
    for (const [, key] of text.matchAll(/\b(?:t|has)\((?:[^()'`]*\? )?'([^']+)'/g)) assert.ok(keys.includes(key), `${name}: ${key}`);
    for (const [, start] of text.matchAll(/\bt\(`([^`$]+)\$\{/g)) assert.ok(keys.some((key) => key.startsWith(start)), `${name}: ${start}…`);
  }
});

test('every text is used', () => {
  const all = sources.filter(({ name }) => !name.startsWith('words')).map(({ text }) => text).join('\n');
  const starts = [...all.matchAll(/`([a-z][\w.-]*\.)\$\{/g)].map(([, start]) => start).concat(['refused.', 'fault.', 'kind.', 'admin.', 'act.', 'job.']);
  for (const key of Object.keys(catalogues.en)) assert.ok(all.includes(`'${key}'`) || starts.some((start) => key.startsWith(start)), key);
});

test('texts speak plainly: no exclamation marks, no markup', () => {
  for (const [key, text] of Object.entries(catalogues.en)) assert.doesNotMatch(text, /!|<|>/, key);
});

test('texts fill their places and choose by the plural rules', () => {
  setLocale('en-US');
  assert.equal(t('picker.results', { n: 1 }), '1 result');
  assert.equal(t('picker.results', { n: 1200 }), '1,200 results');
  assert.equal(t('act.publish', { version: 8 }), 'Publish as version 8');
  assert.equal(t('no.such.key'), 'no.such.key');
});

test('folds long runs of unchanged blocks and keeps one on each side of a change', () => {
  const same = Array.from({ length: 9 }, () => ({ kind: 'same' }));
  const parts = foldsOf([...same, { kind: 'added', id: 'a' }, ...same.slice(0, 3), { kind: 'removed', id: 'b' }]);
  assert.deepEqual(parts.map((part) => part.fold?.length ?? part.row.kind), [8, 'same', 'added', 'same', 'same', 'same', 'removed']);
});

test('only bridge.js imports the bridge, and nothing writes raw HTML or evaluates text', () => {
  for (const { name, text } of sources) {
    if (name !== 'bridge.js') assert.doesNotMatch(text, /from '@forge\/bridge'/, name);
    assert.doesNotMatch(text, /dangerouslySetInnerHTML|innerHTML|\beval\(|new Function|<style/, name);
    assert.ok(text.split('\n').length <= (name.startsWith('words/') ? 400 : 250), `${name} is too long`);
  }
});

for (const page of PAGES) {
  test(`${page}: its first script stays under 300 kB gzipped, and its page holds nothing inline`, async () => {
    const html = await readFile(join(root, 'dist', page, 'index.html'), 'utf8');
    assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|(?:src|href)="\/(?!\/)/);
    const scripts = [...html.matchAll(/(?:src|href)="(\.\/assets\/[^"]+\.js)"/g)].map(([, path]) => path);
    const sizes = await Promise.all(scripts.map(async (path) => gzipSync(await readFile(join(root, 'dist', page, path))).length));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(scripts.length > 0 && total < BUDGET, `${total} bytes`);
    console.log(`# ${page}: ${Math.round(total / 1000)} kB gzipped at first`);
  });
}
