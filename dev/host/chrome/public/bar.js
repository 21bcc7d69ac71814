// The host's own bar: user switch, theme, the drawer with its panels and the counts on its tabs. What a panel shows is `panels.js`.
import { el, get, post } from './dom.js';
import { themeChanged } from './frames.js';
import { ask, showFlag } from './overlay.js';
import { PANELS } from './panels.js';

const drawer = document.getElementById('host-drawer');
const [heading, note, body] = ['h2', '.host-note', '.host-body'].map((part) => drawer.querySelector(part));
let shown = null;
let drawn = '';

async function draw(force = false) {
  if (!shown) return;
  const panel = PANELS[shown];
  const state = await get(panel.path ?? shown);
  const text = JSON.stringify(state);
  // Redrawing under a reader's hands would lose focus and open rows: only when something changed.
  if (!force && text === drawn) return;
  if (!force && body.contains(document.activeElement) && document.activeElement.matches('input, select')) return;
  drawn = text;
  const scroll = body.scrollTop;
  body.replaceChildren(...[panel.draw(state, { act, refresh: () => draw(true) })].flat());
  body.scrollTop = scroll;
}

async function act(path, given) {
  try {
    const answer = await post(path, given);
    await Promise.all([draw(true), count()]);
    return answer;
  } catch (error) {
    showFlag({ id: 'host', title: 'The host refused', description: error.message, type: 'error', isAutoDismiss: true });
    return undefined;
  }
}

function open(tab) {
  shown = shown === tab ? null : tab;
  drawn = '';
  drawer.hidden = shown === null;
  document.body.classList.toggle('drawer-open', shown !== null);
  for (const button of document.querySelectorAll('.host-tab')) button.setAttribute('aria-expanded', String(button.dataset.tab === shown));
  sessionStorage.setItem('host-tab', shown ?? '');
  if (!shown) return;
  heading.textContent = PANELS[shown].title;
  note.textContent = PANELS[shown].note;
  body.replaceChildren();
  draw(true);
}

async function count() {
  const summary = await get('summary');
  for (const badge of document.querySelectorAll('[data-count]')) {
    const key = badge.dataset.count;
    const value = key === 'clock' ? (summary.clock >= 60000 ? `+${span(summary.clock)}` : '') : summary[key] || '';
    badge.textContent = value;
    badge.classList.toggle('bad', (key === 'log' && summary.log > 0) || (key === 'traffic' && summary.denied > 0) || (key === 'faults' && summary.faults > 0));
  }
}

function span(ms) {
  const hours = ms / 3600000;
  if (hours < 1) return `${Math.round(ms / 60000)} min`;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} d`;
}

const CLICKS = {
  'close-drawer': () => open(shown),
  theme: () => {
    const next = (document.documentElement.dataset.colorMode === 'dark' || (document.documentElement.dataset.colorMode === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)) ? 'light' : 'dark';
    document.documentElement.dataset.colorMode = next;
    document.cookie = `quillgate_theme=${next}; path=/; max-age=31536000; samesite=lax`;
    document.querySelector('[data-act="theme"]').textContent = next === 'dark' ? 'Light' : 'Dark';
    themeChanged();
  },
  restore: async ({ page, version }) => {
    const yes = await ask({ title: `Restore version ${version}?`, body: el('p', {}, 'The page gets a new version with that content. Nothing is lost.'), yes: 'Restore' });
    if (yes && (await act('page/restore', { page, version }))) window.location.assign(window.location.pathname.replace(/\/history.*$/, ''));
  },
};

document.addEventListener('click', (event) => {
  const tab = event.target.closest('.host-tab');
  if (tab) open(tab.dataset.tab);
  const button = event.target.closest('[data-act]');
  if (button && CLICKS[button.dataset.act]) CLICKS[button.dataset.act](button.dataset);
  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target)) menu.removeAttribute('open');
});
document.addEventListener('change', (event) => {
  if (event.target.dataset?.act !== 'user') return;
  const to = window.location.pathname + window.location.search;
  window.location.assign(`/host/as/${event.target.value}?to=${encodeURIComponent(to)}`);
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && shown && !document.querySelector('dialog[open]')) open(shown);
});

if (sessionStorage.getItem('host-tab')) open(sessionStorage.getItem('host-tab'));
count();
setInterval(() => { if (!document.hidden) { count(); draw(); } }, 2000);
