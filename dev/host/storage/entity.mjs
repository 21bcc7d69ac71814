// Custom entities: only those the manifest declares, with its attribute types and indexes. Values live in the `entity` table.
// Limits and conditions are refused by their own modules; transactions are `storage.mjs`.
import { compile, compileFilters } from './condition.mjs';
import { Refused, checkPage } from './limits.mjs';

const TYPES = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  any: () => true,
};

/** The entities of one manifest. */
export class Entities {
  #declared;

  constructor(declared) {
    this.#declared = declared;
  }

  /** The declaration, or a refusal. */
  named(name) {
    const entity = this.#declared.get(name);
    if (!entity) throw new Refused('INVALID_ENTITY_TYPE', `The entity ${name} is not declared in the manifest.`);
    return entity;
  }

  /** Refuses a value whose attributes are not declared or not of their type. */
  checkValue(name, value) {
    const { attributes } = this.named(name);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalidValue();
    for (const [attribute, { type, required }] of Object.entries(attributes)) {
      if (value[attribute] === undefined ? required === true : !TYPES[type]?.(value[attribute])) throw invalidValue(attribute);
    }
    const unknown = Object.keys(value).find((attribute) => !(attribute in attributes));
    if (unknown) throw invalidValue(unknown);
  }

  filters(name, filters) {
    return compileFilters(filters, this.named(name).attributes);
  }

  /** Plans a query: what SQL narrows, what is left to test, in which order. */
  plan(request) {
    const entity = this.named(request.entityName);
    const { partition, range } = this.#index(entity, request.indexName);
    const given = request.partition ?? [];
    if (given.length !== partition.length) throw new Refused('INVALID_PARTITION', `The index ${request.indexName} needs ${partition.length} partition value(s).`);
    if (request.range && !range) throw new Refused('INVALID_RANGE', `The index ${request.indexName} has no range attribute.`);
    const inRange = request.range ? compile(request.range, { range: true }) : () => true;
    const matches = compileFilters(request.filters, entity.attributes);
    return {
      partition: partition.map((attribute, i) => ({ attribute, value: given[i] })),
      range,
      descending: request.sort === 'DESC',
      limit: checkPage(request.limit),
      offset: readCursor(request.cursor),
      inRange: (record, key) => {
        const value = range === 'key' ? key : record[range];
        return (range === undefined || value !== undefined) && inRange(value);
      },
      matches,
    };
  }

  // An index is an attribute's name, or `{ name, partition?, range }`; `by-key` is always there.
  #index(entity, name) {
    if (name === 'by-key') return { partition: [], range: 'key' };
    for (const index of entity.indexes ?? []) {
      if (index === name) return { partition: [], range: name };
      if (index.name === name) return { partition: index.partition ?? [], range: index.range?.[0] };
    }
    throw new Refused('INVALID_ENTITY_INDEX', `The index ${name} of ${entity.name} is not declared in the manifest.`);
  }
}

/** A cursor holds a place in the result, as opaque text. */
export function writeCursor(offset) {
  return Buffer.from(JSON.stringify({ offset })).toString('base64url');
}

export function readCursor(cursor) {
  if (cursor === undefined || cursor === null || cursor === '') return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(String(cursor), 'base64url').toString());
    if (Number.isInteger(offset) && offset >= 0) return offset;
  } catch {
    // Falls through to the refusal: an unreadable cursor and a wrong one are the same to the caller.
  }
  throw new Refused('INVALID_CURSOR', 'The cursor is not valid.');
}

function invalidValue(attribute) {
  const where = attribute ? ` (attribute ${attribute})` : '';
  return new Refused('INVALID_ENTITY_VALUE', `Entity values must match one of the types defined in Custom Entities${where}.`);
}
