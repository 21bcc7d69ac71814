// @ts-check
// The core as WebAssembly: cargo, wasm-bindgen and wasm-opt into pkg/. How the file gets into the bundle is src/shim/core.js's.
// wasm-pack cannot pass the flag for a fresh instance, so it is not used here.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ask, must, say } from '../setup/step.mjs';
import { findWasmBindgen } from '../setup/tools.mjs';
import { root, toolEnvironment } from '../setup/where.mjs';
import { digest, isCurrent, keep } from './inputs.mjs';

export const TARGET = 'wasm32-unknown-unknown';
const stamp = 'pkg/build.json';
const outputs = ['quillgate.js', 'quillgate.d.ts', 'quillgate_bg.wasm', 'package.json'].map((name) => `pkg/${name}`);
/** What the compiler emits by default or by .cargo/config.toml; wasm-opt refuses the rest. */
export const FEATURES = ['bulk-memory', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext', 'simd'];

/** @returns {Promise<boolean>} whether anything had to be built */
export async function buildWasm() {
  const env = toolEnvironment();
  const inputs = digest(['Cargo.toml', 'Cargo.lock', '.cargo', 'src', 'dev/build'], { except: /\.(js|mjs)$/ }) + ask('rustc', ['--version'], env);
  if (isCurrent(stamp, { inputs, outputs })) return false;

  const wasm = await compile(env);
  rmSync(join(root, 'pkg'), { recursive: true, force: true });
  mkdirSync(join(root, 'pkg'));
  await bind(wasm);
  await optimize(env);
  describe();
  keep(stamp, { inputs, outputs });
  return true;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the file that cargo made, wherever its target folder is
 */
async function compile(env) {
  const args = ['build', '--release', '--lib', '--target', TARGET, '--message-format=json-render-diagnostics'];
  const output = await must('cargo', args, { env });
  const made = output.match(/"[^"]*quillgate\.wasm"/g)?.pop();
  if (!made) throw new Error('cargo says of no quillgate.wasm that it made it');
  return JSON.parse(made);
}

/** @param {string} wasm */
async function bind(wasm) {
  const tool = findWasmBindgen();
  if (!tool) throw new Error('wasm-bindgen is not there at the version of Cargo.lock: run "node dev/setup.mjs --for build"');
  const flags = ['--target', 'web', '--omit-default-module-path', '--experimental-reset-state-function'];
  await must(tool, [...flags, '--out-dir', join(root, 'pkg'), '--out-name', 'quillgate', wasm]);
}

/** @param {NodeJS.ProcessEnv} env */
async function optimize(env) {
  const file = join(root, 'pkg/quillgate_bg.wasm');
  await must('wasm-opt', [file, '-O1', ...FEATURES.map((name) => `--enable-${name}`), '-o', file], { env });
}

/** Says that the glue is an ES module, and how large the core is. */
function describe() {
  const bytes = readFileSync(join(root, 'pkg/quillgate_bg.wasm'));
  writeFileSync(join(root, 'pkg/package.json'), `${JSON.stringify({ type: 'module', private: true }, null, 2)}\n`);
  say(`  wasm ${kilobytes(bytes.length)}, gzip ${kilobytes(gzipSync(bytes).length)}`);
}

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
