// @ts-check
// Rust and its standard library for wasm32: by rustup, or built from Debian's source package where rustup cannot download.
// Installs no Rust of its own: whoever has none is told the one line that does.

import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, must, run, say } from './step.mjs';
import { find, nativeEnvironment, readJson, toolEnvironment, toolsFolder } from './where.mjs';

const TARGET = 'wasm32-unknown-unknown';
const note = join(toolsFolder, 'wasm-toolchain.json');

/** @type {import('../setup.mjs').Step} */
export const rust = {
  title: 'Rust',
  isDone: () => find('cargo') !== undefined && find('rustc') !== undefined,
  async work() {
    throw new Error(
      "Rust is missing. Install it with\n  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y\nand run this again.",
    );
  },
};

/** @type {import('../setup.mjs').Step} */
export const wasmTarget = {
  title: `Rust's standard library for ${TARGET}`,
  isDone: () => hasTarget(),
  async work() {
    rmSync(note, { force: true });
    if (await byRustup()) return;
    await byDebian();
    if (!hasTarget()) throw new Error(`no standard library for ${TARGET} after all that was tried`);
  },
};

async function byRustup() {
  const rustup = find('rustup');
  if (!rustup) return false;
  say('  asking rustup (at most 60 s)');
  const { ok } = await run(rustup, ['target', 'add', TARGET], { env: nativeEnvironment(), timeoutMs: 60_000 });
  if (!ok) say('  rustup could not download it');
  return ok && hasTarget();
}

/** Debian's compiler for browsers carries the source of the standard library: build it once, put it where that compiler looks. */
async function byDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error(`rustup cannot download the standard library for ${TARGET}, and without Debian and root there is no other way: run "rustup target add ${TARGET}" with a network`);
  }
  say("  falling back to Debian's compiler, and building the standard library from its source");
  const quiet = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['update', '-q'], { env: quiet });
  await must('apt-get', ['install', '-yq', '--no-install-recommends', 'rustc-web', 'cargo-web', 'rust-web-src', 'rust-web-llvm', 'lld-22'], { env: quiet });
  const env = { ...process.env, PATH: `/usr/bin:${process.env.PATH}`, RUSTC: '/usr/bin/rustc', RUSTC_BOOTSTRAP: '1', CARGO_TARGET_DIR: undefined };
  await buildStandardLibrary(env);
  mkdirSync(toolsFolder, { recursive: true });
  writeFileSync(note, `${JSON.stringify({ folder: '/usr/bin', rustc: '/usr/bin/rustc' })}\n`);
  say('  npm scripts use it by themselves; wasm-pack in a shell needs: export PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc');
}

/** @param {NodeJS.ProcessEnv} env */
async function buildStandardLibrary(env) {
  const scratch = join(toolsFolder, 'std');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(join(scratch, 'src'), { recursive: true });
  writeFileSync(join(scratch, 'Cargo.toml'), '[package]\nname = "scratch"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n');
  writeFileSync(join(scratch, 'src/lib.rs'), '');
  const crates = 'std,panic_abort,panic_unwind,test,proc_macro';
  await must('/usr/bin/cargo', ['build', '--release', '--target', TARGET, `-Zbuild-std=${crates}`], { cwd: scratch, env });
  const built = join(scratch, 'target', TARGET, 'release/deps');
  const library = join(ask('/usr/bin/rustc', ['--print', 'sysroot'], env), 'lib/rustlib', TARGET, 'lib');
  mkdirSync(library, { recursive: true });
  for (const file of readdirSync(built)) {
    if (file.endsWith('.rlib') && !file.startsWith('libscratch')) cpSync(join(built, file), join(library, file));
  }
  rmSync(scratch, { recursive: true, force: true });
}

/** Whether the compiler that builds the wasm has the standard library. */
function hasTarget() {
  const env = toolEnvironment();
  const compiler = readJson(note)?.rustc ?? 'rustc';
  const sysroot = ask(compiler, ['--print', 'sysroot'], env);
  const library = join(sysroot, 'lib/rustlib', TARGET, 'lib');
  return sysroot !== '' && existsSync(library) && readdirSync(library).some((file) => /^libstd-.*\.rlib$/.test(file));
}
