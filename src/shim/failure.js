// @ts-check
// How an executor says that an effect failed: a code of the wire, never a message or a body.
// Chooses no code; each executor knows its own API's errors.

/** @typedef {import('./wire.d.ts').FailedCode} FailedCode */

/**
 * @param {FailedCode} code
 * @returns {Error & { failed: FailedCode }}
 */
export const failure = (code) => Object.assign(new Error(code), { failed: code });

/**
 * The code that an executor chose, if this error is its choice.
 * @param {unknown} error
 * @returns {FailedCode | undefined}
 */
export const codeOf = (error) => /** @type {any} */ (error)?.failed;

/**
 * The code of an error that any of Forge's doors can throw.
 * @param {any} error
 * @returns {FailedCode}
 */
export function platformCode(error) {
  const chosen = codeOf(error);
  if (chosen) return chosen;
  return BY_NAME[String(error?.name)] ?? (isNetwork(error) ? 'network' : 'unknown');
}

/** @type {Record<string, FailedCode>} the names in @forge/api's errors, and the web's own */
const BY_NAME = {
  NEEDS_AUTHENTICATION_ERR: 'denied',
  REQUEST_EGRESS_ALLOWLIST_ERR: 'denied',
  PROXY_ERR: 'proxy',
  API_NOT_READY_ERR: 'proxy',
  FUNCTION_FETCH_ERR: 'network',
  AbortError: 'deadline',
  TimeoutError: 'timeout',
};

/** Node's fetch throws a TypeError whose cause has a code; a socket's error has the code itself. @param {any} error */
const isNetwork = (error) => typeof (error?.cause?.code ?? error?.code) === 'string' || error?.message === 'fetch failed';
