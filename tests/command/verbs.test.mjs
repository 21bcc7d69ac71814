import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VERBS, loadCore } from '../../dev/core.mjs';
import { CONTEXT, EXAMPLES, quillgate } from './command.mjs';

const core = loadCore();

test('each verb has its example here', () => {
  assert.deepEqual(Object.keys(EXAMPLES).sort(), [...VERBS].sort());
});

for (const [verb, { line, answer }] of Object.entries(EXAMPLES).filter(([, example]) => example.answer)) {
  test(`${verb} answers a good line, and in process the same object`, async () => {
    const { code, answers, messages } = await quillgate([verb], [line]);
    assert.equal(code, 0);
    assert.equal(messages, '');
    assert.equal(answers.length, 1);
    for (const [field, value] of Object.entries(answer)) assert.deepEqual(answers[0][field], value, field);
    // Every envelope is sealed anew.
    if (verb !== 'seal') assert.deepEqual(core[verb](line), answers[0]);
  });
}

test('the id is given back as it came, whatever it is', () => {
  for (const id of ['a', 7, null, true, { a: [1] }]) assert.deepEqual(core.adf({ id, markdown: 'a' }).id, id);
});

test('offsets are UTF-16 code units of the text', () => {
  const text = '😀 é ä: anna@example.com, Anna Schmidt 👩‍👩‍👧 and +1 202 555 0143';
  const { findings } = core.detect({ id: 1, text, names: ['Anna Schmidt'] });
  const found = findings.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
  assert.deepEqual(found, ['EMAIL anna@example.com', 'PERSON Anna Schmidt', 'PHONE +1 202 555 0143']);
});

test('an extract stands where it says in the body', () => {
  const body = '🎉 Nothing here. The pump of hall 3 fails when pressure drops.';
  const { sentences } = core.extract({ id: 1, sources: [{ ref: 'A-1', format: 'markdown', body }] });
  assert.ok(sentences.length > 0);
  for (const { text, ref, start, end } of sentences) assert.deepEqual([ref, body.slice(start, end)], ['A-1', text]);
});

test('an excerpt counts its own code units, and its tokens are no fewer than its words', () => {
  const body = '# Pumps\n\nThe pump 😀 of hall 3 fails.\n\n## Valves\n\n| a | b |\n|---|---|\n| 1 | 2 |\n';
  const { excerpts } = core.excerpts({ id: 1, format: 'markdown', body, title: 'Plant' });
  assert.deepEqual(excerpts.map(({ heading }) => heading[0]), excerpts.map(() => 'Plant'));
  for (const { text, chars, tokens } of excerpts) {
    assert.equal(chars, text.length);
    assert.ok(tokens >= text.split(/\s+/).filter(Boolean).length);
  }
});

test('an excerpt and a sentence name the blocks they are from, and what the body itself calls the first', () => {
  const paragraph = (id, text) => ({ type: 'paragraph', attrs: { localId: id }, content: [{ type: 'text', text }] });
  const heading = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Valves' }] };
  const body = JSON.stringify({ version: 1, type: 'doc', content: [paragraph('a', 'The pump of hall 3 fails.'), heading, paragraph('b', 'The valve closes at 7 bar.')] });
  const { excerpts } = core.excerpts({ id: 1, format: 'adf', body });
  assert.deepEqual(excerpts.map(({ origin }) => origin), [{ first: 0, last: 0, id: 'a' }, { first: 1, last: 2 }]);
  const { sentences } = core.extract({ id: 1, sources: [{ ref: 1, format: 'adf', body }] });
  assert.deepEqual(sentences.find(({ text }) => text.includes('valve')).origin, { first: 2, last: 2, id: 'b' });
  const [sentence] = core.extract({ id: 1, sources: [{ ref: 1, format: 'markdown', body: 'The pump of hall 3 fails.' }] }).sentences;
  assert.deepEqual(Object.keys(sentence), ['text', 'ref', 'start', 'end']);
});

