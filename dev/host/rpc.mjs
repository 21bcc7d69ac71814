// The host's side of `__forge_fetch__` and `fetch`: sends each call of a function to storage, queue, product, egress, the hosted models or
// the realtime channels, and lets planned faults hit it. What each of them allows is theirs to say.

const REASONS = { 200: 'OK', 201: 'Created', 202: 'Accepted', 204: 'No Content', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 409: 'Conflict', 413: 'Payload Too Large', 429: 'Too Many Requests', 500: 'Internal Server Error', 503: 'Service Unavailable' };

export class Rpc {
  #storage;
  #queue;
  #product;
  #egress;
  #llm;
  #realtime;
  #faults;
  #crash;

  /** `crash(job)` kills the process a call came from. */
  constructor({ storage, queue, product, egress, llm, realtime, faults, crash }) {
    this.#storage = storage;
    this.#queue = queue;
    this.#product = product;
    this.#egress = egress;
    this.#llm = llm;
    this.#realtime = realtime;
    this.#faults = faults;
    this.#crash = crash;
  }

  /** Answers one call `{ kind: 'forge' | 'fetch', … }` of the function running as `job`; throws with a `code` for "no answer". */
  async handle(call, job) {
    const door = this.#door(call, job);
    const fault = this.#faults.take(door.kind, door.label);
    if (!fault) return door.act();
    return this.#spoil(fault, door, job);
  }

  #door(call, job) {
    if (call.kind === 'fetch') return { kind: 'egress', label: call.url, act: () => this.#egress.send(call, job.label) };
    const { desc, path } = call;
    if (desc.type === 'kvs') {
      const kind = path.includes('/secret/') ? 'secret' : /entity|transaction/.test(path) ? 'entity' : 'kvs';
      return { kind, label: `${path} ${keyOf(call)}`, act: async () => json(this.#storage.handle(path, JSON.parse(text(call.body)))) };
    }
    if (desc.type === 'fpp' && path.startsWith('/webhook/queue/')) {
      return { kind: 'queue', label: path, act: async () => json(this.#queue.handle(path, JSON.parse(text(call.body)), job.depth)) };
    }
    if (desc.type === 'fpp' && (desc.remote === 'jira' || desc.remote === 'confluence')) {
      return { kind: desc.remote, label: `${call.method} ${path}`, act: async () => this.#product.request(this.#asWhom(call, job)) };
    }
    if (desc.type === 'llm') return { kind: 'llm', label: `${call.method} ${path}`, act: () => this.#llm.handle(call) };
    if (desc.type === 'realtime') return { kind: 'realtime', label: path, act: async () => this.#realtime.handle({ body: text(call.body) }) };
    return { kind: 'any', label: `${desc.type} ${path}`, act: async () => unserved(desc) };
  }

  // `asUser()` is the user of this call. `asUser(id)` is that user if it is the same one; anybody else needs impersonation, which
  // a Forge app does not have, so the platform asks for authentication.
  #asWhom({ desc, path, method, headers, body }, job) {
    return { provider: desc.provider, accountId: desc.accountId ?? job.accountId, present: job.accountId, product: desc.remote, method, path, headers, body: text(body), caller: job.label };
  }

  async #spoil(fault, door, job) {
    const never = new Promise(() => {});
    switch (fault.action) {
      case 'error': return json({ status: fault.status, body: { code: 'SERVICE_UNAVAILABLE', message: 'the host was told to fail this call' } });
      case 'rate': return json({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED', message: 'the host was told to refuse this call' } }, [['retry-after', '1']]);
      case 'network': throw lost('ECONNRESET');
      case 'latency':
        await new Promise((resolve) => { setTimeout(resolve, fault.ms); });
        return door.act();
      case 'timeout': return never;
      case 'lost-reply':
        await door.act();
        throw lost('ECONNRESET');
      case 'hang-after':
        await door.act();
        return never;
      case 'crash-before':
        this.#crash(job);
        return never;
      case 'crash-after':
        await door.act();
        this.#crash(job);
        return never;
      default: return door.act();
    }
  }
}

/** A reply whose body is an object, as the worker's `Response` takes it. */
export function json({ status, body, headers = [] }, more = []) {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  return { status, statusText: REASONS[status] ?? '', headers: [['content-type', 'application/json'], ...headers, ...more], body: text };
}

function text(body) {
  if (body === undefined || body === null) return '';
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

function keyOf({ body }) {
  try {
    return JSON.parse(text(body)).key ?? '';
  } catch {
    return '';
  }
}

function lost(code) {
  return Object.assign(new Error('the connection was lost'), { code });
}

function unserved(desc) {
  return json({ status: 404, body: { code: 'NOT_SERVED', message: `The local host does not serve ${desc.type}${desc.remote ? ` ${desc.remote}` : ''}.` } }, [['forge-proxy-error', 'NOT_SERVED_BY_LOCAL_HOST']]);
}
