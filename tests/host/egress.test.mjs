// What may leave: the manifest's hosts, grants, routes, the record of it.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { hostFor, value } from './fixture.mjs';

async function server(t, handle) {
  const got = [];
  const instance = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    got.push({ method: request.method, url: request.url, headers: request.headers, text });
    handle(request, response);
  });
  await new Promise((done) => { instance.listen(0, '127.0.0.1', done); });
  t.after(() => instance.close());
  return { base: `http://127.0.0.1:${instance.address().port}`, got };
}

const ok = (_, response) => response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r1' }).end('{"ok":true}');
const send = (host, url, init) => value(host, 'fetch', { url, init });

test('denies a host the manifest does not list, and sends nothing', async (t) => {
  const { base, got } = await server(t, ok);
  const host = await hostFor(t, { seed: 'none', routes: { 'api.other.example': base } });
  const answer = await send(host, 'https://api.other.example/x', { method: 'POST', body: 'secret' });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['forge-proxy-error'], 'REQUEST_EGRESS_ALLOWLIST_ERR');
  assert.equal(got.length, 0);
  assert.equal(host.traffic.sent().length, 0);
  assert.equal(host.traffic.list()[0].state, 'denied');
  const forge = await value(host, 'fetch', { url: 'https://api.other.example/x', init: { viaForge: true } });
  assert.equal(forge.status, 403, 'api.fetch goes the same way');
});

test('denies plain http and the apex of a wildcard, allows what is below it', async (t) => {
  const { base } = await server(t, ok);
  const host = await hostFor(t, { seed: 'none', routes: { 'a.b.wild.example': base, 'wild.example': base, 'api.listed.example': base } });
  assert.equal((await send(host, 'http://api.listed.example/')).status, 403);
  assert.equal((await send(host, 'https://wild.example/')).status, 403);
  assert.equal((await send(host, 'https://a.b.wild.example/')).status, 200);
});

test('a listed host reaches its route with the exact bytes, recorded with keys masked', async (t) => {
  const { base, got } = await server(t, ok);
  const host = await hostFor(t, { seed: 'none', routes: { 'api.listed.example': base } });
  const answer = await send(host, 'https://api.listed.example/v1/chat?x=1', { method: 'POST', headers: { authorization: 'Bearer key-1234', 'x-note': 'kept' }, body: '{"a":"é"}' });
  assert.deepEqual([answer.status, answer.headers['x-request-id'], answer.text], [200, 'r1', '{"ok":true}']);
  assert.deepEqual([got[0].url, got[0].text, got[0].headers.authorization], ['/v1/chat?x=1', '{"a":"é"}', 'Bearer key-1234']);
  const [record] = host.traffic.list();
  assert.deepEqual([record.host, record.routedTo, record.method, record.status, record.requestBytes, record.responseBytes, record.requestBody], ['api.listed.example', base, 'POST', 200, 10, 11, '{"a":"é"}']);
  assert.ok(!JSON.stringify(record).includes('key-1234'));
  assert.ok(JSON.stringify(record.requestHeaders).includes('kept'));
});

test('a redirect is handed back when the app follows none, and may not lead out of the list', async (t) => {
  const { base, got } = await server(t, (_, response) => response.writeHead(302, { location: 'https://api.other.example/away' }).end());
  const host = await hostFor(t, { seed: 'none', routes: { 'api.listed.example': base, 'api.other.example': base } });
  assert.equal((await send(host, 'https://api.listed.example/', { redirect: 'manual' })).status, 302);
  assert.equal((await send(host, 'https://api.listed.example/')).status, 403);
  assert.equal(got.length, 2);
});

test('an admin grants a host through the page, and takes it back', async (t) => {
  const { base } = await server(t, ok);
  const host = await hostFor(t, { seed: 'none', routes: { 'model.granted.example': base } });
  const module = host.manifest.module('page');
  const frame = (user) => host.frames.open({ module, product: 'confluence', accountId: host.people.find(user).accountId, appUrl: host.appUrl }).id;
  const asked = { egresses: [{ key: 'model', description: 'ours', configured: [{ domain: 'https://model.granted.example', type: ['FETCH_BACKEND_SIDE'] }] }] };
  await assert.rejects(host.frames.call(frame('tomas'), '__permission__egressSet', asked), /Only an admin/);
  assert.equal((await send(host, 'https://model.granted.example/v1')).status, 403);
  await host.frames.call(frame('mira'), '__permission__egressSet', asked);
  assert.equal((await send(host, 'https://model.granted.example/v1')).status, 200);
  await host.frames.call(frame('mira'), '__permission__egressDeleteGroup', { key: 'model' });
  assert.equal((await send(host, 'https://model.granted.example/v1')).status, 403);
});

test('a route leads to this machine only', async (t) => {
  await assert.rejects(hostFor(t, { seed: 'none', routes: { 'api.listed.example': 'https://somewhere.example' } }), /loopback/);
});

test('a function has no socket of its own', async (t) => {
  const host = await hostFor(t, { seed: 'none' });
  await assert.rejects(value(host, 'socket', {}), /no direct network/);
});

test('an outbound call can hang, fail and be refused on purpose', async (t) => {
  const { base, got } = await server(t, ok);
  const host = await hostFor(t, { seed: 'none', routes: { 'api.listed.example': base }, limits: { uiMs: 2000 } });
  host.faults.add({ kind: 'egress', action: 'rate' });
  assert.equal((await send(host, 'https://api.listed.example/')).status, 429);
  host.faults.add({ kind: 'egress', action: 'network' });
  await assert.rejects(send(host, 'https://api.listed.example/'), { name: 'TypeError' });
  host.faults.add({ kind: 'egress', action: 'timeout' });
  await assert.rejects(send(host, 'https://api.listed.example/'), /was stopped/);
  assert.equal(got.length, 0);
});
