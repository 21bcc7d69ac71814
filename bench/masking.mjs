// @ts-check
// Masking: a string in, the masked string out, through the core's boundary, beside the packages that do the same, in one run.
// The packages lie apart (bench/peers); datafog-core is a crate, built as wasm with `QUILLGATE_DATAFOG` naming its module.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { masking as masker } from '../dev/core.mjs';
import { median } from './cold-start.mjs';
import { tickets } from './tickets.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {Record<string, (text: string) => unknown>} Works by name */

const ROUNDS = 9;
const WARM = 2;
const MOST_BYTES = 5e6;
/** What the slow ones are given: a part is enough to tell a tenth of a megabyte a second. */
const FEW_BYTES = 1.5e5;
const folder = fileURLToPath(new URL('./peers/', import.meta.url));
/** All kinds that have a form of their own; a person has none. */
const STRUCTURED = ['EMAIL', 'PHONE', 'ADDRESS', 'POSTCODE', 'CARD', 'IBAN', 'BANK_ACCOUNT', 'BIC', 'NATIONAL_ID', 'TAX_ID', 'VAT_ID', 'PASSPORT',
  'DRIVER_LICENCE', 'HEALTH_ID', 'VEHICLE', 'IP', 'MAC', 'IMEI', 'CRYPTO_WALLET', 'SECRET', 'URL_CREDENTIAL', 'DATE_OF_BIRTH'];
const OURS = 'structured kinds';
const ALL = 'all kinds, persons too';

/** @returns {Figure[]} */
export function masking() {
  const figures = compared(tickets(4000), 'made tickets');
  const real = process.env['QUILLGATE_DATA'];
  if (real) figures.push(...compared(realTickets(real), 'real tickets'));
  return [...figures, growth(), ...long()];
}

/** @param {string[]} texts @param {string} what */
function compared(texts, what) {
  const fast = { [OURS]: masker(STRUCTURED), [ALL]: masker(), ...fastPeers() };
  const speeds = { ...measured(fast, upTo(texts, MOST_BYTES), ROUNDS), ...measured(slowPeers(), upTo(texts, FEW_BYTES), 3) };
  const how = `median of ${ROUNDS} rounds over ${(size(upTo(texts, MOST_BYTES)) / 1e6).toFixed(1)} MB, all of them by turns in one warm process`;
  const lines = Object.entries(speeds).map(([name, speed]) => ({ name: `masking ${what}: ${name}`, value: `${speed.toFixed(speed < 10 ? 2 : 0)} MB/s`, how }));
  return [...lines, ...ratios(speeds, what)];
}

/** @param {Record<string, number>} speeds @param {string} what @returns {Figure[]} */
function ratios(speeds, what) {
  const pairs = /** @type {const} */ ([[OURS, '@redactpii/node', 'five bare expressions, no checks'], [OURS, 'datafog-core', 'its own wasm, about 25 kinds'], [ALL, 'compromise', 'persons alone']]);
  return pairs.map(([ours, peer, how]) => {
    const [one, other] = [speeds[ours], speeds[peer]];
    const name = `masking ${what}: ${ours}, ours to ${peer}`;
    return one && other ? { name, value: `${(one / other).toFixed(2)} ×`, how } : { name, value: 'not measured', how: 'npm ci --prefix bench/peers; QUILLGATE_DATAFOG for the crate' };
  });
}

/** @returns {Works} */
function fastPeers() {
  /** @type {Works} */
  const works = {};
  const load = createRequire(folder);
  if (existsSync(`${folder}node_modules/@redactpii/node`)) {
    const { Redactor } = load('@redactpii/node');
    const redactor = new Redactor();
    works['@redactpii/node'] = (text) => redactor.redact(text);
  }
  const datafog = process.env['QUILLGATE_DATAFOG'];
  if (datafog) {
    const { Datafog } = load(datafog);
    const scanner = new Datafog();
    works['datafog-core'] = (text) => scanner.mask(text);
  }
  return works;
}

