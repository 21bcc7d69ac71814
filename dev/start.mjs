// `npm start`: runs the app on the local host, on this machine only, and opens it. Reads the settings below from the environment; set-up and
// build are other steps.
//
//   QUILLGATE_STATE        folder of the site's database (.quillgate)
//   QUILLGATE_PORT         first port to try (4620)
//   QUILLGATE_SITE         file or folder of tickets and pages to import (JSON lines)
//   QUILLGATE_ROUTES       JSON: host → loopback address, e.g. {"api.openai.com":"http://127.0.0.1:4010"}
//   QUILLGATE_LOCAL_MODEL  an OpenAI-compatible server on this machine, e.g. http://127.0.0.1:11434/v1
//   QUILLGATE_DEV_MODEL    the model to ask that server for, if it has more than one
//   QUILLGATE_HOSTED_MODEL a server on this machine for the models hosted by Atlassian, which answers as @forge/llm expects
//   QUILLGATE_VAR_<NAME>   a variable of the app, as `forge variables set <NAME>` would keep it
//   --no-open, CI          do not open a browser
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { startHost } from './host/host.mjs';

// The name under which the app sees the server of QUILLGATE_LOCAL_MODEL. It exists nowhere: the host routes it to this machine.
const LOCAL_MODEL_HOST = 'local-model.example';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

function settings(env) {
  const routes = env.QUILLGATE_ROUTES ? parsedRoutes(env.QUILLGATE_ROUTES) : {};
  const variables = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('QUILLGATE_VAR_')).map(([name, value]) => [name.slice('QUILLGATE_VAR_'.length), value]));
  const grants = [];
  if (env.QUILLGATE_LOCAL_MODEL) {
    const base = new URL(env.QUILLGATE_LOCAL_MODEL);
    routes[LOCAL_MODEL_HOST] = base.origin;
    grants.push({ key: 'local-model', description: 'The model server on this machine (QUILLGATE_LOCAL_MODEL)', configured: [{ domain: `https://${LOCAL_MODEL_HOST}`, type: ['FETCH_BACKEND_SIDE'] }] });
    variables.QUILLGATE_DEV_MODEL_ENDPOINT = `https://${LOCAL_MODEL_HOST}${base.pathname.replace(/\/$/, '') || '/v1'}`;
    if (env.QUILLGATE_DEV_MODEL) variables.QUILLGATE_DEV_MODEL = env.QUILLGATE_DEV_MODEL;
  }
  return { state: env.QUILLGATE_STATE ?? join(root, '.quillgate'), port: Number(env.QUILLGATE_PORT ?? 4620), importFrom: env.QUILLGATE_SITE, hostedModel: env.QUILLGATE_HOSTED_MODEL, routes, variables, grants };
}

function parsedRoutes(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('QUILLGATE_ROUTES is not JSON: it maps hosts to loopback addresses, {"api.openai.com":"http://127.0.0.1:4010"}');
  }
}

function openBrowser(url) {
  const [command, ...args] = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '', url] }[process.platform] ?? ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

/** What an administrator would do with a few clicks: everything on a new site is switched on for the index. It is read while the site is already open. */
async function switchOnIndex(host) {
  if (host.db.setting('index-offered')) return;
  host.db.keepSetting('index-offered', true);
  const admin = host.people.users.find((user) => user.admin);
  const who = { kind: 'user', accountId: admin.accountId, admin: true };
  const containers = [...host.site.projects(who).map(({ key }) => ['project', key]), ...host.site.spaces(who).map(({ key }) => ['space', key])];
  for (const [kind, key] of containers) await host.invoke('call', { type: 'index.set', kind, key, on: true }, { as: admin.accountId, module: 'admin-confluence', product: 'confluence' });
  await host.queue.idle();
  say(`Indexed ${containers.length} projects and spaces; an administrator switches them on and off under Quillgate's settings.`);
}

try {
  const started = performance.now();
  const host = await startHost({ appDir: root, seed: 'full', say, ...settings(process.env) });
  say(`Quillgate is ready at ${host.url} (pages from ${host.appUrl}, started in ${((performance.now() - started) / 1000).toFixed(1)} s). Stop it with Ctrl+C.`);
  if (!process.env.CI && !process.argv.includes('--no-open')) openBrowser(host.url);
  switchOnIndex(host).catch(() => say('The index was not switched on; an administrator can do it under Quillgate\'s settings.'));
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await host.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
} catch (error) {
  process.stderr.write(`Quillgate did not start: ${error.message}\n`);
  process.exit(1);
}
