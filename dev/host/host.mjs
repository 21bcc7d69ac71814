// The local Forge host: runs the app's own manifest, functions and Custom UI on this machine, with Jira and Confluence around it.
// This file only joins the parts; it contains no rule of Forge and none of the product.
import { resolve } from 'node:path';
import { Chrome } from './chrome/chrome.mjs';
import { Clock } from './clock.mjs';
import { openDatabase } from './database.mjs';
import { Egress, loopback } from './egress.mjs';
import { Faults } from './faults.mjs';
import { Frames } from './bridge/frames.mjs';
import { Installation } from './installation.mjs';
import { Invocations } from './invocation.mjs';
import { Lifecycle } from './lifecycle.mjs';
import { Llm } from './llm.mjs';
import { readManifest } from './manifest.mjs';
import { People } from './people.mjs';
import { Pool } from './pool.mjs';
import { Product } from './product.mjs';
import { Queue } from './queue.mjs';
import { Realtime } from './realtime.mjs';
import { Resources } from './bridge/resources.mjs';
import { Rpc } from './rpc.mjs';
import { Site } from './site.mjs';
import { Storage } from './storage/storage.mjs';
import { Traffic } from './traffic.mjs';
import { appVariables } from './variables.mjs';
import { importSite } from './seed/import.mjs';
import { plant } from './seed/seed.mjs';

/** What Forge gives a function: 25 s for a page, 55 s in the background unless `timeoutSeconds` says more. */
export const LIMITS = { uiMs: 25_000, backgroundMs: 55_000 };

/**
 * Starts a host and answers it: `{ url, appUrl, db, site, clock, faults, traffic, egress, storage, queue, product, lifecycle, invocations,
 * as(user), invoke(...), stop() }`.
 *
 * Options: `appDir` (the repository), `state` (a folder; `null` keeps everything in memory), `port` (0 picks one), `routes` (host → loopback
 * address), `seed` (`'small'`, `'full'`, `'none'`), `importFrom` (a file or folder), `users`, `variables` (the app's environment),
 * `limits`, `workers`, `hostedModel` (a loopback address for the models hosted by Atlassian), `faultSeed`, `impersonation`, `lateExpiry`, `grants` (customer-managed egress given before the start), `say` (progress).
 */
export async function startHost(options = {}) {
  const { appDir = process.cwd(), state = null, port = 0, routes = {}, seed = 'small', importFrom, users, workers = 3, say = () => {} } = options;
  const root = resolve(appDir);
  const manifest = readManifest(root);
  const db = openDatabase(state);
  const clock = new Clock(db.setting('clock-offset', 0));
  clock.on('moved', (offset) => db.keepSetting('clock-offset', offset));
  const people = new People(users);
  const site = new Site({ db, clock, people });
  plant({ db, site, clock, people, size: seed, appDir: root, say });
  if (importFrom) importSite({ site, db, clock, from: importFrom, say });

  Object.values(routes).forEach(loopback);
  const faults = new Faults(options.faultSeed);
  const traffic = new Traffic(clock);
  const egress = new Egress({ manifest, db, traffic, routes });
  if (options.grants?.length) egress.grant(options.grants);
  const installation = new Installation({ db, manifest });
  const storage = new Storage({ db, clock, manifest, lateExpiry: options.lateExpiry });
  const product = new Product({ manifest, site, people, clock, installation, impersonation: options.impersonation });
  const invocations = new Invocations({ manifest, installation, clock, limits: { ...LIMITS, ...options.limits } });
  const queue = new Queue({ db, clock, manifest, faults, deliver: (module, event, depth) => invocations.fromQueue(module, event, depth) });
  const realtime = new Realtime();
  const rpc = new Rpc({ storage, queue, product, egress, llm: new Llm({ manifest, base: options.hostedModel }), realtime, faults, crash: (job) => pool.crash(job) });
  const pool = new Pool({ appDir: root, size: workers, memoryMB: manifest.raw.app.runtime?.memoryMB ?? 512, variables: appVariables({ state, given: options.variables }), onRpc: (call, job) => rpc.handle(call, job), onLog: (line, job) => invocations.log(line, job) });
  invocations.attach(pool);
  const lifecycle = new Lifecycle({ db, clock, manifest, installation, invocations, storage, site });

  const host = { manifest, db, clock, people, site, faults, traffic, egress, installation, storage, product, invocations, queue, lifecycle, pool, realtime };
  const frames = new Frames(host);
  const chrome = new Chrome({ ...host, frames, appDir: root });
  const resources = new Resources({ manifest, appDir: root, chromeUrl: () => chrome.url });
  await chrome.listen(port);
  await resources.listen(port === 0 ? 0 : chrome.port + 1);
  chrome.appUrl = resources.url;
  installation.siteUrl = chrome.url;
  await lifecycle.start({ installer: people.users.find((user) => user.admin)?.accountId });
  queue.pump();

  const stop = async () => {
    queue.pause();
    clock.stop();
    realtime.close();
    await Promise.all([chrome.close(), resources.close(), pool.close()]);
    await new Promise((done) => { setImmediate(done); });
    db.close();
  };
  return { ...host, frames, url: chrome.url, appUrl: resources.url, stop, as: (user) => frames.as(user), invoke: (functionKey, payload, how) => frames.invokeAs(functionKey, payload, how) };
}
