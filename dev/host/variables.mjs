// The app's environment variables, as `forge variables set` keeps them: what the caller gives, and secrets made once per state folder.
// They reach the app's processes and nothing else.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// A variable the app cannot run without and that must not be the same on two machines.
const MADE = { QUILLGATE_ROOT_1: () => randomBytes(32).toString('base64url') };

/** The variables of an app whose state lies in `state` (null: made anew each time). */
export function appVariables({ state, given = {} }) {
  const file = state && join(state, 'variables.json');
  const kept = file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  for (const [name, make] of Object.entries(MADE)) kept[name] ??= make();
  if (file) writeFileSync(file, JSON.stringify(kept, null, 2), { mode: 0o600 });
  return { ...kept, ...given };
}
