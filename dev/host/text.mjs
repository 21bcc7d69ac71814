// Plain text of ADF and storage format, and the words both products' search compares. For search and excerpts only:
// the app's own conversion is the Rust core's.

/** The text of an ADF document, blocks on their own lines. */
export function adfText(node) {
  if (!node || typeof node !== 'object') return '';
  if (node.type === 'text') return node.text ?? '';
  if (node.type === 'mention') return node.attrs?.text ?? '';
  if (node.type === 'hardBreak') return '\n';
  if (node.type === 'inlineCard') return node.attrs?.url ?? '';
  const inner = (node.content ?? []).map(adfText).join('');
  return BLOCKS.has(node.type) ? `${inner}\n` : inner;
}

/** The text of a storage-format page, without tags and macro parameters. */
export function storageText(xhtml) {
  return decodeEntities(xhtml
    .replace(/<ac:parameter[^>]*>[\s\S]*?<\/ac:parameter>/g, ' ')
    .replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, text) => ` ${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')} `)
    .replace(/<(\/?(?:p|li|h[1-6]|td|th|tr|div|br|ac:[\w-]+|pre|blockquote))\b[^>]*>/g, '\n')
    .replace(/<[^>]+>/g, ''))
    .replace(/[ \t]+/g, ' ').replace(/\s*\n\s*/g, '\n').trim();
}

/** The words of a text as one searchable line: lower case, light English endings cut, a space around each. */
export function searchable(text) {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).map(stem).join(' ')} `;
}

/** Compiles a search text (words, `"phrases"`, `prefix*`) into a test of a searchable line. */
export function matcher(query) {
  const parts = [];
  for (const [, phrase, word] of query.matchAll(/"([^"]*)"|(\S+)/g)) {
    if (phrase !== undefined) parts.push(searchable(phrase).trimEnd() + ' ');
    else if (word.endsWith('*')) parts.push(` ${word.slice(0, -1).toLowerCase()}`);
    else parts.push(...searchable(word).trim().split(' ').filter(Boolean).map((part) => ` ${part} `));
  }
  return (line) => parts.every((part) => line.includes(part));
}

/** The words to highlight for a search text. */
export function wordsOf(query) {
  return (query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).map(stem).filter((word) => word.length > 1);
}

export function decodeEntities(text) {
  return text.replace(/&(#x?[0-9a-f]+|\w+);/gi, (whole, name) => {
    if (name[0] === '#') {
      const code = name[1].toLowerCase() === 'x' ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
    return ENTITIES[name] ?? whole;
  });
}

export function stem(word) {
  return word.length > 4 ? word.replace(/(?:ings?|ed|es|s)$/, '') : word;
}

const BLOCKS = new Set(['paragraph', 'heading', 'codeBlock', 'listItem', 'tableRow', 'tableCell', 'tableHeader', 'panel', 'blockquote', 'taskItem', 'decisionItem', 'expand']);
export const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', ndash: '–', mdash: '—', hellip: '…', rarr: '→', larr: '←', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', copy: '©', times: '×', bull: '•', auml: 'ä', ouml: 'ö', uuml: 'ü', eacute: 'é', middot: '·' };
