// @ts-check
// How much of what is personal the shipped core masks, and what it masks wrongly, on annotated sets that nobody here wrote.
// They are read where QUILLGATE_DATA says and are no part of the project. How sets are scored is said beside each figure;
// national numbers beside their labels are scored by the crate's own measurement, which knows the labels.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { loadCore } from '../dev/core.mjs';
import { wilson } from './leak.mjs';

/** @typedef {import('./run.mjs').Figure} Figure */
/** @typedef {{ type: string, start: number, end: number }} Span in UTF-16 units */
/** @typedef {{ text: string, spans: Span[], types: Set<string>, language?: string }} Row `types` are those that the row is about */
/** @typedef {{ gold: number, hit: number, cover: number, wrong: number }} Tally */
/** @typedef {(text: string) => string} Mask */

const peers = fileURLToPath(new URL('./peers/', import.meta.url));
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'ru'];
/** Annotated types by our kinds: those that figures are about. @type {Record<string, string>} */
const KINDS = {
  EMAIL_ADDRESS: 'EMAIL', PHONE_NUMBER: 'PHONE', CREDIT_CARD: 'CARD', IBAN_CODE: 'IBAN', IP_ADDRESS: 'IP', MAC_ADDRESS: 'MAC', CRYPTO: 'CRYPTO_WALLET', US_SSN: 'NATIONAL_ID',
  STREET_ADDRESS: 'ADDRESS', ADDRESS: 'ADDRESS', SECRET: 'SECRET', PERSON: 'PERSON',
};
const COUNTRIES = ['US', 'CA', 'GB', 'IE', 'DE', 'AT', 'CH', 'FR', 'BE', 'ES', 'IT', 'RU', 'NL', 'PL'];
const EIGHT = ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'IP_ADDRESS', 'MAC_ADDRESS', 'CRYPTO', 'US_SSN'];
const SIX = ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'CREDIT_CARD', 'IBAN_CODE', 'IP_ADDRESS', 'US_SSN'];
const TYPED = 'a find of the right kind that overlaps a value, each once, counts; what of that kind overlaps none is false';

/** @returns {Figure[]} */
export function maskingQuality() {
  const data = process.env['QUILLGATE_DATA'];
  if (!data || !existsSync(join(data, 'privacy'))) return [{ name: 'masking, what is found', value: 'not measured', how: 'QUILLGATE_DATA names no folder with privacy' }];
  const core = loadCore();
  const set = (/** @type {string} */ name) => rows(join(data, 'privacy'), name);
  return [
    ...typed(core, set('presidio_recognizer_tests'), "Presidio's unit tests", EIGHT),
    ...typed(core, set('presidio_research_synth_v2'), 'Presidio Research, synth_v2', SIX),
    ...typed(core, set('libphonenumber_matcher_tests'), "libphonenumber's texts", ['PHONE_NUMBER']),
    ...['gitleaks_rule_tests', 'detect_secrets_tests'].map((name) => recall(core, set(name), name, 'SECRET', (tally) => tally.hit)),
    nationalPhones(core, data),
    recall(core, set('usaddress'), 'usaddress, the whole address', 'STREET_ADDRESS', (tally) => tally.cover),
    ...['ner_wikigold_en', 'ner_germeval2014_test_de'].map((name) => persons(core, set(name), name)),
    hardNegatives(core, set('validatorjs_hard_negatives')),
    ...falseFinds(core, data),
    ...beside(core, set),
    restored(core, data),
  ];
}

