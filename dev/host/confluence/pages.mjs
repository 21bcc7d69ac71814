// Pages of Confluence's API v2: read, list, create, update by the next version number, versions, operations, trash.
// Rights are asked of `site.mjs`; the rules of titles, versions and bodies are here.
import { pageShape, versionShape } from './shape.mjs';
import { malformation } from './wellformed.mjs';

const MAX_BODY_BYTES = 5 * 1024 * 1024;

export function readPage(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  if (!page) return missing();
  const number = ask.query.has('version') ? Number(ask.query.get('version')) : page.version;
  const version = ask.site.version(page.id, number);
  if (!version) return missing();
  return { status: 200, body: shaped(ask, page, version, ask.query.get('body-format')) };
}

export function listPages(ask) {
  const limit = limitOf(ask.query);
  const spaces = ask.query.getAll('space-id').flatMap((value) => value.split(','));
  const title = ask.query.get('title');
  const statuses = ask.query.getAll('status').flatMap((value) => value.split(','));
  if (statuses.length > 0 && !statuses.includes('current')) return { status: 200, body: { results: [], _links: {} } };
  const ids = ask.query.getAll('id').flatMap((value) => value.split(','));
  let rows = ask.site.pages(ask.who);
  if (spaces.length > 0) rows = rows.filter((page) => spaces.includes(page.space));
  if (ids.length > 0) rows = rows.filter((page) => ids.includes(page.id));
  if (title !== null) rows = rows.filter((page) => page.title.toLowerCase() === title.toLowerCase());
  const order = SORTS[ask.query.get('sort')];
  if (order) rows.sort(order);
  const from = cursorOf(ask.query);
  const results = rows.slice(from, from + limit).map((page) => shaped(ask, page, ask.site.version(page.id, page.version), ask.query.get('body-format'), false));
  return { status: 200, body: { results, _links: nextLink(ask, '/wiki/api/v2/pages', rows.length, from, limit) } };
}

const SORTS = { id: (a, b) => Number(a.id) - Number(b.id), '-id': (a, b) => Number(b.id) - Number(a.id), title: (a, b) => a.title.localeCompare(b.title), 'modified-date': (a, b) => a.updated - b.updated, '-modified-date': (a, b) => b.updated - a.updated };

export function createPage(ask) {
  const { spaceId, status = 'current', title, parentId, body } = ask.body ?? {};
  if (!spaceId) return invalid('spaceId is required');
  const space = ask.site.space(spaceId, ask.who);
  if (!space) return missing();
  if (!ask.site.mayEditSpace(space, ask.who)) return forbidden();
  if (status !== 'current') return invalid('The local host creates current pages only');
  const wrong = wrongContent(title, body);
  if (wrong) return wrong;
  if (ask.site.titleTaken(space.id, title)) return titleTaken();
  const parent = parentId ? ask.site.page(parentId, ask.who) : undefined;
  if (parentId && (!parent || parent.space !== space.id)) return invalid('The specified parent page does not exist in this space');
  const id = ask.site.addPage({ space: space.id, parent: parent?.id ?? space.home, title, body: storageOf(body), author: ask.who.accountId, created: ask.now, message: ask.body.version?.message ?? '' });
  const page = ask.site.page(id, ask.who);
  return { status: 200, body: shaped(ask, page, ask.site.version(id, 1), 'storage') };
}

export function updatePage(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  if (!page) return missing();
  if (!ask.site.mayEditPage(page, ask.who)) return forbidden();
  const { id, status, title, body, version, parentId } = ask.body ?? {};
  if (String(id) !== page.id) return invalid("Provided 'id' in the body does not match the page id");
  if (!['current', 'draft'].includes(status)) return invalid("'status' is required");
  const wrong = wrongContent(title, body);
  if (wrong) return wrong;
  if (!Number.isInteger(version?.number)) return invalid("'version.number' is required");
  if (version.number !== page.version + 1) return conflict(`Version must be incremented on update. Current version is: ${page.version}`);
  if (ask.site.titleTaken(page.space, title, page.id)) return titleTaken();
  const number = ask.site.updatePage(page, { title, body: storageOf(body), message: version.message ?? '', author: ask.who.accountId, created: ask.now, parent: parentId ?? page.parent });
  return { status: 200, body: shaped(ask, ask.site.page(page.id, ask.who), ask.site.version(page.id, number), 'storage') };
}

