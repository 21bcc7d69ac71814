// The app's answers about rules for models, for the fake bridge: routes, stand-ins, places, a month's tokens, a comparison.
// What a comparison finds here is made up; the app's own scores are tested with the app.
(() => {
  const TASKS = 8;
  const at = (minutes) => Date.now() + minutes * 60_000;
  const route = (id, label, boundary, more = {}) => ({ id, label, boundary, isUsed: id === 'r1', isGone: false, route: { mode: 'customer', provider: 'openai', providerName: 'OpenAI', model: 'gpt-6-luna', keyOwner: 'customer', leaves: true }, ...more });
  const ALL = [
    route('r1', 'OpenAI in the EU', 'eu'),
    route('r2', 'Vertex AI, Gemini 3.5 Flash', 'eu', { retires: '2027-05-19' }),
    route('r3', 'OpenAI, no residency, for the tests of the platform team with a long name', 'global', { isGone: true }),
    route('r4', 'Our own server', 'own:llm.example.com'),
  ];
  const results = (one, n) => ({ id: one.id, label: one.label, route: one.route, tasks: n, valid: Math.max(0, n - (one.id === 'r3' ? 3 : 0)), claims: n * 4, supported: n * 4 - (one.id === 'r4' ? 7 : 1), unknown: one.id === 'r4' ? 2 : 0, altered: one.id === 'r4' ? 1 : 0, lost: 0, obeyed: one.id === 'r4' ? 1 : 0, inputTokens: n * 1100, outputTokens: n * 300, ...(one.id === 'r4' ? {} : { cost: one.id === 'r1' ? 9_400 : 2_310_000 }), took: one.id === 'r1' ? 2_140 : 11_800, problems: one.id === 'r3' ? ['model-rate-limited', 'model-rate-limited', 'model-timeout'] : [] });

  globalThis.fakeModelsRules = ({ is, ok, refused, fault }) => {
    const isBare = is('rules-first');
    const isFull = is('rules-many', 'rules-spent', 'rules-moved', 'rules-act-fault', 'bake-running', 'bake-done', 'bake-stopped');
    const routes = isFull ? ALL : isBare ? ALL.slice(0, 1) : [];
    const pairs = [['r1', 'r2'], ['r2', 'r1']].filter(() => routes.length > 1).map(([from, to]) => ({ from, to, on: from === 'r1' }));
    const classes = ['public', 'internal', 'confidential', 'restricted'].map((name) => ({ class: name, ...(isBare || name === 'public' || name === 'internal' ? {} : { boundaries: name === 'confidential' ? ['eu'] : [] }) }));
    let budget = { ...(isBare ? {} : { monthlyTokens: 5_000_000 }), spent: isBare ? 0 : is('rules-spent') ? 5_000_123 : 1_283_400, requests: isBare ? 0 : 612, until: at(60 * 24 * 9) };
    let polls = 0;
    let run = is('bake-running') ? { state: 'running', picked: ALL.slice(0, 2) } : is('bake-done') ? { state: 'done', picked: ALL } : is('bake-stopped') ? { state: 'cancelled', picked: ALL.slice(0, 2) } : null;
    const health = () => routes.flatMap(({ id }) => [
      { id, vectors: false, state: isBare || id !== 'r2' ? (id === 'r3' ? 'half-open' : 'closed') : 'open', ...(id === 'r2' ? { until: at(14), lastCode: 'model-overloaded' } : {}), ...(id === 'r1' && !isBare ? { remaining: { requests: 4200, resetAt: at(3) } } : {}), ...(id === 'r4' ? { lastCode: 'model-auth' } : {}) },
      ...(id === 'r1' && !isBare ? [{ id, vectors: true, state: 'closed' }] : []),
    ]);
    const bakeOff = () => {
      if (!run) return undefined;
      const total = run.picked.length * TASKS;
      const done = run.state === 'done' ? total : run.state === 'cancelled' ? 5 : Math.min(total, 3 + polls);
      if (run.state === 'running' && done === total) run.state = 'done';
      return { state: run.state, started: at(-40), by: 'Robin Example', done, total, routes: run.picked.map((one, index) => results(one, Math.max(0, Math.min(TASKS, Math.ceil((done - index) / run.picked.length))))) };
    };
    const view = () => ok({ canEdit: true, routes, boundaries: [...new Set(routes.map((one) => one.boundary))].sort(), fallbacks: pairs, classes, budget, health: health(), ...(run ? { bakeOff: bakeOff() } : {}), bakeOffTasks: TASKS });
    const act = (change) => (fields) => (is('rules-act-fault') ? fault('storage-unavailable') : change(fields));
    return {
      'models.open': () => (is('rules-fault') ? fault('storage-unavailable') : view()),
      'models.setFallback': act(({ from, to, on }) => (is('rules-moved') ? refused('other-boundary') : ((pairs.find((pair) => pair.from === from && pair.to === to).on = on), view()))),
      'models.setClass': act(({ class: name, boundaries }) => {
        const rule = classes.find((one) => one.class === name);
        if (boundaries) rule.boundaries = boundaries;
        else delete rule.boundaries;
        return view();
      }),
      'models.setBudget': act(({ monthlyTokens }) => ((budget = { ...budget, monthlyTokens }), view())),
      'models.bakeOff': act(({ routes: ids }) => ((polls = 0), (run = { state: 'running', picked: ALL.filter((one) => ids.includes(one.id)) }), ok({ ...bakeOff(), done: 0, routes: bakeOff().routes.map((one) => ({ ...one, tasks: 0, valid: 0, problems: [] })) }))),
      'models.bakeOffGet': () => ((polls += is('bake-running') ? 0 : 40), ok(bakeOff() ?? null)),
      'models.bakeOffCancel': act(() => ((run.state = 'cancelled'), ok(bakeOff()))),
    };
  };
})();