/** @param {string} folder @param {string} name @returns {Row[]} */
function rows(folder, name) {
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}.`));
  if (!file) return [];
  const values = textOf(join(folder, file)).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  return values.filter(({ text }) => typeof text === 'string').map(({ text, spans = [], scope = [], lang }) => {
    const at = places(text);
    const gold = spans.map((/** @type {any} */ span) => ({ type: span.type, start: at[span.start] ?? 0, end: at[span.end] ?? text.length }));
    return { text, spans: gold, types: new Set([...scope, ...spans.map((/** @type {any} */ span) => span.type)]), ...(LANGUAGES.includes(lang) ? { language: lang } : {}) };
  });
}

/** The sets count code points; where each begins. @param {string} text */
function places(text) {
  const found = [0];
  for (const character of text) found.push((found.at(-1) ?? 0) + character.length);
  return found;
}

/** @param {string} file */
const textOf = (file) => (file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file)).toString('utf8');

/** What the core finds. @param {ReturnType<typeof loadCore>} core @param {Row} row @returns {{ kind: string, start: number, end: number }[]} */
const found = (core, { text, language }) => core.detect({ id: 1, text, ...(language ? { language } : {}) }).findings;

/** @param {ReturnType<typeof loadCore>} core @param {Row[]} all @param {string[]} types @returns {Record<string, Tally>} */
function tallies(core, all, types) {
  const tally = Object.fromEntries(types.map((type) => [type, { gold: 0, hit: 0, cover: 0, wrong: 0 }]));
  for (const row of all) {
    const findings = found(core, row);
    for (const type of types.filter((one) => row.types.has(one))) {
      const own = findings.filter(({ kind }) => kind === KINDS[type]);
      const used = new Set();
      const sum = /** @type {Tally} */ (tally[type]);
      for (const { start, end } of row.spans.filter((span) => span.type === type)) {
        const hit = own.find((one) => !used.has(one) && one.start < end && start < one.end);
        if (hit) used.add(hit);
        sum.gold += 1;
        sum.hit += hit ? 1 : 0;
        sum.cover += findings.some((one) => one.start <= start && end <= one.end) ? 1 : 0;
      }
      sum.wrong += own.length - used.size;
    }
  }
  return tally;
}

/** @param {Tally} tally */
const f1 = ({ gold, hit, wrong }) => (2 * hit) / Math.max(1, gold + hit + wrong);
/** @param {number} share */
const three = (share) => share.toFixed(3);
/** @param {number} hits @param {number} n */
const interval = (hits, n) => wilson(hits, n).map(three).join(' to ');

/** @param {ReturnType<typeof loadCore>} core @param {Row[]} all @param {string} what @param {string[]} types @returns {Figure[]} */
function typed(core, all, what, types) {
  const tally = Object.entries(tallies(core, all, types)).filter(([, { gold }]) => gold > 0);
  const each = tally.map(([type, sum]) => `${type} ${three(f1(sum))} of ${sum.gold}`).join(', ');
  const mean = tally.reduce((sum, [, one]) => sum + f1(one), 0) / tally.length;
  return [{ name: `masking, ${what}: ${tally.length > 1 ? `mean F1 of ${tally.length} types` : 'F1'}`, value: three(mean), how: `${each}; ${TYPED}` }];
}

/** @param {ReturnType<typeof loadCore>} core @param {Row[]} all @param {string} what @param {string} type @param {(tally: Tally) => number} counted @returns {Figure} */
function recall(core, all, what, type, counted) {
  const sum = /** @type {Tally} */ (tallies(core, all, [type])[type]);
  const hits = counted(sum);
  return { name: `masking, ${what}: recall`, value: three(hits / Math.max(1, sum.gold)), how: `${hits} of ${sum.gold}, 95 % interval ${interval(hits, sum.gold)}` };
}

/** National forms of the countries that are looked for, each in four sentences. @param {ReturnType<typeof loadCore>} core @param {string} data @returns {Figure} */
function nationalPhones(core, data) {
  const lines = textOf(join(data, 'privacy/libphonenumber_examples.jsonl')).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const numbers = lines.filter(({ region, format }) => COUNTRIES.includes(region) && format === 'NATIONAL').map(({ text }) => text);
  const carriers = ['He left {} for you.', 'Please call {} tomorrow', 'Tel.: {}', 'My number is {}, thanks'];
  const covered = numbers.flatMap((number) => carriers.map((carrier) => {
    const text = carrier.replace('{}', () => number);
    const start = text.indexOf(number);
    return core.detect({ id: 1, text, kinds: ['PHONE'] }).findings.some((/** @type {any} */ one) => one.start <= start && start + number.length <= one.end);
  }));
  const hits = covered.filter(Boolean).length;
  return { name: `masking, national phone forms of ${COUNTRIES.length} countries: covered`, value: three(hits / Math.max(1, covered.length)), how: `libphonenumber's examples in four sentences each, ${hits} of ${covered.length}; ${COUNTRIES.join(' ')}` };
}

/** @param {ReturnType<typeof loadCore>} core @param {Row[]} all @param {string} what @returns {Figure} */
function persons(core, all, what) {
  const sum = /** @type {Tally} */ (tallies(core, all, ['PERSON'])['PERSON']);
  return { name: `masking, ${what}: F1 of persons`, value: three(f1(sum)), how: `${sum.gold} names, the whole core; the tagger learned from a half of these sentences, and dev/persons/README.md has what it finds in the half it has not seen` };
}

/** @param {ReturnType<typeof loadCore>} core @param {Row[]} all @returns {Figure} */
function hardNegatives(core, all) {
  const hit = all.filter((row) => found(core, row).length > 0).length;
  return { name: 'masking, values that are not personal: masked', value: `${hit} of ${all.length}`, how: `validator.js: ports, versions, UUIDs, ISBNs, dates and the like, each alone; 95 % interval ${interval(hit, all.length)}` };
}