test('restore gives the very text back that mask took, in each format', () => {
  const names = ['Anna Schmidt', { id: '7', forms: ['Bernd Meyer'], role: 'reporter' }];
  for (const [format, text] of [
    ['text', 'Anna Schmidt, then Anna, wrote anna@example.com; [EMAIL_1] was there before. Meyer: 😀'],
    ['adf', '{ "type":"doc", "content":[{"type":"text","text":"Anna Schmidt \\u00e4 \\"x\\" anna@example.com"}]}'],
    ['storage', '<p>Bernd&nbsp;Meyer &amp; <a href="mailto:anna@example.com">mail</a><br/></p>'],
  ]) {
    const masked = core.mask({ id: 1, text, format, names });
    for (const form of ['Anna', 'Meyer', 'anna@example.com']) assert.ok(!masked.text.includes(form), masked.text);
    for (const token of Object.keys(masked.tokens)) assert.match(token, /^\[[A-Z_]+_\d+(\.[a-z]+)?\]$/);
    assert.equal(core.restore({ id: 1, text: masked.text, tokens: masked.tokens }).text, text);
  }
});

test('a text with half a surrogate pair is masked, and no line is refused for it', async () => {
  const kept = 'to anna@example.com, 😀 \\ud83d';
  const lines = ['\ud800 anna@example.com \\\ud83d', 'anna@example.com\udc00', kept].map((text, id) => ({ id, text }));
  const { code, answers } = await quillgate(['mask'], lines);
  assert.equal(code, 0);
  assert.deepEqual(answers.map(({ text }) => text), ['\ufffd [EMAIL_1] \\\ufffd', '[EMAIL_1]\ufffd', 'to [EMAIL_1], 😀 \\ud83d']);
  assert.deepEqual(answers.map(({ findings }) => findings[0].start), [2, 0, 3]);
  const long = { id: 1, text: `\ud800${'x '.repeat(200)}anna@example.com` };
  assert.equal(core.mask(long).text, `\ufffd${'x '.repeat(200)}[EMAIL_1]`);
  assert.equal(core.restore({ id: 1, text: 'so \udfff [EMAIL_1]', tokens: { '[EMAIL_1]': 'a@example.com' } }).text, 'so \ufffd a@example.com');
});

test('apply makes the after of diff, byte for byte, and refuses another before', () => {
  const before = '<h2>A</h2>\n<p>one two</p><p>three</p>';
  const after = '<h2>A</h2>\n<p>one  <em>two</em></p><p>new</p><p>three</p>';
  const { edits, summary } = core.diff({ id: 1, format: 'storage', before, after });
  assert.equal(summary.added, 1);
  assert.equal(core.apply({ id: 1, format: 'storage', before, edits }).after, after);
  assert.throws(() => core.apply({ id: 1, format: 'storage', before: `${before} `, edits }), { code: 'other-base' });
});

test('open gives what seal took, under the same key and context alone', () => {
  const { key } = /** @type {any} */ (EXAMPLES.seal.line);
  const { envelope } = core.seal({ id: 1, key, context: CONTEXT, plaintext: 'aGVsbG8' });
  assert.equal(core.open({ id: 1, key, context: CONTEXT, envelope }).plaintext, 'aGVsbG8');
  assert.notEqual(core.seal({ id: 1, key, context: CONTEXT, plaintext: 'aGVsbG8' }).envelope, envelope);
  for (const [field, other] of Object.entries({ tenant: 'u', class: 'd', record: 's', version: 2 })) {
    assert.throws(() => core.open({ id: 1, key, context: { ...CONTEXT, [field]: other }, envelope }), { code: 'does-not-open' });
  }
});

test('a request for OpenAI goes to its chat address, with the prompt as its messages', () => {
  const { request } = core.request(EXAMPLES.request.line);
  assert.equal(request.method, 'POST');
  assert.equal(request.url, 'https://api.openai.com/v1/chat/completions');
  assert.equal(request.headers.authorization, 'Bearer sk-test-0123456789abcdef');
  const body = JSON.parse(request.body);
  assert.equal(body.model, 'gpt-6-luna');
  assert.deepEqual(body.messages, [{ role: 'user', content: 'What changed?' }]);
  assert.equal(body.max_completion_tokens, 64);
  assert.equal(body.store, false);
});

test('a claim that its source does not hold is marked, and one that it holds is not', () => {
  const line = /** @type {any} */ (EXAMPLES.check.line);
  const wrong = line.modelOutput.replace('60 minutes', '90 minutes');
  assert.deepEqual(core.check(line).claims.map(({ refs, supported }) => ({ refs, supported })), [{ refs: ['ITD-1'], supported: true }]);
  assert.equal(core.check({ ...line, modelOutput: wrong }).claims[0].supported, false);
});
