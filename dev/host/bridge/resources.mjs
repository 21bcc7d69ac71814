// The origin Custom UI is served from: the manifest's resources, unmodified but for the bridge script at the top of <head>, as
// `forge deploy` injects it. Every document carries the policy of `policy.mjs`.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileBelow, listen, serve } from '../http.mjs';
import { policyFor } from './policy.mjs';

const CLIENT = fileURLToPath(new URL('./client.js', import.meta.url));
const BRIDGE_PATH = '/__bridge__/bridge.js';

export class Resources {
  #manifest;
  #appDir;
  #chromeUrl;
  #server;
  url = '';

  constructor({ manifest, appDir, chromeUrl }) {
    this.#manifest = manifest;
    this.#appDir = appDir;
    this.#chromeUrl = chromeUrl;
    this.#server = serve((request) => this.#answer(request));
  }

  async listen(port) {
    const bound = await listen(this.#server, port);
    // Another name than the chrome's makes it another site too, as the product and Forge's CDN are.
    this.url = `http://127.0.0.1:${bound}`;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((done) => { this.#server.close(done); });
  }

  async #answer({ path }) {
    if (path === BRIDGE_PATH) return { type: 'text/javascript; charset=utf-8', body: (await readFile(CLIENT, 'utf8')).replace('__CHROME_ORIGIN__', this.#chromeUrl()) };
    const [, key, rest = ''] = path.match(/^\/([^/]+)(?:\/(.*))?$/) ?? [];
    const resource = this.#manifest.resources.get(key);
    if (!resource) return undefined;
    const found = await fileBelow(resolve(this.#appDir, resource.path), rest || 'index.html');
    if (!found) return this.#absent(resource, rest);
    if (!found.type.startsWith('text/html')) return { ...found, headers: { 'x-content-type-options': 'nosniff' } };
    const html = found.body.toString('utf8');
    return { type: found.type, headers: { 'content-security-policy': policyFor(html, this.#manifest.permissions, this.#chromeUrl()) }, body: withBridge(html) };
  }

  #absent(resource, rest) {
    if (rest !== '' && rest !== 'index.html') return undefined;
    return { status: 404, type: 'text/html; charset=utf-8', body: `<!doctype html><title>Not built</title><body style="font:14px system-ui;padding:24px"><h1 style="font-size:18px">This page is not built yet</h1><p>The manifest's resource lies in <code>${resource.path.replace(/[<&]/g, '')}</code>, which has no index.html. Run <code>npm run build</code>, then reload.</p>` };
  }
}

/** Puts the bridge script first in the document's head. */
export function withBridge(html) {
  const script = `<script src="${BRIDGE_PATH}"></script>`;
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + script) : script + html;
}