/** Finds in tickets that hold hardly anything of these kinds; what is true among them is counted too. @param {ReturnType<typeof loadCore>} core @param {string} data @returns {Figure[]} */
function falseFinds(core, data) {
  return ['hadoop-dup', 'jira-known-item'].filter((name) => existsSync(join(data, 'retrieval', name, 'corpus.jsonl'))).map((name) => {
    /** @type {Record<string, number>} */
    const counts = { PHONE: 0, CARD: 0, IBAN: 0, SECRET: 0 };
    let bytes = 0;
    for (const line of textOf(join(data, 'retrieval', name, 'corpus.jsonl')).split('\n').filter(Boolean)) {
      const { title = '', text = '' } = JSON.parse(line);
      bytes += Buffer.byteLength(title) + Buffer.byteLength(text);
      for (const { kind } of [title, text].flatMap((one) => found(core, { text: one, spans: [], types: new Set() }))) if (kind in counts) counts[kind] = (counts[kind] ?? 0) + 1;
    }
    const value = Object.entries(counts).map(([kind, count]) => `${kind} ${((count * 1e6) / bytes).toFixed(2)}`).join(', ');
    return { name: `masking, tickets of ${name}: finds a megabyte`, value, how: `${(bytes / 1e6).toFixed(1)} MB; true ones are among them` };
  });
}

/** How much the fastest package masks of the same values: a value counts when nothing of it is left in the text. @param {ReturnType<typeof loadCore>} core @param {(name: string) => Row[]} set @returns {Figure[]} */
function beside(core, set) {
  const name = '@redactpii/node';
  if (!existsSync(`${peers}node_modules/${name}`)) return [{ name: `masking, the same values by ${name}`, value: 'not measured', how: 'npm ci --prefix bench/peers' }];
  const { Redactor } = createRequire(peers)(name);
  const redactor = new Redactor();
  const kinds = ['EMAIL_ADDRESS', 'PHONE_NUMBER', 'CREDIT_CARD', 'US_SSN'];
  const all = ['presidio_research_synth_v2', 'presidio_recognizer_tests', 'libphonenumber_matcher_tests'].flatMap(set).filter(({ spans }) => spans.some(({ type }) => kinds.includes(type)));
  const negatives = set('validatorjs_hard_negatives');
  /** @type {[string, Mask][]} */
  const both = [['ours', (text) => core.mask({ id: 1, text }).text], [name, (text) => redactor.redact(text)]];
  return both.map(([who, mask]) => {
    const values = all.flatMap(({ text, spans }) => {
      const masked = mask(text);
      return spans.filter(({ type }) => kinds.includes(type)).map(({ start, end }) => !masked.includes(text.slice(start, end)));
    });
    const gone = values.filter(Boolean).length;
    const wrong = negatives.filter(({ text }) => mask(text) !== text).length;
    return { name: `masking, the kinds ${name} has: ${who}`, value: `${three(gone / values.length)} of the values, ${wrong} of ${negatives.length} others`, how: `e-mail, phone, card and SSN in three of the sets above, ${values.length} values; gone from the text as a whole; the others are those that are not personal` };
  });
}

/** Masks and restores every text of the data, byte for byte. @param {ReturnType<typeof loadCore>} core @param {string} data @returns {Figure} */
function restored(core, data) {
  const sum = { texts: 0, bytes: 0, masked: 0, wrong: 0 };
  for (const text of texts(data)) {
    const { text: masked, tokens } = core.mask({ id: 1, text });
    const { text: again } = core.restore({ id: 1, text: masked, tokens });
    sum.texts += 1;
    sum.bytes += Buffer.byteLength(text);
    sum.masked += masked === text ? 0 : 1;
    sum.wrong += again === text ? 0 : 1;
  }
  return { name: 'restored after masking: texts that came back otherwise', value: `${sum.wrong} of ${sum.texts}`, how: `every file of the data that is UTF-8, line by line where a line is a record: ${(sum.bytes / 1e6).toFixed(0)} MB, something was masked in ${sum.masked}` };
}

/** @param {string} folder @returns {Generator<string>} */
function* texts(folder) {
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name);
    if (statSync(file).isDirectory()) {
      yield* texts(file);
      continue;
    }
    const bytes = name.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file);
    const text = bytes.toString('utf8');
    if (Buffer.compare(Buffer.from(text), bytes) !== 0) continue;
    if (/\.jsonl(\.gz)?$/.test(name)) yield* text.split('\n').filter(Boolean);
    else yield text;
  }
}
