// Stands in for Forge's bridge in the browser: answers every call of the page from `world.js`, by the scenario in the address.
// It has no rules of the product; each scenario is a set of answers. `?s=name` chooses one, `theme=dark`, `locale=de`, `slow=ms` vary it.
(() => {
  const query = new URLSearchParams(location.search);
  const scenario = query.get('s') ?? 'default';
  const { hits, many, spaces, space, claims, newRows, updateRows, extract, vertex, own, hours, page, issue } = globalThis.world;
  const is = (...names) => names.includes(scenario);
  const ok = (view) => ({ type: 'ok', view });
  const refused = (code, params) => ({ type: 'refused', code, params });
  const fault = (code) => ({ type: 'fault', code });
  const standsIn = { ...own, model: 'gpt-6-sol', region: 'eu', host: 'eu.api.openai.com' };
  const usesModel = is('model-fallback', 'model-stood-in', 'model', 'waiting', 'model-failed', 'many', 'published-model', 'barred', 'not-sent', 'seen-changed');
  const route = usesModel ? (is('barred') ? { ...vertex, refusal: 'no-route' } : vertex) : extract;
  const isUpdate = is('update', 'stale', 'unknown', 'conflict', 'conflict-impossible', 'expired', 'published', 'published-model', 'opened-page');
  const told = [];
  let polls = 0;
  let published = 0;
  let leftOut = null;

  const sources = (is('many') ? many : hits.slice(0, 4)).map((hit, at) => ({ kind: hit.kind, id: hit.id, key: hit.key, title: hit.title, url: hit.url, updated: hit.updated, state: 'read', excerpts: 3 + (at % 4), ...(is('partial') && at === 3 ? { state: 'failed', code: 'no-permission', excerpts: 0 } : {}) }));
  const card = (id, state, age, more = {}) => ({ id, state, useCase: 'page', title: 'Payments 2.4 release notes', createdAt: hours(age + 1), updatedAt: hours(age), engine: 'extract', sources: 4, ...more });
  const pageUrl = 'https://example.atlassian.net/wiki/spaces/REL/pages/9001';
  const rows = () => (isUpdate ? updateRows : newRows).map((row) => (row.id && leftOut ? { ...row, leftOut: leftOut.includes(row.id) } : row));
  const count = (all, kind) => all.filter((row) => row.kind === kind && !row.leftOut).length;
  const summary = (all) => Object.fromEntries(['added', 'removed', 'changed', 'moved'].map((kind) => [kind, count(all, kind)]));
  const base = () => (is('stale') && published ? 8 : 7);
  const review = () => ({ hash: `hash-${leftOut ?? ''}-${base()}`, title: isUpdate ? 'Payments 2.3 release notes' : 'Payments 2.4 release notes', baseVersion: isUpdate ? base() : null, nextVersion: isUpdate ? base() + 1 : 1, message: `Quillgate: from PAY-412, PAY-408, PAY-397 and 1 page${route.leaves ? ` (${vertex.model})` : ' (extract, no model)'}`, approveBy: Date.now() + (is('expired') ? -1000 : 23 * 3600e3), rows: rows(), summary: summary(rows()), leftOut: rows().filter((row) => row.leftOut).map((row) => row.id) });
  const job = (state, more = {}) => ({ ...card('j1', state, 0), useCase: isUpdate ? 'update' : 'page', engine: route.leaves ? 'route' : 'extract', title: isUpdate ? 'Payments 2.3 release notes' : 'Payments 2.4 release notes', route, target: isUpdate ? { type: 'page', pageId: '9001', title: 'Payments 2.3 release notes', spaceName: space.name, version: 7 } : { type: 'new', spaceId: space.id, spaceName: space.name, title: 'Payments 2.4 release notes' }, sourceList: sources, sources: sources.length, ...(is('model-stood-in') ? { fallbacks: [standsIn], answered: standsIn } : {}), masked: route.leaves ? [{ kind: 'person', count: 12 }, { kind: 'email', count: 4 }, { kind: 'phone', count: 2 }] : [], claims, ...more });
  let seen;
  const reviewed = () => job('review', { review: review(), ...(seen ? { previewed: is('seen-changed') ? 'changed' : 'same' } : {}) });
  const done = (more = {}) => job('published', { review: review(), url: pageUrl, pageId: '9001', version: review().nextVersion, published: { version: review().nextVersion, pageId: '9001', url: pageUrl, at: hours(0), message: review().message }, ...more });
  const conflict = () => ({ hash: 'hash-conflict', currentVersion: 9, by: 'Robin Example', rows: updateRows.map((row) => (row.kind === 'added' ? { ...row, kind: 'removed', before: row.after, after: undefined } : row)).filter((row) => row.id !== 'u5'), summary: { added: 1, removed: 1, changed: 1, moved: 0 }, possible: !is('conflict-impossible') });

  /** A draft under way: first the sources one by one, then the stages. */
  function going() {
    polls += 1;
    const total = sources.length;
    const read = Math.min(total, polls);
    if (is('reading')) return job('reading', { stage: { name: 'reading', done: 2, total }, sourceList: sources.map((source, at) => (at < 2 ? source : { ...source, state: 'waiting', excerpts: 0 })) });
    if (is('waiting')) return job('drafting', { stage: { name: 'waiting', done: 0, total: 0 } });
    if (is('model-failed')) return job('failed', { problem: { code: 'model-auth' } });
    if (is('not-sent')) return job('failed', { problem: { code: 'not-sent' } });
    if (polls <= total) return job('reading', { stage: { name: 'reading', done: read, total }, sourceList: sources.map((source, at) => (at < read ? source : { ...source, state: 'waiting', excerpts: 0 })) });
    if (polls === total + 1 && route.leaves) return job('drafting', { stage: { name: 'masking', done: 37, total: 37 } });
    if (polls <= total + 2) return job('drafting', { stage: { name: 'checking', done: 2, total: 4 } });
    return reviewed();
  }

  const jobs = is('jobs-empty', 'empty') ? [] : [card('j1', 'review', 1), card('j2', 'published', 3, { version: 8, url: pageUrl, pageId: '9001', useCase: 'update' }), card('j3', 'drafting', 4, { title: hits[9].title }), card('j4', 'failed', 27, { engine: 'route' }), card('j5', 'reverted', 29, { version: 5, url: pageUrl, pageId: '9001' }), card('j6', 'discarded', 52, { title: hits[8].title })];
  const opened = is('filled') ? hits[0] : is('opened-page') ? page('9001', 'Payments 2.3 release notes', 26) : undefined;
  const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'PAY-412: Reported by [PERSON_1] ([EMAIL_1]), call back on [PHONE_1]. [PERSON_1.b] says: captures that fail with a timeout are retried five times.' }] }], generationConfig: { temperature: 0 } }, null, 2);

  const answers = {
    'studio.open': () => (is('open-fault') ? fault('storage-unavailable') : is('no-permission') ? refused('no-permission') : ok({ product: 'jira', siteUrl: 'https://example.atlassian.net', accountId: 'a1', opened, useCases: ['page', 'update'], route, routes: usesModel || is('default') ? [extract, ...(usesModel ? [route] : [])] : [extract], jobs: is('waiting-drafts') ? jobs : [], languages: ['source', 'en', 'de', 'fr', 'es', 'it', 'ru'], limits: { maxSources: is('many') ? 40 : 10 }, ...(is('model-fallback') ? { fallbacks: [standsIn] } : {}) })),
    ...globalThis.fakeSearch({ is, ok, refused, fault, scenario }),
    ...globalThis.fakeMasking({ is, ok, refused, fault }),
    ...globalThis.fakeModelsRules({ is, ok, refused, fault }),
    'targets.search': ({ text }) => ok({ spaces: spaces.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())), pages: hits.filter((hit) => hit.kind === 'page' && hit.title.toLowerCase().includes(text.toLowerCase())).map((hit) => ({ id: hit.id, title: hit.title, space, updated: hit.updated })) }),
    'draft.preview': () => ok({ route, request: { method: 'POST', url: `https://${vertex.host}/v1/projects/quillgate/locations/eu/publishers/google/models/gemini-2.5-pro:generateContent`, body, digest: 'd1'.repeat(32) }, masked: [{ kind: 'person', count: 1 }, { kind: 'email', count: 1 }, { kind: 'phone', count: 1 }], excerpts: 14, inputTokens: 3210, left: [{ ref: { kind: 'issue', id: 'PAY-380' }, reason: 'budget' }] }),
    'draft.start': ({ previewed }) => {
      seen = previewed;
      return is('start-refused') ? refused('title-taken', { field: 'title' }) : is('start-fault') ? fault('storage-unavailable') : ok(job('reading', { stage: { name: 'reading', done: 0, total: sources.length }, sourceList: sources.map((source) => ({ ...source, state: 'waiting', excerpts: 0 })) }));
    },
    'draft.continue': () => ok(going()),
    'draft.cancel': () => ok(job('discarded')),
    'job.get': () => (is('unknown-job') ? refused('not-found') : is('published', 'published-model', 'conflict', 'conflict-impossible') ? ok(done()) : is('reading', 'waiting', 'model-failed', 'not-sent') || polls ? ok(polls > sources.length ? reviewed() : going()) : is('unknown') && published ? ok(done()) : ok(reviewed())),
    'review.choose': (fields) => ((leftOut = fields.leftOut), ok(reviewed())),
    publish() {
      published += 1;
      if (is('stale') && published === 1) return refused('stale');
      if (is('unknown')) return ok(job('publishing', { review: review(), problem: { code: 'unknown-outcome' } }));
      return is('publish-fault') ? fault('product-unavailable') : ok(done());
    },
    'publish.resume': () => ok(done()),
    revert: ({ hash }) => (is('conflict', 'conflict-impossible') && !hash ? ok(done({ conflict: conflict() })) : ok({ ...done(), state: 'reverted' })),
    'job.list': () => (is('history-fault') ? fault('storage-unavailable') : ok({ jobs })),
    history: ({ pageId }) => ok({ page: { id: pageId, title: 'Payments 2.3 release notes', version: 8, url: pageUrl }, jobs: jobs.filter((one) => one.pageId === pageId) }),
    'issue.extract': () => (is('panel-fault') ? fault('product-unavailable') : ok({ issue: hits[0], sentences: is('panel-empty') ? [] : [...claims.slice(0, 3), ...claims.slice(0, 3), ...claims.slice(0, 2)].map((claim, at) => ({ text: claim.quote, field: at < 4 ? 'description' : 'comment', start: at * 100, end: at * 100 + 80, spot: { field: at < 4 ? 'description' : 'comment', ...(at < 4 ? { heading: ['What we see'] } : {}), blocks: { first: at, last: at }, url: `https://example.atlassian.net/browse/PAY-412${at < 4 ? '' : '?focusedCommentId=10042'}` } })), ...(is('panel-findings') ? { findings: { EMAIL: 2, PHONE: 1, PERSON: 3, SECRET: 1 } } : is('panel-findings-none') ? { findings: {} } : {}) })),
    ...globalThis.fakeModels({ is, ok, refused, fault, query }),
  };

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  async function invoke({ functionKey, payload }) {
    if (functionKey !== 'call') throw new Error(`Resolver has no definition for '${functionKey}'.`);
    told.push(payload);
    await pause(Number(query.get('slow') ?? 20));
    if (is('offline')) throw new Error('Network request timed out');
    return answers[payload.type](payload);
  }
  const theme = query.get('theme');
  const place = { location: { pathname: query.get('at') ?? '/' }, told: [], listen(tell) { this.told.push(tell); return () => {}; }, push(path) { this.location = { pathname: path }; this.told.forEach((tell) => tell(this.location)); } };
  const heard = new Map();
  const context = { accountId: 'a1', cloudId: 'c1', locale: query.get('locale') ?? 'en-US', timezone: 'Europe/Berlin', siteUrl: 'https://example.atlassian.net', moduleKey: 'quillgate-studio-jira', theme: theme ? { colorMode: theme } : null, extension: { issue: { key: 'PAY-412' } } };
  const commands = {
    invoke,
    getContext: async () => structuredClone(context),
    createHistory: async () => place,
    enableTheming: async () => true,
    navigate: async (data) => { told.push(data); },
    getUrl: async () => 'https://example.atlassian.net/jira/apps/quillgate',
    openModal: async () => true,
    subscribeRealtimeChannel: async ({ channelName, onEvent }) => {
      heard.set(channelName, onEvent);
      return { unsubscribe: async () => void heard.delete(channelName) };
    },
    __permission__egressSet: async (data) => { if (query.get('deny')) throw new Error('denied'); told.push({ type: 'egress', ...data }); return { results: [] }; },
    __permission__egressDeleteGroup: async (data) => { told.push({ type: 'egress-gone', ...data }); },
  };
  globalThis.__told = told;
  globalThis.__place = place;
  globalThis.__signal = (channel) => heard.get(channel)?.('');
  globalThis.__heard = heard;
  globalThis.__bridge = { callBridge: (name, data) => (commands[name] ? commands[name](data) : Promise.reject(new Error(`no ${name}`))) };
})();
