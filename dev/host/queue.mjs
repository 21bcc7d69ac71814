// Forge's async events: push with its limits, delay, concurrency keys, retries asked for by the consumer or made by the platform,
// at-least-once delivery, job statistics. Events are kept in the database, so that a restart loses none.
import { randomUUID } from 'node:crypto';

const MAX_EVENTS = 50;
const MAX_PUSH_BYTES = 200 * 1024;
const MAX_LONG_EVENT_BYTES = 100 * 1024;
const MAX_RETRY_DATA_BYTES = 4 * 1024;
const MAX_DELAY_SECONDS = 900;
const EVENTS_A_MINUTE = 500;
const MAX_RETRIES = 4;
const MAX_DEPTH = 1000;
const RETENTION_MS = 24 * 3600 * 1000;
// What the platform itself did is retried; an exception of the app is not, unless it returns an InvocationError.
const PLATFORM_FAILURES = new Set(['FUNCTION_TIME_OUT', 'FUNCTION_CRASHED']);

export class Queue {
  #db;
  #clock;
  #manifest;
  #faults;
  #deliver;
  #recent = [];
  #paused = false;
  #idle = new Set();

  /** `deliver(module, event, depth)` runs the consumer and answers what it returned. */
  constructor({ db, clock, manifest, faults, deliver }) {
    this.#db = db;
    this.#clock = clock;
    this.#manifest = manifest;
    this.#faults = faults;
    this.#deliver = deliver;
    // What was running when the host ended is delivered again: at least once.
    db.run("UPDATE event SET state = 'queued' WHERE state = 'running'");
    clock.on('moved', () => this.pump());
  }

  /** Answers the three queue endpoints of the wire. */
  handle(path, request, depth = 0) {
    const [, act] = path.match(/^\/webhook\/queue\/(publish|stats|cancel)\//) ?? [];
    if (act === 'publish') return this.#push(request, depth);
    if (act === 'stats') return this.#stats(request);
    if (act === 'cancel') return this.#cancel(request);
    return { status: 404, body: { message: 'no such queue operation' } };
  }

  /** Delivers what is due. Called after every push, every end and every move of the clock. */
  pump() {
    if (this.#paused) return;
    const now = this.#clock.now();
    const due = this.#db.all("SELECT * FROM event WHERE state = 'queued' AND due <= ? ORDER BY due, seq", now);
    for (const event of due) if (this.#mayStart(event)) this.#start(event);
    const next = this.#db.get("SELECT min(due) AS due FROM event WHERE state = 'queued' AND due > ?", now)?.due;
    if (next) this.#clock.alarm('queue', next, () => this.pump());
    if (this.#running() === 0 && due.length === 0) for (const wake of this.#idle) wake();
  }

  /** Resolves when nothing is due and nothing runs. */
  idle() {
    return new Promise((resolve) => {
      const check = () => {
        const due = this.#db.get("SELECT count(*) AS n FROM event WHERE state = 'running' OR (state = 'queued' AND due <= ?)", this.#clock.now()).n;
        if (due > 0) return;
        this.#idle.delete(check);
        resolve();
      };
      this.#idle.add(check);
      check();
    });
  }

  pause() {
    this.#paused = true;
  }

  resume() {
    this.#paused = false;
    this.pump();
  }

  /** Events as the panel shows them: ids, states and sizes, never bodies. */
  list() {
    return this.#db.all('SELECT id, job, queue, length(body) AS bytes, state, attempts, due, pushed, key, note FROM event ORDER BY seq DESC LIMIT 200');
  }

  #push({ queueName, jobId, payload }, depth) {
    const consumer = this.#manifest.consumers.get(queueName);
    if (!consumer) return { status: 400, body: { message: `No consumer in the manifest for the queue ${queueName}` } };
    const refusal = this.#refusal(consumer, payload, depth);
    if (refusal) return refusal;
    const now = this.#clock.now();
    this.#db.atomically(() => {
      for (const { body, delayInSeconds = 0, concurrency } of payload) {
        this.#db.run('INSERT INTO event (id, job, queue, body, delay, due, key, lim, state, pushed, depth) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
          randomUUID(), jobId, queueName, JSON.stringify(body), delayInSeconds, now + delayInSeconds * 1000, concurrency?.key ?? null, concurrency?.limit ?? null, 'queued', now, depth + 1);
      }
    });
    setImmediate(() => this.pump());
    return { status: 201, body: {} };
  }

