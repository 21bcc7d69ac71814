// Jira and Confluence as the app meets them: scopes, users' rights, queries, versions, error shapes.
import assert from 'node:assert/strict';
import { before, after, test } from 'node:test';
import { startHost } from '../../dev/host/host.mjs';
import { FIXTURE, body, product } from './fixture.mjs';

let host;
before(async () => { host = await startHost({ appDir: FIXTURE, seed: 'small', workers: 1 }); });
after(() => host.stop());

const search = (jql, { as = 'tomas', ...more } = {}) => {
  const query = new URLSearchParams({ jql, fields: 'summary', ...more });
  return host.as(as).request('jira', 'GET', `/rest/api/3/search/jql?${query}`);
};
const keys = (answer) => JSON.parse(answer.body).issues.map((issue) => issue.key);
const cql = (text, { as = 'tomas', ...more } = {}) => host.as(as).request('confluence', 'GET', `/wiki/rest/api/search?${new URLSearchParams({ cql: text, ...more })}`);
const titles = (answer) => JSON.parse(answer.body).results.map((result) => result.content?.title ?? result.space.name);
const page = (id, as = 'tomas', query = '') => host.as(as).request('confluence', 'GET', `/wiki/api/v2/pages/${id}${query}`);
const put = (id, version, more = {}, as = 'tomas') => host.as(as).request('confluence', 'PUT', `/wiki/api/v2/pages/${id}`, { id, status: 'current', title: 'Certificate rotation', body: { representation: 'storage', value: '<p>New</p>' }, version: { number: version, message: 'm' }, ...more });
const problem = (answer) => JSON.parse(answer.body).errors[0].title;

test('refuses an operation whose scope the manifest lacks', async () => {
  const answer = await product(host, { product: 'confluence', path: '/wiki/api/v2/spaces' });
  assert.equal(answer.status, 401);
  assert.deepEqual(body(answer), { code: 401, message: 'Unauthorized; scope does not match' });
  const trash = await product(host, { product: 'confluence', path: '/wiki/api/v2/pages/65522', init: { method: 'DELETE' } });
  assert.equal(trash.status, 401);
  assert.equal(page(65522).status, 200);
});

test('says so when it does not serve an operation', async () => {
  const answer = await product(host, { product: 'jira', path: '/rest/api/3/dashboard' });
  assert.equal(answer.status, 404);
  assert.match(body(answer).message, /does not serve GET/);
});

test('a user sees only the projects, spaces and pages that are theirs', () => {
  assert.equal(host.as('tomas').request('jira', 'GET', '/rest/api/3/issue/SEC-1').status, 200);
  const hidden = host.as('wren').request('jira', 'GET', '/rest/api/3/issue/SEC-1');
  assert.equal(hidden.status, 404);
  assert.deepEqual(JSON.parse(hidden.body).errorMessages, ['Issue does not exist or you do not have permission to see it.']);
  assert.deepEqual(keys(search('text ~ phishing', { as: 'wren' })), []);
  assert.deepEqual(keys(search('text ~ phishing')), ['SEC-1']);
  assert.equal(page(65541).status, 200);
  assert.equal(page(65541, 'wren').status, 404);
  assert.deepEqual(titles(cql('title ~ "on-call"', { as: 'wren' })), []);
});

test('asApp sees every project but no restricted page; nobody is asked to sign in', async () => {
  const app = await product(host, { as: 'app', product: 'jira', path: '/rest/api/3/issue/SEC-1?fields=summary' });
  assert.equal(app.status, 200);
  assert.equal((await product(host, { as: 'app', product: 'confluence', path: '/wiki/api/v2/pages/65541' })).status, 404);
  assert.equal((await product(host, { as: 'none', product: 'jira', path: '/rest/api/3/issue/DESK-1' })).status, 401);
});

test('asUser of somebody who is not there needs authentication', async () => {
  const other = host.people.find('mira').accountId;
  await assert.rejects(product(host, { accountId: other, product: 'jira', path: '/rest/api/3/issue/DESK-1' }), { name: 'NEEDS_AUTHENTICATION_ERR' });
});

test('answers the fields asked for, ids alone when none are, and every field of an issue', () => {
  const ids = JSON.parse(host.as('tomas').request('jira', 'GET', `/rest/api/3/search/jql?jql=${encodeURIComponent('key = DESK-1')}`).body);
  assert.deepEqual(Object.keys(ids.issues[0]), ['id']);
  const { fields } = JSON.parse(host.as('tomas').request('jira', 'GET', '/rest/api/3/issue/DESK-1?fields=summary,comment,reporter').body);
  assert.deepEqual(Object.keys(fields), ['summary', 'comment', 'reporter']);
  assert.equal(fields.comment.comments[0].body.type, 'doc');
  const all = JSON.parse(host.as('tomas').request('jira', 'GET', '/rest/api/3/issue/DESK-1').body).fields;
  for (const name of ['description', 'issuetype', 'status', 'priority', 'assignee', 'creator', 'created', 'updated', 'resolution', 'project', 'fixVersions', 'labels']) assert.ok(name in all, name);
});

