// What each panel of the host's bar shows. Every panel is `{ title, note, draw(state, { act, refresh }) }`; texts only, never HTML.
import { bytes, el, get } from './dom.js';

const time = (ms) => new Date(ms).toLocaleTimeString('en-GB', { hour12: false });
const stamp = (ms) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const empty = (text) => el('p', { class: 'host-empty' }, text);
const button = (text, onclick, extra = {}) => el('button', { type: 'button', class: 'host-button', onclick, ...extra }, text);

function table(heads, rows) {
  return el('table', { class: 'host-table' }, el('thead', {}, el('tr', {}, heads.map((head) => el('th', head.startsWith('#') ? { class: 'num' } : {}, head.replace('#', ''))))), el('tbody', {}, rows));
}

const cell = (value, kind) => el('td', kind ? { class: kind } : {}, value ?? '');

const VERDICT = { answered: ['left', 'sent'], denied: ['stopped', 'nothing was sent'], failed: ['failed', 'no answer'], open: ['open', 'waiting'] };

// The record whose bytes are shown; kept over redraws.
let chosen = null;

function trafficRow(record, openBody) {
  const [kind, words] = VERDICT[record.state];
  return el('tr', { class: `row-${kind}`, tabindex: '0', onclick: () => openBody(record), onkeydown: (event) => { if (event.key === 'Enter') openBody(record); } },
    cell(time(record.at), 'mono'), cell(el('span', { class: `dot dot-${kind}` }, words)), cell([el('strong', {}, record.host), el('span', { class: 'faint' }, record.path.length > 60 ? `${record.path.slice(0, 60)}…` : record.path)]),
    cell(record.routedTo ? el('span', { class: 'route' }, `→ ${record.routedTo}`) : ''), cell(record.method, 'mono'), cell(bytes(record.requestBytes), 'num'), cell(record.status ?? '–', 'num'), cell(record.state === 'denied' ? '–' : bytes(record.responseBytes), 'num'), cell(record.ms === null ? '…' : `${record.ms} ms`, 'num'));
}

function trafficRows(records, redraw) {
  return records.flatMap((record) => {
    const row = trafficRow(record, () => {
      chosen = chosen === record.id ? null : record.id;
      redraw();
    });
    if (chosen !== record.id) return [row];
    const place = el('td', { colspan: '9', class: 'host-open' });
    showBody(record, place);
    return [row, el('tr', {}, place)];
  });
}

async function showBody(record, place) {
  const full = await get(`traffic/${record.id}`);
  if (!full) return;
  const headers = (list = []) => el('pre', {}, list.map(([name, value]) => `${name}: ${value}`).join('\n') || '–');
  place.replaceChildren(el('div', { class: 'host-detail' },
    el('h3', {}, `${full.method} ${full.protocol}//${full.host}${full.path}`),
    el('div', { class: 'host-two' },
      el('section', {}, el('h4', {}, full.state === 'denied' ? 'What the app tried to send' : 'Exactly what was sent'), headers(full.requestHeaders), el('pre', { class: 'body' }, pretty(full.requestBody) || '(no body)')),
      el('section', {}, el('h4', {}, 'What came back'), full.state === 'answered' ? [headers(full.responseHeaders), el('pre', { class: 'body' }, pretty(full.responseBody) || '(no body)')] : el('p', { class: 'faint' }, full.state === 'denied' ? 'Nothing left this machine: the address is not in the list above.' : full.state === 'open' ? 'Still waiting.' : `No answer came (${full.reason}).`)))));
}

