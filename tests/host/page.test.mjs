// Custom UI and the screens around it: the policy header, the bridge, who may call the host, safe rendering, import.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, after, test } from 'node:test';
import { policyFor } from '../../dev/host/bridge/policy.mjs';
import { renderAdf } from '../../dev/host/chrome/adf.mjs';
import { renderStorage } from '../../dev/host/chrome/storage.mjs';
import { startHost } from '../../dev/host/host.mjs';
import { bundlePage } from './bundle.mjs';
import { FIXTURE, hostFor } from './fixture.mjs';

let host;
before(async () => {
  await bundlePage();
  host = await startHost({ appDir: FIXTURE, seed: 'small', workers: 2 });
});
after(() => host.stop());

const directive = (policy, name) => policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? '';

test('a document carries Forge’s policy: no inline script or style, no eval, framed by the chrome only', async () => {
  const response = await fetch(`${host.appUrl}/main/index.html`);
  const policy = response.headers.get('content-security-policy');
  assert.ok(!/unsafe-inline|unsafe-eval/.test(policy));
  assert.ok(directive(policy, 'script-src').startsWith("script-src 'self'"));
  assert.ok(directive(policy, 'connect-src').startsWith("connect-src 'self'"));
  assert.ok(directive(policy, 'frame-ancestors').endsWith(host.url));
  assert.match(directive(policy, 'sandbox'), /allow-scripts/);
  assert.equal(directive(policy, 'report-uri'), '');
  assert.match(await response.text(), /<head><script src="\/__bridge__\/bridge.js"><\/script>/);
});

test('the manifest’s own permissions change the policy, others do not', () => {
  const policy = policyFor('<script>1</script>', { content: { scripts: ['unsafe-eval'], styles: ['unsafe-inline'] }, external: { images: ['https://img.example.com'] } }, 'http://localhost:1');
  assert.match(directive(policy, 'script-src'), /'unsafe-eval'.*'sha256-/);
  assert.match(directive(policy, 'style-src'), /'unsafe-inline'/);
  assert.match(directive(policy, 'img-src'), /https:\/\/img.example.com/);
  assert.ok(!/wasm/.test(policyFor('', { content: { scripts: ['wasm-unsafe-eval'] } }, 'x')));
});

test('no file outside a resource is served', async () => {
  for (const path of ['/main/../manifest.yml', '/main/%2e%2e/manifest.yml', '/main/..%2fmanifest.yml', '/other/index.html']) assert.equal((await fetch(host.appUrl + path)).status, 404, path);
});

test('another origin or another name may not steer the host', async () => {
  const post = (headers) => fetch(`${host.url}/host/clock/advance`, { method: 'POST', headers, body: '{"ms":1}' });
  assert.equal((await post({ origin: 'https://evil.example' })).status, 403);
  assert.equal((await post({ origin: host.appUrl })).status, 403, 'the app’s own page is another origin too');
  assert.equal((await post({ origin: host.url })).status, 200);
  const { request } = await import('node:http');
  const status = await new Promise((resolve) => { request(host.url.replace('localhost', '127.0.0.1'), { headers: { host: 'evil.example' } }, (response) => resolve(response.statusCode)).end(); });
  assert.equal(status, 403);
});

test('the session’s user decides what a screen shows', async () => {
  const get = (path, nick) => fetch(host.url + path, { headers: { cookie: `quillgate_user=${nick}` }, redirect: 'manual' });
  assert.equal((await get('/browse/SEC-1', 'tomas')).status, 200);
  assert.equal((await get('/browse/SEC-1', 'wren')).status, 404);
  assert.equal((await get('/wiki/settings/apps/settings', 'tomas')).status, 404);
  assert.equal((await get('/wiki/settings/apps/settings', 'mira')).status, 200);
  assert.match((await get('/', 'tomas')).headers.get('location'), /^\/wiki\/apps\/11111111-.*\/page$/);
  assert.equal((await get('/host/as/mira?to=//evil.example', 'tomas')).headers.get('location'), '/');
});

test('a version is restored only by who may edit', async () => {
  const restore = (nick) => fetch(`${host.url}/host/page/restore`, { method: 'POST', headers: { cookie: `quillgate_user=${nick}` }, body: '{"page":"65520","version":1}' });
  assert.equal((await restore('wren')).status, 403);
  assert.deepEqual(await (await restore('tomas')).json(), { version: 3 });
});

test('content is drawn without its scripts, handlers or odd links', () => {
  const page = String(renderStorage('<p onclick="x()">a</p><script>alert(1)</script><a href="javascript:x()">b</a><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[<img src=x onerror=1>]]></ac:plain-text-body></ac:structured-macro>', { pageUrl: () => undefined, nameOf: () => '', children: [] }));
  assert.ok(!/<script|onclick|javascript:|<img/.test(page), page);
  const adf = String(renderAdf({ content: [{ type: 'paragraph', content: [{ type: 'text', text: '<b>x</b>', marks: [{ type: 'link', attrs: { href: 'javascript:x()' } }] }] }, { type: 'odd"><script>', content: [] }] }));
  assert.ok(!/<b>|javascript:|<script/.test(adf), adf);
});

test('imports tickets and pages, once, and names a wrong line', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const tickets = join(folder, 'tickets.jsonl');
  writeFileSync(tickets, '{"key":"42","summary":"One","created":"30/Sep/21 17:20","resolution":"Duplicate"}\n\n{"key":"ABC-7","summary":"Two","description":{"version":1,"type":"doc","content":[]}}\n');
  writeFileSync(join(folder, 'pages.jsonl'), '{"id":"900001","title":"A page","body":"<p>text</p>"}\n');
  const imported = await hostFor(t, { seed: 'none', importFrom: folder, workers: 1 });
  const issue = JSON.parse(imported.as('tomas').request('jira', 'GET', '/rest/api/3/issue/IMP-42').body);
  assert.deepEqual([issue.fields.created, issue.fields.resolution.name, issue.fields.status.name], ['2021-09-30T17:20:00.000+0000', 'Duplicate', 'Done']);
  assert.equal(imported.as('tomas').request('jira', 'GET', '/rest/api/3/issue/ABC-7').status, 200);
  assert.equal(imported.as('tomas').request('confluence', 'GET', '/wiki/api/v2/pages/900001').status, 200);
  const wrong = async (line, message) => {
    const file = join(folder, 'wrong.txt');
    writeFileSync(file, `{"key":"1","summary":"fine"}\n${line}\n`);
    await assert.rejects(startHost({ appDir: FIXTURE, seed: 'none', importFrom: file, workers: 1 }), new RegExp(`wrong.txt:2: ${message}`));
  };
  await wrong('{"key":', 'the line is not JSON');
  await wrong('{"key":"x y","summary":"s"}', 'key is neither');
  await wrong('{"title":"t","body":"<p>"}', 'body is not storage format');
  await wrong('{"key":"2","summary":"s","created":"soon"}', 'created is not a date');
});

