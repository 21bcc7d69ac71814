// @ts-check
// Numbers, dates and sizes in the reader's locale and time zone.
// It does not hold words: `words.js` does.
let locale = 'en';
let timeZone = /** @type {string|undefined} */ (undefined);

/** Sets the reader's locale and zone once, from the host's context; what Intl does not know is ignored. */
export function setLocale(tag, zone) {
  locale = known(tag?.replace('_', '-')) ?? 'en';
  try {
    timeZone = zone && new Intl.DateTimeFormat(locale, { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    timeZone = undefined;
  }
}

function known(tag) {
  try {
    return tag && Intl.DateTimeFormat.supportedLocalesOf(tag)[0];
  } catch {
    return undefined;
  }
}

export const language = () => locale.split('-')[0];
export const localeTag = () => locale;
export const number = (value) => new Intl.NumberFormat(locale).format(value);
export const pluralOf = (value) => new Intl.PluralRules(locale).select(value);
export const listOf = (items) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(items);

/** A moment: ISO text or milliseconds. */
const moment = (value) => new Date(value);
const format = (value, options) => new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(moment(value));
export const day = (value, zone = timeZone) => format(value, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone });
export const dayLong = (value) => format(value, { weekday: 'long', day: 'numeric', month: 'long' });
/** A day of UTC, short. */
export const weekday = (value) => format(value, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
export const clock = (value) => format(value, { hour: 'numeric', minute: '2-digit' });
export const dayAndClock = (value) => format(value, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });

const STEPS = [[60, 'second', 1], [3600, 'minute', 60], [86400, 'hour', 3600], [604800, 'day', 86400]];

/** "3 hours ago" within a week, the day beyond. */
export function ago(value, now = Date.now()) {
  const seconds = Math.round((moment(value).getTime() - now) / 1000);
  const step = STEPS.find(([limit]) => Math.abs(seconds) < limit);
  if (!step) return day(value);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(Math.round(seconds / step[2]), step[1]);
}

/** One digit behind the point at most: for means. */
export const decimal = (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
export const percent = (share) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** US dollars, with as many digits as a price of fractions of a cent needs. */
export const price = (value) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumFractionDigits: 4, minimumFractionDigits: 2 }).format(value);

const SIZES = [[1e9, 'gigabyte'], [1e6, 'megabyte'], [1e3, 'kilobyte']];

export function bytes(count) {
  const size = SIZES.find(([least]) => count >= least);
  if (!size) return new Intl.NumberFormat(locale, { style: 'unit', unit: 'byte', unitDisplay: 'long', maximumFractionDigits: 0 }).format(count);
  return new Intl.NumberFormat(locale, { style: 'unit', unit: size[1], maximumFractionDigits: count >= 100 * size[0] ? 0 : 1 }).format(count / size[0]);
}
