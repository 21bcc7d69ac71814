// @ts-check
// Builds what Forge deploys: the core into pkg/, the Custom UI into static/dist/. Skips what is current.
// Installs nothing; dev/setup.mjs does.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildPages } from './build/page.mjs';
import { buildWasm } from './build/wasm.mjs';
import { say, timed } from './setup/step.mjs';
import { root } from './setup/where.mjs';

try {
  if (!(await timed('the core as WebAssembly (pkg/)', buildWasm))) say('  nothing has changed');
  if (existsSync(join(root, 'static/build.mjs'))) {
    if (!(await timed('the pages (static/dist/)', buildPages))) say('  nothing has changed');
  }
} catch (error) {
  say(`✗ ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
