// @ts-check
// The programs of cargo that make and test the wasm: wasm-bindgen at the version in Cargo.lock, and wasm-pack.
// Leaves any other version of them alone.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ask, run, say, tail } from './step.mjs';
import { cargoBin, find, findAll, lockedVersion, nativeEnvironment, toolsFolder } from './where.mjs';

const WASM_PACK = '0.15.0';

/** @type {import('../setup.mjs').Step} */
export const wasmBindgen = {
  title: `wasm-bindgen ${lockedVersion('wasm-bindgen')}`,
  isDone: () => findWasmBindgen() !== undefined,
  work: () => install('wasm-bindgen-cli', lockedVersion('wasm-bindgen'), 'wasm-bindgen'),
};

/** @type {import('../setup.mjs').Step} */
export const wasmPack = {
  title: 'wasm-pack',
  isDone: () => find('wasm-pack') !== undefined,
  work: () => install('wasm-pack', WASM_PACK, 'wasm-pack'),
};

/**
 * The wasm-bindgen whose version is the crate's.
 * @returns {string | undefined}
 */
export function findWasmBindgen() {
  const version = `wasm-bindgen ${lockedVersion('wasm-bindgen')}`;
  return findAll('wasm-bindgen').find((path) => ask(path, ['--version']) === version);
}

/**
 * Into cargo's own folder, so that wasm-pack finds it from any shell; into target/tools where another version lives there.
 * @param {string} crate
 * @param {string} version
 * @param {string} program
 */
async function install(crate, version, program) {
  const taken = existsSync(join(cargoBin, program));
  const place = taken ? ['--root', toolsFolder, '--force'] : [];
  say(`  cargo installs it into ${taken ? join(toolsFolder, 'bin') : cargoBin}; this takes two or three minutes, once`);
  // A tool that runs for a second need not be compiled for speed.
  const env = {
    ...nativeEnvironment(),
    CARGO_TARGET_DIR: join(toolsFolder, 'build'),
    CARGO_PROFILE_RELEASE_OPT_LEVEL: '1',
    CARGO_PROFILE_RELEASE_LTO: 'off',
    CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  };
  const args = ['install', crate, '--version', version, ...place];
  const locked = await run('cargo', [...args, '--locked'], { env });
  if (locked.ok) return;
  say('  its lock file cannot be followed with this registry: choosing dependencies anew');
  const unlocked = await run('cargo', args, { env });
  if (!unlocked.ok) throw new Error(`cargo install ${crate} failed:\n${tail(unlocked.output)}`);
}
