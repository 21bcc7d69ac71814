// What people do on the pages, by keyboard where it matters, and what each act asks of the app's function.
// It checks the calls the page makes, not what the core would answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ensureBuilt } from './built.mjs';
import { openBrowser, openPage } from './browser.mjs';
import { fill, pick } from './states.mjs';

let browser;
before(async () => {
  await ensureBuilt();
  browser = await openBrowser();
});
after(() => browser.close());

/** Runs one visit and fails on anything the console or the policy said. */
async function visit(options, steps) {
  const run = await openPage(browser, options);
  await steps(run);
  assert.deepEqual(run.problems, []);
}
const at = (s, more) => ({ query: { s, at: '/job/j1', ...more } });

test('goes from tickets to a published and reverted page by keyboard alone', () => visit({}, async ({ tab, act }) => {
  await act.see('PAY-412');
  await tab.focus('.picker input');
  await act.press('ArrowDown', 'Enter', 'ArrowDown', 'Enter', 'ArrowDown', 'Enter', 'Backspace');
  await act.see('2 of 10');
  await tab.focus('.combo input');
  await tab.keyboard.type('release');
  await act.press('Enter');
  await tab.waitForFunction(() => document.querySelector('.combo input').value === 'Release notes');
  await act.press('Tab');
  await tab.keyboard.type('Payments 2.4');
  await act.press('Enter');
  await act.see('Review the changes');
  const [started] = await act.told('draft.start');
  assert.match(started.requestId, /^[0-9a-f-]{36}$/);
  assert.deepEqual({ ...started, requestId: '' }, { type: 'draft.start', requestId: '', useCase: 'page', sources: [{ kind: 'issue', id: 'PAY-412' }, { kind: 'issue', id: 'PAY-408' }], target: { type: 'new', spaceId: '10', title: 'Payments 2.4' }, language: 'source', tone: 'neutral', engine: 'extract' });
  await act.focus('Review the changes');
  await act.press('Enter');
  await act.focus('Publish as a new page');
  await act.press('Enter');
  await act.see('The page is live');
  assert.equal((await act.told('publish'))[0].hash, 'hash--7');
  await act.focus('Move the page to the trash');
  await act.press('Enter');
  await act.see('The page is in the trash');
}));

test('a sentence opens its source on focus, lets one step into it, and closes on Escape', () => visit({ query: { at: '/job/j1' } }, async ({ tab, act }) => {
  await tab.waitForSelector('.claim');
  await tab.focus('.claim');
  await tab.waitForSelector('.pop a');
  await act.press('Tab');
  assert.match(await act.focused(), /PAY-412/);
  await act.press('Escape');
  await tab.waitForSelector('.pop', { hidden: true });
  assert.match(await act.focused(), /retried/);
}));

test('starts once, however often the button is pressed', () => visit({ query: { slow: 300 } }, async (run) => {
  await fill(run);
  await run.act.press('Enter', 'Enter', 'Enter');
  await run.act.see('Reading');
  assert.equal((await run.act.told('draft.start')).length, 1);
}));

test('cancels at any time and keeps the choices', () => visit({ query: { s: 'reading' } }, async (run) => {
  await fill(run);
  await run.act.press('Enter');
  await run.act.click('Cancel');
  await run.act.see('2 of 10');
  assert.equal((await run.act.told('draft.cancel'))[0].jobId, 'j1');
}));

test('a refused model leads to the extract with the choices kept', () => visit({ query: { s: 'model-failed' } }, async (run) => {
  await fill(run);
  await run.act.press('Enter');
  await run.act.click('Use the extract instead');
  await run.act.see('Make the extract');
  await run.act.see('2 of 10');
}));

test('leaving a change out is sent at once and publishing waits for the new hash', () => visit(at('update', { slow: 400 }), async ({ tab, act }) => {
  await tab.waitForSelector('.diff-choice label');
  // Looked at in the page itself: by the time a harness on a busy machine has asked, the answer may be there.
  const waits = await tab.evaluate(async () => {
    /** @type {HTMLElement} */ (document.querySelector('.diff-choice label')).click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return [...document.querySelectorAll('button')].find((button) => button.textContent?.startsWith('Publish as version 8'))?.disabled;
  });
  assert.equal(waits, true);
  await tab.waitForFunction(() => [...document.querySelectorAll('button')].some((button) => button.textContent.startsWith('Publish as') && !button.disabled));
  assert.deepEqual((await act.told('review.choose'))[0].leftOut.sort(), ['u1', 'u5']);
  await act.click('Publish as version 8');
  await act.see('is live');
  assert.equal((await act.told('publish'))[0].hash, 'hash-u5,u1-7');
}));

test('a page that changed underneath is reviewed anew and published with the new hash', () => visit(at('stale'), async ({ act }) => {
  await act.click('Publish as version 8');
  await act.see('The page changed while you were reading');
  await act.click('Publish as version 9');
  await act.see('is live');
  assert.deepEqual((await act.told('publish')).map(({ hash }) => hash), ['hash--7', 'hash--8']);
}));

