// @ts-check
// Runs every test of the repository and says how many passed and failed: two lanes of parts beside each other, one part after the other in each.
// Begins no other part after one that fails, unless told to keep going. Sets nothing up; dev/setup.mjs does.
//
//   node dev/test.mjs                          everything
//   node dev/test.mjs --keep-going             also the parts after one that fails
//   node dev/test.mjs --only shim,manifest     some parts
//   node dev/test.mjs --verbose                the whole output of parts that pass, too

import { lanes, parts } from './test/parts.mjs';
import { report } from './test/report.mjs';
import { run, say, seconds, under } from './setup/step.mjs';

const options = process.argv.slice(2);
const only = options.includes('--only') ? options[options.indexOf('--only') + 1]?.split(',') : undefined;
const chosen = lanes.map((lane) => lane.filter(({ name }) => !only || only.includes(name)));
const known = ['--keep-going', '--verbose', '--only', ...(only ? [only.join(',')] : [])];
const count = chosen.flat().length;
if (count === 0 || count < (only?.length ?? 0) || options.some((option) => !known.includes(option))) {
  say(`usage: node dev/test.mjs [--keep-going] [--verbose] [--only ${parts.map(({ name }) => name).join(',')}]`);
  process.exit(2);
}

const begin = Date.now();
const sum = { passed: 0, failed: 0, parts: 0 };
await Promise.all(chosen.map(work));
const left = count - sum.parts;
console.log(`\n${sum.passed} passed, ${sum.failed} failed in ${seconds(begin)}${left > 0 ? `; ${left} parts were not begun` : ''}`);
process.exitCode = sum.failed > 0 || left > 0 ? 1 : 0;

/**
 * The parts of a lane in their order, until one of either lane has failed.
 * @param {import('./test/parts.mjs').Part[]} lane
 */
async function work(lane) {
  for (const part of lane) {
    if (sum.failed > 0 && !options.includes('--keep-going')) return;
    await test(part);
  }
}

/**
 * One part; what it says comes out in one piece when it has ended.
 * @param {import('./test/parts.mjs').Part} part
 */
async function test(part) {
  const start = Date.now();
  const ended = await under(part.title, () => run(part.command, part.args(), { env: part.environment() }));
  const { passed, failed, notes, output } = report(part, ended);
  const said = failed > 0 || options.includes('--verbose') ? [output] : notes;
  console.log(['', `== ${part.title}`, ...said, `   ${passed} passed, ${failed} failed in ${seconds(start)}`].join('\n'));
  sum.passed += passed;
  sum.failed += failed;
  sum.parts += 1;
}
