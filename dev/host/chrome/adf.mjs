// Draws ADF for reading. Simple and safe: known nodes become plain elements, everything else its text. Not the app's conversion.
import { html, safe, safeHref } from './html.mjs';

/** The HTML of a document. */
export function renderAdf(document) {
  return html`<div class="rich">${(document?.content ?? []).map(node)}</div>`;
}

function node(item) {
  return (NODES[item.type] ?? unknown)(item, (item.content ?? []).map(node));
}

const NODES = {
  paragraph: (_, inner) => html`<p>${inner}</p>`,
  heading: ({ attrs }, inner) => tagged(`h${Math.min(6, Math.max(1, Number(attrs?.level) || 2))}`, inner),
  bulletList: (_, inner) => html`<ul>${inner}</ul>`,
  orderedList: ({ attrs }, inner) => html`<ol start="${Number(attrs?.order) || 1}">${inner}</ol>`,
  listItem: (_, inner) => html`<li>${inner}</li>`,
  taskList: (_, inner) => html`<ul class="tasks">${inner}</ul>`,
  taskItem: ({ attrs }, inner) => html`<li class="${attrs?.state === 'DONE' ? 'done' : 'open'}">${inner}</li>`,
  decisionList: (_, inner) => html`<ul class="tasks">${inner}</ul>`,
  decisionItem: (_, inner) => html`<li class="done">${inner}</li>`,
  codeBlock: ({ attrs }, inner) => html`<pre data-language="${attrs?.language ?? ''}"><code>${inner}</code></pre>`,
  blockquote: (_, inner) => html`<blockquote>${inner}</blockquote>`,
  panel: ({ attrs }, inner) => html`<div class="panel panel-${panelKind(attrs?.panelType)}">${inner}</div>`,
  rule: () => html`<hr>`,
  expand: ({ attrs }, inner) => html`<details><summary>${attrs?.title || 'Show more'}</summary>${inner}</details>`,
  nestedExpand: (item, inner) => NODES.expand(item, inner),
  table: (_, inner) => html`<div class="table-scroll"><table><tbody>${inner}</tbody></table></div>`,
  tableRow: (_, inner) => html`<tr>${inner}</tr>`,
  tableHeader: ({ attrs }, inner) => html`<th colspan="${Number(attrs?.colspan) || 1}" rowspan="${Number(attrs?.rowspan) || 1}">${inner}</th>`,
  tableCell: ({ attrs }, inner) => html`<td colspan="${Number(attrs?.colspan) || 1}" rowspan="${Number(attrs?.rowspan) || 1}">${inner}</td>`,
  layoutSection: (_, inner) => html`<div class="layout">${inner}</div>`,
  layoutColumn: (_, inner) => html`<div>${inner}</div>`,
  hardBreak: () => html`<br>`,
  mention: ({ attrs }) => html`<span class="mention">${attrs?.text ?? '@someone'}</span>`,
  emoji: ({ attrs }) => html`<span>${attrs?.text || attrs?.shortName || ''}</span>`,
  date: ({ attrs }) => html`<span class="date">${new Date(Number(attrs?.timestamp) || 0).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })}</span>`,
  status: ({ attrs }) => html`<span class="lozenge lozenge-${lozengeKind(attrs?.color)}">${attrs?.text ?? ''}</span>`,
  inlineCard: ({ attrs }) => link(attrs?.url, attrs?.url ?? ''),
  blockCard: ({ attrs }) => html`<p>${link(attrs?.url, attrs?.url ?? '')}</p>`,
  mediaSingle: (_, inner) => html`<p>${inner}</p>`,
  media: ({ attrs }) => html`<span class="attachment">${attrs?.alt || 'Attachment'}</span>`,
  text: ({ text, marks = [] }) => marks.reduce(mark, html`${text ?? ''}`),
};

function unknown(item, inner) {
  return inner.length > 0 ? html`<div>${inner}</div>` : html`<span class="attachment">${item.type}</span>`;
}

function mark(inner, { type, attrs }) {
  switch (type) {
    case 'strong': return html`<strong>${inner}</strong>`;
    case 'em': return html`<em>${inner}</em>`;
    case 'code': return html`<code>${inner}</code>`;
    case 'strike': return html`<s>${inner}</s>`;
    case 'underline': return html`<u>${inner}</u>`;
    case 'subsup': return tagged(attrs?.type === 'sup' ? 'sup' : 'sub', inner);
    case 'link': return link(attrs?.href, inner);
    default: return inner;
  }
}

export function link(href, inner) {
  const target = safeHref(href);
  return target ? html`<a href="${target}" rel="noreferrer">${inner}</a>` : html`${inner}`;
}

const tagged = (tag, inner) => safe(`<${tag}>${html`${inner}`}</${tag}>`);
const panelKind = (type) => (['info', 'note', 'tip', 'success', 'warning', 'error'].includes(type) ? type : 'info');
export const lozengeKind = (color) => ({ green: 'green', yellow: 'yellow', red: 'red', blue: 'blue', purple: 'purple' })[String(color ?? '').toLowerCase()] ?? 'grey';
