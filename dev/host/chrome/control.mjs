// The host's own bar: what it shows (traffic, calls, storage, queue, log, clock, faults) and what it can do (switch user, move the clock,
// plan faults, restore a page, run a schedule), and the bridge calls of frames. Answers JSON to `public/*.js`.
import { data, redirect } from '../http.mjs';
import { ACTIONS, KINDS } from '../faults.mjs';

const YEAR = 'Max-Age=31536000; Path=/; SameSite=Lax';

export class Control {
  #host;
  #chrome;

  constructor(host, chrome) {
    this.#host = host;
    this.#chrome = chrome;
  }

  async answer(request, user) {
    const { method, path } = request;
    const as = path.match(/^\/host\/as\/([\w.]+)$/);
    if (as) return this.#signIn(as[1], request.query.get('to') ?? '/');
    if (method === 'GET') {
      const one = path.match(/^\/host\/traffic\/(\d+)$/);
      if (one) return data(this.#host.traffic.find(Number(one[1])) ?? null);
      const show = SHOWS[path.slice('/host/'.length)];
      return show ? data(show(this.#host)) : undefined;
    }
    const act = ACTS[path.slice('/host/'.length)];
    return act ? data((await act(this.#host, request.json(), { user, chrome: this.#chrome })) ?? null) : undefined;
  }

  // The target is a path of this host, so that the switch cannot be used to lead a browser away.
  #signIn(nick, to) {
    const known = this.#host.people.users.find((entry) => entry.nick === nick);
    if (!known) return undefined;
    return redirect(/^\/(?!\/)/.test(to) ? to : '/', { 'set-cookie': `quillgate_user=${nick}; ${YEAR}` });
  }
}

const SHOWS = {
  summary: ({ traffic, product, storage, queue, invocations, clock, faults }) => ({
    traffic: traffic.sent().length,
    denied: traffic.list({ bodies: false }).filter((record) => record.state === 'denied').length,
    calls: product.calls.length,
    storage: storage.list().length,
    queue: queue.list().filter((event) => event.state === 'queued' || event.state === 'running').length,
    log: invocations.lines.filter((line) => line.level === 'error').length,
    clock: clock.offset,
    faults: faults.state.planned.reduce((sum, fault) => sum + fault.count, 0),
    now: clock.now(),
  }),
  traffic: ({ traffic, egress }) => ({ records: traffic.list({ bodies: false }), allowed: egress.allowed, routes: egress.routes }),
  calls: ({ product }) => product.calls,
  storage: ({ storage }) => ({ records: storage.list(), rate: storage.rate.total }),
  queue: ({ queue, lifecycle }) => ({ events: queue.list(), schedules: lifecycle.schedules }),
  log: ({ invocations, pool }) => ({ lines: [...invocations.lines].reverse(), invocations: [...invocations.recent].reverse().slice(0, 100), pool: pool.state }),
  clock: ({ clock }) => ({ now: clock.now(), offset: clock.offset }),
  faults: ({ faults }) => ({ ...faults.state, kinds: KINDS, actions: ACTIONS }),
};

const ACTS = {
  'clock/advance': ({ clock }, { ms }) => clock.advance(ms),
  'faults/add': ({ faults }, fault) => faults.add(fault),
  'faults/clear': ({ faults }) => faults.clear(),
  'faults/seed': ({ faults }, { seed }) => faults.seed(Number(seed) || 1),
  'traffic/clear': ({ traffic }) => traffic.clear(),
  'egress/revoke': ({ egress }, { key, domain }) => egress.revoke(key, domain),
  'schedule/run': ({ lifecycle }, { key }) => lifecycle.runSchedule(key).catch(() => {}),
  'app/reinstall': async ({ lifecycle }, _, { user }) => {
    await lifecycle.uninstall();
    await lifecycle.start({ installer: user.accountId });
  },
  'page/restore': ({ site, clock }, { page: id, version: number }, { user }) => {
    const who = { kind: 'user', accountId: user.accountId, admin: user.admin };
    const page = site.page(id, who);
    const version = page && site.version(id, Number(number));
    if (!version || !site.mayEditPage(page, who)) throw Object.assign(new Error('this user may not restore this version'), { status: 403 });
    return { version: site.updatePage(page, { title: version.title, body: version.body, message: `Restored version ${version.number}`, author: user.accountId, created: clock.now() }) };
  },
  'module/open': (_, { module, page, issue }, { user, chrome }) => chrome.openModule({ key: module, accountId: user.accountId, pageId: page, issueKey: issue }),
  'module/url': ({ manifest }, { module }, { chrome }) => {
    const found = manifest.module(module);
    return { url: (found && chrome.urlOf(found)) ?? null };
  },
  'frame/modal': ({ frames }, { frame, resource, context }, { chrome }) => frames.openInside(frame, { resource, context, appUrl: chrome.appUrl }),
  bridge: async ({ frames }, { frame, command, data: given }) => {
    try {
      return { value: await frames.call(frame, command, given) };
    } catch (error) {
      return { error: { message: error.message, name: error.name } };
    }
  },
};
