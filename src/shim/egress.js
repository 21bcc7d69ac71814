// @ts-check
// The one file that knows the door to other hosts: a request as the core wrote it, its whole answer or a failure.
// Follows no redirect, retries nothing; Forge's egress permissions are the outer wall.

import { fetch } from '@forge/api';
import { readText } from './body.js';
import { failure, platformCode } from './failure.js';

/** @type {import('./wire.d.ts').Executor} */
export async function egress({ method, url, headers, body, timeoutMs, maxBytes }, signal) {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: Object.fromEntries(headers),
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    });
    refuseProxyError(response);
    return { status: response.status, headers: lowerCase(response.headers), body: await readText(response, maxBytes) };
  } catch (error) {
    throw failure(timeout.aborted && !signal.aborted ? 'timeout' : platformCode(error));
  }
}

/** Forge's own proxy answers in the place of the host, and says so in a header. @param {any} response */
function refuseProxyError(response) {
  const reason = response.headers.get('forge-proxy-error');
  if (reason) throw failure(/EGRESS/.test(reason) ? 'denied' : 'proxy');
}

/**
 * @param {{ forEach: (callback: (value: string, key: string) => void) => void }} headers
 * @returns {[string, string][]}
 */
function lowerCase(headers) {
  /** @type {[string, string][]} */
  const list = [];
  headers.forEach((value, key) => list.push([key.toLowerCase(), value]));
  return list;
}
