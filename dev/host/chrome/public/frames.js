// The product's side of @forge/bridge: makes the app's frames, answers what a product answers (navigation, flags, modals, history, theme) and
// hands the rest to the host. A message counts only if it comes from a frame made here, and from the app's origin.
import { colorMode, el, post } from './dom.js';
import { ask, closeFlag, openModal, showFlag } from './overlay.js';

const APP_ORIGIN = document.body.dataset.appOrigin;
const BASE = document.body.dataset.base;
const frames = new Map();
const listeners = new Map();

for (const place of document.querySelectorAll('.app-frame')) attach(place, { id: place.dataset.frame, src: place.dataset.src, title: place.dataset.title, kind: place.dataset.kind });

function attach(place, { id, src, title, kind, onClose }) {
  const iframe = el('iframe', { src, title, allow: 'clipboard-write' });
  const frame = { id, iframe, kind, place, onClose, closeListeners: [], historyListener: null };
  frames.set(id, frame);
  iframe.addEventListener('load', () => place.classList.add('loaded'));
  place.append(iframe);
  return frame;
}

function detach(frame) {
  frames.delete(frame.id);
  frame.iframe.remove();
}

window.addEventListener('message', async ({ data, origin, source }) => {
  if (origin !== APP_ORIGIN || !data?.quillgate) return;
  const frame = [...frames.values()].find((entry) => entry.iframe.contentWindow === source);
  if (!frame) return;
  if (data.type === 'size' && frame.kind !== 'page-fixed') resize(frame, data.height);
  if (data.type === 'escape') frame.escape?.();
  if (data.type !== 'call') return;
  try {
    const value = await answer(frame, data.command, revive(frame, data.data));
    reply(frame, { type: 'reply', id: data.id, value });
  } catch (error) {
    reply(frame, { type: 'reply', id: data.id, error: { message: error.message, name: error.name } });
  }
});

function reply(frame, message) {
  frame.iframe.contentWindow?.postMessage({ quillgate: true, ...message }, APP_ORIGIN);
}

// Functions of the page arrive as numbers; calling one here calls it there.
function revive(frame, value) {
  if (Array.isArray(value)) return value.map((item) => revive(frame, item));
  if (!value || typeof value !== 'object') return value;
  if ('__callback' in value) return (...args) => reply(frame, { type: 'callback', id: value.__callback, args });
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, revive(frame, item)]));
}

function resize(frame, height) {
  if (frame.kind === 'panel') frame.iframe.style.height = `${Math.max(40, height)}px`;
  if (frame.kind === 'page') frame.iframe.style.height = `max(100%, ${height}px)`;
  if (frame.kind === 'modal') frame.iframe.style.height = `${Math.max(120, height)}px`;
}

async function answer(frame, command, data) {
  const act = COMMANDS[command];
  if (act) return act(frame, data ?? {});
  const result = await post('bridge', { frame: frame.id, command, data });
  if (result.error) throw Object.assign(new Error(result.error.message), { name: result.error.name });
  return result.value;
}

const COMMANDS = {
  theme: () => theme(),
  getContext: async (frame) => ({ ...(await hostCall(frame, 'getContext')), theme: theme(), surfaceColor: null }),
  navigate: (_, location) => navigate(location),
  getUrl: async (_, location) => new URL(await address(location), window.location.origin).href,
  reload: () => window.location.reload(),
  refresh: () => window.location.reload(),
  open: () => false,
  close: (frame, payload) => closeFrame(frame, payload),
  submit: (frame, payload) => closeFrame(frame, payload),
  onClose: (frame, callback) => { frame.closeListeners.push(callback); return true; },
  showFlag: (_, flag) => { showFlag(flag); return true; },
  closeFlag: (_, { id }) => { closeFlag(id); return true; },
  openModal: (frame, options) => modalOf(frame, options),
  emit: (_, { event, payload }) => emit(event, payload),
  emitPublic: (_, { event, payload }) => emit(`public:${event}`, payload),
  on: (_, { event, callback }) => listen(event, callback),
  onPublic: (_, { event, callback }) => listen(`public:${event}`, callback),
  emitReadyEvent: () => true,
  changeWindowTitle: (_, title) => { document.title = String(title); },
  history: (frame, asked) => history(frame, asked),
  getFrameId: (frame) => frame.id,
  isRovoEnabled: () => false,
  subscribeRealtimeChannel: (frame, { onEvent, ...asked }) => subscribe(frame, asked, onEvent),
  __permission__egressSet: async (frame, data) => {
    const hosts = (data.egresses ?? []).flatMap((group) => group.configured.map((entry) => entry.domain));
    const context = await hostCall(frame, 'getContext');
    const agreed = await ask({
      title: 'Let the app send data to these addresses?',
      yes: 'Allow',
      body: el('div', {}, el('p', {}, 'The app asks to reach addresses that are not in its own list. Allow them only if you know who runs them.'), el('ul', { class: 'hosts' }, hosts.map((host) => el('li', {}, el('code', {}, host)))), el('p', { class: 'faint' }, `Asked by ${context.moduleKey}. An admin can take it back in the Network panel below.`)),
    });
    if (!agreed) throw new Error('The admin did not allow these addresses.');
    return hostCall(frame, '__permission__egressSet', data);
  },
};

