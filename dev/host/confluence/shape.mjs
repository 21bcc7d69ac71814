// Confluence's JSON: pages, versions, spaces of API v2, search results and users of API v1. Shapes only, no rights.
import { searchable, storageText, stem } from '../text.mjs';

const iso = (ms) => new Date(ms).toISOString();

/** A page of API v2; `format` adds `body.storage`. */
export function pageShape(page, version, { space, format, base }) {
  return {
    parentType: page.parent ? 'page' : null,
    parentId: page.parent,
    ownerId: page.owner,
    lastOwnerId: null,
    authorId: page.author,
    createdAt: iso(page.created),
    position: page.position,
    spaceId: page.space,
    version: versionShape(version),
    title: version.title,
    status: page.status,
    id: page.id,
    body: format === 'storage' ? { storage: { representation: 'storage', value: version.body } } : {},
    _links: {
      editui: `/pages/resumedraft.action?draftId=${page.id}`,
      webui: `/spaces/${space.key}/pages/${page.id}/${encodeURIComponent(version.title).replaceAll('%20', '+')}`,
      edituiv2: `/spaces/${space.key}/pages/edit-v2/${page.id}`,
      tinyui: `/x/${Buffer.from(page.id).toString('base64url')}`,
      base,
    },
  };
}

export function versionShape({ number, message, author, created }) {
  return { number, message: message ?? '', minorEdit: false, authorId: author, createdAt: iso(created), ncsStepVersion: null };
}

export function spaceShape(space) {
  return { id: space.id, key: space.key, name: space.name, type: 'global', status: 'current', authorId: space.author, createdAt: iso(space.created), homepageId: space.home, spaceOwnerId: space.author, description: null, icon: null, currentActiveAlias: space.key, _links: { webui: `/spaces/${space.key}` } };
}

/** A result of the v1 search, a page or a space. */
export function resultShape(item, words, excerptMode) {
  const container = { title: item.space.name, displayUrl: `/spaces/${item.space.key}` };
  const common = {
    title: excerptMode === 'none' ? item.title : highlight(item.title, words),
    excerpt: excerptMode === 'none' ? '' : excerptOf(item, words, excerptMode),
    breadcrumbs: [],
    entityType: item.type === 'space' ? 'space' : 'content',
    lastModified: iso(item.updated),
    friendlyLastModified: friendly(item.updated),
    score: 0,
  };
  if (item.type === 'space') {
    const space = { id: Number(item.id), key: item.space.key, alias: item.space.key, name: item.title, type: 'global', status: 'current', _expandable: {}, _links: { webui: `/spaces/${item.space.key}`, self: '' } };
    return { space, ...common, url: `/spaces/${item.space.key}`, iconCssClass: 'aui-icon content-type-space' };
  }
  const webui = `/spaces/${item.space.key}/pages/${item.id}/${encodeURIComponent(item.title).replaceAll('%20', '+')}`;
  const content = { id: item.id, type: item.type, status: 'current', title: item.title, childTypes: {}, macroRenderedOutput: {}, restrictions: {}, _expandable: { container: '', space: `/rest/api/space/${item.space.key}`, version: '', body: '' }, _links: { webui, self: '', tinyui: '' } };
  return { content, ...common, url: webui, resultGlobalContainer: container, iconCssClass: 'aui-icon content-type-page' };
}

export function userShapeV1(person, accountId, operations) {
  return {
    type: 'known',
    accountId,
    accountType: person?.app ? 'app' : 'atlassian',
    email: person?.email ?? '',
    publicName: person?.name ?? 'Former user',
    displayName: person?.name ?? 'Former user',
    profilePicture: { path: '/wiki/aa-avatar/default', width: 48, height: 48, isDefault: true },
    isExternalCollaborator: false,
    timeZone: person?.timezone ?? 'UTC',
    ...(operations && { operations }),
    _expandable: operations ? { personalSpace: '' } : { operations: '', personalSpace: '' },
    _links: { self: '' },
  };
}

/** A person of API v2. */
export function userShape(person) {
  return {
    displayName: person.name,
    timeZone: person.timezone ?? 'UTC',
    personalSpaceId: null,
    isExternalCollaborator: false,
    accountStatus: 'active',
    accountId: person.accountId,
    email: person.email,
    accountType: person.app ? 'app' : 'atlassian',
    publicName: person.name,
    profilePicture: { path: '/wiki/aa-avatar/default', isDefault: true },
  };
}

const EXCERPT = 300;

function excerptOf(item, words, mode) {
  const text = storageText(item.body ?? '').replace(/\s+/g, ' ');
  const lower = text.toLowerCase();
  const first = Math.min(...words.map((word) => lower.indexOf(word)).filter((at) => at >= 0));
  const from = mode === 'indexed' || !Number.isFinite(first) || first < EXCERPT / 3 ? 0 : lower.lastIndexOf(' ', first - EXCERPT / 3) + 1;
  const piece = text.slice(from, from + EXCERPT);
  return mode === 'indexed' ? piece : highlight(piece, words);
}

function highlight(text, words) {
  if (words.length === 0) return text;
  return text.replace(/[\p{L}\p{N}_]+/gu, (word) => (words.includes(stem(word.toLowerCase())) ? `@@@hl@@@${word}@@@endhl@@@` : word));
}

function friendly(ms) {
  return new Date(ms).toLocaleDateString('en-US', { month: 'short', day: '2-digit', year: 'numeric', timeZone: 'UTC' });
}

/** A search item of a page row. */
export function pageItem(page, space, parents) {
  return { type: 'page', id: page.id, title: page.title, body: page.body, plain: page.plain, space, created: page.created, updated: page.updated, author: page.author, parents };
}

export function spaceItem(space) {
  return { type: 'space', id: space.id, title: space.name, body: space.description, plain: searchable(`${space.name} ${space.key} ${space.description}`), space, created: space.created, updated: space.created, author: space.author, parents: [] };
}
