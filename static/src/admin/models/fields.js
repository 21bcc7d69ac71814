// @ts-check
// What each provider is connected with: its fields, what is missing of them, and the call they make.
// It holds no markup and sends nothing.

/** The fields of each provider, in the order in which they are asked. `more` is folded away: nobody needs it to begin. */
const FIELDS = {
  vertex: { first: ['region', 'model', 'key'], more: ['project', 'embeddingModel', 'embeddingRegion', 'name'] },
  gemini: { first: ['model', 'key'], more: ['embeddingModel', 'name'] },
  openai: { first: ['area', 'model', 'key'], more: ['api', 'embeddingModel', 'name'] },
  anthropic: { first: ['model', 'key'], more: ['name'] },
  'azure-openai': { first: ['endpoint', 'model', 'baseModel', 'key'], more: ['api', 'apiVersion', 'contextTokens', 'embeddingModel', 'name'] },
  'openai-compatible': { first: ['endpoint', 'model', 'key'], more: ['contextTokens', 'nativeSchema', 'embeddingModel', 'name'] },
  'forge-llm': { first: ['model'], more: ['name'] },
};

export const fieldsOf = (provider) => FIELDS[provider] ?? { first: ['model', 'key'], more: [] };

/** Every field empty, with what the catalog proposes. */
export const blank = (entry) => ({
  // What an Azure deployment is called nobody can propose.
  provider: entry.provider, model: entry.provider === 'azure-openai' ? '' : (entry.models[0]?.id ?? ''), region: entry.defaultRegion ?? '', project: '', endpoint: '', apiVersion: '', api: 'chat', nativeSchema: false, contextTokens: '', baseModel: '', embeddingModel: '', embeddingRegion: '', name: '', acceptGlobal: false, key: '',
});

/** A connected model's fields, to be changed; its key is not among them. */
export const filled = (route) => ({ ...blank({ provider: route.provider, models: [] }), ...pickDefined(route, ['model', 'region', 'project', 'endpoint', 'apiVersion', 'api', 'nativeSchema', 'baseModel', 'embeddingModel', 'embeddingRegion', 'name']), contextTokens: String(route.contextTokens ?? ''), acceptGlobal: route.region === 'global' });

const pickDefined = (from, names) => Object.fromEntries(names.filter((name) => from[name] !== undefined).map((name) => [name, from[name]]));

/** What was pasted, without the blanks and line ends that come with it. Keys hold no inner blanks; a service account's JSON does. */
export function trimKey(text) {
  const key = text.trim();
  return key.startsWith('{') ? key : key.replace(/\s+/g, '');
}

/** The host of an endpoint with its port, or null while it is not an https address. */
export function hostOf(endpoint) {
  try {
    const url = new URL(endpoint.trim());
    return url.protocol === 'https:' ? url.host : null;
  } catch {
    return null;
  }
}

/** The hosts that Atlassian has to be asked for: one of the customer's own, or locations that the app does not name itself, also the one of vectors. */
export function hostsToAllow(entry, fields) {
  if (entry.needsEndpoint) return [hostOf(fields.endpoint)].filter((host) => host !== null);
  if (entry.provider !== 'vertex') return [];
  const regions = [fields.region.trim(), fields.embeddingModel.trim() ? fields.embeddingRegion.trim() : ''];
  return [...new Set(regions)].filter((region) => region && !entry.regions.includes(region)).map((region) => `${region}-aiplatform.googleapis.com`);
}

/** The first field that is not filled in, or null. `keepsKey` when a stored key may stay. */
export function missing(entry, fields, keepsKey) {
  if (entry.needsEndpoint && !hostOf(fields.endpoint)) return 'endpoint';
  if (entry.provider === 'vertex' && !fields.region.trim()) return 'region';
  if (fields.region.trim() === 'global' && !fields.acceptGlobal) return 'acceptGlobal';
  if (!fields.model.trim()) return 'model';
  return entry.needsKey && !keepsKey && !trimKey(fields.key) ? 'key' : null;
}

/** Whether the stored key may serve what is typed now: the same provider at the same place. */
export const mayKeepKey = (route, entry, fields) => Boolean(route) && route.provider === entry.provider && (!entry.needsEndpoint || hostOf(route.endpoint ?? '') === hostOf(fields.endpoint));

const OWN = { region: ['vertex', 'openai'], project: ['vertex'], acceptGlobal: ['vertex'], embeddingRegion: ['vertex'], apiVersion: ['azure-openai'], baseModel: ['azure-openai'], nativeSchema: ['openai-compatible'], contextTokens: ['azure-openai', 'openai-compatible'], endpoint: ['azure-openai', 'openai-compatible'] };

/** What is said to the server: the provider's own fields, those alone that hold something. */
export function callOf(fields, id) {
  const { provider, key, api, ...rest } = fields;
  const own = Object.entries(rest).filter(([name, value]) => (OWN[name] ?? [provider]).includes(provider) && value !== '' && value !== false);
  const said = Object.fromEntries(own.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]));
  const usesApi = ['openai', 'azure-openai'].includes(provider) && api === 'responses';
  return { ...(id ? { id } : {}), provider, ...said, ...(usesApi ? { api } : {}), ...(trimKey(key) ? { key: trimKey(key) } : {}) };
}