test('evaluates JQL: text, key, and, or, not, in, dates, order, pages', () => {
  assert.deepEqual(keys(search('summary ~ "VPN drops" OR key = DESK-8 ORDER BY key ASC')), ['DESK-1', 'DESK-8']);
  assert.deepEqual(keys(search('project = DESK AND labels in (certificate, "safety") ORDER BY key')), ['DESK-6', 'DESK-12']);
  assert.deepEqual(keys(search('project = DESK AND NOT text ~ "the" AND created >= -30d')), ['DESK-14']);
  assert.deepEqual(keys(search('text ~ "\\"rekey timeout\\""')), ['DESK-1']);
  assert.ok(keys(search('reporter = currentUser()')).includes('SEC-2'));
  const first = JSON.parse(search('project = DESK ORDER BY updated DESC', { maxResults: 4 }).body);
  assert.equal(first.isLast, false);
  const second = JSON.parse(search('project = DESK ORDER BY updated DESC', { maxResults: 4, nextPageToken: first.nextPageToken }).body);
  assert.equal(new Set([...first.issues, ...second.issues].map((issue) => issue.id)).size, 8);
});

test('refuses JQL as Jira does', () => {
  const message = (jql) => {
    const answer = search(jql);
    assert.equal(answer.status, 400, jql);
    return JSON.parse(answer.body).errorMessages[0];
  };
  assert.match(message('ORDER BY updated DESC'), /Unbounded JQL/);
  assert.match(message('nonsense = 1'), /Field 'nonsense' does not exist/);
  assert.match(message('summary = "x"'), /operator '=' is not supported by the 'summary' field/);
  assert.match(message('text ~ "open'), /unexpected character/);
  assert.match(message('key = NOPE-1'), /does not exist for field 'key'/);
  assert.match(message('project = DESK AND'), /before the end/);
});

test('evaluates CQL, marks the hits, links the next page, refuses the unknown', () => {
  const answer = JSON.parse(cql('type = page AND (title ~ "backup" OR text ~ "restorable backup") ORDER BY lastmodified DESC').body);
  assert.deepEqual(answer.results.map((result) => result.content.id), ['65521']);
  const [hit] = answer.results;
  assert.match(hit.title, /@@@hl@@@backup@@@endhl@@@/);
  assert.equal(hit.resultGlobalContainer.title, 'Operations');
  assert.ok(!Number.isNaN(Date.parse(hit.lastModified)));
  assert.deepEqual(titles(cql('type = space AND title ~ "operations"')), ['Operations']);
  const page1 = JSON.parse(cql('type = page ORDER BY title', { limit: 2 }).body);
  const page2 = JSON.parse(host.as('tomas').request('confluence', 'GET', `/wiki${page1._links.next}`).body);
  assert.equal(new Set([...page1.results, ...page2.results].map((result) => result.content.id)).size, 4);
  const bad = cql('colour = blue');
  assert.equal(bad.status, 400);
  assert.match(JSON.parse(bad.body).message, /Could not parse cql/);
});

test('a page is written by the next version number only', () => {
  const before = JSON.parse(page(65522, 'tomas', '?body-format=storage').body);
  assert.equal(before.version.number, 1);
  const stale = put(65522, 1);
  assert.equal(stale.status, 409);
  assert.equal(problem(stale), 'Version must be incremented on update. Current version is: 1');
  assert.equal(put(65522, 3).status, 409);
  const written = JSON.parse(put(65522, 2).body);
  assert.deepEqual([written.version.number, written.version.message, written.body.storage.value], [2, 'm', '<p>New</p>']);
  assert.equal(JSON.parse(page(65522, 'tomas', '?body-format=storage&version=1').body).body.storage.value, before.body.storage.value);
  const version = JSON.parse(host.as('tomas').request('confluence', 'GET', '/wiki/api/v2/pages/65522/versions/2').body);
  assert.equal(version.authorId, host.people.find('tomas').accountId);
});

test('refuses a page with a taken title, a malformed body, or no right to edit', () => {
  const create = (title, value, as = 'tomas') => host.as(as).request('confluence', 'POST', '/wiki/api/v2/pages', { spaceId: '98305', status: 'current', title, body: { representation: 'storage', value } });
  assert.equal(problem(create('Release notes', '<p>x</p>')), 'A page already exists with the same TITLE in this space');
  assert.match(problem(create('Broken', '<p>x')), /Error parsing xhtml/);
  assert.match(problem(create('Broken', '<p>a & b</p>')), /Error parsing xhtml/);
  assert.equal(create('From Wren', '<p>x</p>', 'wren').status, 403);
  assert.equal(put(65531, 3, { title: 'Release notes' }, 'wren').status, 403);
  const made = create('A new page', '<p>x &nbsp; &rarr;</p>');
  assert.equal(made.status, 200);
  assert.equal(JSON.parse(made.body).version.number, 1);
  const rights = (as) => JSON.parse(host.as(as).request('confluence', 'GET', '/wiki/api/v2/pages/65531/operations').body).operations.map((entry) => entry.operation);
  assert.ok(rights('tomas').includes('update'));
  assert.deepEqual(rights('wren'), ['read']);
});

