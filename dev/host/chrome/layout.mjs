// The frame of every screen: the product's top bar and side bar, the content, and the host's own bar below. Structure only; looks are
// `public/*.css`, behavior `public/*.js`.
import { html } from './html.mjs';

const PRODUCTS = { jira: { name: 'Jira', home: '/jira/projects' }, confluence: { name: 'Confluence', home: '/wiki/spaces' } };

/** A whole document. `screen`: `{ product, title, crumbs: [{ text, href? }], side, body, wide? }`; `session`: `{ user, theme, users, appUrl }`. */
export function document(screen, session) {
  const { product, title, crumbs = [], side, body, wide = false } = screen;
  return String(html`<!doctype html>
<html lang="en" data-color-mode="${session.theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${PRODUCTS[product].name}</title>
<link rel="icon" href="/host/public/mark-${product}.svg">
<link rel="stylesheet" href="/host/public/chrome.css">
<link rel="stylesheet" href="/host/public/rich.css">
<link rel="stylesheet" href="/host/public/bar.css">
<script type="module" src="/host/public/frames.js"></script>
<script type="module" src="/host/public/bar.js"></script>
</head>
<body data-app-origin="${session.appUrl}" data-product="${product}" data-base="${screen.appBase ?? ''}">
<a class="skip" href="#main">Skip to content</a>
${topBar(product, session)}
<div class="columns">
<nav class="side" aria-label="${PRODUCTS[product].name}">${side}</nav>
<main id="main" class="${wide ? 'wide' : ''}" tabindex="-1">
${crumbs.length > 0 && html`<nav class="crumbs" aria-label="Breadcrumbs"><ol>${crumbs.map(({ text, href }) => html`<li>${href ? html`<a href="${href}">${text}</a>` : text}</li>`)}</ol></nav>`}
${body}
</main>
</div>
<div id="flags" role="status" aria-live="polite"></div>
${hostBar(session)}
</body>
</html>`);
}

function topBar(product, { user, theme, settings, appLinks }) {
  const other = product === 'jira' ? 'confluence' : 'jira';
  return html`<header class="top">
<a class="brand" href="${PRODUCTS[product].home}"><img src="/host/public/mark-${product}.svg" alt="" width="24" height="24"><span>${PRODUCTS[product].name}</span></a>
<nav class="top-links" aria-label="Product">
<a href="${PRODUCTS[other].home}" class="switch"><img src="/host/public/mark-${other}.svg" alt="" width="16" height="16">${PRODUCTS[other].name}</a>
<a href="${PRODUCTS[product].home}">${product === 'jira' ? 'Projects' : 'Spaces'}</a>
${appLinks[product].map(({ title, href }) => html`<a href="${href}">${title}</a>`)}
</nav>
<div class="top-end">
${settings[product].length > 0 && html`<a class="quiet" href="${settings[product][0].href}" title="Settings">Settings</a>`}
<button class="quiet" type="button" data-act="theme" aria-label="Switch between light and dark">${theme === 'dark' ? 'Light' : 'Dark'}</button>
${avatar(user)}
</div>
</header>`;
}

export function avatar({ name, accountId }, size = '') {
  const initials = name.split(' ').map((part) => part[0]).join('').slice(0, 2);
  const hue = [...accountId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973, 0) % 6;
  return html`<span class="avatar hue-${hue} ${size}" title="${name}" aria-hidden="true">${initials}</span>`;
}

/** An app's mark in a side bar: its own icon if it ships one. */
export function appTile(icon) {
  return icon ? html`<img class="tile-icon" src="${icon}" alt="" width="22" height="22">` : html`<span class="tile tile-app"></span>`;
}

function hostBar({ user, users }) {
  const tabs = [['traffic', 'Network'], ['calls', 'Product calls'], ['storage', 'Storage'], ['queue', 'Queue'], ['log', 'Log'], ['clock', 'Clock'], ['faults', 'Faults']];
  return html`<section class="host-drawer" id="host-drawer" aria-label="Local host" hidden><div class="host-head"><h2></h2><p class="host-note"></p><button type="button" data-act="close-drawer" aria-label="Close">Close</button></div><div class="host-body"></div></section>
<footer class="host-bar" aria-label="Local host">
<span class="host-name" title="This bar belongs to the local Forge host, not to the product"><i></i>Local host</span>
<label class="host-user">Signed in as <select data-act="user">${users.map(({ nick, name, about }) => html`<option value="${nick}" ${nick === user.nick ? html`selected` : ''} title="${about}">${name} — ${about}</option>`)}</select></label>
<span class="host-gap"></span>
${tabs.map(([key, label]) => html`<button type="button" class="host-tab" data-tab="${key}" aria-expanded="false" aria-controls="host-drawer"><span>${label}</span><b data-count="${key}"></b></button>`)}
</footer>`;
}

/** A place the app's page is put into by `public/frames.js`. `kind`: `page` fills the screen, `panel` grows with its content. */
export function appFrame({ id, src, title, kind }) {
  return html`<div class="app-frame app-${kind}" data-frame="${id}" data-src="${src}" data-title="${title}" data-kind="${kind}"><div class="app-wait" aria-hidden="true"><i></i><i></i><i></i></div></div>`;
}

export function when(ms, now = Date.now()) {
  const past = now - ms;
  const ago = past < 3600000 ? `${Math.max(1, Math.round(past / 60000))} min ago` : past < 86400000 ? `${Math.round(past / 3600000)} h ago` : past < 14 * 86400000 ? `${Math.round(past / 86400000)} days ago` : new Date(ms).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return html`<time datetime="${new Date(ms).toISOString()}" title="${new Date(ms).toUTCString()}">${ago}</time>`;
}
