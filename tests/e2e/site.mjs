// The local host with real seed content, a browser on it, and what a person does there.
// It knows the pages by what a person sees: roles, labels, words.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { startHost } from '../../dev/host/host.mjs';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--hide-scrollbars'];
/** Chromium's own remark on Forge's sandbox directive, which we neither set nor can change. */
const FORGE_SANDBOX = 'both allow-scripts and allow-same-origin';
const SHOTS = join(import.meta.dirname, '..', 'ui', 'screenshots', 'e2e');
const SETTLE_MS = 300;
const pause = () => new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); });

/** Starts a site of its own for one test file. */
export async function openSite(options = {}) {
  await mkdir(SHOTS, { recursive: true });
  const host = await startHost({ appDir: join(import.meta.dirname, '../..'), seed: 'full', port: 0, ...options });
  const browser = await puppeteer.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: FLAGS });
  const close = async () => {
    await browser.close();
    await host.stop();
  };
  return { host, browser, close };
}

/** Opens a path of the host as a user; `problems` collects what must stay empty. */
export async function openTab({ host, browser }, nick, path) {
  const context = await browser.createBrowserContext();
  const tab = await context.newPage();
  const problems = [];
  await tab.setViewport({ width: 1360, height: 900 });
  tab.setDefaultTimeout(15_000);
  tab.on('console', (message) => ['error', 'warn'].includes(message.type()) && !message.text().includes(FORGE_SANDBOX) && problems.push(message.text()));
  tab.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  await tab.goto(host.as(nick).url(path), { waitUntil: 'load' });
  const frame = async () => tab.waitForFrame((one) => one.url().startsWith(host.appUrl));
  return { tab, problems, act: actsOf(tab, await frame()), frame, close: () => context.close() };
}

/** What a person does in the app's frame. */
export function actsOf(tab, app) {
  const button = (text) => app.waitForSelector(`button::-p-text(${text})`, { visible: true });
  const field = (label) => app.waitForSelector(`::-p-aria([name="${label}"][role="combobox"]), ::-p-aria([name="${label}"][role="textbox"])`, { visible: true });
  const see = (text) => app.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: 20_000 }, text);
  const type = async (label, text) => {
    const wanted = await field(label);
    await wanted.click({ count: 3 });
    // A page that still loads below moves under the click.
    await wanted.focus();
    await tab.keyboard.type(text);
  };
  /** Types, waits for an option with these words, and chooses it by keyboard. */
  const choose = async (label, text, option) => {
    await type(label, text);
    await app.waitForFunction((wanted) => [...document.querySelectorAll('[role="option"]')].some((one) => one.innerText.includes(wanted)), { timeout: 15_000 }, option);
    await pause();
    // While one types the picker narrows what it has; what is chosen here is the answer's.
    await app.waitForFunction(() => !document.body.innerText.includes('On this page so far'), { timeout: 15_000 });
    const at = await app.evaluate((wanted) => [...document.querySelectorAll('[role="option"]')].filter((one) => one.offsetParent).findIndex((one) => one.innerText.includes(wanted)), option);
    await (await app.evaluateHandle((index) => [...document.querySelectorAll('[role="option"]')].filter((one) => one.offsetParent)[index], at)).click();
    await pause();
  };
  return {
    app,
    see,
    type,
    choose,
    press: (key) => tab.keyboard.press(key),
    click: async (text) => {
      const found = await button(text);
      // The host sizes the frame by its content; a click in the middle of that would land beside the button.
      await pause();
      await found.click();
    },
    segment: async (text) => (await app.waitForSelector(`label::-p-text(${text})`, { visible: true })).click(),
    text: () => app.evaluate(() => document.body.innerText),
    shot: async (name) => {
      await pause();
      await tab.screenshot({ path: join(SHOTS, `${name}.png`) });
    },
  };
}

/** A page of the site as its admin reads it. */
export async function pageOf(host, id, version) {
  const suffix = version ? `&version=${version}` : '';
  const { status, body } = await host.as('mira').request('confluence', 'GET', `/wiki/api/v2/pages/${id}?body-format=storage${suffix}`);
  return { status, page: typeof body === 'string' ? JSON.parse(body) : body };
}
