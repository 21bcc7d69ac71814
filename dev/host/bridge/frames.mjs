// The frames Custom UI runs in: which module, for which user, on which issue or page, fixed when the chrome draws the frame. A page cannot
// choose them: the bridge's calls name the frame only. Answers the commands that need the host; the rest is the chrome's (`chrome/public/`).
import { randomUUID } from 'node:crypto';
import { functionOf } from '../manifest.mjs';

const KEPT = 400;

export class Frames {
  #host;
  #frames = new Map();

  constructor(host) {
    this.#host = host;
  }

  /** Opens a frame and answers `{ id, src }`. `modal` is the context of an `openModal`. */
  open({ module, product, accountId, extension = {}, resource = module.resource, modal, appUrl }) {
    const id = randomUUID();
    this.#frames.set(id, { module, product, accountId, resource, extension: modal ? { ...extension, modal } : extension });
    if (this.#frames.size > KEPT) this.#frames.delete(this.#frames.keys().next().value);
    const [key, entry] = String(resource).split('/');
    const file = entry ? this.#host.manifest.resources.get(key)?.entry?.[entry] ?? 'index.html' : 'index.html';
    return { id, src: `${appUrl}/${key}/${file}` };
  }

  /** A frame for `openModal` in the place of another one. */
  openInside(frameId, { resource, context, appUrl }) {
    const frame = this.#frame(frameId);
    return this.open({ ...frame, resource: resource ?? frame.resource, modal: context ?? {}, appUrl });
  }

  /** Answers one bridge command of a frame; throws what the page's promise is rejected with. */
  async call(frameId, command, data = {}) {
    const frame = this.#frame(frameId);
    switch (command) {
      case 'invoke': return this.#invoke(frame, data);
      case 'getContext': return this.#context(frame);
      case 'fetchProduct': return this.#fetchProduct(frame, data);
      case 'subscribeRealtimeChannel': return this.#subscribe(data);
      case 'nextRealtimeEvents': return this.#host.realtime.next(data.id);
      case 'unsubscribeRealtimeChannel': return this.#host.realtime.unsubscribe(data.id);
      case '__permission__egressGet': return { results: this.#grants(data.keys) };
      case '__permission__egressSet': return this.#grant(frame, data);
      case '__permission__egressDeleteDomain': return this.#revoke(frame, data.key, data.domain, data.type);
      case '__permission__egressDeleteGroup': return this.#revoke(frame, data.key);
      case '__permission__remoteGet': return { results: [] };
      default: throw refusal(`The local host does not serve the bridge command ${command}.`);
    }
  }

  /** What a test does as a user: `{ accountId, nick, url(path), open(moduleKey, …), invoke(…), request(…) }`. */
  as(user) {
    const { people, product, installation } = this.#host;
    const person = people.find(user);
    if (!person) throw new Error(`no such user: ${user}`);
    const { accountId, nick } = person;
    return {
      ...person,
      url: (path = '/') => `${installation.siteUrl}/host/as/${nick}?to=${encodeURIComponent(path)}`,
      invoke: (functionKey, payload, how = {}) => this.invokeAs(functionKey, payload, { ...how, as: accountId }),
      request: (remote, method, path, body) => product.request({ provider: 'user', accountId, present: accountId, product: remote, method, path, body: body === undefined ? '' : JSON.stringify(body), caller: 'test' }),
    };
  }

  /** Calls a resolver function as a user, without a page: `how` is `{ as, module, product, extension }`. */
  async invokeAs(functionKey, payload, { as = 'tomas', module: key, product = 'confluence', extension = {} } = {}) {
    const { manifest, people } = this.#host;
    const module = key ? manifest.module(key) : manifest.modules.find((entry) => entry.type.startsWith(`${product}:`) && functionOf(entry));
    if (!module) throw new Error(`the manifest has no module ${key ?? `of ${product} with a resolver`}`);
    return this.#invoke({ module, product, accountId: people.find(as).accountId, extension }, { functionKey, payload });
  }

  async #invoke({ module, product, accountId, extension }, { functionKey, payload, metadata, invokeType }) {
    if (invokeType) throw refusal('The local host does not serve remote invocations.');
    if (!functionOf(module)) throw refusal(`The module ${module.key} has no resolver.`);
    try {
      const body = await this.#host.invocations.fromPage({ module, functionKey, payload, accountId, product, extension });
      return metadata ? { body, metadata: {} } : body;
    } catch (error) {
      throw refusal(`There was an error invoking the function - ${error.message}`);
    }
  }

  #context({ module, product, accountId, extension }) {
    const { installation, people, manifest } = this.#host;
    const permissions = { scopes: [...manifest.scopes], external: manifest.permissions.external ?? {} };
    return { ...installation.pageContext({ module, product, accountId, extension, timezone: people.find(accountId)?.timezone }), permissions };
  }

  #fetchProduct({ accountId }, { product, restPath, fetchRequestInit = {} }) {
    const prefix = product === 'confluence' && !restPath.startsWith('/wiki') ? '/wiki' : '';
    const answer = this.#host.product.request({ provider: 'user', accountId, present: accountId, product, method: fetchRequestInit.method ?? 'GET', path: prefix + restPath, body: fetchRequestInit.body ?? '', caller: 'page' });
    return { status: answer.status, statusText: answer.statusText, headers: Object.fromEntries(answer.headers), body: answer.body };
  }

  #subscribe({ channelName, isGlobal }) {
    if (!isGlobal) throw refusal('The local host serves global channels alone.');
    return this.#host.realtime.subscribe(channelName);
  }

  #grants(keys) {
    return this.#host.egress.grants().filter((grant) => !keys?.length || keys.includes(grant.key));
  }

  // The chrome has asked the admin before it sends this.
  #grant(frame, { egresses = [] }) {
    this.#adminOnly(frame);
    try {
      this.#host.egress.grant(egresses);
    } catch (error) {
      throw refusal(error.message);
    }
    return { results: this.#grants(egresses.map((group) => group.key)) };
  }

  #revoke(frame, ...what) {
    this.#adminOnly(frame);
    this.#host.egress.revoke(...what);
    return undefined;
  }

  #adminOnly({ accountId }) {
    if (!this.#host.people.find(accountId)?.admin) throw refusal('Only an admin may change where the app may send data.');
  }

  #frame(id) {
    const frame = this.#frames.get(id);
    if (!frame) throw refusal('This page was drawn by an earlier run of the host: reload it.');
    return frame;
  }
}

function refusal(message) {
  return Object.assign(new Error(message), { status: 422 });
}
