// @ts-check
// How large the core is.
// Builds nothing; `npm run bench` has built it.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** @returns {import('./run.mjs').Figure[]} */
export function size() {
  const wasm = readFileSync(new URL('../pkg/quillgate_bg.wasm', import.meta.url));
  return [
    { name: 'wasm', value: kilobytes(wasm.length), how: 'pkg/quillgate_bg.wasm after wasm-opt -O1' },
    { name: 'wasm, gzip', value: kilobytes(gzipSync(wasm).length), how: 'zlib, level 6' },
    { name: 'wasm, brotli', value: kilobytes(brotliCompressSync(wasm).length), how: 'quality 11' },
  ];
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