test('the page talks to its function, the product and the chrome in a real browser', { skip: !existsSync('/usr/bin/chromium') && 'no Chromium here' }, async (t) => {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  t.after(() => browser.close());
  const tab = await browser.newPage();
  const errors = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  tab.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await tab.goto(host.as('mira').url('/'), { waitUntil: 'networkidle0' });
  const app = tab.frames().find((frame) => frame.url().startsWith(host.appUrl));
  await app.waitForSelector('body[data-ready=yes]');
  const text = (id) => app.$eval(`#${id}`, (element) => element.textContent);
  const settled = (id, pattern) => app.waitForFunction((name, source) => new RegExp(source).test(document.getElementById(name).textContent), {}, id, pattern);
  assert.deepEqual([await text('who'), await text('issue')], ['same user in page', 'VPN drops every 40 minutes on the Lisbon floor']);
  await app.click('#grant');
  await tab.waitForSelector('dialog .primary');
  await tab.click('dialog .button:not(.primary)');
  await settled('out', 'refused: The admin did not allow');
  assert.deepEqual(host.egress.grants(), []);
  await app.click('#listen');
  await settled('out', 'unsubscribe|done|\\{\\}');
  await host.invoke('publish', { channel: 'here', payload: 'hello' });
  await settled('out', '"heard":"hello"');
  await app.click('#modal');
  const modal = await tab.waitForFrame((frame) => frame !== app && frame.url().startsWith(host.appUrl));
  await modal.waitForSelector('#close');
  await modal.$eval('#close', (button) => button.click());
  await settled('out', '"closed":\\{"ok":true\\}');
  await app.click('#flag');
  await tab.waitForSelector('.flag-success');
  await Promise.all([tab.waitForNavigation(), app.click('#go')]);
  assert.match(tab.url(), /\/browse\/DESK-1$/);
  assert.deepEqual(errors, []);
});
