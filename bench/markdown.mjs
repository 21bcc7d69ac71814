// @ts-check
// ADF as Markdown, beside an npm package that does the same: every ticket of the local host's help desk, from JSON text.
// The package is no dependency. Without it the line says how to get it.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { loadCore } from '../dev/core.mjs';
import { startHost } from '../dev/host/host.mjs';
import { median } from './cold-start.mjs';

const ROUNDS = 31;
const PEER = 'adf-to-markdown';
const VERSION = '1.0.1';
const folder = fileURLToPath(new URL('../target/peers/', import.meta.url));

/** @returns {Promise<import('./run.mjs').Figure[]>} */
export async function markdown() {
  const bodies = await tickets();
  const core = loadCore();
  const ours = rounds(() => bodies.forEach((body) => core.markdown({ id: 1, format: 'adf', body })));
  const name = `${bodies.length} tickets from ADF to Markdown`;
  const figure = { name, value: `${ours.toFixed(2)} ms`, how: `one round, core as wasm in a warm process; median of ${ROUNDS}` };
  if (!existsSync(`${folder}node_modules/${PEER}`)) {
    return [figure, { name: `the same, ${PEER} ${VERSION}`, value: 'not measured', how: `npm install --prefix target/peers ${PEER}@${VERSION}` }];
  }
  const peer = createRequire(folder)(PEER);
  const theirs = rounds(() => bodies.forEach((body) => peer.convertADFToMarkdown(JSON.parse(body))));
  return [figure, { name: `the same, ${PEER} ${VERSION}`, value: `${theirs.toFixed(2)} ms`, how: `ours takes ${(ours / theirs).toFixed(2)} times as long; the package escapes no Markdown and drops layouts` }];
}

/** @param {() => void} work */
function rounds(work) {
  const took = Array.from({ length: ROUNDS + 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(took.slice(5));
}

/** @returns {Promise<string[]>} */
async function tickets() {
  const host = await startHost({ seed: 'small', port: 0 });
  try {
    const { accountId } = host.as('tomas');
    const ask = (/** @type {number} */ n) => host.product.request({ provider: 'user', accountId, present: accountId, product: 'jira', method: 'GET', path: `/rest/api/3/issue/DESK-${n}?fields=description`, body: '', caller: 'bench' });
    const answers = Array.from({ length: 200 }, (_, at) => ask(at + 1)).filter(({ status }) => status === 200);
    return answers.flatMap(({ body }) => JSON.parse(String(body)).fields.description ?? []).map((adf) => JSON.stringify(adf));
  } finally {
    await host.stop();
  }
}
