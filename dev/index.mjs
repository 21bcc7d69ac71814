// @ts-check
// The shipped index in process: over a folder that stands for the key-value store, or in the memory of this wasm instance.
// Decides nothing: what is indexed, read and ranked is the core's.

import { LineError, conversation, open } from './core.mjs';
import { openStore } from './store.mjs';

/** Characters of lines that one step takes. */
const BATCH = 8_000_000;

/**
 * An index. `new Index()` is in memory; `new Index({ store, key })` is in a folder, sealed, and each of its searches is cold.
 * All its functions are synchronous and throw LineError for a line that cannot be answered.
 */
export class Index {
  #store;
  #core;
  /** @type {string[]} */
  #lines = [];
  #length = 0;
  /** @type {object[]} */
  #refused = [];

  /** @param {{ store?: string, key?: string }} [options] */
  constructor({ store, key } = {}) {
    this.#store = store === undefined ? undefined : openStore(store, key);
    this.#core = this.#store ? undefined : open();
  }

  /**
   * Adds a document, or puts it in the place of the one with its id. Nothing is found before `commit`.
   * @param {object} line as of the verb `index`
   * @returns {{ id: unknown }}
   */
  add(line) {
    const text = JSON.stringify(line);
    if (this.#core) return said(this.#core.ask('add', { lines: text }).lines[0]);
    this.addText(text);
    return { id: /** @type {any} */ (line).id };
  }

  /** Adds a line as text; what is wrong with it is said by `commit`, in order. @param {string} text */
  addText(text) {
    this.#lines.push(text);
    this.#length += text.length;
    if (this.#length >= BATCH) this.#flush();
  }

  /**
   * Makes everything added visible.
   * @returns {{ segments: number, problem?: string, lines: { id: unknown, error?: { code: string, message: string } }[] }}
   */
  commit() {
    if (this.#core) return { ...this.#core.ask('commit', {}), lines: [] };
    this.#flush();
    const lines = /** @type {any} */ (this.#refused);
    this.#refused = [];
    return { ...conversation('settle', {}, this.#store?.perform), lines };
  }

  /**
   * @param {object} line as of the verb `search`
   * @returns {{ id: unknown, hits: { id: string, score: number }[], reads: number, units: number, bytes: number }}
   */
  search(line) {
    return this.#core ? this.#core.ask('search', line) : conversation('search', line, this.#store?.perform);
  }

  #flush() {
    if (this.#lines.length === 0) return;
    const lines = this.#lines.join('\n');
    this.#lines = [];
    this.#length = 0;
    this.#refused.push(...conversation('index', { lines }, this.#store?.perform).lines);
  }
}

/** @param {{ id: unknown, error?: { code: string, message: string } }} line */
function said({ id, error }) {
  if (error) throw new LineError(error.code, error.message);
  return { id };
}