async function hostCall(frame, command, data) {
  const result = await post('bridge', { frame: frame.id, command, data });
  if (result.error) throw Object.assign(new Error(result.error.message), { name: result.error.name });
  return result.value;
}

// A subscription asks for its events again and again; each question is answered when there are some, or after a while.
async function subscribe(frame, asked, onEvent) {
  const id = await hostCall(frame, 'subscribeRealtimeChannel', asked);
  const follow = async () => {
    while (frames.has(frame.id)) {
      const events = await hostCall(frame, 'nextRealtimeEvents', { id });
      if (!events) return;
      events.forEach((event) => onEvent(event));
    }
    await hostCall(frame, 'unsubscribeRealtimeChannel', { id });
  };
  // A host that was stopped tells nobody anything more.
  follow().catch(() => {});
  return id;
}

function theme() {
  return { colorMode: colorMode(), light: 'light', dark: 'dark', spacing: 'spacing', typography: 'typography', shape: 'shape' };
}

export function themeChanged() {
  for (const frame of frames.values()) reply(frame, { type: 'theme', value: theme() });
}

// Addresses of the site, of Atlassian's cloud or of this host lead to this host's screens; everything else opens in a new tab.
async function address({ url, target, ...to }) {
  if (url !== undefined) return url;
  switch (target) {
    case 'issue': return `/browse/${to.issueKey}`;
    case 'contentView': case 'contentEdit': return `/wiki/pages/viewpage.action?pageId=${to.contentId}`;
    case 'spaceView': case 'contentList': return `/wiki/spaces/${to.spaceKey}`;
    case 'projectSettingsDetails': return `/jira/projects/${to.projectKey}`;
    case 'module': {
      const { url: found } = await post('module/url', { module: to.moduleKey });
      if (!found) throw new Error(`The app has no page with the module key ${to.moduleKey}.`);
      return found + (to.path ? `/${String(to.path).replace(/^\/+/, '')}` : '');
    }
    default: return '/';
  }
}

async function navigate(location) {
  const url = new URL(await address(location), window.location.origin);
  const ours = url.origin === window.location.origin || url.hostname.endsWith('.atlassian.net');
  if (!/^https?:$/.test(url.protocol)) throw new Error('This address cannot be opened.');
  if (ours && location.type !== 'new-tab') window.location.assign(url.pathname + url.search + url.hash);
  else if (ours) window.open(url.pathname + url.search + url.hash, '_blank', 'noopener');
  else if (await ask({ title: 'Leave for another site?', body: el('p', {}, 'The app wants to open ', el('code', {}, url.href)), yes: 'Open in a new tab' })) window.open(url.href, '_blank', 'noopener');
  return true;
}

function closeFrame(frame, payload) {
  for (const callback of frame.closeListeners) callback(payload);
  if (!frame.modal) return false;
  frame.modal.close(payload);
  return true;
}

async function modalOf(frame, { resource, context, size, title, onClose, closeOnEscape, closeOnOverlayClick }) {
  const opened = await post('frame/modal', { frame: frame.id, resource: resource ?? undefined, context });
  showFrameModal({ ...opened, title, size, onClose, closeOnEscape, closeOnOverlayClick });
  return true;
}

function showFrameModal({ id, src, title, size, onClose, closeOnEscape, closeOnOverlayClick }) {
  const place = el('div', { class: 'app-frame app-modal' });
  const inner = attach(place, { id, src, title: title || 'App', kind: 'modal' });
  inner.modal = openModal({ content: place, title, size, closeOnEscape, closeOnOverlayClick, onClose: (value) => { detach(inner); onClose?.(value); } });
  inner.escape = () => { if (closeOnEscape !== false) inner.modal.close(); };
}

function emit(event, payload) {
  for (const callback of listeners.get(event) ?? []) callback(payload);
}

function listen(event, callback) {
  if (!listeners.has(event)) listeners.set(event, []);
  listeners.get(event).push(callback);
  return true;
}

// An app's own addresses live behind its page's: /wiki/apps/<app>/<environment>/<module>/<the app's path>.
function here() {
  const { pathname, search, hash } = window.location;
  return { pathname: (BASE && pathname.startsWith(BASE) ? pathname.slice(BASE.length) : '') || '/', search, hash, state: window.history.state ?? undefined, key: '' };
}

function history(frame, { act, location, steps, callback }) {
  if (act === 'listen') frame.historyListener = callback;
  if (act === 'go') window.history.go(steps);
  if (act === 'PUSH' || act === 'REPLACE') {
    const url = `${BASE}${location.pathname === '/' ? '' : location.pathname}${location.search}${location.hash}`;
    window.history[act === 'PUSH' ? 'pushState' : 'replaceState'](location.state ?? null, '', url);
  }
  return { location: here() };
}

window.addEventListener('popstate', () => {
  for (const frame of frames.values()) frame.historyListener?.(here());
});

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-act="open-module"]');
  if (!button) return;
  button.closest('details')?.removeAttribute('open');
  const { module, page, issue } = button.dataset;
  const opened = await post('module/open', { module, page, issue });
  showFrameModal({ ...opened, size: opened.size ?? 'xlarge' });
});
