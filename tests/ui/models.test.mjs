// What an admin does on the page of models, and what each act asks of the app's function: keys are sent once, hosts allowed first.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { wordsOf } from '../../static/src/admin/models/words-of.js';
import { callOf, fieldsOf, hostsToAllow, missing, trimKey } from '../../static/src/admin/models/fields.js';
import { endOf } from '../../static/src/admin/models/names.js';
import { setLocale } from '../../static/src/parts/format.js';
import { catalogues } from '../../static/src/words.js';
import { ensureBuilt } from './built.mjs';
import { openBrowser, openPage } from './browser.mjs';

const KEY = 'input[type="password"]';
let browser;
before(async () => {
  await ensureBuilt();
  browser = await openBrowser();
});
after(() => browser.close());

async function visit(options, steps) {
  const run = await openPage(browser, { page: 'admin', ...options });
  await steps(run);
  assert.deepEqual(run.problems, []);
}
const choose = async ({ act }, name) => {
  await act.see('Your own models');
  await act.click(name, '.provider');
};
const ownHost = async (run, endpoint = 'https://models.example.com:8443/v1') => {
  await choose(run, 'OpenAI-compatible');
  await run.act.type('input[name="endpoint"]', endpoint);
  await run.act.type('input[name="model"]', 'llama');
  await run.act.type(KEY, 'k-12345678');
  await run.act.click('Test and save');
};

test('a pasted key is trimmed, sent once, and gone from the page', () => visit({}, async (run) => {
  const { act, tab } = run;
  await choose(run, 'OpenAI');
  await act.type(KEY, '  sk-live 1234abcd ');
  await act.click('Test and save');
  await act.see('•••• abcd');
  assert.deepEqual(await act.told('admin.saveRoute'), [{ type: 'admin.saveRoute', provider: 'openai', model: 'gpt-6-luna', key: 'sk-live1234abcd' }]);
  assert.equal(await tab.evaluate(() => document.documentElement.outerHTML.includes('sk-live')), false);
}));

test('a service account keeps the blanks inside it, and goes where the admin said', () => visit({}, async (run) => {
  const { act, tab } = run;
  await choose(run, 'Google Vertex AI');
  await act.type(KEY, ' {"private_key": "BEGIN PRIVATE KEY"} ');
  await act.click('Test and save');
  await act.see('fingerprint');
  const [said] = await act.told('admin.saveRoute');
  assert.deepEqual([said.key, said.region, said.acceptGlobal], ['{"private_key": "BEGIN PRIVATE KEY"}', 'eu', undefined]);
  assert.equal(await tab.evaluate(() => document.documentElement.outerHTML.includes('private_key')), false);
}));

test('anywhere in the world is chosen only in so many words', () => visit({}, async (run) => {
  const { act, tab } = run;
  await choose(run, 'Google Vertex AI');
  await act.type(KEY, '{"a": 1}');
  await tab.select('select[name="region"]', 'global');
  await act.see('Confirm first');
  await act.click('Text may be processed anywhere', '.check');
  await act.click('Test and save');
  await act.see('fingerprint');
  const [{ region, acceptGlobal }] = await act.told('admin.saveRoute');
  assert.deepEqual([region, acceptGlobal], ['global', true]);
}));

test('a rejected key says why, is not kept in the field, and nothing is connected', () => visit({}, async (run) => {
  const { act, tab } = run;
  await choose(run, 'OpenAI');
  await act.type(KEY, 'wrong-0123456789');
  await act.click('Test and save');
  await act.see('The provider did not accept the key');
  await act.see('Nothing was saved.');
  assert.equal(await tab.$eval(KEY, (input) => input.value), '');
  assert.equal((await tab.$$('article')).length, 0);
}));

test('a mistake is told at its field, and the field is named to who cannot see it', () => visit({ query: { refuse: 'key-rejected.key.looks-like.anthropic' } }, async (run) => {
  const { act, tab } = run;
  await choose(run, 'OpenAI');
  await act.type(KEY, 'sk-ant-0123456789');
  await act.click('Test and save');
  await act.see('This looks like a key of Anthropic');
  const described = await tab.$eval(KEY, (input) => document.getElementById(input.getAttribute('aria-describedby')).textContent);
  assert.match(described, /Anthropic/);
  assert.equal(await tab.$eval(KEY, (input) => input.getAttribute('aria-invalid')), 'true');
}));

test('an own host is allowed by the admin before its key is sent, with its port', () => visit({}, async (run) => {
  await ownHost(run);
  await run.act.see('fingerprint');
  const asked = (await run.act.told('egress')).flatMap(({ egresses }) => egresses);
  assert.deepEqual(asked.map(({ key, configured }) => [key, configured[0].domain]), [['model-models-example-com-8443', 'models.example.com:8443']]);
  assert.equal((await run.act.told('admin.saveRoute'))[0].endpoint, 'https://models.example.com:8443/v1');
}));

