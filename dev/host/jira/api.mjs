// The Jira REST operations the app may call, with the scopes each needs: search, issue, own permissions, myself, projects.
// Rights come from `site.mjs`, shapes from `shape.mjs`, queries from `jql.mjs`.
import { BadQuery } from '../query/parse.mjs';
import { compileJql } from './jql.mjs';
import { issueShape, userShape } from './shape.mjs';

const READ_WORK = [['read:jira-work'], ['read:issue-details:jira', 'read:field:jira', 'read:user:jira']];
const READ_PROJECT = [['read:jira-work'], ['read:project:jira']];
const READ_USER = [['read:jira-user'], ['read:user:jira']];
const MAX_RESULTS = 100;

export const JIRA = [
  { method: 'GET', path: /^\/rest\/api\/3\/search\/jql$/, scopes: READ_WORK, answer: (ask) => search(ask, fromQuery(ask.query)) },
  { method: 'POST', path: /^\/rest\/api\/3\/search\/jql$/, scopes: READ_WORK, answer: (ask) => search(ask, ask.body ?? {}) },
  { method: 'POST', path: /^\/rest\/api\/3\/search\/approximate-count$/, scopes: READ_WORK, answer: approximateCount },
  { method: 'POST', path: /^\/rest\/api\/3\/issue\/bulkfetch$/, scopes: READ_WORK, answer: bulkFetch },
  { method: 'GET', path: /^\/rest\/api\/3\/issue\/(?<key>[^/]+)$/, scopes: READ_WORK, answer: issue },
  { method: 'GET', path: /^\/rest\/api\/3\/issue\/(?<key>[^/]+)\/comment$/, scopes: READ_WORK, answer: comments },
  { method: 'GET', path: /^\/rest\/api\/3\/mypermissions$/, scopes: [...READ_WORK, ['read:permission:jira']], answer: permissions },
  { method: 'GET', path: /^\/rest\/api\/3\/project\/search$/, scopes: READ_PROJECT, answer: projects },
  { method: 'GET', path: /^\/rest\/api\/3\/project\/(?<key>[^/]+)$/, scopes: READ_PROJECT, answer: project },
  { method: 'GET', path: /^\/rest\/api\/3\/myself$/, scopes: READ_USER, answer: myself },
];

function fromQuery(query) {
  const list = (name) => query.get(name)?.split(',').map((field) => field.trim()).filter(Boolean);
  return { jql: query.get('jql') ?? '', fields: list('fields'), maxResults: query.has('maxResults') ? Number(query.get('maxResults')) : undefined, nextPageToken: query.get('nextPageToken') ?? undefined };
}

function search(ask, { jql = '', fields, maxResults = 50, nextPageToken }) {
  if (ask.who.kind === 'none') return unauthorized();
  if (!Number.isInteger(maxResults) || maxResults < 0) return refused('The maxResults parameter must be a non-negative integer.');
  const from = readToken(nextPageToken);
  if (from === undefined) return refused('The provided next page token is invalid or expired.');
  const { found, refusal } = matching(ask, jql);
  if (refusal) return refusal;
  const size = Math.min(maxResults, MAX_RESULTS);
  const page = found.slice(from, from + size);
  const issues = page.map((row) => (fields?.length ? issueShape(row, fields, ask) : { id: String(row.id) }));
  const more = from + size < found.length;
  return { status: 200, body: { issues, isLast: !more, ...(more && { nextPageToken: writeToken(from + size) }) } };
}

// The issues a query finds for this reader, in its order; or the refusal of a query Jira does not take.
function matching(ask, jql) {
  const projects = ask.site.projects(ask.who);
  const projectKnown = (name) => projects.some((entry) => [entry.key, entry.id, entry.name].some((own) => own.toLowerCase() === name.toLowerCase()));
  try {
    const query = compileJql(jql, { accountId: ask.who.accountId, now: ask.now, projects, visible: (key) => Boolean(ask.site.issue(key, ask.who)), projectKnown });
    // Jira Cloud's search refuses a query without any restriction.
    if (!query.bounded) return { refusal: refused('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.') };
    return { found: ask.site.issues(ask.who).filter(query.matches).sort(query.compare) };
  } catch (error) {
    if (error instanceof BadQuery) return { refusal: refused(error.message.replace('the query', 'the JQL Query')) };
    throw error;
  }
}

function approximateCount(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const { found, refusal } = matching(ask, ask.body?.jql ?? '');
  return refusal ?? { status: 200, body: { count: found.length } };
}

