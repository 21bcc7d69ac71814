// @ts-check
// The one file that knows the product APIs' door: Jira and Confluence, as the user or as the app.
// The path comes from the core, already encoded; nothing is built into it here.

import { asApp, asUser, assumeTrustedRoute } from '@forge/api';
import { readText } from './body.js';
import { failure, platformCode } from './failure.js';

/** More than any page or search result is; the core refuses far less. */
const MAX_BYTES = 20_000_000;

/** @type {Record<string, () => ReturnType<typeof asApp>>} */
const principals = { user: () => asUser(), app: () => asApp() };

/** @type {import('./wire.d.ts').Executor} */
export async function product({ as, product, method, path, body }, signal) {
  try {
    const response = await door(as, product)(assumeTrustedRoute(path), {
      method,
      headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
      signal,
    });
    return { status: response.status, body: await readText(response, MAX_BYTES) };
  } catch (error) {
    throw failure(platformCode(error));
  }
}

/**
 * @param {string} as
 * @param {string} product
 */
function door(as, product) {
  const principal = principals[as]?.();
  if (principal && product === 'jira') return principal.requestJira;
  if (principal && product === 'confluence') return principal.requestConfluence;
  throw failure('denied');
}