test('a host that is not allowed gets no key', () => visit({ query: { deny: 1 } }, async (run) => {
  await ownHost(run);
  await run.act.see('was not allowed');
  assert.equal((await run.act.told('admin.saveRoute')).length, 0);
}));

test('a model is changed without its key, and the key is asked for when it would go elsewhere', () => visit({ query: { s: 'admin-several' } }, async ({ act, tab }) => {
  await act.see('llama-4');
  await (await tab.waitForSelector('article:nth-of-type(3) button::-p-text(Change)')).click();
  await act.see('replaces the old one');
  await tab.$eval('input[name="endpoint"]', (input) => input.select());
  await tab.keyboard.type('https://other.example.com/v1');
  await act.see('Enter the key first');
  await tab.$eval('input[name="endpoint"]', (input) => input.select());
  await tab.keyboard.type('https://models.example.com:8443/v2');
  await act.click('Test and save');
  await act.gone('replaces the old one');
  const [said] = await act.told('admin.saveRoute');
  assert.deepEqual([said.id, said.endpoint, 'key' in said], ['r3', 'https://models.example.com:8443/v2', false]);
  assert.equal((await act.told('egress')).length, 0);
}));

test('another model is used at a press, and the extract again', () => visit({ query: { s: 'admin-several' } }, async ({ act, tab }) => {
  await act.see('llama-4');
  await (await tab.waitForSelector('article:nth-of-type(4) button::-p-text(Use this model)')).click();
  await tab.waitForSelector('article:nth-of-type(4)[data-used="true"]');
  await act.click('Extract, no model', 'label');
  await act.see('Nothing leaves this site');
  assert.deepEqual((await act.told('admin.choose')).map(({ mode, id }) => [mode, id]), [['customer', 'r4'], ['extract', undefined]]);
}));

test('removing a model names what will be gone, can be declined, and takes its host back', () => visit({ query: { s: 'admin-several' } }, async ({ act, tab }) => {
  await act.see('llama-4');
  const remove = async () => (await tab.waitForSelector('article:nth-of-type(3) button::-p-text(Remove)')).click();
  await remove();
  await act.see('ends in x7Qa');
  await act.click('Keep it');
  assert.equal((await act.told('admin.removeRoute')).length, 0);
  await remove();
  await act.click('Remove the model');
  await act.gone('llama-4');
  assert.deepEqual((await act.told('admin.removeRoute')).map(({ id }) => id), ['r3']);
  assert.deepEqual((await act.told('egress-gone')).map(({ key }) => key), ['model-models-example-com-8443']);
}));

test('the form is filled in and sent by keyboard alone', () => visit({}, async ({ act, tab }) => {
  await act.see('Your own models');
  await tab.focus('.provider input');
  await act.press('ArrowRight', 'ArrowRight', 'ArrowRight');
  await act.see('Claude Console');
  await tab.focus(KEY);
  await tab.keyboard.type('sk-ant-0123456789abcdef');
  await act.press('Enter');
  await act.see('•••• cdef');
  assert.equal((await act.told('admin.saveRoute'))[0].provider, 'anthropic');
}));

const words = catalogues.en;
const rust = (file) => readFile(join(import.meta.dirname, '../../src', file), 'utf8');
const kebab = (name) => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();
const variants = (text, name) => [...text.split(`pub enum ${name} {`)[1].split('\n}')[0].matchAll(/^ {4}(\w+)(?:\(.*\))?,$/gm)].map(([, variant]) => kebab(variant));

test('every code and hint that a test can find has its words', async () => {
  const codes = variants(await rust('protocol/code.rs'), 'Fault').filter((code) => /^model-|^not-sent|^storage-unreadable/.test(code));
  const hints = variants(await rust('provider/error.rs'), 'Hint');
  assert.ok(codes.length > 12 && hints.length > 14);
  for (const code of codes) {
    for (const hint of [...hints, undefined]) {
      const { title, what } = wordsOf({ code, hint }, { provider: 'openai' });
      assert.ok(words[title] && title !== 'test.unknown', `${code} ${hint}`);
      assert.ok(words[what] && (hint === undefined || what !== 'test.unknown.do'), `${code} ${hint}`);
    }
  }
});

test('every reason that a field can be wrong for has its words', async () => {
  const reasons = (text) => [...text.matchAll(/Self::\w+(?:\(_\))? => "([a-z-]+)",/g)].map(([, reason]) => reason);
  const [key, account, endpoint, route] = await Promise.all([rust('policy/key.rs'), rust('provider/google_auth.rs'), rust('provider/endpoint.rs'), rust('provider/route.rs')]);
  const looks = variants(key, 'Look');
  for (const look of looks) assert.ok(Object.keys(words).some((name) => name === `key.looks.${look}` || look === 'open-ai' || look === 'google'), look);
  for (const reason of [...reasons(key), ...reasons(account)].filter((name) => !['looks-like', ...looks, 'openai', 'gemini'].includes(name))) assert.ok(words[`key.bad.${reason}`], reason);
  for (const reason of reasons(endpoint)) assert.ok(words[`endpoint.bad.${reason}`] || ['too-long', 'characters'].includes(reason), reason);
  for (const [, field] of route.matchAll(/=> "(\w+)",\n/g)) assert.ok(words[`field.bad.${field}`] || /-/.test(field) || ['vertex', 'gemini', 'openai', 'anthropic'].includes(field), field);
});

