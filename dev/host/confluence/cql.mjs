// CQL over the pages and spaces of one reader: fields, operators, functions and order. What it does not know it refuses as Confluence does.
import { compareTimes, timeOf } from '../query/dates.mjs';
import { BadQuery, parseQuery } from '../query/parse.mjs';
import { matcher, searchable, wordsOf } from '../text.mjs';

/** Compiles CQL into `{ matches(item), compare(a, b), words }`. An item is `{ type, id, title, plain, space, created, updated, author, parents }`. */
export function compileCql(text, asks) {
  const { where, order } = parseQuery(text);
  if (!where) throw new BadQuery('A query is required.');
  const words = [];
  const matches = compileNode(where, { ...asks, words });
  return { matches, compare: compileOrder(order, words), words };
}

function compileNode(node, asks) {
  if (node.and) {
    const tests = node.and.map((part) => compileNode(part, asks));
    return (item) => tests.every((test) => test(item));
  }
  if (node.or) {
    const tests = node.or.map((part) => compileNode(part, asks));
    return (item) => tests.some((test) => test(item));
  }
  if (node.not) {
    const test = compileNode(node.not, asks);
    return (item) => !test(item);
  }
  return compileClause(node, asks);
}

function compileClause({ field, op, values }, asks) {
  if (TEXT_FIELDS[field] && (op === '~' || op === '!~')) {
    const text = values[0].text ?? '';
    if (!text.trim()) throw new BadQuery(`Could not parse cql: the field ${field} cannot be searched for an empty text.`);
    if (op === '~') asks.words.push(...wordsOf(text));
    const found = matcher(text);
    const test = (item) => found(TEXT_FIELDS[field](item));
    return op === '~' ? test : (item) => !test(item);
  }
  if (DATE_FIELDS[field]) {
    const time = timeOf(values[0], asks.now, field);
    return (item) => compareTimes(op, DATE_FIELDS[field](item), time);
  }
  const read = VALUE_FIELDS[field];
  if (!read) throw new BadQuery(`No field exists with name: '${field}'.`);
  const wanted = values.map((value) => (value.call === 'currentuser' ? asks.accountId ?? '' : value.call ? unknownFunction(value.call) : value.text).toLowerCase());
  const holds = (item) => [].concat(read(item)).some((own) => wanted.includes(String(own).toLowerCase()));
  if (op === '=' || op === 'in') return holds;
  if (op === '!=' || op === 'not in') return (item) => !holds(item);
  throw new BadQuery(`Field '${field}' does not support operator '${op}'.`);
}

function unknownFunction(name) {
  throw new BadQuery(`No function exists with name: '${name}'.`);
}

// Without an order, Confluence answers by relevance: hits in the title first, then more hits in the text, then the newest.
function compileOrder(order, words) {
  const keys = order.map(({ field, descending }) => {
    const read = ORDER_FIELDS[field];
    if (!read) throw new BadQuery(`Unable to sort by field: '${field}'.`);
    return { read, sign: descending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { read, sign } of keys) {
      const [left, right] = [read(a), read(b)];
      if (left !== right) return (left < right ? -1 : 1) * sign;
    }
    if (keys.length > 0) return Number(a.id) - Number(b.id);
    return score(b, words) - score(a, words) || b.updated - a.updated;
  };
}

function score(item, words) {
  const title = searchable(item.title);
  return words.reduce((sum, word) => sum + (title.includes(` ${word} `) ? 10 : 0) + Math.min(5, item.plain.split(` ${word} `).length - 1), 0);
}

const TEXT_FIELDS = {
  title: (item) => searchable(item.title),
  text: (item) => item.plain,
  sitesearch: (item) => item.plain,
  'space.title': (item) => searchable(item.space.name),
};
const DATE_FIELDS = { lastmodified: (item) => item.updated, created: (item) => item.created };
const VALUE_FIELDS = {
  type: (item) => item.type,
  id: (item) => item.id,
  content: (item) => item.id,
  title: (item) => item.title,
  space: (item) => [item.space.key, item.space.id],
  'space.key': (item) => item.space.key,
  'space.id': (item) => item.space.id,
  creator: (item) => item.author,
  contributor: (item) => item.author,
  parent: (item) => item.parents[0] ?? '',
  ancestor: (item) => item.parents,
};
const ORDER_FIELDS = { lastmodified: (item) => item.updated, created: (item) => item.created, title: (item) => item.title.toLowerCase(), type: (item) => item.type, id: (item) => Number(item.id) };
