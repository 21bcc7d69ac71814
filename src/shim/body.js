// @ts-check
// Reads a response's body as text, and stops at a size.
// Parses nothing.

import { failure } from './failure.js';

/**
 * @param {any} response of fetch or of a product request
 * @param {number} maxBytes
 * @returns {Promise<string>}
 * @throws a `too-large` failure, as soon as it is known
 */
export async function readText(response, maxBytes) {
  if (Number(response.headers?.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel?.();
    throw failure('too-large');
  }
  const reader = response.body?.getReader?.();
  return reader ? readStream(reader, maxBytes) : checked(await response.text(), maxBytes);
}

/**
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {number} maxBytes
 */
async function readStream(reader, maxBytes) {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw failure('too-large');
    }
    text += decoder.decode(value, { stream: true });
  }
}

/**
 * @param {string} text
 * @param {number} maxBytes
 */
function checked(text, maxBytes) {
  if (Buffer.byteLength(text) > maxBytes) throw failure('too-large');
  return text;
}
