// @ts-check
// The npm packages of the repository, and the few that only tests need, kept apart in target/tools.
// Runs no package's install script.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must, run, say } from './step.mjs';
import { findNode22, platform, readJson, root, toolsFolder } from './where.mjs';

/** The release line of the manifest's `runtime`. */
const NODE_22 = '22.23.3';
const quiet = ['--ignore-scripts', '--no-audit', '--no-fund'];
const stamp = join(root, 'node_modules', '.quillgate');
const libraries = join(root, 'tests', 'provider');

/** @type {import('../setup.mjs').Step} */
export const packages = {
  title: 'npm packages',
  isDone: () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted(),
  async work() {
    const locked = existsSync(join(root, 'package-lock.json'));
    const first = locked ? await run('npm', ['ci', ...quiet]) : { ok: false, output: '' };
    if (!first.ok) {
      say(locked ? '  the lock file cannot be followed here: installing without it' : '  there is no lock file: installing the versions of package.json');
      await must('npm', ['install', '--no-package-lock', ...quiet]);
    }
    writeFileSync(stamp, wanted());
  },
};

/** @type {import('../setup.mjs').Step} */
export const node22 = {
  title: `Node ${NODE_22} (what Forge runs; for the bundle tests)`,
  isDone: () => findNode22() !== undefined,
  work: () => install(`node-${platform()}@${NODE_22}`),
};

/** The official libraries that requests are compared with; they stand apart, with a lock file of their own. @type {import('../setup.mjs').Step} */
export const providerLibraries = {
  title: "the model providers' own libraries (for tests)",
  isDone: () => existsSync(join(libraries, 'node_modules', '.quillgate')) && readFileSync(join(libraries, 'node_modules', '.quillgate'), 'utf8') === wanted(libraries),
  async work() {
    const first = await run('npm', ['ci', ...quiet], { cwd: libraries });
    if (!first.ok) {
      say('  the lock file cannot be followed here: installing without it');
      await must('npm', ['install', '--no-package-lock', ...quiet], { cwd: libraries });
    }
    writeFileSync(join(libraries, 'node_modules', '.quillgate'), wanted(libraries));
  },
};

/**
 * Installs a package that only tests need.
 * @param {string} spec name@version
 */
export async function install(spec) {
  const folder = join(toolsFolder, 'npm');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{"private":true}\n');
  await must('npm', ['install', '--no-package-lock', ...quiet, spec], { cwd: folder });
}

/** What the installed packages of a folder depend on, by content. */
function wanted(folder = root) {
  const { dependencies, devDependencies, optionalDependencies, overrides } = readJson(join(folder, 'package.json')) ?? {};
  const lock = join(folder, 'package-lock.json');
  return createHash('sha256')
    .update(JSON.stringify([dependencies, devDependencies, optionalDependencies, overrides]))
    .update(existsSync(lock) ? readFileSync(lock) : '')
    .digest('hex');
}