export function trashPage(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  if (!page) return missing();
  if (!ask.site.mayEditPage(page, ask.who)) return forbidden();
  ask.site.trashPage(page.id);
  return { status: 204 };
}

export function listVersions(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  if (!page) return missing();
  const limit = limitOf(ask.query);
  const from = cursorOf(ask.query);
  const rows = ask.site.versions(page.id);
  return { status: 200, body: { results: rows.slice(from, from + limit).map(versionShape), _links: nextLink(ask, `/wiki/api/v2/pages/${page.id}/versions`, rows.length, from, limit) } };
}

export function readVersion(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  const version = page && ask.site.version(page.id, Number(ask.params.number));
  if (!version) return missing();
  const { number } = version;
  return { status: 200, body: { ...versionShape(version), contentTypeModified: false, collaborators: [version.author], prevVersion: number > 1 ? number - 1 : null, nextVersion: number < page.version ? number + 1 : null } };
}

export function operations(ask) {
  const page = ask.site.page(ask.params.id, ask.who);
  if (!page) return missing();
  const names = ask.site.mayEditPage(page, ask.who) ? ['read', 'update', 'create', 'delete', 'archive', 'restrict_content', 'create_version'] : ['read'];
  return { status: 200, body: { operations: names.map((operation) => ({ operation, targetType: 'page' })) } };
}

export function limitOf(query, most = 250) {
  const limit = Number(query.get('limit') ?? 25);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, most) : 25;
}

export function cursorOf(query) {
  const match = Buffer.from(query.get('cursor') ?? '', 'base64url').toString().match(/^at:(\d+)$/);
  return match ? Number(match[1]) : 0;
}

/** `_links` with `next` when there is more, as API v2 answers them. */
export function nextLink(ask, path, total, from, limit) {
  const base = { base: `${ask.siteUrl}/wiki` };
  if (from + limit >= total) return base;
  const query = new URLSearchParams(ask.query);
  query.set('cursor', Buffer.from(`at:${from + limit}`).toString('base64url'));
  return { next: `${path}?${query}`, ...base };
}

export function missing() {
  return problem(404, 'NOT_FOUND', 'Not Found');
}

export function problem(status, code, title) {
  return { status, body: { errors: [{ status, code, title, detail: null }] } };
}

function shaped(ask, page, version, format, withBase = true) {
  const space = ask.site.space(page.space, ask.who);
  return pageShape(page, version, { space, format, base: withBase ? `${ask.siteUrl}/wiki` : undefined });
}

function storageOf(body) {
  return body?.value ?? body?.storage?.value;
}

function wrongContent(title, body) {
  if (typeof title !== 'string' || title.trim() === '') return invalid("'title' is required");
  if (title.length > 255) return invalid('Title cannot be longer than 255 characters.');
  const value = storageOf(body);
  const representation = body?.representation ?? body?.storage?.representation;
  if (typeof value !== 'string' || representation !== 'storage') return invalid("'body' must be given in the storage representation");
  if (Buffer.byteLength(value) > MAX_BODY_BYTES) return problem(413, 'REQUEST_TOO_LARGE', 'The request body is too large');
  const wrong = malformation(value);
  return wrong ? invalid(`Error parsing xhtml: ${wrong}`) : undefined;
}

const invalid = (title) => problem(400, 'INVALID_REQUEST_PARAMETER', title);
const titleTaken = () => invalid('A page already exists with the same TITLE in this space');
const conflict = (title) => problem(409, 'CONFLICT', title);
const forbidden = () => problem(403, 'FORBIDDEN', 'Permission denied');
