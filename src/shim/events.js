// @ts-check
// From an event of Forge's to the core's call: which kind of thing happened to which issue or page.
// Takes ids and nothing else from a payload, and believes none: the core parses them and reads for itself.

/**
 * A product's event; nothing for one that names no issue or page.
 * @param {any} event
 * @returns {{ type: 'product.changed', kind: 'issue' | 'page', ids: string[] } | undefined}
 */
export function productChange(event) {
  const [, product] = /^avi:(jira|confluence):/.exec(String(event?.eventType)) ?? [];
  if (product === 'jira') return change('issue', [event.issue?.key, ...formerKeys(event.changelog)]);
  if (product === 'confluence') return change('page', [event.content?.id]);
  return undefined;
}

/** Keys an issue had before it moved. @param {any} changelog */
const formerKeys = (changelog) =>
  (Array.isArray(changelog?.items) ? changelog.items : []).filter((/** @type {any} */ item) => item?.field === 'Key').map((/** @type {any} */ item) => item.fromString);

/**
 * @param {'issue' | 'page'} kind
 * @param {unknown[]} named
 */
function change(kind, named) {
  const ids = named.filter((id) => typeof id === 'string' || typeof id === 'number').map(String);
  return ids.length > 0 ? { type: /** @type {const} */ ('product.changed'), kind, ids } : undefined;
}

/**
 * An event of the queue `drafts`.
 * @param {any} body
 * @returns {object}
 */
export const draftWork = (body) =>
  body?.type === 'bake-off' ? { type: 'models.bakeOffRun', run: body.run, step: body.step } : { type: 'draft.run', jobId: body?.jobId, rev: body?.rev };

/** @type {Record<string, (body: any) => object>} */
const WORK = {
  crawl: ({ container, run, step, cursor }) => ({ type: 'index.crawl', container, run, step, ...(cursor === undefined ? {} : { cursor }) }),
  changed: ({ kind, id, tries }) => ({ type: 'index.changed', kind, id, ...(tries === undefined ? {} : { tries }) }),
  merge: () => ({ type: 'index.merge' }),
  rotate: () => ({ type: 'keys.rotate' }),
};

/**
 * An event of the queue `index`; what is not in the table the core refuses.
 * @param {any} body
 * @returns {object}
 */
export function indexWork(body) {
  const work = Object.hasOwn(WORK, body?.type) ? WORK[body.type] : undefined;
  return work ? work(body) : { type: String(body?.type) };
}