/** @returns {Works} */
function slowPeers() {
  if (!existsSync(`${folder}node_modules/compromise`)) return {};
  const nlp = createRequire(folder)('compromise');
  return { compromise: (text) => nlp(text).people().replaceWith('[PERSON]').all().text() };
}

/** Megabytes a second, the median. They take turns, so that what else the machine does meets all. @param {Works} works @param {string[]} texts @param {number} rounds */
function measured(works, texts, rounds) {
  const took = Object.fromEntries(Object.keys(works).map((name) => [name, /** @type {number[]} */ ([])]));
  for (let round = 0; round < rounds + WARM; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const start = performance.now();
      for (const text of texts) work(text);
      took[name]?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(took).map(([name, all]) => [name, size(texts) / 1000 / median(all.slice(WARM))]));
}

/** Summaries and descriptions of the sets of tickets, nothing of which is kept. @param {string} data */
function realTickets(data) {
  const files = ['hadoop-dup', 'jira-known-item'].map((name) => join(data, 'retrieval', name, 'corpus.jsonl'));
  const lines = files.filter((file) => existsSync(file)).flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean));
  return lines.map((line) => JSON.parse(line)).map((ticket) => [ticket.title ?? ticket.summary, ticket.text ?? ticket.description].filter(Boolean).join('\n'));
}

/** @param {string[]} texts */
const size = (texts) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/** @param {string[]} texts @param {number} bytes */
function upTo(texts, bytes) {
  let sum = 0;
  return texts.filter((text) => (sum += Buffer.byteLength(text)) <= bytes);
}

/** Eight times the text, how many times as long: the worst of many floods. @returns {Figure} */
function growth() {
  const mask = masker();
  const one = (/** @type {string} */ text, /** @type {number} */ runs) => {
    mask(text);
    // the processor's time: a long text is the likelier to be interrupted
    const start = process.cpuUsage();
    for (let run = 0; run < runs; run += 1) mask(text);
    return process.cpuUsage(start).user / runs;
  };
  const flood = (/** @type {string} */ piece, /** @type {number} */ length) => piece.repeat(Math.ceil(length / piece.length));
  const times = (/** @type {string} */ piece) => Math.min(...[1, 2, 3].map(() => one(flood(piece, 512_000), 2) / one(flood(piece, 64_000), 16)));
  floods.forEach((piece) => one(flood(piece, 8_000), 8));
  const worst = floods.map((piece) => ({ piece, times: times(piece) })).reduce((a, b) => (b.times > a.times ? b : a));
  return { name: 'masking eight times the text, at most so many times as long', value: `${worst.times.toFixed(1)} ×`, how: `of ${floods.length} floods; the worst is ${JSON.stringify(worst.piece)}` };
}

const floods = ['1', '1 ', '12-', '1.', '+49 30 ', '(0', '@', 'a@', 'a@b.', '"@', ':', '::', 'f:', 'a://b:', '-', '--', '"', "'", '=', 'a=', 'QUJD', 'eyJ', 'eyJa.', 'A', 'Aa ', 'password', 'password=', 'token:', 'tel ', 'tel 1',
  '[', ']', '[[', '[EMAIL_1]', 'EMAIL_1 ', 'PERSON_', '\u0301', 'e\u0301', '\u200b', '1\u200b', 'a\u200b@', '４', 'а', 'aа', 'DE89', 'DE89 3704 ', '4111 ', '4111-', 'password=a1b2c3d4 ', 'a@b.cc ', '-----BEGIN PRIVATE KEY-----', 'ghp_', '😀', '\n', ' '];

/** @returns {Figure[]} */
function long() {
  const text = tickets(4000).join('\n');
  const all = text.repeat(Math.ceil(5e7 / Buffer.byteLength(text)));
  const start = performance.now();
  const masked = masker()(all);
  return [{ name: 'masking one text of 50 MB', value: `${((performance.now() - start) / 1000).toFixed(1)} s`, how: `once; it comes out as ${(masked.length / 1e6).toFixed(0)} million characters` }];
}
