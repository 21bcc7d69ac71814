// @ts-check
// The wasm's linear memory, every byte of it, after every scenario. When the answer is there, what is a key, a token or a root is gone:
// it lies in types that are wiped. When the invocation is over, everything is: names, texts, addresses, all of it is zero.

import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startHost } from '../../dev/host/host.mjs';
import { makeCore } from '../../src/shim/core.js';
import { kekOf, open, nameKeys } from '../vault/envelope.mjs';
import { count, memory, World } from './world.mjs';

const TENANT = { cloudId: 'cloud-1', installationId: 'installation-1', environmentId: 'environment-1' };
const KEY = 'sk-quetzalcoatlus-0123456789-northropi';
/** A key where none belongs: nobody can know it for one, so it is content. */
const MISPLACED = 'sk-archaeopteryx-9876543210-bavarica-1';
/** The key of a second route. */
const OTHER_KEY = 'sk-ant-ramphorhynchus-muensteri-0123456789';
const TOKEN = 'ya29.pteranodon-longiceps-0123456789';
const ROOTS = [randomBytes(32), randomBytes(32)];
const PRIVATE = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SERVICE_ACCOUNT = JSON.stringify({
  type: 'service_account', project_id: 'project-1', private_key_id: 'id', private_key: PRIVATE, client_email: 'app@project-1.iam.gserviceaccount.com',
  client_id: '1', token_uri: 'https://oauth2.googleapis.com/token',
});

/** @type {Awaited<ReturnType<typeof startHost>>} */
let host;
/** @type {World} */
let world;
/** @type {{ writer: string, admin: string }} */
let people;

before(async () => {
  host = await startHost({ seed: 'full', port: 0 });
  people = { writer: host.as('tomas').accountId, admin: host.as('mira').accountId };
  world = new World(TENANT, outside);
  world.env.QUILLGATE_ROOT_1 = /** @type {Buffer} */ (ROOTS[0]).toString('base64url');
});
after(() => host.stop());

/** @type {(request: any) => { status: number, body: string }} */
let model = works;

/** @param {any} effect */
function outside(effect) {
  if (effect.type === 'sign') return { signature: 'c2lnbmF0dXJl' };
  if (effect.type === 'egress') {
    const { status, body } = effect.url.startsWith('https://oauth2.') ? answer(200, { access_token: TOKEN, expires_in: 3599, token_type: 'Bearer' }) : model(effect);
    return { status, headers: [['content-type', 'application/json']], body };
  }
  const { as, product, method, path, body = '' } = effect;
  const user = current ?? people.writer;
  const asked = as === 'app' ? { provider: 'app' } : { provider: 'user', accountId: user, present: user };
  const { status, body: text } = host.product.request({ ...asked, product, method, path, body, caller: 'test' });
  return { status, body: String(text ?? '') };
}
/** @type {string | undefined} */
let current;

/** @param {number} status @param {object} body */
const answer = (status, body) => ({ status, body: JSON.stringify(body) });
const DRAFT = JSON.stringify({ title: null, sections: [{ heading: 'Known', items: [{ kind: 'bullet', text: 'The VPN client loses its session.', refs: ['S1'] }] }] });

/** Works as any of the providers does. @param {any} request */
function works({ url, body }) {
  if (url.includes('count_tokens')) return answer(200, { input_tokens: 1 });
  if (url.endsWith('/embeddings')) return answer(200, { data: JSON.parse(body).input.map((/** @type {string} */ _, /** @type {number} */ index) => ({ index, embedding: vector(768) })), usage: { prompt_tokens: 1 } });
  if (url.endsWith(':predict')) return answer(200, { predictions: JSON.parse(body).instances.map(() => ({ embeddings: { values: vector(768) } })) });
  if (url.endsWith('/messages')) return answer(200, { content: [{ type: 'text', text: DRAFT }], stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } });
  if (url.includes('/models/') && !url.includes(':generate')) return answer(200, { id: 'gpt-6-luna', object: 'model' });
  if (url.includes('generateContent')) return answer(200, { candidates: [{ content: { role: 'model', parts: [{ text: DRAFT }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 } });
  return answer(200, { choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: DRAFT } }], usage: { prompt_tokens: 1, completion_tokens: 1 } });
}

/** @param {number} length */
const vector = (length) => Array.from({ length }, (_, at) => Math.sin(at + 1));

