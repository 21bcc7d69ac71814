// @ts-check
// A folder that stands for the key-value store of one installation: a file a value, named by its key.
// Performs the storage effects of the shipped core, at once and in order; knows nothing of what the values hold.

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {{ type: string, key: string, [field: string]: any }} Effect */

/** The variable it stands for. */
const ROOT = 'QUILLGATE_ROOT_1';
/** Where the app's root key lies when no file is named. */
const OWN_KEY = 'root-key';

/** The folder or its key cannot be used; the message names neither. */
export class StoreError extends Error {}

/**
 * Opens a folder, and makes it if it is not there.
 * @param {string} folder
 * @param {string} [keyFile] 32 random bytes in base64url; without it the folder's own, made once
 */
export function openStore(folder, keyFile) {
  mkdirSync(folder, { recursive: true });
  const root = rootKey(keyFile ?? join(folder, OWN_KEY), keyFile === undefined);
  return { perform: (/** @type {any} */ effect) => perform(folder, root, effect) };
}

/** @param {string} file @param {boolean} makes */
function rootKey(file, makes) {
  if (makes && !existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  if (!existsSync(file)) throw new StoreError('the key file is not there');
  const bytes = readFileSync(file);
  // 32 bytes as they are, or as text.
  return bytes.length === 32 ? bytes.toString('base64url') : bytes.toString('utf8').trim();
}

/**
 * Performs one effect.
 * @param {string} folder
 * @param {string} root
 * @param {Effect} effect
 * @returns {{ outcome: object } | { code: string }} what it gave, or why it failed
 */
function perform(folder, root, effect) {
  const files = {
    'kv-get': () => present(read(plain(folder, effect.key))),
    'kv-set': () => write(plain(folder, effect.key), effect.value),
    'kv-delete': () => remove(plain(folder, effect.key)),
    'kv-keys': () => ({ keys: keys(folder, effect.prefix, effect.limit) }),
    'secret-get': () => (effect.source === 'env' ? present(effect.key === ROOT ? root : undefined) : present(read(secret(folder, effect.key)))),
    'secret-set': () => write(secret(folder, effect.key), effect.value),
    // Nothing in a folder is listed by an index: it holds an index of texts alone.
    'entity-query': () => ({ results: [] }),
    'entity-get': () => present(readEntity(entity(folder, effect.entity, effect.key))),
    transact: () => transact(folder, effect),
  };
  const act = files[/** @type {keyof typeof files} */ (effect.type)];
  if (!act) return { code: 'denied' };
  const outcome = act();
  return outcome ? { outcome } : { code: 'conflict' };
}

/** @param {string} folder @param {any} effect */
function transact(folder, { set = [], delete: gone = [] }) {
  for (const item of [...set, ...gone]) {
    const found = readEntity(entity(folder, item.entity, item.key));
    if (!(item.conditions ?? []).every((/** @type {any} */ condition) => holds(condition, found))) return undefined;
  }
  for (const item of set) write(entity(folder, item.entity, item.key), JSON.stringify(item.value));
  for (const item of gone) remove(entity(folder, item.entity, item.key));
  return {};
}

/** @param {{ property: string, condition: string, values: unknown[] }} condition @param {any} found */
function holds({ property, condition, values }, found) {
  if (condition === 'NOT_EXISTS') return found?.[property] === undefined;
  return condition === 'EQUAL_TO' && found?.[property] === values[0];
}

/** A key has letters that a file name must not have. @param {string} key */
const safe = (key) => encodeURIComponent(key).replaceAll('.', '%2E');
/** @param {string} folder @param {string} key */
const plain = (folder, key) => join(folder, safe(key));
/** @param {string} folder @param {string} key */
const secret = (folder, key) => join(folder, safe(`secret#${key}`));
/** @param {string} folder @param {string | undefined} name @param {string} key */
const entity = (folder, name, key) => (name ? join(folder, safe(`entity#${name}#${key}`)) : plain(folder, key));

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** @param {string} file */
function readEntity(file) {
  try {
    return JSON.parse(read(file) ?? 'null') ?? undefined;
  } catch {
    // Not what was written: the core says that it does not open.
    return { rev: 0 };
  }
}

/** Keys of plain values by their beginning. @param {string} folder @param {string} prefix @param {number} limit */
const keys = (folder, prefix, limit) => readdirSync(folder).map((name) => decodeURIComponent(name)).filter((key) => key.startsWith(prefix)).slice(0, limit);

/** @param {unknown} value */
const present = (value) => (value === undefined ? {} : { value });

/** Whole or not at all. @param {string} file @param {string} value */
function write(file, value) {
  writeFileSync(`${file}.new`, value, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return {};
}

/** @param {string} file */
function remove(file) {
  rmSync(file, { force: true });
  return {};
}
