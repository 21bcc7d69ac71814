import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forge } from './forge.mjs';
import { backgroundContext, pageContext, remainingMs } from '../../src/shim/context.js';

const installed = { cloudId: 'cloud-1', installationId: 'installation-1', environmentId: 'environment-1', environmentType: 'DEVELOPMENT' };
const site = 'ari:cloud:jira::site/cloud-1';

test('takes the user, the site and the issue from what Forge says', () => {
  const request = {
    installContext: site, accountId: 'user-1', cloudId: 'cloud-1', siteUrl: 'https://example.atlassian.net', moduleKey: 'issue-panel', locale: 'en-US',
    extension: { type: 'jira:issuePanel', issue: { key: 'HELP-1', id: '10001', type: 'Task' }, project: { key: 'HELP', id: '1' } },
  };
  assert.deepEqual(pageContext(request), {
    source: 'ui', product: 'jira', ...installed, accountId: 'user-1', siteUrl: 'https://example.atlassian.net', moduleKey: 'issue-panel', locale: 'en-US',
    extension: { issueKey: 'HELP-1', issueId: '10001', projectKey: 'HELP' },
  });
});

test('takes the page and the space, and the product of the module rather than of the site', () => {
  const { product, extension } = pageContext({ installContext: site, extension: { type: 'confluence:contentAction', content: { id: 77, type: 'page' }, space: { key: 'IT', id: '5' } } });
  assert.deepEqual([product, extension], ['confluence', { pageId: '77', spaceKey: 'IT', spaceId: '5' }]);
});

test('has null for what Forge does not say', () => {
  const context = pageContext({ installContext: site });
  assert.deepEqual([context.accountId, context.siteUrl, context.locale, context.moduleKey, context.product, context.extension], [null, null, null, 'studio-jira', 'jira', {}]);
});

test('believes the site of the installation, not one that a page could name', () => {
  assert.equal(pageContext({ installContext: site, cloudId: 'cloud-2' }).cloudId, 'cloud-1');
});

for (const source of ['consumer', 'schedule', 'lifecycle', 'uninstall']) {
  test(`has no user in the background: ${source}`, () => {
    const context = backgroundContext(source, { installContext: 'ari:cloud:confluence::site/cloud-1', principal: { accountId: 'user-1' } });
    assert.deepEqual(context, { source, product: 'confluence', ...installed, accountId: null, siteUrl: null, moduleKey: 'studio-jira', locale: null, extension: {} });
  });
}

test('has no site when Forge names none', () => {
  assert.deepEqual([backgroundContext('schedule').cloudId, backgroundContext('schedule', { installContext: 'nonsense' }).cloudId], [null, null]);
});

test('has the time that is left, and no more than the limit', () => {
  forge.remainingMs = () => 9_000;
  assert.equal(remainingMs(25_000), 9_000);
  forge.remainingMs = () => 900_000;
  assert.equal(remainingMs(25_000), 25_000);
  forge.remainingMs = () => { throw new Error('not here'); };
  assert.equal(remainingMs(25_000), 25_000);
});
