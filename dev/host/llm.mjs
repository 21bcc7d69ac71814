// The platform's door to the models it hosts (`https://llm`): open when the manifest declares the module, and led to a server on this
// machine, since the models themselves are nowhere else. What it refuses it refuses as the platform does.
import { loopback } from './egress.mjs';
import { json } from './rpc.mjs';

const MAX_INFERENCE_MS = 300_000;
const ROLES = new Set(['system', 'user', 'assistant', 'tool']);

export class Llm {
  #families;
  #base;

  /** `base`: a loopback address that answers as the platform would; without one nothing is hosted here. */
  constructor({ manifest, base }) {
    this.#families = manifest.ofType('llm').flatMap(({ model }) => model);
    this.#base = base === undefined ? undefined : loopback(base).replace(/\/$/, '');
  }

  /** Answers a call of `@forge/llm`: the list of models, or one model's chat. */
  async handle({ desc, method, body }) {
    if (this.#families.length === 0) return refused(403, 'LLM_MODULE_MISSING', 'the manifest declares no llm module');
    if (this.#base === undefined) return refused(403, 'LLM_NOT_APPROVED', 'no model is hosted on this machine: QUILLGATE_HOSTED_MODEL');
    if (method === 'GET') return this.#carry('', { method });
    const problem = this.#problemOf(desc.model, body);
    return problem ? refused(400, 'INVALID_REQUEST', problem) : this.#carry(`/${encodeURIComponent(desc.model)}`, { method, body, headers: { 'content-type': 'application/json' } });
  }

  #problemOf(model, body) {
    if (!this.#families.some((family) => String(model).startsWith(`${family}-`))) return 'the model is of no family the manifest declares';
    const { messages, temperature, max_completion_tokens: tokens } = parsed(body);
    const isMessage = ({ role, content } = {}) => ROLES.has(role) && (typeof content === 'string' || Array.isArray(content));
    if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isMessage)) return 'messages are missing or malformed';
    if (tokens !== undefined && !(Number.isInteger(tokens) && tokens > 0)) return 'max_completion_tokens is no positive number';
    return temperature !== undefined && !(temperature >= 0 && temperature <= 1) ? 'temperature is out of range' : undefined;
  }

  async #carry(path, init) {
    const response = await fetch(this.#base + path, { ...init, redirect: 'error', signal: AbortSignal.timeout(MAX_INFERENCE_MS) });
    return { status: response.status, statusText: response.statusText, headers: [['content-type', 'application/json']], body: await response.text() };
  }
}

const refused = (status, code, message) => json({ status, body: { code, message } });

function parsed(body) {
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body ?? '').toString('utf8'));
  } catch {
    return {};
  }
}
