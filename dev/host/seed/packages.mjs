// Real content every installation has: changelogs of the packages in node_modules become tickets, their READMEs pages of a space.
// Only packages whose changelogs name no person are read as tickets; READMEs lose their sections on people, and every address.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COLLEAGUES, USERS } from '../people.mjs';
import { Random } from '../random.mjs';
import { adfOfMarkdown } from './adf.mjs';
import { storageOfMarkdown } from './storage-format.mjs';

const DAY = 86400000;
const PROJECTS = [
  { key: 'FORGE', name: 'Forge platform', packages: ['@forge/api', '@forge/events', '@forge/kvs', '@forge/resolver'] },
  { key: 'BRIDGE', name: 'Forge bridge', packages: ['@forge/bridge', '@forge/i18n', '@forge/csp', '@forge/egress'] },
  { key: 'TOKENS', name: 'Design tokens', packages: ['@atlaskit/tokens', '@atlaskit/adf-schema', '@atlaskit/ds-lib'] },
];
const PER_PROJECT = { small: 12, full: 75 };
const PAGES = { small: 5, full: 48 };
const NO_PAGES = /^(@types|@esbuild|@rollup|@img|@neon)/;
const PEOPLE_SECTIONS = /^#{1,4}\s*(authors?|contributors?|contributing|credits?|acknowledge?ments?|thanks|license|licence|sponsors?|backers?|maintainers?|support|changelog|security|sponsored.*|enterprise.*|.*\bfor enterprise\b.*)\b.*$/i;

// An app without packages of its own (the host's fixture) gets those of the repository the host lies in.
const OWN_MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

/** Adds the projects, tickets and pages of `<appDir>/node_modules`. Answers how many of each. */
export function plantPackages({ site, clock, appDir, size }) {
  const modules = [join(appDir, 'node_modules'), OWN_MODULES].find(existsSync) ?? OWN_MODULES;
  const random = new Random(20261122);
  const now = clock.now();
  let tickets = 0;
  for (const [i, project] of PROJECTS.entries()) {
    site.addProject({ key: project.key, id: 10010 + i, name: project.name, lead: COLLEAGUES[i].accountId });
    const releases = spread(project.packages.map((name) => releasesOf(modules, name)), PER_PROJECT[size]);
    releases.reverse().forEach((release, at) => {
      site.addIssue(ticketOf({ release, project, number: at + 1, of: releases.length, now, random }));
      tickets += 1;
    });
  }
  return { tickets, pages: plantReadmes({ site, modules, now, random, most: PAGES[size] }) };
}

// Newest releases of every package in turn, so that no package fills the project alone.
function spread(lists, most) {
  const taken = [];
  for (let depth = 0; taken.length < most && lists.some((list) => list.length > depth); depth += 1) {
    for (const list of lists) {
      const next = list[depth];
      // Several packages are often released with one and the same note: one ticket tells it.
      if (next && taken.length < most && !taken.some((other) => other.notes === next.notes)) taken.push(next);
    }
  }
  return taken;
}

/** The releases of a changelog that say something: `{ name, version, notes }`, newest first. */
function releasesOf(modules, name) {
  const file = join(modules, name, 'CHANGELOG.md');
  if (!existsSync(file)) return [];
  const parts = readFileSync(file, 'utf8').split(/^## (?=\d)/m).slice(1);
  return parts.map((part) => {
    const [version, ...lines] = part.split('\n');
    return { name, version: version.trim(), notes: cleanNotes(lines.join('\n')) };
  }).filter(({ version, notes }) => /^\d+\.\d+\.\d+$/.test(version) && /^\s*-\s+\S/m.test(notes));
}

// Dependency bumps say nothing, commit ids and merge links mean nothing outside Atlassian.
function cleanNotes(notes) {
  const lines = notes.split('\n');
  const kept = [];
  let skipping = false;
  for (const line of lines) {
    if (/^- Updated dependencies/i.test(line.trim())) skipping = true;
    else if (/^\S/.test(line) && !/^\s+-/.test(line)) skipping = false;
    if (skipping) continue;
    if (/^\s*-\s+@?[\w-]+\/?[\w.-]*@\d[\w.-]*\s*$/.test(line)) continue;
    const said = line.replace(/^(\s*- )(?:- )?(?:\[[^\]]*\]\([^)]*\)\s*-?\s*|[0-9a-f]{7,12}:\s*)+/, '$1').replace(/\[`?[0-9a-f]{8,}`?\]\([^)]*\)\s*-\s*/g, '');
    if (!/^\s*-\s*$/.test(said)) kept.push(said);
  }
  return kept.join('\n').replace(/^### \w+ Changes\s*(?=(###|\s*$))/gm, '').trim();
}