function pretty(text = '') {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export const PANELS = {
  traffic: {
    title: 'Network traffic',
    note: 'Every request the app made to the outside. Bodies are kept in memory only; keys are masked.',
    draw({ records, allowed, routes }, { act, refresh }) {
      const list = allowed.manifest.map((host) => el('span', { class: 'chip' }, host.replace('https://', ''))).concat(allowed.granted.flatMap((grant) => grant.configured.map((entry) => el('span', { class: 'chip granted', title: grant.description }, entry.domain.replace('https://', ''), el('button', { type: 'button', 'aria-label': `Revoke ${entry.domain}`, onclick: () => act('egress/revoke', { key: grant.key, domain: entry.domain }) }, '×')))));
      const head = el('div', { class: 'host-line' }, el('span', { class: 'faint' }, 'May be reached:'), list.length > 0 ? list : el('span', {}, 'nothing'), Object.entries(routes).map(([host, base]) => el('span', { class: 'route' }, `${host} → ${base}`)), records.length > 0 && button('Clear', () => act('traffic/clear')));
      if (records.length === 0) return [head, empty('Nothing has left this machine. Requests appear here the moment the app makes one.')];
      return [head, table(['When', 'Outcome', 'To', 'Routed', 'Method', '#Sent', '#Status', '#Received', '#Took'], trafficRows(records, refresh))];
    },
  },
  calls: {
    title: 'Product calls',
    note: 'Every request to Jira and Confluence: as whom, and with which answer. These stay inside the site.',
    draw(calls) {
      if (calls.length === 0) return empty('The app has not asked Jira or Confluence for anything yet.');
      return table(['When', 'Product', 'As', 'Method', 'Path', '#Status', '#Bytes'], calls.slice(0, 200).map((call) => el('tr', { class: call.status >= 400 ? 'row-failed' : '' }, cell(time(call.at), 'mono'), cell(call.product), cell(call.as), cell(call.method, 'mono'), cell(call.path, 'mono path'), cell(call.status, 'num'), cell(bytes(call.bytes), 'num'))));
    },
  },
  storage: {
    title: 'Storage',
    note: 'What the app keeps: names and sizes. The host does not open values; “sealed” means the value looks encrypted.',
    draw({ records, rate }) {
      const head = el('div', { class: 'host-line' }, el('span', { class: 'faint' }, `${records.length} records, ${bytes(records.reduce((sum, record) => sum + record.bytes, 0))}. Units used since the start: ${rate.read} read, ${rate.write} written, in ${rate.requests} requests.`));
      if (records.length === 0) return [head, empty('The app has stored nothing yet.')];
      return [head, table(['Kind', 'Key', 'Value', '#Size', 'Changed', 'Expires'], records.map((record) => el('tr', {}, cell(record.kind), cell(record.key, 'mono path'), cell(record.sealed ? el('span', { class: 'dot dot-sealed' }, 'sealed') : el('span', { class: 'dot dot-open' }, 'readable')), cell(bytes(record.bytes), 'num'), cell(stamp(record.updated), 'faint'), cell(record.expires ? `${stamp(record.expires)}${record.expired ? ' (expired)' : ''}` : 'never', 'faint'))))];
    },
  },
  queue: {
    title: 'Queue and schedules',
    note: 'Background events of the app, delivered at least once, and its scheduled triggers.',
    draw({ events, schedules }, { act }) {
      const head = el('div', { class: 'host-line' }, schedules.map(({ key, interval, next }) => el('span', { class: 'chip' }, `${key}, every ${interval}, next ${next ? stamp(next) : 'soon'} `, button('Run now', () => act('schedule/run', { key })))));
      if (events.length === 0) return [head, empty('No background events yet.')];
      return [head, table(['Queue', 'Event', 'State', '#Attempts', '#Size', 'Pushed', 'Due', 'Note'], events.map((event) => el('tr', { class: event.state === 'failed' ? 'row-failed' : '' }, cell(event.queue), cell(event.id.slice(0, 8), 'mono'), cell(el('span', { class: `dot dot-${event.state}` }, event.state)), cell(event.attempts, 'num'), cell(bytes(event.bytes), 'num'), cell(time(event.pushed), 'mono'), cell(time(event.due), 'mono'), cell(event.note ?? '', 'faint'))))];
    },
  },
  log: {
    title: 'Log',
    note: 'Lines the app wrote, and how its functions ended.',
    draw({ lines, invocations, pool }) {
      return el('div', { class: 'host-two' },
        el('section', {}, el('h4', {}, 'Lines'), lines.length === 0 ? empty('No lines yet.') : el('pre', { class: 'lines' }, lines.map((line) => el('span', { class: `line-${line.level}` }, `${time(line.at)}  ${line.caller ?? ''}  ${line.text}\n`)))),
        el('section', {}, el('h4', {}, `Functions (${pool.workers} warm, ${pool.busy} busy)`), invocations.length === 0 ? empty('No function was called yet.') : table(['When', 'From', 'Call', 'Outcome', '#Took'], invocations.map((entry) => el('tr', { class: ['ok', 'running', 'asked to retry'].includes(entry.outcome) ? '' : 'row-failed' }, cell(time(entry.at), 'mono'), cell(entry.source), cell(`${entry.functionKey} ${entry.label && entry.label !== entry.functionKey ? `(${entry.label})` : ''}`), cell(entry.outcome), cell(entry.ms === null ? '…' : `${entry.ms} ms`, 'num'))))));
    },
  },
  clock: {
    title: 'Clock',
    note: 'The site’s time. Moving it forward expires records and approvals, delivers delayed events and runs schedules. It does not move back.',
    draw({ now, offset }, { act }) {
      const step = (text, ms) => button(text, () => act('clock/advance', { ms }));
      return [el('p', { class: 'host-clock' }, stamp(now)), el('p', { class: 'faint' }, offset === 0 ? 'In step with this machine.' : `${Math.round(offset / 3600000 * 10) / 10} h ahead of this machine.`), el('div', { class: 'host-line' }, step('+ 1 minute', 60000), step('+ 15 minutes', 900000), step('+ 1 hour', 3600000), step('+ 1 day', 86400000), step('+ 1 week', 604800000), step('+ 30 days', 2592000000))];
    },
  },
  faults: {
    title: 'Faults',
    note: 'Make the platform misbehave on purpose: the next calls of a kind fail, wait, lose their answer, repeat, or take the process down.',
    draw({ planned, hits, kinds, actions }, { act }) {
      const choice = (name, list) => el('select', { name, 'aria-label': name }, list.map((value) => el('option', { value }, value)));
      const number = (name, value) => el('input', { name, type: 'number', min: '0', value, 'aria-label': name });
      const form = el('form', { class: 'host-line', onsubmit: (event) => {
        event.preventDefault();
        const { kind, action, count, skip, match, ms } = Object.fromEntries(new FormData(form));
        act('faults/add', { kind, action, count: Number(count) || 1, skip: Number(skip) || 0, match, ms: Number(ms) || 1000 });
      } }, 'The next', number('count', '1'), 'calls of', choice('kind', kinds), 'will', choice('action', actions), 'after', number('skip', '0'), 'more, if they contain', el('input', { name: 'match', placeholder: 'anything', 'aria-label': 'match' }), 'wait', number('ms', '1000'), 'ms', button('Plan', undefined, { type: 'submit' }), planned.length > 0 && button('Clear all', () => act('faults/clear')));
      return [form, planned.length === 0 ? empty('Nothing is planned: the platform behaves.') : table(['Kind', 'Fault', '#Left', '#After', 'If it contains'], planned.map((fault) => el('tr', {}, cell(fault.kind), cell(fault.action), cell(fault.count, 'num'), cell(fault.skip, 'num'), cell(fault.match || 'anything', 'faint')))),
        hits.length > 0 && el('section', {}, el('h4', {}, 'Hit so far'), table(['Kind', 'Fault', 'Call'], [...hits].reverse().map((hit) => el('tr', {}, cell(hit.kind), cell(hit.action), cell(hit.label, 'mono path')))))].filter(Boolean);
    },
  },
};
