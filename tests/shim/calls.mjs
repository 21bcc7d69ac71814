// @ts-check
// A page's call as Forge makes it, for tests that go through a handler.
// Holds no expectation.

/** The core's context for it. */
export const context = {
  source: 'ui', product: 'jira', cloudId: 'cloud-1', installationId: 'installation-1', environmentId: 'environment-1', environmentType: 'DEVELOPMENT',
  accountId: 'user-1', siteUrl: 'https://example.atlassian.net', moduleKey: 'studio-jira', locale: 'en-US', extension: {},
};

/** @param {unknown} payload */
export const request = (payload) => ({
  call: { functionKey: 'call', payload },
  context: { cloudId: 'cloud-1', siteUrl: 'https://example.atlassian.net', moduleKey: 'studio-jira', locale: 'en-US', extension: { type: 'jira:globalPage' } },
});

/** What Forge says beside the request. */
export const backend = { installContext: 'ari:cloud:jira::site/cloud-1', principal: { accountId: 'user-1' } };

/**
 * A site with nothing on it and an empty store, which keeps the secrets of the installation alone.
 * @param {any} desc
 * @param {string} path
 * @param {any} init
 * @returns {Response}
 */
export function emptySite(desc, path, init) {
  const answer = (/** @type {unknown} */ body, status = 200) => new Response(JSON.stringify(body), { status });
  if (desc.type === 'kvs') {
    const { key, value } = JSON.parse(init?.body ?? '{}');
    if (path.endsWith('/secret/set')) secrets.set(key, value);
    if (path.endsWith('/secret/get') && secrets.has(key)) return answer({ key, value: secrets.get(key) });
    if (path.endsWith('/get')) return answer({ code: 'KEY_NOT_FOUND', message: 'no' }, 404);
    return path.endsWith('/query') ? answer({ data: [] }) : new Response('');
  }
  if (path.startsWith('/webhook/queue/publish')) return new Response(null, { status: 201 });
  if (path.startsWith('/rest/api/3/mypermissions')) return answer({ permissions: { ADMINISTER: { havePermission: false } } });
  if (path.startsWith('/rest/api/3/search/jql')) return answer({ issues: [], isLast: true });
  return answer({ results: [], _links: {} });
}

/** @type {Map<string, string>} */
const secrets = new Map();
