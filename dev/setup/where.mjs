// @ts-check
// Where the tools of a build are: found on PATH, in cargo's own folder or in the ignored target/tools.
// Installs nothing; that is the steps' work.

import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');
/** What set-up installs beside the repository's own packages; ignored by git. */
export const toolsFolder = join(root, 'target', 'tools');
/** cargo's own folder for installed programs. */
export const cargoBin = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'bin');

/** Folders searched for a tool, in order. */
const folders = () => [
  ...(process.env.PATH ?? '').split(delimiter).filter(Boolean),
  cargoBin,
  join(toolsFolder, 'bin'),
  join(root, 'node_modules', '.bin'),
];

/**
 * Every place that holds an executable of this name, best first.
 * @param {string} name
 * @returns {string[]}
 */
export function findAll(name) {
  return folders().map((folder) => join(folder, name)).filter(isExecutable);
}

/**
 * @param {string} name
 * @returns {string | undefined}
 */
export const find = (name) => findAll(name)[0];

/**
 * The version of a crate in Cargo.lock.
 * @param {string} crate
 * @returns {string}
 */
export function lockedVersion(crate) {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const found = lock.match(new RegExp(`name = "${crate}"\\nversion = "([^"]+)"`));
  if (!found?.[1]) throw new Error(`Cargo.lock has no ${crate}`);
  return found[1];
}

/**
 * The environment in which cargo, wasm-bindgen, wasm-pack and wasm-opt find each other and the wasm standard library.
 * @returns {NodeJS.ProcessEnv}
 */
export function toolEnvironment() {
  const own = readJson(join(toolsFolder, 'wasm-toolchain.json'));
  const extra = [join(toolsFolder, 'bin'), cargoBin, join(root, 'node_modules', '.bin')];
  const path = [...(own?.folder ? [own.folder] : []), ...pathWithTools(extra)];
  return { ...process.env, PATH: path.join(delimiter), ...(own?.rustc ? { RUSTC: own.rustc } : {}) };
}

/**
 * The environment of the native toolchain (clippy, rustfmt, tests): never the wasm fallback's.
 * @returns {NodeJS.ProcessEnv}
 */
export function nativeEnvironment() {
  return { ...process.env, PATH: pathWithTools([cargoBin]).join(delimiter) };
}

/**
 * A browser that is already there.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const known = [
    process.env.CHROME_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    readJson(join(toolsFolder, 'browser.json'))?.path,
  ];
  return known.find((path) => path && isExecutable(path));
}

/**
 * Node 22 as Forge runs it, when set-up brought one.
 * @returns {string | undefined}
 */
export function findNode22() {
  if (process.versions.node.startsWith('22.')) return process.execPath;
  const own = join(toolsFolder, 'npm', 'node_modules', `node-${platform()}`, 'bin', 'node');
  return isExecutable(own) ? own : undefined;
}

/** The platform as the npm packages that carry Node name it. */
export function platform() {
  return `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

/**
 * @param {string} path
 * @returns {any}
 */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {string[]} extra */
function pathWithTools(extra) {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...path, ...extra.filter((folder) => existsSync(folder) && !path.includes(folder))];
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
