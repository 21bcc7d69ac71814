import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { test } from 'node:test';
import { consoleOf, never } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
const sign = (more) => perform({ id: 1, type: 'sign', algorithm: 'RS256', key, message: 'header.claims', ...more }, never);

test('signs as the public key verifies', async () => {
  const { signature } = (await sign({})).outcome;
  assert.match(signature, /^[A-Za-z0-9_-]+$/);
  assert.ok(verify('sha256', Buffer.from('header.claims'), publicKey, Buffer.from(signature, 'base64url')));
});

for (const [when, more] of [
  ['the key is no key', { key: 'Q0FOQVJZ' }],
  ['the key is cut', { key: key.slice(0, 100) }],
  ['there is no key', { key: undefined }],
  ['the algorithm is another', { algorithm: 'HS256' }],
]) {
  test(`fails, saying nothing of the key, when ${when}`, async () => {
    const { result, lines } = await consoleOf(() => sign(more));
    assert.deepEqual([{ ...result, now: 0 }, lines], [{ type: 'failed', id: 1, now: 0, code: 'unknown' }, []]);
  });
}
