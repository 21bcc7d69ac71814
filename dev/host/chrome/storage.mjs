// Draws Confluence storage format for reading: an allow list of elements, the common macros, everything else its text or a named box.
// Not the app's conversion.
import { parseDocument } from 'htmlparser2';
import { decodeEntities } from '../text.mjs';
import { link, lozengeKind } from './adf.mjs';
import { html, safe, safeHref } from './html.mjs';

const PLAIN = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'strong', 'em', 'u', 's', 'sub', 'sup', 'code', 'pre', 'blockquote', 'tbody', 'thead', 'tr', 'b', 'i', 'del']);

/** The HTML of a page body. `site` answers `{ pageUrl(title), nameOf(accountId), children }` for links, mentions and the children macro. */
export function renderStorage(body, site) {
  const root = parseDocument(body, { xmlMode: true, decodeEntities: false, recognizeSelfClosing: true });
  const headings = [];
  const context = { site, headings, toc: Symbol('toc') };
  const inner = nodes(root.children, context);
  const toc = headings.length > 0 ? html`<nav class="toc"><ul>${headings.map(({ level, text, id }) => html`<li class="toc-${level}"><a href="#${id}">${text}</a></li>`)}</ul></nav>` : html``;
  return html`<div class="rich">${safe(String(html`${inner}`).replaceAll('<!--toc-->', String(toc)))}</div>`;
}

function nodes(children, context) {
  return children.map((child) => draw(child, context));
}

function draw(item, context) {
  if (item.type === 'text') return html`${decodeEntities(item.data)}`;
  if (item.type === 'cdata') return html`${textOf(item)}`;
  if (item.type !== 'tag') return html``;
  const inner = () => nodes(item.children, context);
  if (/^h[1-6]$/.test(item.name)) return heading(item, context, inner());
  if (PLAIN.has(item.name)) return safe(`<${item.name}>${html`${inner()}`}</${item.name}>`);
  return (ELEMENTS[item.name] ?? ((_, __, drawn) => html`${drawn()}`))(item, context, inner);
}

function heading(item, context, inner) {
  const text = textOf(item);
  const id = `h-${text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 60)}`;
  context.headings.push({ level: Number(item.name[1]), text, id });
  return safe(`<${item.name} id="${String(html`${id}`)}">${html`${inner}`}</${item.name}>`);
}

const ELEMENTS = {
  br: () => html`<br>`,
  hr: () => html`<hr>`,
  a: ({ attribs }, _, inner) => link(decodeEntities(attribs.href ?? ''), inner()),
  table: (_, __, inner) => html`<div class="table-scroll"><table>${inner()}</table></div>`,
  td: ({ attribs }, _, inner) => html`<td colspan="${Number(attribs.colspan) || 1}" rowspan="${Number(attribs.rowspan) || 1}">${inner()}</td>`,
  th: ({ attribs }, _, inner) => html`<th colspan="${Number(attribs.colspan) || 1}" rowspan="${Number(attribs.rowspan) || 1}">${inner()}</th>`,
  time: ({ attribs }) => html`<span class="date">${attribs.datetime ?? ''}</span>`,
  'ac:layout': (_, __, inner) => html`${inner()}`,
  'ac:layout-section': ({ attribs }, _, inner) => html`<div class="layout layout-${String(attribs['ac:type'] ?? 'single').replace(/[^a-z_]/g, '')}">${inner()}</div>`,
  'ac:layout-cell': (_, __, inner) => html`<div>${inner()}</div>`,
  'ac:task-list': (_, __, inner) => html`<ul class="tasks">${inner()}</ul>`,
  'ac:task': (item, context) => html`<li class="${textOf(child(item, 'ac:task-status')) === 'complete' ? 'done' : 'open'}">${nodes(child(item, 'ac:task-body')?.children ?? [], context)}</li>`,
  'ac:link': (item, context) => acLink(item, context),
  'ac:image': (item) => html`<span class="attachment">Image${item.attribs['ac:alt'] ? `: ${decodeEntities(item.attribs['ac:alt'])}` : ''}</span>`,
  'ac:emoticon': ({ attribs }) => html`<span>${decodeEntities(attribs['ac:emoji-fallback'] ?? '')}</span>`,
  'ac:placeholder': () => html``,
  'ac:parameter': () => html``,
  'ac:structured-macro': (item, context) => macro(item, context),
  'ac:adf-extension': (item, context) => html`${nodes(child(item, 'ac:adf-fallback')?.children ?? [], context)}`,
};

function acLink(item, { site }) {
  const user = child(item, 'ri:user');
  if (user) return html`<span class="mention">@${site.nameOf(user.attribs['ri:account-id'])}</span>`;
  const page = child(item, 'ri:page');
  const label = textOf(child(item, 'ac:plain-text-link-body') ?? child(item, 'ac:link-body')) || decodeEntities(page?.attribs['ri:content-title'] ?? '') || 'link';
  const url = page && site.pageUrl(decodeEntities(page.attribs['ri:content-title'] ?? ''));
  return url && safeHref(url) ? html`<a href="${url}">${label}</a>` : html`<span class="mention">${label}</span>`;
}

function macro(item, context) {
  const name = item.attribs['ac:name'] ?? '';
  const parameter = (key) => textOf(item.children.find((entry) => entry.name === 'ac:parameter' && entry.attribs['ac:name'] === key));
  const rich = () => nodes(child(item, 'ac:rich-text-body')?.children ?? [], context);
  const plain = () => textOf(child(item, 'ac:plain-text-body'));
  switch (name) {
    case 'code': case 'noformat': return html`<pre data-language="${parameter('language')}"><code>${plain()}</code></pre>`;
    case 'info': case 'note': case 'tip': case 'warning': return html`<div class="panel panel-${name}">${titled(parameter('title'))}${rich()}</div>`;
    case 'panel': return html`<div class="panel panel-custom">${titled(parameter('title'))}${rich()}</div>`;
    case 'expand': return html`<details><summary>${parameter('title') || 'Show more'}</summary>${rich()}</details>`;
    case 'status': return html`<span class="lozenge lozenge-${lozengeKind(parameter('colour'))}">${parameter('title')}</span>`;
    case 'toc': return safe('<!--toc-->');
    case 'children': return html`<ul>${context.site.children.map((page) => html`<li><a href="${page.url}">${page.title}</a></li>`)}</ul>`;
    default: return html`<div class="macro"><span>${name || 'macro'}</span>${rich()}${plain() ? html`<pre>${plain()}</pre>` : ''}</div>`;
  }
}

const titled = (title) => (title ? html`<p><strong>${title}</strong></p>` : html``);
const child = (item, name) => item?.children?.find((entry) => entry.name === name);

function textOf(item) {
  if (!item) return '';
  if (item.type === 'text') return item.parent?.type === 'cdata' ? item.data : decodeEntities(item.data);
  return (item.children ?? []).map(textOf).join('');
}
