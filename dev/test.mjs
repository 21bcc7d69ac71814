// @ts-check
// Runs every test of the repository, one part after the other, and says how many passed and failed.
// Stops at the first part that fails, unless told to keep going. Sets nothing up; dev/setup.mjs does.
//
//   node dev/test.mjs                          everything
//   node dev/test.mjs --keep-going             also the parts after one that fails
//   node dev/test.mjs --only shim,manifest     some parts
//   node dev/test.mjs --verbose                the whole output of parts that pass, too

import { parts } from './test/parts.mjs';
import { report } from './test/report.mjs';
import { run, say, seconds } from './setup/step.mjs';

const options = process.argv.slice(2);
const only = options.includes('--only') ? options[options.indexOf('--only') + 1]?.split(',') : undefined;
const chosen = parts.filter(({ name }) => !only || only.includes(name));
const known = ['--keep-going', '--verbose', '--only', ...(only ? [only.join(',')] : [])];
if (chosen.length === 0 || chosen.length < (only?.length ?? 0) || options.some((option) => !known.includes(option))) {
  say(`usage: node dev/test.mjs [--keep-going] [--verbose] [--only ${parts.map(({ name }) => name).join(',')}]`);
  process.exit(2);
}

const sum = { passed: 0, failed: 0 };
for (const part of chosen) {
  console.log(`\n== ${part.title}`);
  const start = Date.now();
  const result = report(part, await run(part.command, part.args(), { env: part.environment() }));
  if (result.failed > 0 || options.includes('--verbose')) console.log(result.output);
  else for (const note of result.notes) console.log(note);
  console.log(`   ${result.passed} passed, ${result.failed} failed in ${seconds(start)}`);
  sum.passed += result.passed;
  sum.failed += result.failed;
  if (result.failed > 0 && !options.includes('--keep-going')) break;
}
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;
