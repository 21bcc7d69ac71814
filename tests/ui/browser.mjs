// A browser on the built pages with the fake bridge, and what each page must never do: break the policy, log an error, fail axe.
// It does not know the product; `states.mjs` and the tests do.
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { serve } from '../../static/dev/serve.mjs';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Chromium's own remark on Forge's sandbox directive, which we neither set nor can change. */
const FORGE_SANDBOX = 'both allow-scripts and allow-same-origin';
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--force-color-profile=srgb', '--hide-scrollbars'];
export const SHOTS = join(import.meta.dirname, 'screenshots');

export async function openBrowser() {
  const server = await serve();
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { browser, url: server.url, close };
}

/** Opens one page of one scenario; `problems` collects what must stay empty. */
export async function openPage({ browser, url }, { page = 'studio', query = {}, width = 1280, height = 900, scale = 1, dark = false, theme = dark ? 'dark' : 'light', media = 'light', ready = 'main, .panel' }) {
  const tab = await browser.newPage();
  const problems = [];
  tab.on('console', (message) => ['error', 'warn'].includes(message.type()) && !message.text().includes(FORGE_SANDBOX) && problems.push(message.text()));
  tab.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  tab.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
  tab.on('request', (request) => new URL(request.url()).origin === url || request.url().startsWith('data:') || problems.push(`foreign request: ${request.url()}`));
  await tab.evaluateOnNewDocument(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.sourceFile}`)));
  tab.setDefaultTimeout(6000);
  await tab.setViewport({ width, height, deviceScaleFactor: scale });
  await tab.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }, { name: 'prefers-color-scheme', value: media }]);
  const search = new URLSearchParams({ ...query, ...(theme ? { theme } : {}) });
  await tab.goto(`${url}/${page}/?${search}`, { waitUntil: 'load' });
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
    settle: () => tab.waitForNetworkIdle({ idleTime: 60, timeout: 3000 }).then(() => new Promise((resolve) => setTimeout(resolve, 120))),
  };
}

/** The serious and critical findings of axe, as short lines. */
export async function axe(tab) {
  await tab.evaluate(AXE);
  const { violations } = await tab.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, any }) => `${target} ${any[0]?.message ?? ''}`).join(' | ')}`);
}
