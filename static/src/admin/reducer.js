// @ts-check
// The admin page's state: the server's view, the act under way, the last test, and a problem per act so that it shows where it happened.

export const initial = { status: 'loading', view: null, problem: null, act: null, test: null, problems: {} };

const ACTS = {
  opened: (state, { view }) => ({ ...state, status: 'ready', view }),
  failed: (state, { problem }) => ({ ...state, status: 'failed', problem }),
  retry: () => initial,
  begin: (state, { act }) => ({ ...state, act, test: act === 'mode' ? state.test : null, problems: { ...state.problems, [act]: undefined } }),
  done: (state, { view }) => ({ ...state, act: null, view, test: view.test ?? state.test }),
  refused: (state, { act, problem }) => ({ ...state, act: null, problems: { ...state.problems, [act]: problem } }),
};

export const reduce = (state, action) => ACTS[action.type](state, action);

/** What was pasted, without the blanks and line ends that come with it. Keys hold no inner blanks; a service account's JSON does. */
export function trimKey(text) {
  const key = text.trim();
  return key.startsWith('{') ? key : key.replace(/\s+/g, '');
}

/** The host of an endpoint, or null while it is not an https address. */
export function hostOf(endpoint) {
  try {
    const url = new URL(endpoint.trim());
    return url.protocol === 'https:' ? url.host : null;
  } catch {
    return null;
  }
}
