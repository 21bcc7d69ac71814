// What Forge's Node runtime gives an app: `__forge_fetch__`, `__forge_runtime__` and a `fetch` that leaves through the host.
// It decides nothing; every call goes over IPC to the host, which enforces. Install it before the app's first module loads.
import { AsyncLocalStorage } from 'node:async_hooks';
import dgram from 'node:dgram';
import net from 'node:net';

const invocations = new AsyncLocalStorage();
const waiting = new Map();
let nextCall = 1;
let offset = 0;

/** Runs `act` as one invocation: the runtime object is readable inside it and nowhere else. */
export function invoking(runtime, act) {
  const lambdaContext = { awsRequestId: runtime.appContext.invocationId, getRemainingTimeInMillis: () => Math.max(0, runtime.endsAt - RealDate.now()) };
  return invocations.run({ ...runtime, lambdaContext, metrics, featureFlags: () => false }, act);
}

/** The site's clock runs ahead of the machine's by this much; the app's `Date` shows the site's. */
export function moveClock(ms) {
  offset = ms;
}

/** Hands the host's reply to the call that waits for it. */
export function settle({ id, failed, ...reply }) {
  const call = waiting.get(id);
  waiting.delete(id);
  if (!call) return;
  if (failed) call.reject(Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(failed), { code: failed }) }));
  else call.resolve(reply);
}

const RealDate = Date;
const timer = { measure: () => ({ stop() {} }) };
const counter = { incr() {}, incrBy() {}, decr() {}, decrBy() {} };
const metrics = { counter: () => counter, timing: () => timer, gauge: () => ({ set() {} }) };

function ask(kind, request) {
  const id = nextCall++;
  const invocation = invocations.getStore()?.appContext.invocationId;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    process.send({ type: 'rpc', id, invocation, kind, ...request });
  });
}

function toResponse({ status, statusText, headers, body, url, redirected }) {
  const empty = status === 204 || status === 205 || status === 304;
  const response = new Response(empty ? null : body, { status, statusText, headers });
  if (url) Object.defineProperties(response, { url: { value: url }, redirected: { value: Boolean(redirected) } });
  return response;
}

async function bytesOf(body) {
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') return body;
  return new Uint8Array(await new Response(body).arrayBuffer());
}

async function forgeFetch(desc, path, init = {}) {
  const headers = [...new Headers(init.headers ?? {})];
  return toResponse(await ask('forge', { desc, path: String(path), method: (init.method ?? 'GET').toUpperCase(), headers, body: await bytesOf(init.body) }));
}

async function egressFetch(input, init) {
  const request = new Request(input, init);
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  const answer = ask('fetch', { url: request.url, method: request.method, headers: [...request.headers], redirect: request.redirect, body });
  return toResponse(await unlessAborted(answer, request.signal));
}

function unlessAborted(answer, signal) {
  if (!signal) return answer;
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

// A function on Forge reaches the network through the runtime's proxy only, so a raw socket is refused here too.
function refuseSockets() {
  net.Socket.prototype.connect = function refuse() {
    throw Object.assign(new Error('A Forge function has no direct network: use fetch'), { code: 'ENETUNREACH' });
  };
  dgram.createSocket = net.Socket.prototype.connect;
}

function installDate() {
  const now = () => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget === globalThis.Date ? target : newTarget),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}

/** Puts the globals in place. */
export function installRuntime() {
  installDate();
  refuseSockets();
  globalThis.__forge_fetch__ = forgeFetch;
  Object.defineProperty(globalThis, '__forge_runtime__', { get: () => invocations.getStore(), configurable: true });
  globalThis.fetch = egressFetch;
}
