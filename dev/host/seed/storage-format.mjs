// Builds Confluence storage format from Markdown (the READMEs) by way of marked's lexer, and names the macros hand-written pages use.
import { marked } from 'marked';
import { decodeEntities } from '../text.mjs';

export const escape = (value) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const cdata = (value) => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

export const codeMacro = (language, value) => `<ac:structured-macro ac:name="code" ac:schema-version="1">${language ? `<ac:parameter ac:name="language">${escape(language)}</ac:parameter>` : ''}<ac:plain-text-body>${cdata(value)}</ac:plain-text-body></ac:structured-macro>`;

/** The storage format of a Markdown text. Badges, images and raw HTML are left out. */
export function storageOfMarkdown(markdown) {
  return blocks(marked.lexer(markdown));
}

const blocks = (tokens) => tokens.map((token) => BLOCKS[token.type]?.(token) ?? '').join('');
const inlines = (tokens = []) => tokens.map((token) => INLINES[token.type]?.(token) ?? '').join('');
const clean = (value) => escape(decodeEntities(value));

const BLOCKS = {
  heading: ({ depth, tokens }) => wrapped(`h${Math.min(6, depth)}`, inlines(tokens)),
  paragraph: ({ tokens }) => wrapped('p', inlines(tokens)),
  text: ({ tokens, text }) => (tokens ? inlines(tokens) : clean(text)),
  code: ({ lang, text }) => codeMacro(lang?.split(/\s/)[0], text),
  hr: () => '<hr />',
  blockquote: ({ tokens }) => wrapped('blockquote', blocks(tokens)),
  list: ({ ordered, items }) => `<${ordered ? 'ol' : 'ul'}>${items.map((item) => `<li>${blocks(item.tokens) || ' '}</li>`).join('')}</${ordered ? 'ol' : 'ul'}>`,
  table: ({ header, rows }) => `<table><tbody>${[header.map((cell) => `<th><p>${inlines(cell.tokens)}</p></th>`), ...rows.map((row) => row.map((cell) => `<td><p>${inlines(cell.tokens)}</p></td>`))].map((cells) => `<tr>${cells.join('')}</tr>`).join('')}</tbody></table>`,
};

const INLINES = {
  text: ({ tokens, text }) => (tokens ? inlines(tokens) : clean(text)),
  escape: ({ text }) => clean(text),
  strong: ({ tokens }) => wrapped('strong', inlines(tokens)),
  em: ({ tokens }) => wrapped('em', inlines(tokens)),
  del: ({ tokens }) => wrapped('s', inlines(tokens)),
  codespan: ({ text }) => wrapped('code', clean(text)),
  br: () => '<br />',
  link: ({ href, tokens }) => (/^https?:/.test(href) ? wrapped('a', inlines(tokens), ` href="${escape(href)}"`) : inlines(tokens)),
};

const wrapped = (tag, inner, attributes = '') => (inner.trim() ? `<${tag}${attributes}>${inner}</${tag}>` : '');
