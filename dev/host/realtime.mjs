// Realtime channels: what a function publishes reaches the pages that subscribed, as long as they are open. Nothing is kept for others.
// Serves channels of the whole installation; those of one issue's or page's context it refuses, as it knows no such context of a function.
import { randomUUID } from 'node:crypto';
import { json } from './rpc.mjs';

/** A page that waits is answered after so long at the latest, so that one which is gone is noticed. */
const HOLD_MS = 20_000;
const KEPT = 100;
const GONE_MS = 60_000;
/** Longer names and payloads are refused; the platform's own limits are not published. */
const MOST = { name: 255, payload: 32_768 };

export class Realtime {
  #subscriptions = new Map();
  #published = [];

  /** Answers `publishRealtimeChannel` of `@forge/realtime`. */
  handle({ body }) {
    const { query = '', variables = {} } = JSON.parse(String(body));
    if (!query.includes('publishRealtimeChannel')) return failed('The local host serves publishRealtimeChannel alone.');
    const { name, payload, isGlobal } = variables;
    if (!isGlobal) return failed('The local host serves global channels alone.');
    if (!name || name.length > MOST.name || typeof payload !== 'string' || payload.length > MOST.payload) return failed('The name or the payload of the event is not valid.');
    const heard = this.#tell(name, JSON.parse(payload));
    this.#published = [...this.#published, { channel: name, heard }].slice(-KEPT);
    return json({ status: 200, body: { data: { ecosystem: { publishRealtimeChannel: heard ? { eventId: randomUUID(), eventTimestamp: String(Date.now()) } : { eventId: null, eventTimestamp: null } } } } });
  }

  /** The last events: the channel of each, and how many pages heard it. */
  published() {
    return this.#published;
  }

  /** Begins to keep a channel's events for one page; answers the subscription's id. */
  subscribe(channel) {
    const id = randomUUID();
    this.#subscriptions.set(id, { channel, events: [], wake: () => {}, seen: Date.now() });
    return id;
  }

  /** The events since the last question, as soon as there are any; none after a while; undefined when the subscription is over. */
  async next(id) {
    const subscription = this.#subscriptions.get(id);
    if (!subscription) return undefined;
    if (subscription.events.length === 0) await held(subscription);
    subscription.seen = Date.now();
    return this.#subscriptions.has(id) ? subscription.events.splice(0) : undefined;
  }

  unsubscribe(id) {
    const subscription = this.#subscriptions.get(id);
    this.#subscriptions.delete(id);
    subscription?.wake();
  }

  close() {
    for (const id of [...this.#subscriptions.keys()]) this.unsubscribe(id);
  }

  #tell(channel, payload) {
    let heard = 0;
    for (const [id, subscription] of this.#subscriptions) {
      if (Date.now() - subscription.seen > GONE_MS) this.unsubscribe(id);
      else if (subscription.channel === channel) {
        subscription.events.push(payload);
        subscription.wake();
        heard += 1;
      }
    }
    return heard;
  }
}

function held(subscription) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, HOLD_MS);
    subscription.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}

const failed = (message) => json({ status: 200, body: { data: null, errors: [{ message }] } });
