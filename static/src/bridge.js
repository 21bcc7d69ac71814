// @ts-check
// The one file that knows @forge/bridge: calls to the app's function and its signals, the host's context, navigation, theme and egress
// consent.
// It holds no state and no business rule; what an answer means is the page's matter.
import { invoke, Modal, permissions, realtime, router, view } from '@forge/bridge';

const RESOLVER = 'call';
/** Keys of manifest.yml: the Studio's module in each product, and the resource it is served from. */
const STUDIO = { module: { jira: 'studio-jira', confluence: 'studio-confluence' }, resource: 'studio' };

/** A policy or a rule said no. Nothing was done; `code` says which. */
export class Refused extends Error {
  constructor(code, params = {}) {
    super(code);
    this.kind = 'refused';
    this.code = code;
    this.params = params;
  }
}

/** Something that should not happen did. */
export class Fault extends Error {
  constructor(code) {
    super(code);
    this.kind = 'fault';
    this.code = code;
    this.params = {};
  }
}

/** Calls the app's function and returns the view; throws `Refused` or `Fault`. */
export async function call(type, fields = {}) {
  let answer;
  try {
    answer = /** @type {any} */ (await invoke(RESOLVER, { ...fields, type }));
  } catch (error) {
    throw new Fault(codeOf(error));
  }
  if (answer?.type === 'ok') return answer.view;
  if (answer?.type === 'refused') throw new Refused(answer.code, answer.params);
  throw new Fault(answer?.code ?? 'internal');
}

function codeOf(error) {
  if (globalThis.navigator?.onLine === false) return 'offline';
  return /tim(ed|e).?out/i.test(String(error?.message ?? error)) ? 'deadline' : 'internal';
}

export const context = () => view.getContext();

/**
 * Calls `onSignal` when the app says that a channel moved, which is all it says. Answers how to stop listening.
 * A host without the feature never calls; whoever listens asks by itself too, now and then.
 */
export function listen(channel, onSignal) {
  const subscription = Promise.resolve()
    .then(() => realtime.subscribeGlobal(channel, () => onSignal()))
    .catch(() => null);
  return () => void subscription.then((one) => one?.unsubscribe()).catch(() => {});
}

/** Asks the host to tell this frame its theme. Hosts without the feature answer false or throw: the page then follows the system. */
export const enableTheme = () => Promise.resolve(view.theme.enable()).catch(() => {});

/** Opens an address of the product in a new tab. Only http(s) and paths of the site are addresses. */
export function open(url) {
  return Promise.resolve(router.open(url)).catch(() => {});
}

/** The place inside the page, kept in the host's address where the module has one, else in memory. */
export async function places() {
  try {
    const history = /** @type {any} */ (await view.createHistory());
    const read = () => history.location.hash?.replace(/^#/, '') || history.location.pathname || '/';
    read();
    return { read, go: (path) => history.push(path), listen: (onPlace) => history.listen((location) => onPlace(location.hash?.replace(/^#/, '') || location.pathname || '/')) };
  } catch {
    return inMemory();
  }
}

function inMemory() {
  let now = globalThis.location?.hash?.replace(/^#/, '') || '/';
  const listeners = new Set();
  return {
    read: () => now,
    go(path) {
      now = path;
      for (const tell of listeners) tell(path);
    },
    listen(onPlace) {
      listeners.add(onPlace);
      return () => listeners.delete(onPlace);
    },
  };
}

/** Opens the Studio filled in: at its own address when the host can name it, else as a full-size dialog over this page. */
export async function openStudio(product, kind, id) {
  try {
    const url = await router.getUrl({ target: 'module', moduleKey: STUDIO.module[product] });
    url.hash = `/from/${kind}/${encodeURIComponent(id)}`;
    await router.navigate(url.href);
  } catch {
    await new Modal({ resource: STUDIO.resource, size: 'max', context: { from: { kind, id } } }).open();
  }
}

/** A host has a group of its own, so that allowing one takes no other away. */
const groupOf = (host) => `model-${host.replace(/[^a-z0-9]+/gi, '-')}`;

/**
 * Asks the admin, in the host's own dialog, to let the app reach one host of theirs (customer-managed egress).
 * Returns false when they said no or the host cannot ask.
 */
export async function allowHost(domain, description) {
  try {
    const answer = await permissions.egress.set({ egresses: [{ key: groupOf(domain), description, configured: [{ domain, type: /** @type {any} */ (['FETCH_BACKEND_SIDE']) }] }] });
    return Boolean(answer);
  } catch {
    return false;
  }
}

/** Takes such a permission back. A host that cannot leaves it to the admin, who finds it in Atlassian's own settings. */
export async function forgetHost(domain) {
  try {
    await permissions.egress.deleteGroup({ key: groupOf(domain) });
  } catch {
    // Nothing is sent there any more, whether it may be or not.
  }
}
