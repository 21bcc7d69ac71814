// @ts-check
// The parts of the test run: what each is called, how it is started, and in what its output counts.
// They stand in two lanes that need nothing of each other and hold no lock of each other: cargo's debug folder is one's, pkg/ and static/dist/ the other's.
// Runs nothing.

import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findBrowser, nativeEnvironment, root, toolEnvironment } from '../setup/where.mjs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} title
 * @property {string} command
 * @property {() => string[]} args
 * @property {() => NodeJS.ProcessEnv} environment
 * @property {'check' | 'cargo' | 'node'} counts how its output is counted
 */

/**
 * @param {string} name
 * @param {string} title
 * @param {string[]} args
 * @param {Part['counts']} counts
 * @returns {Part}
 */
const native = (name, title, args, counts) => ({ name, title, command: 'cargo', args: () => args, environment: nativeEnvironment, counts });

/** Node's own choice is a core less than there are: one file after the other on two, where a browser waits more than it works. */
const FILES_AT_ONCE = Math.max(2, availableParallelism() - 1);

/**
 * The test files of a folder, with Node's own runner.
 * @param {string} name
 * @param {string} title
 * @returns {Part}
 */
const node = (name, title) => ({
  name,
  title,
  command: process.execPath,
  args: () => ['--test', `--test-concurrency=${FILES_AT_ONCE}`, '--test-reporter=spec', ...files(join('tests', name))],
  environment: () => ({ ...toolEnvironment(), CHROME_PATH: findBrowser() }),
  counts: 'node',
});

/** What cargo makes for the tests. @type {Part[]} */
const rust = [
  native('format', 'Rust: format', ['fmt', '--check'], 'check'),
  native('lint', 'Rust: lints', ['clippy', '--all-targets', '--', '-D', 'warnings'], 'check'),
  native('core', 'Rust: the core, native', ['test'], 'cargo'),
  { name: 'wasm', title: 'Rust: the core as WebAssembly', command: 'wasm-pack', args: () => ['test', '--node'], environment: toolEnvironment, counts: 'cargo' },
];

/** What is shipped, and the tests of it. @type {Part[]} */
const product = [
  { name: 'build', title: 'Build', command: process.execPath, args: () => [join(root, 'dev/build.mjs')], environment: toolEnvironment, counts: 'check' },
  { name: 'types', title: 'JavaScript: types', command: process.execPath, args: () => [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', root], environment: toolEnvironment, counts: 'check' },
  node('shim', 'The shim'),
  node('manifest', 'The manifest'),
  node('bundle', "The function, bundled by Forge's bundler"),
  node('host', 'The local host'),
  node('vault', 'The envelope'),
  node('isolation', 'Memory and tenants'),
  node('command', 'The quillgate command'),
  node('provider', "The requests beside the providers' own libraries"),
  node('ui', 'The pages, in Chromium'),
  node('e2e', 'The main job, end to end in Chromium'),
];

/** Each lane in its order; the lanes run beside each other. */
export const lanes = [rust, product];
export const parts = lanes.flat();

/**
 * @param {string} folder
 * @returns {string[]}
 */
function files(folder) {
  const path = join(root, folder);
  const names = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.test.mjs')).sort() : [];
  // A folder without tests is a part that fails, not one that is passed over.
  return names.length > 0 ? names.map((name) => join(path, name)) : [join(path, '*.test.mjs')];
}
