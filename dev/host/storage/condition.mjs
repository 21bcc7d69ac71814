// The conditions of Forge's entity store: ranges, filters and transaction checks, over one stored value.
import { Refused } from './limits.mjs';

const NEEDS = { BETWEEN: 2, EXISTS: 0, NOT_EXISTS: 0 };

const HOLDS = {
  BEGINS_WITH: (value, [prefix]) => typeof value === 'string' && value.startsWith(prefix),
  BETWEEN: (value, [low, high]) => sameKind(value, low) && value >= low && value <= high,
  CONTAINS: (value, [part]) => (typeof value === 'string' || Array.isArray(value)) && value.includes(part),
  NOT_CONTAINS: (value, [part]) => !((typeof value === 'string' || Array.isArray(value)) && value.includes(part)),
  EQUAL_TO: (value, [other]) => value === other,
  NOT_EQUAL_TO: (value, [other]) => value !== other,
  EXISTS: (value) => value !== undefined,
  NOT_EXISTS: (value) => value === undefined,
  GREATER_THAN: (value, [other]) => sameKind(value, other) && value > other,
  GREATER_THAN_EQUAL_TO: (value, [other]) => sameKind(value, other) && value >= other,
  LESS_THAN: (value, [other]) => sameKind(value, other) && value < other,
  LESS_THAN_EQUAL_TO: (value, [other]) => sameKind(value, other) && value <= other,
};

const RANGE = new Set(['BEGINS_WITH', 'BETWEEN', 'EQUAL_TO', 'GREATER_THAN', 'GREATER_THAN_EQUAL_TO', 'LESS_THAN', 'LESS_THAN_EQUAL_TO']);

/** Compiles one condition into a predicate, or refuses it. */
export function compile({ condition, values = [] }, { range = false } = {}) {
  const holds = HOLDS[condition];
  if (!holds || (range && !RANGE.has(condition))) throw new Refused('INVALID_CONDITION', `Unknown condition ${condition}.`);
  if (values.length < (NEEDS[condition] ?? 1)) throw new Refused('INSUFFICIENT_FILTER_VALUES', 'The specified condition needs more values.');
  return (value) => holds(value, values);
}

/** Compiles `{ and: […] }` or `{ or: […] }` over the attributes of an entity; nothing given always holds. */
export function compileFilters(filters, attributes) {
  if (!filters) return () => true;
  const { and, or } = filters;
  if (and && or) throw new Refused('INVALID_FILTER_OPERATORS_COMBINATION', 'Filter operators "and" and "or" cannot be present at the same level.');
  const list = and ?? or ?? [];
  if (list.length === 0) throw new Refused('EMPTY_FILTER_OPERATOR', 'Filter operators "and" and "or" cannot be empty.');
  const tests = list.map((filter) => {
    if (attributes && !(filter.property in attributes)) throw new Refused('INVALID_ENTITY_ATTRIBUTE', `The entity has no attribute ${filter.property}.`);
    const holds = compile(filter);
    return (record) => holds(record?.[filter.property]);
  });
  return and ? (record) => tests.every((test) => test(record)) : (record) => tests.some((test) => test(record));
}

function sameKind(a, b) {
  return typeof a === typeof b;
}
