// @ts-check
// The core: compiled once per warm process, a new instance for each invocation, its memory overwritten when the invocation is over.
// Forge reuses a process for other installations; nothing that one invocation put into the wasm's memory may reach the next.
// What JavaScript held (texts of effects and outcomes) it cannot overwrite: strings are the engine's until it collects them.

import { readFileSync } from 'node:fs';
import { __wbg_reset_state, Core, initSync } from '../../pkg/quillgate.js';
import { step } from './door.js';

// Forge's bundler sees this form, puts the file beside the bundle and its new name here, and the zip holds all that the bundler put out;
// Forge reads its own translations from there in the same way. As text in the bundle the core would lie in the heap of every process.
const compiled = new WebAssembly.Module(readFileSync(new URL('../../pkg/quillgate_bg.wasm', import.meta.url)));
let isInstantiated = false;

/**
 * A core in a memory of its own. Whatever an earlier one held is gone, also when it panicked.
 * INVARIANT: the generated glue is a singleton, so an earlier core must not be stepped any more (see `turns.js`).
 * @returns {import('./wire.d.ts').Core}
 */
export function makeCore() {
  if (isInstantiated) __wbg_reset_state();
  isInstantiated = true;
  // Gives back the instance that is there, else makes the first.
  const { memory } = initSync({ module: compiled });
  const core = new Core();
  return { step: (input) => step(core, input), drop: () => drop(core, memory) };
}

/**
 * Ends a core: it drops what it holds, then every byte of its memory is overwritten, also of one that panicked.
 * @param {Core} core
 * @param {WebAssembly.Memory} memory
 */
function drop(core, memory) {
  try {
    // Also takes it off the list of what the engine would free later, which must not happen in a memory of zeros.
    core.free();
  } catch {
    // A panicked core frees nothing; what it held is overwritten all the same.
  }
  new Uint8Array(memory.buffer).fill(0);
}
