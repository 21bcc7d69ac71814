// Who the app is installed as: cloud, installation and environment ids, made once per state folder, and the objects Forge hands to functions.
// It decides nothing about rights.
import { randomUUID } from 'node:crypto';

export class Installation {
  #ids;
  #manifest;
  siteUrl = 'http://localhost';

  constructor({ db, manifest }) {
    this.#ids = db.setting('installation') ?? { cloudId: randomUUID(), installationId: randomUUID(), environmentId: randomUUID() };
    db.keepSetting('installation', this.#ids);
    this.#manifest = manifest;
  }

  get cloudId() {
    return this.#ids.cloudId;
  }

  get installationId() {
    return this.#ids.installationId;
  }

  get appId() {
    return this.#manifest.app.id.replace(/^ari:cloud:ecosystem::app\//, '');
  }

  get environmentId() {
    return this.#ids.environmentId;
  }

  contextAri(product = 'jira') {
    return `ari:cloud:${product}::site/${this.cloudId}`;
  }

  /** What `__forge_runtime__` holds for one invocation. */
  runtime({ invocationId, functionKey, module, accountId, product, clockOffset }) {
    return {
      proxy: { token: 'local', url: 'http://forge-proxy.invalid' },
      contextAri: this.contextAri(product),
      container: { region: 'local', runtime: this.#manifest.raw.app.runtime?.name, handler: functionKey },
      appContext: {
        appId: this.appId,
        appVersion: this.#manifest.app.version,
        environmentId: this.environmentId,
        environmentType: 'DEVELOPMENT',
        invocationId,
        installationId: this.installationId,
        functionKey,
        moduleType: module?.type ?? 'function',
        moduleKey: module?.key ?? functionKey,
        installation: this.ari(),
        permissions: { scopes: [...this.#manifest.scopes], external: this.#manifest.permissions.external ?? {} },
      },
      ...(accountId && { aaid: accountId }),
      tracing: { traceId: randomUUID().replaceAll('-', ''), spanId: randomUUID().replaceAll('-', '').slice(0, 16) },
      realtime: {},
      clockOffset,
    };
  }

  ari() {
    return { ari: { installationId: this.installationId }, contexts: [{ cloudId: this.cloudId }] };
  }

  /** The second argument of every function. */
  backendPayload({ accountId, product }) {
    return { installContext: this.contextAri(product), installation: this.ari(), ...(accountId && { principal: { accountId } }) };
  }

  /** The context of a page, as `view.getContext()` and a resolver's `context` show it. */
  pageContext({ module, product, accountId, extension, locale = 'en_US', timezone = 'UTC' }) {
    return {
      accountId,
      accountType: 'atlassian',
      cloudId: this.cloudId,
      localId: `ari:cloud:ecosystem::extension/${this.appId}/${this.environmentId}/static/${module.key}`,
      environmentId: this.environmentId,
      environmentType: 'DEVELOPMENT',
      moduleKey: module.key,
      siteUrl: this.siteUrl,
      locale,
      timezone,
      installContext: this.contextAri(product),
      extension: { ...extension, type: module.type },
    };
  }
}
