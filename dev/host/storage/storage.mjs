// The wire of Forge's key-value store: plain values, secrets, custom entities, batches and transactions, with TTL and its refusals.
// It never looks into a value beyond size, depth and declared attributes.
import { Entities, readCursor, writeCursor } from './entity.mjs';
import { Rate, Refused, checkKey, checkPage, checkTogether, checkValue, expiryOf } from './limits.mjs';

// Atlassian deletes expired records in the background, up to this long after they expired.
const LATE_EXPIRY_MS = 48 * 3600 * 1000;

export class Storage {
  #db;
  #clock;
  #entities;
  #allowed;
  #lateExpiry;
  rate;

  /** `lateExpiry`: expired records are still answered for 48 h, as Forge is allowed to. */
  constructor({ db, clock, manifest, lateExpiry = false }) {
    this.#db = db;
    this.#clock = clock;
    this.#entities = new Entities(manifest.entities);
    this.#allowed = manifest.scopes.has('storage:app');
    this.#lateExpiry = lateExpiry;
    this.rate = new Rate(clock);
  }

  /** Answers one wire request: `{ status, body }`, body being an object or nothing. */
  handle(path, request) {
    try {
      if (!this.#allowed) throw new Refused('PERMISSION_DENIED', 'The scope storage:app is not in the manifest.', 403);
      const route = ROUTES[path.replace('/api/v1/', '')];
      if (!route) throw new Refused('NOT_FOUND', 'No such storage operation.', 404);
      this.rate.request();
      const body = this.#db.atomically(() => route(this, request));
      return { status: body === undefined ? 204 : 200, body };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { status: error.status, body: { code: error.code, message: error.message } };
    }
  }

  /** Every record as the panel shows it: names and sizes, never values. `sealed` says the value looks encrypted. */
  list() {
    const kv = this.#db.all('SELECT kind, key, length(value) AS bytes, value, updated, expires FROM kv ORDER BY kind, key');
    const entity = this.#db.all('SELECT name AS kind, key, length(value) AS bytes, value, updated, expires FROM entity ORDER BY name, key');
    return [...kv, ...entity].map(({ kind, key, bytes, value, updated, expires }) => ({ kind, key, bytes, updated, expires, sealed: looksSealed(value), expired: this.#gone({ expires }) }));
  }

  /** Empties the app's storage, as an uninstall does. */
  clear() {
    this.#db.run('DELETE FROM kv');
    this.#db.run('DELETE FROM entity');
  }

  get(kind, { key, options }) {
    checkKey(key);
    const row = this.#read(kind, key);
    if (!row) throw new Refused('KEY_NOT_FOUND', 'The specified key does not exist.', 404);
    this.rate.count('read', row.value.length);
    return record(key, row, options);
  }

  set(kind, { key, value, options = {} }) {
    checkKey(key);
    if (kind !== 'plain' && kind !== 'secret') this.#entities.checkValue(kind, value);
    const text = checkValue(value);
    const now = this.#clock.now();
    const before = this.#read(kind, key);
    if (options.keyPolicy === 'FAIL_IF_EXISTS' && before) throw new Refused('KEY_CONFLICT', 'The specified key already exists.', 409);
    this.rate.count('write', text.length);
    const row = { value: text, created: before?.created ?? now, updated: now, expires: expiryOf(options.ttl, now) };
    this.#write(kind, key, row);
    if (options.returnValue === 'LATEST') return record(key, row, options);
    if (options.returnValue === 'PREVIOUS') return before ? record(key, before, options) : undefined;
    return undefined;
  }

  delete(kind, { key }) {
    checkKey(key);
    const row = this.#read(kind, key);
    if (!row) throw new Refused('KEY_NOT_FOUND', 'The specified key does not exist.', 404);
    this.rate.count('write', 1);
    this.#erase(kind, key);
  }

  query({ limit, after, where = [], options }) {
    const page = checkPage(limit);
    const offset = readCursor(after);
    const odd = where.find((clause) => clause.property !== 'key' || clause.condition !== 'BEGINS_WITH');
    if (odd || where.length > 1) throw new Refused('QUERY_WHERE_INVALID', 'Only one BEGINS_WITH condition on the key is supported.');
    const prefix = where[0]?.values?.[0] ?? '';
    const rows = this.#db.all("SELECT key, value, created, updated, expires FROM kv WHERE kind = 'plain' AND substr(key, 1, ?) = ? ORDER BY key", prefix.length, prefix);
    return this.#page(rows.filter((row) => !this.#gone(row)), offset, page, options);
  }

  queryEntity(request) {
    const plan = this.#entities.plan(request);
    const narrowed = plan.partition.map(({ attribute }) => `AND json_extract(value, '$."${attribute}"') = ?`).join(' ');
    const values = plan.partition.map(({ value }) => (typeof value === 'boolean' ? Number(value) : value));
    const rows = this.#db.all(`SELECT key, value, created, updated, expires FROM entity WHERE name = ? ${narrowed} ORDER BY key`, request.entityName, ...values)
      .filter((row) => !this.#gone(row))
      .map((row) => ({ ...row, parsed: JSON.parse(row.value) }))
      .filter((row) => plan.inRange(row.parsed, row.key) && plan.matches(row.parsed));
    const place = (row) => (plan.range === 'key' ? row.key : row.parsed[plan.range]);
    rows.sort((a, b) => compare(place(a), place(b)) || compare(a.key, b.key));
    if (plan.descending) rows.reverse();
    return this.#page(rows, plan.offset, plan.limit, request.options);
  }

  batch(act, list) {
    checkTogether(list, JSON.stringify(list).length);
    const result = { successfulKeys: [], failedKeys: [] };
    for (const item of list) {
      const name = item.entityName ? { entityName: item.entityName } : {};
      try {
        const done = this[act](item.entityName ?? 'plain', item);
        result.successfulKeys.push(act === 'get' ? { ...done, ...name } : { key: item.key, ...name });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        result.failedKeys.push({ key: item.key, ...name, error: { code: error.code, message: error.message } });
      }
    }
    return result;
  }

  /** All or nothing: conditions are checked against what is stored before any of it. */
  transact({ set = [], delete: remove = [], check = [] }) {
    const all = [...set, ...remove, ...check];
    checkTogether(all, JSON.stringify(all).length);
    const names = all.map((item) => `${item.entityName ?? ''}\n${item.key}`);
    if (new Set(names).size !== names.length) throw new Refused('BAD_REQUEST', 'A transaction may name a key once.');
    for (const item of all) this.#checkConditions(item);
    for (const item of set) this.set(item.entityName ?? 'plain', { ...item, options: { ttl: item.options?.ttl } });
    for (const item of remove) if (this.#read(item.entityName ?? 'plain', item.key)) this.delete(item.entityName ?? 'plain', item);
    return undefined;
  }

  #checkConditions({ key, entityName, conditions }) {
    checkKey(key);
    if (!conditions) return;
    if (!entityName) throw new Refused('BAD_REQUEST', 'Conditions need a custom entity.');
    const row = this.#read(entityName, key);
    if (!this.#entities.filters(entityName, conditions)(row ? JSON.parse(row.value) : undefined)) {
      throw new Refused('TRANSACTION_CONDITION_FAILED', 'A condition of the transaction does not hold.', 409);
    }
  }

  #page(rows, offset, limit, options) {
    const slice = rows.slice(offset, offset + limit);
    this.rate.count('read', slice.reduce((sum, row) => sum + row.value.length, 0));
    const data = slice.map((row) => record(row.key, row, options));
    return rows.length > offset + limit ? { data, cursor: writeCursor(offset + limit) } : { data };
  }

  #gone({ expires }) {
    return expires !== null && expires + (this.#lateExpiry ? LATE_EXPIRY_MS : 0) <= this.#clock.now();
  }

  #read(kind, key) {
    const row = kind === 'plain' || kind === 'secret'
      ? this.#db.get('SELECT value, created, updated, expires FROM kv WHERE kind = ? AND key = ?', kind, key)
      : this.#db.get('SELECT value, created, updated, expires FROM entity WHERE name = ? AND key = ?', this.#entities.named(kind).name, key);
    return row && !this.#gone(row) ? row : undefined;
  }

  #write(kind, key, { value, created, updated, expires }) {
    const table = kind === 'plain' || kind === 'secret' ? 'kv' : 'entity';
    this.#db.run(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?, ?)`, kind, key, value, created, updated, expires);
  }

  #erase(kind, key) {
    if (kind === 'plain' || kind === 'secret') this.#db.run('DELETE FROM kv WHERE kind = ? AND key = ?', kind, key);
    else this.#db.run('DELETE FROM entity WHERE name = ? AND key = ?', kind, key);
  }
}

const ROUTES = {
  get: (storage, body) => storage.get('plain', body),
  set: (storage, body) => storage.set('plain', body),
  delete: (storage, body) => storage.delete('plain', body),
  query: (storage, body) => storage.query(body),
  'secret/get': (storage, body) => storage.get('secret', body),
  'secret/set': (storage, body) => storage.set('secret', body),
  'secret/delete': (storage, body) => storage.delete('secret', body),
  'entity/get': (storage, body) => storage.get(entityOf(body), body),
  'entity/set': (storage, body) => storage.set(entityOf(body), body),
  'entity/delete': (storage, body) => storage.delete(entityOf(body), body),
  'entity/query': (storage, body) => storage.queryEntity(body),
  'batch/get': (storage, body) => storage.batch('get', body),
  'batch/set': (storage, body) => storage.batch('set', body),
  'batch/delete': (storage, body) => storage.batch('delete', body),
  transaction: (storage, body) => storage.transact(body),
};

function entityOf({ entityName }) {
  if (entityName === 'plain' || entityName === 'secret' || !entityName) throw new Refused('INVALID_ENTITY_TYPE', 'An entity name is required.');
  return entityName;
}

function record(key, row, options = {}) {
  const fields = options.metadataFields ?? options.returnMetadataFields ?? [];
  return {
    key,
    value: JSON.parse(row.value),
    ...(fields.includes('CREATED_AT') && { createdAt: row.created }),
    ...(fields.includes('UPDATED_AT') && { updatedAt: row.updated }),
    ...(fields.includes('EXPIRE_TIME') && row.expires !== null && { expireTime: new Date(row.expires).toISOString() }),
  };
}

function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

// A rough sign for the panel: a long run of base64 and no prose, in the first part of the value.
function looksSealed(text) {
  const head = text.slice(0, 2000);
  return !/[a-z] [a-z]{2}/i.test(head) && /[A-Za-z0-9+/_=-]{40}/.test(head);
}
