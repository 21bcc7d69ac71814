// The invented site the fake bridge answers from: tickets, pages, people, page blocks, one draft. No real person or company.
// It holds data only; `fake-bridge.js` holds what happens to it.
(() => {
  const hours = (n) => new Date(Date.now() - n * 3600e3).toISOString();
  const project = { key: 'PAY', name: 'Payments' };
  const desk = { key: 'DESK', name: 'IT desk' };
  const space = { id: '10', key: 'REL', name: 'Release notes' };
  const spaces = [space, { id: '11', key: 'ENG', name: 'Engineering handbook' }, { id: '12', key: 'OPS', name: 'Operations and on-call with a rather long name that has to wrap somewhere' }];
  const issue = (number, title, age, status = 'Done', container = project, why = ['recent']) => ({ kind: 'issue', id: `${container.key}-${number}`, key: `${container.key}-${number}`, title, container, updated: hours(age), type: 'Story', status, why: why.map((code) => ({ code })), url: `https://example.atlassian.net/browse/${container.key}-${number}` });
  const page = (id, title, age, why = ['recent']) => ({ kind: 'page', id, title, container: { key: space.key, name: space.name }, updated: hours(age), type: 'page', why: why.map((code) => ({ code })), url: `https://example.atlassian.net/wiki/spaces/REL/pages/${id}` });
  const hits = [
    issue(412, 'Retry failed card captures with exponential backoff', 2, 'Done', project, ['title', 'recent']),
    issue(408, 'Refund webhook arrives twice when the gateway times out', 5, 'In progress', project, ['text']),
    page('9001', 'Payments 2.3 release notes', 26, ['title']),
    issue(397, 'Show the settlement currency on the invoice', 30),
    issue(391, 'Mask account numbers in support exports', 51),
    issue(77, 'VPN drops every hour on the third floor', 60, 'To do', desk, ['text']),
    page('9002', 'How we cut a release', 120),
    issue(388, '支払い通知のメールが届かない 📮 when the locale is set to Japanese', 140),
    issue(385, 'تعذر على العملاء تنزيل الفاتورة بصيغة PDF', 170),
    issue(380, 'A very long title that goes on and on because someone pasted the whole first paragraph of the error report into the summary field: java.lang.IllegalStateException at com.example.payments.capture.CaptureService.retry', 200),
  ];
  const many = Array.from({ length: 40 }, (_, at) => issue(500 + at, `${hits[at % hits.length].title} (${at + 1})`, at + 1));
  const text = (value, claim, extra) => ({ text: value, ...(claim ? { claim } : {}), ...extra });
  const paragraph = (...inlines) => ({ type: 'paragraph', inlines });
  const heading = (level, value) => ({ type: 'heading', level, inlines: [text(value)] });
  const item = (...inlines) => ({ blocks: [paragraph(...inlines)] });
  const claims = [
    { id: 'c1', text: 'Failed card captures are retried up to five times with growing pauses.', sources: [0], supported: true, quote: 'Captures that fail with a timeout are retried five times, waiting 1, 2, 4, 8 and 16 seconds.', spot: { source: 0, field: 'comment', blocks: { first: 0, last: 1 }, url: 'https://example.atlassian.net/browse/PAY-412?focusedCommentId=10042' } },
    { id: 'c2', text: 'A refund webhook that arrives twice is applied once.', sources: [1], supported: true, quote: 'The second delivery carries the same event id and must be ignored.' },
    { id: 'c3', text: 'Invoices show the settlement currency.', sources: [2], supported: true, quote: 'Add the settlement currency beside the total.' },
    { id: 'c4', text: 'Support exports finish 40 % faster.', sources: [], supported: false },
  ];
  const added = (id, after, ids, reason, leftOut = false) => ({ id, kind: 'added', after, claims: ids, leftOut, reason });
  const same = (block) => ({ kind: 'same', before: block, after: block, claims: [], leftOut: false });
  const newRows = [
    added('e1', heading(1, 'What changed'), [], undefined),
    added('e2', paragraph(text('Failed card captures are '), text('retried up to five times', 'c1', { marks: ['strong'] }), text(' with growing pauses.', 'c1'), text(' A refund webhook that arrives twice is applied once.', 'c2')), ['c1', 'c2'], 'PAY-412 and PAY-408 were closed since the last release.'),
    added('e3', { type: 'list', ordered: false, items: [item(text('Invoices show the settlement currency.', 'c3')), item(text('Ask '), text('@Robin Example', undefined, { kind: 'mention' }), text(' about the rollout on '), text('24 Nov 2026', undefined, { kind: 'date' })), item(text('See the '), text('runbook', undefined, { href: 'https://example.atlassian.net/wiki/x' }), text('.'))] }, ['c3'], 'PAY-397 asks for it.'),
    added('e4', paragraph(text('Support exports finish 40 % faster.', 'c4')), ['c4'], undefined, true),
    added('e5', { type: 'table', rows: [{ cells: [{ header: true, blocks: [paragraph(text('Area'))] }, { header: true, blocks: [paragraph(text('State'))] }] }, { cells: [{ header: false, blocks: [paragraph(text('Captures'))] }, { header: false, blocks: [paragraph(text('Done', undefined, { kind: 'status' }))] }] }] }, []),
    added('e6', { type: 'code', language: 'yaml', text: 'capture:\n  retries: 5\n  backoff: exponential' }, []),
  ];
  const filler = (n) => Array.from({ length: n }, (_, at) => same(paragraph(text(`Section ${at + 1} stays as it was written by the team, word for word.`))));
  const updateRows = [
    same(heading(1, 'Payments 2.4')),
    { id: 'u1', kind: 'changed', before: paragraph(text('Failed captures are retried twice.')), after: paragraph(text('Failed captures are retried up to five times.', 'c1')), words: [{ op: 'same', text: 'Failed captures are retried ' }, { op: 'removed', text: 'twice' }, { op: 'added', text: 'up to five times, waiting longer each time' }, { op: 'same', text: '.' }], claims: ['c1'], leftOut: false, reason: 'PAY-412 changed the number of retries.' },
    ...filler(14),
    added('u2', paragraph(text('A refund webhook that arrives twice is applied once.', 'c2')), ['c2'], 'New since version 7.'),
    { id: 'u3', kind: 'removed', before: paragraph(text('Known problem: refunds may be booked twice.')), claims: ['c2'], leftOut: false, reason: 'PAY-408 fixes it.' },
    same({ type: 'panel', panelType: 'info', title: 'Good to know', blocks: [paragraph(text('Rollout is gradual.'))] }),
    { id: 'u4', kind: 'moved', before: heading(2, 'Invoices'), after: heading(2, 'Invoices'), claims: ['c3'], leftOut: false },
    added('u5', paragraph(text('Support exports finish 40 % faster.', 'c4')), ['c4'], undefined, true),
    same({ type: 'unknown', name: 'Jira issues macro', text: '' }),
    ...filler(4),
  ];
  const extract = { mode: 'extract', keyOwner: 'none', leaves: false };
  const vertex = { mode: 'default', provider: 'vertex', providerName: 'Google Vertex AI', model: 'Gemini 2.5 Pro', region: 'eu', host: 'aiplatform.eu.rep.googleapis.com', keyOwner: 'quillgate', leaves: true };
  const own = { mode: 'customer', provider: 'openai', providerName: 'OpenAI', model: 'gpt-5.4', region: 'us', host: 'api.openai.com', keyOwner: 'customer', leaves: true };
  globalThis.world = { hits, many, spaces, space, claims, newRows, updateRows, extract, vertex, own, hours, issue, page, paragraph, text, heading };
})();
