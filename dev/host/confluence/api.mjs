// The Confluence REST operations the app may call, with the scopes each needs: search and own user of API v1, pages and spaces of v2.
// Pages are `pages.mjs`, queries `cql.mjs`, shapes `shape.mjs`.
import { BadQuery } from '../query/parse.mjs';
import { compileCql } from './cql.mjs';
import { createPage, cursorOf, limitOf, listPages, listVersions, missing, nextLink, operations, problem, readPage, readVersion, trashPage, updatePage } from './pages.mjs';
import { pageItem, resultShape, spaceItem, spaceShape, userShape, userShapeV1 } from './shape.mjs';

const READ_PAGE = [['read:page:confluence'], ['read:confluence-content.all']];
const WRITE_PAGE = [['write:page:confluence'], ['write:confluence-content']];
const READ_USER = [['read:confluence-user'], ['read:content-details:confluence']];
const page = (tail = '') => new RegExp(`^/wiki/api/v2/pages/(?<id>\\d+)${tail}$`);

export const CONFLUENCE = [
  { method: 'GET', path: /^\/wiki\/rest\/api\/search$/, scopes: [['search:confluence'], ['read:content-details:confluence']], answer: signedIn(search) },
  { method: 'GET', path: /^\/wiki\/rest\/api\/user\/current$/, scopes: READ_USER, answer: signedIn(currentUser) },
  { method: 'POST', path: /^\/wiki\/api\/v2\/users-bulk$/, scopes: [['read:user:confluence']], answer: signedIn(users) },
  { method: 'GET', path: /^\/wiki\/api\/v2\/pages$/, scopes: READ_PAGE, answer: signedIn(listPages) },
  { method: 'POST', path: /^\/wiki\/api\/v2\/pages$/, scopes: WRITE_PAGE, answer: signedIn(createPage) },
  { method: 'GET', path: page(), scopes: READ_PAGE, answer: signedIn(readPage) },
  { method: 'PUT', path: page(), scopes: WRITE_PAGE, answer: signedIn(updatePage) },
  { method: 'DELETE', path: page(), scopes: [['delete:page:confluence']], answer: signedIn(trashPage) },
  { method: 'GET', path: page('/versions'), scopes: READ_PAGE, answer: signedIn(listVersions) },
  { method: 'GET', path: page('/versions/(?<number>\\d+)'), scopes: READ_PAGE, answer: signedIn(readVersion) },
  { method: 'GET', path: page('/operations'), scopes: READ_PAGE, answer: signedIn(operations) },
  { method: 'GET', path: /^\/wiki\/api\/v2\/spaces$/, scopes: [['read:space:confluence'], ['read:confluence-space.summary']], answer: signedIn(spaces) },
  { method: 'GET', path: /^\/wiki\/api\/v2\/spaces\/(?<id>\d+)$/, scopes: [['read:space:confluence'], ['read:confluence-space.summary']], answer: signedIn(space) },
];

function signedIn(act) {
  return (ask) => (ask.who.kind === 'none' ? problem(401, 'UNAUTHORIZED', 'Unauthorized') : act(ask));
}

function search(ask) {
  const cql = ask.query.get('cql') ?? '';
  try {
    const started = performance.now();
    const query = compileCql(cql, { accountId: ask.who.accountId, now: ask.now });
    const found = items(ask).filter(query.matches).sort(query.compare);
    const limit = limitOf(ask.query);
    const start = cursorOf(ask.query) || Number(ask.query.get('start') ?? 0) || 0;
    const results = found.slice(start, start + limit).map((item) => resultShape(item, query.words, ask.query.get('excerpt') ?? 'highlight'));
    const links = { base: `${ask.siteUrl}/wiki`, context: '/wiki', self: `${ask.siteUrl}/wiki/rest/api/search?${ask.query}` };
    const { next } = nextLink(ask, '/rest/api/search', found.length, start, limit);
    return { status: 200, body: { results, start, limit, size: results.length, totalSize: found.length, cqlQuery: cql, searchDuration: Math.round(performance.now() - started), _links: { ...links, ...(next && { next: next.replace('?', '?next=true&') }) } } };
  } catch (error) {
    if (!(error instanceof BadQuery)) throw error;
    return { status: 400, body: { statusCode: 400, data: { authorized: true, valid: false, allowedInReadOnlyMode: true, errors: [], successful: false }, message: `Could not parse cql : ${cql}: ${error.message}` } };
  }
}

function items({ site, who }) {
  const spacesById = new Map(site.spaces(who).map((entry) => [entry.id, entry]));
  const pages = site.pages(who);
  const parents = new Map(pages.map((entry) => [entry.id, entry.parent]));
  const ancestry = (id) => {
    const up = [];
    for (let at = parents.get(id); at && up.length < 50; at = parents.get(at)) up.push(at);
    return up;
  };
  return [...[...spacesById.values()].map(spaceItem), ...pages.map((entry) => pageItem(entry, spacesById.get(entry.space), ancestry(entry.id)))];
}

function currentUser(ask) {
  const person = ask.people.find(ask.who.accountId);
  const names = ask.who.admin ? ['use', 'administer'] : ['use'];
  const wanted = (ask.query.get('expand') ?? '').split(',').includes('operations');
  return { status: 200, body: userShapeV1(person, ask.who.accountId, wanted ? names.map((operation) => ({ operation, targetType: 'application' })) : undefined) };
}

// Ids of nobody are passed over, as on the site.
function users(ask) {
  const ids = ask.body?.accountIds;
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) return problem(400, 'INVALID_REQUEST_PARAMETER', 'accountIds is not a list of ids');
  // `find` knows nicks too; they are no ids.
  const found = ids.flatMap((id) => [ask.people.find(id)].filter((person) => person?.accountId === id));
  return { status: 200, body: { results: found.map(userShape), _links: {} } };
}

function spaces(ask) {
  const limit = limitOf(ask.query);
  const from = cursorOf(ask.query);
  const list = (name) => ask.query.getAll(name).flatMap((value) => value.split(',')).filter(Boolean);
  const [ids, keys] = [list('ids'), list('keys')];
  let rows = ask.site.spaces(ask.who);
  if (ids.length > 0) rows = rows.filter((row) => ids.includes(row.id));
  if (keys.length > 0) rows = rows.filter((row) => keys.includes(row.key));
  if (ask.query.get('sort') === 'key') rows = [...rows].sort((a, b) => a.key.localeCompare(b.key));
  return { status: 200, body: { results: rows.slice(from, from + limit).map(spaceShape), _links: nextLink(ask, '/wiki/api/v2/spaces', rows.length, from, limit) } };
}

function space(ask) {
  const row = ask.site.space(ask.params.id, ask.who);
  return row ? { status: 200, body: spaceShape(row) } : missing();
}
