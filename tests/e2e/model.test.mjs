// The customer's own model, from the admin's key to the published page, with the provider on this machine.
// What leaves is read from the provider's side and from the host's recorder: tokens, never the people.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startModel } from './model.mjs';
import { openSite, openTab } from './site.mjs';

const KEY = 'sk-e2e-canary-0123456789abcdef';
const DRAFT = JSON.stringify({
  title: null,
  sections: [{
    heading: 'Network',
    items: [
      { kind: 'bullet', text: 'Since Monday the VPN client loses its session about every 40 minutes.', refs: ['S1'] },
      { kind: 'bullet', text: 'Since Monday the VPN client loses its session about every 90 minutes.', refs: ['S1'] },
      { kind: 'bullet', text: '[PERSON_1] can be reached until six.', refs: ['S1'] },
    ],
  }],
});
/** People, numbers and addresses of the ticket. */
const PRIVATE = ['Solveig', 'Haugen', 'haugen', '7946 0118', 'Achterberg', 'example.org'];

let model;
let site;
before(async () => {
  model = await startModel({ key: KEY, content: DRAFT });
  site = await openSite({ routes: { 'api.openai.com': model.url } });
});
after(async () => {
  await site.close();
  await model.stop();
});

test('a writer is not let into the admin page', async () => {
  const answer = await site.host.invoke('call', { type: 'admin.open' }, { as: 'tomas', module: 'admin-confluence' });
  assert.deepEqual([answer.type, answer.code], ['refused', 'admin-only']);
});

test('a wrong key is named as wrong and not kept, a right one is sealed and shown by its last four', async () => {
  const { act, problems, close } = await openTab(site, 'mira', '/wiki/settings/apps/admin-confluence');
  await act.see('Your own models');
  await act.segment('OpenAI');
  await act.type('Key', 'sk-wrong-key-0123456789abcdef00');
  await act.click('Test and save');
  await act.see('did not accept the key');
  await act.shot('51-key-refused');
  await act.type('Key', `  ${KEY} `);
  await act.click('Test and save');
  await act.see('cdef');
  await act.shot('52-key-saved');
  assert.ok(!(await act.text()).includes(KEY));
  assert.deepEqual(problems, []);
  assert.ok(model.received.every(({ body }) => body === undefined || !body.includes('VPN')), 'the test sent content');
  await close();
});

test('a draft by the model: masked on the way out, restored on the way in, unsupported claims off', async () => {
  const { act, problems, close } = await openTab(site, 'tomas', '/');
  await act.see('Recently updated');
  await act.choose('What to write from', 'DESK-1', 'DESK-1');
  await act.choose('Space', 'Oper', 'Operations');
  await act.type('Page title', 'Network notes');
  await act.shot('53-route');
  await act.click('Show exactly what is sent');
  await act.see('[PERSON_1]');
  const shown = await act.text();
  await act.shot('54-exact-bytes');
  assert.equal(model.received.filter(({ path }) => path.includes('chat')).length, 0, 'looking sends nothing');
  await act.press('Escape');
  site.host.faults.add({ kind: 'egress', action: 'latency', ms: 800, match: 'chat' });
  await act.click('Draft from');
  await act.see('Review the changes');
  await act.shot('55-draft');
  const signals = site.host.realtime.published();
  assert.match(signals.at(-1).channel, /^job-[0-9a-f]{32}$/);
  assert.equal(signals.at(-1).heard, 1, 'the page listened while the model wrote');
  const sent = model.received.filter(({ path }) => path.includes('chat')).map(({ body }) => body).join();
  assert.ok(shown.includes(sent), 'what was shown is what was sent');
  await act.see('Sent byte for byte as you saw it');
  for (const marker of PRIVATE) assert.ok(!sent.includes(marker), `${marker} was sent`);
  assert.match(sent, /VPN client loses its session/);
  await act.click('Review the changes');
  await act.see('Publish as a new page');
  await act.shot('56-review');
  await act.click('Publish as a new page');
  await act.see('The page is live');
  await act.shot('57-published');
  const { body } = await site.host.as('mira').request('confluence', 'GET', '/wiki/rest/api/search?cql=type%20%3D%20page%20ORDER%20BY%20lastmodified%20DESC&limit=5');
  const id = JSON.parse(body).results.find(({ content }) => content.title === 'Network notes').content.id;
  const page = JSON.parse((await site.host.as('mira').request('confluence', 'GET', `/wiki/api/v2/pages/${id}?body-format=storage`)).body);
  assert.match(page.body.storage.value, /every 40 minutes/);
  assert.doesNotMatch(page.body.storage.value, /every 90 minutes/);
  assert.match(page.body.storage.value, /Solveig Haugen can be reached until six/);
  assert.deepEqual(problems, []);
  await close();
});

test('the admin tries the masking on a text, and sees in counts what was masked', async () => {
  const { act, problems, close } = await openTab(site, 'mira', '/wiki/settings/apps/admin-confluence');
  await act.see('Your own models');
  await act.click('Masking');
  await act.see('What is masked');
  await act.type('Your text', 'Write to anna@example.com, then call +44 20 7946 0777.');
  await act.see('EMAIL_1');
  await act.see('PHONE_1');
  await act.shot('58-masking');
  const shown = await act.text();
  assert.match(shown, /Masked in the last seven days/);
  assert.doesNotMatch(shown, /Nothing left in these days/);
  for (const marker of PRIVATE) assert.ok(!shown.includes(marker), `${marker} is on the page`);
  assert.deepEqual(problems, []);
  await close();
});

test('every request that left went to the one provider, and the recorder hides the key', () => {
  const sent = site.host.traffic.sent();
  assert.ok(sent.length > 0);
  assert.deepEqual([...new Set(sent.map(({ host }) => host))], ['api.openai.com']);
  assert.ok(!JSON.stringify(sent).includes(KEY));
});

test('the key, the people and the text are nowhere in clear: storage, queue, log', () => {
  const tables = ['kv', 'entity', 'event'].map((name) => site.host.db.all(`SELECT * FROM ${name}`));
  assert.ok(tables[0].length > 0 && tables[1].length > 0 && tables[2].length > 0, 'all three were used');
  const kept = JSON.stringify([tables, site.host.invocations.lines]);
  for (const marker of [KEY, ...PRIVATE, 'anna@example.com', 'VPN client', 'Network notes', 'DESK-1']) assert.ok(!kept.includes(marker), `${marker} is kept in clear`);
});