test('only a provider’s own fields are said, and a place is never left to chance', () => {
  const entry = { provider: 'vertex', regions: ['eu', 'global'], needsKey: true, needsEndpoint: false, models: [] };
  const fields = { provider: 'vertex', model: 'm', region: 'eu', project: '', endpoint: 'https://left.example', apiVersion: '2024-10-21', api: 'responses', nativeSchema: true, contextTokens: '', baseModel: 'x', embeddingModel: '', embeddingRegion: '', name: ' Ours ', acceptGlobal: false, key: ' {"a": 1}\n' };
  assert.deepEqual(callOf(fields), { provider: 'vertex', model: 'm', region: 'eu', name: 'Ours', key: '{"a": 1}' });
  assert.deepEqual(callOf({ ...fields, provider: 'azure-openai', region: 'eu', nativeSchema: true }, 'r2'), { id: 'r2', provider: 'azure-openai', model: 'm', endpoint: 'https://left.example', apiVersion: '2024-10-21', baseModel: 'x', name: 'Ours', api: 'responses', key: '{"a": 1}' });
  assert.equal(callOf({ ...fields, provider: 'openai-compatible', contextTokens: ' 8192 ' }).contextTokens, '8192');
  assert.equal(missing(entry, { ...fields, region: 'global' }, false), 'acceptGlobal');
  assert.equal(missing(entry, { ...fields, region: '' }, false), 'region');
  assert.equal(missing(entry, { ...fields, key: '' }, true), null);
  assert.deepEqual(hostsToAllow(entry, { ...fields, region: 'europe-west4' }), ['europe-west4-aiplatform.googleapis.com']);
  assert.deepEqual(hostsToAllow(entry, fields), []);
  assert.equal(trimKey(' a b\nc '), 'abc');
  assert.deepEqual(fieldsOf('anthropic').first, ['model', 'key']);
});

test('an end is told with its day in the reader’s language, what to do, and what to choose', () => {
  const soon = { state: 'soon', retires: '2027-01-28' };
  try {
    for (const [tag, said] of [['en-US', 'Jan 28, 2027'], ['en-GB', '28 Jan 2027'], ['de-DE', '28. Jan. 2027'], ['fr-FR', '28 janv. 2027']]) {
      // A day is no moment: whoever reads it far from Greenwich reads the same day.
      for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles']) {
        setLocale(tag, zone);
        assert.ok(endOf(soon)?.includes(said), `${tag}: ${endOf(soon)}`);
        assert.ok(endOf({ ...soon, state: 'gone' })?.includes(said), tag);
      }
    }
    assert.equal(endOf({ state: 'gone' }), words['life.gone.undated']);
    assert.equal(endOf({ state: 'open' }), null);
  } finally {
    setLocale('en', undefined);
  }
  for (const name of ['life.soon.do', 'life.gone.do', 'life.instead', 'embedding.retires', 'embedding.gone', 'embedding.instead', 'refused.model-gone', 'refused.model-gone.do']) assert.ok(words[name], name);
});

test('a model for search by meaning that fails is named with its reason, and its host is asked for', () => {
  const entry = { provider: 'vertex', regions: ['eu', 'europe-west1'], needsEndpoint: false };
  const fields = { region: 'eu', embeddingModel: 'text-embedding-005', embeddingRegion: 'europe-west4', endpoint: '' };
  assert.deepEqual(hostsToAllow(entry, fields), ['europe-west4-aiplatform.googleapis.com']);
  assert.deepEqual(hostsToAllow(entry, { ...fields, region: 'europe-west3' }), ['europe-west3-aiplatform.googleapis.com', 'europe-west4-aiplatform.googleapis.com']);
  assert.deepEqual(hostsToAllow(entry, { ...fields, region: 'europe-west4' }), ['europe-west4-aiplatform.googleapis.com']);
  assert.deepEqual(hostsToAllow(entry, { ...fields, embeddingModel: '' }), []);
  assert.deepEqual(hostsToAllow(entry, { ...fields, embeddingRegion: 'europe-west1' }), []);
  const { title, what } = wordsOf({ code: 'model-not-found', hint: 'choose-model' }, { provider: 'vertex', embeds: true });
  assert.deepEqual([title, what], ['test.not-found', 'hint.embeds.choose-model']);
  assert.match(words[what], /search by meaning/);
});
