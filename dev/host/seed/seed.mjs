// Fills a new site once: the hand-written desk and operations space, and what the installed packages tell. `small` is for tests, `full` for people.
import { plantItDesk } from './it-desk.mjs';
import { plantOperations } from './operations.mjs';
import { plantPackages } from './packages.mjs';

/** Plants the content of `size` (`'small'`, `'full'`, `'none'`) unless this state has content already. */
export function plant({ db, site, clock, people, size, appDir, say }) {
  if (size === 'none' || db.setting('planted')) return;
  const started = performance.now();
  const counts = db.atomically(() => {
    const desk = plantItDesk({ site, clock, people });
    const operations = plantOperations({ site, clock, people });
    const packages = plantPackages({ site, clock, appDir, size });
    db.keepSetting('planted', size);
    return { tickets: desk.tickets + packages.tickets, pages: operations.pages + packages.pages };
  });
  say(`Filled the site with ${counts.tickets} tickets and ${counts.pages} pages in ${Math.round(performance.now() - started)} ms`);
}
