#!/usr/bin/env node
// @ts-check
// The `quillgate` command: one function of the shipped core a verb, JSON lines in, JSON lines out.
// Reads standard input, writes standard output; messages go to standard error.

import { createInterface } from 'node:readline';
import { LineError, VERBS, loadCore } from './core.mjs';
import { describe } from './verbs.mjs';

const [verb, ...options] = process.argv.slice(2);
const usage = `usage: quillgate VERB [--help] < lines.jsonl\nverbs: ${VERBS.join(', ')}`;

if (verb === undefined || verb === '--help') exit(verb === undefined ? 2 : 0, usage);
if (!VERBS.includes(/** @type {any} */ (verb))) exit(2, `unknown verb\n${usage}`);
if (options.includes('--help')) {
  const schemas = verb === 'check' ? `\n${JSON.stringify(loadCore().schemas({}), null, 2)}` : '';
  process.stdout.write(`${describe(verb)}${schemas}\n`);
} else if (options.length > 0) {
  exit(2, `${verb} takes no options but --help`);
} else {
  await answerLines(/** @type {typeof VERBS[number]} */ (verb));
}

/** @param {typeof VERBS[number]} verb */
async function answerLines(verb) {
  const answer = loadCore()[verb];
  process.stdout.on('error', () => process.exit(0));
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() !== '') await write(JSON.stringify(answerLine(answer, text)));
  }
}

/** @param {(line: object) => any} answer @param {string} text */
function answerLine(answer, text) {
  let id = null;
  try {
    const line = JSON.parse(text);
    id = line?.id ?? null;
    return answer(line);
  } catch (error) {
    if (error instanceof SyntaxError) return { id, error: { code: 'not-json', message: 'the line is not JSON' } };
    if (error instanceof LineError) return { id, error: { code: error.code, message: error.message } };
    throw error;
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
