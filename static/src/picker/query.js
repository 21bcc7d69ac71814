// @ts-check
// What is typed in the picker: which words are whole filters, which is being typed, and which hits already on the page have the words.
// It does not search: the core does, with its own reading of the same text. What cannot be known here is left to it.

export const FILTERS = ['project', 'space', 'type', 'author', 'updated'];
const NAMES = FILTERS.join('|');
const VALUE = '(?:"[^"]*"|[^\\s",]+)';
/** A filter with a blank behind it: the writer is done with it. Values stand between commas. */
const WHOLE = new RegExp(`(?<=^|\\s)(-?)(${NAMES}):(${VALUE}(?:,${VALUE})*),?\\s`, 'giu');
const ANY = new RegExp(`(?<=^|\\s)-?(?:${NAMES}):(?:"[^"]*"?|[^\\s"])*`, 'giu');
const LAST = new RegExp(`(?<=^|\\s)(-?)(${NAMES}):([^\\s"]*)$`, 'iu');
const MOST_WORDS = 20;

/** @typedef {{name: string, value: string, isNot: boolean}} Filter */

/** Takes the whole filters out of the text. @returns {{text: string, filters: Filter[]}} */
export function takeFilters(typed) {
  const filters = [];
  const text = typed.replace(WHOLE, (_, not, name, value) => {
    filters.push({ name: name.toLowerCase(), value, isNot: not === '-' });
    return '';
  });
  return { text: filters.length ? text.replace(/^\s+/u, '') : typed, filters };
}

export const printFilter = ({ name, value, isNot }) => `${isNot ? '-' : ''}${name}:${value}`;
export const sameFilter = (a) => (b) => printFilter(a).toLowerCase() === printFilter(b).toLowerCase();

/** The whole query, as the core reads it. */
export const queryOf = (filters, text) => [...filters.map(printFilter), text.trim()].filter(Boolean).join(' ');

const fold = (text) => text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
const valuesIn = (value) => value.split(',').map((one) => fold(one.replace(/"/gu, '').trim())).filter(Boolean);

/** What is typed beside the filters, folded: the words, and those with a minus in front. */
function readWords(query) {
  const words = [];
  const without = [];
  for (const typed of fold(query.replace(ANY, ' ')).split(/[\s"“”„«»,;()]+/u)) {
    const [, sign, word] = /^([-+]?)(.*?)\*?$/u.exec(typed) ?? [];
    if (word) (sign === '-' ? without : words).push(word);
  }
  return { words: words.slice(0, MOST_WORDS), without: without.slice(0, MOST_WORDS) };
}

export const wordsOf = (query) => readWords(query).words;

const FITS = {
  project: (hit, value) => hit.kind === 'issue' && isNamed(hit.container, value),
  space: (hit, value) => hit.kind === 'page' && isNamed(hit.container, value),
  type: (hit, value) => [hit.kind, hit.type].some((type) => type && fold(type) === value),
};
const isNamed = (container, value) => fold(container?.key ?? '') === value;

/** The hits of `pool` that have every typed word, by what the page knows of them. Who wrote and when it changed is the core's to tell. */
export function narrow(pool, query, kinds) {
  const { filters } = takeFilters(`${query} `);
  const { words, without } = readWords(query);
  return pool.filter((hit) => {
    if (!kinds.includes(hit.kind)) return false;
    if (!filters.every(({ name, value, isNot }) => !FITS[name] || valuesIn(value).some((one) => FITS[name](hit, one)) !== isNot)) return false;
    const known = fold([hit.key, hit.title, hit.container?.name, ...(hit.snippet ?? []).map((part) => part.text)].filter(Boolean).join(' '));
    return words.every((word) => known.includes(word)) && !without.some((word) => known.includes(word));
  });
}

const MOST_VALUES = 4;
const DATES = ['7d', '30d', '1y'];

/**
 * What could complete the last word: names of filters, or values of the one being typed as far as the page has met them.
 * `insert` replaces the last `cut` characters.
 * @returns {{insert: string, cut: number, label: string}[]}
 */
export function completionsOf(text, pool) {
  const open = LAST.exec(text);
  if (open) return valuesOf(open[2].toLowerCase(), pool).filter((value) => fold(value.replace('"', '')).startsWith(fold(open[3]))).slice(0, MOST_VALUES).map((value) => ({ insert: `${value} `, cut: open[3].length, label: value }));
  const word = /(?<=^|\s)-?(\p{L}{2,})$/iu.exec(text)?.[1] ?? '';
  return FILTERS.filter((name) => word && name !== word.toLowerCase() && name.startsWith(word.toLowerCase())).map((name) => ({ insert: `${name}:`, cut: word.length, label: `${name}:` }));
}

function valuesOf(name, pool) {
  if (name === 'author') return ['me'];
  if (name === 'updated') return DATES;
  const values = pool.filter((hit) => name === 'type' || hit.kind === (name === 'project' ? 'issue' : 'page')).map((hit) => (name === 'type' ? hit.type ?? hit.kind : hit.container?.key));
  return [...new Set(values.filter(Boolean))].map((value) => (/\s/u.test(value) ? `"${value}"` : value));
}

export const complete = (text, { insert, cut }) => text.slice(0, text.length - cut) + insert;
