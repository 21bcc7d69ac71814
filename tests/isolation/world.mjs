// @ts-check
// Installations in this process: the shipped wasm through the shim's own loop, over storage in memory, the local host's products and a
// model that answers as told. Looks into the core's memory where a test asks for it.

import { initSync } from '../../pkg/quillgate.js';
import { makeCore } from '../../src/shim/core.js';
import { run } from '../../src/shim/run.js';

/** @typedef {{ type: string, [field: string]: any }} Effect */
/** @typedef {(effect: Effect, world: World) => object} Outside answers what is not storage */

/** Failures of storage, by the shim's codes. */
class Failed extends Error {}

export class World {
  /** @type {Map<string, string>} */ kv = new Map();
  /** @type {Map<string, string>} */ secrets = new Map();
  /** @type {Map<string, any>} rows, by entity and key */ rows = new Map();
  /** @type {Record<string, string>} */ env = {};
  /** @type {any[]} */ queue = [];
  /** @type {Effect[]} what left by egress */ sent = [];

  /** @param {{ cloudId: string, installationId: string, environmentId: string }} tenant @param {Outside} outside */
  constructor(tenant, outside) {
    this.tenant = tenant;
    this.outside = outside;
  }

  /**
   * One invocation.
   * @param {object} call
   * @param {{ source?: string, user?: string | null, make?: typeof makeCore }} [options]
   */
  invoke(call, { source = 'ui', user = source === 'ui' ? 'user-1' : null, make = makeCore } = {}) {
    const context = /** @type {any} */ ({
      source, product: source === 'ui' ? 'confluence' : null, ...this.tenant, environmentType: 'DEVELOPMENT', accountId: user,
      siteUrl: 'https://site.example', moduleKey: null, locale: null, extension: {},
    });
    return run({ makeCore: make, perform: async (effect) => this.#outcome(/** @type {any} */ (effect)) }, { context, call }, 900_000);
  }

  /** Delivers what is queued, until nothing is. @param {{ make?: typeof makeCore }} [options] */
  async settle(options = {}) {
    for (let count = 0; this.queue.length > 0 && count < 200; count += 1) {
      const { type, ...body } = this.queue.shift().body;
      const name = NAMES[type ?? ''] ?? `index.${type}`;
      await this.invoke({ type: name, ...body }, { source: 'consumer', ...options });
    }
  }

  /** @param {Effect} effect @returns {any} */
  #outcome(effect) {
    const now = Date.now();
    try {
      return { type: 'outcome', id: effect.id, now, outcome: this.#perform(effect) };
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      return { type: 'failed', id: effect.id, now, code: error.message };
    }
  }

  /** @param {Effect} effect @returns {object} */
  #perform(effect) {
    const { key } = effect;
    const present = (/** @type {any} */ value) => (value === undefined ? {} : { value });
    switch (effect.type) {
      case 'kv-get': return present(this.kv.get(key));
      case 'kv-set': this.kv.set(key, effect.value); return {};
      case 'kv-delete': this.kv.delete(key); return {};
      case 'kv-keys': return { keys: [...this.kv.keys()].filter((one) => one.startsWith(effect.prefix)).slice(0, effect.limit) };
      case 'secret-get': return present(effect.source === 'env' ? this.env[key] : this.secrets.get(key));
      case 'secret-set':
        if (effect.ifAbsent && this.secrets.has(key)) throw new Failed('conflict');
        this.secrets.set(key, effect.value);
        return {};
      case 'secret-delete': this.secrets.delete(key); return {};
      case 'entity-get': return present(this.rows.get(`${effect.entity}/${key}`));
      case 'entity-query': return { results: this.#listed(effect) };
      case 'transact': return this.#transact(effect);
      case 'wait': return {};
      case 'queue-push': this.queue.push(...effect.events); return { jobId: 'queued' };
      case 'egress': this.sent.push(effect); return this.outside(effect, this);
      default: return this.outside(effect, this);
    }
  }

  /** @param {Effect} effect */
  #listed({ entity, index, partition, limit }) {
    const property = index.replace('by-', '');
    const rows = [...this.rows].filter(([name, row]) => name.startsWith(`${entity}/`) && row[property] === partition[0]);
    return rows.slice(0, limit).map(([name, value]) => ({ key: name.slice(entity.length + 1), value }));
  }

  /** @param {Effect} effect */
  #transact({ set = [], delete: gone = [] }) {
    for (const { entity, key, conditions = [] } of [...set, ...gone]) {
      const row = this.rows.get(`${entity}/${key}`);
      for (const { property, condition, values } of conditions) {
        if (condition === 'NOT_EXISTS' ? row !== undefined : row?.[property] !== values[0]) throw new Failed('conflict');
      }
    }
    for (const { entity, key, value } of set) this.rows.set(`${entity}/${key}`, value);
    for (const { entity, key } of gone) this.rows.delete(`${entity}/${key}`);
    return {};
  }

  /** Every sealed text with the class, key and version it is sealed for, as far as a name tells. */
  sealed() {
    const rows = [...this.rows].map(([name, { rev, body }]) => ({ ...named(name), version: rev, text: body }));
    const values = [...this.kv].map(([key, text]) => ({ class: CLASSES[key.split(':')[0] ?? ''] ?? '?', key, version: 1, text }));
    return [...rows, ...values, { class: 'name-keys', key: 'name-keys', version: 1, text: this.secrets.get('name-keys') ?? '' }];
  }
}

/** What an event asks, by its type. @type {Record<string, string>} */
const NAMES = { '': 'draft.run', rotate: 'keys.rotate', 'bake-off': 'models.bakeOffRun' };

/** @type {Record<string, string>} */
const CLASSES = { input: 'input', draft: 'draft', index: 'index' };

/** @param {string} name */
function named(name) {
  const [entity, ...rest] = name.split('/');
  const key = rest.join('/');
  if (entity === 'job' || entity === 'masking') return { class: entity, key };
  if (entity === 'models') return { class: key === 'state' ? 'models-state' : key, key };
  if (entity === 'index') return { class: key === 'site' ? 'index' : 'index-settings', key };
  return { class: key.split(':')[0] ?? '', key };
}

/** The memory of the instance that is there. */
export const memory = () => /** @type {WebAssembly.Memory} */ (/** @type {any} */ (initSync)().memory);

/** How often a pattern stands in a memory. @param {Uint8Array} bytes @param {Buffer} pattern */
export function count(bytes, pattern) {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let at = all.indexOf(pattern); at >= 0; at = all.indexOf(pattern, at + 1)) found += 1;
  return found;
}
