// The Smart Picker over an index, in a real browser through the local host: an admin switches it on, it is crawled; one types, sees what
// is there at once and then what the index has, why and where, looks at a hit and takes it, all by keyboard. What one may not read is not
// there, and what a page says now is found.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSite, openTab, pageOf } from './site.mjs';

let site;
before(async () => {
  site = await openSite({ seed: 'small' });
  for (const [kind, key] of [['project', 'DESK'], ['project', 'SEC'], ['space', 'OPS']]) {
    const { type } = await site.host.invoke('call', { type: 'index.set', kind, key, on: true }, { as: 'mira', module: 'admin-confluence', product: 'confluence' });
    assert.equal(type, 'ok');
  }
  await settled();
});
after(() => site.close());

/** A trigger runs shortly after a write, and its event after that. */
async function settled() {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((done) => { setTimeout(done, 200); });
    await site.host.queue.idle();
  }
}

/** What the picker shows, and what it has shown above its hits since the field was last cleared. */
async function openPicker(nick) {
  const { tab, act, problems, close } = await openTab(site, nick, '/');
  await act.see('Recently updated');
  const { app } = act;
  await app.evaluate(() => {
    globalThis.labels = [];
    const note = () => {
      const label = document.querySelector('.results .section-label')?.textContent;
      if (label && globalThis.labels.at(-1) !== label) globalThis.labels.push(label);
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  const search = async (words) => {
    await app.focus('.picker input[role="combobox"]');
    await act.press('Escape');
    await act.press('Escape');
    await app.evaluate(() => { globalThis.labels = []; });
    await tab.keyboard.type(words);
    await app.waitForFunction(() => globalThis.labels.at(-1) === 'Results' || document.body.innerText.includes('Nothing matches'));
    return app.evaluate(() => [...document.querySelectorAll('.results [role="option"]')].map((one) => ({
      title: one.querySelector('.hit-title').innerText.trim(), marked: [...one.querySelectorAll('mark')].map((mark) => mark.textContent.toLowerCase()), why: [...one.querySelectorAll('.why')].map((why) => why.textContent),
    })));
  };
  return { tab, act, app, problems, close, search, labels: () => app.evaluate(() => globalThis.labels) };
}

test('words are narrowed at once, then found in the texts, with the reason and the place; a hit is looked at and taken by keyboard', async () => {
  const { act, app, problems, close, search, labels } = await openPicker('tomas');
  const hits = await search('phishing blocked at the relay');
  assert.match(hits[0].title, /^SEC-1 Phishing mail/);
  assert.ok(hits[0].why.includes('in text'), `${hits[0].why}`);
  assert.ok(hits[0].marked.length > 0 && hits[0].marked.every((word) => 'phishing blocked relay'.includes(word)), `${hits[0].marked}`);
  await act.shot('51-search');

  await search('phishing');
  const [first, last] = [(await labels())[0], (await labels()).at(-1)];
  assert.deepEqual([first, last], ['On this page so far', 'Results'], 'what the page has met comes before the answer');

  await act.press('Home');
  await app.waitForSelector('.hit[data-active="true"]');
  const pane = await app.waitForSelector('.hit-pane, .hit-under');
  assert.match(await pane.evaluate((one) => one.innerText), /SEC-1[\s\S]*Security desk[\s\S]*Found because:[\s\S]*Open/);
  await act.shot('52-preview');
  await act.press('Tab');
  await act.press('Tab');
  assert.equal(await app.evaluate(() => document.activeElement.textContent), 'Add as a source');
  await act.press('Enter');
  await app.waitForSelector('.chosen ::-p-text(SEC-1)', { timeout: 3_000 });
  await act.shot('53-taken');
  assert.deepEqual(problems, []);
  await close();
});

// Ledger: SO-27.
test('who may not read a document finds nothing of it', async () => {
  const { act, problems, close, search } = await openPicker('wren');
  const hits = await search('phishing blocked at the relay');
  assert.ok(hits.every(({ title }) => !title.startsWith('SEC-')), JSON.stringify(hits));
  assert.doesNotMatch(await act.text(), /SEC-\d|Phishing|parcel service/);
  assert.deepEqual(problems, []);
  await close();
});

test('a page that is edited is found by what it says now', async () => {
  const { problems, close, search } = await openPicker('tomas');
  const said = (hits) => hits.find(({ marked }) => marked.includes('kingfisher'));
  assert.equal(said(await search('kingfisher')), undefined);
  const listed = await site.host.as('mira').request('confluence', 'GET', '/wiki/rest/api/search?cql=type%20%3D%20page%20AND%20space%20%3D%20OPS&limit=1');
  const [{ content: { id } }] = JSON.parse(listed.body).results;
  const { page } = await pageOf(site.host, id);
  const value = `${page.body.storage.value}<p>The kingfisher relay trips at dusk.</p>`;
  const body = { id, status: 'current', title: page.title, body: { representation: 'storage', value }, version: { number: page.version.number + 1, message: 'by hand' } };
  assert.equal((await site.host.as('mira').request('confluence', 'PUT', `/wiki/api/v2/pages/${id}`, body)).status, 200);
  await settled();
  const found = said(await search('kingfisher relay'));
  assert.ok(found?.title.includes(page.title) && found.why.includes('in text'), JSON.stringify(found));
  assert.deepEqual(problems, []);
  assert.deepEqual(site.host.traffic.sent(), []);
  await close();
});
