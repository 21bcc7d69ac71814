// @ts-check
// How long the main job takes on the local host: a draft from ten tickets without a model, its publication, its reversal.
// Once through the whole host (wall clock), once with the core stepped in this process (its own time alone).

import { randomUUID } from 'node:crypto';
import { startHost } from '../dev/host/host.mjs';
import { makeCore } from '../src/shim/core.js';
import { milliseconds } from './cold-start.mjs';

const RUNS = 7;
const SOURCES = Array.from({ length: 10 }, (_, at) => ({ kind: 'issue', id: `DESK-${at + 1}` }));
const STEPS = /** @type {const} */ (['draft', 'publish', 'revert']);
const LABELS = { draft: 'draft of a page from ten tickets', publish: 'publication of it', revert: 'its reversal' };

/** @typedef {(call: object) => Promise<{ answer: any, took: number }>} Ask */

/** @returns {Promise<import('./run.mjs').Figure[]>} */
export async function mainJob() {
  const host = await startHost({ seed: 'full', port: 0 });
  try {
    const writer = host.as('tomas');
    /** @type {Ask} */
    const throughHost = async (call) => {
      const start = performance.now();
      const answer = await writer.invoke('call', call);
      return { answer, took: performance.now() - start };
    };
    const wall = await measure(throughHost, 'wall');
    const own = await measure(stepping(host, writer.accountId), 'own');
    return [
      ...STEPS.map((step) => ({ name: `${LABELS[step]}, on the local host`, value: milliseconds(wall[step]), how: `wall clock of the page's call, process warm; median of ${RUNS}` })),
      ...STEPS.map((step) => ({ name: `${LABELS[step]}, the core alone`, value: milliseconds(own[step]), how: `sum of its steps, new instance; median of ${RUNS}` })),
    ];
  } finally {
    await host.stop();
  }
}

/** @param {Ask} ask @param {string} name @returns {Promise<Record<typeof STEPS[number], number[]>>} */
async function measure(ask, name) {
  /** @type {Record<typeof STEPS[number], number[]>} */
  const found = { draft: [], publish: [], revert: [] };
  const { spaces } = view(await ask({ type: 'targets.search', text: '' }));
  for (let run = -1; run < RUNS; run += 1) {
    const target = { type: 'new', spaceId: spaces[0].id, title: `Bench ${name} ${run}` };
    const drafted = await ask({ type: 'draft.start', requestId: randomUUID(), useCase: 'page', sources: SOURCES, target, language: 'source', tone: 'neutral', engine: 'extract' });
    const { id: jobId, review: { hash } } = view(drafted, 'review');
    const published = await ask({ type: 'publish', jobId, hash });
    view(published, 'published');
    const reverted = await ask({ type: 'revert', jobId });
    view(reverted, 'reverted');
    // The first one warms up.
    const took = { draft: drafted.took, publish: published.took, revert: reverted.took };
    if (run >= 0) STEPS.forEach((step) => found[step].push(took[step]));
  }
  return found;
}

/** @param {{ answer: any }} result @param {string} [state] */
function view({ answer }, state) {
  if (answer.type !== 'ok' || (state && answer.view.state !== state)) throw new Error(`not ${state ?? 'ok'}: ${JSON.stringify(answer).slice(0, 300)}`);
  return answer.view;
}

/** The core in this process, over the host's products and a storage in memory. @param {any} host @param {string} accountId @returns {Ask} */
function stepping(host, accountId) {
  const context = { source: 'ui', product: 'confluence', cloudId: 'cloud', installationId: 'inst', environmentId: 'env', environmentType: 'DEVELOPMENT', accountId, siteUrl: host.url, moduleKey: 'studio-confluence', locale: null, extension: {} };
  const perform = performer(host, accountId);
  return async (call) => {
    const now = Date.now();
    const core = makeCore();
    const inputs = [/** @type {any} */ ({ type: 'call', now, deadline: now + 20_000, context, call })];
    let took = 0;
    for (;;) {
      const start = performance.now();
      const reply = core.step(inputs.shift());
      took += performance.now() - start;
      if (reply.answer) return { answer: reply.answer, took };
      for (const effect of reply.effects) inputs.push({ type: 'outcome', id: effect.id, now: Date.now(), outcome: perform(effect) });
    }
  };
}

/** @param {any} host @param {string} accountId @returns {(effect: any) => object} */
function performer(host, accountId) {
  const kept = new Map([['env QUILLGATE_ROOT_1', Buffer.from(Array.from({ length: 32 }, (_, at) => at)).toString('base64url')]]);
  const stored = (/** @type {string} */ key) => (kept.has(key) ? { value: kept.get(key) } : {});
  const keep = (/** @type {string} */ key, /** @type {any} */ value) => (kept.set(key, value), {});
  /** @type {Record<string, (effect: any) => object>} */
  const table = {
    product: ({ product, method, path, body = '' }) => host.product.request({ provider: 'user', accountId, present: accountId, product, method, path, body, caller: 'bench' }),
    'kv-get': ({ key }) => stored(`kv ${key}`),
    'kv-set': ({ key, value }) => keep(`kv ${key}`, value),
    'kv-keys': () => ({ keys: [] }),
    'kv-delete': ({ key }) => (kept.delete(`kv ${key}`), {}),
    'secret-get': ({ source, key }) => stored(`${source} ${key}`),
    'secret-set': ({ key, value }) => keep(`store ${key}`, value),
    'entity-get': ({ key }) => stored(`job ${key}`),
    'entity-query': () => ({ results: [] }),
    transact: ({ set = [] }) => (set.forEach((/** @type {any} */ { key, value }) => keep(`job ${key}`, value)), {}),
  };
  return (effect) => {
    const outcome = /** @type {any} */ (table[effect.type]?.(effect));
    return effect.type === 'product' ? { status: outcome.status, body: String(outcome.body ?? '') } : outcome;
  };
}
