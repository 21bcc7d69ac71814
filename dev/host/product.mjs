// The products' REST door: who asks, whether the manifest's scopes allow the operation, which room answers. Lists every call.
// The operations themselves are `jira/api.mjs` and `confluence/api.mjs`.
import { CONFLUENCE } from './confluence/api.mjs';
import { JIRA } from './jira/api.mjs';
import { json } from './rpc.mjs';

const KEPT = 500;
const OPERATIONS = { jira: JIRA, confluence: CONFLUENCE };

export class Product {
  #manifest;
  #site;
  #people;
  #clock;
  #installation;
  #impersonation;
  #log = [];

  /** `impersonation`: functions without a user may name one with `asUser(id)`. Off, as on Forge. */
  constructor({ manifest, site, people, clock, installation, impersonation = false }) {
    this.#manifest = manifest;
    this.#site = site;
    this.#people = people;
    this.#clock = clock;
    this.#installation = installation;
    this.#impersonation = impersonation;
  }

  /** Answers `{ status, statusText, headers, body }` for one request of the app, as user, app or nobody. */
  request(asked) {
    const started = performance.now();
    const answer = this.#answer(asked);
    const who = asked.provider === 'user' ? this.#people.nameOf(asked.accountId) : asked.provider;
    this.#log.push({ at: this.#clock.now(), product: asked.product, method: asked.method, path: asked.path, as: who, status: answer.status, bytes: Buffer.byteLength(answer.body ?? ''), caller: asked.caller ?? null, ms: Math.round(performance.now() - started) });
    if (this.#log.length > KEPT) this.#log.shift();
    return answer;
  }

  /** Every call, newest first. */
  get calls() {
    return [...this.#log].reverse();
  }

  #answer({ provider, accountId, present, product, method, path, body }) {
    const who = this.#who(provider, accountId, present);
    if (!who) return json({ status: 401, body: { code: 401, message: 'Unauthorized' } }, [['forge-proxy-error', 'NEEDS_AUTHENTICATION_ERR']]);
    const url = new URL(path, 'https://site.invalid');
    const found = OPERATIONS[product]?.map((operation) => ({ operation, match: operation.method === method && url.pathname.match(operation.path) })).find(({ match }) => match);
    if (!found) return json({ status: 404, body: { code: 404, message: `The local host does not serve ${method} ${url.pathname}` } });
    if (!this.#scoped(found.operation.scopes)) return json({ status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } });
    const [parsed, malformed] = parseBody(body);
    if (malformed) return json({ status: 400, body: { message: 'The request body is not JSON', errorMessages: ['The request body is not JSON'] } });
    const context = { site: this.#site, people: this.#people, who, now: this.#clock.now(), siteUrl: this.#installation.siteUrl, cloudId: this.#installation.cloudId };
    return json(found.operation.answer({ ...context, params: found.match.groups ?? {}, query: url.searchParams, body: parsed }));
  }

  // `scopes` is a list of sets, any one of which is enough: the classic scope, or the complete granular set.
  #scoped(scopes) {
    return scopes.some((set) => set.every((scope) => this.#manifest.scopes.has(scope)));
  }

  #who(provider, accountId, present) {
    if (provider === 'app') return { kind: 'app', accountId: this.#people.find('app').accountId };
    if (provider === 'none') return { kind: 'none' };
    const person = this.#people.find(accountId);
    const allowed = person && !person.app && (accountId === present || this.#impersonation);
    return allowed ? { kind: 'user', accountId: person.accountId, admin: person.admin } : undefined;
  }
}

function parseBody(body) {
  if (!body) return [undefined, false];
  try {
    return [JSON.parse(body), false];
  } catch {
    return [undefined, true];
  }
}
