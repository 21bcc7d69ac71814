// The content of the two products and who may see or change it: projects, issues, spaces, pages, versions. Reads and writes rows;
// the REST shapes are `jira/` and `confluence/`, the screens `chrome/`.
import { EventEmitter } from 'node:events';
import { adfText, searchable, storageText } from './text.mjs';

/** Emits `changed` with `{ product, act, issue? , page? }` for what a person or an app writes; what is planted before anybody listens goes unheard. */
export class Site extends EventEmitter {
  #db;
  #clock;
  people;

  constructor({ db, clock, people }) {
    super();
    this.#db = db;
    this.#clock = clock;
    this.people = people;
  }

  /** `who` is `{ kind: 'user', accountId, admin } | { kind: 'app' } | { kind: 'none' }`. An `access` list is `"all"` or account ids. */
  #may(access, who) {
    if (who.kind === 'none') return false;
    if (access === 'all' || who.kind === 'app' || who.admin) return true;
    return JSON.parse(access).includes(who.accountId);
  }

  // A page's own restriction binds everybody it does not name, the app included; an admin is named by nobody and bound too.
  #named(access, who) {
    return access === null || (who.kind === 'user' && JSON.parse(access).includes(who.accountId));
  }

  projects(who) {
    return this.#db.all('SELECT * FROM project ORDER BY key').filter((project) => this.#may(project.browse, who));
  }

  project(key) {
    return this.#db.get('SELECT * FROM project WHERE key = ?', key);
  }

  /** An issue by key or id that `who` may browse, or undefined. */
  issue(keyOrId, who) {
    const row = this.#db.get('SELECT * FROM issue WHERE key = ? OR id = ?', String(keyOrId).toUpperCase(), /^\d+$/.test(keyOrId) ? Number(keyOrId) : -1);
    return row && this.#may(this.project(row.project).browse, who) ? parsedIssue(row) : undefined;
  }

  /** Every issue `who` may browse. */
  issues(who, project = null) {
    const keys = this.projects(who).map((entry) => entry.key).filter((key) => project === null || key === project);
    return keys.flatMap((key) => this.#db.all('SELECT * FROM issue WHERE project = ? ORDER BY number DESC', key)).map(parsedIssue);
  }

  countIssues(project) {
    return this.#db.get('SELECT count(*) AS n FROM issue WHERE project = ?', project).n;
  }

  addProject({ key, id, name, lead, browse = 'all' }) {
    this.#db.run('INSERT OR IGNORE INTO project VALUES (?, ?, ?, ?, ?)', key, String(id), name, lead ?? null, listText(browse));
  }

  addIssue(issue) {
    const { key, project, number, summary, description, type = 'Task', status = 'To Do', priority = 'Medium', reporter = null, assignee = null, created, updated = created, resolution = null, resolved = null, versions = [], labels = [], comments = [] } = issue;
    const isNew = !this.#db.get('SELECT key FROM issue WHERE key = ?', key);
    const id = issue.id ?? (this.#db.get('SELECT max(id) AS id FROM issue').id ?? 10000) + 1;
    const plain = searchable([key, summary, adfText(description), ...comments.map((comment) => adfText(comment.body))].join('\n'));
    this.#db.run('INSERT OR REPLACE INTO issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', key, id, project, number, summary, description ? JSON.stringify(description) : null, plain,
      type, status, priority, reporter, assignee, issue.creator ?? reporter, created, updated, resolution, resolved, JSON.stringify(versions), JSON.stringify(labels), JSON.stringify(comments));
    this.emit('changed', { product: 'jira', act: isNew ? 'created' : 'updated', issue: { id, key, project } });
  }

  deleteIssue(key) {
    const row = this.#db.get('SELECT id, project FROM issue WHERE key = ?', key);
    this.#db.run('DELETE FROM issue WHERE key = ?', key);
    if (row) this.emit('changed', { product: 'jira', act: 'deleted', issue: { id: row.id, key, project: row.project } });
  }

  spaces(who) {
    return this.#db.all('SELECT * FROM space ORDER BY name').filter((space) => this.#may(space.view, who));
  }

  /** A space by id or key that `who` may view, or undefined. */
  space(idOrKey, who) {
    const row = this.#db.get('SELECT * FROM space WHERE id = ? OR key = ?', String(idOrKey), String(idOrKey));
    return row && this.#may(row.view, who) ? row : undefined;
  }

  mayEditSpace(space, who) {
    return who.kind !== 'none' && this.#may(space.edit, who);
  }

  /** A current page `who` may view, or undefined. `trashed` asks for trashed ones too. */
  page(id, who, { trashed = false } = {}) {
    const row = this.#db.get('SELECT * FROM page WHERE id = ?', String(id));
    if (!row || (row.status !== 'current' && !trashed)) return undefined;
    return this.#viewable(row, who) ? row : undefined;
  }

  hasPage(id) {
    return Boolean(this.#db.get('SELECT id FROM page WHERE id = ?', String(id)));
  }

  mayEditPage(page, who) {
    const space = this.#db.get('SELECT * FROM space WHERE id = ?', page.space);
    return this.mayEditSpace(space, who) && this.#named(page.editors, who) && this.#viewable(page, who);
  }

  pages(who, { space = null } = {}) {
    const rows = space === null
      ? this.#db.all("SELECT * FROM page WHERE status = 'current' ORDER BY position, title")
      : this.#db.all("SELECT * FROM page WHERE status = 'current' AND space = ? ORDER BY position, title", space);
    const views = new Map();
    return rows.filter((row) => {
      if (!views.has(row.space)) views.set(row.space, Boolean(this.space(row.space, who)));
      return views.get(row.space) && this.#named(row.readers, who);
    });
  }

  titleTaken(space, title, except = null) {
    return Boolean(this.#db.get("SELECT id FROM page WHERE space = ? AND lower(title) = lower(?) AND status = 'current' AND id IS NOT ?", space, title, except));
  }

  addSpace({ id, key, name, description = '', author = null, created, view = 'all', edit = 'all' }) {
    this.#db.run('INSERT OR IGNORE INTO space VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', String(id), key, name, description, null, author, created, listText(view), listText(edit));
  }

  setHome(space, page) {
    this.#db.run('UPDATE space SET home = ? WHERE id = ?', page, space);
  }

  /** Adds a page at version 1 and answers its id. */
  addPage({ id, space, parent = null, title, body, author, message = '', created = this.#clock.now(), readers = null, editors = null }) {
    const page = String(id ?? Number(this.#db.get('SELECT max(CAST(id AS INTEGER)) AS id FROM page').id ?? 65000) + 37);
    const position = this.#db.get('SELECT count(*) AS n FROM page WHERE space = ?', space).n;
    this.#db.run('INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', page, space, parent, title, 'current', body, searchable(`${title}\n${storageText(body)}`), 1, author, author,
      created, created, readers && JSON.stringify(readers), editors && JSON.stringify(editors), position);
    this.#keepVersion(page, { number: 1, title, body, message, author, created });
    this.#pageChanged('created', page);
    return page;
  }

  /** Writes the next version of a page. The caller has checked rights and number. */
  updatePage(page, { title, body, message = '', author, created = this.#clock.now(), parent = page.parent }) {
    const number = page.version + 1;
    this.#db.atomically(() => {
      this.#db.run('UPDATE page SET title = ?, body = ?, plain = ?, version = ?, updated = ?, parent = ? WHERE id = ?', title, body, searchable(`${title}\n${storageText(body)}`), number, created, parent, page.id);
      this.#keepVersion(page.id, { number, title, body, message, author, created });
    });
    this.#pageChanged('updated', page.id);
    return number;
  }

  trashPage(id) {
    this.#db.run("UPDATE page SET status = 'trashed' WHERE id = ?", String(id));
    this.#pageChanged('trashed', id);
  }

  restorePage(id) {
    this.#db.run("UPDATE page SET status = 'current' WHERE id = ?", String(id));
    this.#pageChanged('restored', id);
  }

  movePage(id, space) {
    this.#db.run('UPDATE page SET space = ?, parent = NULL WHERE id = ?', String(space), String(id));
    this.#pageChanged('moved', id);
  }

  /** Who alone may read a page: account ids, or `null` for whoever sees its space. */
  restrictPage(id, readers) {
    this.#db.run('UPDATE page SET readers = ? WHERE id = ?', readers && JSON.stringify(readers), String(id));
    this.#pageChanged('permissions_updated', id);
  }

  #pageChanged(act, id) {
    const page = this.#db.get('SELECT id, title, status, space FROM page WHERE id = ?', String(id));
    const space = this.#db.get('SELECT id, key, name FROM space WHERE id = ?', page.space);
    this.emit('changed', { product: 'confluence', act, page: { ...page, space } });
  }

  versions(page) {
    return this.#db.all('SELECT * FROM page_version WHERE page = ? ORDER BY number DESC', String(page));
  }

  version(page, number) {
    return this.#db.get('SELECT * FROM page_version WHERE page = ? AND number = ?', String(page), number);
  }

  #keepVersion(page, { number, title, body, message, author, created }) {
    this.#db.run('INSERT INTO page_version VALUES (?, ?, ?, ?, ?, ?, ?)', page, number, title, body, message, author, created);
  }

  #viewable(page, who) {
    return Boolean(this.space(page.space, who)) && this.#named(page.readers, who);
  }
}

function parsedIssue(row) {
  return { ...row, description: row.description && JSON.parse(row.description), versions: JSON.parse(row.versions), labels: JSON.parse(row.labels), comments: JSON.parse(row.comments) };
}

function listText(access) {
  return access === 'all' ? 'all' : JSON.stringify(access);
}
