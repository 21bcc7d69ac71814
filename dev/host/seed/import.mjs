// Imports tickets and pages from JSON lines: a file, or every .jsonl/.json file of a folder. A line with `title` is a page, one with `summary`
// a ticket; missing fields get defaults. A wrong line stops the import and is named by file and number; nothing of a failed import is kept.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { malformation } from '../confluence/wellformed.mjs';
import { COLLEAGUES } from '../people.mjs';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const SPACE = { id: 98800, key: 'IMP', name: 'Imported pages', description: 'Pages that were imported into the local site.' };

/** Imports `from`, once for each path and content size. */
export function importSite({ site, db, clock, from, say }) {
  const files = filesOf(from);
  const mark = `imported:${from}`;
  const stamp = files.map((file) => `${file}:${statSync(file).size}`).join('|');
  if (db.setting(mark) === stamp) return;
  const counts = { tickets: 0, pages: 0 };
  db.atomically(() => {
    for (const file of files) for (const [number, line] of linesOf(file)) importLine({ site, clock, counts, where: `${file}:${number}`, line });
    db.keepSetting(mark, stamp);
  });
  say(`Imported ${counts.tickets} tickets and ${counts.pages} pages from ${from}`);
}

function filesOf(from) {
  let stat;
  try {
    stat = statSync(from);
  } catch {
    throw new Error(`QUILLGATE_SITE: ${from} does not exist`);
  }
  if (!stat.isDirectory()) return [from];
  const files = readdirSync(from).filter((name) => /\.(jsonl|ndjson|json)$/.test(name)).sort().map((name) => join(from, name));
  if (files.length === 0) throw new Error(`QUILLGATE_SITE: ${from} holds no .jsonl file`);
  return files;
}

function* linesOf(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const [i, line] of lines.entries()) if (line.trim()) yield [i + 1, line];
}

function importLine({ site, clock, counts, where, line }) {
  let row;
  try {
    row = JSON.parse(line);
  } catch {
    throw new Error(`${where}: the line is not JSON`);
  }
  if (row === null || typeof row !== 'object' || Array.isArray(row)) throw new Error(`${where}: the line is not an object`);
  if ('title' in row) {
    importPage({ site, clock, where, row });
    counts.pages += 1;
  } else if ('summary' in row || 'key' in row) {
    importTicket({ site, clock, where, row });
    counts.tickets += 1;
  } else {
    throw new Error(`${where}: neither a ticket (summary) nor a page (title)`);
  }
}

function importTicket({ site, clock, where, row }) {
  if (typeof row.summary !== 'string' || row.summary.trim() === '') throw new Error(`${where}: summary is missing`);
  const key = keyOf(row.key, where);
  const [project, number] = [key.slice(0, key.lastIndexOf('-')), Number(key.slice(key.lastIndexOf('-') + 1))];
  const created = row.created ? timeOf(row.created, where, 'created') : clock.now();
  const updated = row.updated ? timeOf(row.updated, where, 'updated') : created;
  const resolution = row.resolution && row.resolution !== 'Unresolved' ? String(row.resolution) : null;
  site.addProject({ key: project, id: 20000 + [...project].reduce((sum, letter) => sum * 3 + letter.charCodeAt(0), 0) % 70000, name: project === 'IMP' ? 'Imported tickets' : project, lead: COLLEAGUES[0].accountId });
  site.addIssue({
    key, project, number, created, updated, resolution,
    summary: row.summary.replace(/\s+/g, ' ').trim(),
    description: descriptionOf(row.description, where),
    type: row.type ?? 'Task',
    status: row.status ?? (resolution ? 'Done' : 'To Do'),
    priority: row.priority ?? 'Medium',
    reporter: row.reporter ?? null,
    assignee: row.assignee ?? null,
    resolved: resolution ? updated : null,
    labels: row.labels ?? [],
  });
}

function importPage({ site, clock, where, row }) {
  if (typeof row.title !== 'string' || row.title.trim() === '') throw new Error(`${where}: title is missing`);
  if (typeof row.body !== 'string') throw new Error(`${where}: body (storage format) is missing`);
  const wrong = malformation(row.body);
  if (wrong) throw new Error(`${where}: body is not storage format: ${wrong}`);
  const author = COLLEAGUES[1].accountId;
  site.addSpace({ ...SPACE, author, created: clock.now() });
  const title = site.titleTaken(String(SPACE.id), row.title) ? `${row.title} (${row.id ?? where})` : row.title;
  if (row.id !== undefined && !/^\d+$/.test(String(row.id))) throw new Error(`${where}: id is not a number`);
  site.addPage({ id: row.id === undefined || site.hasPage(row.id) ? undefined : row.id, space: String(SPACE.id), title, body: row.body, author });
}

function keyOf(key, where) {
  if (key === undefined || key === null) throw new Error(`${where}: key is missing`);
  if (/^\d+$/.test(String(key))) return `IMP-${key}`;
  if (/^[A-Z][A-Z0-9_]*-\d+$/.test(key)) return key;
  throw new Error(`${where}: key is neither a number nor like PROJ-12`);
}

function descriptionOf(description, where) {
  if (description === undefined || description === null || description === '') return null;
  if (typeof description === 'string') return { version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: description }] }] };
  if (description.type === 'doc' && Array.isArray(description.content)) return description;
  throw new Error(`${where}: description is not an ADF document`);
}

/** `30/Sep/21 17:20`, ISO, or milliseconds. */
function timeOf(value, where, field) {
  const export_ = typeof value === 'string' && value.match(/^(\d{1,2})\/([A-Za-z]{3})\/(\d{2,4})(?: (\d{1,2}):(\d{2})(?: ?([AP]M))?)?$/);
  if (export_) {
    const [, day, name, year, hour = '0', minute = '0', half] = export_;
    const month = MONTHS.indexOf(name.toLowerCase());
    const hours = (Number(hour) % (half ? 12 : 24)) + (half === 'PM' ? 12 : 0);
    if (month >= 0) return Date.UTC(year.length === 2 ? 2000 + Number(year) : Number(year), month, Number(day), hours, Number(minute));
  }
  const ms = typeof value === 'number' ? value : Date.parse(String(value).replace(/\+0000$/, 'Z'));
  if (!Number.isFinite(ms)) throw new Error(`${where}: ${field} is not a date`);
  return ms;
}
