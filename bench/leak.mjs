// @ts-check
// The leak meter: how much of each kind the masking finds on annotated sets, with a 95 % interval, as the admin page shows it.
// `QUILLGATE_DATA=<folder> node bench/leak.mjs` runs the crate's own measurement and writes `src/privacy/figures.json`; the sets are not part of the project.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** Which set speaks for a kind, chosen before it was measured: texts, not bare values, and as large as there is. A kind that is not here is not measured. @type {Record<string, [string[], string]>} */
const SETS = {
  // The sets of named people are part of what the tagger learned from, so they would flatter it.
  PERSON: [['presidio_research_generated_large', 'presidio_research_synth_v2'], 'Presidio Research, sentences'],
  EMAIL: [['presidio_research_generated_large', 'presidio_research_synth_v2'], 'Presidio Research, sentences'],
  PHONE: [['libphonenumber_matcher_tests'], 'libphonenumber’s texts'],
  ADDRESS: [['usaddress'], 'usaddress, United States'],
  CARD: [['presidio_research_generated_large', 'presidio_research_synth_v2'], 'Presidio Research, sentences'],
  IBAN: [['presidio_recognizer_tests'], 'Presidio’s tests'],
  IP: [['presidio_recognizer_tests'], 'Presidio’s tests'],
  NATIONAL_ID: [['presidio_research_generated_large', 'presidio_research_synth_v2'], 'Presidio Research, sentences'],
  SECRET: [['gitleaks_rule_tests'], 'Gitleaks’ rule tests'],
};
/** Fewer values say nothing. */
const FEWEST = 30;
const LINE = /^(\S+?)(?:\.jsonl)?\s+([A-Z_]+)\s+gold\s+(\d+) P [\d.]+ R ([\d.]+) F1 [\d.]+ cover ([\d.]+) false (\d+)/;

/** @param {number} share */
const round = (share) => Math.round(share * 10_000) / 10_000;

/**
 * The 95 % interval of a share (Wilson, 1927): it holds near 0 and 1, where the usual one does not.
 * @param {number} hits
 * @param {number} n
 * @returns {[number, number]}
 */
export function wilson(hits, n, z = 1.959964) {
  const share = hits / n;
  const middle = share + (z * z) / (2 * n);
  const half = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const all = 1 + (z * z) / n;
  return [Math.max(0, (middle - half) / all), Math.min(1, (middle + half) / all)];
}

/** @typedef {{ set: string, n: number, precision: number, recall: number, low: number, high: number, date: string }} Figure */

/** A line of what the measurement printed; undefined when it is of something else. @param {string} line */
function lineOf(line) {
  const [, file = '', kind = '', n, recall, cover, wrong] = LINE.exec(line) ?? [];
  return kind ? { file, kind, n: Number(n), recall: Number(recall), cover: Number(cover), wrong: Number(wrong) } : undefined;
}

/**
 * What the measurement printed, as the figures of kinds. A value counts as found when it is masked as a whole, as whatever kind.
 * @param {string} printed
 * @param {string} date
 */
export function figuresOf(printed, date) {
  const lines = printed.split('\n').map(lineOf).filter((line) => line !== undefined);
  /** @type {Record<string, Figure>} */
  const figures = {};
  for (const [kind, [files, set]] of Object.entries(SETS)) {
    const sum = { n: 0, right: 0, whole: 0, wrong: 0 };
    for (const { n, recall, cover, wrong } of lines.filter((line) => line.kind === kind && files.includes(line.file))) {
      sum.n += n;
      sum.right += Math.round(recall * n);
      sum.whole += Math.round(cover * n);
      sum.wrong += wrong;
    }
    if (sum.n < FEWEST) continue;
    const recall = round(sum.whole / sum.n);
    const [low, high] = wilson(sum.whole, sum.n);
    figures[kind] = { set, n: sum.n, precision: round(sum.right / Math.max(1, sum.right + sum.wrong)), recall, low: Math.min(round(low), recall), high: Math.max(round(high), recall), date };
  }
  return figures;
}

if (process.argv[1] === import.meta.filename) {
  if (!process.env.QUILLGATE_DATA) throw new Error('QUILLGATE_DATA names the folder of the annotated sets');
  const sets = [...new Set(Object.values(SETS).flatMap(([files]) => files))].join(',');
  const run = spawnSync('cargo', ['test', '--lib', 'privacy::measured::scores', '--', '--nocapture'], { cwd: root, encoding: 'utf8', env: { ...process.env, QUILLGATE_SETS: sets } });
  if (run.status !== 0) throw new Error(run.stderr);
  const figures = figuresOf(run.stdout, new Date().toISOString().slice(0, 10));
  await writeFile(join(root, 'src/privacy/figures.json'), `${JSON.stringify(figures, null, 2)}\n`);
  for (const [kind, { set, n, recall, low, high }] of Object.entries(figures)) console.log(`${kind.padEnd(14)} ${(100 * recall).toFixed(1)} % [${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)}] of ${n}, ${set}`);
}