function ticketOf({ release, project, number, of, now, random }) {
  const created = now - Math.round((of - number + 1) * 4.3 * DAY) - random.below(DAY);
  const done = number < of - 6;
  const updated = Math.min(now - random.below(3 * 3600000), created + (1 + random.below(done ? 12 : 4)) * DAY);
  const fix = /fix|bug|patch/i.test(release.notes.slice(0, 300));
  return {
    key: `${project.key}-${number}`,
    project: project.key,
    number,
    summary: summaryOf(release),
    description: adfOfMarkdown(release.notes),
    type: /### Major/.test(release.notes) ? 'Epic' : fix ? 'Bug' : random.pick(['Story', 'Task']),
    status: done ? 'Done' : random.pick(['To Do', 'In Progress', 'In Review']),
    priority: random.pick(['Low', 'Medium', 'Medium', 'High']),
    reporter: random.pick(COLLEAGUES).accountId,
    assignee: random.pick([...COLLEAGUES, ...USERS]).accountId,
    created,
    updated,
    resolution: done ? 'Done' : null,
    resolved: done ? updated : null,
    versions: [`${release.name.split('/')[1]} ${release.version}`],
    labels: [release.name.split('/')[1]],
  };
}

function summaryOf({ name, version, notes }) {
  const first = notes.match(/^\s*-\s+([\s\S]+?)(?=\n\s*-\s|\n\s*\n|$(?![\s\S]))/m)?.[1].replace(/\s+/g, ' ') ?? 'Maintenance';
  const plain = first.replace(/`([^`]*)`/g, '$1').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*_]{1,2}([^*_]+)[*_]{1,2}/g, '$1').trim();
  const short = plain.length > 90 ? `${plain.slice(0, 88).replace(/\s+\S*$/, '')}…` : plain.replace(/\.$/, '');
  return `${name.split('/')[1]} ${version}: ${short}`;
}

function plantReadmes({ site, modules, now, random, most }) {
  const author = COLLEAGUES[3].accountId;
  site.addSpace({ id: 98311, key: 'LIB', name: 'Library handbook', description: 'What each package we depend on does, and how to use it.', author, created: now - 400 * DAY });
  const home = site.addPage({ id: 65601, space: '98311', title: 'Library handbook', author, created: now - 400 * DAY, body: '<p>One page for each library our services use. Ask in the platform channel before you add a new one.</p><ac:structured-macro ac:name="info"><ac:rich-text-body><p>Pages here are copied from the packages that are installed. They change when the packages do.</p></ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name="children" ac:schema-version="2" />' });
  site.setHome('98311', home);
  const found = packagesWithReadme(modules).slice(0, most);
  for (const { name, readme } of found) {
    const created = now - (30 + random.below(300)) * DAY;
    site.addPage({ space: '98311', parent: home, title: name, author: random.pick(COLLEAGUES).accountId, created, body: storageOfMarkdown(withoutPeople(readme)) || '<p>This package has no description.</p>' });
  }
  return found.length + 1;
}

function packagesWithReadme(modules) {
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules).filter((name) => !name.startsWith('.')).flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name])).filter((name) => !NO_PAGES.test(name));
  const ours = (name) => (name.startsWith('@forge/') ? 0 : name.startsWith('@atlaskit/') ? 1 : 2);
  return names.sort((a, b) => ours(a) - ours(b) || (a < b ? -1 : 1)).flatMap((name) => {
    const file = ['README.md', 'readme.md', 'Readme.md'].map((end) => join(modules, name, end)).find(existsSync);
    const readme = file ? readFileSync(file, 'utf8') : '';
    return readme.length > 300 && readme.length < 40000 ? [{ name, readme }] : [];
  });
}

function withoutPeople(markdown) {
  const lines = markdown.split('\n');
  const kept = [];
  let skipping = 0;
  let fenced = false;
  for (const line of lines) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    const heading = !fenced && line.match(/^(#{1,6})\s/);
    if (heading && skipping && heading[1].length <= skipping) skipping = 0;
    if (heading && !skipping && PEOPLE_SECTIONS.test(line)) skipping = heading[1].length;
    if (!skipping && !/^\s*(\[!\[|!\[|<(p|img|a|div|br|h\d|picture|sup|table)\b)/.test(line)) kept.push(line);
  }
  return kept.join('\n').replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, 'team@example.com').replace(/^.*(©|copyright).*$/gim, '');
}
