import assert from 'node:assert/strict';
import { test } from 'node:test';
import { consoleOf } from './forge.mjs';
import { perform } from '../../src/shim/perform.js';
import { run } from '../../src/shim/run.js';

const call = { context: { source: 'ui' }, call: { type: 'anything' } };
const ok = (view) => ({ effects: [], answer: { type: 'ok', view }, log: [] });
const ask = (...effects) => ({ effects, log: [] });

/** A core that answers each input by a function, and keeps the inputs. */
function fake(step) {
  const inputs = [];
  return { inputs, makeCore: () => ({ step: (input) => (inputs.push(input), step(input, inputs.length)) }) };
}

const outcome = (id, value = {}) => ({ type: 'outcome', id, now: 1, outcome: value });
const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value).unref());
const quiet = (work) => consoleOf(work);

test('gives the core the call, the time and the context, and the caller the answer', async () => {
  const core = fake(() => ok('view'));
  const before = Date.now();
  const answer = await run({ ...core, perform: async () => outcome(1) }, call, 25_000);
  const [input] = core.inputs;
  assert.deepEqual(answer, { type: 'ok', view: 'view' });
  assert.deepEqual({ ...input, now: 0, deadline: 0 }, { type: 'call', now: 0, deadline: 0, ...call });
  assert.ok(input.now >= before && input.deadline === input.now + 20_000);
});

test('performs effects concurrently and steps in the order in which outcomes arrive', async () => {
  const delays = { 1: 300, 2: 20, 3: 150 };
  const core = fake((input, step) => (step === 1 ? ask({ id: 1 }, { id: 2 }, { id: 3 }) : step < 4 ? ask() : ok(null)));
  const started = [];
  const perform = ({ id }) => (started.push([id, core.inputs.length]), after(delays[id], outcome(id)));
  await run({ ...core, perform }, call, 25_000);
  assert.deepEqual(started, [[1, 1], [2, 1], [3, 1]], 'all start before the first outcome');
  assert.deepEqual(core.inputs.slice(1).map((input) => input.id), [2, 3, 1]);
});

test('steps once for each outcome, also when two arrive together', async () => {
  const core = fake((input, step) => (step === 1 ? ask({ id: 1 }, { id: 2 }) : step === 2 ? ask({ id: 3 }) : step === 4 ? ok(null) : ask()));
  await run({ ...core, perform: async ({ id }) => outcome(id) }, call, 25_000);
  assert.deepEqual(core.inputs.slice(1).map((input) => input.id).sort(), [1, 2, 3]);
});

test('gives up long effects before the end, so that the core can save its work and answer', async () => {
  const core = fake((input, step) => {
    if (step === 1) return ask({ id: 1, type: 'wait', ms: 60_000 });
    if (step === 2) return ask({ id: 2, type: 'kv-set' });
    return ok({ first: core.inputs[1], second: input });
  });
  const table = { wait: () => after(60_000), 'kv-set': async () => ({}) };
  const start = Date.now();
  const { view } = await run({ ...core, perform: (effect, signal) => perform(effect, signal, table) }, call, 1_400);
  assert.equal(view.first.code, 'deadline');
  assert.equal(view.second.type, 'outcome', 'storage still works after the deadline');
  assert.ok(Date.now() - start < 1_400);
});

test('answers with a fault before the platform ends the invocation', async () => {
  const core = fake((input, step) => (step === 1 ? ask({ id: 1, type: 'kv-set' }) : ok(null)));
  const start = Date.now();
  const { result, lines } = await quiet(() => run({ ...core, perform: () => after(60_000) }, call, 1_200));
  assert.deepEqual(result, { type: 'fault', code: 'deadline' });
  assert.ok(Date.now() - start < 1_200);
  assert.deepEqual(lines, ['{"code":"shim.no-answer-deadline"}']);
});

test('answers with a fault when the core asks for nothing and says nothing', async () => {
  const { result } = await quiet(() => run({ ...fake(() => ask()), perform: async () => outcome(1) }, call, 25_000));
  assert.deepEqual(result, { type: 'fault', code: 'internal' });
});

test('answers with a fault when the core panics, and says nothing of why', async () => {
  const core = fake(() => {
    throw new WebAssembly.RuntimeError('unreachable CANARY');
  });
  const { result, lines } = await quiet(() => run({ ...core, perform: async () => outcome(1) }, call, 25_000));
  assert.deepEqual(result, { type: 'fault', code: 'internal' });
  assert.deepEqual(lines, ['{"code":"shim.core-failed"}']);
});

test('sends nothing when the core panics over what it read: what cannot be masked does not leave', async () => {
  const core = fake((input, step) => {
    if (step > 1) throw new WebAssembly.RuntimeError('unreachable');
    return ask({ id: 1, type: 'product' });
  });
  const performed = [];
  const perform = async (effect) => (performed.push(effect.type), outcome(effect.id));
  const { result } = await quiet(() => run({ ...core, perform }, call, 25_000));
  assert.deepEqual(result, { type: 'fault', code: 'internal' });
  assert.deepEqual(performed, ['product']);
  assert.equal(core.inputs.length, 2);
});

test('steps no core for an outcome that arrives after the answer', async () => {
  const core = fake((input, step) => (step === 1 ? ask({ id: 1 }, { id: 2 }) : ok(null)));
  await run({ ...core, perform: ({ id }) => after(id === 1 ? 1 : 30, outcome(id)) }, call, 25_000);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.equal(core.inputs.length, 2);
});

test('tells what is still running that the invocation is over', async () => {
  let signal;
  const core = fake((input, step) => (step === 1 ? ask({ id: 1 }, { id: 2 }) : ok(null)));
  await run({ ...core, perform: ({ id }, given) => ((signal = given), after(id === 1 ? 1 : 30, outcome(id))) }, call, 25_000);
  assert.ok(signal.aborted);
});

test('writes the log lines of the core, one JSON line each, and nothing of effects and outcomes', async () => {
  const core = fake((input, step) =>
    step === 1
      ? { effects: [{ id: 1, type: 'egress', url: 'https://CANARY', body: 'CANARY', headers: [['authorization', 'CANARY']] }], log: [{ code: 'draft.started', jobId: 'j1', sources: 3 }] }
      : { effects: [], answer: { type: 'ok', view: 'CANARY' }, log: [{ code: 'draft.done' }] },
  );
  const broken = { egress: async () => { throw new Error('CANARY'); } };
  const withCanary = { context: { accountId: 'CANARY' }, call: { text: 'CANARY' } };
  const { lines } = await quiet(() => run({ ...core, perform: (effect, signal) => perform(effect, signal, broken) }, withCanary, 25_000));
  assert.deepEqual(lines, ['{"code":"draft.started","jobId":"j1","sources":3}', '{"code":"draft.done"}']);
});
