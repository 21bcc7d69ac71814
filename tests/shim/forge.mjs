// @ts-check
// Forge's three globals, as far as a test needs them; to be imported before anything that imports @forge/*.
// Enforces nothing of the platform: the local host in dev/ does.

const realFetch = globalThis.fetch;

/**
 * What a test may change between its calls.
 * @type {{
 *   door: (desc: any, path: string, init: any) => Promise<Response> | Response,
 *   web: typeof fetch,
 *   calls: { desc: any, path: string, init: any }[],
 *   remainingMs: () => number,
 * }}
 */
export const forge = {
  door: () => new Response('{}'),
  web: realFetch,
  calls: [],
  remainingMs: () => 25_000,
};

const meter = { incr() {}, measure: () => ({ stop() {} }) };

Object.assign(globalThis, {
  __forge_runtime__: {
    contextAri: 'ari:cloud:jira::site/cloud-1',
    appContext: {
      appId: 'app-1',
      appVersion: '1.0.0',
      environmentId: 'environment-1',
      environmentType: 'DEVELOPMENT',
      invocationId: 'invocation-1',
      installationId: 'installation-1',
      functionKey: 'resolve',
      moduleType: 'jira:globalPage',
      moduleKey: 'studio-jira',
    },
    lambdaContext: { awsRequestId: 'request-1', getRemainingTimeInMillis: () => forge.remainingMs() },
    tracing: { traceId: 'trace-1', spanId: 'span-1' },
    realtime: {},
    metrics: { counter: () => meter, timing: () => meter, gauge: () => meter },
    featureFlags: () => false,
  },
  /** @type {(desc: any, path: string, init: any) => Promise<Response>} */
  __forge_fetch__: async (/** @type {any} */ desc, /** @type {string} */ path, /** @type {any} */ init) => {
    forge.calls.push({ desc, path, init });
    return forge.door(desc, path, init);
  },
  fetch: (/** @type {any} */ url, /** @type {any} */ init) => forge.web(url, init),
});

/**
 * Runs with the door answering so, and gives back what was asked of it.
 * @param {typeof forge.door} door
 * @param {() => Promise<unknown>} work
 */
export async function through(door, work) {
  forge.door = door;
  forge.calls = [];
  const result = await work();
  return { result, calls: forge.calls };
}

/** @param {unknown} body @param {number} [status] @param {Record<string, string>} [headers] */
export const json = (body, status = 200, headers = {}) => new Response(JSON.stringify(body), { status, headers });

/** A signal that never fires. */
export const never = new AbortController().signal;

/**
 * What is written to the console while a piece of work runs.
 * @param {() => Promise<unknown>} work
 */
export async function consoleOf(work) {
  /** @type {string[]} */
  const lines = [];
  const kept = { ...console };
  for (const name of /** @type {const} */ (['log', 'info', 'warn', 'error', 'debug'])) console[name] = (...args) => void lines.push(args.join(' '));
  try {
    const result = await work();
    return { result, lines };
  } finally {
    Object.assign(console, kept);
  }
}
