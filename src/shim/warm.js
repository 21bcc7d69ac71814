// @ts-check
// What a warm process remembers between invocations: sealed values of the index, which never change under their key.
// Remembers no manifest, no record that can change, and nothing that is open; what it holds only the installation's keys open.

import { getAppContext } from '@forge/api';

/** A process has 512 MB; this much of it spares a site's searches most of their reads. */
const MOST_BYTES = 16_000_000;
/** A value that was deleted or has expired is asked for by nobody, and is forgotten soon. */
const MOST_MS = 15 * 60_000;
/** A segment's values: a random name, and the part. */
const IMMUTABLE = /^index:[0-9a-f]{16}:[a-z][0-9]*$/;

/** @type {Map<string, { value: string, until: number }>} oldest use first */
const kept = new Map();
let bytes = 0;

/**
 * A value read before, or read now.
 * @param {string} key
 * @param {() => Promise<unknown>} read
 * @returns {Promise<unknown>}
 */
export async function warm(key, read) {
  if (!IMMUTABLE.test(key)) return read();
  const name = nameOf(key);
  const known = kept.get(name);
  forget(name);
  const value = known && known.until > Date.now() ? known.value : await read();
  if (typeof value === 'string') keep(name, value, known?.value === value ? known.until : Date.now() + MOST_MS);
  return value;
}

/**
 * Forgets what is being deleted.
 * @param {string} key
 */
export const cool = (key) => forget(nameOf(key));

/** Another installation's value of the same key is another value. @param {string} key */
const nameOf = (key) => `${getAppContext().installationAri.installationId} ${key}`;

/**
 * @param {string} name
 * @param {string} value
 * @param {number} until
 */
function keep(name, value, until) {
  if (value.length > MOST_BYTES / 4) return;
  forget(name);
  kept.set(name, { value, until });
  bytes += value.length;
  for (const oldest of kept.keys()) {
    if (bytes <= MOST_BYTES) break;
    forget(oldest);
  }
}

/** @param {string} name */
function forget(name) {
  const known = kept.get(name);
  if (!known) return;
  kept.delete(name);
  bytes -= known.value.length;
}

/** For tests: the values a process holds. */
export const held = () => ({ names: [...kept.keys()], values: [...kept.values()].map(({ value }) => value), bytes });
