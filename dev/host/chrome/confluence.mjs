// Confluence's screens around the app: spaces, the tree of a space, a page, its history, one old version with restore.
import { html } from './html.mjs';
import { appTile, avatar, when } from './layout.mjs';
import { renderStorage } from './storage.mjs';

export const pageUrl = (space, page) => `/wiki/spaces/${space.key}/pages/${page.id}`;

export function confluenceSide({ site, who, path, space, pages, appLinks, settings }) {
  const item = (href, text, mark) => html`<li><a href="${href}" ${path === href ? html`aria-current="page"` : ''}>${mark}${text}</a></li>`;
  return html`${space ? html`<h2><a href="/wiki/spaces/${space.key}">${space.name}</a></h2>${tree(space, pages, path)}` : html`<h2>Spaces</h2><ul>${site.spaces(who).map((entry) => item(`/wiki/spaces/${entry.key}`, entry.name, html`<span class="tile">${entry.key.slice(0, 2)}</span>`))}</ul>`}
${appLinks.confluence.length > 0 && html`<h2>Apps</h2><ul>${appLinks.confluence.map(({ href, title, icon }) => item(href, title, appTile(icon)))}</ul>`}
${settings.confluence.length > 0 && html`<h2>Settings</h2><ul>${settings.confluence.map(({ href, title, icon }) => item(href, title, appTile(icon)))}</ul>`}`;
}

function tree(space, pages, path) {
  const below = (parent) => pages.filter((page) => page.parent === parent);
  const known = new Set(pages.map((page) => page.id));
  const branch = (page, depth) => html`<li><a href="${pageUrl(space, page)}" ${path.startsWith(pageUrl(space, page)) ? html`aria-current="page"` : ''}>${page.title}</a>${depth < 6 && below(page.id).length > 0 ? html`<ul>${below(page.id).map((child) => branch(child, depth + 1))}</ul>` : ''}</li>`;
  return html`<ul class="tree">${pages.filter((page) => !known.has(page.parent)).map((page) => branch(page, 0))}</ul>`;
}

export function spacesScreen({ site, who }) {
  return {
    title: 'Spaces',
    body: html`<h1>Spaces</h1><div class="cards">${site.spaces(who).map((space) => html`<a class="card" href="/wiki/spaces/${space.key}"><span class="tile big">${space.key.slice(0, 2)}</span><strong>${space.name}</strong><span class="faint">${space.description}</span><span class="card-end">${!site.mayEditSpace(space, who) ? html`<span class="lozenge lozenge-grey">read only</span>` : ''}</span></a>`)}</div>`,
  };
}

export function pageScreen({ site, who, people, id, actions, bylines, now }) {
  const page = site.page(id, who);
  if (!page) return undefined;
  const space = site.space(page.space, who);
  const edits = site.mayEditPage(page, who);
  const version = site.version(page.id, page.version);
  return {
    title: page.title,
    crumbs: [{ text: 'Spaces', href: '/wiki/spaces' }, { text: space.name, href: `/wiki/spaces/${space.key}` }, ...ancestors(site, who, space, page)],
    space,
    body: html`<article class="page"><header class="page-head"><h1>${page.title}</h1>
<div class="page-actions">${page.readers ? html`<span class="lozenge lozenge-red">restricted</span>` : ''}${!edits ? html`<span class="lozenge lozenge-grey">read only</span>` : ''}<a class="button" href="${pageUrl(space, page)}/history">History</a>
<details class="menu"><summary class="button" aria-label="More actions">•••</summary><div class="menu-list" role="menu">${actions.length > 0 ? actions.map((action) => html`<button type="button" role="menuitem" data-act="open-module" data-module="${action.key}" data-page="${page.id}">${action.title}</button>`) : html`<span class="faint">No app actions</span>`}</div></details></div></header>
<p class="byline">${avatar({ name: people.nameOf(version.author), accountId: version.author }, 'small')} ${people.nameOf(version.author)} · version ${page.version}, ${when(page.updated, now)}${bylines.map((entry) => html` · <button type="button" class="link" data-act="open-module" data-module="${entry.key}" data-page="${page.id}">${entry.title}</button>`)}</p>
${rendered(site, who, people, space, page, page.body)}</article>`,
  };
}

export function historyScreen({ site, who, people, id, now }) {
  const page = site.page(id, who);
  if (!page) return undefined;
  const space = site.space(page.space, who);
  return {
    title: `History of ${page.title}`,
    crumbs: [{ text: space.name, href: `/wiki/spaces/${space.key}` }, { text: page.title, href: pageUrl(space, page) }, { text: 'History' }],
    space,
    body: html`<h1>History</h1><div class="table-scroll"><table class="list"><thead><tr><th>Version</th><th>When</th><th>By</th><th>Message</th><th></th></tr></thead><tbody>${site.versions(page.id).map((version) => html`<tr><td><a href="${pageUrl(space, page)}/history/${version.number}">v${version.number}</a>${version.number === page.version && html` <span class="lozenge lozenge-blue">current</span>`}</td><td class="faint">${when(version.created, now)}</td><td class="person">${avatar({ name: people.nameOf(version.author), accountId: version.author }, 'small')}${people.nameOf(version.author)}</td><td>${version.message || html`<span class="faint">–</span>`}</td><td class="end">${version.number !== page.version && site.mayEditPage(page, who) ? html`<button type="button" class="button" data-act="restore" data-page="${page.id}" data-version="${version.number}">Restore</button>` : ''}</td></tr>`)}</tbody></table></div>`,
  };
}

export function versionScreen({ site, who, people, id, number, now }) {
  const page = site.page(id, who);
  const version = page && site.version(page.id, number);
  if (!version) return undefined;
  const space = site.space(page.space, who);
  return {
    title: `${version.title}, version ${number}`,
    crumbs: [{ text: space.name, href: `/wiki/spaces/${space.key}` }, { text: page.title, href: pageUrl(space, page) }, { text: 'History', href: `${pageUrl(space, page)}/history` }, { text: `Version ${number}` }],
    space,
    body: html`<p class="panel panel-note">You are looking at version ${number} from ${when(version.created, now)}. <a href="${pageUrl(space, page)}">See the current one</a>.</p><article class="page"><h1>${version.title}</h1>${rendered(site, who, people, space, page, version.body)}</article>`,
  };
}

function ancestors(site, who, space, page) {
  const list = [];
  for (let at = page.parent && site.page(page.parent, who); at && at.id !== space.home && list.length < 20; at = at.parent && site.page(at.parent, who)) list.unshift({ text: at.title, href: pageUrl(space, at) });
  return list;
}

function rendered(site, who, people, space, page, body) {
  const pages = site.pages(who, { space: space.id });
  const children = pages.filter((entry) => entry.parent === page.id).map((entry) => ({ title: entry.title, url: pageUrl(space, entry) }));
  const find = (title) => {
    const found = pages.find((entry) => entry.title === title);
    return found && pageUrl(space, found);
  };
  return renderStorage(body, { pageUrl: find, nameOf: (id) => people.nameOf(id), children });
}
