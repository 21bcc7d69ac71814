import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeCore } from '../../src/shim/core.js';
import { step } from '../../src/shim/door.js';
import { context } from './calls.mjs';

/** Stands where a text was. */
const MARK = '\x7f';

/** What crosses of an input: its JSON, and the texts beside it. */
function crossed(input) {
  let seen;
  step({ step: (bytes, head) => {
    const [lengths, rest] = JSON.parse(Buffer.from(bytes.subarray(head)).toString());
    let at = 0;
    const texts = lengths.map((length) => Buffer.from(bytes.subarray(at, (at += length))).toString());
    assert.equal(at, head, 'a byte of no text');
    seen = { rest, texts };
  } }, input);
  return seen;
}

const LONG = 'x"\\\n'.repeat(100);

test('texts cross beside what they are in, each in its turn', () => {
  const { rest, texts } = crossed({ type: 'outcome', id: 3, now: 1, outcome: { status: 200, headers: [['a', 'b']], body: '{"é":"\u{1F600}"}', none: null } });
  assert.deepEqual(rest, { type: 'outcome', id: 3, now: 1, outcome: { status: 200, headers: [['a', 'b']], body: MARK, none: null } });
  assert.deepEqual(texts, ['{"é":"\u{1F600}"}']);
});

test('a key crosses beside however short it is; what is deeper does when it is long', () => {
  const call = { type: 'admin.saveRoute', key: 'k"', target: { title: 'short', text: LONG }, list: [{ text: LONG }, 'short', LONG] };
  const { rest, texts } = crossed({ type: 'call', now: 1, deadline: 2, context, call });
  assert.deepEqual(texts, ['admin.saveRoute', 'k"', LONG, LONG, LONG]);
  assert.deepEqual(rest.call, { type: MARK, key: MARK, target: { title: 'short', text: MARK }, list: [{ text: MARK }, 'short', MARK] });
  assert.deepEqual(rest.context, context);
});

test('the input itself is left as it is', () => {
  const input = { type: 'call', now: 1, deadline: 2, context, call: { type: 'x', sources: [{ text: LONG }] } };
  const before = structuredClone(input);
  crossed(input);
  assert.deepEqual(input, before);
});

test('the order of the texts is that of the marks, whatever the names are', () => {
  const call = JSON.parse(`{"type":"x","a/b":"${'y'.repeat(300)}","__proto__":"z","7":"seven","~1":{"b":"${'v'.repeat(300)}","2":"${'w'.repeat(300)}"}}`);
  const { rest, texts } = crossed({ type: 'call', now: 1, deadline: 2, context, call });
  assert.deepEqual(texts.map((text) => text[0]), ['s', 'x', 'y', 'w', 'v']);
  assert.equal(JSON.stringify(rest.call), `{"7":"${MARK}","type":"${MARK}","a/b":"${MARK}","__proto__":"z","~1":{"2":"${MARK}","b":"${MARK}"}}`);
});

test('a text that is the mark crosses beside too, however deep it is', () => {
  const { texts } = crossed({ type: 'outcome', id: 1, now: 1, outcome: { list: [[MARK, 'short']] } });
  assert.deepEqual(texts, [MARK]);
});

test('a half of a letter becomes the sign for one', () => {
  assert.deepEqual(crossed({ type: 'outcome', id: 1, now: 1, outcome: { value: 'a\ud800b' } }).texts, ['a\ufffdb']);
});

test('of what crossed no byte is kept, also when the core stops', () => {
  for (const fails of [false, true]) {
    /** @type {Buffer | undefined} */
    let held;
    const core = { step: (bytes) => {
      held = bytes;
      assert.ok(bytes.includes('quetzalcoatlus'));
      if (fails) throw new Error('unreachable');
    } };
    const call = () => step(core, { type: 'call', now: 1, deadline: 2, context, call: { type: 'admin.saveRoute', key: 'quetzalcoatlus' } });
    if (fails) assert.throws(call, /unreachable/);
    else call();
    assert.ok(Buffer.from(held.buffer, 0, held.buffer.byteLength).every((byte) => byte === 0));
  }
});

test('the core reads what it is given, whole and of any size', () => {
  const long = 'é"'.repeat(700_000);
  const call = (call) => makeCore().step({ type: 'call', now: 1, deadline: 2, context: { ...context, source: 'local', cloudId: 'local', installationId: 'local', environmentId: 'local' }, call });
  for (const markdown of ['a', long]) {
    const { answer } = call({ type: 'command', verb: 'adf', line: { id: 1, markdown } });
    assert.equal(answer.type, 'ok');
    const adf = typeof answer.view.adf === 'string' ? answer.view.adf : JSON.stringify(answer.view.adf);
    assert.ok(adf.includes(markdown.slice(-2).replace('"', '\\"')) || adf.includes(markdown));
  }
});

test('refuses a field too many and a field of another kind, and echoes neither', () => {
  for (const call of [{ type: 'studio.open', quetzalcoatlus: 1 }, { type: 'studio.open', key: 'quetzalcoatlus' }, { type: 'job.get', jobId: { quetzalcoatlus: 1 } }, { type: 'quetzalcoatlus' }]) {
    const reply = makeCore().step({ type: 'call', now: 1, deadline: 2, context, call });
    assert.deepEqual(reply.answer, { type: 'refused', code: 'bad-input', params: { field: 'call' } });
    assert.equal(JSON.stringify(reply).includes('quetzalcoatlus'), false);
  }
});

test('an object in an object without end is refused or stops, and the next core is whole', () => {
  /** @type {any} */
  let deep = {};
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  for (const value of [deep, JSON.parse('['.repeat(500) + ']'.repeat(500))]) {
    try {
      assert.equal(makeCore().step({ type: 'call', now: 1, deadline: 2, context, call: { type: 'command', verb: 'x', line: value } }).answer.type, 'refused');
    } catch (error) {
      assert.ok(error instanceof RangeError);
    }
  }
  assert.ok(makeCore().step({ type: 'call', now: 1, deadline: 20_001, context, call: { type: 'studio.open' } }).effects.length > 0);
});
