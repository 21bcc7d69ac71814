// Installing, upgrading and uninstalling the app, and its scheduled triggers on the site's clock.
// It calls the manifest's functions; what they do is the app's.

const INTERVAL_MS = { fiveMinute: 5 * 60000, hour: 3600000, day: 86400000, week: 7 * 86400000 };

export class Lifecycle {
  #db;
  #clock;
  #manifest;
  #installation;
  #invocations;
  #storage;

  constructor({ db, clock, manifest, installation, invocations, storage, site }) {
    this.#db = db;
    this.#clock = clock;
    this.#manifest = manifest;
    this.#installation = installation;
    this.#invocations = invocations;
    this.#storage = storage;
    clock.on('moved', () => this.#tick());
    site.on('changed', (change) => this.#productEvent(change));
  }

  /** On the host's start: the first time the app is installed, after a changed manifest it is upgraded. Starts the schedules. */
  async start({ installer }) {
    const known = this.#db.setting('installed');
    this.#db.keepSetting('installed', this.#manifest.digest);
    this.#tick();
    if (!known) await this.#fire('avi:forge:installed:app', { installerAccountId: installer });
    else if (known !== this.#manifest.digest) await this.#fire('avi:forge:upgraded:app', { upgraderAccountId: installer, permissions: {} });
  }

  /** Runs `preUninstall` (its result and errors are ignored, as on Forge), then empties the app's storage and grants. */
  async uninstall() {
    for (const module of this.#manifest.ofType('preUninstall')) {
      await this.#invocations.fromTrigger(module, { eventType: 'preUninstall', context: this.#context(module), app: this.#app() }).catch(() => {});
    }
    this.#storage.clear();
    this.#db.run('DELETE FROM event');
    this.#db.keepSetting('egress-grants', []);
    this.#db.run("DELETE FROM meta WHERE name = 'installed'");
  }

  /** Runs a scheduled trigger now, whatever its interval says. */
  runSchedule(key) {
    const module = this.#manifest.ofType('scheduledTrigger').find((entry) => entry.key === key);
    if (!module) throw new Error(`the manifest has no scheduled trigger ${key}`);
    return this.#invocations.fromSchedule(module);
  }

  /** Each schedule with the time of its next run. */
  get schedules() {
    return this.#manifest.ofType('scheduledTrigger').map(({ key, interval }) => ({ key, interval, next: this.#db.setting(`schedule:${key}`) }));
  }

  // Forge runs a missed schedule once, not as often as it was missed.
  #tick() {
    const now = this.#clock.now();
    for (const module of this.#manifest.ofType('scheduledTrigger')) {
      const every = INTERVAL_MS[module.interval] ?? INTERVAL_MS.hour;
      let next = this.#db.setting(`schedule:${module.key}`) ?? now + every;
      if (next <= now) {
        next = now + every;
        this.#invocations.fromSchedule(module).catch(() => {});
      }
      this.#db.keepSetting(`schedule:${module.key}`, next);
      this.#clock.alarm(`schedule:${module.key}`, next, () => this.#tick());
    }
  }

  // A product tells the triggers of an installed app what was written, shortly after it was; the write does not wait for them.
  #productEvent({ product, act, issue, page }) {
    if (!this.#db.setting('installed')) return;
    const event = issue
      ? { issue: { id: String(issue.id), key: issue.key, fields: { project: { key: issue.project } } } }
      : { content: { id: page.id, type: 'page', status: page.status, title: page.title, space: page.space } };
    setImmediate(() => { this.#fire(`avi:${product}:${act}:${issue ? 'issue' : 'page'}`, event).catch(() => {}); });
  }

  async #fire(name, more) {
    for (const module of this.#manifest.ofType('trigger').filter((entry) => entry.events?.includes(name))) {
      const event = { eventType: name, id: this.#installation.ari().ari.installationId, context: this.#context(module), app: this.#app(), environment: { id: this.#installation.environmentId }, ...more };
      await this.#invocations.fromTrigger(module, event).catch(() => {});
    }
  }

  #context(module) {
    return { cloudId: this.#installation.cloudId, moduleKey: module.key };
  }

  #app() {
    return { id: this.#manifest.app.id, version: this.#manifest.app.version, name: this.#manifest.app.name };
  }
}
