// The main job as a person does it, in a real browser through the local host: pick, draft, review, publish, revert.
// No model is used here, and the host's recorder must show that nothing left.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, openTab, pageOf } from './site.mjs';

let site;
before(async () => { site = await openSite(); });
after(() => site.close());

const released = async () => {
  const { body } = await site.host.as('mira').request('confluence', 'GET', '/wiki/rest/api/search?cql=type%20%3D%20page%20ORDER%20BY%20lastmodified%20DESC&limit=60');
  return JSON.parse(body).results.map(({ content }) => content);
};
const idOf = async (title) => (await released()).find((page) => page.title === title)?.id;

async function pick(act, ...keys) {
  for (const key of keys) await act.choose('What to write from', key, key);
}

test('tickets become a new page, and one click takes it back', async () => {
  const { act, problems, close } = await openTab(site, 'tomas', '/');
  await act.see('Recently updated');
  await act.shot('01-studio');
  await pick(act, 'DESK-1', 'DESK-3', 'DESK-12');
  await act.choose('Space', 'Oper', 'Operations');
  await act.type('Page title', 'Desk notes of November');
  await act.shot('02-picked');
  await act.click('Make the extract');
  await act.see('Review the changes');
  await act.shot('03-draft');
  assert.match(await act.text(), /Nothing left this site/);
  await act.click('Review the changes');
  await act.see('Publish as a new page');
  await act.shot('04-review');
  assert.equal(await idOf('Desk notes of November'), undefined, 'nothing is written before the approval');
  await act.click('Publish as a new page');
  await act.see('The page is live');
  await act.shot('05-published');
  const id = await idOf('Desk notes of November');
  const { page } = await pageOf(site.host, id);
  assert.match(page.body.storage.value, /\/browse\/DESK-1"/);
  await act.click('Move the page to the trash');
  await act.see('Reverted');
  await act.shot('06-reverted');
  assert.equal(await idOf('Desk notes of November'), undefined);
  assert.deepEqual(problems, []);
  assert.deepEqual(site.host.traffic.sent(), []);
  await close();
});

test('an existing page gets a new version as reviewed, and its old bytes back', async () => {
  const id = await idOf('Release notes');
  const old = (await pageOf(site.host, id)).page;
  const { act, problems, close } = await openTab(site, 'tomas', '/');
  await act.see('Recently updated');
  await pick(act, 'DESK-1', 'DESK-5');
  await act.segment('Update a page');
  await act.choose('Page to update', 'Release', 'Release notes');
  await act.click('Make the extract');
  await act.see('Review the changes');
  await act.click('Review the changes');
  const next = `Publish as version ${old.version.number + 1}`;
  await act.see(next);
  await act.shot('11-review-update');
  await act.click(next);
  await act.see('Receipt');
  await act.shot('12-published-update');
  const written = (await pageOf(site.host, id)).page;
  assert.equal(written.version.number, old.version.number + 1);
  assert.match(written.version.message, /DESK-1.*extract.*op [0-9a-f]{32}/);
  for (const block of old.body.storage.value.match(/<p>.*?<\/p>/g)) assert.ok(written.body.storage.value.includes(block), 'a block that was not to change has changed');
  await act.click(`Revert to version ${old.version.number}`);
  await act.see('Reverted');
  await act.shot('13-reverted-update');
  const back = (await pageOf(site.host, id)).page;
  assert.equal(back.version.number, old.version.number + 2);
  assert.equal(back.body.storage.value, old.body.storage.value);
  await act.click('History');
  await act.see('Release notes');
  await act.shot('14-history');
  assert.deepEqual(problems, []);
  await close();
});

test('what a person wrote since is shown three ways and kept', async () => {
  const id = await idOf('Release notes');
  const { act, problems, close } = await openTab(site, 'tomas', '/');
  await act.see('Recently updated');
  await pick(act, 'DESK-3');
  await act.segment('Update a page');
  await act.choose('Page to update', 'Release', 'Release notes');
  await act.click('Make the extract');
  await act.see('Review the changes');
  await act.click('Review the changes');
  await act.see('Publish as version');
  await edit(id, (body) => `<p>Typed by Mira before.</p>${body}`);
  await act.click('Publish as version');
  await act.see('changed');
  await act.shot('21-stale');
  await act.click('Publish as version');
  await act.see('Receipt');
  await edit(id, (body) => `${body}<p>Typed by Mira after.</p>`);
  await act.click('Revert to version');
  await act.see('Typed by Mira after.');
  await act.shot('22-three-way');
  await act.click('Take out Quillgate');
  await act.see('Reverted');
  const { page } = await pageOf(site.host, id);
  assert.match(page.body.storage.value, /Typed by Mira before\./);
  assert.match(page.body.storage.value, /Typed by Mira after\./);
  assert.doesNotMatch(page.body.storage.value, /browse\/DESK-3/);
  assert.deepEqual(problems.filter((line) => !line.includes('409')), []);
  await close();
});

async function edit(id, change) {
  const { page } = await pageOf(site.host, id);
  const body = { id, status: 'current', title: page.title, body: { representation: 'storage', value: change(page.body.storage.value) }, version: { number: page.version.number + 1, message: 'by hand' } };
  const { status } = await site.host.as('mira').request('confluence', 'PUT', `/wiki/api/v2/pages/${id}`, body);
  assert.equal(status, 200);
}

test('a write whose answer is lost is looked up and never written twice', async () => {
  const { act, close } = await openTab(site, 'tomas', '/');
  await act.see('Recently updated');
  await pick(act, 'DESK-12');
  await act.choose('Space', 'Oper', 'Operations');
  await act.type('Page title', 'Lost and found');
  await act.click('Make the extract');
  await act.see('Review the changes');
  await act.click('Review the changes');
  await act.see('Publish as a new page');
  site.host.faults.add({ kind: 'confluence', action: 'lost-reply', match: 'POST', count: 1 });
  await act.click('Publish as a new page');
  await act.see('The page is live');
  assert.equal((await released()).filter((page) => page.title === 'Lost and found').length, 1);
  await close();
});

test('who may not write a page is told before anything is read', async () => {
  const { act, close } = await openTab(site, 'wren', '/');
  await act.see('Recently updated');
  assert.doesNotMatch(await act.text(), /SEC-\d/);
  await act.choose('What to write from', 'DESK-1', 'DESK-1');
  await act.segment('Update a page');
  await act.choose('Page to update', 'Release', 'Release notes');
  await act.click('Make the extract');
  await act.see('You may not do this');
  await act.shot('31-no-permission');
  await close();
});

test('an issue opens the Studio filled in', async () => {
  const { tab, act, frame, close } = await openTab(site, 'tomas', '/browse/DESK-1');
  await act.see('Draft a page from this');
  await act.shot('41-panel');
  await act.click('Draft a page from this');
  await tab.waitForFunction(() => location.pathname.includes('apps'), { timeout: 10_000 });
  const studio = await frame();
  await studio.waitForFunction(() => document.body.innerText.includes('Remove DESK-1') || document.querySelector('[aria-label*="Remove DESK-1"]') !== null || document.body.innerText.includes('DESK-1'), { timeout: 15_000 });
  await close();
});

test('a page opens the Studio filled in, as an update of it', async () => {
  const id = await idOf('Release notes');
  const { tab, host } = { tab: await site.browser.newPage(), host: site.host };
  await tab.setViewport({ width: 1360, height: 900 });
  await tab.goto(host.as('tomas').url(`/wiki/spaces/OPS/pages/${id}`), { waitUntil: 'networkidle2' });
  await (await tab.waitForSelector('summary, ::-p-aria([name*="More"])', { visible: true })).click();
  await (await tab.waitForSelector('::-p-text(Update with Quillgate)', { visible: true })).click();
  const studio = await tab.waitForFrame((one) => one.url().startsWith(host.appUrl));
  await studio.waitForFunction(() => [...document.querySelectorAll('input')].some((one) => one.value === 'Release notes'), { timeout: 15_000 });
  assert.match(await studio.evaluate(() => document.body.innerText), /You see every change before it is written\./);
  await tab.close();
});
