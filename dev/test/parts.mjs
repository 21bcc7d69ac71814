// @ts-check
// The parts of the test run, in order: what each is called, how it is started, and in what its output counts.
// Runs nothing.

import { existsSync, readdirSync } from 'node:fs';
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
  args: () => ['--test', '--test-reporter=spec', ...files(join('tests', name))],
  environment: () => ({ ...toolEnvironment(), CHROME_PATH: findBrowser() }),
  counts: 'node',
});

/** @type {Part[]} */
export const parts = [
  native('format', 'Rust: format', ['fmt', '--check'], 'check'),
  native('lint', 'Rust: lints', ['clippy', '--all-targets', '--', '-D', 'warnings'], 'check'),
  native('core', 'Rust: the core, native', ['test'], 'cargo'),
  { name: 'wasm', title: 'Rust: the core as WebAssembly', command: 'wasm-pack', args: () => ['test', '--node'], environment: toolEnvironment, counts: 'cargo' },
  { name: 'build', title: 'Build', command: process.execPath, args: () => [join(root, 'dev/build.mjs')], environment: toolEnvironment, counts: 'check' },
  { name: 'types', title: 'JavaScript: types', command: process.execPath, args: () => [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', root], environment: toolEnvironment, counts: 'check' },
  node('shim', 'The shim'),
  node('manifest', 'The manifest'),
  node('bundle', "The function, bundled by Forge's bundler"),
  node('host', 'The local host'),
  node('command', 'The quillgate command'),
  node('ui', 'The pages, in Chromium'),
  node('e2e', 'The main job, end to end in Chromium'),
];

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
