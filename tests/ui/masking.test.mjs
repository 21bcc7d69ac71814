// What an admin does on the page of masking, by keyboard where it matters, and what each act asks of the app's function.
// It checks the calls the page makes, not what the core would answer.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ensureBuilt } from './built.mjs';
import { openBrowser, openPage } from './browser.mjs';
import { pattern, tried } from './states-masking.mjs';

let browser;
before(async () => {
  await ensureBuilt();
  browser = await openBrowser();
});
after(() => browser.close());

/** Runs one visit and fails on anything the console or the policy said. */
async function visit(query, steps) {
  const run = await openPage(browser, { page: 'admin', query: { at: '/masking', ...query } });
  await run.act.see('What is masked');
  await steps(run);
  assert.deepEqual(run.problems, []);
}
const PHONE = 'input[aria-label="Mask phone numbers in public"]';
const isOn = (tab) => tab.$eval(PHONE, (field) => field.checked);

test('protection goes off after a question alone, by keyboard, and comes back by undo', () => visit({}, async ({ tab, act }) => {
  await tab.focus(PHONE);
  await act.press('Space');
  await act.see('Stop masking phone numbers in public?');
  await act.press('Escape');
  await act.gone('Stop masking phone numbers in public?');
  assert.equal((await act.told('masking.setKind')).length, 0);
  assert.equal(await isOn(tab), true);
  await tab.focus(PHONE);
  await act.press('Space');
  await act.see('cannot be called back');
  await (await act.button('Stop masking')).focus();
  await act.press('Enter');
  await act.see('Phone numbers are no longer masked in public');
  assert.equal(await isOn(tab), false);
  await act.focus('Undo');
  await act.press('Enter');
  await act.see('Phone numbers are masked in public again');
  const said = (await act.told('masking.setKind')).map(({ class: one, kind, on }) => [one, kind, on]);
  assert.deepEqual(said, [['public', 'PHONE', false], ['public', 'PHONE', true]]);
  await act.see('Robin Example: phone numbers masked in public again');
}));

test('secrets have no switch outside public', () => visit({}, async ({ tab }) => {
  assert.equal(await tab.$('input[aria-label="Mask passwords and keys in confidential"]'), null);
  assert.ok(await tab.$('input[aria-label="Mask passwords and keys in public"]'));
}));

test('a kind says what was measured of it, or that nothing was', () => visit({}, async ({ act }) => {
  await act.see('Finds 97.1% [96.6%–97.5%]');
  await act.see('rule tests of a secret scanner · Nov 22, 2026');
  await act.see('Not measured');
  await act.see('not measured on your data');
}));

test('typing a text asks once it stands still, and again when a rule changed', () => visit({}, async ({ tab, act }) => {
  await tried('Write to anna@example.com')({ tab });
  await act.see('EMAIL_1');
  const asked = await act.told('masking.try');
  assert.ok(asked.length <= 2, `${asked.length} calls`);
  assert.deepEqual(asked.at(-1), { type: 'masking.try', text: 'Write to anna@example.com', class: 'confidential' });
  await (await tab.waitForSelector('input[aria-label="Mask names in public"]')).click();
  await act.see('Names are masked in public again');
  await tab.waitForFunction((before) => globalThis.__told.filter(({ type }) => type === 'masking.try').length > before, {}, asked.length);
}));

test('a class that opens nothing changes at once; one that opens something asks', () => visit({}, async ({ tab, act }) => {
  const field = (name) => `select[aria-label="Class of ${name}"]`;
  await tab.waitForSelector(field('Payments'));
  await tab.select(field('Payments'), 'restricted');
  await act.see('Payments is now restricted');
  await tab.select(field('IT desk'), 'public');
  await act.see('names and network addresses');
  assert.equal(await tab.$eval(field('IT desk'), (select) => select.value), 'confidential');
  await act.click('Change the class');
  await act.see('IT desk is now public');
  await act.click('Undo');
  await act.see('IT desk is now confidential');
  const said = (await act.told('masking.setClass')).map(({ key, class: one }) => [key, one]);
  assert.deepEqual(said, [['PAY', 'restricted'], ['DESK', 'public'], ['DESK', undefined]]);
}));

test('a bad pattern is kept in its field with the place of the mistake', () => visit({}, async ({ tab, act }) => {
  await pattern('SRV-.*')({ tab, act });
  await act.see('A dot, an anchor');
  assert.equal(await tab.$eval('.bad-pattern mark', (mark) => mark.textContent), '.');
  assert.equal(await tab.$eval('section[aria-labelledby="deny-title"] input', (field) => field.value), 'SRV-.*');
  await act.press('Backspace', 'Backspace');
  await act.gone('A dot, an anchor');
  await tab.keyboard.type('[0-9]{4,4}');
  await act.press('Enter');
  await act.see('SRV-[0-9]{4,4}');
  assert.deepEqual((await act.told('masking.addWord')).at(-1), { type: 'masking.addWord', list: 'deny', text: 'SRV-[0-9]{4,4}', match: 'pattern', kind: 'SECRET' });
}));

test('a removed word comes back as it was', () => visit({}, async ({ tab, act }) => {
  await (await tab.waitForSelector('button::-p-aria(Remove Blue Heron)')).click();
  await act.click('Stop masking');
  await act.see('Blue Heron was removed');
  await act.click('Undo');
  await tab.waitForSelector('button::-p-aria(Remove Blue Heron)');
  assert.deepEqual((await act.told('masking.addWord')).at(-1), { type: 'masking.addWord', list: 'deny', text: 'Blue Heron', match: 'phrase', kind: 'SECRET' });
}));

test('a planted value is shown once', () => visit({}, async ({ tab, act }) => {
  await act.type('section[aria-labelledby="canaries-title"] input', 'Salary sheet');
  await act.press('Enter');
  await act.see('qgcanary');
  await act.click('Copy');
  await tab.waitForFunction(() => /Copied|Marked/.test(document.body.innerText));
  await act.click('I have it');
  await act.gone('qgcanary');
  await act.see('Salary sheet');
}));

test('times are in the reader’s zone and numbers in their locale', () => visit({ locale: 'de-DE' }, async ({ act }) => {
  await act.see('97,1');
  await act.see('22. Nov. 2026');
}));

test('without the right to change nothing can be changed', () => visit({ s: 'masking-readonly' }, async ({ tab }) => {
  await tab.waitForSelector('.classes select');
  const open = await tab.$$eval('.masking input[role="switch"], .classes select, .words-choice select', (fields) => fields.filter((field) => !field.disabled).length);
  assert.equal(open, 0);
}));
