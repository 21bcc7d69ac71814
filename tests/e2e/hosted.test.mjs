// A model that Atlassian hosts, from the admin's choice to the draft: through the shipped function, @forge/llm and the platform's door.
// Nothing leaves by it: the host's recorder stays empty.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startHost } from '../../dev/host/host.mjs';
import { startHosted } from './model.mjs';

const MODEL = 'claude-haiku-4-5-20251001';
const DRAFT = JSON.stringify({ title: null, sections: [{ heading: 'Network', items: [{ kind: 'bullet', text: 'Since Monday the VPN client loses its session about every 40 minutes.', refs: ['S1'] }] }] });
const admin = (type, fields) => host.invoke('call', { type, ...fields }, { as: 'mira', module: 'admin-confluence', product: 'confluence' });
const writer = (type, fields) => host.invoke('call', { type, ...fields }, { as: 'tomas', module: 'studio-confluence', product: 'confluence' });

let model;
let host;
before(async () => {
  model = await startHosted({ model: MODEL, content: DRAFT });
  host = await startHost({ appDir: join(import.meta.dirname, '../..'), seed: 'full', port: 0, hostedModel: model.url });
});
after(async () => {
  await host.stop();
  model.stop();
});

test('a model that is not hosted is not connected', async () => {
  const { view } = await admin('admin.saveRoute', { provider: 'forge-llm', model: 'claude-nobody' });
  assert.deepEqual([view.test.ok, view.test.code, view.test.kept, view.routes.length], [false, 'model-not-found', false, 0]);
});

test('one that is hosted is connected without a key', async () => {
  const { view } = await admin('admin.saveRoute', { provider: 'forge-llm', model: MODEL });
  assert.deepEqual([view.test.ok, view.test.kept, view.routes[0].key.kind, view.route.provider], [true, true, 'none', 'forge-llm']);
});

test('it drafts from masked excerpts, and nothing leaves', async () => {
  const target = { type: 'new', spaceId: (await writer('targets.search', { text: 'Oper' })).view.spaces[0].id, title: 'Network notes' };
  const { view: started } = await writer('draft.start', { requestId: '6f9619ff-8b86-d011-b42d-00c04fc964ff', useCase: 'page', sources: [{ kind: 'issue', id: 'DESK-1' }], target, language: 'source', tone: 'neutral', engine: 'route' });
  await host.queue.idle();
  const { view: job } = await writer('job.get', { jobId: started.id });
  assert.equal(job.state, 'review', JSON.stringify(job.problem));
  assert.ok(job.claims[0].supported);
  const asked = model.received.filter(({ method }) => method === 'POST');
  assert.deepEqual([asked.length, asked[0].path], [1, `/${MODEL}`]);
  assert.match(asked[0].body, /\[PERSON_1\]/);
  for (const marker of ['Solveig', 'Haugen', '7946 0118']) assert.ok(!asked[0].body.includes(marker), `${marker} was sent`);
  assert.deepEqual(host.traffic.list(), []);
});
