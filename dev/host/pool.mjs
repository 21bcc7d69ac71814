// The warm processes of the app: a few workers, one invocation at a time in each, a killed or crashed one replaced.
// It knows processes and time limits; what an invocation is and may do is `invocation.mjs` and `rpc.mjs`.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('./worker/main.mjs', import.meta.url));

/** The function was stopped at its time limit, or its process died. */
export class Stopped extends Error {
  constructor(code, message) {
    super(message);
    this.name = code;
    this.code = code;
  }
}

export class Pool {
  #workers = new Set();
  #waiting = [];
  #closed = false;
  #options;

  /** `options`: `{ appDir, size, memoryMB, variables, onRpc(message, job), onLog(line, job) }`. */
  constructor(options) {
    this.#options = options;
    for (let i = 0; i < options.size; i += 1) this.#start();
  }

  /**
   * Runs one invocation `{ handler, args, runtime, limitMs, background }` and answers its value. Background work never takes the last free
   * process, so that a page is answered while events run.
   */
  run(job) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...job, resolve, reject });
      this.#assign();
    });
  }

  /** Kills the process that runs this job, as a crash between two effects would. */
  crash(job) {
    job.worker?.child.kill('SIGKILL');
  }

  get state() {
    return { workers: this.#workers.size, busy: [...this.#workers].filter((w) => w.job).length, waiting: this.#waiting.length };
  }

  async close() {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(new Stopped('HOST_STOPPED', 'the host stops'));
    const ends = [...this.#workers].map((worker) => new Promise((resolve) => worker.child.once('exit', resolve)));
    for (const worker of this.#workers) worker.child.kill('SIGKILL');
    await Promise.all(ends);
  }

  #start() {
    const { appDir, variables, memoryMB } = this.#options;
    const env = { PATH: process.env.PATH, TZ: 'UTC', NODE_ENV: 'production', ...variables, FORGE_APP_DIR: appDir };
    const child = fork(MAIN, [], { env, cwd: appDir, serialization: 'advanced', execArgv: ['--no-warnings', `--max-old-space-size=${memoryMB}`], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    const worker = { child, job: null, ready: false };
    this.#workers.add(worker);
    child.on('message', (message) => this.#hear(worker, message));
    child.on('exit', (code, signal) => this.#ended(worker, code, signal));
    child.on('error', () => {});
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => this.#options.onLog({ level: 'error', text: text.trimEnd() }, worker.job));
    }
  }

  #hear(worker, message) {
    if (message.type === 'ready') {
      worker.ready = true;
      this.#assign();
    } else if (message.type === 'log') {
      this.#options.onLog(message, worker.job);
    } else if (message.type === 'rpc') {
      const job = worker.job;
      const reply = (answer) => worker.child.connected && worker.child.send({ type: 'reply', id: message.id, ...answer }, () => {});
      if (job) this.#options.onRpc(message, job).then(reply, (error) => reply({ failed: error.code ?? 'UNKNOWN' }));
    } else if (message.type === 'result' && worker.job?.runtime.appContext.invocationId === message.id) {
      const { job } = worker;
      this.#free(worker);
      if (message.ok) job.resolve(message.value);
      else job.reject(Object.assign(new Error(message.error.message), { name: message.error.name, appStack: message.error.stack }));
    }
  }

  #assign() {
    if (this.#closed) return;
    for (const worker of this.#workers) {
      if (!worker.ready || worker.job) continue;
      const job = this.#next();
      if (!job) return;
      this.#give(worker, job);
    }
  }

  #next() {
    const page = this.#waiting.findIndex((job) => !job.background);
    if (page >= 0) return this.#waiting.splice(page, 1)[0];
    const background = [...this.#workers].filter((worker) => worker.job?.background).length;
    return background < Math.max(1, this.#options.size - 1) ? this.#waiting.shift() : undefined;
  }

  #give(worker, job) {
    worker.job = job;
    job.worker = worker;
    job.runtime.endsAt = Date.now() + job.limitMs;
    job.timer = setTimeout(() => {
      job.stopped = new Stopped('FUNCTION_TIME_OUT', `the function did not answer within ${job.limitMs / 1000} s and was stopped`);
      worker.child.kill('SIGKILL');
    }, job.limitMs);
    worker.child.send({ type: 'invoke', id: job.runtime.appContext.invocationId, handler: job.handler, args: job.args, runtime: job.runtime }, () => {});
  }

  #free(worker) {
    clearTimeout(worker.job?.timer);
    worker.job = null;
    setImmediate(() => this.#assign());
  }

  #ended(worker, code, signal) {
    this.#workers.delete(worker);
    const { job } = worker;
    clearTimeout(job?.timer);
    if (job) job.reject(job.stopped ?? new Stopped('FUNCTION_CRASHED', `the function's process ended (${signal ?? code})`));
    if (this.#closed) return;
    // A process that dies before it is ready would be restarted for ever: wait a little each time.
    setTimeout(() => !this.#closed && this.#start(), worker.ready ? 0 : 500);
  }
}
