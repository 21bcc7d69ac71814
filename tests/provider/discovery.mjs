// @ts-check
// Holds a body against a schema of a Google discovery document. Unlike JSON Schema it is closed: a field that the document
// does not name is a fault, as it is for Google's servers.

/**
 * @param {any} document
 * @param {string} name of the schema
 * @param {any} value
 * @returns {string[]} what is wrong, with its place
 */
export const problems = (document, name, value) => check(document, { $ref: name }, value, '$');

/** @type {Record<string, (value: any) => boolean>} */
const TYPES = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  any: () => true,
};

/** @param {any} document @param {any} schema @param {any} value @param {string} at @returns {string[]} */
function check(document, schema, value, at) {
  if (schema.$ref) return check(document, { type: 'object', ...document.schemas[schema.$ref] }, value, at);
  if (!TYPES[schema.type]?.(value)) return [`${at} is no ${schema.type}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at} is none of the choices`];
  if (schema.type === 'array') return value.flatMap((/** @type {any} */ item, /** @type {number} */ n) => check(document, schema.items, item, `${at}[${n}]`));
  if (schema.type !== 'object') return [];
  return Object.entries(value).flatMap(([field, inner]) => {
    const known = schema.properties?.[field] ?? schema.additionalProperties;
    return known ? check(document, known, inner, `${at}.${field}`) : [`${at}.${field} is unknown`];
  });
}
