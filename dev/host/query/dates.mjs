// Dates in queries: `2026-11-01`, `2026/11/01 10:30`, `-7d`, `now("-7d")`, `startOfDay()`. Answers milliseconds.
import { BadQuery } from './parse.mjs';

const UNIT_MS = { m: 60000, h: 3600000, d: 86400000, w: 7 * 86400000, M: 30 * 86400000, y: 365 * 86400000 };

/** The time a query value stands for. */
export function timeOf(value, now, field) {
  if (value.call) return callTime(value, now);
  const relative = value.text.match(/^([+-]?\d+)([mhdwMy])$/);
  if (relative) return now + Number(relative[1]) * UNIT_MS[relative[2]];
  const date = value.text.match(/^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/);
  if (date) return Date.UTC(+date[1], +date[2] - 1, +date[3], +(date[4] ?? 0), +(date[5] ?? 0));
  throw new BadQuery(`Date value '${value.text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`);
}

const STARTS = {
  startofday: (date) => date.setUTCHours(0, 0, 0, 0),
  startofweek: (date) => date.setUTCHours(0, 0, 0, 0) - date.getUTCDay() * UNIT_MS.d,
  startofmonth: (date) => (date.setUTCDate(1), date.setUTCHours(0, 0, 0, 0)),
  startofyear: (date) => (date.setUTCMonth(0, 1), date.setUTCHours(0, 0, 0, 0)),
  now: (date) => date.getTime(),
};

function callTime({ call, args }, now) {
  const start = STARTS[call];
  if (!start) throw new BadQuery(`Unable to find the function '${call}()'.`);
  const shift = args[0]?.match(/^([+-]?\d+)([mhdwMy])$/);
  return start(new Date(now)) + (shift ? Number(shift[1]) * UNIT_MS[shift[2]] : 0);
}

/** Compares two numbers by a query operator. */
export function compareTimes(op, left, right) {
  switch (op) {
    case '=': return left === right;
    case '!=': return left !== right;
    case '<': return left < right;
    case '<=': return left <= right;
    case '>': return left > right;
    case '>=': return left >= right;
    default: throw new BadQuery(`The operator '${op}' is not supported for dates.`);
  }
}
