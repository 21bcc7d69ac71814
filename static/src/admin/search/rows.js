// @ts-check
// The rows of the index's list, and what an admin typed to look one document up. Pure; it calls nothing.

export const rowId = ({ kind, key }) => `${kind}:${key}`;

const isUnderWay = ({ state }) => state === 'waiting' || state === 'indexing';

/** Whether a later look could show something new. */
export const isMoving = (view) => Boolean(view) && (view.containers.some(isUnderWay) || Boolean(view.embedding?.on && view.embedding.done < view.embedding.total));

const OFF = { on: false, state: 'off', code: undefined, done: 0, total: 0, documents: 0, excerpts: 0, bytes: 0, indexedAt: undefined, passed: undefined };

/** The rows on the page with what a newer answer says of them. It names all that are on; others it does not name stay as they are. */
export function merge(rows, fresh) {
  const newer = new Map(fresh.map((row) => [rowId(row), row]));
  return rows.map((row) => newer.get(rowId(row)) ?? (row.on ? { ...row, ...OFF } : row));
}

/** The rows for what is typed. What is on is always listed by the server; of the rest it knows better once it answered. */
export function rowsFor(rows, typed, isAnswered) {
  const text = typed.trim().toLowerCase();
  return rows.filter((row) => (isAnswered && !row.on) || `${row.key} ${row.name}`.toLowerCase().includes(text));
}

/** A key, a page's id, or the address of either; null for anything else. */
export function refOf(typed) {
  const text = typed.trim();
  const page = /\/pages\/(\d+)/.exec(text)?.[1] ?? /^\d+$/.exec(text)?.[0];
  if (page) return { kind: 'page', id: page };
  const key = /(?:^|\/browse\/)([a-z][a-z0-9_]+-\d+)(?:$|[?#/])/i.exec(text)?.[1];
  return key ? { kind: 'issue', id: key.toUpperCase() } : null;
}
