// The app's answers about masking, for the fake bridge: rules, own words, planted values, a week's counts, by scenario.
// What is "found" in a text here are addresses and long numbers; the app's own detectors are tested with the app.
(() => {
  const KINDS = ['PERSON', 'EMAIL', 'PHONE', 'ADDRESS', 'POSTCODE', 'CARD', 'IBAN', 'BANK_ACCOUNT', 'BIC', 'NATIONAL_ID', 'TAX_ID', 'VAT_ID', 'PASSPORT', 'DRIVER_LICENCE', 'HEALTH_ID', 'VEHICLE', 'IP', 'MAC', 'IMEI', 'CRYPTO_WALLET', 'SECRET', 'URL_CREDENTIAL', 'DATE_OF_BIRTH'];
  const STRICT = ['internal', 'confidential', 'restricted'];
  const CLASSES = ['public', ...STRICT];
  const figure = (set, n, recall, low, high, precision) => ({ set, n, recall, low, high, precision, date: '2026-11-22' });
  const FIGURES = { EMAIL: figure('synthetic sentences', 412, 0.995, 0.982, 0.999, 1), PHONE: figure('synthetic sentences', 388, 0.912, 0.88, 0.936, 0.871), SECRET: figure('rule tests of a secret scanner', 5787, 0.971, 0.966, 0.975, 0.994), IBAN: figure('number formats', 196, 1, 0.981, 1, 1) };
  const who = { accountId: 'a1', name: 'Robin Example' };
  const ago = (hours) => Date.now() - hours * 3600e3;
  const DAY = 86_400_000;

  globalThis.fakeMasking = ({ is, ok, refused, fault }) => {
    const isBare = is('masking-first');
    let next = 40;
    const state = {
      off: { public: isBare ? [] : ['PERSON', 'IP'], internal: isBare ? [] : ['IP'], confidential: [], restricted: [] },
      deny: isBare ? [] : [{ id: '1', text: 'Blue Heron', kind: 'SECRET', match: 'phrase', savedAt: ago(70), by: who }, { id: '2', text: 'SRV-[A-Z]{2}\\d{4}', kind: 'SECRET', match: 'pattern', savedAt: ago(300), by: { accountId: 'a2', name: '' } }],
      allow: isBare ? [] : [{ id: '3', text: 'Jenkins', savedAt: ago(40), by: who }],
      canaries: isBare ? [] : [{ id: '4', label: 'Runbook of the payroll', plantedAt: ago(400), by: who, seen: 2, seenAt: ago(3) }, { id: '5', label: 'صفحة الأجور', plantedAt: ago(30), by: who, seen: 0 }],
      changes: isBare ? [] : [{ at: ago(2), by: who, what: 'kind', kind: 'IP', class: 'internal', from: 'on', to: 'off' }, { at: ago(26), by: who, what: 'class', of: 'Release notes', from: 'confidential', to: 'public' }, { at: ago(30), by: who, what: 'canary-planted', of: 'صفحة الأجور' }, { at: ago(40), by: who, what: 'allow-added' }, { at: ago(70), by: { accountId: 'a2', name: '' }, what: 'deny-added', kind: 'SECRET' }, ...Array.from({ length: is('masking-long') ? 12 : 0 }, (_, at) => ({ at: ago(100 + at), by: who, what: 'kind', kind: 'PHONE', class: 'public', from: at % 2 ? 'on' : 'off', to: at % 2 ? 'off' : 'on' }))],
    };
    let containers = [['project', 'PAY', 'Payments', 'internal'], ['space', 'REL', 'Release notes', 'public'], ['project', 'DESK', 'IT desk'], ['space', 'OPS', 'Operations and on-call with a rather long name that has to wrap somewhere'], ['space', 'HR', 'الموارد البشرية', 'restricted']].map(([kind, key, name, of]) => ({ kind, key, name, class: (!isBare && of) || 'confidential', isSet: !isBare && Boolean(of) }));
    const today = Math.floor(Date.now() / DAY);
    const days = () => [21, 0, 37, 44, 12, 0, 63].map((n, at) => ({ day: (today - 6 + at) * DAY, requests: isBare ? 0 : Math.ceil(n / 9), blocked: at === 6 && !isBare ? 2 : 0, kinds: n && !isBare ? { PERSON: Math.ceil(n / 2), EMAIL: Math.floor(n / 3), PHONE: n - Math.ceil(n / 2) - Math.floor(n / 3) } : {} }));
    const total = (kind) => days().reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0);
    const report = () => ({ from: (today - 6) * DAY, to: today * DAY, requests: days().reduce((sum, one) => sum + one.requests, 0), blocked: isBare ? 0 : 2, kinds: isBare ? {} : { PERSON: total('PERSON'), EMAIL: total('EMAIL'), PHONE: total('PHONE') }, days: days() });
    const view = (more = {}) => ok({
      classes: CLASSES.map((name) => ({ class: name, off: state.off[name], containers: containers.filter((one) => one.isSet && one.class === name).length })),
      kinds: KINDS.map((kind) => ({ kind, ...(['SECRET', 'URL_CREDENTIAL'].includes(kind) ? { always: STRICT } : {}), ...(FIGURES[kind] ? { figure: FIGURES[kind] } : {}) })),
      custom: { deny: state.deny, allow: state.allow }, canaries: state.canaries, ...(is('masking-no-report') ? {} : { report: report() }), changes: state.changes, canEdit: !is('masking-readonly'), ...more,
    });
    const note = (change) => (state.changes = [{ at: Date.now(), by: who, ...change }, ...state.changes]);
    const act = (change) => (fields) => (is('masking-act-fault') ? fault('storage-unavailable') : change(fields));
    const FOUND = /([\w.]+@[\w.]+\w)|(\+?\d[\d ]{7,}\d)|(Blue Heron)/g;

    return {
      'masking.open': () => (is('admin-only') ? refused('admin-only') : is('masking-fault') ? fault('storage-unreadable') : is('masking-lost') ? fault('masking-unreadable') : view()),
      'masking.containers': ({ text = '', cursor } = {}) => (is('masking-list-fault') ? fault('product-unavailable') : ok({ containers: cursor ? [{ kind: 'project', key: 'OLD', name: 'Archive', class: 'confidential', isSet: false }] : containers.filter(({ key, name }) => `${key} ${name}`.toLowerCase().includes(text.toLowerCase())), ...(is('masking-long') && !cursor ? { cursor: 'more' } : {}), failed: is('masking-one-product') ? ['jira'] : [] })),
      'masking.setKind': act(({ class: name, kind, on }) => ((state.off[name] = on ? state.off[name].filter((one) => one !== kind) : [...state.off[name], kind]), note({ what: 'kind', kind, class: name, from: on ? 'off' : 'on', to: on ? 'on' : 'off' }), view())),
      'masking.setClass': act(({ kind, key, class: to = 'confidential' }) => {
        const before = containers.find((one) => one.kind === kind && one.key === key);
        containers = containers.map((one) => (one === before ? { ...one, class: to, isSet: to !== 'confidential' } : one));
        note({ what: 'class', of: before.name, from: before.class, to });
        return view();
      }),
      'masking.addWord': act(({ list, text, match, kind }) => {
        const at = /[*+.]/.exec(text)?.index ?? -1;
        if (match === 'pattern' && at >= 0) return refused('bad-pattern', { field: 'text', reason: text[at] === '.' ? 'unknown-class' : 'unbounded', at });
        state[list] = [...state[list], { id: String((next += 1)), text, ...(list === 'deny' ? { kind, match } : {}), savedAt: Date.now(), by: who }];
        note({ what: `${list}-added` });
        return view();
      }),
      'masking.removeWord': act(({ list, id }) => ((state[list] = state[list].filter((one) => one.id !== id)), note({ what: `${list}-removed` }), view())),
      'masking.plantCanary': act(({ label }) => {
        const id = String((next += 1));
        state.canaries = [...state.canaries, { id, label, plantedAt: Date.now(), by: who, seen: 0 }];
        note({ what: 'canary-planted', of: label });
        return view({ planted: { id, value: 'qgcanaryk4vhz2m7tq3xw6bn5ydr2ajc3e' } });
      }),
      'masking.removeCanary': act(({ id }) => ((state.canaries = state.canaries.filter((one) => one.id !== id)), view())),
      'masking.reset': act(() => ((state.canaries = []), (state.deny = []), (state.allow = []), (state.changes = [{ at: Date.now(), by: who, what: 'reset' }]), view())),
      'masking.try': ({ text, class: name }) => {
        if (is('masking-try-fault')) return fault('masking-unreadable');
        const [parts, counts, tokens] = [[], {}, new Map()];
        let end = 0;
        for (const match of text.matchAll(FOUND)) {
          const kind = match[1] ? 'EMAIL' : match[2] ? 'PHONE' : 'SECRET';
          if (state.off[name].includes(kind)) continue;
          if (match.index > end) parts.push({ text: text.slice(end, match.index) });
          if (!tokens.has(match[0])) tokens.set(match[0], `[${kind}_${[...tokens.values()].filter((one) => one.startsWith(`[${kind}_`)).length + 1}]`);
          parts.push({ text: match[0], kind, token: tokens.get(match[0]) });
          counts[kind] = (counts[kind] ?? 0) + 1;
          end = match.index + match[0].length;
        }
        if (end < text.length) parts.push({ text: text.slice(end) });
        return ok({ parts, counts });
      },
    };
  };
})();
