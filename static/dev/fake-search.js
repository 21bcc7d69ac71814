// The fake bridge's answers about search: the picker's hits with snippets and reasons, saved sets, the admin's index.
// It has no ranking and no rules of the product; the scenario chooses among answers made here.
(() => {
  const { hits, many, hours } = globalThis.world;
  const part = (text, hit = false) => ({ text, hit });
  const DETAIL = {
    'PAY-412': { snippet: [part('Captures that '), part('fail', true), part(' with a timeout are retried five times. Each '), part('capture', true), part(' waits longer than the one before.')], terms: ['capture', 'failed'], why: ['title', 'text', 'recent'], same: 2, spot: { field: 'comment', blocks: { first: 1, last: 1 }, url: 'https://example.atlassian.net/browse/PAY-412?focusedCommentId=10042' } },
    'PAY-408': { snippet: [part('The gateway answers late, so the second '), part('refund', true), part(' webhook carries the same event id and must be ignored.')], terms: ['refund'], why: ['phrase', 'text'], restricted: true },
    9001: { snippet: [part('Known problem: '), part('refunds', true), part(' may be booked twice when the gateway times out.')], terms: ['refunds'], why: ['text', 'similar'], spot: { field: 'body', heading: ['Known problems', 'Refunds'], blocks: { first: 6, last: 6 }, url: 'https://example.atlassian.net/wiki/spaces/REL/pages/9001#Refunds' } },
    'PAY-397': { snippet: [part('Add the '), part('settlement', true), part(' currency beside the total, for every locale.')], terms: ['settlement'], why: ['typo'] },
    'PAY-380': { snippet: [part('java.lang.IllegalStateException: '), part('CaptureService', true), part(' was closed while a retry waited in the queue and nobody told it to stop, which is why the log of that night is four gigabytes long.')], terms: ['captureservice'], why: ['similar'] },
  };
  const detailed = (hit) => {
    const { why, ...more } = DETAIL[hit.id] ?? {};
    return { ...hit, ...more, ...(why ? { why: why.map((code) => ({ code })) } : {}) };
  };

  const STATES = {
    'index-off': { state: 'off', containers: 0, excerpts: 0 },
    'index-empty': { state: 'empty', containers: 1, excerpts: 0, perMinute: 160 },
    'index-partial': { state: 'partial', done: 312, total: 1800, containers: 3, excerpts: 1240, perMinute: 160 },
    'index-broken': { state: 'partial', containers: 3, excerpts: 4310, perMinute: 160, partial: { code: 'unreadable' } },
    'index-refined': { state: 'ready', containers: 3, excerpts: 4310, perMinute: 160, refines: { provider: 'Google Vertex AI' } },
    'index-unavailable': { state: 'unavailable', containers: 3, excerpts: 0 },
  };
  const READY = { state: 'ready', containers: 3, excerpts: 4310, perMinute: 160 };
  const BAD = { 'updated:': ['updated', 'empty'], 'updated:soon': ['updated', 'not-a-date'], 'author:': ['author', 'empty'] };
  const FILTER = /(?<=^|\s)(-?)(project|space|type|author|updated):("[^"]*"|\S*)/giu;

  function pickerAnswers({ is, ok, refused, fault, scenario }) {
    const index = STATES[scenario] ?? READY;
    const all = is('many') ? many : hits;
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    /** Only typed searches are slow in `slow-search`; in `late` the answer for "refund" comes after the next one. */
    const search = (fields) => ((is('slow-search') && fields.text) || (is('late') && fields.text === 'refund') ? pause(is('late') ? 1200 : 60_000).then(() => answer(fields)) : answer(fields));
    function answer({ text, kinds, cursor, refine }) {
      if (is('search-fault') || (is('search-fault-later') && text)) return fault('product-unavailable');
      if (is('empty')) return ok({ hits: [], failed: [], index });
      const bad = Object.entries(BAD).find(([typed]) => text.toLowerCase().split(/\s+/).includes(typed));
      if (bad) return refused('bad-query', { field: bad[1][0], reason: bad[1][1] });
      const filters = [...text.matchAll(FILTER)];
      const words = text.replace(FILTER, ' ').toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (hit, [, not, name, value]) => (not ? !isOne(hit, name, value) : isOne(hit, name, value));
      const isOne = (hit, name, value) => (name === 'project' || name === 'space' ? hit.container.key.toLowerCase() === value.toLowerCase() : name === 'type' ? [hit.kind, hit.type].some((type) => type.toLowerCase() === value.toLowerCase()) : true);
      const found = all.map((hit) => (text ? detailed(hit) : hit)).filter((hit) => {
        const known = `${hit.key ?? ''} ${hit.title} ${(hit.snippet ?? []).map((piece) => piece.text).join('')} ${hit.id === 'PAY-397' ? 'setlement' : ''}`.toLowerCase();
        return kinds.includes(hit.kind) && words.every((word) => known.includes(word)) && filters.every((filter) => fits(hit, filter));
      });
      const shown = is('no-confluence') ? found.filter((hit) => hit.kind === 'issue') : found;
      // Found by its meaning, and better than what has the words.
      if (refine) shown.unshift(...all.filter((hit) => hit.id === 'PAY-380').map((hit) => ({ ...hit, why: [{ code: 'similar' }] })));
      return ok({ hits: cursor ? many.slice(20, 24) : shown, failed: is('no-confluence') ? ['confluence'] : [], cursor: !text && !is('many') && !cursor ? 'more' : undefined, index });
    }
    const related = ({ id }) => (is('index-off') ? refused('index-off') : ok({ hits: [hits[1], hits[2], hits[9], hits[3]].filter((hit) => hit.id !== id).slice(0, 3).map((hit) => ({ ...detailed(hit), why: [{ code: 'similar' }] })), failed: [], index }));
    return { 'sources.search': search, 'sources.related': related, ...setAnswers({ is, ok, fault }) };
  }

  function setAnswers({ is, ok, fault }) {
    const source = ({ kind, id }) => {
      const hit = [...hits, ...many].find((one) => one.kind === kind && one.id === id);
      return { kind, id, ...(hit ? { key: hit.key, title: hit.title } : {}) };
    };
    const set = (id, name, sources, age) => ({ id, name, sources: sources.map(source), savedAt: Date.now() - age * 3600e3 });
    let sets = is('sets', 'many') ? [set('s1', 'Release 2.4', [hits[0], hits[1], hits[2]], 20), set('s2', 'Weekly on-call notes with a name somebody made much too long for one line', [hits[5], { kind: 'issue', id: 'GONE-1' }], 90)] : [];
    return {
      'sets.list': () => (is('sets-fault') ? fault('storage-unavailable') : ok({ sets })),
      'sets.save': ({ name, sources }) => ((sets = [...sets, set(`s${Date.now()}`, name, sources, 0)]), ok({ sets })),
      'sets.remove': ({ id }) => ((sets = sets.filter((one) => one.id !== id)), ok({ sets })),
    };
  }

  const container = (kind, key, name, more = {}) => ({ kind, key, id: `${kind}-${key}`, name, on: false, state: 'off', done: 0, total: 0, documents: 0, excerpts: 0, bytes: 0, ...more });
  const ready = (documents, excerpts, bytes, age) => ({ on: true, state: 'ready', done: documents, total: documents, documents, excerpts, bytes, indexedAt: Date.parse(hours(age)) });
  const CONTAINERS = () => [
    container('project', 'PAY', 'Payments', { ...ready(1240, 3120, 4_812_000, 3), passed: [{ code: 'body-unread', count: 3, atLeast: false }, { code: 'document-too-large', count: 1, atLeast: false }] }),
    container('project', 'DESK', 'IT desk', { on: true, state: 'indexing', done: 312, total: 1800, documents: 312, excerpts: 804, bytes: 1_140_000, indexedAt: Date.parse(hours(0.02)) }),
    container('space', 'REL', 'Release notes', ready(86, 390, 610_000, 9)),
    container('space', 'ENG', 'Engineering handbook', { on: true, state: 'failed', code: 'no-permission', done: 40, total: 410 }),
    container('space', 'OPS', 'Operations and on-call with a rather long name that has to wrap somewhere', { on: true, state: 'waiting', total: 220 }),
    container('project', 'SEC', 'Security desk'),
    container('space', 'HR', 'الموارد البشرية'),
  ];

  function indexAnswers({ is, ok, refused, fault }) {
    let containers = is('index-none') ? CONTAINERS().map((one) => container(one.kind, one.key, one.name)) : is('index-settled') ? CONTAINERS().filter(({ state }) => state === 'ready' || state === 'off') : CONTAINERS();
    let ttlDays = 90;
    let isEmbedding = is('index-embedding');
    const sum = (field) => containers.reduce((total, one) => total + one[field], 0);
    const view = ({ text = '', cursor } = {}) => {
      // What is on is listed whatever is typed.
      const shown = containers.filter(({ key, name, on }) => on || `${key} ${name}`.toLowerCase().includes(text.toLowerCase()));
      const documents = sum('documents');
      return ok({
        containers: cursor ? Array.from({ length: 3 }, (_, at) => container('project', `OLD${at}`, `Archive ${at + 1}`)) : shown, ...(is('index-long') && !cursor ? { cursor: 'more' } : {}),
        ttlDays, totals: { documents, excerpts: sum('excerpts'), segments: documents ? 7 : 0, values: documents ? 96 : 0, bytes: sum('bytes') },
        perMinute: 160, ...(documents ? { lastQuery: { reads: 9, units: 27, bytes: 214_300 } } : {}), canEdit: !is('index-readonly'), failed: is('index-one-product') ? ['jira'] : [],
        ...(is('index-embedding-own') ? { embedding: { provider: 'OpenAI-compatible endpoint', model: isEmbedding ? 'nomic-embed-text' : '', dimensions: isEmbedding ? 768 : 0, on: isEmbedding, done: isEmbedding ? 4314 : 0, total: 4314, lacks: isEmbedding ? 12 : 0, available: true, offers: [{ provider: 'OpenAI-compatible endpoint', model: '' }], ...(isEmbedding ? { code: 'model-malformed' } : {}) } } : {}),
        ...(is('index-embedding', 'index-embedding-off') ? { embedding: { provider: 'Google Vertex AI', model: 'gemini-embedding-001', dimensions: 768, region: 'europe-west1', on: isEmbedding, done: isEmbedding ? 2210 : 0, total: 4314, lacks: 0, available: true, offers: [{ provider: 'Google Vertex AI', model: 'gemini-embedding-001', region: 'europe-west1' }] } } : {}),
        ...(is('index-embedding-other') ? { embedding: { provider: 'OpenAI', model: 'text-embedding-3-small', dimensions: 1536, route: 'r2', on: isEmbedding, done: isEmbedding ? 4314 : 0, total: 4314, lacks: 0, available: true, offers: [{ route: 'r2', name: 'Team key', provider: 'OpenAI', model: 'text-embedding-3-small', region: 'eu' }, { route: 'r3', name: '', provider: 'Google Gemini API', model: 'gemini-embedding-001' }] } } : {}),
        ...(is('index-embedding-gone') ? { embedding: { provider: 'OpenAI', model: 'text-embedding-3-small', dimensions: 1536, on: true, done: 4314, total: 4314, lacks: 0, available: false, offers: [{ route: 'r1', name: 'Team key', provider: 'OpenAI', model: 'text-embedding-3-small', region: 'eu' }] } } : {}),
      });
    };
    const change = (key, kind, more) => (containers = containers.map((one) => (one.key === key && one.kind === kind ? { ...one, ...more } : one)));
    let opened = 0;
    return {
      'index.open': (fields) => {
        opened += 1;
        // The next look: what was being indexed is further.
        if (opened > 1 && is('index-going')) change('DESK', 'project', { done: Math.min(1800, 312 + opened * 400), documents: 312 + opened * 400, ...(opened > 4 ? ready(1800, 4600, 7_100_000, 0) : {}) });
        return is('admin-only') ? refused('admin-only') : is('index-fault') ? fault('storage-unavailable') : view(fields);
      },
      'index.set': ({ kind, key, on }) => (is('index-set-fault') ? fault('storage-unavailable') : (change(key, kind, on ? { on, state: 'waiting', total: 120 } : container(kind, key, containers.find((one) => one.key === key).name)), view())),
      'index.setLifetime': ({ days }) => ((ttlDays = days), view()),
      'index.setEmbedding': ({ on }) => ((isEmbedding = on), view()),
      'index.rebuild': () => ((containers = containers.map((one) => (one.on ? { ...one, state: 'waiting', done: 0 } : one))), view()),
      'index.inspect': ({ id }) => (['PAY-412', '9001'].includes(id) ? ok({ found: true, document: { title: hits[id === '9001' ? 2 : 0].title, container: 'project:PAY', pieces: [{ heading: [], chars: 412, terms: 61 }, { heading: ['Cause'], chars: 1720, terms: 204 }, { heading: ['Cause', 'What the gateway answers'], chars: 980, terms: 130 }], indexedAt: Date.UTC(2026, 10, 22), updated: Date.UTC(2026, 10, 20), segment: '9f3a22c177be0d41' } }) : ok({ found: false })),
      'index.recall': () => (is('recall-off') ? refused('index-off') : ok({ asked: 50, found: 489, full: 500, atTen: 0.978, reads: { mean: 8.6, max: 13 }, bytes: { mean: 201_000, max: 611_000 }, at: Date.now() })),
    };
  }
  globalThis.fakeSearch = (scenario) => ({ ...pickerAnswers(scenario), ...indexAnswers(scenario) });
})();
