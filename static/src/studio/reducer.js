// @ts-check
// The Studio's state: what the writer has chosen so far, and the job once it runs.
// It holds what was chosen; whether a choice is allowed is the core's decision.

/** @typedef {{useCase: 'page'|'update', sources: any[], space: any, title: string, page: any, language: string, tone: string, engine: 'extract'|'route'}} Form */

/** @type {Form} */
const EMPTY = { useCase: 'page', sources: [], space: null, title: '', page: null, language: 'source', tone: 'neutral', engine: 'extract' };

export const initial = { status: 'loading', view: null, problem: null, form: EMPTY, about: null, step: 'sources', jobId: null };

const same = (a, b) => a.kind === b.kind && a.id === b.id;

/** What the Studio starts with when it was opened from an issue or a page. */
function filledIn(view, opened) {
  const engine = view.route.mode === 'extract' || view.route.refusal ? 'extract' : 'route';
  const form = { ...EMPTY, engine };
  if (opened?.kind === 'page') return { ...form, useCase: 'update', page: { id: opened.id, title: opened.title, space: opened.container } };
  return opened ? { ...form, sources: [opened] } : form;
}

const ACTS = {
  opened: (state, { view, opened }) => ({ ...state, status: 'ready', view, problem: null, form: filledIn(view, opened ?? view.opened), about: opened ?? view.opened ?? null }),
  failed: (state, { problem }) => ({ ...state, status: 'failed', problem }),
  retry: (state) => ({ ...state, status: 'loading', problem: null }),
  set: (state, { field, value }) => ({ ...state, form: { ...state.form, [field]: value } }),
  add(state, { hit }) {
    const { sources } = state.form;
    if (sources.some((source) => same(source, hit)) || sources.length >= state.view.limits.maxSources) return state;
    return { ...state, form: { ...state.form, sources: [...sources, hit] } };
  },
  remove: (state, { hit }) => ({ ...state, form: { ...state.form, sources: state.form.sources.filter((source) => !same(source, hit)) } }),
  step: (state, { step }) => ({ ...state, step }),
  started: (state, { jobId }) => ({ ...state, jobId, step: 'draft' }),
  /** A job changed elsewhere on this page: once it is no draft any more, the Studio lets go of it. */
  changed(state, { job }) {
    const view = { ...state.view, jobs: (state.view.jobs ?? []).map((card) => (card.id === job.id ? { ...card, state: job.state } : card)) };
    const isOver = state.jobId === job.id && job.state !== 'review';
    return isOver ? { ...state, view, jobId: null, form: filledIn(view, null), step: 'sources' } : { ...state, view };
  },
  back: (state) => ({ ...state, jobId: null }),
  again: (state) => ({ ...state, jobId: null, step: 'sources', form: filledIn(state.view, null) }),
};

export function reduce(state, action) {
  return ACTS[action.type](state, action);
}

/** The target of the contract, or null while it is not whole. */
export function targetOf(form) {
  if (form.useCase === 'update') return form.page ? { type: 'page', pageId: form.page.id } : null;
  return form.space && form.title.trim() ? { type: 'new', spaceId: form.space.id, title: form.title.trim() } : null;
}

/** What is still to be chosen, as keys of the catalogue. */
export function missingOf(form) {
  const missing = [];
  if (!form.sources.length) missing.push('need.sources');
  if (form.useCase === 'update' && !form.page) missing.push('need.page');
  if (form.useCase === 'page' && !form.space) missing.push('need.space');
  if (form.useCase === 'page' && !form.title.trim()) missing.push('need.title');
  return missing;
}

/** The fields `draft.preview` and `draft.start` share. */
export const requestOf = (form) => ({
  useCase: form.useCase,
  sources: form.sources.map(({ kind, id }) => ({ kind, id })),
  target: targetOf(form),
  language: form.engine === 'extract' ? 'source' : form.language,
  tone: form.engine === 'extract' ? 'neutral' : form.tone,
});

/** The route the chosen engine takes. */
export const routeOf = (view, form) => (form.engine === 'extract' ? view.routes.find((route) => route.mode === 'extract') ?? { mode: 'extract', keyOwner: 'none', leaves: false } : view.route);
