// @ts-check
// Fuzzes every target, or the named ones: `node tests/fuzz/run.mjs [--seconds 60] [--planted] [TARGET …]`.
// With --planted each target carries a bug, and the run fails for a target in which it is not found.
// It needs no tool beside Rust and a C++ compiler. What a run learns stays in target/fuzz; a failing input is named and kept there.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, '../../target/fuzz');
const all = [...readFileSync(join(here, 'Cargo.toml'), 'utf8').matchAll(/\[\[bin\]\]\nname = "([a-z]+)"/g)].map(([, name]) => name);
const { values, positionals } = parseArgs({ allowPositionals: true, options: { seconds: { type: 'string', default: '60' }, planted: { type: 'boolean', default: false } } });
const targets = positionals.length ? positionals : all;
const unknown = targets.filter((name) => !all.includes(name));
const seconds = Number(values.seconds);
if (unknown.length || !(seconds > 0)) {
  console.error(unknown.length ? `No such target: ${unknown.join(', ')}. There are: ${all.join(', ')}.` : '--seconds takes a number above zero.');
  process.exit(2);
}

/** The coverage that libFuzzer is led by; a stable compiler takes these. */
const FLAGS = ['passes=sancov-module', ...['level=4', 'inline-8bit-counters', 'pc-table', 'trace-compares'].map((flag) => `llvm-args=-sanitizer-coverage-${flag}`)];
const host = /host: (.+)/.exec(spawnSync('rustc', ['-vV'], { encoding: 'utf8' }).stdout)?.[1] ?? '';
const build = spawnSync('cargo', ['build', '--release', '--manifest-path', join(here, 'Cargo.toml'), '--target', host, ...targets.flatMap((name) => ['--bin', name]), ...(values.planted ? ['--features', 'planted'] : [])], {
  stdio: 'inherit',
  // A target of its own keeps the flags from the build scripts.
  env: { ...process.env, CARGO_TARGET_DIR: work, RUSTFLAGS: FLAGS.map((flag) => `-C${flag}`).join(' ') },
});
if (build.status !== 0) process.exit(build.status ?? 1);

let failed = 0;
for (const name of targets) {
  const corpus = join(work, 'corpus', values.planted ? `${name}-planted` : name);
  const found = join(work, 'found', name, '/');
  // What earlier runs found would hide the few seeds that lead to a planted bug.
  if (values.planted) rmSync(corpus, { recursive: true, force: true });
  for (const folder of [corpus, found]) mkdirSync(folder, { recursive: true });
  const seeds = [join(here, 'seeds', name)].filter(existsSync);
  const limits = [`-max_total_time=${seconds}`, '-timeout=10', '-rss_limit_mb=4096', `-max_len=${name === 'envelope' ? 1024 : 4096}`, '-print_final_stats=1', '-verbosity=0'];
  const run = spawnSync(join(work, host, 'release', name), [corpus, ...seeds, ...limits, `-artifact_prefix=${found}`, `-dict=${join(here, 'dict', `${name}.dict`)}`], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const runs = Number(/number_of_executed_units: (\d+)/.exec(run.stderr)?.[1] ?? 0);
  const isFound = run.stderr.includes('the planted bug was found');
  const isRight = values.planted ? isFound : run.status === 0;
  failed += Number(!isRight);
  const outcome = values.planted ? (isFound ? 'found its planted bug' : 'did NOT find its planted bug') : run.status === 0 ? 'held' : `FAILED, see ${found}`;
  console.log(`${name.padEnd(9)} ${outcome}; ${runs ? `${runs.toLocaleString('en')} inputs, ` : ''}${readdirSync(corpus).length} that reach something of their own`);
  if (!isRight) console.error(run.stderr.split('\n').filter((line) => /panicked|assert|ERROR|SUMMARY|at tests|at src/.test(line)).slice(0, 12).join('\n'));
}
process.exit(failed ? 1 : 0);
