// @ts-check
// The Custom UI: static/build.mjs, when something it is made from has changed.
// Knows nothing of what is on a page.

import { join } from 'node:path';
import { must } from '../setup/step.mjs';
import { root } from '../setup/where.mjs';
import { digest, isCurrent, keep } from './inputs.mjs';

const stamp = 'static/dist/build.json';
const outputs = ['static/dist/studio', 'static/dist/panel', 'static/dist/admin'];

/** @returns {Promise<boolean>} whether anything had to be built */
export async function buildPages() {
  const inputs = digest(['static', 'package.json', 'node_modules/.quillgate'], { except: /^static\/dist\// });
  if (isCurrent(stamp, { inputs, outputs })) return false;
  await must(process.execPath, [join(root, 'static/build.mjs')]);
  keep(stamp, { inputs, outputs });
  return true;
}
