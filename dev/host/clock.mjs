// The site's clock: real time plus an offset a person or a test can move forward. It keeps no timers of its own besides
// one wake-up for the earliest thing due; queue, schedules and TTLs all read it.
import { EventEmitter } from 'node:events';

export class Clock extends EventEmitter {
  #offset;
  #alarms = new Map();
  #timer = null;

  constructor(offset = 0) {
    super();
    this.#offset = offset;
  }

  /** Milliseconds since the Unix epoch, on the site's clock. */
  now() {
    return Date.now() + this.#offset;
  }

  get offset() {
    return this.#offset;
  }

  /** Moves the clock forward (never back: stored times would lie in the future). Emits `moved`. */
  advance(ms) {
    if (!(ms >= 0)) throw new RangeError('the clock moves forward only');
    this.#offset += ms;
    this.emit('moved', this.#offset);
    this.#ring();
  }

  /** Calls `act` once when the clock reaches `at`; a second call with the same name replaces the first. */
  alarm(name, at, act) {
    this.#alarms.set(name, { at, act });
    this.#arm();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#alarms.clear();
  }

  #arm() {
    clearTimeout(this.#timer);
    const next = Math.min(...[...this.#alarms.values()].map((alarm) => alarm.at));
    if (!Number.isFinite(next)) return;
    const wait = Math.min(Math.max(0, next - this.now()), 2 ** 31 - 1);
    this.#timer = setTimeout(() => this.#ring(), wait);
    this.#timer.unref?.();
  }

  #ring() {
    for (const [name, alarm] of [...this.#alarms]) {
      if (alarm.at > this.now()) continue;
      this.#alarms.delete(name);
      alarm.act();
    }
    this.#arm();
  }
}