/** What must be nowhere: each secret as bytes, and as the texts it can be written as. */
function secrets() {
  const installation = Buffer.from(world.secrets.get('inst') ?? '', 'base64url');
  /** @type {[string, Buffer][]} */
  const raw = ROOTS.map((root, at) => [`root ${at + 1}`, root]);
  if (installation.length === 32) {
    raw.push(['installation secret', installation]);
    const keks = ROOTS.map((root) => kekOf(root, installation, TENANT));
    keks.forEach((kek, at) => raw.push([`key of root ${at + 1}`, kek]));
    nameKeys(/** @type {Buffer} */ (ROOTS[0]), installation, TENANT).forEach((key, at) => raw.push([`key of names ${at + 1}`, key]));
    for (const { text, ...record } of world.sealed()) {
      try {
        raw.push([`data key of ${record.class}`, open((root) => keks[root - 1], TENANT, record, text).cek]);
      } catch {
        // A name that does not tell what it is sealed for; the count below says that enough of them do.
      }
    }
  }
  const texts = [['customer key', KEY], ['key of another route', OTHER_KEY], ['access token', TOKEN], ['private key', PRIVATE.replace(/-----[^-]+-----|\s/g, '').slice(200, 260)]];
  return [
    ...raw.flatMap(([name, bytes]) => [[name, bytes], [`${name} in base64url`, Buffer.from(bytes.toString('base64url').slice(0, 40))], [`half of ${name}`, bytes.subarray(8, 24)]]),
    ...texts.flatMap(([name, text]) => [[name, Buffer.from(/** @type {string} */ (text))], [`${name} in UTF-16`, Buffer.from(/** @type {string} */ (text), 'utf16le')], [`a part of ${name}`, Buffer.from(/** @type {string} */ (text).slice(8, 24))]]),
  ];
}

/** What every invocation left at its answer, and after it. @type {{ hits: string[], left: number, size: number, content: number }[]} */
const looks = [];
/** Bytes of every memory that was looked into. @type {number[]} */
const sizes = [];

/** A core that is looked into when it answers and when it is over. */
function watched() {
  const core = makeCore();
  const own = memory();
  return {
    step: (/** @type {any} */ input) => {
      const reply = core.step(input);
      if (reply.answer) looks.push({ hits: [], left: -1, size: own.buffer.byteLength, content: 0, bytes: new Uint8Array(own.buffer).slice() });
      return reply;
    },
    drop: () => {
      core.drop?.();
      const look = looks.at(-1);
      if (look) look.left = new Uint8Array(own.buffer).findIndex((byte) => byte !== 0);
      sizes.push(own.buffer.byteLength);
    },
  };
}

/**
 * One scenario: its invocations, each looked into.
 * Ledger: SY-38.
 * @param {string} name
 * @param {() => Promise<unknown>} scene
 */
function scenario(name, scene) {
  test(name, async () => {
    looks.length = 0;
    await scene();
    assert.ok(looks.length > 0, 'nothing was invoked');
    const wanted = secrets();
    /** @type {Map<string, number>} */
    const hits = new Map();
    for (const { bytes, left } of /** @type {any[]} */ (looks)) {
      for (const [what, pattern] of wanted) {
        const found = count(bytes, /** @type {Buffer} */ (pattern));
        if (found > 0) hits.set(/** @type {string} */ (what), (hits.get(/** @type {string} */ (what)) ?? 0) + found);
      }
      assert.equal(left, -1, 'a byte is left when the invocation is over');
    }
    assert.deepEqual(Object.fromEntries(hits), {}, 'a secret is left when the answer is there');
  });
}

/** @param {object} call @param {string} [user] */
async function ask(call, user = people.writer) {
  current = user;
  const found = /** @type {any} */ (await world.invoke(call, { user, make: watched }));
  return found;
}

/** @param {object} call @param {string} [user] */
async function view(call, user) {
  const found = await ask(call, user);
  assert.equal(found.type, 'ok', JSON.stringify(found).slice(0, 300));
  return found.view;
}

/** @param {string} key */
const save = (key) => ({ type: 'admin.saveRoute', provider: 'openai', model: 'gpt-6-luna', key });
/** @param {string} engine @param {string} title */
const start = (engine, title) => ({
  type: 'draft.start', requestId: crypto.randomUUID(), useCase: 'page', sources: [{ kind: 'issue', id: 'DESK-1' }, { kind: 'issue', id: 'DESK-3' }],
  target: { type: 'new', spaceId, title }, language: 'source', tone: 'neutral', engine,
});
let spaceId = '';

scenario('the first invocation of an installation', async () => {
  ({ spaces: [{ id: spaceId }] } = await view({ type: 'targets.search', text: '' }));
});

