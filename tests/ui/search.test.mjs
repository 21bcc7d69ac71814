// What people do in the picker and on the admin's page of the index, and what each act asks of the app's function.
// It checks the calls the pages make, not what the core would answer.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ensureBuilt } from './built.mjs';
import { openBrowser, openPage } from './browser.mjs';

let browser;
before(async () => {
  await ensureBuilt();
  browser = await openBrowser();
});
after(() => browser.close());

/** Runs one visit and fails on anything the console or the policy said. */
async function visit(options, steps) {
  const run = await openPage(browser, options);
  await steps({ ...run, ...helpers(run) });
  assert.deepEqual(run.problems, []);
}
const FIELD = '.picker input[role="combobox"]';
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const helpers = ({ tab, act }) => ({
  start: async () => {
    await act.see('PAY-412');
    await tab.focus(FIELD);
  },
  type: (text) => tab.keyboard.type(text),
  results: () => act.see('Results'),
  asked: async () => (await act.told('sources.search')).map(({ text }) => text),
  marked: () => tab.$eval(FIELD, (field) => document.getElementById(field.getAttribute('aria-activedescendant'))?.innerText.split('\n')[0] ?? null),
  value: () => tab.$eval(FIELD, (field) => field.value),
});

describe('the picker', () => {
  test('typing asks nothing; a pause asks once, and the present words are narrowed meanwhile', () => visit({ query: { s: 'slow-search' } }, async ({ act, start, type, asked }) => {
    await start();
    await type('capt');
    await act.gone('PAY-408');
    await act.see('PAY-412');
    assert.deepEqual(await asked(), ['']);
    await pause(500);
    assert.deepEqual(await asked(), ['', 'capt']);
  }));

  test('Enter asks at once, and then picks what is marked', () => visit({}, async ({ act, start, type, results, asked, marked }) => {
    await start();
    await type('refund');
    await act.press('Enter');
    await pause(120);
    assert.deepEqual(await asked(), ['', 'refund']);
    await results();
    assert.match(await marked(), /^PAY-408/);
    await act.see('0 of 10');
    await act.press('Enter');
    await act.see('1 of 10');
  }));

  test('words are found first, then refined once; the mark stays where it is', () => visit({ query: { s: 'index-refined' } }, async ({ act, start, type, results, marked }) => {
    await start();
    await type('refund');
    await results();
    await act.see('The words of a search go to Google Vertex AI');
    await act.see('PAY-380');
    assert.match(await marked(), /^PAY-408/);
    await pause(400);
    assert.deepEqual((await act.told('sources.search')).map(({ text, refine }) => [text, refine]), [['', undefined], ['refund', undefined], ['refund', true]]);
  }));

  test('a key typed with Enter is picked as its answer comes', () => visit({}, async ({ act, start, type }) => {
    await start();
    await type('pay-397');
    await act.press('Enter');
    await act.see('1 of 10');
  }));

  test('an answer that comes late is dropped, and an old question costs nothing twice', () => visit({ query: { s: 'late' } }, async ({ act, start, type, results, asked, tab }) => {
    await start();
    await type('refund');
    await pause(400);
    await tab.click(FIELD, { count: 3 });
    await type('capture');
    await results();
    await pause(1200);
    await act.gone('PAY-408');
    await act.press('Escape', 'Escape');
    await act.see('Recently updated');
    assert.deepEqual(await asked(), ['', 'refund', 'capture']);
  }));

  test('arrows, Home and End move the mark; Escape closes the preview, then clears', () => visit({}, async ({ act, start, type, results, marked, value, tab }) => {
    await start();
    await type('capture');
    await results();
    await act.press('End');
    assert.match(await marked(), /^PAY-380/);
    await tab.waitForSelector('.hit-pane');
    await act.press('Home');
    assert.match(await marked(), /^PAY-412/);
    await act.press('ArrowUp');
    assert.match(await marked(), /^PAY-380/);
    await act.press('Escape');
    await tab.waitForSelector('.hit-pane', { hidden: true });
    assert.equal(await value(), 'capture');
    await act.press('Escape');
    assert.equal(await value(), '');
  }));

  test('filters become chips, are sent with the words, and Backspace takes the last one, then the last source', () => visit({}, async ({ act, start, type, asked, value, tab }) => {
    await start();
    await act.press('ArrowDown', 'Enter');
    await act.see('1 of 10');
    await type('proj');
    await tab.waitForSelector('.filter-name[data-next="true"]');
    await act.press('ArrowRight');
    assert.equal(await value(), 'project:');
    await type('PAY capture');
    assert.equal(await value(), 'capture');
    await act.see('Results');
    assert.equal((await asked()).at(-1), 'project:PAY capture');
    await act.press('Escape', 'Backspace');
    await tab.waitForSelector('.filter-chip', { hidden: true });
    await act.see('1 of 10');
    await act.press('Backspace');
    await act.see('0 of 10');
  }));

  test('a filter that cannot be read is named at the field, and nothing typed is lost', () => visit({}, async ({ act, start, type, value, tab }) => {
    await start();
    await type('refund updated:soon ');
    await act.see('updated: needs a date');
    assert.equal(await value(), 'refund ');
    assert.equal(await tab.$eval(FIELD, (field) => field.getAttribute('aria-invalid')), 'true');
    assert.equal((await tab.$$('.filter-chip[data-bad="true"]')).length, 1);
    await (await tab.waitForSelector('button::-p-aria(Remove the filter updated:soon)')).click();
    await act.see('Results');
    assert.match(await act.focused() ?? '', /^$/, 'the field has the focus again');
  }));

  test('from the mark, Tab goes to its preview: open it, add it, come back with Escape', () => visit({}, async ({ act, start, type, results, tab }) => {
    await start();
    await type('capture');
    await results();
    await act.press('ArrowDown', 'Tab');
    assert.match(await act.focused(), /^Open/);
    await act.press('Enter');
    await tab.waitForFunction(() => globalThis.__told.some(({ url, type: kind }) => kind === 'new-tab' || url?.includes('/browse/PAY-380')));
    await act.press('Tab');
    assert.equal(await act.focused(), 'Add as a source');
    await act.press('Enter');
    await act.see('1 of 10');
    await act.press('Escape');
    await tab.waitForSelector('.hit-pane', { hidden: true });
    assert.equal(await tab.evaluate(() => document.activeElement.getAttribute('role')), 'combobox');
  }));

  test('the preview says where in its source the words stand, and opens it there', () => visit({}, async ({ act, start, type, results, tab }) => {
    await start();
    await type('refunds');
    await results();
    await act.press('Home', 'Tab');
    const shown = () => tab.$eval('.hit-preview', (preview) => [preview.innerText, preview.querySelector('a')?.href]);
    const [text, href] = await shown();
    assert.match(text, /Found in: Known problems › Refunds · block 7/);
    assert.match(href, /9001#Refunds$/);
  }));

  test('the pointer rests to see a preview; a click adds and takes it away', () => visit({}, async ({ act, start, tab }) => {
    await start();
    const row = await tab.waitForSelector('.hit:nth-child(2)');
    await row.hover();
    await tab.waitForSelector('.hit-pane');
    await row.click();
    await act.see('1 of 10');
    await tab.waitForSelector('.hit-pane', { hidden: true });
    await tab.mouse.move(800, 700);
  }));

  test('what the Studio was opened on has its relatives, asked once', () => visit({ query: { at: '/from/issue/PAY-408' } }, async ({ act, type, start }) => {
    await start();
    await act.see('Related to PAY-408');
    await type('capture');
    await act.see('Results');
    await act.press('Escape', 'Escape');
    await act.see('Related to PAY-408');
    assert.deepEqual(await act.told('sources.related'), [{ kind: 'issue', id: 'PAY-408', type: 'sources.related' }]);
  }));

  test('a set is saved by name, applied, removed and brought back', () => visit({ query: { s: 'sets' } }, async ({ act, start, type, tab }) => {
    await start();
    await act.press('ArrowDown', 'Enter', 'ArrowDown', 'Enter');
    await act.click('Save as a set');
    await type('On call');
    await act.press('Enter');
    await act.see('On call');
    const [saved] = await act.told('sets.save');
    assert.deepEqual(saved, { name: 'On call', sources: [{ kind: 'issue', id: 'PAY-412' }, { kind: 'issue', id: 'PAY-408' }], type: 'sets.save' });
    await act.click('Release 2.4', '.set-apply');
    await act.see('3 of 10');
    await (await tab.waitForSelector('button::-p-aria(Remove the set Release 2.4)')).click();
    await act.see('is removed');
    await act.click('Undo');
    await act.gone('is removed');
    assert.equal((await act.told('sets.save')).at(-1).name, 'Release 2.4');
  }));

  test('a hit keeps its place in the list while an answer replaces what was narrowed', () => visit({}, async ({ act, start, type, results, tab }) => {
    await start();
    const foot = () => tab.$eval('.how', (box) => Math.round(box.getBoundingClientRect().top));
    const before = await foot();
    await type('capture');
    assert.ok(Math.abs(await foot() - before) < 120, 'what is below stays while one types');
    await results();
  }));
});

const admin = (scenario, more) => ({ page: 'admin', query: { ...(scenario ? { s: scenario } : {}), at: '/search', ...more } });
const toggle = async (tab, name) => (await tab.waitForSelector(`input[aria-label="Index ${name}"]`)).click();

describe('the admin’s page of the index', () => {
  test('has an address of its own, and Back leads to the models', () => visit({ page: 'admin' }, async ({ act, tab }) => {
    await act.see('Your own model');
    await act.click('Search', '.tab');
    await act.see('Projects and spaces');
    assert.equal(await tab.evaluate(() => globalThis.__place.location.pathname), '/search');
    assert.equal(await tab.$eval('.tab[aria-current="page"]', (one) => one.textContent), 'Search');
    await tab.evaluate(() => globalThis.__place.push('/'));
    await act.see('Your own model');
  }));

  test('switches on at once, and off only after saying what goes', () => visit(admin('index-settled'), async ({ act, tab }) => {
    await act.see('Security desk');
    await toggle(tab, 'Security desk');
    await act.see('Waiting');
    assert.deepEqual(await act.told('index.set'), [{ kind: 'project', key: 'SEC', on: true, type: 'index.set' }]);
    await toggle(tab, 'Payments');
    await act.see('1,240 documents, 3,120 excerpts, 4.8 MB');
    await act.click('Keep it');
    assert.equal((await act.told('index.set')).length, 1);
    assert.equal(await tab.$eval('input[aria-label="Index Payments"]', (box) => box.checked), true);
    await toggle(tab, 'Payments');
    await act.click('Take it out');
    await tab.waitForFunction(() => !document.querySelector('input[aria-label="Index Payments"]').checked);
    assert.deepEqual((await act.told('index.set')).at(-1), { kind: 'project', key: 'PAY', on: false, type: 'index.set' });
  }));

  test('follows the indexing while it is seen, and stops when it is hidden', () => visit(admin('index-going'), async ({ act, tab }) => {
    await act.see('312 of 1,800');
    await act.see('1,112 of 1,800');
    await tab.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const asked = (await act.told('index.open')).length;
    await pause(2600);
    assert.equal((await act.told('index.open')).length, asked);
    await tab.evaluate(() => {
      delete document.visibilityState;
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await act.see('1,512 of 1,800');
  }));

  test('asks nothing again while nothing moves', () => visit(admin('index-settled'), async ({ act }) => {
    await act.see('Payments');
    await pause(2600);
    assert.equal((await act.told('index.open')).length, 1);
  }));

  test('filters at once and asks for the rest in a pause', () => visit(admin('index-settled'), async ({ act }) => {
    await act.see('Payments');
    await act.type('.containers-bar input', 'secu');
    await act.gone('Payments');
    await act.see('Security desk');
    await pause(500);
    assert.deepEqual((await act.told('index.open')).map(({ text }) => text), [undefined, 'secu']);
  }));

  test('keeps the lifetime within its bounds', () => visit(admin('index-settled'), async ({ act, tab }) => {
    const field = await tab.waitForSelector('.days input');
    for (const wrong of ['0', '366', '1.5', '']) {
      await field.click({ count: 3 });
      await act.press('Backspace');
      await tab.keyboard.type(wrong);
      await act.press('Enter');
    }
    await act.see('whole number from 1 to 365');
    assert.equal((await act.told('index.setLifetime')).length, 0);
    await tab.keyboard.type('365');
    await act.press('Enter');
    await act.see('A document that changes is read again at once');
    assert.deepEqual(await act.told('index.setLifetime'), [{ days: 365, type: 'index.setLifetime' }]);
  }));

  test('builds again only after saying what happens, whole or one', () => visit(admin('index-settled'), async ({ act, tab }) => {
    await act.click('Build all of it again');
    await act.see('2 projects and spaces');
    await act.click('Cancel');
    assert.equal((await act.told('index.rebuild')).length, 0);
    await (await tab.waitForSelector('button::-p-aria(Build the index of Release notes again)')).click();
    await (await tab.waitForSelector('dialog button::-p-text(Build again)')).click();
    await tab.waitForSelector('dialog', { hidden: true });
    assert.deepEqual(await act.told('index.rebuild'), [{ kind: 'space', key: 'REL', type: 'index.rebuild' }]);
  }));

  test('looks one document up by what was pasted', () => visit(admin('index-settled'), async ({ act }) => {
    await act.type('input[placeholder="PAY-412"]', 'https://example.atlassian.net/browse/PAY-412');
    await act.press('Enter');
    await act.see('What the gateway answers');
    assert.deepEqual(await act.told('index.inspect'), [{ kind: 'issue', id: 'PAY-412', type: 'index.inspect' }]);
  }));

  test('sends excerpts for their meaning only after asking', () => visit(admin('index-embedding-off'), async ({ act, tab }) => {
    await (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click();
    await act.see('cannot be called back');
    assert.equal((await act.told('index.setEmbedding')).length, 0);
    await act.click('Send them');
    await act.see('Excerpts go to Google Vertex AI');
    assert.deepEqual(await act.told('index.setEmbedding'), [{ on: true, type: 'index.setEmbedding' }]);
  }));

  test('asks what the model of an own endpoint is called before anything is sent', () => visit(admin('index-embedding-own'), async ({ act, tab }) => {
    await (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click();
    await act.see('Model for embeddings');
    await act.click('Send them');
    assert.equal((await act.told('index.setEmbedding')).length, 0);
    await tab.type('dialog input', ' nomic-embed-text ');
    await act.click('Send them');
    await act.see('12 excerpts are found by words alone');
    assert.deepEqual(await act.told('index.setEmbedding'), [{ on: true, model: 'nomic-embed-text', type: 'index.setEmbedding' }]);
  }));

  test('lets another route than the one that writes embed', () => visit(admin('index-embedding-other'), async ({ act, tab }) => {
    await (await tab.waitForSelector('input[aria-label="Search by meaning"]')).click();
    await act.see('Route that embeds');
    await tab.select('dialog select', 'r3');
    await act.see('sent to Google Gemini API');
    await act.click('Send them');
    await act.see('Excerpts go to');
    assert.deepEqual(await act.told('index.setEmbedding'), [{ on: true, route: 'r3', type: 'index.setEmbedding' }]);
  }));

  test('offers another route where the chosen one is gone', () => visit(admin('index-embedding-gone'), async ({ act }) => {
    await act.see('not connected under Models');
    await act.click('Use another route');
    await act.click('Send them');
    assert.deepEqual((await act.told('index.setEmbedding')).map(({ route }) => route), ['r1']);
  }));

  test('changes nothing for who may only look', () => visit(admin('index-readonly'), async ({ act, tab }) => {
    await act.see('may not change it');
    assert.equal(await tab.$$eval('.switch input:not(:disabled), .days input:not(:disabled)', (found) => found.length), 0);
  }));
});
