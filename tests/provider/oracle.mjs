// @ts-check
// What a recorded answer says, read the plain way: one expression an API, no shared code with the core.
// Returns undefined for what is no answer of an API that we call.

/** @typedef {{ text: string, finish: string, usage: { inputTokens: number, outputTokens: number } } | { error: string, retryable?: boolean } | { vectors: number[][] }} Said */

/** @param {string} text @param {string} finish @param {number} [inputTokens] @param {number} [outputTokens] */
const said = (text, finish, inputTokens = 0, outputTokens = 0) => ({ text, finish, usage: { inputTokens, outputTokens } });

/** @param {any[]} list @param {(item: any) => any} of */
const joined = (list, of) => (list ?? []).map(of).filter(Boolean).join('');

/** @param {any} answer */
export function chat(answer) {
  const [{ message, text, finish_reason: reason }] = answer.choices;
  const content = Array.isArray(message?.content) ? joined(message.content, (part) => part.text) : message?.content;
  const finish = { length: 'length', content_filter: 'filtered' }[/** @type {'length'} */ (reason)] ?? (message?.refusal ? 'refused' : 'stop');
  return said(content ?? text ?? '', finish, answer.usage?.prompt_tokens, answer.usage?.completion_tokens);
}

/** @param {any} answer */
export function responses(answer) {
  const parts = answer.output.filter((/** @type {any} */ item) => item.type === 'message').flatMap((/** @type {any} */ item) => item.content ?? []);
  const cut = answer.status === 'incomplete' ? (answer.incomplete_details?.reason === 'content_filter' ? 'filtered' : 'length') : undefined;
  const refused = parts.some((/** @type {any} */ part) => part.type === 'refusal');
  return said(joined(parts, (part) => part.type === 'output_text' && part.text), cut ?? (refused ? 'refused' : 'stop'), answer.usage?.input_tokens, answer.usage?.output_tokens);
}

/** @param {any} answer */
export function messages(answer) {
  const { usage = {}, stop_reason: reason } = answer;
  if (reason === 'pause_turn') return { error: 'malformed', retryable: true };
  const finish = { max_tokens: 'length', model_context_window_exceeded: 'length', refusal: 'refused' }[/** @type {'refusal'} */ (reason)] ?? 'stop';
  const input = (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
  return said(joined(answer.content, (block) => block.type === 'text' && block.text), finish, input, usage.output_tokens ?? 0);
}

const FILTERED = ['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'MODEL_ARMOR', 'LANGUAGE', 'IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION'];

/** @param {any} answer */
export function gemini(answer) {
  const [candidate] = answer.candidates ?? [];
  const { promptTokenCount = 0, toolUsePromptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = answer.usageMetadata ?? {};
  const usage = /** @type {const} */ ([promptTokenCount + toolUsePromptTokenCount, candidatesTokenCount + thoughtsTokenCount]);
  if (!candidate) return answer.promptFeedback?.blockReason ? said('', 'filtered', ...usage) : { error: 'malformed', retryable: true };
  const { finishReason: reason = 'STOP', content } = candidate;
  const finish = FILTERED.includes(reason) ? 'filtered' : { STOP: 'stop', MAX_TOKENS: 'length', CONTINUATION: 'length' }[/** @type {'STOP'} */ (reason)];
  return finish ? said(joined(content?.parts, (part) => !part.thought && part.text), finish, ...usage) : { error: 'malformed', retryable: true };
}

/** @param {any} answer */
export function vectors(answer) {
  if (typeof answer.data?.[0].embedding === 'string') {
    return { vectors: answer.data.map((/** @type {any} */ one) => [...new Float32Array(Uint8Array.from(Buffer.from(one.embedding, 'base64')).buffer)]) };
  }
  if (answer.predictions) return { vectors: answer.predictions.map((/** @type {any} */ one) => one.embeddings.values) };
  if (answer.embeddings) return { vectors: answer.embeddings.map((/** @type {any} */ one) => one.values) };
  if (answer.embedding) return { vectors: [answer.embedding.values] };
  return { vectors: answer.data.map((/** @type {any} */ one) => one.embedding) };
}

/** The answer that the chunks of a stream are of, put together the plain way. @type {Record<string, (chunks: any[]) => any>} */
export const streams = {
  chat: (chunks) => {
    const of = (/** @type {any} */ chunk) => chunk.choices?.find((/** @type {any} */ choice) => !choice.index);
    const last = (/** @type {(chunk: any) => any} */ pick) => chunks.map(pick).filter(Boolean).at(-1);
    const content = joined(chunks, (chunk) => {
      const delta = of(chunk)?.delta?.content ?? of(chunk)?.text;
      return Array.isArray(delta) ? joined(delta, (part) => part.text) : delta;
    });
    const refusal = joined(chunks, (chunk) => of(chunk)?.delta?.refusal);
    return chat({ choices: [{ message: { content, refusal }, finish_reason: last((chunk) => of(chunk)?.finish_reason) }], usage: last((chunk) => chunk.usage) });
  },
  responses: (chunks) => {
    const end = chunks.findLast((chunk) => /^response\.(completed|incomplete)$/.test(chunk.type));
    return end ? responses(end.response) : { error: 'malformed', retryable: true };
  },
  messages: (chunks) => {
    const from = chunks.findLastIndex((chunk) => chunk.type === 'message_start');
    const usage = { ...chunks[from].message.usage };
    const text = joined(chunks.slice(from), (chunk) => chunk.content_block?.text ?? (chunk.delta?.type === 'text_delta' && chunk.delta.text));
    const end = chunks.findLast((chunk) => chunk.type === 'message_delta');
    for (const [name, count] of Object.entries(end.usage ?? {})) if (count !== null) usage[name] = count;
    return messages({ content: [{ type: 'text', text }], stop_reason: end.delta.stop_reason, usage });
  },
  gemini: (chunks) => {
    const parts = chunks.flatMap((chunk) => chunk.candidates?.[0]?.content?.parts ?? []);
    const reason = chunks.map((chunk) => chunk.candidates?.[0]?.finishReason).filter(Boolean).at(-1);
    return gemini({ candidates: [{ content: { parts }, finishReason: reason }], usageMetadata: chunks.map((chunk) => chunk.usageMetadata).filter(Boolean).at(-1) });
  },
};