scenario("the admin's key: refused, saved, tested, replaced", async () => {
  model = () => answer(401, { error: { message: 'Incorrect API key', type: 'invalid_request_error', code: 'invalid_api_key' } });
  await view(save(KEY), people.admin);
  model = works;
  await view(save(KEY), people.admin);
  await view({ type: 'admin.testRoute', id: 'r1' }, people.admin);
  await view({ ...save(KEY), id: 'r1' }, people.admin);
  await view({ type: 'admin.open' }, people.admin);
});

scenario('a draft by the model, from its preview to its reversal', async () => {
  const { requestId: _, engine: __, type: ___, ...choice } = start('route', 'Notes');
  await view({ type: 'draft.preview', ...choice });
  const { id } = await view(start('route', 'Notes of the model'));
  await world.settle({ make: watched });
  const { review, state } = await view({ type: 'job.get', jobId: id });
  assert.equal(state, 'review');
  assert.ok(world.sent.some(({ headers }) => JSON.stringify(headers).includes(KEY)), 'the key was used');
  await view({ type: 'publish', jobId: id, hash: review.hash });
  await view({ type: 'revert', jobId: id });
});

scenario('a model that fails in every way', async () => {
  const failures = [() => answer(500, {}), () => answer(429, {}), () => ({ status: 200, body: '{"choices":[' }), () => ({ status: 200, body: `<html>${MISPLACED}</html>` }), () => answer(401, { error: { message: `bad key ${MISPLACED}` } })];
  for (const [at, failure] of failures.entries()) {
    model = failure;
    await view(start('route', `Fails ${at}`));
    await world.settle({ make: watched });
  }
  model = works;
});

scenario('a draft by the vendor, whose token is signed for', async () => {
  world.env.QUILLGATE_VERTEX_KEY = SERVICE_ACCOUNT;
  await view({ type: 'admin.choose', mode: 'default' }, people.admin);
  await view({ type: 'admin.testRoute' }, people.admin);
  await view(start('route', 'Notes by the vendor'));
  await world.settle({ make: watched });
  assert.ok(world.sent.some(({ headers }) => JSON.stringify(headers).includes(TOKEN)), 'the token was used');
});

scenario('calls that are refused, and inputs that are none', async () => {
  await ask({ type: 'admin.saveRoute', provider: 'openai', model: 'gpt-6-luna', key: KEY });
  await ask({ type: 'admin.saveRoute', provider: MISPLACED, model: MISPLACED, key: KEY }, people.admin);
  await ask({ type: 'admin.saveRoute', provider: 'openai', model: 'gpt-6-luna', key: MISPLACED, more: MISPLACED }, people.admin);
  await ask({ type: 'publish', jobId: MISPLACED, hash: MISPLACED });
});

scenario('the index, a search, sets and masking', async () => {
  await view({ type: 'index.set', kind: 'project', key: 'DESK', on: true }, people.admin);
  await world.settle({ make: watched });
  await view({ type: 'sources.search', text: 'VPN session', kinds: [] });
  await view({ type: 'sets.save', name: 'mine', sources: [{ kind: 'issue', id: 'DESK-1' }] });
  await view({ type: 'masking.try', text: 'Call Solveig Haugen.', class: 'confidential' }, people.admin);
});

scenario('embeddings: switched on, of what is indexed, of a question, and of a model that fails', async () => {
  await view({ type: 'admin.choose', mode: 'customer', id: 'r1' }, people.admin);
  await view({ type: 'index.setEmbedding', on: true }, people.admin);
  await world.settle({ make: watched });
  const found = await view({ type: 'sources.search', text: 'VPN session', kinds: [], refine: true });
  assert.equal(found.index.unrefined, undefined, JSON.stringify(found.index));
  model = () => answer(401, { error: { message: `bad key ${MISPLACED}` } });
  await view({ type: 'sources.search', text: 'VPN session', kinds: [], refine: true });
  model = works;
  assert.ok(world.sent.some(({ url, headers }) => url.endsWith('/embeddings') && JSON.stringify(headers).includes(KEY)), 'the key was used');
  await view({ type: 'index.setEmbedding', on: false }, people.admin);
  await world.settle({ make: watched });
});

scenario('a comparison of the models', async () => {
  await view({ ...save(OTHER_KEY), provider: 'anthropic', model: 'claude-haiku-5-5' }, people.admin);
  await view({ type: 'models.bakeOff', routes: ['r1', 'r2'] }, people.admin);
  await world.settle({ make: watched });
  const { state, routes } = await view({ type: 'models.bakeOffGet' }, people.admin);
  assert.deepEqual([state, routes.length], ['done', 2]);
  await view({ type: 'models.bakeOff', routes: ['r1'] }, people.admin);
  await view({ type: 'models.bakeOffCancel' }, people.admin);
  await world.settle({ make: watched });
});

