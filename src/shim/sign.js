// @ts-check
// Signs for the core with the host's WebCrypto: RS256, for a service account's token request.
// Keeps no key.

import { failure } from './failure.js';

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** @type {import('./wire.d.ts').Executor} */
export async function sign({ algorithm, key, message }) {
  if (algorithm !== 'RS256') throw failure('unknown');
  try {
    const imported = await crypto.subtle.importKey('pkcs8', Buffer.from(key, 'base64'), RS256, false, ['sign']);
    const signature = await crypto.subtle.sign(RS256, imported, new TextEncoder().encode(message));
    return { signature: Buffer.from(signature).toString('base64url') };
  } catch {
    throw failure('unknown');
  }
}
