// Starts the local host around the fixture app, and small helpers the host's tests share.
import { fileURLToPath } from 'node:url';
import { startHost } from '../../dev/host/host.mjs';

export const FIXTURE = fileURLToPath(new URL('./fixture-app', import.meta.url));
export const START = Date.UTC(2026, 10, 22, 9);

/** A host in memory around the fixture, stopped when the test ends. */
export async function hostFor(t, options = {}) {
  const host = await startHost({ appDir: FIXTURE, workers: 2, ...options });
  t.after(() => host.stop());
  return host;
}

/** Calls a definition of the fixture's resolver and answers its value, or throws its error as `{ name, code, message }`. */
export async function value(host, key, payload, how) {
  const answer = await host.invoke(key, payload, how);
  if (answer?.error) throw Object.assign(new Error(answer.error.message), answer.error);
  // A value of undefined does not cross the wire: what is left is an empty object.
  return answer && Object.keys(answer).length <= 1 && ('value' in answer || Object.keys(answer).length === 0) ? answer.value : answer;
}

export const kvs = (host, act, ...args) => value(host, 'kvs', { act, args });
export const entity = (host, act, ...args) => value(host, 'entity', { name: 'job', act, args });
export const product = (host, call, how) => value(host, 'product', call, how);
export const body = (answer) => (answer.text ? JSON.parse(answer.text) : undefined);