scenario('a second route stands in for the first one', async () => {
  await view({ type: 'models.setFallback', from: 'r1', to: 'r2', on: true }, people.admin);
  model = (request) => (request.url.includes('openai') ? answer(503, {}) : works(request));
  const { id } = await view(start('route', 'Notes of the other'));
  await world.settle({ make: watched });
  model = works;
  const { state } = await view({ type: 'job.get', jobId: id });
  assert.equal(state, 'review');
  assert.ok(world.sent.some(({ url, headers }) => url.endsWith('/v1/messages') && JSON.stringify(headers).includes(OTHER_KEY)), 'the other key was used');
});

scenario('a draft that is given up before and after it was asked for', async () => {
  const { id } = await view(start('route', 'Never written'));
  await view({ type: 'draft.cancel', jobId: id });
  await world.settle({ make: watched });
  const { id: written } = await view(start('route', 'Written in vain'));
  await world.settle({ make: watched });
  const { state } = await view({ type: 'draft.cancel', jobId: written });
  assert.equal(state, 'discarded');
});

scenario('masking rules that cannot be read', async () => {
  await view({ type: 'masking.setKind', class: 'public', kind: 'EMAIL', on: false }, people.admin);
  const name = [...world.rows.keys()].find((one) => one.startsWith('masking/policy')) ?? '';
  const row = world.rows.get(name);
  world.rows.set(name, { ...row, body: `${row.body.slice(0, -8)}AAAAAAAA` });
  const asked = world.sent.length;
  const { id } = await view(start('route', 'Unmasked'));
  await world.settle({ make: watched });
  const { state, problem } = await view({ type: 'job.get', jobId: id });
  assert.deepEqual([state, problem.code, world.sent.length], ['failed', 'masking-unreadable', asked]);
  world.rows.set(name, row);
});

scenario("a key that is removed: of a route that is not used, and of the one in use", async () => {
  await view({ type: 'admin.removeRoute', id: 'r2' }, people.admin);
  assert.equal([...world.secrets.keys()].filter((one) => one.startsWith('key:')).length, 1);
  const { mode } = await view({ type: 'admin.removeRoute', id: 'r1' }, people.admin);
  assert.equal(mode, 'extract');
  await ask(start('route', 'By no model'));
  await view(save(KEY), people.admin);
});

scenario('a change of the root, and everything under it', async () => {
  world.env.QUILLGATE_ROOT_2 = /** @type {Buffer} */ (ROOTS[1]).toString('base64url');
  world.env.QUILLGATE_ROOT_WINDOW = 'minimum=1 primary=2 readable=2';
  const sweep = await world.invoke({ type: 'sweep' }, { source: 'schedule', make: watched });
  assert.equal(sweep.type, 'ok');
  await world.settle({ make: watched });
  const { jobs } = await view({ type: 'job.list' });
  assert.ok(jobs.length > 3);
});

test('the search for secrets finds them when they are there', () => {
  const wanted = secrets();
  const kinds = new Set(wanted.map(([name]) => String(name).replace(/^(?:half of|a part of) | in .*$/g, '')));
  for (const kind of ['root 1', 'root 2', 'installation secret', 'key of root 2', 'key of names 3', 'data key of job', 'data key of settings', 'data key of index', 'data key of sets', 'customer key']) assert.ok(kinds.has(kind), kind);
  const planted = new Uint8Array(1 << 16);
  for (const [name, pattern] of wanted) {
    planted.fill(0).set(/** @type {Buffer} */ (pattern), 777);
    assert.equal(count(planted, /** @type {Buffer} */ (pattern)), 1, String(name));
  }
});

test('the look into a core sees what it holds', () => {
  // A control: a text that is content stands in the memory until the invocation is over.
  const core = makeCore();
  const own = memory();
  core.step(/** @type {any} */ ({ type: 'call', now: 0, deadline: 20_000, context: { source: 'ui', product: null, ...TENANT, environmentType: null, accountId: 'user-1', siteUrl: null, moduleKey: null, locale: null, extension: {} }, call: { type: 'sources.search', text: 'archaeopteryx', kinds: [] } }));
  assert.ok(count(new Uint8Array(own.buffer), Buffer.from('archaeopteryx')) > 0);
  core.drop?.();
  assert.equal(count(new Uint8Array(own.buffer), Buffer.from('archaeopteryx')), 0);
});

test('what was looked into', () => {
  console.log(`# ${sizes.length} invocations, ${(Math.max(...sizes) / 1e6).toFixed(1)} MB of memory at most, all of it zero afterwards`);
  assert.ok(sizes.length > 40);
});

scenario('an uninstall', async () => {
  await world.invoke({ type: 'uninstall' }, { source: 'uninstall', make: watched });
});
