// Builds ADF: short makers for hand-written tickets, and Markdown (the changelogs) by way of marked's lexer.
import { marked } from 'marked';
import { decodeEntities } from '../text.mjs';

export const doc = (...content) => ({ version: 1, type: 'doc', content });
export const text = (value, ...marks) => ({ type: 'text', text: value, ...(marks.length && { marks }) });
export const strong = { type: 'strong' };
export const em = { type: 'em' };
export const code = { type: 'code' };
export const href = (url) => ({ type: 'link', attrs: { href: url } });
export const p = (...inlines) => ({ type: 'paragraph', content: inlines.map((item) => (typeof item === 'string' ? text(item) : item)) });
export const h = (level, value) => ({ type: 'heading', attrs: { level }, content: [text(value)] });
export const li = (...content) => ({ type: 'listItem', content: content.map((item) => (typeof item === 'string' || item.type === 'text' || item.type === 'mention' ? p(item) : item)) });
export const ul = (...items) => ({ type: 'bulletList', content: items.map((item) => (typeof item === 'string' ? li(item) : item)) });
export const ol = (...items) => ({ type: 'orderedList', attrs: { order: 1 }, content: items.map((item) => (typeof item === 'string' ? li(item) : item)) });
export const block = (language, value) => ({ type: 'codeBlock', attrs: { language }, content: [text(value)] });
export const panel = (panelType, ...content) => ({ type: 'panel', attrs: { panelType }, content });
export const mention = (person) => ({ type: 'mention', attrs: { id: person.accountId, text: `@${person.name}`, accessLevel: '' } });
export const emoji = (shortName, value) => ({ type: 'emoji', attrs: { shortName, text: value } });
export const status = (value, color) => ({ type: 'status', attrs: { text: value, color, localId: `st-${value.toLowerCase()}`, style: '' } });
export const date = (iso) => ({ type: 'date', attrs: { timestamp: String(Date.parse(iso)) } });
export const card = (url) => ({ type: 'inlineCard', attrs: { url } });
export const rule = { type: 'rule' };
export const quote = (...content) => ({ type: 'blockquote', content });
export const table = (head, ...rows) => ({
  type: 'table',
  attrs: { isNumberColumnEnabled: false, layout: 'default' },
  content: [
    { type: 'tableRow', content: head.map((cell) => ({ type: 'tableHeader', attrs: {}, content: [p(cell)] })) },
    ...rows.map((row) => ({ type: 'tableRow', content: row.map((cell) => ({ type: 'tableCell', attrs: {}, content: [typeof cell === 'string' ? p(cell) : cell] })) })),
  ],
});

/** The ADF document of a Markdown text. Images and HTML are left out: changelogs carry none that matter. */
export function adfOfMarkdown(markdown) {
  const content = blocksOf(marked.lexer(markdown));
  return doc(...(content.length > 0 ? content : [p('No notes.')]));
}

export function blocksOf(tokens) {
  return tokens.flatMap((token) => BLOCKS[token.type]?.(token) ?? []);
}

const BLOCKS = {
  heading: ({ depth, tokens }) => withContent({ type: 'heading', attrs: { level: Math.min(6, depth) } }, inlinesOf(tokens)),
  paragraph: ({ tokens }) => withContent({ type: 'paragraph' }, inlinesOf(tokens)),
  text: ({ tokens, text: value }) => withContent({ type: 'paragraph' }, tokens ? inlinesOf(tokens) : plain(value)),
  code: ({ lang, text: value }) => (value ? [block(lang?.split(/\s/)[0] || 'text', value)] : []),
  hr: () => [rule],
  blockquote: ({ tokens }) => withContent({ type: 'blockquote' }, blocksOf(tokens).filter((node) => node.type === 'paragraph' || node.type.endsWith('List'))),
  list: ({ ordered, start, items }) => {
    const content = items.map(itemOf).filter((item) => item.content.length > 0);
    return withContent(ordered ? { type: 'orderedList', attrs: { order: start || 1 } } : { type: 'bulletList' }, content);
  },
  table: ({ header, rows }) => {
    const cell = (type) => ({ tokens }) => ({ type, attrs: {}, content: [paragraphOf(inlinesOf(tokens))] });
    const content = [{ type: 'tableRow', content: header.map(cell('tableHeader')) }, ...rows.map((row) => ({ type: 'tableRow', content: row.map(cell('tableCell')) }))];
    return [{ type: 'table', attrs: { isNumberColumnEnabled: false, layout: 'default' }, content }];
  },
};

// A list item begins with a paragraph and holds no heading or table.
function itemOf({ tokens }) {
  const content = blocksOf(tokens).map((node) => (node.type === 'heading' ? { type: 'paragraph', content: node.content } : node)).filter((node) => ['paragraph', 'bulletList', 'orderedList', 'codeBlock'].includes(node.type));
  if (content.length > 0 && content[0].type !== 'paragraph' && content[0].type !== 'codeBlock') content.unshift(paragraphOf([]));
  return { type: 'listItem', content };
}

function inlinesOf(tokens = [], marks = []) {
  return tokens.flatMap((token) => INLINES[token.type]?.(token, marks) ?? []);
}

const INLINES = {
  text: ({ text: value, tokens }, marks) => (tokens ? inlinesOf(tokens, marks) : plain(value, marks)),
  escape: ({ text: value }, marks) => plain(value, marks),
  strong: ({ tokens }, marks) => inlinesOf(tokens, marked_(marks, strong)),
  em: ({ tokens }, marks) => inlinesOf(tokens, marked_(marks, em)),
  del: ({ tokens }, marks) => inlinesOf(tokens, marked_(marks, { type: 'strike' })),
  codespan: ({ text: value }, marks) => plain(value, [...marks.filter((mark) => mark.type === 'link'), code]),
  link: ({ href: url, tokens }, marks) => (/^https?:/.test(url) ? inlinesOf(tokens, marked_(marks, href(url))) : inlinesOf(tokens, marks)),
  br: () => [{ type: 'hardBreak' }],
};

const marked_ = (marks, mark) => [...marks.filter((other) => other.type !== mark.type), mark];

function plain(value, marks = []) {
  const clean = decodeEntities(value).replace(/\s*\n\s*/g, ' ');
  return clean ? [text(clean, ...marks)] : [];
}

const paragraphOf = (content) => (content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' });
const withContent = (node, content) => (content.length > 0 ? [{ ...node, content }] : []);
