// One warm Forge process: loads the app's handler modules and runs one invocation at a time. Started by `pool.mjs` with fork().
// It holds no state of the host; when it is killed, another takes its place.
import { inspect } from 'node:util';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { existsSync } from 'node:fs';
import { installRuntime, invoking, moveClock, settle } from './runtime.mjs';

const appDir = process.env.FORGE_APP_DIR;
delete process.env.FORGE_APP_DIR;
const send = process.send.bind(process);
installRuntime();

for (const level of ['debug', 'info', 'log', 'warn', 'error']) {
  console[level] = (...parts) => send({ type: 'log', level, text: parts.map((part) => (typeof part === 'string' ? part : inspect(part, { depth: 4 }))).join(' ') });
}

process.on('message', (message) => {
  if (message.type === 'reply') settle(message);
  if (message.type === 'invoke') run(message);
});
process.on('disconnect', () => process.exit(0));
process.on('unhandledRejection', (error) => console.error('Unhandled rejection:', error instanceof Error ? error.stack : error));
send({ type: 'ready' });

async function run({ id, handler, args, runtime }) {
  moveClock(runtime.clockOffset);
  try {
    const value = await invoking(runtime, async () => (await handlerOf(handler))(...args));
    send({ type: 'result', id, ok: true, value: value === undefined ? undefined : JSON.parse(JSON.stringify(value)) });
  } catch (error) {
    const { name = 'Error', message = String(error), stack } = error ?? {};
    send({ type: 'result', id, ok: false, error: { name, message, stack } });
  }
}

// A handler is `<file>.<export>`, the file lying in `src/`.
async function handlerOf(handler) {
  const [file, name] = [handler.slice(0, handler.lastIndexOf('.')), handler.slice(handler.lastIndexOf('.') + 1)];
  const path = ['.js', '.mjs', '.cjs'].map((end) => join(appDir, 'src', file + end)).find(existsSync);
  if (!path) throw new Error(`the manifest names ${handler}, but src/${file}.js does not exist`);
  const module = await import(pathToFileURL(path).href);
  const found = module[name] ?? module.default?.[name];
  if (typeof found !== 'function') throw new Error(`src/${file}.js exports no function ${name}`);
  return found;
}