  #refusal(consumer, payload, depth) {
    if (!Array.isArray(payload) || payload.length === 0) return { status: 400, body: { message: 'No events to push' } };
    if (payload.length > MAX_EVENTS) return { status: 400, body: { message: `At most ${MAX_EVENTS} events may be pushed together` } };
    const bytes = Buffer.byteLength(JSON.stringify(payload));
    if (bytes > MAX_PUSH_BYTES) return { status: 413, body: { errorMessage: `The maximum payload size is ${MAX_PUSH_BYTES / 1024} KB.` } };
    const long = (this.#manifest.functions.get(consumer.function)?.timeoutSeconds ?? 0) > 55;
    if (long && payload.some((event) => Buffer.byteLength(JSON.stringify(event)) > MAX_LONG_EVENT_BYTES)) return { status: 413, body: { errorMessage: 'An event for a long-running function may have 100 KB.' } };
    if (payload.some((event) => (event.delayInSeconds ?? 0) < 0 || (event.delayInSeconds ?? 0) > MAX_DELAY_SECONDS)) return { status: 400, body: { message: 'delayInSeconds must be between 0 and 900' } };
    if (depth >= MAX_DEPTH) return { status: 405, body: { message: 'The cyclic invocation limit is reached' } };
    const minute = this.#clock.now() - 60000;
    this.#recent = this.#recent.filter((time) => time > minute);
    if (this.#recent.length + payload.length > EVENTS_A_MINUTE) return { status: 429, body: { message: 'Rate limit exceeded' } };
    this.#recent.push(...payload.map(() => this.#clock.now()));
    return undefined;
  }

  #stats({ queueName, jobId }) {
    const rows = this.#db.all('SELECT state, count(*) AS n FROM event WHERE job = ? AND queue = ? GROUP BY state', jobId, queueName);
    if (rows.length === 0) return { status: 404, body: { message: 'job does not exist' } };
    const count = (...states) => rows.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + row.n, 0);
    return { status: 200, body: { success: count('done'), inProgress: count('queued', 'running'), failed: count('failed', 'cancelled') } };
  }

  #cancel({ queueName, jobId }) {
    const known = this.#db.get('SELECT count(*) AS n FROM event WHERE job = ? AND queue = ?', jobId, queueName).n;
    if (known === 0) return { status: 404, body: { message: 'job does not exist' } };
    this.#db.run("UPDATE event SET state = 'cancelled' WHERE job = ? AND queue = ? AND state = 'queued'", jobId, queueName);
    return { status: 204 };
  }

  #running(key) {
    return key
      ? this.#db.get("SELECT count(*) AS n FROM event WHERE state = 'running' AND key = ?", key).n
      : this.#db.get("SELECT count(*) AS n FROM event WHERE state = 'running'").n;
  }

  #mayStart(event) {
    return event.key === null || this.#running(event.key) < event.lim;
  }

  #start(event) {
    this.#db.run("UPDATE event SET state = 'running' WHERE seq = ?", event.seq);
    if (this.#faults.take('event', event.queue)?.action === 'duplicate') this.#duplicate(event);
    const consumer = this.#manifest.consumers.get(event.queue);
    this.#deliver(consumer, asyncEvent(event), event.depth)
      .then((value) => this.#ended(event, value), (error) => this.#broke(event, error))
      .catch(() => {})
      .finally(() => this.pump());
  }

  // The same event, with the same id, once more: what at-least-once delivery means.
  #duplicate(event) {
    this.#db.run('INSERT INTO event (id, job, queue, body, delay, due, key, lim, state, attempts, retry, pushed, depth, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      event.id, event.job, event.queue, event.body, event.delay, event.due, event.key, event.lim, 'queued', event.attempts, event.retry, event.pushed, event.depth, 'second delivery');
    setImmediate(() => this.pump());
  }

  #ended(event, value) {
    if (value?._retry) this.#retry(event, value.retryOptions ?? {});
    else this.#db.run("UPDATE event SET state = 'done', attempts = attempts + 1 WHERE seq = ?", event.seq);
  }

  #broke(event, error) {
    if (error.code === 'HOST_STOPPED') this.#db.run("UPDATE event SET state = 'queued' WHERE seq = ?", event.seq);
    else if (PLATFORM_FAILURES.has(error.code)) this.#retry(event, { retryAfter: 2 ** event.attempts, retryReason: error.code });
    else this.#db.run("UPDATE event SET state = 'failed', attempts = attempts + 1, note = ? WHERE seq = ?", error.name ?? 'Error', event.seq);
  }

  #retry(event, { retryAfter = 1, retryReason = 'FUNCTION_RETRY_REQUEST', retryData }) {
    const tooBig = retryData !== undefined && Buffer.byteLength(JSON.stringify(retryData)) > MAX_RETRY_DATA_BYTES;
    if (event.attempts >= MAX_RETRIES || tooBig) {
      this.#db.run("UPDATE event SET state = 'failed', attempts = attempts + 1, note = ? WHERE seq = ?", retryReason, event.seq);
      return;
    }
    const context = { retryCount: event.attempts + 1, retryReason, retryData };
    const due = this.#clock.now() + Math.min(Math.max(retryAfter, 1), MAX_DELAY_SECONDS) * 1000;
    this.#db.run("UPDATE event SET state = 'queued', attempts = attempts + 1, retry = ?, due = ?, note = ? WHERE seq = ?", JSON.stringify(context), due, retryReason, event.seq);
  }
}

function asyncEvent(row) {
  const retention = { startTime: new Date(row.pushed).toISOString(), remainingTimeMs: RETENTION_MS };
  return {
    queueName: row.queue,
    jobId: row.job,
    eventId: row.id,
    body: JSON.parse(row.body),
    delayInSeconds: row.delay,
    ...(row.key && { concurrency: { key: row.key, limit: row.lim } }),
    ...(row.retry && { retryContext: { ...JSON.parse(row.retry), retentionWindow: retention } }),
  };
}
