// Reads the app's own manifest.yml and answers what it declares: functions, modules, scopes, egress, entities.
// It does not validate the schema (`@forge/manifest` does, in the tests); it refuses only what it cannot run.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const LONG_MODULES = new Set(['consumer', 'scheduledTrigger', 'preUninstall', 'webtrigger']);

/** Parses `<appDir>/manifest.yml`. Throws an error that names the file and the missing part. */
export function readManifest(appDir) {
  const file = join(appDir, 'manifest.yml');
  const text = readFileSync(file, 'utf8');
  const raw = parse(text);
  if (!raw?.app?.id) throw new Error(`${file}: app.id is missing`);
  const modules = Object.entries(raw.modules ?? {}).flatMap(([type, list]) =>
    type === 'function' ? [] : list.map((module) => ({ ...module, type })));
  const functions = new Map((raw.modules?.function ?? []).map((entry) => [entry.key, entry]));
  const permissions = raw.permissions ?? {};
  return {
    raw,
    app: { id: raw.app.id, name: raw.app.name ?? 'App', version: '1.0.0' },
    digest: createHash('sha256').update(text).digest('hex'),
    functions,
    modules,
    permissions,
    scopes: new Set(scopeNames(permissions.scopes)),
    backend: addresses(permissions.external?.fetch?.backend, raw.remotes),
    configurableEgress: permissions.external?.configurable?.enabled === true,
    resources: new Map((raw.resources ?? []).map((resource) => [resource.key, resource])),
    entities: new Map((raw.app.storage?.entities ?? []).map((entity) => [entity.name, entity])),
    consumers: new Map(modules.filter((m) => m.type === 'consumer').map((m) => [m.queue, m])),
    ofType: (type) => modules.filter((module) => module.type === type),
    module: (key) => modules.find((module) => module.key === key),
  };
}

/** The milliseconds Forge gives this function when this type of module calls it. */
export function timeLimit(manifest, functionKey, moduleType, limits) {
  const declared = manifest.functions.get(functionKey)?.timeoutSeconds;
  if (!LONG_MODULES.has(moduleType)) return limits.uiMs;
  if (moduleType === 'consumer' || moduleType === 'scheduledTrigger') return declared ? declared * 1000 : limits.backgroundMs;
  return limits.backgroundMs;
}

/** The function key a module calls: `resolver.function`, `function`, or the legacy string resolver. */
export function functionOf(module) {
  return module.resolver?.function ?? module.function;
}

// Scopes are a list of names, or of objects `{ 'read:jira-work': { allowImpersonation: true } }`.
function scopeNames(scopes) {
  if (Array.isArray(scopes)) return scopes.flatMap((scope) => (typeof scope === 'string' ? [scope] : Object.keys(scope)));
  return Object.keys(scopes ?? {});
}

function addresses(entries, remotes = []) {
  return (entries ?? []).flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    if (entry.address) return [entry.address];
    const base = remotes.find((remote) => remote.key === entry.remote)?.baseUrl;
    return typeof base === 'string' ? [base] : Object.values(base ?? {});
  });
}
