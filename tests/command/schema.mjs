// @ts-check
// Random documents of Atlassian's own JSON schema for ADF, each word in them known.
// Knows no node by name: what it makes follows from the schema alone. Asserts nothing.

import { createRequire } from 'node:module';
import { Random } from '../../dev/host/random.mjs';

const require = createRequire(import.meta.url);
const ROOT = new URL('../../node_modules/@atlaskit/adf-schema/dist/json-schema/v1/', import.meta.url).pathname;

/** The published schemas: what every editor writes, and what some do already. */
export const SCHEMAS = { full: require(`${ROOT}full.json`), stage0: require(`${ROOT}stage-0.json`) };

/**
 * The types a definition stands for: nodes and marks, each once.
 * @param {any} schema
 * @returns {string[]} names of definitions
 */
export function definitions(schema) {
  return Object.keys(schema.definitions).filter((name) => /_(node|mark)$/.test(name));
}

/**
 * A document with the node in it, or with a text that carries the mark.
 * @param {string} name of the definition
 * @param {any} value that it allows
 */
export function document(name, value) {
  if (name === 'doc_node') return value;
  const node = name.endsWith('_mark') ? { type: 'paragraph', content: [{ type: 'text', text: 'marked', marks: [value] }] } : value;
  return { version: 1, type: 'doc', content: [node] };
}

/**
 * A value that a definition allows.
 * @param {any} schema
 * @param {string} name of the definition
 * @param {number} seed
 * @returns {{ value: any, words: string[] }} the words of its text nodes
 */
export function sample(schema, name, seed) {
  const numbers = new Random(seed);
  const random = () => numbers.next();
  const words = /** @type {string[]} */ ([]);
  /** @template T @param {T[]} list */
  const one = (list) => list[Math.floor(random() * list.length)];
  const word = () => `w${words.push(`w${words.length}x${seed}`) - 1}x${seed}`;

  /** @param {any} rule @param {number} depth @param {string} field @returns {any} */
  function make(rule, depth, field) {
    if (rule.$ref) return make(schema.definitions[rule.$ref.split('/').pop()], depth, field);
    if (rule.allOf) return merge(rule.allOf, depth, field);
    if (rule.anyOf) return make(one(depth > 5 ? shallow(rule.anyOf) : rule.anyOf), depth, field);
    if (rule.enum) return one(rule.enum);
    if (rule.type === 'array') return list(rule, depth, field);
    if (rule.type === 'object') return object(rule, depth);
    if (rule.type === 'string') return string(rule, field);
    if (rule.type === 'integer' || rule.type === 'number') return number(rule);
    if (rule.type === 'boolean') return random() < 0.5;
    return {};
  }

  /** @param {any[]} rules @param {number} depth @param {string} field */
  function merge(rules, depth, field) {
    const [first, ...more] = rules.map((rule) => (rule.$ref ? schema.definitions[rule.$ref.split('/').pop()] : rule));
    const base = first.allOf ? { ...first, allOf: undefined, ...flat(first.allOf) } : first;
    const properties = Object.assign({}, base.properties, ...more.map((rule) => rule.properties ?? {}));
    const required = [...(base.required ?? []), ...more.flatMap((rule) => rule.required ?? [])];
    return make({ ...base, type: 'object', properties, required }, depth, field);
  }

  /** @param {any[]} rules @returns {any} */
  function flat(rules) {
    const [first, ...more] = rules.map((rule) => (rule.$ref ? schema.definitions[rule.$ref.split('/').pop()] : rule));
    const base = first.allOf ? flat(first.allOf) : first;
    return { ...base, properties: Object.assign({}, base.properties, ...more.map((rule) => rule.properties ?? {})) };
  }

  /** Alternatives that hold no further nodes, if there are any. @param {any[]} rules */
  function shallow(rules) {
    const leaf = rules.filter((rule) => !JSON.stringify(schema.definitions[rule.$ref?.split('/').pop()] ?? rule).includes('"content"'));
    return leaf.length ? leaf : rules.slice(0, 1);
  }

  /** @param {any} rule @param {number} depth @param {string} field */
  function list(rule, depth, field) {
    if (Array.isArray(rule.items)) return rule.items.map((/** @type {any} */ item) => make(item, depth + 1, field));
    const least = Math.min(rule.minItems ?? (depth > 6 ? 0 : 1), rule.maxItems ?? 1);
    const most = Math.min(rule.maxItems ?? 3, Math.max(least, depth > 4 ? 1 : 3));
    const length = least + Math.floor(random() * (most - least + 1));
    const made = Array.from({ length }, () => make(rule.items ?? {}, depth + 1, field));
    // One mark of a type on a text, as every editor writes them.
    return field === 'marks' ? [...new Map(made.map((mark) => [mark.type, mark])).values()] : made;
  }

  /** @param {any} rule @param {number} depth */
  function object(rule, depth) {
    const made = /** @type {Record<string, any>} */ ({});
    for (const [name, inner] of Object.entries(rule.properties ?? {})) {
      if (!(rule.required ?? []).includes(name) && name !== 'content' && random() < 0.5) continue;
      if (name === 'content' && depth > 9) made.content = [];
      else made[name] = name === 'text' && made.type === 'text' ? word() : make(inner, depth + 1, name);
    }
    return made;
  }

  /** @param {any} rule @param {string} field */
  function string(rule, field) {
    if (rule.pattern?.includes('#')) return '#0a1B2c';
    if (field === 'url' || field === 'href') return 'https://example.org/a';
    if (field === 'timestamp') return String(Math.floor(random() * 4e12));
    return `v${Math.floor(random() * 1000)}`;
  }

  /** @param {any} rule */
  function number(rule) {
    const least = rule.minimum ?? 1;
    const most = Math.min(rule.maximum ?? least + 9, least + 9);
    return least + Math.floor(random() * (most - least + 1));
  }

  const value = make(schema.definitions[name], 0, '');
  return { value, words };
}
