// The only way out of the app: the manifest's backend hosts, and hosts an admin granted where the manifest allows that.
// Routes send a host to a loopback server (tests, a local model); the app sees the address it asked for.
import { createRequire } from 'node:module';

const { EgressFilteringService } = createRequire(import.meta.url)('@forge/egress');
const MAX_OUTBOUND_MS = 180_000;
const HOP_HEADERS = new Set(['connection', 'content-length', 'host', 'transfer-encoding', 'keep-alive', 'accept-encoding']);

export class Egress {
  #manifest;
  #db;
  #traffic;
  #routes;
  #fixed;

  /** `routes`: `{ 'api.openai.com': 'http://127.0.0.1:4010' }`. */
  constructor({ manifest, db, traffic, routes = {} }) {
    this.#manifest = manifest;
    this.#db = db;
    this.#traffic = traffic;
    this.#routes = new Map(Object.entries(routes));
    this.#fixed = new EgressFilteringService(manifest.backend);
  }

  /** Sends a host to another base address, or back to the network with `null`. */
  route(host, base) {
    if (base === null) this.#routes.delete(host);
    else this.#routes.set(host, loopback(base));
  }

  get routes() {
    return Object.fromEntries(this.#routes);
  }

  /** The hosts of the manifest and the customer's own, as the panel lists them. */
  get allowed() {
    return { manifest: this.#manifest.backend, configurable: this.#manifest.configurableEgress, granted: this.grants() };
  }

  /** Whether the app may send to this address, and by which list. */
  permits(url) {
    if (this.#fixed.isValidUrl(url)) return 'manifest';
    const domains = this.grants().flatMap((grant) => grant.configured.filter((entry) => entry.type.includes('FETCH_BACKEND_SIDE')).map((entry) => entry.domain));
    return this.#manifest.configurableEgress && new EgressFilteringService(domains).isValidUrl(url) ? 'granted' : null;
  }

  /** Customer-managed egress: groups of `{ key, description, configured: [{ domain, type: [...] }] }`. */
  grants() {
    return this.#db.setting('egress-grants', []);
  }

  grant(groups) {
    if (!this.#manifest.configurableEgress) throw new Error('the manifest does not enable customer-managed egress');
    const kept = this.grants().filter((grant) => !groups.some((group) => group.key === grant.key));
    this.#db.keepSetting('egress-grants', [...kept, ...groups]);
  }

  revoke(key, domain, type) {
    const kept = this.grants().flatMap((grant) => {
      if (grant.key !== key) return [grant];
      if (domain === undefined) return [];
      const configured = grant.configured
        .map((entry) => (entry.domain === domain ? { ...entry, type: entry.type.filter((name) => type !== undefined && name !== type) } : entry))
        .filter((entry) => entry.type.length > 0);
      return configured.length > 0 ? [{ ...grant, configured }] : [];
    });
    this.#db.keepSetting('egress-grants', kept);
  }

  /** Carries one request out. Answers `{ status, statusText, headers, body, url }`, or throws with a `code`. */
  async send({ url, method, headers, body, redirect = 'follow' }, invocation) {
    const target = new URL(url);
    const base = this.#routes.get(target.host) ?? this.#routes.get(target.hostname);
    const record = this.#traffic.begin({ url, method, headers, body, route: base, invocation });
    const started = performance.now();
    if (!this.permits(url)) {
      this.#traffic.finish(record, { state: 'denied', status: 403, ms: 0, reason: 'not in the egress list' });
      return denied(url);
    }
    try {
      const answer = await this.#carry({ target, base, method, headers, body, redirect });
      this.#traffic.finish(record, { state: 'answered', ...answer, ms: Math.round(performance.now() - started) });
      return { ...answer, url };
    } catch (error) {
      const code = error.cause?.code ?? error.code ?? error.name;
      this.#traffic.finish(record, { state: 'failed', ms: Math.round(performance.now() - started), reason: code });
      throw Object.assign(new Error('the request failed'), { code });
    }
  }

  async #carry({ target, base, method, headers, body, redirect }) {
    const address = base ? join(base, target) : target.href;
    const sent = headers.filter(([name]) => !HOP_HEADERS.has(name.toLowerCase()));
    // A redirect leads to another address, which must pass the list itself: the app follows it by asking again.
    const response = await fetch(address, { method, headers: sent, body, redirect: redirect === 'error' ? 'error' : 'manual', signal: AbortSignal.timeout(MAX_OUTBOUND_MS) });
    const kept = [...response.headers].filter(([name]) => !HOP_HEADERS.has(name) && name !== 'content-encoding');
    const moved = response.status >= 300 && response.status < 400 && response.headers.get('location');
    if (moved && redirect === 'follow') return this.#follow({ target: new URL(response.headers.get('location'), target), method, headers, body, status: response.status });
    return { status: response.status, statusText: response.statusText, headers: kept, body: new Uint8Array(await response.arrayBuffer()) };
  }

  async #follow({ target, method, headers, body, status }, hops = 1) {
    if (hops > 5 || !this.permits(target.href)) return denied(target.href);
    const keeps = status === 307 || status === 308;
    const base = this.#routes.get(target.host) ?? this.#routes.get(target.hostname);
    return this.#carry({ target, base, method: keeps ? method : 'GET', headers, body: keeps ? body : undefined, redirect: 'manual' });
  }
}

function denied(url) {
  const { origin } = new URL(url);
  return {
    status: 403,
    statusText: 'Forbidden',
    headers: [['content-type', 'text/plain'], ['forge-proxy-error', 'REQUEST_EGRESS_ALLOWLIST_ERR']],
    body: `URL not included in the external fetch backend permissions: ${origin}. Visit go.atlassian.com/forge-egress for more information.`,
    url,
  };
}

// A route's path is put before the request's own, unless the request's already starts with it.
function join(base, target) {
  const to = new URL(base);
  const prefix = to.pathname.replace(/\/$/, '');
  const path = target.pathname.startsWith(`${prefix}/`) || target.pathname === prefix ? target.pathname : prefix + target.pathname;
  return to.origin + path + target.search;
}

/** A route may only lead to this machine: it is for tests and local models, not a way around the list. */
export function loopback(base) {
  const { hostname, protocol } = new URL(base);
  const local = hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
  if (!local || !/^https?:$/.test(protocol)) throw new Error(`a route must lead to a loopback address, not ${base}`);
  return base;
}
