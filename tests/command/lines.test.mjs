import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LineError, VERBS, loadCore } from '../../dev/core.mjs';
import { CANARY, EXAMPLES, quillgate } from './command.mjs';

const core = loadCore();
const nested = (depth, inner = '1') => `${'['.repeat(depth)}${inner}${']'.repeat(depth)}`;

/** The error of a line in process; its form is the same for every verb. */
function refusal(verb, line) {
  try {
    core[verb](line);
  } catch (error) {
    assert.ok(error instanceof LineError, `${error}`);
    assert.match(error.code, /^[a-z-]+$/);
    assert.match(error.message, /^[a-z][^.]*$/, 'lower case, no full stop');
    assert.ok(!error.message.includes(CANARY), error.message);
    return { code: error.code, message: error.message };
  }
  return assert.fail(`${verb} answered ${JSON.stringify(line).slice(0, 200)}`);
}

test('each line is answered in its order, the ones that cannot be among them', async () => {
  const lines = Array.from({ length: 60 }, (_, id) => (id % 3 === 0 ? { id, markdown: `# ${id}`, [CANARY]: 1 } : { id, markdown: `${id}`.repeat(id * 50) }));
  const { code, answers } = await quillgate(['adf'], lines);
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ id }) => id), lines.map(({ id }) => id));
  assert.deepEqual(answers.map((answer) => 'error' in answer), lines.map((_, id) => id % 3 === 0));
});

test('what is no JSON object is answered with its code, and the rest goes on', async () => {
  const { code, answers, out } = await quillgate(['adf'], [`{"id": 1, "markdown": "${CANARY}`, CANARY, 'null', '[]', `"${CANARY}"`, '7', '{"id":2,"markdown":"a"}']);
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ error }) => error?.code), ['not-json', 'not-json', 'bad-input', 'bad-input', 'bad-input', 'bad-input', undefined]);
  assert.ok(!out.includes(CANARY));
});

for (const verb of VERBS) {
  const { line, needs } = EXAMPLES[verb];

  test(`${verb} refuses a field that it does not know, without naming it`, () => {
    assert.equal(refusal(verb, { ...line, [CANARY]: CANARY }).code, 'bad-input');
  });

  if (needs) {
    test(`${verb} names the field that is missing`, () => {
      const { [needs]: _, ...rest } = /** @type {any} */ (line);
      assert.deepEqual(refusal(verb, rest), { code: 'bad-input', message: `field "${needs}" is missing` });
    });
  }

  test(`${verb} refuses each field of another type, and echoes nothing`, () => {
    for (const field of Object.keys(line).filter((name) => name !== 'id' && name !== 'tokenizer')) {
      const wrong = field === 'text' || field === 'body' ? 7 : [{ [CANARY]: CANARY }];
      assert.equal(refusal(verb, { ...line, [field]: wrong }).code, 'bad-input', field);
    }
  });
}

test('a word that is none of the known ones is not echoed', () => {
  refusal('markdown', { id: 1, format: CANARY, body: '' });
  refusal('markdown', { id: 1, format: 'adf', body: `{"${CANARY}"` });
  refusal('markdown', { id: 1, format: 'storage', body: `<${CANARY}>` });
  refusal('detect', { id: 1, text: '', kinds: [CANARY] });
  refusal('detect', { id: 1, text: '', names: [{ forms: [], [CANARY]: 1 }] });
  refusal('restore', { id: 1, text: '', tokens: { [CANARY]: 'a' } });
  refusal('request', { ...EXAMPLES.request.line, route: { provider: CANARY, model: 'm' } });
  refusal('request', { ...EXAMPLES.request.line, credential: { apiKey: `${CANARY}\n${CANARY}` } });
  refusal('request', { ...EXAMPLES.request.line, route: { provider: 'openai-compatible', model: 'm', endpoint: `http://${CANARY}/` } });
  refusal('check', { ...EXAMPLES.check.line, modelOutput: CANARY });
  refusal('check', { ...EXAMPLES.check.line, useCase: CANARY });
  refusal('apply', { ...EXAMPLES.apply.line, edits: { [CANARY]: 1 } });
  refusal('seal', { ...EXAMPLES.seal.line, key: CANARY });
  refusal('open', { ...EXAMPLES.open.line, envelope: CANARY });
});

test('a body beyond the limits is refused with its code', () => {
  const storage = `${'<p>'.repeat(300)}${'</p>'.repeat(300)}`;
  assert.equal(refusal('markdown', { id: 1, format: 'storage', body: storage }).code, 'too-deep');
  assert.equal(refusal('markdown', { id: 1, format: 'storage', body: ' '.repeat(6 * 1024 * 1024) }).code, 'too-large');
  assert.equal(refusal('excerpts', { id: 1, format: 'markdown', body: '', maxChars: 1 }).code, 'bad-input');
  assert.equal(refusal('extract', { id: 1, sources: [], maxSentences: 1e9 }).code, 'bad-input');
});

test('a line that is nested too deep is answered, and the next one too', async () => {
  for (const depth of [1_000, 100_000]) {
    const line = `{"id":1,"format":"storage","before":"","edits":${nested(depth, `"${CANARY}"`)}}`;
    const { code, answers, out } = await quillgate(['apply'], [line, { id: 2, format: 'storage', before: '', edits: CANARY }]);
    assert.equal(code, 0);
    assert.deepEqual(answers.map(({ id }) => id), [1, 2]);
    for (const { error } of answers) assert.match(error.code, /^[a-z-]+$/);
    assert.ok(!out.includes(CANARY));
  }
});

test('after a line that was too much, the same core answers', () => {
  assert.throws(() => core.apply({ id: 1, format: 'storage', before: '', edits: JSON.parse(nested(100_000)) }), LineError);
  assert.equal(core.adf({ id: 1, markdown: 'a' }).id, 1);
});

test('an id that cannot be given back is null', async () => {
  const { code, answers } = await quillgate(['adf'], [`{"id":${nested(100_000)},"markdown":""}`, { id: 2, markdown: '' }]);
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ id }) => id), [null, 2]);
});

test('a line ends at a line feed alone: JSON text may hold the other separators', async () => {
  const text = 'a\u2028b\u2029c\u0085d';
  const { answers } = await quillgate(['restore'], [{ id: 1, text, tokens: {} }, '', { id: 2, text: '', tokens: {} }]);
  assert.deepEqual(answers, [{ id: 1, text }, { id: 2, text: '' }]);
});

test('a carriage return before the line feed is no part of the line', async () => {
  const { answers } = await quillgate(['adf'], ['{"id":1,"markdown":"a"}\r\n{"id":2,"markdown":"b"}\r']);
  assert.deepEqual(answers.map(({ id }) => id), [1, 2]);
});
