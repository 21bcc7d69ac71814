// The fixture's functions: each resolver definition does one thing to the platform, through the real @forge packages.
import api, { assumeTrustedRoute, fetch as forgeFetch } from '@forge/api';
import kvsPackage from '@forge/kvs';
import eventsPackage from '@forge/events';
import resolverPackage from '@forge/resolver';

const { kvs, Filter, FilterConditions, WhereConditions } = kvsPackage;
const { Queue, InvocationError } = eventsPackage;
const Resolver = resolverPackage.default ?? resolverPackage;
const resolver = new Resolver();
let warm = 0;

async function caught(act) {
  try {
    return { value: await act() };
  } catch (error) {
    return { error: { name: error.name, code: error.code ?? error.errorCode, message: error.message, cause: error.cause?.code, status: error.responseDetails?.status ?? error.status } };
  }
}

async function answer(response) {
  return { status: response.status, headers: Object.fromEntries(response.headers.entries()), text: await response.text() };
}

resolver.define('whoami', ({ context }) => ({ accountId: context.accountId, moduleKey: context.moduleKey, extension: context.extension, warm: (warm += 1), pid: process.pid }));
resolver.define('environment', () => Object.keys(process.env).sort());
resolver.define('kvs', ({ payload: { act, args } }) => caught(() => kvs[act](...args)));
resolver.define('query', ({ payload: { prefix, limit, cursor } }) => caught(() => {
  let query = kvs.query();
  if (prefix) query = query.where('key', WhereConditions.beginsWith(prefix));
  if (limit) query = query.limit(limit);
  if (cursor) query = query.cursor(cursor);
  return query.getMany();
}));
resolver.define('entity', ({ payload: { name, act, args } }) => caught(() => kvs.entity(name)[act](...args)));
resolver.define('entityQuery', ({ payload: { name, index, partition, range, sort, limit, cursor, filter } }) => caught(() => {
  let query = kvs.entity(name).query().index(index, partition ? { partition } : undefined);
  if (range) query = query.where(WhereConditions[range[0]](...range.slice(1)));
  if (filter) query = query.filters(new Filter().and(filter[0], FilterConditions[filter[1]](...filter.slice(2))));
  if (sort) query = query.sort(sort);
  if (limit) query = query.limit(limit);
  if (cursor) query = query.cursor(cursor);
  return query.getMany();
}));
resolver.define('transact', ({ payload: { sets = [], removes = [], ifRev } }) => caught(async () => {
  const conditions = ifRev === undefined ? undefined : new Filter().and('rev', FilterConditions.equalTo(ifRev));
  let transaction = kvs.transact();
  for (const { entity, key, value } of sets) transaction = transaction.set(key, value, entity ? { entityName: entity, ...(conditions && { conditions }) } : undefined);
  for (const { entity, key } of removes) transaction = transaction.delete(key, entity ? { entityName: entity } : undefined);
  await transaction.execute();
  return 'done';
}));
resolver.define('batch', ({ payload }) => caught(() => kvs.batchSet(payload)));
resolver.define('product', ({ payload: { as = 'user', accountId, product, path, init } }) => caught(async () => {
  const door = as === 'user' ? api.asUser(accountId) : as === 'app' ? api.asApp() : api;
  const request = product === 'jira' ? door.requestJira : door.requestConfluence;
  return answer(await request(assumeTrustedRoute(path), init));
}));
resolver.define('fetch', ({ payload: { url, init } }) => caught(async () => answer(await (init?.viaForge ? forgeFetch : fetch)(url, init))));
resolver.define('llm', ({ payload: { act, prompt } }) => caught(async () => (await import('@forge/llm')).default[act](prompt)));
resolver.define('publish', ({ payload: { channel, payload, isGlobal = true } }) => caught(async () => {
  const { publish, publishGlobal } = (await import('@forge/realtime')).default;
  return (isGlobal ? publishGlobal : publish)(channel, payload);
}));
resolver.define('socket', () => caught(async () => {
  const net = await import('node:net');
  await new Promise((resolve, reject) => { net.connect(80, '127.0.0.1').on('connect', resolve).on('error', reject); });
}));
resolver.define('push', ({ payload: { queue = 'work', events } }) => caught(() => new Queue({ key: queue }).push(events)));
resolver.define('stats', ({ payload: { jobId } }) => caught(() => new Queue({ key: 'work' }).getJob(jobId).getStats()));
resolver.define('sleep', ({ payload: { ms } }) => new Promise((resolve) => { setTimeout(() => resolve({ slept: ms }), ms); }));
resolver.define('twoEffects', async () => {
  await kvs.set('effect:1', true);
  await kvs.set('effect:2', true);
  return 'both';
});
resolver.define('now', () => ({ now: Date.now(), written: new Date().toISOString() }));
resolver.define('log', ({ payload: { text } }) => console.log(text));
resolver.define('fail', () => { throw new Error('as asked'); });

export const resolve = resolver.getDefinitions();

export async function consume(event) {
  const { act = 'count', name = 'events', ms = 0 } = event.body;
  const seen = (await kvs.get(`${name}:${event.eventId}`)) ?? 0;
  await kvs.set(`${name}:${event.eventId}`, seen + 1);
  await kvs.set(`${name}:last`, { jobId: event.jobId, retry: event.retryContext ?? null, at: Date.now() });
  if (ms) await new Promise((done) => { setTimeout(done, ms); });
  if (act === 'retry-once' && !event.retryContext) return new InvocationError({ retryAfter: 30, retryReason: 'FUNCTION_UPSTREAM_RATE_LIMITED', retryData: { step: 1 } });
  if (act === 'as-user') await kvs.set(`${name}:as-user`, await caught(async () => answer(await api.asUser().requestJira(assumeTrustedRoute('/rest/api/3/issue/DESK-1?fields=summary')))));
  if (act === 'fail') throw new Error('as asked');
  return undefined;
}

export async function sweep() {
  await kvs.set('swept', ((await kvs.get('swept')) ?? 0) + 1);
}

export async function lifecycle(event) {
  await kvs.set('lifecycle', { eventType: event.eventType, installer: event.installerAccountId ?? null });
}

export async function goodbye() {
  console.log('goodbye');
}