test('an unknown outcome is asked about, never published again', () => visit(at('unknown'), async ({ act }) => {
  await act.click('Publish as version 8');
  await act.see('Version 8 is live');
  assert.equal((await act.told('publish')).length, 1);
  assert.equal((await act.told('publish.resume')).length, 1);
}));

test('an expired review cannot be published', () => visit(at('expired'), async ({ tab, act }) => {
  await act.see('This review has expired');
  assert.equal((await tab.$$('button::-p-text(Publish as)')).length, 0);
}));

test('a revert after someone’s edit shows the result first', () => visit(at('conflict'), async ({ act }) => {
  await act.click('Revert to version 7');
  await act.click('Take out Quillgate');
  await act.see('back to version');
  assert.deepEqual((await act.told('revert')).map(({ hash }) => hash), [undefined, 'hash-conflict']);
}));

test('the bytes are shown without anything being started', () => visit({ query: { s: 'model' } }, async (run) => {
  await fill(run);
  await run.act.click('Show exactly what is sent');
  await run.tab.waitForSelector('dialog mark');
  assert.deepEqual(await run.tab.$$eval('dialog mark', (marks) => marks.map((mark) => mark.textContent)), ['[PERSON_1]', '[EMAIL_1]', '[PHONE_1]', '[PERSON_1.b]']);
  assert.equal((await run.act.told('draft.start')).length, 0);
  await run.act.press('Escape');
  await run.tab.waitForSelector('dialog', { hidden: true });
  await run.act.click('Draft from 2');
  await run.act.see('Sent byte for byte as you saw it');
  assert.deepEqual((await run.act.told('draft.start')).map(({ previewed }) => previewed), ['d1'.repeat(32)]);
}));

test('a source that changed after the bytes were shown is told of', () => visit({ query: { s: 'seen-changed' } }, async (run) => {
  await fill(run);
  await run.act.click('Show exactly what is sent');
  await run.tab.waitForSelector('dialog mark');
  await run.act.press('Escape');
  await run.tab.waitForSelector('dialog', { hidden: true });
  await run.act.click('Draft from 2');
  await run.act.see('changed after you looked');
}));

test('a choice that was changed after the bytes were shown is started as one nobody looked at', () => visit({ query: { s: 'model' } }, async (run) => {
  await fill(run);
  await run.act.click('Show exactly what is sent');
  await run.tab.waitForSelector('dialog mark');
  await run.act.press('Escape');
  await run.tab.waitForSelector('dialog', { hidden: true });
  await run.tab.select('select:has(option[value="plain"])', 'plain');
  await run.act.click('Draft from 2');
  await run.act.see('Review the changes');
  assert.deepEqual((await run.act.told('draft.start')).map(({ previewed }) => previewed), [undefined]);
}));

test('the panel opens the Studio filled in', () => visit({ page: 'panel' }, async ({ act }) => {
  await act.click('Draft a page from this');
  const [told] = await act.told('same-tab');
  assert.equal(told?.url, 'https://example.atlassian.net/jira/apps/quillgate#/from/issue/PAY-412');
}));

test('the Studio starts with what its address names', () => visit({ query: { at: '/from/issue/PAY-408' } }, async ({ act }) => {
  await act.see('1 of 10');
}));

test('follows the system where the host names no theme', () => visit({ theme: null, media: 'dark' }, async ({ tab }) => {
  await tab.waitForFunction(() => document.documentElement.dataset.colorMode === 'dark');
}));

test('opens in the theme that the host names, and turns when the host does', () => visit({ dark: true }, async ({ tab, act }) => {
  const back = () => tab.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ds-surface'));
  assert.equal(await tab.evaluate(() => document.documentElement.dataset.colorMode), 'dark');
  const dark = await back();
  await tab.evaluate(() => void (document.documentElement.dataset.colorMode = 'light'));
  assert.notEqual(await back(), dark);
  await act.turnDark();
  assert.equal(await back(), dark);
}));

test('a filled form survives a look at the history', () => visit({}, async (run) => {
  await pick(run);
  await run.act.click('History');
  await run.act.see('What you made');
  await run.act.click('Studio');
  await run.act.see('2 of 10');
}));

test('a draft is asked for at once when the app says it moved, and seldom otherwise; the page stops listening with it', () => visit(at('waiting'), async ({ tab, act }) => {
  await act.see('Waiting for Gemini');
  const asked = async () => (await act.told('job.get')).length;
  const signaled = () => tab.evaluate(() => globalThis.__signal('job-j1') === undefined && [...globalThis.__heard.keys()]);
  await tab.waitForFunction(() => globalThis.__heard.has('job-j1'));
  const before = await asked();
  assert.deepEqual(await signaled(), ['job-j1']);
  await tab.waitForFunction((count) => globalThis.__told.filter(({ type }) => type === 'job.get').length > count, { timeout: 350 }, before);
  const after = await asked();
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(await asked(), after, 'signals arrive, so that asking by itself can wait');
  await act.click('Cancel');
  await tab.waitForFunction(() => globalThis.__heard.size === 0);
}));
