// @ts-check
// Every request over a grid of questions, held against the providers' own specifications: OpenAI's OpenAPI document and
// Google's discovery document. They are read where QUILLGATE_DATA says; without it the part is passed over, and says so.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from '../../node_modules/ajv/dist/2020.js';
import { loadCore } from '../../dev/core.mjs';
import { questions } from './grid.mjs';
import { problems } from './discovery.mjs';

const core = loadCore();
const data = join(process.env['QUILLGATE_DATA'] ?? '', 'providers');
const isHere = Boolean(process.env['QUILLGATE_DATA']) && existsSync(join(data, 'openapi')) && existsSync(join(data, 'google-discovery'));
const skip = isHere ? false : 'QUILLGATE_DATA names no folder with providers/openapi and providers/google-discovery';

/** @param {string[]} apis */
function built(...apis) {
  const all = questions().filter(({ api }) => apis.includes(api));
  return all.map(({ name, api, line }) => {
    const { request } = core.request({ id: name, ...line });
    return { name, api, url: new URL(request.url), body: JSON.parse(request.body) };
  });
}

test("OpenAI's and Azure's requests are those of OpenAI's specification", { skip }, () => {
  const name = readdirSync(join(data, 'openapi')).find((file) => file.startsWith('openai-openapi'));
  const spec = JSON.parse(readFileSync(join(data, 'openapi', String(name)), 'utf8'), typed);
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(spec, 'spec');
  const schemas = { chat: 'CreateChatCompletionRequest', responses: 'CreateResponse', embeddings: 'CreateEmbeddingRequest' };
  let count = 0;
  for (const [api, schema] of Object.entries(schemas)) {
    const validate = ajv.compile({ $ref: `spec#/components/schemas/${schema}` });
    const holds = (/** @type {any} */ body) => validate(body) === true;
    const known = fieldsOf(spec, { $ref: `#/components/schemas/${schema}` });
    for (const { name, url, body } of built(api)) {
      const fields = Object.keys(body);
      assert.ok(holds(body), `${name}: ${ajv.errorsText(validate.errors?.slice(0, 5))}`);
      // The specification is open to other fields; OpenAI is not.
      assert.deepEqual(fields.filter((field) => !known.has(field)), [], name);
      const paths = Object.keys(spec.paths).filter((path) => url.pathname.endsWith(path));
      assert.ok(paths.some((path) => spec.paths[path].post), `${name}: ${url.pathname}`);
      count += 1;
    }
    assert.ok(!holds({ model: 1 }), 'the specification tells wrong from right');
  }
  console.log(`# ${count} requests hold against OpenAI's specification`);
  assert.ok(count > 300);
});

test("Vertex AI's requests are those of Google's discovery document, which knows every field", { skip }, () => {
  const document = JSON.parse(readFileSync(join(data, 'google-discovery/aiplatform.v1.json'), 'utf8'));
  const methods = new Map(Object.values(methodsOf(document)).map((method) => [method.id, method]));
  let count = 0;
  for (const { name, api, url, body } of built('generateContent', 'predict', 'embedContent')) {
    const method = methods.get(`aiplatform.projects.locations.publishers.models.${api}`);
    assert.ok(method, api);
    assert.deepEqual(problems(document, method.request.$ref, body), [], name);
    if (!url.hostname.startsWith('generativelanguage')) {
      const path = method.path.replace(/\{\+(\w+)\}/, (/** @type {string} */ _, /** @type {string} */ part) => method.parameters[part].pattern.slice(1, -1));
      assert.match(url.pathname, new RegExp(`^/${path}$`), name);
    }
    count += 1;
  }
  const request = methods.get('aiplatform.projects.locations.publishers.models.generateContent').request.$ref;
  assert.notDeepEqual(problems(document, request, { contents: [], unknown: 1 }), []);
  assert.notDeepEqual(problems(document, request, { contents: [{ role: 'user', parts: [{ text: 1 }] }] }), []);
  assert.notDeepEqual(problems(document, request, { generationConfig: { thinkingConfig: { thinkingLevel: 'SOME' } } }), []);
  console.log(`# ${count} requests hold against Google's discovery document`);
  assert.ok(count > 300);
});

test("the Gemini API's embeddings have the fields of its protocol", { skip }, () => {
  const root = JSON.parse(readFileSync(join(data, 'google-discovery/generativelanguage.protos.json'), 'utf8'));
  const types = root.nested.google.nested.ai.nested.generativelanguage.nested.v1beta.nested;
  for (const { name, body } of built('batchEmbedContents')) {
    for (const request of body.requests) {
      const known = Object.keys(types.EmbedContentRequest.fields);
      assert.deepEqual(Object.keys(request).filter((field) => !known.includes(field)), [], name);
      if (request.taskType) assert.ok(request.taskType in types.TaskType.values, name);
    }
  }
});

/** The document says "nullable" in places where JSON Schema has no type to go with it. @param {string} _ @param {any} value */
const typed = (_, value) => {
  if (value?.nullable === true && !value.type) delete value.nullable;
  return value;
};

/** All methods of a discovery document. @param {any} node @returns {Record<string, any>} */
function methodsOf(node) {
  const own = Object.fromEntries(Object.values(node.methods ?? {}).map((/** @type {any} */ method) => [method.id, method]));
  return Object.values(node.resources ?? {}).reduce((all, resource) => ({ ...all, ...methodsOf(resource) }), own);
}

/** Every property of an OpenAPI schema, through references and combinations. @param {any} spec @param {any} schema @returns {Set<string>} */
function fieldsOf(spec, schema) {
  if (schema.$ref) return fieldsOf(spec, schema.$ref.slice(2).split('/').reduce((/** @type {any} */ node, /** @type {string} */ step) => node[step], spec));
  const parts = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return new Set([...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => [...fieldsOf(spec, part)])]);
}
