// @ts-check
// How large the core is, and how much of it is masking.
// It builds masking alone; the core was built by `npm run bench`.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import { FEATURES, TARGET } from '../dev/build/wasm.mjs';
import { must } from '../dev/setup/step.mjs';
import { root, toolEnvironment } from '../dev/setup/where.mjs';

/** @returns {Promise<import('./run.mjs').Figure[]>} */
export async function size() {
  const wasm = readFileSync(new URL('../pkg/quillgate_bg.wasm', import.meta.url));
  return [
    { name: 'wasm', value: kilobytes(wasm.length), how: 'pkg/quillgate_bg.wasm after wasm-opt -O1' },
    { name: 'wasm, gzip', value: kilobytes(gzipSync(wasm).length), how: 'zlib, level 6' },
    { name: 'masking alone, code and tables', value: kilobytes(await maskingAlone()), how: 'src/privacy in a module of its own (bench/masking-size) with what it uses of libraries, after wasm-opt -O1' },
    { name: 'wasm, brotli', value: kilobytes(brotliCompressSync(wasm).length), how: 'quality 11' },
  ];
}

/** @returns {Promise<number>} bytes */
async function maskingAlone() {
  const env = { ...toolEnvironment(), CARGO_TARGET_DIR: join(root, 'target/masking-size') };
  await must('cargo', ['build', '--release', '--locked', '--target', TARGET, '--manifest-path', join(root, 'bench/masking-size/Cargo.toml')], { env });
  const folder = mkdtempSync(join(tmpdir(), 'quillgate-size-'));
  const file = join(folder, 'masking.wasm');
  try {
    await must('wasm-opt', [join(root, `target/masking-size/${TARGET}/release/masking_size.wasm`), '-O1', '--strip-debug', ...FEATURES.map((name) => `--enable-${name}`), '-o', file], { env });
    return readFileSync(file).length;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @param {number} bytes */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
