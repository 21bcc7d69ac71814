// The web server a person opens: product screens around the app's frames, and the host's own bar. Draws for the user of the session cookie.
// Screens are `jira.mjs` and `confluence.mjs`; the bar's data and acts `control.mjs`.
import { fileURLToPath } from 'node:url';
import { fileBelow, listen, page, redirect, serve } from '../http.mjs';
import { confluenceSide, historyScreen, pageScreen, pageUrl, spacesScreen, versionScreen } from './confluence.mjs';
import { Control } from './control.mjs';
import { html } from './html.mjs';
import { issueScreen, jiraSide, projectScreen, projectsScreen } from './jira.mjs';
import { appFrame, document } from './layout.mjs';

const PUBLIC = fileURLToPath(new URL('./public', import.meta.url));
const APPS = { jira: ['jira:globalPage', 'jira:fullPage'], confluence: ['confluence:globalPage', 'confluence:fullPage'] };
const SETTINGS = { jira: ['jira:adminPage'], confluence: ['confluence:globalSettings'] };

export class Chrome {
  #host;
  #control;
  #server;
  #routes;
  appUrl = '';

  constructor(host) {
    this.#host = host;
    this.#control = new Control(host, this);
    this.#server = serve((request) => this.#answer(request));
    this.#routes = [
      [/^\/(?:jira)?$/, () => redirect(this.home())],
      [/^\/jira\/projects$/, (ask) => this.#jira(ask, projectsScreen(ask))],
      [/^\/jira\/projects\/(?<key>[A-Z0-9_]+)$/, (ask) => this.#jira(ask, projectScreen({ ...ask, key: ask.match.key }))],
      [/^\/browse\/(?<key>[A-Za-z0-9_]+-\d+)$/, (ask) => this.#issue(ask)],
      [/^\/jira\/(?<kind>apps|settings\/apps)\/(?<rest>.+)$/, (ask) => this.#app(ask, 'jira')],
      [/^\/wiki(?:\/spaces|\/home|\/)?$/, (ask) => this.#confluence(ask, spacesScreen(ask))],
      [/^\/wiki\/spaces\/(?<key>[^/]+)(?:\/overview)?$/, (ask) => this.#space(ask)],
      [/^\/wiki\/spaces\/(?<key>[^/]+)\/pages\/(?<id>\d+)\/history$/, (ask) => this.#confluence(ask, historyScreen({ ...ask, id: ask.match.id }))],
      [/^\/wiki\/spaces\/(?<key>[^/]+)\/pages\/(?<id>\d+)\/history\/(?<number>\d+)$/, (ask) => this.#confluence(ask, versionScreen({ ...ask, id: ask.match.id, number: Number(ask.match.number) }))],
      [/^\/wiki\/spaces\/(?<key>[^/]+)\/pages\/(?<id>\d+)(?:\/.*)?$/, (ask) => this.#page(ask, ask.match.id)],
      [/^\/wiki\/pages\/viewpage\.action$/, (ask) => this.#page(ask, ask.query.get('pageId'))],
      [/^\/wiki\/(?<kind>apps|settings\/apps)\/(?<rest>.+)$/, (ask) => this.#app(ask, 'confluence')],
    ];
  }

  async listen(port) {
    this.port = await listen(this.#server, port);
    this.url = `http://localhost:${this.port}`;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((done) => { this.#server.close(done); });
  }

  /** Where `/` leads: the app's global page in Confluence, else in Jira. */
  home() {
    const links = this.appLinks(APPS);
    return (links.confluence[0] ?? links.jira[0])?.href ?? '/jira/projects';
  }

  /** The address of a module's own page, or undefined. */
  urlOf(module) {
    const product = module.type.split(':')[0];
    const root = product === 'jira' ? '/jira' : '/wiki';
    if (SETTINGS[product]?.includes(module.type)) return `${root}/settings/apps/${module.key}`;
    return APPS[product]?.includes(module.type) ? `${root}/apps/${this.#host.installation.appId}/${this.#host.installation.environmentId}/${module.key}` : undefined;
  }

  appLinks(types) {
    const of = (product) => this.#host.manifest.modules.filter((module) => types[product].includes(module.type)).map((module) => ({ title: module.title ?? module.key, href: this.urlOf(module), icon: this.#icon(module) }));
    return { jira: of('jira'), confluence: of('confluence') };
  }

  // `resource:<key>;<path>` names a file of the app; icons of other hosts are not loaded.
  #icon({ icon = '' }) {
    const [, key, path] = icon.match(/^resource:([^;]+);(.+)$/) ?? [];
    return key ? `${this.appUrl}/${key}/${path}` : undefined;
  }

  /** Opens a module in a frame of its own, as a menu action does. */
  openModule({ key, accountId, pageId, issueKey }) {
    const { manifest, frames, people } = this.#host;
    const module = manifest.module(key);
    if (!module) throw Object.assign(new Error('no such module'), { status: 404 });
    const who = { kind: 'user', accountId, admin: people.find(accountId).admin };
    const extension = pageId ? this.#pageExtension(pageId, who) : issueKey ? this.#issueExtension(issueKey, who) : {};
    if (!extension) throw Object.assign(new Error('not found'), { status: 404 });
    return { ...frames.open({ module, product: module.type.split(':')[0], accountId, extension, appUrl: this.appUrl }), title: module.title ?? module.key, size: module.viewportSize };
  }

  async #answer(request) {
    if (request.path.startsWith('/host/public/')) return fileBelow(PUBLIC, request.path.slice('/host/public/'.length));
    const user = this.#user(request);
    if (request.path.startsWith('/host/')) return this.#control.answer(request, user);
    const ask = { ...request, user, who: { kind: 'user', accountId: user.accountId, admin: user.admin }, site: this.#host.site, people: this.#host.people, now: this.#host.clock.now(), query: request.query };
    for (const [pattern, act] of this.#routes) {
      const match = request.method === 'GET' && request.path.match(pattern);
      if (match) return act({ ...ask, match: match.groups ?? {} });
    }
    return this.#missing(ask, request.path.startsWith('/wiki') ? 'confluence' : 'jira');
  }

  #user(request) {
    const { people } = this.#host;
    return people.users.find((user) => user.nick === request.cookies.quillgate_user) ?? people.users[0];
  }

  #draw(ask, product, screen, status = 200) {
    const appLinks = this.appLinks(APPS);
    const settings = ask.user.admin ? this.appLinks(SETTINGS) : { jira: [], confluence: [] };
    const side = product === 'jira'
      ? jiraSide({ ...ask, appLinks, settings })
      : confluenceSide({ ...ask, space: screen.space, pages: screen.space ? ask.site.pages(ask.who, { space: screen.space.id }) : [], appLinks, settings });
    const session = { user: ask.user, users: this.#host.people.users, theme: ask.cookies.quillgate_theme === 'dark' ? 'dark' : ask.cookies.quillgate_theme === 'light' ? 'light' : 'auto', appUrl: this.appUrl, appLinks, settings };
    const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: ${this.appUrl}; connect-src 'self'; frame-src ${this.appUrl}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
    return page(document({ ...screen, product, side }, session), { status, headers: { 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } });
  }

  #jira(ask, screen) {
    return screen ? this.#draw(ask, 'jira', screen) : this.#missing(ask, 'jira');
  }

  #confluence(ask, screen) {
    return screen ? this.#draw(ask, 'confluence', screen) : this.#missing(ask, 'confluence');
  }

  #issue(ask) {
    const { manifest, frames } = this.#host;
    const extension = this.#issueExtension(ask.match.key, ask.who);
    if (!extension) return this.#missing(ask, 'jira');
    const panels = manifest.ofType('jira:issuePanel').map((module) => ({ title: module.title, kind: 'panel', ...frames.open({ module, product: 'jira', accountId: ask.user.accountId, extension, appUrl: this.appUrl }) }));
    return this.#jira(ask, issueScreen({ ...ask, key: ask.match.key, panels }));
  }

  #space(ask) {
    const space = ask.site.space(ask.match.key, ask.who);
    if (!space) return this.#missing(ask, 'confluence');
    const home = (space.home && ask.site.page(space.home, ask.who)) ?? ask.site.pages(ask.who, { space: space.id })[0];
    return home ? redirect(pageUrl(space, home)) : this.#confluence(ask, { title: space.name, space, body: html`<h1>${space.name}</h1><p class="faint">This space has no pages yet.</p>` });
  }

  #page(ask, id) {
    const { manifest } = this.#host;
    return this.#confluence(ask, pageScreen({ ...ask, id, actions: manifest.ofType('confluence:contentAction'), bylines: manifest.ofType('confluence:contentBylineItem') }));
  }

  // `/jira/apps/<appId>/<environmentId>[/<module>][/path]`, or the short `/jira/apps/<module>[/path]`.
  #app(ask, product) {
    const { manifest, frames, installation } = this.#host;
    const admin = ask.match.kind !== 'apps';
    const types = (admin ? SETTINGS : APPS)[product];
    const parts = ask.match.rest.split('/');
    if (parts[0] === installation.appId) parts.splice(0, 2);
    const candidates = manifest.modules.filter((module) => types.includes(module.type));
    const module = candidates.find((entry) => entry.key === parts[0]) ?? (ask.match.rest.startsWith(installation.appId) ? candidates[0] : undefined);
    if (!module || (admin && !ask.user.admin)) return this.#missing(ask, product, admin && module ? 'Only a site admin can open app settings. Switch the user in the bar below.' : undefined);
    const base = this.urlOf(module);
    const extension = { location: `${this.url}${ask.url.pathname}${ask.url.search}` };
    const frame = frames.open({ module, product, accountId: ask.user.accountId, extension, appUrl: this.appUrl });
    const title = module.title ?? module.key;
    return this.#draw(ask, product, { title, wide: true, appBase: base, crumbs: [{ text: admin ? 'Settings' : 'Apps' }, { text: title }], body: appFrame({ ...frame, title, kind: 'page' }) });
  }

  #pageExtension(id, who) {
    const row = this.#host.site.page(id, who);
    const space = row && this.#host.site.space(row.space, who);
    return row && { content: { id: row.id, type: 'page', subtype: null }, space: { id: space.id, key: space.key } };
  }

  #issueExtension(key, who) {
    const issue = this.#host.site.issue(key, who);
    const project = issue && this.#host.site.project(issue.project);
    return issue && { issue: { id: String(issue.id), key: issue.key, type: issue.type, typeId: '10001' }, project: { id: project.id, key: project.key, type: 'software' } };
  }

  #missing(ask, product, message = 'It does not exist, or this user may not see it.') {
    return this.#draw(ask, product, { title: 'Not found', body: html`<div class="empty"><h1>Nothing here</h1><p>${message}</p><p><a class="button" href="/">Back to the app</a></p></div>` }, 404);
  }
}

