// The states of the admin's page of models: what is connected, the form of each provider, what is wrong with a field, what a test found.

const KEY = 'input[type="password"]';
const admin = (scenario, { query, ...more } = {}) => ({ page: 'admin', query: { ...(scenario ? { s: scenario } : {}), ...query }, ...more });
const choose = (name) => async ({ act }) => {
  await act.see('Your own models');
  await act.click(name, '.provider');
};
const key = (text = 'k-0123456789abcdef') => ({ act }) => act.type(KEY, text);
const save = ({ act }) => act.click('Test and save');
const then = (...steps) => async (run) => {
  for (const step of steps) await step(run);
};
const pick = (name, value) => ({ tab }) => tab.select(`select[name="${name}"]`, value);
const type = (name, text) => ({ act }) => act.type(`input[name="${name}"]`, text);
const more = ({ tab }) => tab.evaluate(() => document.querySelector('.more').open = true);
const click = (text, tag) => ({ act }) => act.click(text, tag);
const found = (code) => ({ query: { found: code } });
const refuse = (code) => ({ query: { refuse: code } });
const other = '\u0000other';

/** @type {Record<string, {page?: string, query?: object, steps?: (run: any) => any, see: string, ready?: string, isWide?: boolean}>} */
export const modelStates = {
  'models-first': { ...admin(), see: 'Your own models', isWide: true },
  'models-loading': { ...admin('', { query: { slow: 60000 } }), ready: '.skeleton', see: 'Models' },
  'models-failed': { ...admin('admin-open-fault'), see: 'storage did not answer' },
  'models-only': { ...admin('admin-only'), see: 'Only admins see this page' },
  'models-default-unavailable': { ...admin('admin-no-default'), see: 'has no key for it' },
  'models-route-refused': { ...admin('admin-refused'), see: 'No model may be used here' },
  'models-one': { ...admin('admin-key'), see: 'In use' },
  'models-several': { ...admin('admin-several'), see: 'Nothing answers at this address', isWide: true },
  'models-full': { ...admin('admin-full'), see: 'Remove one that is no longer used' },
  'models-expired': { ...admin('admin-expired'), see: 'paste a new one' },
  'connect-vertex': { ...admin(), steps: then(choose('Google Vertex AI'), more), see: 'Google Cloud project' },
  'connect-vertex-global': { ...admin(), steps: then(choose('Google Vertex AI'), pick('region', 'global')), see: 'anywhere in the world' },
  'connect-vertex-elsewhere': { ...admin(), steps: then(choose('Google Vertex AI'), pick('region', other), type('region-other', 'europe-west4')), see: 'Location in Google Cloud' },
  'connect-gemini': { ...admin(), steps: choose('Google Gemini API'), see: 'Google AI Studio' },
  'connect-openai': { ...admin(), steps: then(choose('OpenAI'), more), see: 'Area of your OpenAI project' },
  'connect-anthropic': { ...admin(), steps: choose('Anthropic'), see: 'Claude Console' },
  'connect-azure': { ...admin(), steps: then(choose('Azure OpenAI'), more), see: 'Model behind the deployment' },
  'connect-compatible': { ...admin(), steps: then(choose('OpenAI-compatible'), more), see: 'The server takes JSON schemas' },
  'connect-hosted': { ...admin(), steps: choose('Model hosted by Atlassian'), see: 'Test and connect' },
  'connect-model-other': { ...admin(), steps: then(choose('Anthropic'), pick('model', other)), see: 'id at the provider' },
  'connect-http': { ...admin(), steps: then(choose('OpenAI-compatible'), type('endpoint', 'http://models.example.com')), see: 'starts with https' },
  'connect-key-of-another': { ...admin('', refuse('key-rejected.key.looks-like.anthropic')), steps: then(choose('OpenAI'), key(), save), see: 'looks like a key of Anthropic' },
  'connect-pkcs1': { ...admin('', refuse('key-rejected.key.pkcs1')), steps: then(choose('Google Vertex AI'), key('{"type": "service_account"}'), save), see: 'in an old form' },
  'connect-private': { ...admin('', refuse('endpoint-not-allowed.endpoint.private')), steps: then(choose('OpenAI-compatible'), type('endpoint', 'https://printer.corp/v1'), type('model', 'm'), key(), save), see: 'inside a private network' },
  'connect-bad-version': { ...admin('', refuse('bad-input.apiVersion')), steps: then(choose('Azure OpenAI'), type('endpoint', 'https://res.openai.azure.com'), type('model', 'dep'), key(), save), see: 'as Azure writes it' },
  'connect-denied': { ...admin('', { query: { deny: 1 } }), steps: then(choose('OpenAI-compatible'), type('endpoint', 'https://models.example.com/v1'), type('model', 'm'), key(), save), see: 'was not allowed' },
  'connect-fault': { ...admin('admin-fault'), steps: then(choose('OpenAI'), key(), save), see: 'storage did not answer' },
  'connect-wrong-key': { ...admin('', found('auth.check-key')), steps: then(choose('OpenAI'), key(), save), see: 'did not accept the key' },
  'connect-no-role': { ...admin('', found('permission.grant-role')), steps: then(choose('Google Vertex AI'), key('{"type": "service_account"}'), save), see: 'give writer@example-project' },
  'connect-redirect': { ...admin('', found('bad-request.check-endpoint')), steps: then(choose('OpenAI-compatible'), type('endpoint', 'https://models.example.com/v1'), type('model', 'm'), key(), save), see: 'leads to another one' },
  'connect-not-approved': { ...admin('', found('permission.approve-app')), steps: then(choose('Model hosted by Atlassian'), type('model', 'claude-x'), click('Test and connect')), see: 'not approved' },
  'connect-saved-busy': { ...admin('', found('overloaded.try-later.kept')), steps: then(choose('OpenAI'), key(), save), see: 'It is saved' },
  'connect-saved': { ...admin(), steps: then(choose('OpenAI'), key(), save), see: 'The model answers' },
  'models-tested': { ...admin('admin-key'), steps: click('Test'), see: 'The model answers' },
  'models-embeds-failed': { ...admin('admin-key', { query: { embeds: 'not-found.choose-model' } }), steps: click('Test'), see: 'name another model for search by meaning', isWide: true },
  'models-test-failed': { ...admin('admin-key', found('not-found.choose-model')), steps: click('Test'), see: 'does not have this model' },
  'models-not-sent': { ...admin('admin-key', found('not-sent')), steps: click('Test'), see: 'nothing was sent' },
  'models-changing': { ...admin('admin-several'), steps: async ({ act, tab }) => {
    await act.see('Gemini of the platform team');
    await (await tab.waitForSelector('article:first-of-type button::-p-text(Change)')).click();
  }, see: 'replaces the old one' },
  'models-removing': { ...admin('admin-key'), steps: click('Remove'), see: 'cannot be brought back' },
  'models-removing-own-host': { ...admin('admin-several'), steps: async ({ act, tab }) => {
    await act.see('llama-4');
    await (await tab.waitForSelector('article:nth-of-type(3) button::-p-text(Remove)')).click();
  }, see: 'may no longer reach' },
};
