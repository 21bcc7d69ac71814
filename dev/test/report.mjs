// @ts-check
// Counts what a part's output says. A part that ends badly has failed whatever it counted, and so has one that ran no test.
// Prints nothing.

/**
 * @param {Pick<import('./parts.mjs').Part, 'counts'>} part
 * @param {{ ok: boolean, output: string }} result
 * @returns {{ passed: number, failed: number, notes: string[], output: string }}
 */
export function report({ counts }, { ok, output }) {
  const text = output.replace(/\u001b\[[0-9;]*m/g, '');
  const { passed, failed } = count[counts](text, ok);
  const isGreen = ok && failed === 0 && passed > 0;
  const notes = text.split('\n').filter((line) => /^# (?!Subtest)/.test(line) && counts === 'node');
  return { passed, failed: isGreen ? 0 : Math.max(1, failed), notes: notes.map((note) => `   ${note.slice(2)}`), output };
}

/** @type {Record<import('./parts.mjs').Part['counts'], (text: string, ok: boolean) => { passed: number, failed: number }>} */
const count = {
  check: (_text, ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 }),
  cargo: (text) => ({ passed: sum(text, /test result: .*? (\d+) passed/g), failed: sum(text, /test result: .*? (\d+) failed/g) }),
  node: (text) => ({ passed: sum(text, /^ℹ pass (\d+)$/gm), failed: sum(text, /^ℹ (?:fail|cancelled) (\d+)$/gm) }),
};

/**
 * @param {string} text
 * @param {RegExp} pattern
 */
const sum = (text, pattern) => [...text.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);
