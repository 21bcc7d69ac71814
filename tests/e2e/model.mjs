// A model's provider on this machine: answers of @copilotkit/aimock, in front of it the key check and the model lookup that it lacks.
// It records what reached it; nothing else of the product is here.
import { createServer } from 'node:http';
import { LLMock } from '@copilotkit/aimock';

/** Starts a provider that knows one key and answers every chat with `content`. */
export async function startModel({ key, content }) {
  const mock = new LLMock({ port: 0 });
  mock.onMessage(/[\s\S]*/, { content });
  await mock.start();
  const received = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    received.push({ method: request.method, path: request.url, body });
    const send = (status, value) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.headers.authorization !== `Bearer ${key}`) {
      return send(401, { error: { message: 'Incorrect API key provided', type: 'invalid_request_error', param: null, code: 'invalid_api_key' } });
    }
    const model = /^\/v1\/models\/([\w.-]+)$/.exec(request.url)?.[1];
    if (model) return send(200, { id: model, object: 'model', created: 1_700_000_000, owned_by: 'openai' });
    const answer = await fetch(mock.url + request.url, { method: request.method, headers: { 'content-type': 'application/json', authorization: 'Bearer mock' }, body });
    return response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const stop = async () => {
    server.close();
    await mock.stop();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, received, stop };
}

/** Starts a stand-in for the models that Atlassian hosts: it answers as `@forge/llm` expects, every chat with `content`. */
export async function startHosted({ model, content }) {
  const received = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    received.push({ method: request.method, path: request.url, body });
    const chat = { choices: [{ index: 0, finish_reason: 'end_turn', message: { role: 'assistant', content: [{ type: 'text', text: content }] } }], usage: { input_tokens: 900, output_tokens: 60, total_tokens: 960 } };
    const answer = request.method === 'GET' ? { models: [{ model, status: 'active' }] } : chat;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  return { url: `http://127.0.0.1:${server.address().port}`, received, stop: () => server.close() };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length > 0 ? Buffer.concat(parts).toString('utf8') : undefined;
}
