// The fake bridge's answers for the admin's page of models: what is connected, what a test finds, what is refused, by the scenario in
// the address. `found=code.hint` is what every test finds, `embeds=code.hint` what it finds of the model for search by meaning; `refuse=code.field.reason.look` is what saving answers.
// It has no rules of the product. The catalog is a copy of what the core showed on 2026-11-22.
globalThis.fakeModels = ({ is, ok, refused, fault, query }) => {
  const catalog = [
    {"provider": "vertex", "name": "Google Vertex AI", "models": [{"id": "gemini-3.5-flash-lite", "label": "Gemini 3.5 Flash-Lite", "life": {"state": "open", "retires": "2027-07-21", "price": {"input": 0.3, "output": 2.5}}, "regions": ["eu", "us", "global"]}, {"id": "gemini-3.5-flash", "label": "Gemini 3.5 Flash", "life": {"state": "open", "retires": "2027-05-19", "price": {"input": 1.5, "output": 9}}, "regions": ["eu", "us", "global"]}, {"id": "gemini-3.1-flash-lite", "label": "Gemini 3.1 Flash-Lite", "life": {"state": "open", "retires": "2027-05-07", "price": {"input": 0.25, "output": 1.5}}, "regions": ["eu", "us", "global"]}, {"id": "gemini-3.8-flash", "label": "Gemini 3.8 Flash", "life": {"state": "open", "price": {"input": 0.75, "output": 3.75}}, "regions": ["eu", "us", "global"]}, {"id": "gemini-3.7-flash", "label": "Gemini 3.7 Flash", "life": {"state": "soon", "retires": "2027-01-28", "price": {"input": 0.75, "output": 3.75}}, "regions": ["eu", "us", "global"]}], "regions": ["eu", "us", "global", "europe-west1"], "needsEndpoint": false, "needsKey": true, "keyHint": "Service-account JSON with the role Vertex AI User (roles/aiplatform.user)", "embeds": true, "training": {"text": "Google does not train or tune models with customer data without the customer's permission (Service Specific Terms, section 17).", "url": "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/data-governance", "reviewed": "2026-11-22"}, "retention": {"text": "Inputs and answers may be cached for up to 24 hours; suspicious prompts may be kept up to 30 days in the chosen region for abuse monitoring. Both can be switched off for the project or on request.", "url": "https://docs.cloud.google.com/vertex-ai/generative-ai/docs/data-governance", "reviewed": "2026-11-22"}, "defaultRegion": "eu", "embeddingModel": "gemini-embedding-001"},
    {"provider": "gemini", "name": "Google Gemini API", "models": [{"id": "gemini-3.5-flash-lite", "label": "Gemini 3.5 Flash-Lite", "life": {"state": "open", "price": {"input": 0.3, "output": 2.5}}}, {"id": "gemini-3.8-flash", "label": "Gemini 3.8 Flash", "life": {"state": "open", "price": {"input": 0.75, "output": 3.75}}}, {"id": "gemini-3.5-flash", "label": "Gemini 3.5 Flash", "life": {"state": "open", "price": {"input": 1.5, "output": 9}}}], "regions": [], "needsEndpoint": false, "needsKey": true, "keyHint": "API key from Google AI Studio, of a paid project: text sent with a free key may be used for training", "embeds": true, "training": {"text": "With a paid project prompts and answers are not used to improve products; without one they may be, and people may read them.", "url": "https://ai.google.dev/gemini-api/terms", "reviewed": "2026-11-22"}, "retention": {"text": "Prompts and answers are logged for a limited time to detect abuse.", "url": "https://ai.google.dev/gemini-api/terms", "reviewed": "2026-11-22"}, "embeddingModel": "gemini-embedding-001"},
    {"provider": "openai", "name": "OpenAI", "models": [{"id": "gpt-6-luna", "label": "GPT-6 Luna", "life": {"state": "open", "price": {"input": 0.1, "output": 0.5}}}, {"id": "gpt-6-sol", "label": "GPT-6 Sol", "life": {"state": "open", "price": {"input": 2, "output": 10}}}, {"id": "gpt-6.1-sol", "label": "GPT-6.1 Sol", "life": {"state": "open", "price": {"input": 2, "output": 10}}}, {"id": "gpt-5.4-mini", "label": "GPT-5.4 mini", "life": {"state": "open", "price": {"input": 0.75, "output": 4.5}}}, {"id": "gpt-5.4-nano", "label": "GPT-5.4 nano", "life": {"state": "open", "retires": "2027-04-01", "price": {"input": 0.2, "output": 1.25}}}], "regions": ["us", "eu", "ae", "au", "in", "jp"], "needsEndpoint": false, "needsKey": true, "keyHint": "Project API key; for processing in the EU the project must have been created with EU residency", "embeds": true, "training": {"text": "Data sent to the API is not used for training unless the customer opts in.", "url": "https://developers.openai.com/api/docs/guides/your-data", "reviewed": "2026-11-22"}, "retention": {"text": "Abuse-monitoring logs are kept for up to 30 days, longer if the law requires it, unless OpenAI approved Zero Data Retention for the customer. Quillgate asks OpenAI not to store answers.", "url": "https://developers.openai.com/api/docs/guides/your-data", "reviewed": "2026-11-22"}, "embeddingModel": "text-embedding-3-small"},
    {"provider": "anthropic", "name": "Anthropic", "models": [{"id": "claude-haiku-5-5", "label": "Claude Haiku 5.5", "life": {"state": "open", "price": {"input": 0.1, "output": 0.5}}}, {"id": "claude-sonnet-5-5", "label": "Claude Sonnet 5.5", "life": {"state": "open", "price": {"input": 2, "output": 10}}}, {"id": "claude-opus-5-5", "label": "Claude Opus 5.5", "life": {"state": "open", "price": {"input": 4, "output": 20}}}, {"id": "claude-sonnet-4-5", "label": "Claude Sonnet 4.5", "life": {"state": "soon", "retires": "2026-11-30", "price": {"input": 3, "output": 15}}}], "regions": [], "needsEndpoint": false, "needsKey": true, "keyHint": "API key from the Claude Console. Anthropic's own API has no EU region: for Claude in the EU use Vertex AI", "embeds": false, "training": {"text": "Under the commercial terms Anthropic does not train on what is sent, unless the customer chose to take part.", "url": "https://code.claude.com/docs/en/data-usage", "reviewed": "2026-11-22"}, "retention": {"text": "Inputs and answers are kept for up to 30 days, longer where the usage policy was broken, unless Anthropic agreed to zero data retention.", "url": "https://platform.claude.com/docs/en/manage-claude/api-and-data-retention", "reviewed": "2026-11-22"}},
    {"provider": "azure-openai", "name": "Azure OpenAI", "models": [{"id": "gpt-6-luna", "label": "GPT-6 Luna", "life": {"state": "open", "retires": "2028-03-11", "price": {"input": 0.1, "output": 0.5}}}, {"id": "gpt-6-sol", "label": "GPT-6 Sol", "life": {"state": "open", "retires": "2028-03-11", "price": {"input": 2, "output": 10}}}, {"id": "gpt-6.1-sol", "label": "GPT-6.1 Sol", "life": {"state": "open", "retires": "2028-03-11", "price": {"input": 2, "output": 10}}}, {"id": "gpt-5.4-mini", "label": "GPT-5.4 mini", "life": {"state": "open", "retires": "2027-09-21", "price": {"input": 0.75, "output": 4.5}}}, {"id": "gpt-5.4-nano", "label": "GPT-5.4 nano", "life": {"state": "open", "retires": "2027-09-21", "price": {"input": 0.2, "output": 1.25}}}], "regions": [], "needsEndpoint": true, "needsKey": true, "keyHint": "Key of the resource. In the EU only a Regional or a Data Zone (EU) deployment stays there, not Global Standard", "embeds": true, "training": {"text": "Microsoft does not use prompts and answers to train models without the customer's permission.", "url": "https://learn.microsoft.com/en-us/azure/ai-foundry/responsible-ai/openai/data-privacy", "reviewed": "2026-11-22"}, "retention": {"text": "For abuse monitoring prompts and answers may be kept for up to 30 days, unless Microsoft approved the customer's wish to switch that off. Quillgate asks that answers are not stored.", "url": "https://learn.microsoft.com/en-us/azure/ai-foundry/responsible-ai/openai/data-privacy", "reviewed": "2026-11-22"}},
    {"provider": "openai-compatible", "name": "OpenAI-compatible endpoint", "models": [], "regions": [], "needsEndpoint": true, "needsKey": true, "keyHint": "The key of your server; any word if it asks for none", "embeds": true, "training": {"text": "Decided by whoever runs the endpoint; Quillgate cannot know it.", "url": "https://developer.atlassian.com/platform/forge/manifest-reference/permissions/", "reviewed": "2026-11-22"}, "retention": {"text": "Decided by whoever runs the endpoint; Quillgate cannot know it.", "url": "https://developer.atlassian.com/platform/forge/manifest-reference/permissions/", "reviewed": "2026-11-22"}},
    {"provider": "forge-llm", "name": "Model hosted by Atlassian", "models": [], "regions": [], "needsEndpoint": false, "needsKey": false, "keyHint": "No key: the administrators of the site approve the app's use of Atlassian's models", "embeds": false, "training": {"text": "The models are hosted by Atlassian and the text does not leave its platform; Atlassian's terms hold, and its page on the API does not speak of training.", "url": "https://developer.atlassian.com/platform/forge/runtime-reference/forge-llms-api-reference/", "reviewed": "2026-11-22"}, "retention": {"text": "Atlassian's terms hold; its page on the API does not say how long anything is kept.", "url": "https://developer.atlassian.com/platform/forge/runtime-reference/forge-llms-api-reference/", "reviewed": "2026-11-22"}},
  ];
  const HOUR = 3600e3;
  const extract = { mode: 'extract', keyOwner: 'none', leaves: false };
  const vertex = { mode: 'default', provider: 'vertex', providerName: 'Google Vertex AI', model: 'gemini-3.5-flash-lite', region: 'eu', host: 'aiplatform.eu.rep.googleapis.com', keyOwner: 'quillgate', leaves: true };
  const ago = (hours) => Date.now() - hours * HOUR;
  const entryOf = (provider) => catalog.find((entry) => entry.provider === provider);
  const lifeOf = (provider, model) => entryOf(provider).models.find(({ id }) => id === model)?.life ?? { state: 'open' };
  const key = (more) => ({ kind: 'api', last4: 'x7Qa', fingerprint: '9f3a22c1', version: 3, savedAt: ago(70), savedBy: { accountId: 'a1', name: 'Robin Example' }, ...more });
  const route = (number, provider, model, more) => ({ id: `r${number}`, isChosen: false, provider, providerName: entryOf(provider).name, model, host: 'api.openai.com', key: key(), life: lifeOf(provider, more?.baseModel ?? model), ...more });
  const openai = (more) => route(1, 'openai', 'gpt-6-luna', { isChosen: true, tested: { ok: true, at: ago(2) }, ...more });
  const several = () => [
    route(1, 'vertex', 'gemini-3.7-flash', { isChosen: true, region: 'eu', project: 'example-project', host: 'aiplatform.eu.rep.googleapis.com', name: 'Gemini of the platform team', key: key({ kind: 'service-account', account: 'writer@example-project.iam.gserviceaccount.com', last4: '12fe' }), tested: { ok: true, at: ago(2) } }),
    route(2, 'azure-openai', 'gpt-41-eu', { baseModel: 'gpt-4.1', endpoint: 'https://example.openai.azure.com', host: 'example.openai.azure.com', key: key({ kind: 'access-token', expires: Date.now() + HOUR / 2, version: 1 }), tested: { ok: false, code: 'model-permission', hint: 'grant-role', at: ago(30) } }),
    route(3, 'openai-compatible', 'llama-4', { endpoint: 'https://models.example.com:8443/v1', host: 'models.example.com:8443', embeddingModel: 'bge-m3', tested: { ok: false, code: 'model-server', hint: 'check-endpoint', at: ago(1) } }),
    route(4, 'forge-llm', 'claude-haiku-4-5-20251001', { host: undefined, key: key({ kind: 'none', last4: undefined, fingerprint: undefined, version: 0 }), tested: { ok: true, at: ago(5) } }),
    route(5, 'anthropic', 'claude-sonnet-4-5', { host: 'api.anthropic.com', life: { state: 'gone', retires: '2026-11-30', price: { input: 3, output: 15 } } }),
  ];
  let routes = is('admin-several') ? several() : is('admin-full') ? Array.from({ length: 8 }, (_, at) => openai({ id: `r${at + 1}`, isChosen: at === 0, name: `Model ${at + 1}` })) : is('admin-key') ? [openai()] : is('admin-expired') ? [several()[1], several()[4]].map((one, at) => ({ ...one, isChosen: at === 0, key: { ...one.key, ...(at ? {} : { expires: ago(1) }) } })) : [];
  let mode = routes.length ? 'customer' : 'extract';
  const now = () => {
    const chosen = routes.find(({ isChosen }) => isChosen);
    if (is('admin-refused')) return { ...vertex, refusal: 'no-route' };
    if (mode !== 'customer') return mode === 'default' ? vertex : extract;
    return { mode, provider: chosen.provider, providerName: chosen.providerName, model: chosen.model, region: chosen.region, host: chosen.host, keyOwner: 'customer', leaves: chosen.provider !== 'forge-llm' };
  };
  const admin = (test) => ok({ canEdit: true, mode, route: now(), routes, mostRoutes: 8, catalog, defaultRoute: is('admin-no-default') ? { available: false, reason: 'no-key' } : { available: true }, ...(test ? { test } : {}) });
  const [code, hint, isKept] = (query.get('found') ?? '').split('.');
  const [embedsCode, embedsHint] = (query.get('embeds') ?? '').split('.');
  const beside = embedsCode ? { embedding: { ok: false, model: 'text-embedding-005', region: 'europe-west4', code: `model-${embedsCode}`, hint: embedsHint } } : {};
  const found = (more) => (code ? { ok: false, code: `${code}`.replace(/^(?!not-sent|storage)/, 'model-'), hint: hint || undefined, latencyMs: 180, ...more } : { ok: true, latencyMs: 412, ...beside, ...more });

  function save(fields) {
    if (query.get('refuse')) {
      const [refusal, field, reason, looksLike] = query.get('refuse').split('.');
      return refused(refusal, { field, reason, looksLike });
    }
    if (is('admin-fault')) return fault('storage-unavailable');
    if (fields.key?.includes('wrong')) return admin({ ok: false, code: 'model-auth', hint: 'check-key', kept: false, latencyMs: 180 });
    if (code && !isKept) return admin(found({ kept: false, ...(fields.provider === 'vertex' ? { account: 'writer@example-project.iam.gserviceaccount.com', project: 'example-project' } : {}) }));
    const old = routes.find(({ id }) => id === fields.id);
    const { type, id, key: typed, acceptGlobal, ...shown } = fields;
    const host = fields.endpoint ? new URL(fields.endpoint).host : 'api.openai.com';
    const made = route(routes.length + 1, fields.provider, fields.model, { ...old, ...shown, host: fields.provider === 'forge-llm' ? undefined : host, key: typed ? key({ last4: typed.slice(-4), version: (old?.key.version ?? 0) + 1, savedAt: Date.now() }) : (old?.key ?? key({ kind: 'none', last4: undefined, fingerprint: undefined })), tested: { ...found(), at: Date.now() } });
    routes = old ? routes.map((one) => (one === old ? made : one)) : [...routes, { ...made, isChosen: routes.length === 0 }];
    if (routes.length === 1) mode = 'customer';
    return admin(found({ kept: true, id: made.id }));
  }
  const choose = (fields) => {
    mode = fields.mode;
    if (fields.id) routes = routes.map((one) => ({ ...one, isChosen: one.id === fields.id }));
    return admin();
  };
  const remove = ({ id }) => {
    const isUsed = mode === 'customer' && routes.some((one) => one.id === id && one.isChosen);
    if (is('admin-fault')) return fault('storage-unavailable');
    routes = routes.filter((one) => one.id !== id);
    if (isUsed) mode = 'extract';
    return admin();
  };
  return {
    'admin.open': () => (is('admin-only') ? refused('admin-only') : is('admin-open-fault') ? fault('storage-unavailable') : admin()),
    'admin.saveRoute': save,
    'admin.testRoute': ({ id }) => admin(found({ id })),
    'admin.removeRoute': remove,
    'admin.choose': choose,
  };
};
