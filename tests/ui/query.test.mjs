// The pure parts of search on the page: what is read out of a typed text, which hits typing is answered from, which rows a list shows.
// It opens no browser.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMoving, merge, refOf, rowsFor } from '../../static/src/admin/search/rows.js';
import { complete, completionsOf, narrow, printFilter, queryOf, takeFilters, wordsOf } from '../../static/src/picker/query.js';

const BOTH = ['issue', 'page'];
const hit = (kind, id, title, container = 'PAY', more = {}) => ({ kind, id, title, container: { key: container, name: `Name of ${container}` }, type: kind === 'page' ? 'page' : 'Bug', ...more });
const POOL = [hit('issue', 'PAY-1', 'Retry failed captures', 'PAY', { key: 'PAY-1' }), hit('page', '9', 'Déjà vu of a release', 'REL'), hit('issue', 'DESK-2', 'VPN drops', 'DESK', { key: 'DESK-2', type: 'New Feature', snippet: [{ text: 'while ' }, { text: 'capturing', hit: true }] })];

describe('filters', () => {
  const check = (typed, text, filters) => {
    const taken = takeFilters(typed);
    assert.deepEqual([taken.text, taken.filters.map(printFilter)], [text, filters], typed);
  };
  test('takes a filter out once a blank says it is whole', () => {
    check('project:PAY', 'project:PAY', []);
    check('project:PAY ', '', ['project:PAY']);
    check('retry project:PAY,DESK capture', 'retry capture', ['project:PAY,DESK']);
    check('-type:"New Feature" x', 'x', ['-type:"New Feature"']);
    check('type:"New Feature",Bug x', 'x', ['type:"New Feature",Bug']);
    check('UPDATED:7d ', '', ['updated:7d']);
  });
  test('leaves everything else as it was typed', () => {
    for (const typed of ['', ' ', 'a:b ', 'subproject:PAY ', 'project: PAY ', 'type:"New Fea ', 'https://x/updated:7d ', 'author:']) check(typed, typed, []);
  });
  test('puts chips and text together as the core reads them', () => {
    assert.equal(queryOf(takeFilters('project:PAY -type:bug capture').filters, ' capture '), 'project:PAY -type:bug capture');
  });
});

describe('typing', () => {
  const ids = (query, kinds = BOTH) => narrow(POOL, query, kinds).map(({ id }) => id);
  test('is answered from what the page has met', () => {
    assert.deepEqual(ids(''), ['PAY-1', '9', 'DESK-2']);
    assert.deepEqual(ids('CAPTUR'), ['PAY-1', 'DESK-2']);
    assert.deepEqual(ids('deja'), ['9']);
    assert.deepEqual(ids('retry desk'), []);
    assert.deepEqual(ids('captur -retry'), ['DESK-2']);
    assert.deepEqual(ids('+captur*'), ['PAY-1', 'DESK-2']);
    assert.deepEqual(ids('', ['page']), ['9']);
  });
  test('filters by what the page knows and leaves the rest to the core', () => {
    assert.deepEqual(ids('project:pay'), ['PAY-1']);
    assert.deepEqual(ids('project:PAY,desk'), ['PAY-1', 'DESK-2']);
    assert.deepEqual(ids('-project:PAY'), ['9', 'DESK-2']);
    assert.deepEqual(ids('space:PAY'), []);
    assert.deepEqual(ids('type:"new feature"'), ['DESK-2']);
    assert.deepEqual(ids('type:page'), ['9']);
    assert.deepEqual(ids('author:me updated:7d retry'), ['PAY-1']);
  });
  test('stays quick with a text of a megabyte', () => {
    const start = performance.now();
    narrow(POOL, 'project:"'.repeat(110_000), BOTH);
    takeFilters('type:a,'.repeat(150_000));
    completionsOf('x'.repeat(1_000_000), POOL);
    assert.ok(performance.now() - start < 2000);
  });
  test('knows the typed words without filters and signs', () => assert.deepEqual(wordsOf('+Card "two words" -not project:PAY rep*'), ['card', 'two', 'words', 'rep']));
});

describe('completion', () => {
  const labels = (text) => completionsOf(text, POOL).map(({ label }) => label);
  test('completes names from two letters on, and values the page has met', () => {
    assert.deepEqual(labels('p'), []);
    assert.deepEqual(labels('pr'), ['project:']);
    assert.deepEqual(labels('x -up'), ['updated:']);
    assert.deepEqual(labels('project:'), ['PAY', 'DESK']);
    assert.deepEqual(labels('project:d'), ['DESK']);
    assert.deepEqual(labels('type:n'), ['"New Feature"']);
    assert.deepEqual(labels('author:'), ['me']);
    assert.deepEqual(labels('release'), []);
  });
  test('keeps what stands before', () => {
    assert.equal(complete('retry pro', completionsOf('retry pro', POOL)[0]), 'retry project:');
    assert.equal(complete('retry project:d', completionsOf('retry project:d', POOL)[0]), 'retry project:DESK ');
  });
});

describe('the index’s list', () => {
  const row = (key, more) => ({ kind: 'project', key, name: `Name ${key}`, on: false, state: 'off', documents: 0, ...more });
  const on = (key, state = 'ready') => row(key, { on: true, state, documents: 4 });
  test('takes news in place, and knows what an answer does not name', () => {
    const merged = merge([on('A'), row('B'), on('C')], [on('A', 'indexing'), on('B', 'waiting')]);
    assert.deepEqual(merged.map(({ key, state, documents }) => [key, state, documents]), [['A', 'indexing', 4], ['B', 'waiting', 4], ['C', 'off', 0]]);
  });
  test('filters what is on itself and trusts the answer for the rest', () => {
    const keys = (typed, isAnswered) => rowsFor([on('A'), on('B'), row('Z')], typed, isAnswered).map(({ key }) => key);
    assert.deepEqual(keys('', true), ['A', 'B', 'Z']);
    assert.deepEqual(keys('name b', true), ['B', 'Z']);
    assert.deepEqual(keys('name b', false), ['B']);
  });
  test('looks again only while something moves', () => {
    assert.equal(isMoving(null), false);
    assert.equal(isMoving({ containers: [on('A'), row('B')] }), false);
    assert.equal(isMoving({ containers: [on('A', 'waiting')] }), true);
    assert.equal(isMoving({ containers: [], embedding: { on: true, done: 1, total: 2 } }), true);
    assert.equal(isMoving({ containers: [], embedding: { on: false, done: 1, total: 2 } }), false);
  });
  test('reads a key, a page id and the address of either', () => {
    assert.deepEqual(refOf(' pay-412 '), { kind: 'issue', id: 'PAY-412' });
    assert.deepEqual(refOf('https://example.atlassian.net/browse/PAY-412?focused=1'), { kind: 'issue', id: 'PAY-412' });
    assert.deepEqual(refOf('9001'), { kind: 'page', id: '9001' });
    assert.deepEqual(refOf('https://example.atlassian.net/wiki/spaces/REL/pages/9001/Notes'), { kind: 'page', id: '9001' });
    for (const typed of ['', 'PAY', 'two words', 'PAY-', '-1', 'https://example.com/']) assert.equal(refOf(typed), null, typed);
  });
});
