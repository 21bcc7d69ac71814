// @ts-check
// The `quillgate` command as a script starts it, and one good line for each verb.
// Asserts nothing.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const COMMAND = fileURLToPath(new URL('../../dev/quillgate.mjs', import.meta.url));

/** Stands in inputs where no message may repeat it. */
export const CANARY = 'quetzalcoatlus';

/**
 * Starts the command once.
 * @param {string[]} args
 * @param {(string | object)[]} [lines] text goes in as it is, an object as JSON
 * @returns {Promise<{ code: number | null, answers: any[], out: string, messages: string }>}
 */
export function quillgate(args, lines = []) {
  const child = spawn(process.execPath, [COMMAND, ...args]);
  let out = '';
  let messages = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { messages += text; });
  child.stdin.on('error', () => {});
  child.stdin.end(lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      const answers = args.includes('--help') ? [] : out.split('\n').filter(Boolean).map((line) => JSON.parse(line));
      resolve({ code, answers, out, messages });
    });
  });
}

const ADF = JSON.stringify({ version: 1, type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Hi' }] }] });
const ROUTE = { provider: 'openai', model: 'gpt-6-luna' };
const KEY = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64url');
export const CONTEXT = { tenant: 't', class: 'c', record: 'r', version: 1 };
const SOURCE = { ref: 'ITD-1', format: 'markdown', body: 'The VPN drops after 60 minutes. The gateway closes idle tunnels.' };
const OUTPUT = JSON.stringify({ title: null, sections: [{ heading: 'Known', items: [{ kind: 'bullet', text: 'The VPN drops after 60 minutes.', refs: ['ITD-1'] }] }] });

/**
 * For each verb a good line, what its answer must hold, and a field that it cannot do without.
 * `schemas` and `surface` take nothing; `open` and `apply` need what another verb gives, so theirs stand in the conversations.
 * @type {Record<string, { line: object, answer: any, needs?: string }>}
 */
export const EXAMPLES = {
  markdown: { line: { id: 1, format: 'storage', body: '<h2>A</h2><p>b <strong>c</strong></p>' }, answer: { id: 1, markdown: '## A\n\nb **c**\n' }, needs: 'body' },
  adf: { line: { id: 'a', markdown: 'Hi' }, answer: { id: 'a', adf: ADF }, needs: 'markdown' },
  storage: { line: { id: 2, adf: ADF }, answer: { id: 2, storage: '<p>Hi</p>' } },
  roundtrip: { line: { id: 3, format: 'storage', body: '<p>a&nbsp;b</p>' }, answer: { id: 3, body: '<p>a&nbsp;b</p>' }, needs: 'format' },
  excerpts: { line: { id: 4, format: 'markdown', body: '# A\n\n😀 b', title: 'T', maxChars: 1800 }, answer: { id: 4 }, needs: 'body' },
  passages: { line: { id: 40, about: 'b', excerpts: [{ ref: 'x', text: '😀 b.' }] }, answer: { id: 40, passages: [{ ref: 'x', start: 0, end: 5, text: '😀 b.' }] }, needs: 'about' },
  extract: { line: { id: 5, sources: [SOURCE], maxSentences: 1 }, answer: { id: 5 }, needs: 'sources' },
  detect: { line: { id: 6, text: '😀 anna@example.com' }, answer: { id: 6, findings: [{ kind: 'EMAIL', start: 3, end: 19, score: 0.98 }] }, needs: 'text' },
  mask: { line: { id: 7, text: 'to anna@example.com' }, answer: { id: 7, text: 'to [EMAIL_1]', tokens: { '[EMAIL_1]': 'anna@example.com' }, findings: [{ kind: 'EMAIL', start: 3, end: 19, score: 0.98 }] }, needs: 'text' },
  restore: { line: { id: 8, text: 'to [EMAIL_1]', tokens: { '[EMAIL_1]': 'anna@example.com' } }, answer: { id: 8, text: 'to anna@example.com' }, needs: 'tokens' },
  request: {
    line: { id: 9, route: ROUTE, credential: { apiKey: 'sk-test-0123456789abcdef' }, prompt: { messages: [{ role: 'user', text: 'What changed?' }], maxOutputTokens: 64 } },
    answer: { id: 9 },
    needs: 'route',
  },
  response: { line: { id: 10, route: ROUTE, kind: 'text', status: 429, headers: { 'retry-after': '7' }, body: '{"error":{"message":"slow down"}}' }, answer: { id: 10, error: { code: 'rate-limited', retryable: true, retryAfterMs: 7000 } }, needs: 'status' },
  check: { line: { id: 11, useCase: 'page', sources: [SOURCE], modelOutput: OUTPUT }, answer: { id: 11, dropped: [] }, needs: 'modelOutput' },
  diff: { line: { id: 12, format: 'storage', before: '<p>a</p>', after: '<p>a</p><p>b</p>' }, answer: { id: 12, summary: { added: 1, removed: 0, changed: 0 } }, needs: 'after' },
  apply: { line: { id: 13, format: 'storage', before: '', edits: {} }, answer: undefined, needs: 'before' },
  seal: { line: { id: 14, key: KEY, context: CONTEXT, plaintext: 'aGVsbG8' }, answer: { id: 14 }, needs: 'plaintext' },
  open: { line: { id: 15, key: KEY, context: CONTEXT, envelope: '' }, answer: undefined, needs: 'envelope' },
  schemas: { line: {}, answer: {} },
  surface: { line: {}, answer: {} },
};
