// The page's side of @forge/bridge: `__bridge.callBridge(command, data)` over messages to the frame around it.
// It runs before the app's own script and holds no right: the chrome and the host behind it decide.
(() => {
  const CHROME = '__CHROME_ORIGIN__';
  const waiting = new Map();
  const callbacks = new Map();
  let next = 1;

  const send = (message) => window.parent.postMessage({ quillgate: true, ...message }, CHROME);

  // Functions stay here; the chrome gets their number and calls back.
  function pack(value) {
    if (typeof value === 'function') {
      const id = next++;
      callbacks.set(id, value);
      return { __callback: id };
    }
    if (Array.isArray(value)) return value.map(pack);
    if (value && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
    }
    return value;
  }

  function call(command, data) {
    const id = next++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ type: 'call', id, command, data: pack(data) });
    });
  }

  window.addEventListener('message', (event) => {
    if (event.origin !== CHROME || event.source !== window.parent || !event.data?.quillgate) return;
    const { type, id, value, error, args } = event.data;
    if (type === 'reply') {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) call?.resolve(value);
      else call?.reject(Object.assign(new Error(error.message), error.name ? { name: error.name } : {}));
    } else if (type === 'callback') {
      callbacks.get(id)?.(...args);
    } else if (type === 'theme') {
      if (themed) paint(value);
    }
  });

  let themed = false;
  function paint(theme) {
    const root = document.documentElement;
    root.setAttribute('data-color-mode', theme.colorMode);
    if (!root.hasAttribute('data-theme')) root.setAttribute('data-theme', 'light:light dark:dark spacing:spacing typography:typography');
    root.style.colorScheme = theme.colorMode;
  }

  // The `history` package's object, as Forge's full pages get it; the chrome keeps the address bar in step.
  async function createHistory() {
    const listeners = new Set();
    const start = await call('history', { act: 'start' });
    const history = {
      action: 'POP',
      location: start.location,
      get length() { return window.history.length; },
      listen(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      createHref: ({ pathname = '', search = '', hash = '' }) => pathname + search + hash,
      push: (to, state) => move('PUSH', to, state),
      replace: (to, state) => move('REPLACE', to, state),
      go: (steps) => call('history', { act: 'go', steps }),
      goBack: () => history.go(-1),
      goForward: () => history.go(1),
      block: () => () => {},
    };
    function settle(action, location) {
      history.action = action;
      history.location = location;
      for (const listener of listeners) listener(location, action);
    }
    function move(action, to, state) {
      const base = new URL(history.location.pathname + history.location.search, 'http://page.invalid');
      const url = new URL(typeof to === 'string' ? to : history.createHref({ ...history.location, search: '', hash: '', ...to }), base);
      const location = { pathname: url.pathname, search: url.search, hash: url.hash, state, key: String(next++) };
      call('history', { act: action, location });
      settle(action, location);
    }
    await call('history', { act: 'listen', callback: (location) => settle('POP', location) });
    return history;
  }

  const local = {
    createHistory,
    async enableTheming() {
      themed = true;
      paint(await call('theme'));
    },
    // Forge answers with an object of functions, which no message carries.
    async subscribeRealtimeChannel(data) {
      const id = await call('subscribeRealtimeChannel', data);
      return { unsubscribe: () => call('unsubscribeRealtimeChannel', { id }) };
    },
  };

  globalThis.__bridge = { callBridge: (command, data) => (local[command] ? local[command](data) : call(command, data)) };

  // The frame around grows and shrinks with the page, as Forge's does. What counts is the content: many pages give <body> the frame's height.
  function contentHeight() {
    const { marginBottom, paddingBottom } = getComputedStyle(document.body);
    const bottoms = [...document.body.children].map((child) => child.getBoundingClientRect().bottom + parseFloat(getComputedStyle(child).marginBottom));
    return Math.ceil(Math.max(0, ...bottoms) + window.scrollY + parseFloat(paddingBottom) + parseFloat(marginBottom));
  }
  window.addEventListener('DOMContentLoaded', () => {
    const tell = () => send({ type: 'size', height: contentHeight() });
    const sizes = new ResizeObserver(tell);
    const watch = () => {
      sizes.disconnect();
      for (const element of [document.body, ...document.body.children]) sizes.observe(element);
    };
    new MutationObserver(watch).observe(document.body, { childList: true });
    watch();
  });
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') send({ type: 'escape' });
  });
})();
