// @ts-check
// Runs one command of set-up, build or test, and says what happens and how long it took.
// Decides nothing about what is needed.

import { AsyncLocalStorage } from 'node:async_hooks';
import { spawn, spawnSync } from 'node:child_process';
import { root } from './where.mjs';

/**
 * One line to the person at the terminal.
 * @param {string} line
 */
export const say = (line) => void process.stderr.write(`${line}\n`);

/** @type {AsyncLocalStorage<string>} the heading under which a command runs: several may at once */
const heading = new AsyncLocalStorage();

/**
 * Runs a piece of work under a heading and says its time.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function timed(title, work) {
  const start = Date.now();
  say(`→ ${title}`);
  const result = await under(title, work);
  say(`✓ ${title} (${seconds(start)})`);
  return result;
}

/**
 * Runs a piece of work whose signs of life carry a title.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export const under = (title, work) => heading.run(title, async () => work());

/**
 * Runs a command and shows a sign of life every ten seconds: its last line of output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const start = Date.now();
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
    });
    const title = heading.getStore() ?? command;
    let output = '';
    let last = '';
    /** @param {Buffer} chunk */
    const take = (chunk) => {
      output = (output + chunk).slice(-100_000);
      last = String(chunk).split(/[\r\n]/).map((line) => line.trim()).filter(Boolean).pop() ?? last;
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    const alive = setInterval(() => say(`  … ${title}, ${seconds(start)}: ${last.slice(0, 80)}`), 10_000);
    /** @param {boolean} ok @param {string} [why] */
    const end = (ok, why = '') => {
      clearInterval(alive);
      done({ ok, output: output + why });
    };
    child.on('error', (error) => end(false, `${command}: ${error.message}`));
    child.on('close', (code, signal) => end(code === 0, signal ? `\n${command} was stopped after ${seconds(start)}` : ''));
  });
}

/**
 * As `run`, but a command that fails ends the step, with the end of its output.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 */
export async function must(command, args, options) {
  const result = await run(command, args, options);
  if (!result.ok) throw new Error(`${command} ${args.join(' ')} failed:\n${tail(result.output)}`);
  return result.output;
}

/**
 * What a short command prints, or nothing when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function ask(command, args, env = process.env) {
  const result = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : '';
}

/**
 * The last lines of an output.
 * @param {string} output
 */
export const tail = (output) => output.trimEnd().split('\n').slice(-25).join('\n');

/** @param {number} start */
export const seconds = (start) => `${((Date.now() - start) / 1000).toFixed(1)} s`;
