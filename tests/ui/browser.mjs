// A browser on the built pages with the fake bridge, and what each page must never do: break the policy, log an error, fail axe.
// It does not know the product; `states.mjs` and the tests do.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { serve } from '../../static/dev/serve.mjs';

/** Served beside the pages and not evaluated, so that the browser compiles it once. */
const AXE = '/dev/axe.js';
/** Chromium's own remark on Forge's sandbox directive, which we neither set nor can change. */
const FORGE_SANDBOX = 'both allow-scripts and allow-same-origin';
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--force-color-profile=srgb', '--hide-scrollbars', '--disable-features=SpareRendererForSitePerProcess'];
export const SHOTS = join(import.meta.dirname, 'screenshots');
/** Nothing has changed on the page for so long: an answer of the fake bridge takes 20 ms. */
const REST_MS = 100;

export async function openBrowser() {
  const server = await serve(0, { [AXE]: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: FLAGS });
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { browser, url: server.url, close, window: /** @type {any} */ (undefined) };
}

/**
 * The one tab of a browser: a document is new with each visit, the process that draws it is not.
 * A second tab would not be drawn while the first is in front, and its timers would be held back.
 */
async function windowOf(run) {
  if (run.window && !run.window.tab.isClosed()) return run.window;
  const tab = await run.browser.newPage();
  const window = { tab, problems: [] };
  const note = (problem) => window.problems.push(problem);
  tab.on('console', (message) => ['error', 'warn'].includes(message.type()) && !message.text().includes(FORGE_SANDBOX) && note(message.text()));
  tab.on('pageerror', (error) => note(`thrown: ${error.message}`));
  tab.on('error', (error) => tab.close().finally(() => note(`crashed: ${error.message}`)));
  tab.on('requestfailed', (request) => note(`failed: ${request.url()}`));
  tab.on('request', (request) => [run.url, 'null'].includes(new URL(request.url()).origin) || note(`foreign request: ${request.url()}`));
  await tab.evaluateOnNewDocument(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.sourceFile}`)));
  tab.setDefaultTimeout(6000);
  run.window = window;
  return window;
}

/** Opens one page of one scenario in the browser's tab; `problems` collects what must stay empty until the next is opened. */
export async function openPage(run, { page = 'studio', query = {}, width = 1280, height = 900, scale = 1, dark = false, theme = dark ? 'dark' : 'light', media = 'light', ready = 'main, .panel' }) {
  const window = await windowOf(run);
  const { tab } = window;
  // What the page before still had under way ends with it, and is not this one's problem.
  await tab.goto('about:blank');
  const problems = (window.problems = []);
  await tab.mouse.move(0, 0);
  await tab.setViewport({ width, height, deviceScaleFactor: scale });
  await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }, { name: 'prefers-color-scheme', value: media }]);
  const search = new URLSearchParams({ ...query, ...(theme ? { theme } : {}) });
  await tab.goto(`${run.url}/${page}/?${search}`, { waitUntil: 'load' });
  await tab.waitForSelector(ready);
  return { tab, problems, act: actsOf(tab) };
}

/** What a person does, found by what a person sees. */
function actsOf(tab) {
  const byText = (text, tag = 'button') => tab.waitForSelector(`${tag}::-p-text(${text})`, { visible: true });
  return {
    byText,
    button: async (text) => (await byText(text)).evaluateHandle((found) => found.closest('button')),
    focus: async (text) => (await byText(text)).evaluate((found) => found.closest('button').focus()),
    click: async (text, tag) => (await byText(text, tag)).click(),
    see: (text) => tab.waitForFunction((wanted) => document.body.innerText.includes(wanted), {}, text),
    gone: (text) => tab.waitForFunction((wanted) => !document.body.innerText.includes(wanted), {}, text),
    press: async (...keys) => {
      for (const key of keys) await tab.keyboard.press(key);
    },
    type: async (selector, text) => {
      const field = await tab.waitForSelector(selector);
      await field.click();
      await tab.keyboard.type(text);
    },
    focused: () => tab.evaluate(() => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label')),
    told: (type) => tab.evaluate((wanted) => globalThis.__told.filter((one) => one.type === wanted), type),
    /** As a host does it when a person switches the product's theme. */
    turnDark: () => tab.evaluate(() => void (document.documentElement.dataset.colorMode = 'dark')),
    settle: () => Promise.all([tab.waitForNetworkIdle({ idleTime: 60, timeout: 3000 }), tab.evaluate(rest, REST_MS, 3000)]),
  };
}

/** Runs in the page: ends when nothing has changed for `quiet` ms, no font is under way and nothing moves to an end, or after `limit` ms. */
function rest(quiet, limit) {
  return new Promise((done) => {
    const start = performance.now();
    let changed = start;
    const watch = new MutationObserver(() => (changed = performance.now()));
    watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    const ends = (animation) => animation.playState === 'running' && Number.isFinite(animation.effect?.getComputedTiming().endTime);
    const look = () => {
      const now = performance.now();
      const isAtRest = now - changed >= quiet && document.fonts.status === 'loaded' && !document.getAnimations().some(ends);
      if (!isAtRest && now - start < limit) return setTimeout(look, 20);
      watch.disconnect();
      done();
    };
    look();
  });
}

/** What a change of colors alone can break. */
const COLORS = ['color-contrast', 'link-in-text-block'];

/** The serious and critical findings of axe, as short lines; `colors` alone where the same page was looked at in other colors. */
export async function axe(tab, { colors = false } = {}) {
  await tab.evaluate(loadAxe, AXE);
  const violations = await tab.evaluate(runAxe, colors ? COLORS : null);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join(' | ')}`);
}

/** Runs in the page. */
async function loadAxe(src) {
  if ('axe' in globalThis) return;
  const script = Object.assign(document.createElement('script'), { src });
  await new Promise((loaded, failed) => document.head.append(Object.assign(script, { onload: loaded, onerror: failed })));
  script.remove();
}

/** Runs in the page: only the rules whose findings count, which is under half of the work. */
async function runAxe(wanted) {
  const counts = (impact) => impact === 'serious' || impact === 'critical';
  const rules = globalThis.axe._audit.rules.filter(({ enabled, tags, impact }) => enabled && !tags.includes('experimental') && counts(impact)).map(({ id }) => id);
  if (rules.length < 50) throw new Error('axe has other rules than it had');
  const runOnly = wanted ? rules.filter((rule) => wanted.includes(rule)) : rules;
  // What axe would load beforehand is for rules on sound and on turned screens, which no page here has.
  const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'], preload: false, runOnly });
  return violations.filter(({ impact }) => counts(impact));
}
