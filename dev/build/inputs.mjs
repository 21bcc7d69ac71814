// @ts-check
// Tells whether a build can be skipped: the same inputs gave the outputs that are still there.
// Builds nothing.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readJson, root } from '../setup/where.mjs';

/**
 * A digest of files and folders (names and content).
 * @param {string[]} paths relative to the repository; what is missing counts as such
 * @param {{ except?: RegExp }} [options]
 * @returns {string}
 */
export function digest(paths, { except } = {}) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => walk(join(root, path)))) {
    const name = relative(root, path);
    if (except?.test(name)) continue;
    hash.update(`${name}\0`).update(existsSync(path) ? readFileSync(path) : '\0missing').update('\0');
  }
  return hash.digest('hex');
}

/**
 * Whether the note at `stamp` says that these inputs made these outputs.
 * @param {string} stamp
 * @param {{ inputs: string, outputs: string[] }} build
 */
export function isCurrent(stamp, { inputs, outputs }) {
  const note = readJson(join(root, stamp));
  return note?.inputs === inputs && note.outputs === digest(outputs);
}

/**
 * @param {string} stamp
 * @param {{ inputs: string, outputs: string[] }} build
 */
export function keep(stamp, { inputs, outputs }) {
  writeFileSync(join(root, stamp), `${JSON.stringify({ inputs, outputs: digest(outputs) })}\n`);
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function walk(path) {
  if (!existsSync(path) || statSync(path).isFile()) return [path];
  return readdirSync(path)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => walk(join(path, name)));
}
