import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { forge, never } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';

let address;
let seen;
const routes = {
  '/echo': (request, response) => response.writeHead(201, { 'X-Request-Id': 'r1' }).end('héllo'),
  '/moved': (request, response) => response.writeHead(302, { location: '/echo' }).end(),
  '/never': () => {},
  '/slow-body': (request, response) => response.writeHead(200).write('x'),
  '/endless': (request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
    response.on('close', () => clearInterval(timer));
  },
  '/cut': (request, response) => { response.writeHead(200, { 'content-length': '100' }); response.write('x'); setTimeout(() => response.destroy(), 5); },
  '/proxy': (request, response) => response.writeHead(403, { 'forge-proxy-error': 'BLOCKED_EGRESS' }).end('CANARY'),
  '/proxy-broken': (request, response) => response.writeHead(502, { 'forge-proxy-error': 'UPSTREAM_ERR' }).end(),
};
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    seen = { method: request.method, url: request.url, headers: request.headers, body };
    routes[request.url](request, response);
  });
});
before(() => new Promise((resolve) => server.listen(0, '127.0.0.1', () => ((address = `http://127.0.0.1:${server.address().port}`), resolve()))));
after(() => (server.closeAllConnections(), server.close()));

const post = (path, more = {}) =>
  perform({ id: 1, type: 'egress', method: 'POST', url: address + path, headers: [['authorization', 'Bearer k'], ['content-type', 'application/json']], body: '{"a":1}', timeoutMs: 2_000, maxBytes: 50_000, ...more }, more.signal ?? never);

test('sends the request as it is and gives back the whole answer', async () => {
  const { outcome } = await post('/echo');
  assert.deepEqual([seen.method, seen.headers.authorization, seen.headers['content-type'], seen.body], ['POST', 'Bearer k', 'application/json', '{"a":1}']);
  assert.deepEqual([outcome.status, outcome.body], [201, 'héllo']);
  assert.deepEqual(outcome.headers.find(([name]) => name === 'x-request-id'), ['x-request-id', 'r1']);
});

test('does not follow a redirect', async () => {
  const { outcome } = await post('/moved');
  assert.deepEqual([outcome.status, outcome.headers.find(([name]) => name === 'location')?.[1], seen.url], [302, '/echo', '/moved']);
});

for (const [code, path, more] of [
  ['timeout', '/never', { timeoutMs: 30 }],
  ['timeout', '/slow-body', { timeoutMs: 60 }],
  ['too-large', '/endless', {}],
  ['too-large', '/echo', { maxBytes: 5 }],
  ['network', '/cut', {}],
  ['network', '', { url: 'http://127.0.0.1:1/' }],
  ['denied', '/proxy', {}],
  ['proxy', '/proxy-broken', {}],
]) {
  test(`fails with ${code} at ${path || 'a closed port'}`, async () => {
    const result = await post(path, more);
    assert.deepEqual({ ...result, now: 0 }, { type: 'failed', id: 1, now: 0, code });
  });
}

test('fails with deadline, not timeout, when the invocation ends first', async () => {
  const over = new AbortController();
  setTimeout(() => over.abort(), 20);
  assert.equal((await post('/never', { signal: over.signal })).code, 'deadline');
});

test("fails with denied when Forge's egress list refuses the host", async () => {
  const real = forge.web;
  forge.web = async () => { throw Object.assign(new Error('URL not included: CANARY'), { name: 'REQUEST_EGRESS_ALLOWLIST_ERR' }); };
  assert.equal((await post('/echo')).code, 'denied');
  forge.web = real;
});