test('says who administers the site', () => {
  const jira = (as) => JSON.parse(host.as(as).request('jira', 'GET', '/rest/api/3/mypermissions?permissions=ADMINISTER').body).permissions.ADMINISTER.havePermission;
  assert.deepEqual([jira('mira'), jira('tomas')], [true, false]);
  const confluence = (as) => JSON.parse(host.as(as).request('confluence', 'GET', '/wiki/rest/api/user/current?expand=operations').body).operations.map((entry) => entry.operation);
  assert.deepEqual([confluence('mira'), confluence('tomas')], [['use', 'administer'], ['use']]);
});

test('lists every call with its user and status', () => {
  const [call] = (host.as('wren').request('jira', 'GET', '/rest/api/3/issue/SEC-1'), host.product.calls);
  assert.deepEqual([call.as, call.product, call.status], ['Wren Castillo', 'jira', 404]);
});

test('issues fetched in bulk are those the reader may see; of the others there is no word', () => {
  const fetch = (as, issueIdsOrKeys, fields = ['summary']) => host.as(as).request('jira', 'POST', '/rest/api/3/issue/bulkfetch', { issueIdsOrKeys, fields });
  const found = (answer) => JSON.parse(answer.body).issues.map(({ key }) => key);
  assert.deepEqual(found(fetch('tomas', ['SEC-1', 'DESK-2', 'DESK-1', 'DESK-9999'])), ['DESK-1', 'DESK-2', 'SEC-1']);
  const hidden = fetch('wren', ['SEC-1', 'DESK-1']);
  assert.deepEqual(found(hidden), ['DESK-1']);
  assert.deepEqual(JSON.parse(hidden.body).issueErrors, []);
  assert.equal(fetch('tomas', Array.from({ length: 101 }, (_, n) => `DESK-${n}`)).status, 400);
  assert.equal(fetch('tomas', []).status, 400);
});

test('one key that is hidden fails a whole search by keys, as in Jira', () => {
  assert.deepEqual(keys(search('key in (DESK-1, DESK-2) ORDER BY key ASC')), ['DESK-1', 'DESK-2']);
  assert.equal(search('key in (DESK-1, SEC-1)', { as: 'wren' }).status, 400);
});

test('a project is listed by its number in rising order, page by page', () => {
  const first = search('project = 10001 ORDER BY key ASC', { maxResults: '2' });
  assert.deepEqual(keys(first), ['DESK-1', 'DESK-2']);
  const { nextPageToken } = JSON.parse(first.body);
  assert.deepEqual(keys(search('project = 10001 ORDER BY key ASC', { maxResults: '2', nextPageToken })), ['DESK-3', 'DESK-4']);
  const count = host.as('tomas').request('jira', 'POST', '/rest/api/3/search/approximate-count', { jql: 'project = DESK' });
  assert.ok(JSON.parse(count.body).count >= 4);
  assert.equal(host.as('wren').request('jira', 'GET', '/rest/api/3/project/SEC').status, 404);
  assert.equal(JSON.parse(host.as('tomas').request('jira', 'GET', '/rest/api/3/project/10002').body).key, 'SEC');
});

test('pages are listed by rising id with no body unless it is asked for, and only to whom they are open', () => {
  const list = (as, query) => JSON.parse(host.as(as).request('confluence', 'GET', `/wiki/api/v2/pages?${new URLSearchParams(query)}`).body).results;
  const all = list('tomas', { 'space-id': '98305', status: 'current', sort: 'id', limit: '100' });
  assert.deepEqual(all.map(({ id }) => Number(id)), all.map(({ id }) => Number(id)).sort((a, b) => a - b));
  assert.deepEqual(all[0].body, {});
  assert.equal(list('tomas', { id: '65541,999', status: 'current', 'body-format': 'storage' })[0].body.storage.representation, 'storage');
  assert.deepEqual(list('wren', { id: '65541', status: 'current' }), []);
});

test('people are looked up by account id; of ids that are nobody’s there is no word', () => {
  const [mira, colleague] = [host.people.find('mira'), host.people.find('radek.novotny')];
  const ask = (accountIds) => host.as('tomas').request('confluence', 'POST', '/wiki/api/v2/users-bulk', { accountIds });
  const answer = ask([mira.accountId, '712020:nobody', colleague.accountId, 'mira']);
  assert.equal(answer.status, 200);
  assert.deepEqual(JSON.parse(answer.body).results.map(({ accountId, displayName }) => [accountId, displayName]), [[mira.accountId, mira.name], [colleague.accountId, colleague.name]]);
  assert.equal(ask('mira').status, 400);
});
