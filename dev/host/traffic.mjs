// The recorder of what left: one record for every outbound request of the app, with the exact bytes, kept in memory only.
// It masks credentials in headers; bodies are shown in the panel and never logged or stored.

const KEPT = 200;
const CREDENTIAL = /^(authorization|proxy-authorization|cookie|x-api-key|api-key|x-goog-api-key|x-amz-security-token)$|(secret|token|api-?key)/i;

export class Traffic {
  #records = [];
  #next = 1;
  #listeners = new Set();
  #clock;

  constructor(clock) {
    this.#clock = clock;
  }

  /** Opens a record for a request and answers it; `finish` completes it. */
  begin({ url, method, headers, body, route, invocation }) {
    const { host, pathname, search, protocol } = new URL(url);
    const record = {
      id: this.#next++,
      at: this.#clock.now(),
      host,
      protocol,
      path: pathname + search,
      method,
      routedTo: route ?? null,
      caller: invocation ?? null,
      requestHeaders: maskHeaders(headers),
      requestBytes: body ? Buffer.byteLength(body) : 0,
      requestBody: body ? Buffer.from(body).toString('utf8') : '',
      state: 'open',
      status: null,
      responseBytes: 0,
      responseBody: '',
      ms: null,
    };
    this.#records.push(record);
    if (this.#records.length > KEPT) this.#records.shift();
    this.#tell(record);
    return record;
  }

  /** `state`: `answered`, `denied` (nothing was sent) or `failed` (no answer came). */
  finish(record, { state, status = null, headers = [], body = '', ms, reason = null }) {
    Object.assign(record, { state, status, ms, reason, responseHeaders: maskHeaders(headers), responseBytes: Buffer.byteLength(body), responseBody: Buffer.from(body).toString('utf8').slice(0, 200000) });
    this.#tell(record);
  }

  /** Newest first; `bodies: false` leaves the texts out, as lists need. */
  list({ bodies = true } = {}) {
    const all = [...this.#records].reverse();
    return bodies ? all : all.map(({ requestBody, responseBody, requestHeaders, responseHeaders, ...rest }) => rest);
  }

  find(id) {
    return this.#records.find((record) => record.id === id);
  }

  /** Requests that really left (not those the allow list stopped). */
  sent() {
    return this.#records.filter((record) => record.state !== 'denied');
  }

  clear() {
    this.#records = [];
  }

  onChange(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(record) {
    for (const listener of this.#listeners) listener(record);
  }
}

/** Replaces the value of every credential header by its length. */
export function maskHeaders(headers = []) {
  return headers.map(([name, value]) => [name, CREDENTIAL.test(name) ? `•••• (${value.length} characters)` : value]);
}
