// Makes sure the pages are built from the source as it is, once, though several test files start at the same time.
// It does not rebuild what is newer than every source file.
import { mkdir, readdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildPages, PAGES } from '../../static/build.mjs';

const root = join(import.meta.dirname, '../../static');
const LOCK = join(root, '.building');
const age = (path) => stat(path).then(({ mtimeMs }) => mtimeMs, () => 0);

async function isFresh() {
  const sources = [join(root, 'build.mjs')];
  for (const folder of ['src', 'pages']) {
    const found = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    sources.push(...found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name)));
  }
  const built = await Promise.all(PAGES.map((page) => age(join(root, 'dist', page, 'theme.css'))));
  return Math.min(...built) > Math.max(...(await Promise.all(sources.map(age))));
}

export async function ensureBuilt() {
  const isMine = await mkdir(LOCK).then(() => true, () => false);
  if (!isMine) {
    for (let waited = 0; waited < 60_000 && (await age(LOCK)); waited += 100) await pause(100);
    return;
  }
  try {
    if (!(await isFresh())) await buildPages({ quiet: true });
  } finally {
    await rmdir(LOCK);
  }
}
