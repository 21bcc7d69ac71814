// What Forge storage accepts: key grammar, sizes, depth, page and batch limits, the rate in 10 KB units.
// It refuses; it stores nothing. The numbers are Atlassian's published ones.

export const KEY_GRAMMAR = /^(?!\s+$)[a-zA-Z0-9:._\s\-#]+$/;
export const MAX_KEY = 500;
export const MAX_VALUE_BYTES = 240 * 1024;
export const MAX_DEPTH = 31;
export const MAX_PAGE = 20;
export const DEFAULT_PAGE = 10;
export const MAX_OPERATIONS = 25;
export const MAX_TOGETHER_BYTES = 4 * 1024 * 1024;
const UNIT_BYTES = 10 * 1024;
const UNITS_A_MINUTE = 4000;
const REQUESTS_A_SECOND = 1000;

/** A request the storage refuses; becomes `{ code, message }` on the wire. */
export class Refused extends Error {
  constructor(code, message, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export function checkKey(key) {
  if (typeof key !== 'string' || key.length === 0) throw new Refused('KEY_TOO_SHORT', 'The provided key needs to be more than one character.');
  if (key.length > MAX_KEY) throw new Refused('KEY_TOO_LONG', `The provided key has exceeded the maximum ${MAX_KEY} characters.`);
  if (!KEY_GRAMMAR.test(key)) throw new Refused('INVALID_KEY', `The provided key does not match the regex: ${KEY_GRAMMAR}`);
}

/** Answers the value's JSON text, or refuses its size or depth. */
export function checkValue(value) {
  if (value === undefined || value === null) throw new Refused('BAD_REQUEST', 'A value is required.');
  if (depthOf(value) > MAX_DEPTH) throw new Refused('MAX_DEPTH', `The provided value has exceeded the maximum object depth (${MAX_DEPTH}) limit.`);
  const text = JSON.stringify(value);
  if (Buffer.byteLength(text) > MAX_VALUE_BYTES) throw new Refused('MAX_SIZE', `The provided value has exceeded the maximum size limit of ${MAX_VALUE_BYTES} bytes.`);
  return text;
}

export function checkPage(limit) {
  if (limit === undefined || limit === null) return DEFAULT_PAGE;
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new Refused('COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE', `The page limit must be set between 1 and ${MAX_PAGE}.`);
  }
  return limit;
}

export function checkTogether(operations, bytes) {
  if (operations.length === 0) throw new Refused('BAD_REQUEST', 'At least one operation is required.');
  if (operations.length > MAX_OPERATIONS) throw new Refused('MAX_OPERATIONS', `At most ${MAX_OPERATIONS} operations are allowed together.`);
  if (bytes > MAX_TOGETHER_BYTES) throw new Refused('MAX_SIZE', `The request has exceeded ${MAX_TOGETHER_BYTES} bytes.`);
}

const UNIT_SECONDS = { SECONDS: 1, MINUTES: 60, HOURS: 3600, DAYS: 86400 };

/** The time a record with this `ttl` option expires at, or null. */
export function expiryOf(ttl, now) {
  if (ttl === undefined || ttl === null) return null;
  const seconds = ttl.value * UNIT_SECONDS[ttl.unit];
  if (!Number.isInteger(ttl.value) || ttl.value < 1 || !Number.isFinite(seconds)) throw new Refused('INVALID_TTL', 'The TTL must be a whole number of seconds, minutes, hours or days.');
  return now + seconds * 1000;
}

/** Counts requests a second and 10 KB units a minute, reads and writes apart, on the site's clock. */
export class Rate {
  #clock;
  #second = 0;
  #requests = 0;
  #minute = 0;
  #units = { read: 0, write: 0 };
  total = { read: 0, write: 0, requests: 0 };

  constructor(clock) {
    this.#clock = clock;
  }

  request() {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) [this.#second, this.#requests] = [second, 0];
    this.#requests += 1;
    this.total.requests += 1;
    if (this.#requests > REQUESTS_A_SECOND) throw tooMany();
  }

  /** Counts `bytes` read or written; at least one unit. */
  count(way, bytes) {
    const minute = Math.floor(this.#clock.now() / 60000);
    if (minute !== this.#minute) [this.#minute, this.#units] = [minute, { read: 0, write: 0 }];
    const units = Math.max(1, Math.ceil(bytes / UNIT_BYTES));
    this.total[way] += units;
    if (this.#units[way] + units > UNITS_A_MINUTE) throw tooMany();
    this.#units[way] += units;
  }
}

function tooMany() {
  return new Refused('RATE_LIMIT_EXCEEDED', 'The rate limit for this installation has been exceeded.', 429);
}

function depthOf(value) {
  let depth = 0;
  let objects = [value].filter(isObject);
  while (objects.length > 0 && depth <= MAX_DEPTH) {
    depth += 1;
    objects = objects.flatMap(Object.values).filter(isObject);
  }
  return depth;
}

function isObject(value) {
  return value !== null && typeof value === 'object';
}