// Issues by id or key, by rising id. What the reader may not see or what is gone is passed over without a word.
function bulkFetch(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const { issueIdsOrKeys, fields = ['*navigable'] } = ask.body ?? {};
  if (!Array.isArray(issueIdsOrKeys) || issueIdsOrKeys.length === 0) return refused('issueIdsOrKeys must not be empty.');
  if (issueIdsOrKeys.length > MAX_RESULTS) return refused(`The maximum number of issues that can be fetched is ${MAX_RESULTS}.`);
  const rows = issueIdsOrKeys.map((name) => ask.site.issue(String(name), ask.who)).filter(Boolean);
  const once = [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => a.id - b.id);
  return { status: 200, body: { expand: 'schema,names', issues: once.map((row) => issueShape(row, fields, ask)), issueErrors: [] } };
}

function issue(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const found = ask.site.issue(decodeURIComponent(ask.params.key), ask.who);
  if (!found) return missing();
  const fields = ask.query.get('fields')?.split(',').map((field) => field.trim()) ?? ['*all'];
  return { status: 200, body: issueShape(found, fields, ask) };
}

function comments(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const found = ask.site.issue(decodeURIComponent(ask.params.key), ask.who);
  if (!found) return missing();
  const all = issueShape(found, ['comment'], ask).fields.comment;
  const startAt = Number(ask.query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(ask.query.get('maxResults') ?? 50), MAX_RESULTS);
  return { status: 200, body: { ...all, comments: all.comments.slice(startAt, startAt + maxResults), startAt, maxResults } };
}

const PERMISSIONS = {
  ADMINISTER: { id: '0', name: 'Administer Jira', type: 'GLOBAL', description: 'Create and administer projects, issue types, fields, workflows, and schemes for all projects.' },
  BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', type: 'PROJECT', description: 'Ability to browse projects and the issues within them.' },
};

function permissions(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const names = ask.query.get('permissions')?.split(',').map((name) => name.trim()).filter(Boolean);
  if (!names?.length) return refused("The 'permissions' query parameter is required.");
  const unknown = names.find((name) => !PERMISSIONS[name]);
  if (unknown) return refused(`Unrecognized permission: ${unknown}`);
  const has = { ADMINISTER: ask.who.admin === true, BROWSE_PROJECTS: ask.site.projects(ask.who).length > 0 };
  return { status: 200, body: { permissions: Object.fromEntries(names.map((name) => [name, { id: PERMISSIONS[name].id, key: name, ...PERMISSIONS[name], havePermission: has[name] }])) } };
}

function projects(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const startAt = Number(ask.query.get('startAt') ?? 0);
  const maxResults = Math.min(Number(ask.query.get('maxResults') ?? 50), 50);
  const wanted = (ask.query.get('query') ?? '').toLowerCase();
  const all = ask.site.projects(ask.who).filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(wanted));
  const values = all.slice(startAt, startAt + maxResults).map(projectShape);
  return { status: 200, body: { maxResults, startAt, total: all.length, isLast: startAt + values.length >= all.length, values } };
}

function project(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  const wanted = decodeURIComponent(ask.params.key);
  const found = ask.site.projects(ask.who).find(({ id, key }) => id === wanted || key === wanted.toUpperCase());
  return found ? { status: 200, body: projectShape(found) } : { status: 404, body: { errorMessages: [`No project could be found with key '${wanted}'.`], errors: {} } };
}

const projectShape = ({ id, key, name }) => ({ id, key, name, projectTypeKey: 'software', simplified: false, style: 'classic', isPrivate: false });

function myself(ask) {
  if (ask.who.kind === 'none') return unauthorized();
  return { status: 200, body: userShape(ask.who.accountId, { ...ask, base: `https://api.atlassian.com/ex/jira/${ask.cloudId}/rest/api/3` }) };
}

function writeToken(from) {
  return Buffer.from(`issues:${from}`).toString('base64url');
}

function readToken(token) {
  if (!token) return 0;
  const match = Buffer.from(token, 'base64url').toString().match(/^issues:(\d+)$/);
  return match ? Number(match[1]) : undefined;
}

function refused(message) {
  return { status: 400, body: { errorMessages: [message], errors: {} } };
}

function missing() {
  return { status: 404, body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} } };
}

function unauthorized() {
  return { status: 401, body: { errorMessages: ['Client must be authenticated to access this resource.'], errors: {} } };
}
