// Calls the app's functions: from a page, an event, a schedule, a life-cycle trigger. Builds what Forge passes, runs it in the pool,
// keeps the log lines. Rights and limits of what the function then asks for are in `rpc.mjs`.
import { randomUUID } from 'node:crypto';
import { functionOf, timeLimit } from './manifest.mjs';

const KEPT_LINES = 500;

export class Invocations {
  #pool;
  #manifest;
  #installation;
  #clock;
  #limits;
  #lines = [];
  #recent = [];

  constructor({ manifest, installation, clock, limits }) {
    this.#manifest = manifest;
    this.#installation = installation;
    this.#clock = clock;
    this.#limits = limits;
  }

  /** The pool needs this object's `log`, and this object the pool: it is handed over once. */
  attach(pool) {
    this.#pool = pool;
  }

  /** A page calls `invoke(functionKey, payload)`: runs the module's resolver function as this user. */
  async fromPage({ module, functionKey, payload, accountId, product, extension }) {
    const context = this.#installation.pageContext({ module, product, accountId, extension });
    const call = { call: { functionKey, payload, jobId: undefined }, context };
    return this.#run({ module, functionKey: functionOf(module), source: 'page', argument: call, accountId, product, label: functionKey });
  }

  /** A consumer gets its event; no user is present. */
  fromQueue(module, event, depth) {
    const legacy = typeof module.resolver === 'object' && module.resolver.method;
    const argument = legacy ? { call: { functionKey: module.resolver.method, payload: event.body, jobId: event.jobId }, context: {} } : event;
    return this.#run({ module, functionKey: functionOf(module), source: 'event', argument, background: true, depth, label: event.queueName });
  }

  fromSchedule(module) {
    const argument = { context: { cloudId: this.#installation.cloudId, moduleKey: module.key }, contextToken: '' };
    return this.#run({ module, functionKey: functionOf(module), source: 'schedule', argument, background: true, label: module.key });
  }

  fromTrigger(module, event) {
    return this.#run({ module, functionKey: functionOf(module), source: 'trigger', argument: event, background: true, label: event.eventType });
  }

  /** Log lines of the app and what the host says about its functions, newest last. */
  get lines() {
    return this.#lines;
  }

  /** The last invocations: function, caller, duration, outcome. */
  get recent() {
    return this.#recent;
  }

  log({ level, text }, job) {
    this.#lines.push({ at: this.#clock.now(), level, text: text.slice(0, 4000), caller: job?.label ?? null });
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  }

  async #run({ module, functionKey, source, argument, accountId, product, background = false, depth = 0, label }) {
    const declared = this.#manifest.functions.get(functionKey);
    if (!declared) throw new Error(`the module ${module.key} names the function ${functionKey}, which the manifest does not declare`);
    const invocationId = randomUUID();
    const runtime = this.#installation.runtime({ invocationId, functionKey, module, accountId, product, clockOffset: this.#clock.offset });
    const args = [argument, this.#installation.backendPayload({ accountId, product })];
    const entry = { id: invocationId, at: this.#clock.now(), source, label, functionKey, outcome: 'running', ms: null };
    this.#recent.push(entry);
    if (this.#recent.length > KEPT_LINES) this.#recent.shift();
    const started = performance.now();
    try {
      const value = await this.#pool.run({ handler: declared.handler, args, runtime, limitMs: timeLimit(this.#manifest, functionKey, module.type, this.#limits), background, accountId, product, depth, source, label });
      entry.outcome = value?._retry ? 'asked to retry' : 'ok';
      return value;
    } catch (error) {
      entry.outcome = error.code ?? error.name;
      this.log({ level: 'error', text: `${functionKey} failed: ${error.code ?? error.name}: ${error.message}${error.appStack ? `\n${error.appStack}` : ''}` }, { label });
      throw error;
    } finally {
      entry.ms = Math.round(performance.now() - started);
    }
  }
}
