// The one embedded database: the site's content and the app's storage, in `<state>/site.db` or in memory.
// It knows tables, not rules; every rule lives with the noun it guards.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

// libsql ships its native part prebuilt through npm's optional dependencies: nothing is compiled or downloaded at install.
const Database = createRequire(import.meta.url)('libsql');

const SCHEMA = `
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS kv (kind TEXT, key TEXT, value TEXT NOT NULL, created INTEGER, updated INTEGER, expires INTEGER, PRIMARY KEY (kind, key));
CREATE TABLE IF NOT EXISTS entity (name TEXT, key TEXT, value TEXT NOT NULL, created INTEGER, updated INTEGER, expires INTEGER, PRIMARY KEY (name, key));
CREATE TABLE IF NOT EXISTS event (seq INTEGER PRIMARY KEY, id TEXT, job TEXT, queue TEXT, body TEXT, delay INTEGER, due INTEGER, key TEXT, lim INTEGER,
  state TEXT, attempts INTEGER DEFAULT 0, retry TEXT, pushed INTEGER, depth INTEGER DEFAULT 0, note TEXT);
CREATE INDEX IF NOT EXISTS event_state ON event (state, due);
CREATE TABLE IF NOT EXISTS project (key TEXT PRIMARY KEY, id TEXT, name TEXT, lead TEXT, browse TEXT);
CREATE TABLE IF NOT EXISTS issue (key TEXT PRIMARY KEY, id INTEGER UNIQUE, project TEXT, number INTEGER, summary TEXT, description TEXT, plain TEXT, type TEXT, status TEXT,
  priority TEXT, reporter TEXT, assignee TEXT, creator TEXT, created INTEGER, updated INTEGER, resolution TEXT, resolved INTEGER, versions TEXT, labels TEXT, comments TEXT);
CREATE INDEX IF NOT EXISTS issue_project ON issue (project, number);
CREATE TABLE IF NOT EXISTS space (id TEXT PRIMARY KEY, key TEXT UNIQUE, name TEXT, description TEXT, home TEXT, author TEXT, created INTEGER, view TEXT, edit TEXT);
CREATE TABLE IF NOT EXISTS page (id TEXT PRIMARY KEY, space TEXT, parent TEXT, title TEXT, status TEXT, body TEXT, plain TEXT, version INTEGER, author TEXT, owner TEXT,
  created INTEGER, updated INTEGER, readers TEXT, editors TEXT, position INTEGER);
CREATE INDEX IF NOT EXISTS page_space ON page (space, parent);
CREATE TABLE IF NOT EXISTS page_version (page TEXT, number INTEGER, title TEXT, body TEXT, message TEXT, author TEXT, created INTEGER, PRIMARY KEY (page, number));
`;

/** Opens (and makes, if new) the database of a state folder; `null` keeps it in memory. */
export function openDatabase(state) {
  if (state) mkdirSync(state, { recursive: true });
  const raw = new Database(state ? join(state, 'site.db') : ':memory:');
  if (state) raw.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  raw.exec(SCHEMA);
  return new Store(raw);
}

/** Prepared statements by their text, plain rows, nested-safe transactions and a table of small settings. */
export class Store {
  #raw;
  #prepared = new Map();
  #depth = 0;

  constructor(raw) {
    this.#raw = raw;
  }

  #statement(sql) {
    if (!this.#prepared.has(sql)) this.#prepared.set(sql, this.#raw.prepare(sql));
    return this.#prepared.get(sql);
  }

  run(sql, ...values) {
    return this.#statement(sql).run(...values);
  }

  all(sql, ...values) {
    return this.#statement(sql).all(...values);
  }

  get(sql, ...values) {
    const [row] = this.all(sql, ...values);
    return row;
  }

  /** Runs `act` so that either all of its writes are kept or none. */
  atomically(act) {
    if (this.#depth > 0) return act();
    this.#raw.exec('BEGIN IMMEDIATE');
    this.#depth += 1;
    try {
      const result = act();
      this.#raw.exec('COMMIT');
      return result;
    } catch (error) {
      this.#raw.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** A small setting of the host itself, as JSON. */
  setting(name, fallback = null) {
    const row = this.get('SELECT value FROM meta WHERE name = ?', name);
    return row ? JSON.parse(row.value) : fallback;
  }

  keepSetting(name, value) {
    this.run('INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value', name, JSON.stringify(value));
  }

  close() {
    this.#prepared.clear();
    this.#raw.close();
  }
}
