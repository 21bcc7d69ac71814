import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { VERBS, loadCore } from '../../dev/core.mjs';
import { quillgate } from './command.mjs';

for (const args of [[], ['nonsense'], ['markdown', '--nonsense'], ['markdown', 'file.json'], ['toString']]) {
  test(`exits 2 with the usage on standard error: quillgate ${args.join(' ')}`, async () => {
    const { code, out, messages } = await quillgate(args, [{ id: 1 }]);
    assert.equal(code, 2);
    assert.equal(out, '');
    assert.notEqual(messages, '');
  });
}

test('--help without a verb names them all', async () => {
  const { code, out, messages } = await quillgate(['--help']);
  assert.equal(code, 0);
  for (const verb of VERBS) assert.ok(`${out}${messages}`.includes(verb), verb);
});

test('--help of each verb shows a line in and a line out', async () => {
  for (const verb of VERBS) {
    const { code, out } = await quillgate([verb, '--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^quillgate ${verb}: \\S.*\n  in:  \\{.*\n  out: \\{.*\n`), verb);
  }
});

test('check --help prints the schema of each use case, as the core has it', async () => {
  const { out } = await quillgate(['check', '--help']);
  const printed = JSON.parse(out.slice(out.indexOf('\n{')));
  assert.deepEqual(printed, loadCore().schemas({}));
  assert.deepEqual(Object.keys(printed), ['page', 'summary', 'release-notes']);
});

test('no input is no answer', async () => {
  assert.deepEqual(await quillgate(['adf']), { code: 0, answers: [], out: '', messages: '' });
});

test('a reader that stops reading ends the command quietly', async () => {
  const child = spawn(process.execPath, [new URL('../../dev/quillgate.mjs', import.meta.url).pathname, 'adf'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let messages = '';
  child.stderr.on('data', (text) => { messages += text; });
  child.stdin.on('error', () => {});
  child.stdout.once('data', () => child.stdout.destroy());
  for (let id = 0; id < 2_000; id += 1) child.stdin.write(`${JSON.stringify({ id, markdown: 'a'.repeat(1_000) })}\n`);
  child.stdin.end();
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.deepEqual([code, messages], [0, '']);
});
