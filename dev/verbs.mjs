// @ts-check
// What `quillgate VERB --help` says: one line in, one line out, for each verb.

/** @type {Record<string, { in: string, out: string, about: string }>} */
const HELP = {
  markdown: { about: 'A body as GitHub-flavored Markdown.', in: '{id, format: "adf"|"storage", body}', out: '{id, markdown}' },
  adf: { about: 'Markdown as an ADF document (JSON text).', in: '{id, markdown}', out: '{id, adf}' },
  storage: { about: 'Markdown or ADF as storage format.', in: '{id, markdown} or {id, adf}', out: '{id, storage}' },
  roundtrip: { about: 'A body parsed and printed again.', in: '{id, format, body}', out: '{id, body}' },
  excerpts: {
    about: 'Pieces by section and block; tokens is an upper bound: for o200k and cl100k (the default), or any other provider by name. origin: the blocks of the body a piece holds, in reading order from 0, a layout counted as the blocks of its columns; id is what the body itself calls the first.',
    in: '{id, format: "adf"|"storage"|"markdown", body, title?, maxChars?=1800, tokenizer?}',
    out: '{id, excerpts: [{heading: [..], text, chars, tokens, origin: {first, last, id?}}]}',
  },
  passages: {
    about: 'What of found excerpts says most about a question, within a budget of characters. A score counts by its share of the best; none, by the order.',
    in: '{id, about, excerpts: [{ref, text, score?}], maxChars?=4000}',
    out: '{id, passages: [{ref, start, end, text}]}',
  },
  extract: {
    about: 'Ranked sentences without a model. Offsets are UTF-16 code units in the Markdown of the source; origin is the block of an ADF or storage body, as of excerpts.',
    in: '{id, sources: [{ref, format, body, title?}], maxSentences?}',
    out: '{id, sentences: [{text, ref, start, end, origin?: {first, last, id?}}]}',
  },
  detect: {
    about: 'What masking would find. Offsets are UTF-16 code units.',
    in: '{id, text, language?, names?: [string | {id, forms: [..], role?}], kinds?: [..]}',
    out: '{id, findings: [{kind, start, end, score}]}',
  },
  mask: {
    about: 'A text with its personal data and secrets as tokens.',
    in: '{id, text, format?: "text"|"adf"|"storage", language?, names?, kinds?}',
    out: '{id, text, tokens: {"[EMAIL_1]": "…"}, findings}',
  },
  restore: { about: 'Tokens replaced by what they stand for.', in: '{id, text, tokens}', out: '{id, text}' },
  request: {
    about: 'The exact request a provider would get. Nothing is sent.',
    in: '{id, route: {provider, model, region?, project?, endpoint?, apiVersion?, api?, baseModel?}, credential: {apiKey}|{accessToken}, prompt} or {…, embed: {texts, task, dimensions?}}',
    out: '{id, request: {method, url, headers, body}}',
  },
  response: {
    about: 'What a provider answered, in one vocabulary.',
    in: '{id, route, kind: "text"|"embed", status, headers, body}',
    out: '{id, answer: {text, finish, usage: {inputTokens, outputTokens}}} or {id, vectors} or {id, error: {code, retryable, retryAfterMs?}}',
  },
  check: {
    about: 'What would be written if a model answered exactly this. The output schemas:',
    in: '{id, useCase: "page"|"summary"|"release-notes", sources: [{ref, format, body}], modelOutput}',
    out: '{id, adf, claims: [{text, refs, supported}], dropped: [{code}]}',
  },
  diff: { about: 'The edits from one body to another.', in: '{id, format, before, after}', out: '{id, edits, summary: {added, removed, changed}}' },
  apply: { about: 'Edits applied to the body they were made for.', in: '{id, format, before, edits}', out: '{id, after}' },
  seal: { about: 'A sealed envelope; key 32 bytes, binary values in base64url.', in: '{id, key, context: {tenant, class, record, version}, plaintext}', out: '{id, envelope}' },
  open: { about: 'What an envelope holds.', in: '{id, key, context, envelope}', out: '{id, plaintext}' },
  index: {
    about: 'Documents into an index in a folder that stands for the key-value store (--store DIR), sealed under --key FILE (32 random bytes, as they are or\n  in base64url; without it a key is made and kept in DIR). Everything is visible at the end of input; a document takes the place of the one with its id.',
    in: '{id, container, title, text, meta?: {key?, type?, author?, updated?}, space?: {provider, model, dimensions, task}, vector?: base64url of little-endian float32}',
    out: '{id, segments}',
  },
  search: {
    about: 'The best documents of an index (--store DIR, --key FILE). Every line is cold; reads, 10 KB units and bytes count everything fetched for it.',
    in: '{id, query, space?, vector?, k?=10, containers?: [..]}',
    out: '{id, hits: [{id, score}], reads, units, bytes, partial?: {code, values}}',
  },
  schemas: { about: 'The output schemas a model is held to.', in: '{}', out: '{page, summary, "release-notes"}' },
  surface: { about: 'Every operation and host the app can ask for.', in: '{}', out: '{operations: [{product, method, pattern, as, scopes}], hosts}' },
};

/** @param {string} verb */
export function describe(verb) {
  const help = HELP[verb] ?? { about: 'not described yet', in: '?', out: '?' };
  return `quillgate ${verb}: ${help.about}\n  in:  ${help.in}\n  out: ${help.out}`;
}
