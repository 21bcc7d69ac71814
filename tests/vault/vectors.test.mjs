// @ts-check
// The envelope's testkit, file by file: by the shipped wasm through the verb `open`, and by a second implementation.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadCore } from '../../dev/core.mjs';
import { DoesNotOpen, kekOf, open } from './envelope.mjs';

const folder = fileURLToPath(new URL('../vectors/envelope', import.meta.url));
const vectors = readdirSync(folder).map((name) => ({ name, ...parse(readFileSync(join(folder, name), 'utf8')) }));
const core = loadCore();

/** A version can be beyond what a JavaScript number holds. @param {string} text */
function parse(text) {
  const exact = /"version": (\d+)/.exec(text)?.[1] ?? '0';
  return { ...JSON.parse(text), exact: BigInt(exact) };
}

/** @param {() => string} work */
function outcome(work) {
  try {
    return work();
  } catch (error) {
    return /** @type {any} */ (error).code ?? (error instanceof DoesNotOpen ? error.message : String(error));
  }
}

test('at least 150 files have a defect, and some have none', () => {
  const wrong = vectors.filter(({ expect }) => expect !== 'opens');
  assert.ok(wrong.length >= 150 && vectors.length - wrong.length >= 10, `${wrong.length} of ${vectors.length}`);
  console.log(`# ${vectors.length} envelopes, ${wrong.length} of them with a defect`);
});

test('a second implementation, written from the description alone, agrees on every file and on the reason', () => {
  for (const { name, key, context, exact, envelope, expect, plaintext } of vectors) {
    const record = { class: context.class, key: context.record, version: exact };
    const kek = (/** @type {number} */ root) => (root === 0 ? Buffer.from(key, 'base64url') : undefined);
    const found = outcome(() => open(kek, { cloudId: context.tenant }, record, envelope).plaintext.toString('base64url'));
    assert.equal(found, expect === 'opens' ? plaintext : expect, name);
  }
});

test('the shipped wasm opens what opens and nothing else', () => {
  let asked = 0;
  for (const { name, key, context, exact, envelope, expect, plaintext } of vectors) {
    // A version beyond 2^53 does not cross as a number; natively it is tested.
    if (exact > Number.MAX_SAFE_INTEGER) continue;
    const found = outcome(() => core.open({ key, context, envelope }).plaintext);
    assert.equal(found, expect === 'opens' ? plaintext : 'does-not-open', name);
    asked += 1;
  }
  assert.ok(asked >= vectors.length - 2);
});

test('the second implementation opens every envelope ever written', () => {
  const lines = readFileSync(new URL('../golden/vault/envelopes.jsonl', import.meta.url), 'utf8').trim().split('\n');
  assert.ok(lines.length >= 3);
  for (const line of lines) {
    const one = JSON.parse(line);
    const version = BigInt(/"version":(\d+)/.exec(line)?.[1] ?? '0');
    const kek = kekOf(Buffer.from(one.root, 'base64url'), Buffer.from(one.installation, 'base64url'), one);
    const opened = open((root) => (root === one.rootVersion ? kek : undefined), one, { ...one, version }, one.envelope);
    assert.equal(opened.plaintext.toString('base64url'), one.plaintext);
  }
});
