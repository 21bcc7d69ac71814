#!/usr/bin/env node
// @ts-check
// The `quillgate` command: one function of the shipped core a verb, JSON lines in, JSON lines out.
// Reads standard input, writes standard output; messages go to standard error.

import { parseArgs } from 'node:util';
import { Index, LineError, VERBS, loadCore } from './core.mjs';
import { StoreError } from './store.mjs';
import { describe } from './verbs.mjs';

/** Verbs that work on a folder. */
const ON_STORE = ['index', 'search'];

const [verb, ...options] = process.argv.slice(2);
const usage = `usage: quillgate VERB [--help] < lines.jsonl\nverbs: ${[...VERBS, ...ON_STORE].join(', ')}`;

if (verb === undefined || verb === '--help') exit(verb === undefined ? 2 : 0, usage);
if (![...VERBS, ...ON_STORE].includes(verb)) exit(2, `unknown verb\n${usage}`);
if (options.includes('--help')) {
  const schemas = verb === 'check' ? `\n${JSON.stringify(loadCore().schemas({}), null, 2)}` : '';
  process.stdout.write(`${describe(verb)}${schemas}\n`);
} else if (ON_STORE.includes(verb)) {
  await onStore(verb, options);
} else if (options.length > 0) {
  exit(2, `${verb} takes no options but --help`);
} else {
  await answerLines(/** @type {typeof VERBS[number]} */ (verb));
}

/** @param {typeof VERBS[number]} verb */
async function answerLines(verb) {
  await answerEach(loadCore()[verb]);
}

/** @param {(line: object) => any} answer */
async function answerEach(answer) {
  process.stdout.on('error', () => process.exit(0));
  for await (const text of lines(process.stdin.setEncoding('utf8'))) {
    if (text.trim() !== '') await write(answerLine(answer, text));
  }
}

/** @param {string} verb @param {string[]} options */
async function onStore(verb, options) {
  const index = openIndex(verb, options);
  if (verb === 'search') return answerEach((line) => index.search(line));
  process.stdout.on('error', () => process.exit(0));
  for await (const text of lines(process.stdin.setEncoding('utf8'))) index.addText(text);
  const { lines: answers, segments, problem } = index.commit();
  for (const { id, error } of answers) await write(error ? refused(written(id), error.code, error.message) : `{"id":${written(id)},"segments":${segments}}`);
  if (problem) process.stderr.write(`the index was not merged: ${problem}\n`);
}

/** @param {string} verb @param {string[]} options */
function openIndex(verb, options) {
  try {
    const { values } = parseArgs({ args: options, options: { store: { type: 'string' }, key: { type: 'string' } } });
    if (!values.store) return exit(2, `${verb} needs --store DIR`);
    return new Index(values);
  } catch (error) {
    if (error instanceof StoreError) return exit(2, error.message);
    return exit(2, `${verb} takes --store DIR and --key FILE, and DIR must be one that can be written`);
  }
}

/**
 * Texts between line feeds. Node's own reader also ends a line at separators that JSON text may hold.
 * @param {AsyncIterable<string>} input
 */
async function* lines(input) {
  /** @type {string[]} */
  let begun = [];
  for await (const chunk of input) {
    const [first = '', ...others] = chunk.split('\n');
    begun.push(first);
    for (const next of others) {
      yield begun.join('');
      begun = [next];
    }
  }
  yield begun.join('');
}

/** @param {(line: object) => any} answer @param {string} text */
function answerLine(answer, text) {
  let id = 'null';
  try {
    const line = JSON.parse(text);
    id = written(line?.id ?? null);
    return written(answer(line));
  } catch (error) {
    if (error instanceof SyntaxError) return refused(id, 'not-json', 'the line is not JSON');
    if (error instanceof LineError) return refused(id, error.code, error.message);
    throw error;
  }
}

/** @param {string} id JSON text @param {string} code @param {string} message */
function refused(id, code, message) {
  return `{"id":${id},"error":${JSON.stringify({ code, message })}}`;
}

/** @param {unknown} value @returns {string} */
function written(value) {
  try {
    return JSON.stringify(value);
  } catch {
    // The writer calls itself for each level, the reader does not.
    throw new LineError('too-deep', 'field "id" is nested too deep');
  }
}

/** @param {string} line */
function write(line) {
  return new Promise((resolve) => {
    if (process.stdout.write(`${line}\n`)) resolve(undefined);
    else process.stdout.once('drain', resolve);
  });
}

/** @param {number} code @param {string} message @returns {never} */
function exit(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
