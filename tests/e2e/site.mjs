// The local host with real seed content, a browser on it, and what a person does there.
// It knows the pages by what a person sees: roles, labels, words.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { startHost } from '../../dev/host/host.mjs';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--hide-scrollbars'];
const FORGE_SANDBOX = 'both allow-scripts and allow-same-origin';
export const SHOTS = join(import.meta.dirname, '..', 'ui', 'screenshots', 'main-job');

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

/** Opens a page of the host; `problems` collects what must stay empty. */
export async function openTab({ host, browser }, path) {
  const tab = await browser.newPage();
  const problems = [];
  await tab.setViewport({ width: 1360, height: 900 });
  tab.setDefaultTimeout(10_000);
  tab.on('console', (message) => ['error', 'warn'].includes(message.type()) && !message.text().includes(FORGE_SANDBOX) && problems.push(message.text()));
  tab.on('pageerror', (error) => problems.push(`thrown: ${error.message}`));
  await tab.goto(host.url + path, { waitUntil: 'load' });
  const app = await tab.waitForFrame((frame) => frame.url().startsWith(host.appUrl));
  return { tab, problems, act: actsOf(tab, app) };
}

function actsOf(tab, app) {
  const shot = async (name) => {
    await new Promise((resolve) => setTimeout(resolve, 350));
    await tab.screenshot({ path: join(SHOTS, `${name}.png`) });
  };
  const see = (text, timeout = 20_000) => app.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout }, text);
  const button = (text) => app.waitForSelector(`button::-p-text(${text})`, { visible: true });
  return {
    app,
    shot,
    see,
    button,
    click: async (text) => (await button(text)).click(),
    text: () => app.evaluate(() => document.body.innerText),
    field: async (label, text) => {
      const field = await app.waitForSelector(`::-p-aria([name="${label}"])`, { visible: true });
      await field.click();
      await tab.keyboard.type(text);
      return field;
    },
    press: (key) => tab.keyboard.press(key),
  };
}
