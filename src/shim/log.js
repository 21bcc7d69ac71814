// @ts-check
// Writes the core's log lines, one JSON line each: codes, ids and counts, of a type that holds no user text.
// Nothing else in the shim writes to the console.

/** @param {{ code: string }[]} lines */
export function log(lines) {
  for (const line of lines) console.log(JSON.stringify(line));
}
