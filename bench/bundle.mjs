// @ts-check
// How large the function is as Forge bundles it, and how long a new process takes to load it.
// Uses the bundle's tests' own two scripts.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { milliseconds } from './cold-start.mjs';
import { kilobytes } from './size.mjs';

const RUNS = 9;
const script = (/** @type {string} */ name) => fileURLToPath(new URL(`../tests/bundle/${name}`, import.meta.url));

/** @returns {import('./run.mjs').Figure[]} */
export function bundle() {
  const folder = mkdtempSync(join(tmpdir(), 'quillgate-bench-'));
  try {
    execFileSync(process.execPath, [script('make.cjs'), folder], { stdio: 'ignore' });
    const file = join(folder, 'bundle', 'index.cjs');
    const gzipped = readdirSync(join(folder, 'bundle')).map((name) => gzipSync(readFileSync(join(folder, 'bundle', name))).length);
    const how = `median of ${RUNS} new processes`;
    return [
      { name: "function, bundled by Forge's bundler", value: kilobytes(readFileSync(file).length), how: 'index.cjs; the core lies beside it' },
      { name: 'all that the bundler puts out, gzip', value: kilobytes(gzipped.reduce((sum, size) => sum + size, 0)), how: 'index.cjs, its source map and the core; zlib, level 6' },
      { name: 'cold start of the function', value: milliseconds(Array.from({ length: RUNS }, () => load(file))), how: `load the bundle, compile the core; ${how}` },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} file */
function load(file) {
  const output = execFileSync(process.execPath, [script('call.mjs'), file, 'resolve', '{"type":"studio.open"}'], { encoding: 'utf8' });
  return JSON.parse(output.trimEnd().split('\n').pop() ?? '').loadMs;
}
