// @ts-check
// The one file that knows the models hosted by Atlassian: a request as the core wrote it, the whole answer or a failure.
// It retries nothing and builds no prompt. What a model is asked never leaves the platform.

import { failure, platformCode } from './failure.js';
import { unlessAborted } from './give-up.js';

/**
 * Without a model: which models there are.
 * @type {import('./wire.d.ts').Executor}
 */
export async function llm({ model, body, timeoutMs, maxBytes }) {
  try {
    const { chat, list } = await sdk();
    const answer = await unlessAborted(() => (model === undefined ? list() : chat({ ...JSON.parse(body), model })), AbortSignal.timeout(timeoutMs), 'timeout');
    const text = JSON.stringify(answer);
    if (Buffer.byteLength(text) > maxBytes) throw failure('too-large');
    return { status: 200, headers: [], body: text };
  } catch (error) {
    if (isAnswer(error)) return answerOf(error);
    throw failure(platformCode(error));
  }
}

/**
 * The SDK reads the invocation's runtime while it loads, so it is loaded inside one, and into the one file of the bundle.
 * @returns {Promise<any>}
 */
async function sdk() {
  const module = /** @type {any} */ (await import(/* webpackMode: "eager" */ '@forge/llm'));
  return module.chat ? module : module.default;
}

/** The SDK throws every answer that is no success, with its status. @param {any} error */
const isAnswer = (error) => error?.name === 'ForgeLlmAPIError' && Number.isInteger(error.status);

/** What the SDK made of the answer's header and body, in the one form the core reads. @param {any} error */
const answerOf = ({ status, code, message }) => ({ status, headers: [], body: JSON.stringify({ error: { code, message } }) });
