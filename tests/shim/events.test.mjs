import assert from 'node:assert/strict';
import { test } from 'node:test';
import './forge.mjs';
import { draftWork, indexWork, productChange } from '../../src/shim/events.js';

const issue = (more) => ({ eventType: 'avi:jira:updated:issue', issue: { id: '10', key: 'DESK-1', fields: { summary: 'CANARY' } }, ...more });
const page = (more) => ({ eventType: 'avi:confluence:updated:page', content: { id: '65', title: 'CANARY', body: 'CANARY' }, ...more });

/** Event, call. */
const events = [
  ['an issue', issue(), { type: 'product.changed', kind: 'issue', ids: ['DESK-1'] }],
  ['a comment of an issue', issue({ eventType: 'avi:jira:commented:issue', comment: { body: 'CANARY' } }), { type: 'product.changed', kind: 'issue', ids: ['DESK-1'] }],
  ['an issue that moved', issue({ changelog: { items: [{ field: 'Key', fromString: 'OLD-7', toString: 'DESK-1' }, { field: 'summary', fromString: 'CANARY' }] } }),
    { type: 'product.changed', kind: 'issue', ids: ['DESK-1', 'OLD-7'] }],
  ['a page', page(), { type: 'product.changed', kind: 'page', ids: ['65'] }],
  ['a page whose id is a number', page({ content: { id: 65 } }), { type: 'product.changed', kind: 'page', ids: ['65'] }],
  ['an event of another app', { eventType: 'avi:bitbucket:updated:repository', issue: { key: 'A-1' } }, undefined],
  ['an event without an issue', { eventType: 'avi:jira:updated:issue' }, undefined],
  ['an event of the wrong shape', { eventType: 'avi:jira:updated:issue', issue: { key: { CANARY: 1 } }, changelog: 'CANARY' }, undefined],
  ['nothing', undefined, undefined],
];
for (const [name, event, call] of events) test(`takes ids alone from ${name}`, () => assert.deepEqual(productChange(event), call));

test('an event of the queue is the call of its type, and holds nothing else', () => {
  assert.deepEqual(indexWork({ type: 'crawl', container: 'project:A', run: 'r', step: 2, cursor: 'c', more: 1 }), { type: 'index.crawl', container: 'project:A', run: 'r', step: 2, cursor: 'c' });
  assert.deepEqual(indexWork({ type: 'crawl', container: 'project:A', run: 'r', step: 0 }), { type: 'index.crawl', container: 'project:A', run: 'r', step: 0 });
  assert.deepEqual(indexWork({ type: 'changed', kind: 'issue', id: 'A-1' }), { type: 'index.changed', kind: 'issue', id: 'A-1' });
  assert.deepEqual(indexWork({ type: 'changed', kind: 'issue', id: 'A-1', tries: 2 }), { type: 'index.changed', kind: 'issue', id: 'A-1', tries: 2 });
  assert.deepEqual(indexWork({ type: 'merge' }), { type: 'index.merge' });
  assert.deepEqual(indexWork({ type: 'rotate', more: 1 }), { type: 'keys.rotate' });
});

for (const body of [{ type: 'constructor' }, { type: 'sweep' }, {}, null]) {
  test(`another type is no work of the index: ${JSON.stringify(body)}`, () => assert.ok(!String(indexWork(body).type).startsWith('index.')));
}

test('an event of the queue of drafts is a draft, or goes on with a comparison of models', () => {
  assert.deepEqual(draftWork({ jobId: 'j', rev: 3 }), { type: 'draft.run', jobId: 'j', rev: 3 });
  assert.deepEqual(draftWork({ type: 'bake-off', run: 'r', step: 2, more: 'x' }), { type: 'models.bakeOffRun', run: 'r', step: 2 });
  assert.deepEqual(draftWork(undefined), { type: 'draft.run', jobId: undefined, rev: undefined });
});
