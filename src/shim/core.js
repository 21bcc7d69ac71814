// @ts-check
// The core: compiled once per warm process, a new instance for each invocation.
// Forge reuses a process for other installations; nothing that one invocation put into the wasm's memory may reach the next.

import { __wbg_reset_state, Core, initSync } from '../../pkg/quillgate.js';
import bytes from '../../pkg/quillgate_bg.wasm.js';

const compiled = new WebAssembly.Module(Buffer.from(bytes, 'base64'));
let isInstantiated = false;

/**
 * A core in a memory of its own. Whatever an earlier one held is gone, also when it panicked.
 * INVARIANT: the generated glue is a singleton, so an earlier core must not be stepped any more (see `turns.js`).
 * @returns {import('./wire.d.ts').Core}
 */
export function makeCore() {
  if (isInstantiated) __wbg_reset_state();
  else initSync({ module: compiled });
  isInstantiated = true;
  return new Core();
}
