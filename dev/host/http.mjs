// A small HTTP server for this machine only: routes, JSON, HTML, static files. It refuses requests that another site's page made.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.ico': 'image/x-icon', '.woff2': 'font/woff2', '.map': 'application/json', '.txt': 'text/plain; charset=utf-8' };
const MAX_BODY_BYTES = 16 * 1024 * 1024;
const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Listens on the loopback address; with a wanted port that is taken, on the next free one. Answers the port. */
export async function listen(server, wanted) {
  for (let port = wanted; ; port += 1) {
    try {
      await new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          resolve();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || wanted === 0 || port > wanted + 50) throw error;
    }
  }
}

/** Makes a server from `handle(request) -> { status?, type?, headers?, body }`, `request` being `{ method, url, path, query, cookies, json() }`. */
export function serve(handle) {
  return createServer(async (incoming, outgoing) => {
    try {
      const answer = await handle(await requestOf(incoming));
      send(outgoing, answer ?? { status: 404, type: 'text/plain; charset=utf-8', body: 'Not found' });
    } catch (error) {
      send(outgoing, { status: error.status ?? 500, type: 'application/json', body: JSON.stringify({ message: error.status ? error.message : `The local host failed: ${error.message}` }) });
      if (!error.status && process.env.QUILLGATE_HOST_DEBUG) process.stderr.write(`${error.stack}\n`);
    }
  });
}

async function requestOf(incoming) {
  const url = new URL(incoming.url, `http://${incoming.headers.host}`);
  // Another name for this address would be DNS rebinding; another origin would be a page of some site steering the host.
  if (!LOCAL_NAMES.has(url.hostname)) throw Object.assign(new Error('this host answers to localhost only'), { status: 403 });
  const origin = incoming.headers.origin;
  if (incoming.method !== 'GET' && origin !== undefined && origin !== url.origin) throw Object.assign(new Error('a page of another origin may not call the host'), { status: 403 });
  const cookies = Object.fromEntries((incoming.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=')).filter(([name]) => name));
  const text = incoming.method === 'GET' ? '' : await bodyOf(incoming);
  return { method: incoming.method, url, path: decodeURIComponent(url.pathname), query: url.searchParams, cookies, text, json: () => (text ? JSON.parse(text) : {}) };
}

async function bodyOf(incoming) {
  const parts = [];
  let size = 0;
  for await (const part of incoming) {
    size += part.length;
    if (size > MAX_BODY_BYTES) throw Object.assign(new Error('the request is too large'), { status: 413 });
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function send(outgoing, { status = 200, type, headers = {}, body = '' }) {
  outgoing.writeHead(status, { ...(type && { 'content-type': type }), 'cache-control': 'no-store', ...headers });
  outgoing.end(body);
}

export const page = (body, { status = 200, headers = {} } = {}) => ({ status, type: TYPES['.html'], headers, body });
export const data = (value, status = 200) => ({ status, type: 'application/json', body: JSON.stringify(value ?? null) });
export const redirect = (to, headers = {}) => ({ status: 303, headers: { location: to, ...headers } });

/** A file below `root`, or undefined; a path that leads out of it is not found. */
export async function fileBelow(root, path) {
  const full = normalize(join(root, path));
  if (full !== root && !full.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
  try {
    return { type: TYPES[extname(full)] ?? 'application/octet-stream', body: await readFile(full) };
  } catch {
    return undefined;
  }
}
